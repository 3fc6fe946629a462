"""Headlines that stand over two columns and were parted at the columns' edge, where nothing shows.

Above the columns' first lines, cells with nothing between them are one where they read on across,
rather than downwards.
"""

from collections.abc import Sequence
from itertools import pairwise

from jiaokan.columns.across import gains
from jiaokan.columns.sheets.grid import Cell, Grid, is_line
from jiaokan.columns.sheets.rows import Row

RATHER = 2.0
"""Bits by which a line must read on better across than downwards."""


def mended(text: str, rows: Sequence[Row], grid: Grid) -> list[Row]:
    """The rows with their headlines whole."""
    return [
        row._replace(cells=_joined(text, rows, number, grid)) for number, row in enumerate(rows)
    ]


def _joined(text: str, rows: Sequence[Row], number: int, grid: Grid) -> tuple[Cell, ...]:
    cells = rows[number].cells
    torn = [
        at
        for at, (one, other) in enumerate(pairwise(cells))
        if one.end == other.start
        and other.column == one.column + 1
        and not (one.free or other.free)
        and not any(_full(rows[:number], column, grid) for column in (one.column, other.column))
        and _reads_across(text, rows, number, one, other)
    ]
    for at in reversed(torn):
        one, other = cells[at : at + 2]
        whole = other._replace(
            start=one.start,
            column=one.column,
            at=one.at,
            seen=one.seen,
            free=True,
            size=one.size + other.size,
        )
        cells = (*cells[:at], whole, *cells[at + 2 :])
    return cells


def _full(above: Sequence[Row], column: int, grid: Grid) -> bool:
    """Whether the last row with a cell of a column has a full one."""
    for row in reversed(above):
        for cell in row.cells:
            if cell.column == column and not cell.free:
                return is_line(cell, grid)
    return False


def _reads_across(text: str, rows: Sequence[Row], number: int, one: Cell, other: Cell) -> bool:
    own = text[one.start : one.end]
    pairs = [(own, text[other.start : other.end])]
    for row in rows[number + 1 : number + 2]:
        pairs += [(own, text[c.start : c.end]) for c in row.cells if c.column == one.column]
    across, *down = gains(pairs)
    return across > max([0.0, *down]) + RATHER
