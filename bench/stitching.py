"""Re-stitching on generated pages of the project's own articles, which nothing is fitted to.

Interleaved pages of 2, 3 and 4 articles, hard-wrapped ones and ones in order; with whole
characters, and with light damage to them.
"""

from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, field, replace
from functools import cache
from pathlib import Path

from jiaokan.clean import Cleaned, clean_page
from jiaokan.formats.decode import decode
from jiaokan.page import Page
from jiaokan.rulebook import Rulebook, load
from jiaokan.settings import Settings

from bench.interleave import (
    DAMAGES,
    PRESETS,
    FileSource,
    GeneratedPage,
    PageOptions,
    generate,
    read_confusions,
    read_files,
)
from bench.result import Cell, Options, Table
from bench.score import FIELDS, Score, matched, score
from bench.seams import BINS, SeamScore, seam_score

ARTICLES = Path(__file__).parent / "articles"

KINDS: Mapping[str, tuple[str, int, int]] = {
    "columns 2": ("columns", 2, 2),
    "columns 3": ("columns", 3, 3),
    "columns 4": ("columns", 4, 4),
    "wrapped": ("wrapped", 2, 4),
    "in order": ("in-order", 1, 4),
}
"""Name → preset, least and most articles on a page."""

CHUNK = 8
"""pages that a process does at a time"""

ALIKE = 0.98
"""similarity from which on an article is right but for single characters"""

BREAKS = ("block", "line", "glued")


@dataclass(frozen=True, slots=True)
class Task:
    """Pages number `first` to `first` + `count` - 1 of a kind."""

    kind: str
    damage: str
    first: int
    count: int
    seed: int
    confusions: Path | None


@dataclass(frozen=True)
class Outcome:
    """What the pages of a task came to; add outcomes for sums."""

    score: Score = field(default_factory=Score)
    seams: SeamScore = field(default_factory=SeamScore)
    alike: int = 0
    """Articles that are right but for single characters."""

    def __add__(self, other: "Outcome") -> "Outcome":
        return Outcome(self.score + other.score, self.seams + other.seams, self.alike + other.alike)


def tables(options: Options) -> list[Table]:
    """Articles, seams, and how far the seams' confidence can be trusted."""
    confusions: Path | None = options.shared / "facts" / "confusions.tsv"
    damages, notes = ["off", "light"], []
    if confusions and not confusions.exists():
        notes = [f"light damage skipped: the confusions are not there: {confusions}"]
        damages, confusions = ["off"], None
    tasks = [
        Task(kind, damage, at, min(CHUNK, options.pages - at), options.seed, confusions)
        for damage in damages
        for kind in KINDS
        for at in range(0, options.pages, CHUNK)
    ]
    sums: dict[tuple[str, str], Outcome] = {}
    with ProcessPoolExecutor(options.processes) as pool:
        for task, outcome in zip(tasks, pool.map(measure, tasks), strict=True):
            key = task.kind, task.damage
            sums[key] = sums.get(key, Outcome()) + outcome
    return [_articles(sums, notes), _seams(sums), _reliability(sums, damages)]


def measure(task: Task) -> Outcome:
    """Generate the pages of a task, clean them, compare."""
    total = Outcome()
    for page in pages(task):
        cleaned = clean(page.raw, page.stem)
        predicted = [asdict(article) for article in cleaned.arrangement.articles]
        gold = [article.gold() for article in page.articles]
        total += Outcome(
            score(gold, predicted),
            seam_score(page, cleaned.arrangement.seams),
            sum(alike >= ALIKE for _, alike in matched(gold, predicted)),
        )
    return total


def pages(task: Task) -> Iterator[GeneratedPage]:
    """The pages of a task."""
    confusions = read_confusions(task.confusions) if task.confusions else {}
    return generate(
        page_options(task.kind, task.damage),
        _source(),
        task.count,
        task.seed,
        confusions,
        task.first,
    )


def page_options(kind: str, damage: str) -> PageOptions:
    """How a page of the kind looks."""
    preset, least, most = KINDS[kind]
    options = replace(PRESETS[preset], damage=DAMAGES[damage])
    layout = replace(options.layout, articles_min=least, articles_max=most)
    return replace(options, layout=layout)


def clean(raw: str, name: str) -> Cleaned:
    """The page as a run cleans it, without files."""
    data = raw.encode()
    return clean_page(Page(name, data, *decode(data)), _rules(), Settings())


@cache
def _source() -> FileSource:
    return read_files(ARTICLES)


@cache
def _rules() -> Rulebook:
    return load()


def _articles(sums: Mapping[tuple[str, str], Outcome], notes: list[str]) -> Table:
    rows = []
    for (kind, damage), outcome in sums.items():
        s = outcome.score
        changed: Cell = s.articles - s.exact if kind == "in order" else "-"
        cells = s.cells()
        rows.append(
            (kind, damage, *cells[:4], outcome.alike / max(s.articles, 1), *cells[4:], changed)
        )
    columns = ("kind", "damage", "pages", "page exact", "articles", "exact", f"≥ {ALIKE:.0%} alike")
    columns += ("paras", "fields", *FIELDS, "sim", "CER %", "extra a page", "in order, changed")
    return Table("articles: shares", columns, tuple(rows), tuple(notes))


def _seams(sums: Mapping[tuple[str, str], Outcome]) -> Table:
    rows = []
    for (kind, damage), outcome in sums.items():
        s = outcome.seams
        total, hits = s.true.total(), s.found.total()
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


def _reliability(sums: Mapping[tuple[str, str], Outcome], damages: list[str]) -> Table:
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
