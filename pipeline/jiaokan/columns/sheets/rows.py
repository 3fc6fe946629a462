"""The lines of a sheet and their cells, as they read on best from those above and below."""

from collections.abc import Sequence
from typing import NamedTuple

from jiaokan.columns.across import gains
from jiaokan.columns.sheets.cuts import parted_well
from jiaokan.columns.sheets.grid import Cell, Grid, Place, Reading, is_line, read
from jiaokan.columns.sheets.grid_fit import dear
from jiaokan.columns.sheets.grid_marks import Line

Span = tuple[int, int]

HANGING = "，。、”；：！？.,;:!? "
"""What no printed line begins with."""
TRUST, USUAL, WORST = 0.7, 1.0, 4.0
"""What counts of the bits by which a cell reads on, where nothing is known, and at most."""
HEAD = 24
"""Characters of a cell that say whether it reads on."""


class Row(NamedTuple):
    """A line and its cells."""

    line: Span
    cells: tuple[Cell, ...]
    dear: bool
    """It does not stand on the grid."""
    blank: bool
    """A blank line stands before it."""


def read_rows(
    text: str, lines: Sequence[tuple[Span, bool]], known: Sequence[Line], grid: Grid
) -> list[Row]:
    """The lines with their cells, as they read on best from those above and to those below."""
    rows: list[Row] = []
    alone = [read(one, grid) for one in known]
    for _ in range(2):
        below = [_starts(text, row, grid) for row in rows[1:]]
        above: list[str] = ["" for _ in grid.widths]
        again: list[Row] = []
        for number, ((span, blank), one) in enumerate(zip(lines, known, strict=True)):
            found = alone[number]
            costly = dear(found)
            if len(found.cells) > 1 or (found.cells and not costly):
                under = below[number] if number < len(below) else None
                found = read(one, grid, *_said(text, one, above, under, found))
            shown = (True, *(cell.shown for cell in found.cells))
            cells = tuple(
                cell if plain or cell.free else _clean(text, cell)
                for cell, plain in zip(found.cells, shown, strict=False)
            )
            for cell in cells:
                full = is_line(cell, grid)
                above[cell.column] = text[cell.start : cell.end] if full else ""
            again.append(Row(span, cells, costly, blank))
        rows = again
    parted = parted_well(text, [row.cells for row in rows], grid)
    return [row._replace(cells=cells) for row, cells in zip(rows, parted, strict=True)]


def _starts(text: str, row: Row, grid: Grid) -> list[str]:
    """For each column how its cell in a row begins."""
    found = ["" for _ in grid.widths]
    for cell in row.cells:
        if not cell.free:
            found[cell.column] = text[cell.start : min(cell.start + HEAD, cell.end)]
    return found


def _said(
    text: str, one: Line, above: Sequence[str], below: Sequence[str] | None, found: Reading
) -> tuple[dict[Place, float], dict[Place, float]]:
    """How well a cell reads on from the one above it, wherever it may begin, and the one below from
    it, wherever it may end."""
    starts = sorted(place for place in found.tried if above[place[1]])
    stops = sorted(place for place in found.ended if below and below[place[1]])
    pairs = [(above[column], text[at : min(at + HEAD, one.end)]) for at, column in starts]
    if below:
        pairs += [(text[max(at - HEAD, one.start) : at], below[column]) for at, column in stops]
    bits = gains(pairs)
    begun = dict(zip(starts, bits, strict=False))
    ended = dict(zip(stops, bits[len(starts) :], strict=True))
    return _trusted(begun, found.tried), _trusted(ended, found.ended) if below else {}


def _trusted(said: dict[Place, float], places: frozenset[Place]) -> dict[Place, float]:
    return {place: TRUST * min(max(said.get(place, USUAL), -WORST), WORST) for place in places}


def _clean(text: str, cell: Cell) -> Cell:
    """A cell without the marks that were read in the gutter before it: no line begins with them."""
    start = cell.start
    while start < cell.end - 1 and text[start] in HANGING:
        start += 1
    return cell._replace(start=start)
