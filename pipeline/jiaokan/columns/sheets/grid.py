"""A line of a page-wide reading → its cells, on a grid of columns.

A grid says how wide the columns are, and how many blanks the engine sets for a distance. The
cheapest way to read a line on it is looked for: a cell begins where its column does, or an
indent behind it; it ends at a gap, at a mark in the gutter, or, where nothing shows, once it is
as wide as its column; columns may be empty. A headline stands where it likes.
"""

from collections.abc import Iterator, Mapping, Sequence
from math import inf
from typing import NamedTuple

from jiaokan.columns.across import CLOSING
from jiaokan.columns.gaps import REACH
from jiaokan.columns.sheets.grid_marks import Line, Mark

Span = tuple[int, int]
Place = tuple[int, int]
"""Where a cell may begin: a place in the text, and a column."""

INDENT = 4
"""Width of a paragraph's indent."""
SHORT = 0.85
"""Share of its column's width below which a cell may be a heading's."""
NEAR = 8
"""Distance up to which cells stand side by side, with nothing but the gutter between."""
OVER = 4
"""By how much a cell may be wider than its column: marks that hang, characters misread."""
REST = 10
"""Width that is left of a line, at least, where cells are parted and nothing shows: less than that
hangs over."""
AROUND = range(-4, 4)
"""Where a cell may end without a gap, from its column's width."""

SINGLE, CLOSED = 1.5, 4.0
"""What it costs to part cells at a single blank or a mark, and where nothing shows."""
INSIDE = 6.0
"""What a plain gap inside a cell costs."""
WITHIN = 0.3
"""What a single blank or a mark inside one costs."""
TORN = 3.0
"""What it costs to part a mark from the text before it."""
INSET = 0.7
"""What an indent costs."""
FREE = 7.0
"""What a headline costs, or whatever stands on no column."""
LOST = 6.0
"""What it costs that the blanks before a line's first cell are lost."""
FAR = 1.5
"""What it costs that a distance shows too many blanks, or too few, for each share of it below."""
OFF = 6
"""How far from its column's place a cell stands there by chance only."""
VAGUE = 0.12
"""Share of a distance by which it is off as a rule."""
NOTHING: Mapping[Place, float] = {}
BEAM = 8.0
"""Readings of a line that are so much worse than the best one are left."""


class Grid(NamedTuple):
    """Columns that stand side by side; widths are in half-widths."""

    widths: tuple[int, ...]
    gutter: int
    scale: float
    """Blanks for a half-width of distance."""

    @property
    def starts(self) -> tuple[int, ...]:
        """Where each column begins."""
        found = [0]
        for one in self.widths[:-1]:
            found.append(found[-1] + one + self.gutter)
        return tuple(found)


class Cell(NamedTuple):
    """What a line has of a column."""

    start: int
    end: int
    column: int
    at: float
    """Where it begins on the grid."""
    free: bool
    """It stands on no column: a headline, or something that does not belong."""
    shown: bool
    """A plain gap shows where it ends, or it ends its line."""
    marked: bool
    """A gap or a mark shows there."""
    size: int
    """Its width."""
    seen: float
    """Where it begins by the blanks before it."""


def is_line(cell: Cell, grid: Grid) -> bool:
    """Whether a cell is as wide as its column's lines are."""
    return not cell.free and cell.size >= SHORT * grid.widths[cell.column]


class Reading(NamedTuple):
    """A line's cells, and what it costs to read them so."""

    cost: float
    cells: tuple[Cell, ...]
    tried: frozenset[Place] = frozenset()
    """Where a cell may begin: the place in the text, and the column."""
    ended: frozenset[Place] = frozenset()
    """The same where one may end before another one."""


class _Way(NamedTuple):
    """A reading of a line up to where its next cell begins."""

    cost: float
    cell: Cell
    back: "_Way | None"


def read(
    found: Line,
    grid: Grid,
    said: Mapping[Place, float] = NOTHING,
    ends: Mapping[Place, float] = NOTHING,
) -> Reading:
    """The cheapest way to read a line on a grid.

    `said`: what speaks for it that a cell begins at a place of the text, in a column; `ends`: that
    one ends there before another one.
    """
    if found.start >= found.end:
        return Reading(0.0, ())
    if found.size(found.start, found.end) > REACH:
        return _whole(found, 0.0)
    search = _Search(found, grid, said, ends)
    best = search.cheapest()
    if best is None:
        return _whole(found, found.lead / grid.scale)
    cells = _cells(best)
    return Reading(best.cost, cells, frozenset(search.tried), frozenset(search.ended))


def _cells(last: _Way) -> tuple[Cell, ...]:
    """The cells of a whole way, from left to right."""
    cells = []
    way: _Way | None = last
    while way is not None:
        cells.append(way.cell)
        way = way.back
    return tuple(cells[::-1])


_State = tuple[int, bool, int]
"""Of a cell that begins at a place of the text: its column, whether it is free, and where on the
grid it begins."""
_Arrival = tuple[float, _Way | None, float]
"""The cheapest way to a state: its cost, the cells before, and where the blanks say it begins."""


class _Search:
    """A line is read from left to right. From each state the cheapest way to it goes on, where it
    is not much worse than the best one."""

    def __init__(
        self, found: Line, grid: Grid, said: Mapping[Place, float], ends: Mapping[Place, float]
    ) -> None:
        self._found, self._grid, self._starts = found, grid, grid.starts
        self._said, self._ends = said, ends
        self._bound = inf
        self._todo: dict[int, dict[_State, _Arrival]] = {}
        self.tried: set[Place] = set()
        self.ended: set[Place] = set()

    def cheapest(self) -> _Way | None:
        """The best way through the line; None where there is none."""
        self._begin()
        best: _Way | None = None
        while self._todo:
            place = min(self._todo)
            states = self._todo.pop(place)
            self._bound = self._least(states, best) + BEAM
            for state, arrival in states.items():
                if arrival[0] > self._bound:
                    continue
                for way, following in self._ways(place, state, arrival):
                    if following is not None:
                        self._go_on(way, following)
                    elif best is None or way.cost < best.cost:
                        best = way
        return best

    def _begin(self) -> None:
        lead = self._found.lead / self._grid.scale
        for column, at in enumerate(self._starts):
            for inset in (0, INDENT):
                cost = _lead(self._found.lead, at + inset, self._grid.scale, inset)
                self._put(self._found.start, column, at + inset, cost, None, lead)
        self._put(self._found.start, 0, None, FREE, None, lead)

    def _least(self, states: Mapping[_State, _Arrival], best: _Way | None) -> float:
        """The cost of the best way so far, here or further on."""
        least = min(cost for cost, *_ in states.values())
        ahead = min(
            (cost for one in self._todo.values() for cost, *_ in one.values()), default=least
        )
        return min(least, ahead, best.cost if best else ahead)

    def _ways(
        self, place: int, state: _State, arrival: _Arrival
    ) -> Iterator[tuple[_Way, Mark | None]]:
        """The ways on by one cell, each with what follows it; nothing at the line's end."""
        column, free, at = state
        cost, back, seen = arrival
        for end, following, price in _ends(self._found, self._grid, place, column, free):
            shown = following is None or following.plain
            size = self._found.size(place, end)
            marked = following is None or following.start != following.end
            cell = Cell(place, end, column, at, free, shown, marked, size, seen)
            yield _Way(cost + price, cell, back), following

    def _go_on(self, way: _Way, following: Mark) -> None:
        """Put where the next cell may begin."""
        cell = way.cell
        if not cell.free:
            self.ended.add((cell.end, cell.column))
            way = way._replace(cost=way.cost - self._ends.get((cell.end, cell.column), 0.0))
        reach = cell.at + cell.size
        off = abs(cell.seen - cell.at) > OFF + VAGUE / 2 * cell.at
        behind = (cell.seen if off else cell.at) + cell.size
        behind += following.blanks / (self._grid.scale if following.blanks > NEAR else 1)
        for to, where, more in _next(
            self._grid, self._starts, cell.column, cell.free, reach, following
        ):
            self._put(following.end, to, where, way.cost + more, way, behind)

    def _put(
        self, place: int, column: int, at: float | None, cost: float, back: _Way | None, seen: float
    ) -> None:
        """Note a state that begins at a place, where it may lead to the best way."""
        if cost > self._bound:
            return
        if at is not None:
            self.tried.add((place, column))
            cost -= self._said.get((place, column), 0.0)
        here = self._todo.setdefault(place, {})
        key = column, at is None, round(seen if at is None else at)
        if key not in here or here[key][0] > cost:
            here[key] = cost, back, seen


def _whole(found: Line, lead: float) -> Reading:
    """A line that cannot be read on a grid, as one cell."""
    size = found.size(found.start, found.end)
    whole = Cell(found.start, found.end, 0, lead, True, True, True, size, lead)
    return Reading(inf, (whole,))


def _ends(
    found: Line, grid: Grid, place: int, column: int, free: bool
) -> Iterator[tuple[int, Mark | None, float]]:
    """Where a cell that begins at a place can end: what follows it, and what that costs."""
    room = grid.widths[column]
    inside = 0.0
    last = column == len(grid.widths) - 1
    near = False
    for mark in found.marks:
        if mark.start <= place:
            continue
        size = found.size(place, mark.start)
        over = size / 12 if free else 1.5 * max(size - room - OVER, 0)
        if over + inside > BEAM:
            break
        if mark.plain or not free:
            near = near or (mark.plain and abs(size - room) <= OVER)
            if not (last and not free):
                yield mark.start, mark, inside + over
        inside += INSIDE + min(mark.blanks, 8) / 2 if mark.plain else WITHIN
    size = found.size(place, found.end)
    over = size / 12 if free else 1.5 * max(size - room - OVER, 0)
    yield found.end, None, inside + over
    if free or near or last:
        return
    inside = 0.0
    marks = [mark for mark in found.marks if mark.plain and mark.start > place]
    for end in range(place + max((room + AROUND.start) // 2, 1), found.end):
        size = found.size(place, end)
        if size - room > AROUND.stop or found.size(end, found.end) < REST:
            break
        if size - room >= AROUND.start and not any(m.start <= end <= m.end for m in found.marks):
            inside = sum(INSIDE for mark in marks if mark.end <= end)
            torn = TORN * (found.text[end - found.start] in CLOSING)
            yield end, Mark(end, end, False, 0), inside + torn + 0.4 * abs(size - room)


def _next(
    grid: Grid, starts: Sequence[int], column: int, free: bool, reach: float, mark: Mark
) -> Iterator[tuple[int, float | None, float]]:
    """Where the cell behind a mark can begin: its column, its place on the grid, the cost."""
    first = 0 if free else column + 1
    for to in range(first, len(starts)):
        for inset in (0, INDENT):
            where = starts[to] + inset
            cost = _gap(where - reach, mark, grid.scale)
            if cost < BEAM:
                yield to, where, cost + (INSET if inset else 0)
    if mark.plain:
        yield column, None, FREE


def _gap(far: float, mark: Mark, scale: float) -> float:
    """What it costs that a distance looks as it does."""
    if far < -2 * OVER:
        return BEAM
    cost = 1.0 * max(-1 - far, 0)
    if far <= NEAR:
        if not mark.plain:
            return cost + mark.cost + (CLOSED if mark.start == mark.end else SINGLE)
        return cost + 0.4 * max(mark.blanks - max(far, 2) - 2, 0)
    if not mark.plain:
        return cost + (BEAM if mark.start == mark.end else LOST + (far - NEAR) / 4)
    return _far(mark.blanks, far, scale)


def _lead(blanks: int, at: float, scale: float, inset: int) -> float:
    """What it costs that a line begins with so many blanks, at a place of the grid."""
    if at <= INDENT:
        return (INSET if inset and not blanks else 0.0) + 0.4 * max(blanks - INDENT, 0)
    if not blanks:
        return LOST + at / 20
    return _far(blanks, at, scale)


def _far(blanks: int, far: float, scale: float) -> float:
    """What it costs that a long distance shows so many blanks."""
    return FAR * abs(blanks / scale - far) / (NEAR / 2 + VAGUE * far)
