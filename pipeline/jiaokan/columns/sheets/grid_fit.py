"""Lines → the grid of columns on which they are read at the least cost."""

from collections import Counter
from collections.abc import Sequence
from math import log
from statistics import median

from jiaokan.columns.sheets.grid import OFF, VAGUE, Grid, Reading, read
from jiaokan.columns.sheets.grid_marks import Line

NARROWEST, WIDEST = 16, 64
"""Widths that a printed column can have."""
MOST = 8
"""Columns side by side at most."""
GUTTERS = 3
"""A gutter's usual width."""
SCALES = (0.4, 0.55, 0.75, 1.0, 1.35)
"""Blanks that engines set for a half-width of distance."""
USUAL = 0.75
"""What they usually set."""
TRIED = 3
"""Widths that are tried."""
FEW, SAMPLE = 16, 32
"""Lines on which they are tried."""
DEAR = 5.0
"""What a line costs at most for each cell, and one more: where it costs more, it does not belong,
and says nothing of the grid."""
COLUMN, SCALE = 0.15, 0.3
"""What each column costs a line, and a scale that is e times the usual one."""
NEAR = 2
"""By how much the widths of full cells differ."""
LEAST = 5
"""Full cells that tell their column's width, and distances that tell the scale."""
FAR = 20
"""What is a long distance."""


def fit(lines: Sequence[Line]) -> Grid | None:
    """The grid that the lines stand on; None where they are no columns."""
    tried = _widths(lines)
    wide = [one for one in lines if any(mark.plain for mark in one.marks)]
    if not tried or not wide:
        return None
    few = _best(_spaced(wide, FEW), [(size, USUAL) for size in tried])[:2]
    pairs = [(grid.widths[0], scale) for grid in few for scale in SCALES]
    found = _best(_spaced(wide, SAMPLE), pairs)
    if not found:
        return None
    grid = found[0]
    for _ in range(2):
        grid = _refined(grid, [read(one, grid) for one in _spaced(lines, 2 * SAMPLE)])
    return grid


def _spaced(lines: Sequence[Line], most: int) -> Sequence[Line]:
    """So many of the lines at most, from all of them."""
    return lines[:: -(-len(lines) // most)]


def _best(lines: Sequence[Line], tried: Sequence[tuple[int, float]]) -> list[Grid]:
    """Grids of several columns of a width, at a scale: those first on which lines cost least."""
    found = []
    for size, scale in tried:
        grid = _grid(lines, size, scale)
        if len(grid.widths) > 1:
            cost = _cost([read(one, grid) for one in lines]) / len(lines)
            cost += COLUMN * len(grid.widths) + SCALE * abs(log(scale / USUAL))
            found.append((cost, grid))
    return [grid for _, grid in sorted(found)]


def _widths(lines: Sequence[Line]) -> list[int]:
    """The widths that most stretches between gaps have: plain ones, and any."""
    found: list[int] = []
    for plain in (True, False):
        sizes: Counter[int] = Counter()
        for one in lines:
            marks = [mark for mark in one.marks if mark.plain or not plain]
            if not marks:
                continue
            starts = [one.start, *(mark.end for mark in marks)]
            ends = [*(mark.start for mark in marks), one.end]
            sizes.update(one.size(*pair) for pair in zip(starts, ends, strict=True))
        near = {
            size: sum(sizes[size + by] for by in range(-NEAR, NEAR + 1)) * size
            for size in sizes
            if NARROWEST <= size <= WIDEST
        }
        own: list[int] = []
        for size in sorted(near, key=lambda size: (-near[size], size)):
            if all(abs(size - other) > NEAR for other in own):
                own.append(size)
        found += [size for size in own[:TRIED] if all(abs(size - one) > NEAR for one in found)]
    return found


def _grid(lines: Sequence[Line], wide: int, scale: float) -> Grid:
    """Columns of one width, as many as the widest lines need."""
    reach = []
    for one in lines:
        blanks = sum(mark.blanks for mark in one.marks if mark.plain and mark.blanks > 2 * GUTTERS)
        size = one.size(one.start, one.end) - blanks
        reach.append(size + (blanks + one.lead) / scale)
    reach.sort()
    most = reach[int(0.95 * (len(reach) - 1))]
    count = min(max(round((most + GUTTERS) / (wide + GUTTERS) + 0.2), 1), MOST)
    return Grid((wide,) * count, GUTTERS, scale)


def _cost(readings: Sequence[Reading]) -> float:
    return sum(min(one.cost, DEAR * MOST / 2) for one in readings)


def dear(found: Reading) -> bool:
    """Whether a line does not stand on the grid."""
    return found.cost > DEAR * (len(found.cells) + 1)


def _refined(grid: Grid, readings: Sequence[Reading]) -> Grid:
    """The grid with each column as wide as its own full cells are."""
    sizes: list[Counter[int]] = [Counter() for _ in grid.widths]
    for one in readings:
        if dear(one):
            continue
        for cell in one.cells:
            if cell.marked and not cell.free:
                sizes[cell.column][cell.size] += 1
    widths = []
    for size, own in zip(grid.widths, sizes, strict=True):
        near = {
            at: sum(own[at + by] for by in range(-NEAR, NEAR + 1))
            for at in own
            if abs(at - size) <= 2 * NEAR and own[at]
        }
        best = max(near, key=lambda at: (near[at], own[at]), default=size)
        widths.append(best if near.get(best, 0) >= LEAST else size)
    while len(widths) > 1 and sum(sizes[len(widths) - 1].values()) == 0:
        widths.pop()
    return Grid(tuple(widths), grid.gutter, grid.scale * _stretched(readings))


def _stretched(readings: Sequence[Reading]) -> float:
    """How much longer long distances look than they are, as most lines show."""
    found: list[float] = []
    for one in readings:
        end = seen = 0.0
        for cell in () if dear(one) else one.cells:
            if cell.free:
                break
            if cell.at - end > FAR:
                found.append((cell.seen - seen) / (cell.at - end))
            end = cell.at + cell.size
            seen = (
                end
                if abs(cell.seen - cell.at) <= OFF + VAGUE / 2 * cell.at
                else cell.seen + cell.size
            )
    return median(found) if len(found) >= LEAST else 1.0
