"""What the truth of a generated page says of it: its headings, its cuts, its best paths.

Used to fit weights, and to see where the loss lies: the ladder gives the stitcher the true
headings, then the true cuts, and shows how much better it gets.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from functools import cache, partial
from operator import add

from jiaokan.article import Arrangement
from jiaokan.language import load, view
from jiaokan.rulebook import Rulebook
from jiaokan.rulebook import load as load_rules
from jiaokan.settings import Settings
from jiaokan.stitch.blocks import Block, Role, blocks
from jiaokan.stitch.headings.find import with_headings
from jiaokan.stitch.headings.reader import Reader
from jiaokan.stitch.items import BODY_ROLES
from jiaokan.stitch.search.decide import Prepared, Reading, decide, prepare
from jiaokan.stitch.settle import line_starts, read, settle
from jiaokan.stitch.stitching import read_page
from jiaokan.stitch.weights import weights
from jiaokan.stitch.write import bare, write
from jiaokan.trace import Trace

from bench.fit.pages import unwrapped
from bench.interleave import GeneratedPage
from bench.interleave.model import Part
from bench.kinds import Task, pages, tasks
from bench.result import Cell, Options, Table

ROLES: Mapping[Part, Role] = {
    "body": "body",
    "kicker": "kicker",
    "title": "title",
    "author": "byline",
    "affiliation": "affiliation",
    "furniture": "furniture",
    "gutter": "furniture",
}
"""The role of each part of a generated page."""
RUNGS = ("nothing", "headings", "headings and candidates", "headings and seams")
"""What the stitcher is given of the truth: its cuts among its own candidates, or no others."""
CLIMBED = ("columns 2", "columns 3", "columns 4")
"""Kinds of pages that the ladder is for."""
KNOWN = 5.0
"""log2 odds of the true cuts where there are no others."""
ADDED = -1.0
"""The same of one that is put among the candidates: what those that are found have, about."""


@dataclass(frozen=True)
class Rungs:
    """Sums over pages; add them for the sums over all of them."""

    pages: int = 0
    unmoved: int = 0
    """Pages that are left in their order, their headings given."""
    articles: int = 0
    exact: Counter[str] = field(default_factory=Counter)
    """Bodies that are right on each rung, blanks and breaks ignored."""

    def __add__(self, other: "Rungs") -> "Rungs":
        return Rungs(*map(add, vars(self).values(), vars(other).values()))


def ladder(kinds: Sequence[str], options: Options) -> Table:
    """How much of the pages is right on each rung. Characters are whole, only their lines are
    joined before stitching."""
    asked = tasks([kind for kind in CLIMBED if kind in kinds], "off", options.pages, options.seed)
    sums = {task.kind: Rungs() for task in asked}
    with ProcessPoolExecutor(options.processes) as pool:
        for task, rungs in zip(asked, pool.map(climb, asked), strict=True):
            sums[task.kind] += rungs
    rows: list[tuple[Cell, ...]] = [
        (kind, s.pages, s.unmoved, s.articles, *(s.exact[rung] / s.articles for rung in RUNGS))
        for kind, s in sums.items()
    ]
    given = tuple(f"given {rung}" for rung in RUNGS)
    columns = ("kind", "pages", "left in order", "articles", *given)
    return Table("where the loss lies: exact articles, given the truth", columns, tuple(rows))


def climb(task: Task) -> Rungs:
    """The pages of a task on each rung."""
    total = Rungs()
    for page in pages(task):
        exact: Counter[str] = Counter()
        unmoved = 0
        for rung in RUNGS:
            found = restitched(page, rung)
            bodies = {_bare("".join(article.paragraphs)) for article in found.articles}
            exact[rung] = sum(_bare(article.body) in bodies for article in page.articles)
            unmoved += rung == "headings" and not found.seams
        total += Rungs(1, unmoved, len(page.articles), exact)
    return total


def restitched(page: GeneratedPage, rung: str) -> Arrangement:
    """The page, stitched with what the rung gives of its truth."""
    trace = unwrapped(page, _rules())
    text = trace.text
    found = blocks(text, _rules())
    found = with_headings(found, Reader(load(), view(text), found))
    if rung != "nothing":
        found = true_blocks(page, trace, found)
    whole = prepare(text, found, {})
    if whole is None:
        return bare(text, found)
    if rung in ("nothing", "headings"):
        look = partial(read, text, found)
        reading = read_page(text, found, line_starts(trace), whole, Settings(), look)
    else:
        true = true_cuts(page, trace, found)
        reading = _given(trace, found, whole, true, alone=rung == "headings and seams")
    return write(text, found, reading, Settings())[0]


def _given(
    trace: Trace, found: Sequence[Block], whole: Prepared, true: Sequence[int], alone: bool
) -> Reading:
    """The paths under the true cuts, which stand alone or among the stitcher's own candidates."""
    seen = read(trace.text, found)
    cuts = dict.fromkeys(true, KNOWN if alone else ADDED)
    if not alone:
        page = settle(trace.text, found, line_starts(trace), whole, weights(network=True), seen)
        cuts |= {item.start: item.odds for item in page.items if item.inner}
    page = prepare(trace.text, found, cuts, seen) or whole
    return decide(page, weights(network=True), Settings().min_confidence)


def _bare(body: str) -> str:
    return "".join(body.split())


@cache
def _rules() -> Rulebook:
    return load_rules()


def true_blocks(page: GeneratedPage, trace: Trace, found: Sequence[Block]) -> list[Block]:
    """The blocks with the roles that they truly have; sub-headings as they were found."""
    blocks = []
    for block in found:
        at = trace.raw_offset(block.start)
        part: Part = next((f.part for f in page.fragments if f.start <= at < f.end), "body")
        role = ROLES[part]
        if role in BODY_ROLES and block.role in BODY_ROLES:
            role = block.role
        name = block.name if role == "byline" else None
        blocks.append(replace(block, role=role, rule=f"layout.{role}", name=name))
    return blocks


def true_cuts(page: GeneratedPage, trace: Trace, found: Sequence[Block]) -> list[int]:
    """Places inside body blocks where one fragment ends and another one begins."""
    rights = {cut.right for cut in page.cuts}
    return [
        at
        for block in found
        if block.role in BODY_ROLES
        for at in range(block.start + 1, block.end)
        if {trace.raw_offset(at), trace.raw_offset(at, end=True)} & rights
    ]


def heading_articles(page: GeneratedPage, trace: Trace, prepared: Prepared) -> list[int]:
    """The article whose title each heading truly holds; -1 for a heading without one."""
    return [
        next((_article(page, trace, block.start) for block in lines if block.role == "title"), -1)
        for lines in prepared.headings
    ]


def true_streams(page: GeneratedPage, trace: Trace, prepared: Prepared) -> list[int]:
    """The stream of each item; the last one where its article has no heading on the page."""
    headed = heading_articles(page, trace, prepared)
    streams = []
    for item in prepared.items:
        article = _article(page, trace, item.start)
        if item.kind == "heading":
            streams.append(item.article)
        else:
            streams.append(headed.index(article) if article in headed else len(headed))
    return streams


def _article(page: GeneratedPage, trace: Trace, place: int) -> int:
    at = trace.raw_offset(place)
    return next((f.article for f in page.fragments if f.start <= at < f.end), -1)
