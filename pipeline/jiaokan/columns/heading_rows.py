"""Headings that stand side by side and were read line by line → one under another.

    走基层              小百科                 走基层⏎渡口的老槐树⏎林若谷
    渡口的老槐树         台风眼里为什么没有风    →  ⏎小百科⏎台风眼里为什么没有风⏎陈素衣
    林若谷              陈素衣

Large letters stand far from one another, so that wide blanks part them. In one to three such lines
above text, a gutter runs through all of them.

Left alone: a page's head, tables and lists (more such lines, or figures below), verse (halves of
one width), who signs (institutions beside one another), and what stands right below text.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from re import MULTILINE
from typing import NamedTuple

from jiaokan.columns.across import gains
from jiaokan.columns.gaps import BARS, INDENT, LINE_END, content, width
from jiaokan.lazy_regex import lazy
from jiaokan.stages.separate_lines import heads_rows, rows

Span = tuple[int, int]

LINE = lazy(r"[^\n\r\v\f\x85\u2028\u2029]+")
GAP = lazy(r"[ \xa0\u3000]{4,}")
"""Blanks that part headings."""
CELL = lazy(
    r"(?![”’》」』）)，。、；：？！,.;:?!])(?=(?:[^\u3400-\u9fff]*[\u3400-\u9fff]){2})"
    r"(?![^“\n]*”)(?![^\n]*[（(][^）)\n]*$)"
    rf"[^。；;{BARS}]{{2,34}}(?<![，、；：,;:])",
    MULTILINE,
)
"""What may be a line of a heading."""
HEAD_OF_PAGE = lazy(r"[0-9〇一二三四五六七八九][ ]?[年版期]|[编責责校][编編辑輯校对對]|星期")
"""What the page's head holds, or its foot."""
SIGNS = lazy(r"(?:公司|集团|[局厂院会委部所社校]|中心|政府|大学|[0-9一二三四五六七八九十]日)$")
"""How who signs a notice ends, or its day."""
FIGURE = lazy(r"[0-9一二两三四五六七八九十百千万.,]+[ ]?[\u3400-\u9fff%％]{0,2}")
"""What fills a table's cell: 二元, 35%."""
HAN = lazy("[\u3400-\u9fff]")
MOST = 3
"""Lines of headings that stand side by side."""
LEAST, GUTTER = 6, 2
"""Characters of the longest heading of a line at least, and width of the gutter between them."""
PIECE = lazy(rf"[^\s{BARS}]{{3,}}")
READS_ON = 4.0
"""Bits by which a heading does not read on from the line above, nor to the one below."""
NARROW = 0.8
"""Share of the headings' width that a line of the text below has, at most, where it has no gap."""
TEXT = 8
"""Chinese characters of a line of text, at least."""


class HeadRows(NamedTuple):
    """Lines that hold headings of several columns."""

    start: int
    end: int
    columns: tuple[tuple[Span, ...], ...]
    """The headings' lines, column by column."""
    above_one: bool
    """Whether one column alone stands in the line below."""


class _Row(NamedTuple):
    start: int
    end: int
    blank: bool
    """Whether a blank line stands above it."""
    cells: tuple[Span, ...]


def head_rows(text: str) -> Iterator[HeadRows]:
    """The headings of a text that were read side by side."""
    if not GAP.search(text):
        return
    every = list(_rows(text))
    at = 0
    while at < len(every):
        stop = at
        while stop < len(every) and _may_head(text, every[stop]):
            stop += 1
        if stop > at:
            found = _parted(text, every, at, stop)
            if found is not None:
                yield found
        at = max(stop, at + 1)


def _rows(text: str) -> Iterator[_Row]:
    last = 0
    for match in LINE.finditer(text):
        if match.group().strip():
            blank = not last or len(LINE_END.findall(text, last, match.start())) > 1
            start, end = content(text, *match.span())
            inside = (at for gap in GAP.finditer(text, start, end) for at in gap.span())
            edges = [start, *inside, end]
            yield _Row(start, end, blank, tuple(zip(edges[::2], edges[1::2], strict=True)))
            last = match.end()


def _may_head(text: str, row: _Row) -> bool:
    own = text[row.start : row.end]
    return (
        len(row.cells) > 1
        and all(CELL.fullmatch(text, *cell) for cell in row.cells)
        and not any(FIGURE.fullmatch(text, *cell) for cell in row.cells)
        and HEAD_OF_PAGE.search(own) is None
    )


def _parted(text: str, every: Sequence[_Row], first: int, stop: int) -> HeadRows | None:
    """The lines every[first:stop] as columns of headings, if they surely are."""
    own = every[first:stop]
    if len(own) > MOST or not own[0].blank or not _above_text(text, every, first, stop):
        return None
    gutters = _gutters(text, own)
    sizes = [[len(text[slice(*cell)]) for cell in row.cells] for row in own]
    if not gutters or max(map(max, sizes)) < LEAST or all(min(s) == max(s) for s in sizes):
        return None
    if all(SIGNS.search(text[slice(*cell)]) for cell in own[-1].cells):
        return None
    columns = [tuple(_between(text, own, low, high)) for low, high in gutters]
    if not all(columns) or _reads_on(text, every, first, stop):
        return None
    wide = max(width(text[row.start : row.end]) for row in own)
    alone = width(text[every[stop].start : every[stop].end]) < NARROW * wide
    return HeadRows(own[0].start, own[-1].end, tuple(columns), alone)


def _reads_on(text: str, every: Sequence[_Row], first: int, stop: int) -> bool:
    """Whether a cell goes on from the line above, or in the line below, as text does."""
    pairs = [
        (piece, text[slice(*cell)])
        for row in every[max(first - 1, 0) : first]
        for piece in PIECE.findall(text, row.start, row.end)
        for cell in _told(every[first])
    ] + [
        (text[slice(*cell)], piece)
        for row in every[stop : stop + 1]
        for piece in PIECE.findall(text, row.start, row.end)
        for cell in _told(every[stop - 1])
    ]
    return max(gains(pairs), default=0.0) > READS_ON


def _told(row: _Row) -> list[Span]:
    """The cells that are long enough to read on or not; names are not."""
    return [(start, end) for start, end in row.cells if end - start >= LEAST - 1]


def _above_text(text: str, every: Sequence[_Row], first: int, stop: int) -> bool:
    """Whether columns of text stand below, and no rows of a table do."""
    if stop == len(every):
        return False
    row, below = every[stop - 1], every[stop]
    pair = text[row.start : row.end], text[below.start : below.end]
    longest = max(len(HAN.findall(text, *cell)) for cell in below.cells)
    if rows(*pair) or heads_rows(*pair) or (len(below.cells) > 1 and longest < TEXT):
        return False
    if len(below.cells) == 1 and _indent(text, below) > width(INDENT):
        return False  # one column's heading has a line more
    wide = max(width(text[row.start : row.end]) for row in every[first:stop])
    line = text[below.start : below.end]
    several = len(below.cells) > 1 or any(bar in line for bar in BARS)
    return longest >= TEXT and (several or width(line) < NARROW * wide)


def _gutters(text: str, own: Sequence[_Row]) -> list[tuple[float, float]]:
    """The columns between the gutters that run through all lines, by width from the left edge."""
    left = min(_indent(text, row) for row in own)
    open_to: list[tuple[int, int]] = [(0, 10**6)]
    for row in own:
        gaps = []
        for one, other in pairwise(row.cells):
            at = _indent(text, row) - left
            gaps.append(
                (at + width(text[row.start : one[1]]), at + width(text[row.start : other[0]]))
            )
        open_to = [
            (max(low, a), min(high, b))
            for low, high in open_to
            for a, b in gaps
            if min(high, b) - max(low, a) >= GUTTER
        ]
    middles = [(low + high) / 2 for low, high in open_to]
    edges = [-1.0, *middles, float(10**6)]
    return list(pairwise(edges)) if middles else []


def _indent(text: str, row: _Row) -> int:
    begin = max(text.rfind(end, 0, row.start) for end in "\n\r\v\f\x85\u2028\u2029") + 1
    return width(text[begin : row.start])


def _between(text: str, own: Sequence[_Row], low: float, high: float) -> Iterator[Span]:
    """The part of each line that stands between two places of its width."""
    left = min(_indent(text, row) for row in own)
    for row in own:
        at = _indent(text, row) - left
        inside = [cell for cell in row.cells if low <= at + width(text[row.start : cell[0]]) < high]
        if inside:
            yield inside[0][0], inside[-1][1]
