"""Lines of real pages: how many come out in their article, and in its order.

Misread characters hide what stitching does, so that no body of a real page is exact. Here each
raw line is traced to its place in the gold; then its article is looked for in the output. A line
is right where it is in the article that is matched with its own, and its neighbours stand in the
gold's order (the longest run of lines that do).
"""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import add
from pathlib import Path

import numpy as np
import orjson
from jiaokan.cleaning import Cleaned
from rapidfuzz import fuzz
from scipy.optimize import linear_sum_assignment

from bench.result import Table
from bench.score import body

LINE = re.compile(r"[^\n]+")
CELL = re.compile(r"[^\s|]+")
WIDE = 22
"""Characters of a line from which on it may hold several columns."""
LEAST = 5
"""Characters of a line that can be told from others."""
REAL = "real pages: lines in their article and in order, shares"
ALIKE = 75
"""Per cent of a line's characters that its place in the gold has, at least."""

Place = tuple[int, int]
"""An article's number, and where in its body."""


@dataclass(frozen=True)
class LineScore:
    """Sums over pages; add scores for the sums over all of them."""

    pages: int = 0
    lines: int = 0
    """Body lines whose place in the gold is known."""
    article: int = 0
    """Those in the article that is matched with their own."""
    order: int = 0
    """Those that also stand in the gold's order there."""
    whole: int = 0
    """Pages whose lines are all right."""

    def __add__(self, other: "LineScore") -> "LineScore":
        return LineScore(*map(add, vars(self).values(), vars(other).values()))


def line_score(cleaned: Cleaned, gold: Sequence[Mapping[str, object]]) -> LineScore:
    """One page."""
    bodies = [body(article) for article in gold]
    went = list(_went(cleaned))
    said: list[tuple[Place, Place]] = []
    for start, end in _lines(cleaned.page.text):
        true = _place(cleaned.page.text[start:end], bodies)
        if true is not None:
            said.append((true, _target(went, (start + end) // 2)))
    pairs = Counter((true[0], got[0]) for true, got in said)
    predicted = len(cleaned.arrangement.articles)
    table = np.array([[pairs[i, j] for j in range(predicted)] for i in range(len(gold))])
    match = dict(zip(*(side.tolist() for side in linear_sum_assignment(-table)), strict=True))
    placed: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for true, got in said:
        if got[0] >= 0 and match.get(true[0]) == got[0]:
            placed[true[0]].append((got[1], true[1]))
    article = sum(map(len, placed.values()))
    order = sum(_rising([true for _, true in sorted(pairs)]) for pairs in placed.values())
    return LineScore(1, len(said), article, order, int(order == len(said)))


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """The page's lines; those that hold several columns fall into pieces at their blanks."""
    for line in LINE.finditer(text):
        wide = len(line.group()) > WIDE
        for cell in (CELL if wide else LINE).finditer(text, *line.span()):
            if len("".join(cell.group().split())) >= LEAST:
                yield cell.span()


def _place(line: str, bodies: Sequence[str]) -> Place | None:
    """Where in the gold a line stands; None where that is not sure."""
    best: tuple[float, int, int] = (0.0, -1, 0)
    second = 0.0
    for number, text in enumerate(bodies):
        found = fuzz.partial_ratio_alignment("".join(line.split()), text)
        if found is None:
            continue
        if found.score > best[0]:
            second = best[0]
            best = (found.score, number, found.dest_start)
        else:
            second = max(second, found.score)
    return best[1:] if best[0] >= ALIKE and second < best[0] - 10 else None


def _went(cleaned: Cleaned) -> Iterator[tuple[int, int, Place]]:
    """Raw spans of body text and where each went: the article, the place in its body."""
    for piece in cleaned.arrangement.pieces:
        target = piece.target
        if target is None or target.article < 0 or target.field != "paragraphs":
            continue
        start, end = cleaned.trace.raw_span(piece.start, piece.end)
        paragraphs = cleaned.arrangement.articles[target.article].paragraphs
        before = sum(map(len, paragraphs[: target.index]))
        yield start, end, (target.article, before + target.offset)


def _target(went: Sequence[tuple[int, int, Place]], at: int) -> Place:
    for start, end, (article, offset) in went:
        if start <= at < end:
            return article, offset + at - start
    return -1, 0


def _rising(numbers: Sequence[int]) -> int:
    """Length of the longest rising subsequence."""
    ends: list[int] = []
    for number in numbers:
        at = bisect_left(ends, number)
        ends[at : at + 1] = [number]
    return len(ends)


def line_table(scores: Mapping[str, LineScore], title: str = REAL) -> Table:
    """Shares of the lines, one row a kind."""
    rows = tuple(
        (kind, s.pages, s.lines, s.article / max(s.lines, 1), s.order / max(s.lines, 1), s.whole)
        for kind, s in scores.items()
    )
    columns = ("kind", "pages", "lines", "in their article", "and in order", "pages all right")
    return Table(title, columns, rows)


def real_lines(folder: Path, title: str = REAL) -> Table:
    """The pages of a folder with `raw` and `gold`, by the first word of their names."""
    from bench.stitching import clean

    scores: dict[str, LineScore] = {}
    for path in sorted((folder / "raw").glob("*.txt")):
        gold = orjson.loads((folder / "gold" / f"{path.stem}.json").read_bytes())["articles"]
        found = line_score(clean(path.read_text("utf-8"), path.stem), gold)
        kind = path.stem.split("-")[0]
        scores[kind] = scores.get(kind, LineScore()) + found
    return line_table(scores | {"all": sum(scores.values(), LineScore())}, title)
