"""Where two cells of a line part, once all lines are read: to the character, by the texts above and
below.

Where no plain gap shows, a cell may be cut a character too early or too late, and a mark between
two cells may be text or dirt of the gutter. Each way to part them is judged by how likely both
columns' texts are, over the lines: the text of the left cell and of the one below it, and of the
cell above the right one and of that.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from jiaokan.columns.across import CLOSING, ENDS, OPENING
from jiaokan.columns.gaps import BARS, BLANK, DIRT, RULES, width
from jiaokan.columns.sheets.grid import SHORT, Cell, Grid

Cells = tuple[Cell, ...]

ROUNDS = 2
"""Times that all lines are gone through: their neighbours change, too."""
MOVED = 4
"""Characters that may go from a cell to the other, at most."""
AROUND = 8
"""Characters of a line that are read behind the place."""
BEFORE = 4
"""Characters that the model reads before the first one it judges."""
SURER = 2.0
"""Bits by which another way to part two cells must be better."""
DIRTY, STUCK = 4.0, 8.0
"""What it costs to take a mark for dirt, and one that stands right behind the text."""
STRAY = 1.0
"""What it costs where the mark fits neither text: a pause behind a pause, half a quotation."""
LINES = 3
"""Lines above and below in which the other half of a quotation is looked for."""
KEPT = 8.0
"""What it costs that a blank stands inside a cell, and not where cells part."""
TORN = 6.0
"""What it costs that a line begins with a closing mark, or ends with an opening one."""
SIZE = 3.0, 0.8
"""What it costs that a cell is wider or narrower than its column's lines are, and for each
half-width of it."""
PAUSES = "，。、；："
GAP = BLANK + BARS


class _Way(NamedTuple):
    """A way to part two cells."""

    end: int
    start: int
    price: float
    texts: tuple[tuple[str, str], ...]
    """What stands before, and what is judged."""


def parted_well(text: str, rows: Sequence[Cells], grid: Grid) -> list[Cells]:
    """The cells of each line, parted where the texts of their columns read best."""
    found = list(rows)
    wide = [_usual(rows, grid, column) for column in range(len(grid.widths))]
    for _ in range(ROUNDS):
        before = [*found]
        tried = [
            (number, index, list(_ways(text, before, number, index, grid, wide)))
            for number, cells in enumerate(before)
            for index in range(len(cells) - 1)
        ]
        tried = [one for one in tried if len(one[2]) > 1]
        costs = iter(_costs([way for *_, ways in tried for way in ways]))
        for number, index, ways in tried:
            own = [next(costs) for _ in ways]
            best = min(range(len(ways)), key=own.__getitem__)
            if own[best] < own[0] - SURER:
                found[number] = _cut(text, found[number], index, ways[best])
        if found == before:
            break
    return found


class _Edge(NamedTuple):
    """Two cells side by side, and what stands around the place where they part."""

    left: Cell
    right: Cell
    first: int
    """Where the left one may end, at the earliest."""
    last: int
    """Where the right one may begin, at the latest."""
    tail: str
    """The left one's text before `first`."""
    under: str
    """The head of the cell below it."""
    over: str
    """The end of the cell above the right one."""
    rest: str
    """The right one's text behind `last`."""
    room: float
    """The width that the left one has."""
    far: tuple[str, str]
    """The left column's text some lines above, and the right one's below."""


def _ways(
    text: str, rows: Sequence[Cells], number: int, index: int, grid: Grid, wide: Sequence[float]
) -> Iterator[_Way]:
    """The ways to part a cell from the next one, as it is now first."""
    edge = _edge(text, rows, number, index, grid, wide)
    if edge is None:
        return
    now = edge.left.end, edge.right.start
    yield _way(text, edge, *now)
    for end in range(edge.first, edge.last + 1):
        for start in range(end, edge.last + 1):
            if (end, start) != now and _may_part(text, edge, end, start):
                yield _way(text, edge, end, start)


def _edge(
    text: str, rows: Sequence[Cells], number: int, index: int, grid: Grid, wide: Sequence[float]
) -> _Edge | None:
    """A cell and the next one; None where nothing around tells how they part."""
    left, right = rows[number][index : index + 2]
    if left.free or right.free or right.column != left.column + 1:
        return None
    below = _cell(rows, number + 1, left.column)
    above = _cell(rows, number - 1, right.column)
    if below is None and above is None:
        return None
    low, high = left.start + 1, right.end - 1
    if left.shown:
        first = max(low, left.start + len(text[left.start : left.end].rstrip(DIRT + GAP)))
        own = text[right.start : right.end]
        last = min(high, right.end - len(own.lstrip(DIRT + GAP)))
    else:
        first, last = _back(text, left.end, low), _on(text, right.start, high)
    return _Edge(
        left,
        right,
        first,
        last,
        tail=text[max(first - BEFORE, left.start) : first],
        under=_head(text, below) if below else "",
        over=_tail(text, above, grid) if above else "",
        rest=text[last : min(last + AROUND, right.end)],
        room=wide[left.column] - _inset(left, grid),
        far=(
            "".join(_words(text, rows, at, left.column) for at in range(number - LINES, number)),
            "".join(
                _words(text, rows, at, right.column) for at in range(number + 1, number + LINES)
            ),
        ),
    )


def _may_part(text: str, edge: _Edge, end: int, start: int) -> bool:
    """Whether the left cell may end at a place, and the right one begin at another."""
    left, right = edge.left, edge.right
    if text[start] in GAP or text[end - 1] in GAP or not _may_be_dirt(text, end, start):
        return False
    if left.shown and (end > left.end or start < right.start or text[end] in DIRT):
        return False
    return not _opens(text[end:start], text[start : right.end])


def _way(text: str, edge: _Edge, end: int, start: int) -> _Way:
    """The two cells parted so, and what that costs by itself."""
    own = text[edge.left.start : end]
    dirty = _dirty(own, text[end:start], text[start : edge.right.end], edge.far)
    torn = (text[start] in CLOSING) + (text[end - 1] in OPENING)
    kept = sum(char in GAP for char in text[edge.first : end] + text[start : edge.last])
    off = _off(own, edge.room)
    price = dirty + TORN * torn + KEPT * kept + (SIZE[0] + SIZE[1] * off if off >= 1 else 0)
    left = edge.tail, _solid(text[edge.first : end] + edge.under)
    right = edge.over, _solid(text[start : edge.last] + edge.rest)
    return _Way(end, start, price, (left, right))


def _dirty(before: str, marks: str, behind: str, far: tuple[str, str]) -> float:
    """What it costs to take marks for dirt. `far`: the left column's text above, the right one's
    below."""
    above, below = far[0] + before, (behind + far[1]).replace('"', "”")
    cost = 0.0
    stuck = True
    for mark in marks:
        stuck = stuck and mark not in GAP
        if mark in GAP:
            continue
        alone = (mark == "”" and '"' not in above and above.count("“") <= above.count("”")) or (
            mark == "“" and not 0 <= below.find("”") < (below + "“").find("“")
        )
        if alone or (stuck and mark in PAUSES and before[-1:] in PAUSES):
            cost += STRAY
        else:
            cost += STUCK if stuck else DIRTY
    return cost


def _words(text: str, rows: Sequence[Cells], number: int, column: int) -> str:
    cell = _cell(rows, number, column)
    return text[cell.start : cell.end] if cell else ""


def _may_be_dirt(text: str, start: int, end: int) -> bool:
    """Whether what stands between two cells may be none of their text: marks, and what engines read
    for a rule, where blanks set it apart."""
    return all(
        text[at] in GAP + DIRT
        or (text[at] in RULES and text[at - 1] in GAP and text[at + 1 : at + 2] in GAP)
        for at in range(start, end)
    )


def _opens(dirt: str, behind: str) -> bool:
    """Whether a mark among dirt opens what is closed in the line behind it."""
    closed = behind.find("”")
    return "“" in dirt and closed >= 0 and "“" not in behind[:closed]


def _back(text: str, at: int, low: int) -> int:
    """The place some characters before another one."""
    left = MOVED
    while at > low and left:
        at -= 1
        left -= text[at] not in GAP
    return at


def _on(text: str, at: int, high: int) -> int:
    left = MOVED
    while at < high and left:
        left -= text[at] not in GAP
        at += 1
    return at


def _off(cell: str, room: float) -> float:
    """How much wider or narrower than its room a cell is; the marks at its end may hang."""
    return max(width(cell.rstrip(CLOSING)) - room, room - width(cell), 0.0)


def _inset(cell: Cell, grid: Grid) -> float:
    return cell.at - grid.starts[cell.column]


def _usual(rows: Sequence[Cells], grid: Grid, column: int) -> float:
    """The width of a column's full lines of which the end shows."""
    full = [
        cell.size + _inset(cell, grid)
        for cells in rows
        for cell in cells
        if cell.column == column and cell.shown and not cell.free
    ]
    full = [size for size in full if size >= SHORT * grid.widths[column]]
    return float(np.median(full)) if full else grid.widths[column]


def _cell(rows: Sequence[Cells], number: int, column: int) -> Cell | None:
    if not 0 <= number < len(rows):
        return None
    return next((one for one in rows[number] if one.column == column and not one.free), None)


def _head(text: str, cell: Cell) -> str:
    return _solid(text[cell.start : min(cell.start + AROUND, cell.end)])


def _tail(text: str, cell: Cell, grid: Grid) -> str:
    """The end of a cell, and that a paragraph ends there where it does."""
    own = _solid(text[max(cell.start, cell.end - 2 * BEFORE) : cell.end])
    ended = own[-1:] in ENDS and cell.size < grid.widths[cell.column] - 1
    return f"{own}\n" if ended else own


def _solid(text: str) -> str:
    return "".join(char for char in text if char not in GAP)


def _costs(ways: Sequence[_Way]) -> list[float]:
    """What each way costs, in bits."""
    from jiaokan.language import load, view

    pieces: list[str] = []
    spans: list[tuple[int, int]] = []
    at = 0
    for way in ways:
        for before, judged in way.texts:
            lead = before[-BEFORE:].rjust(BEFORE, "\n")
            pieces.append(lead + judged)
            spans.append((at + BEFORE, at + BEFORE + len(judged)))
            at += BEFORE + len(judged)
    if not pieces:
        return []
    bits = np.concatenate([[0.0], np.cumsum(load().score(view("".join(pieces))), dtype=float)])
    sums = [bits[start] - bits[end] for start, end in spans]
    return [
        way.price + float(one + other)
        for way, one, other in zip(ways, sums[::2], sums[1::2], strict=True)
    ]


def _cut(text: str, cells: Cells, index: int, way: _Way) -> Cells:
    left, right = cells[index : index + 2]
    left = left._replace(end=way.end, size=width(text[left.start : way.end]))
    right = right._replace(start=way.start, size=width(text[way.start : right.end]))
    return (*cells[:index], left, right, *cells[index + 2 :])
