"""Re-stitching on generated pages of the project's own articles, which nothing is fitted to.

Interleaved pages of 2, 3, 4 and more articles, hard-wrapped ones, ones whose lines hold two
columns, ones with an article that comes from another page or goes on there, and ones in order;
with whole characters, and with light damage to them. A ladder shows where the loss lies.
"""

from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, field
from functools import cache
from operator import add
from pathlib import Path

from jiaokan.cleaning import Cleaned, clean_page
from jiaokan.formats.decode import decode
from jiaokan.page import Page
from jiaokan.rulebook import Rulebook, load
from jiaokan.settings import Settings

from bench.kinds import KINDS, Task, pages, tasks
from bench.oracle import ladder
from bench.result import Cell, Options, Table
from bench.score import COLUMNS, Score, matched, score
from bench.seams import BINS, SeamScore, seam_score

ALIKE = 0.98
"""similarity from which on an article is right but for single characters"""

BREAKS = ("block", "line", "glued")
"""Those of gutters are left out: lines of several columns are taken apart before stitching."""

IN_ORDER = "in order"


@dataclass(frozen=True)
class Outcome:
    """What the pages of a task came to; add outcomes for sums."""

    score: Score = field(default_factory=Score)
    seams: SeamScore = field(default_factory=SeamScore)
    alike: int = 0
    """Articles that are right but for single characters."""
    disturbed: int = 0
    """Pages on which a seam was invented."""

    def __add__(self, other: "Outcome") -> "Outcome":
        return Outcome(*map(add, vars(self).values(), vars(other).values()))


Sums = Mapping[tuple[str, str], Outcome]
"""By kind and damage."""


def tables(options: Options) -> list[Table]:
    """Articles, pages in order, seams, how far their confidence can be trusted, the ladder."""
    confusions: Path | None = options.shared / "facts" / "confusions.tsv"
    damages, notes = ["off", "light"], []
    if confusions and not confusions.exists():
        notes = [f"light damage skipped: the confusions are not there: {confusions}"]
        damages, confusions = ["off"], None
    kinds = [kind for kind in KINDS if not options.kinds or kind in options.kinds]
    asked = [
        task
        for damage in damages
        for task in tasks(kinds, damage, options.pages, options.seed, confusions)
    ]
    sums: dict[tuple[str, str], Outcome] = {}
    with ProcessPoolExecutor(options.processes) as pool:
        for task, outcome in zip(asked, pool.map(measure, asked), strict=True):
            key = task.kind, task.damage
            sums[key] = sums.get(key, Outcome()) + outcome
    found = [_articles(sums, notes), _in_order(sums), _seams(sums), _reliability(sums, damages)]
    found.append(ladder(kinds, options))
    return [table for table in found if table.rows or table.notes]


def measure(task: Task) -> Outcome:
    """Generate the pages of a task, clean them, compare."""
    total = Outcome()
    for page in pages(task):
        cleaned = clean(page.raw, page.stem)
        predicted = [asdict(article) for article in cleaned.arrangement.articles]
        gold = [article.gold() for article in page.articles]
        seams = seam_score(page, cleaned.arrangement.seams)
        total += Outcome(
            score(gold, predicted),
            seams,
            sum(alike >= ALIKE for _, alike in matched(gold, predicted)),
            int(seams.invented.total() > 0),
        )
    return total


def clean(raw: str, name: str) -> Cleaned:
    """The page as a run cleans it, without files."""
    data = raw.encode()
    return clean_page(Page(name, data, *decode(data)), _rules(), Settings())


@cache
def _rules() -> Rulebook:
    return load()


def _articles(sums: Sums, notes: list[str]) -> Table:
    rows = []
    for (kind, damage), outcome in sums.items():
        s = outcome.score
        cells = s.cells()
        rows.append((kind, damage, *cells[:4], outcome.alike / max(s.articles, 1), *cells[4:]))
    alike = f"≥ {ALIKE:.0%} alike"
    columns = ("kind", "damage", *COLUMNS[:4], alike, *COLUMNS[4:])
    return Table("articles: shares", columns, tuple(rows), tuple(notes))


def _in_order(sums: Sums) -> Table:
    """A page in order should come out as it went in."""
    rows = tuple(
        (damage, s.pages, s.pages - s.whole, outcome.disturbed)
        for (kind, damage), outcome in sums.items()
        if kind == IN_ORDER and (s := outcome.score)
    )
    columns = ("damage", "pages", "with a body that is not exact", "with an invented seam")
    return Table("pages in order: how many are changed", columns, rows)


def _seams(sums: Sums) -> Table:
    rows = []
    for (kind, damage), outcome in sums.items():
        s = outcome.seams
        total, hits = (sum(seams[name] for name in BREAKS) for seams in (s.true, s.found))
        row: list[Cell] = [kind, damage, total, hits / total if total else "-"]
        for name in BREAKS:
            row += [s.true[name], s.found[name] / s.true[name] if s.true[name] else "-"]
        row += [s.reported.total(), s.invented["block"], s.invented["inline"]]
        row.append(s.invented.total() / s.reported.total() if s.reported.total() else "-")
        rows.append(tuple(row))
    columns = ["kind", "damage", "seams", "found"]
    for name in BREAKS:
        columns += [name, "found"]
    columns += ["reported", "invented block", "invented inline", "invented share"]
    return Table("seams: found within 1 character on both sides", tuple(columns), tuple(rows))


def _reliability(sums: Sums, damages: list[str]) -> Table:
    rows = []
    for damage in damages:
        s = sum((o.seams for key, o in sums.items() if key[1] == damage), SeamScore())
        for number, low in enumerate(BINS):
            count = s.said[number]
            if count:
                high = (*BINS, 1.0)[number + 1]
                mean = s.trust[number] / count / 1000
                rows.append((damage, f"{low:g}–{high:g}", count, mean, s.right[number] / count))
    columns = ("damage", "confidence", "seams", "mean confidence", "share right")
    return Table("reliability of the seams' confidence", columns, tuple(rows))
