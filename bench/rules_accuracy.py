"""The built-in rules against truth: error rate before and after, each edit judged, clean text.

Generated damage: the articles of bench/articles, a paragraph at a time, with the misreadings of
the confusion table. The rules for look-alikes were drawn from the same table, so that this shows
what they reach, not how they do on another engine. Real pages: those of --shared, of another
engine, which no rule was drawn from; since their columns are in disorder, a line is measured
against what stands anywhere in the page's truth.

An edit is right where it brings its surroundings nearer to the truth, wrong where it takes them
farther from it, and idle where one wrong character stands for another. What a rule of level
`suggest` would have done is judged likewise.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import repeat
from pathlib import Path
from random import Random
from typing import Literal, NamedTuple

import orjson
from jiaokan.cleaning import context_of
from jiaokan.edit import Edit
from jiaokan.rulebook import Rulebook, load
from jiaokan.stages import STAGES
from jiaokan.trace import Trace, advance
from rapidfuzz.distance import Levenshtein

from bench.clean_text import Tally, measure, pages
from bench.infix import Codes, codes, infix_distance
from bench.interleave import DAMAGES, FileSource, read_confusions, read_files
from bench.interleave.damage import Confusions, damage_text
from bench.kinds import ARTICLES
from bench.result import Cell, Options, Table

LEVELS = ("fix", "suggest")
ROUNDS = 10
"""Times that every article is damaged."""
AROUND = 10
"""Characters on each side of an edit that are compared with a real page's truth."""
SHORTEST = 6
"""Characters in a line of a real page that is measured at all."""
_CELLS = re.compile(r"[ \u3000]{2,}|[|｜]|\t")
_HAN = re.compile("[\u3400-\u9fff]")
_STAGES = tuple(stage for stage in STAGES if stage.name != "layout")
"""All but the one that joins lines: it is measured by what stands in a line."""
_RULE_STAGES = tuple(stage for stage in STAGES if stage.name in ("script", "leaks", "rules"))

Distance = Callable[[str], int]
"""From a text to the truth."""
Verdict = Literal["right", "wrong", "idle"]


class Proposed(NamedTuple):
    """What a rule did, or would have done, and the stage's text in which it did."""

    rule: str
    level: str
    text: str
    start: int
    end: int
    new: str


@dataclass
class Judged:
    """Sums over texts."""

    characters: int = 0
    errors: Counter[str] = field(default_factory=Counter)
    """Characters that are wrong: raw, without the rules, with them."""
    verdicts: Counter[tuple[str, str]] = field(default_factory=Counter)
    """By level and verdict."""
    wrong: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Wrong edits by level: rule and place."""

    def take(self, other: "Judged") -> None:
        """Add what another sum has counted."""
        self.characters += other.characters
        self.errors.update(other.errors)
        self.verdicts.update(other.verdicts)
        self.wrong.update(other.wrong)


def tables(options: Options) -> list[Table]:
    """For `python -m bench`: error rates, verdicts, and edits in clean text."""
    book = load()
    samples: dict[str, Judged] = {}
    notes: list[str] = []
    table = options.shared / "facts" / "confusions.tsv"
    if table.exists():
        confusions = read_confusions(table)
        for damage in ("light", "heavy"):
            samples[f"generated, {damage}"] = generated(damage, confusions, options.seed, book)
    else:
        notes.append(f"generated damage: skipped: the confusions are not there: {table}")
    ocr = options.shared / "pages" / "ocr"
    if ocr.is_dir():
        for kind in ("psm3", "mixed"):
            samples[f"real, {kind}"] = real(ocr, kind, book)
    else:
        notes.append(f"real pages: skipped: the pages are not there: {ocr} (give --shared)")
    found = [_rates(samples, notes), _verdicts(samples, book)]
    corpus = options.shared / "corpus"
    if corpus.is_dir():
        return [*found, clean_table(corpus, options.characters, options.processes)]
    return [*found, Table("clean text", (), (), (f"skipped: no corpus there: {corpus}",))]


def generated(damage: str, confusions: Confusions, seed: int, book: Rulebook) -> Judged:
    """Every paragraph of bench/articles, damaged, against itself."""
    source = read_files(ARTICLES)
    assert isinstance(source, FileSource)
    rng = Random(f"rules:{damage}:{seed}")
    sums = Judged()
    for _ in range(ROUNDS):
        for article in source.articles:
            for paragraph in article.paragraphs:
                raw = damage_text(paragraph, DAMAGES[damage], confusions, rng)
                distance = _whole(paragraph)
                one = judged(raw, book, partial(verdict, distance=distance))
                one.characters = len(paragraph)
                one.errors = Counter(
                    {name: distance(text) for name, text in versions(raw, book).items()}
                )
                sums.take(one)
    return sums


def real(ocr: Path, kind: str, book: Rulebook) -> Judged:
    """Pages of one kind, line by line, against their truth wherever it stands."""
    sums = Judged()
    for path in sorted((ocr / "raw").glob(f"{kind}-*.txt")):
        raw = path.read_text("utf-8")
        truth = codes(_truth(ocr / "gold" / f"{path.stem}.json"))
        judge = partial(verdict, distance=_part(truth), around=AROUND)
        sums.take(judged(raw, book, judge))
        for name, text in versions(raw, book).items():
            for line in lines(text):
                sums.errors[name] += infix_distance(line, truth)
                sums.characters += len(line) if name == "raw" else 0
    return sums


def versions(raw: str, book: Rulebook) -> dict[str, str]:
    """A text as it comes, after the stages without rules, and after the stages with them."""
    empty = Rulebook((), "")
    cleaned = {name: run(raw, one)[0] for name, one in (("without", empty), ("with", book))}
    return {"raw": raw, **cleaned}


def judged(raw: str, book: Rulebook, judge: Callable[[Proposed], Verdict]) -> Judged:
    """The verdicts on everything that the rules did or would have done to one text."""
    sums = Judged()
    for item in run(raw, book)[1]:
        found = judge(item)
        sums.verdicts[item.level, found] += 1
        if found == "wrong":
            sums.wrong[item.level, shown(item)] += 1
    return sums


def run(raw: str, book: Rulebook) -> tuple[str, list[Proposed]]:
    """The character stages, and what rules proposed in them."""
    context = context_of(raw, book, "auto")
    levels = {rule.id: rule.level for rule in book.rules}
    trace, proposed = Trace(raw, raw), list[Proposed]()
    for stage in _STAGES:
        edits: list[Edit] = []
        held = context.rules.protected(trace.text)
        for item in stage.run(trace.text, context):
            if held.touches(item.start, item.end):
                continue
            if isinstance(item, Edit):
                edits.append(item)
                new, level = item.new, "fix"
            else:
                new = item.alternatives[0].text if item.alternatives else ""
                level = levels.get(item.rule, "suggest") if item.alternatives else ""
                level = "suggest" if level else ""
            if item.rule in levels and level and new != trace.text[item.start : item.end]:
                proposed.append(Proposed(item.rule, level, trace.text, item.start, item.end, new))
        trace = advance(trace, stage.name, edits)
    return trace.text, proposed


def verdict(item: Proposed, distance: Distance, around: int | None = None) -> Verdict:
    """Whether an edit alone brings its text, or so much around it, nearer to the truth."""
    first = 0 if around is None else max(0, item.start - around)
    last = len(item.text) if around is None else item.end + around
    before, after = item.text[first : item.start], item.text[item.end : last]
    if around is not None:
        before, after = before.rpartition("\n")[2], after.partition("\n")[0]
    was = distance(before + item.text[item.start : item.end] + after)
    now = distance(before + item.new + after)
    return "right" if now < was else "wrong" if now > was else "idle"


def shown(item: Proposed) -> str:
    """A rule and the place where it acted."""
    before, after = item.text[max(0, item.start - 5) : item.start], item.text[item.end :][:5]
    place = f"{before}[{item.text[item.start : item.end]}→{item.new}]{after}"
    return f"{item.rule} {place}".replace("\n", "¶")


def lines(text: str) -> Iterator[str]:
    """The lines of a page, or the cells of a line, that are long enough to be found again."""
    for cell in _CELLS.split(text.replace("\n", "\t")):
        tight = "".join(cell.split())
        if len(_HAN.findall(tight)) >= SHORTEST:
            yield tight


def clean_table(corpus: Path, characters: int, processes: int) -> Table:
    """What the rules change in text that is right."""
    files = sorted(corpus.glob("*.txt.xz"))
    tally = Tally()
    with ProcessPoolExecutor(processes) as pool:
        for one in pool.map(_in_register, files, repeat(characters // max(len(files), 1))):
            tally.take(one)
    rows: list[tuple[Cell, ...]] = []
    for register in ["all", *sorted(tally.characters)]:
        chosen = {k: n for k, n in tally.counts.items() if register in ("all", k[0])}
        size = tally.characters.total() if register == "all" else tally.characters[register]
        often = Counter({k[2]: 0 for k in chosen})
        for key, count in chosen.items():
            often[key[2]] += count
        told = ", ".join(f"{rule} {count}" for rule, count in often.most_common(3))
        total = sum(chosen.values())
        rows.append((register, size, total, total / max(size, 1) * 1e5, told))
    columns = ("register", "characters", "edits", "per 100,000", "most often")
    return Table("edits of the built-in rules in clean text", columns, tuple(rows))


def _in_register(path: Path, characters: int) -> Tally:
    """The edits that rules make in one register of the corpus."""
    book = load()
    names = {rule.id for rule in book.rules}
    found = Tally()
    for page in pages(path, characters):
        measure(page, path.name.split(".")[0], _RULE_STAGES, book, found)
    found.counts = Counter({key: n for key, n in found.counts.items() if key[2] in names})
    found.examples.clear()
    return found


def _rates(samples: dict[str, Judged], notes: Iterable[str]) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for name, one in samples.items():
        share = 100 / max(one.characters, 1)
        rates = (share * one.errors[key] for key in ("raw", "without", "with"))
        mended = one.errors["without"] - one.errors["with"]
        rows.append((name, one.characters, *rates, mended))
    columns = ("text", "characters", "raw %", "without rules %", "with rules %", "errors mended")
    return Table("character error rate", columns, tuple(rows), tuple(notes))


def _verdicts(samples: dict[str, Judged], book: Rulebook) -> Table:
    sums = Judged()
    for one in samples.values():
        sums.take(one)
    rows: list[tuple[Cell, ...]] = []
    for name, one in [*samples.items(), ("all", replace(sums))]:
        for level in LEVELS:
            right, wrong, idle = (one.verdicts[level, v] for v in ("right", "wrong", "idle"))
            worst = [shown for (of, shown), _ in one.wrong.most_common() if of == level]
            share: Cell = right / (right + wrong) if right + wrong else "-"
            rows.append((name, level, right, wrong, idle, share, worst[0] if worst else ""))
    columns = ("text", "level", "right", "wrong", "idle", "precision", "a wrong one")
    title = f"what the {len(book.rules)} built-in rules did (fix) and would have done (suggest)"
    return Table(title, columns, tuple(rows))


def _whole(truth: str) -> Distance:
    return lambda text: Levenshtein.distance(text, truth)


def _part(truth: Codes) -> Distance:
    return lambda text: infix_distance(text, truth)


def _truth(path: Path) -> str:
    """Everything that stands on the page, blanks left out, parted by line ends."""
    tree = orjson.loads(path.read_bytes())
    parts: list[str] = list(tree.get("furniture", ()))
    for article in tree["articles"]:
        parts += [article.get(name) or "" for name in ("kicker", "title", "author", "affiliation")]
        parts.append("".join(article["paragraphs"]))
    return "\n".join("".join(part.split()) for part in parts)
