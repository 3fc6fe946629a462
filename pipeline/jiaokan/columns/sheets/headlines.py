"""Headings that stand over several columns of a sheet: by their place, by where the columns below
begin, and by whether these belong together."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from jiaokan.columns.sheets.grid import OFF, SHORT, VAGUE, Cell, Grid, is_line
from jiaokan.columns.sheets.rows import Row
from jiaokan.columns.sheets.same_article import MOST, Kin

TOGETHER = 1
"""Lines by which the columns below a headline may begin apart."""
SOON = 8
"""Lines in which they begin."""
BESIDE = 4
"""Lines above others in which a headline's columns are not torn between theirs."""
OVERLONG = 1.15
"""How much wider than its column a cell is that surely is a headline."""
MIDDLE = 0.3
"""How far from the middle of its columns a headline may stand, in column widths."""
TWICE = 4.0
"""What speaks for it that a headline stands over the same columns as one below it."""
OFF_BY = 3.0
"""What speaks against it that it stands as far from their middle as may be."""


class Head(NamedTuple):
    """A heading over several columns."""

    row: int
    first: int
    last: int
    cell: Cell


def headlines(text: str, rows: Sequence[Row], grid: Grid, *, whole: bool = True) -> list[Head]:
    """The headings that stand over several columns, from the lowest to the highest.

    What surely reads on downwards is none. `whole`: the rows hold the columns down to their ends.
    """
    kin = Kin(text, rows, grid, whole=whole)
    taken = [{cell.column for cell in row.cells if not cell.free} for row in rows]
    found: list[Head] = []
    for number in range(len(rows) - 1, -1, -1):
        for index, cell in enumerate(rows[number].cells):
            near = [(head.first, head.last) for head in found if head.row <= number + BESIDE]
            wide = grid.widths[cell.column]
            if number and _full(rows[number - 1], cell.column, wide) and kin.last(number, cell):
                continue
            if kin.below(number, cell) >= MOST:
                continue
            full = SHORT * wide <= cell.size <= OVERLONG * wide and not cell.free
            lost = full and _is_lost(rows, number, index, grid)
            most = abs(cell.seen - cell.at) if full else MIDDLE * wide + VAGUE * cell.seen
            others = {one.column for at, one in enumerate(rows[number].cells) if at != index}
            spans = [
                span
                for span in (_from_first(len(grid.widths)) if lost else _spans(cell, grid, most))
                if not others.intersection(range(span[0], span[1] + 1))
                and not any(_torn(span, other) for other in near)
                and _together(taken, number, span)
            ]
            if spans:
                limits = [(head.row, (head.first, head.last)) for head in found]
                worth = [
                    kin.bits(span, number, limits)
                    + TWICE * (span in near)
                    - OFF_BY * (_off(cell, grid, span) / most if most else 0)
                    for span in spans
                ]
                *_, low, high = max(
                    (bits, high - low, low, high)
                    for bits, (low, high) in zip(worth, spans, strict=True)
                )
                if low == high:
                    continue
                found.append(Head(number, low, high, cell))
                taken[number].discard(cell.column)
    return found


def _is_lost(rows: Sequence[Row], number: int, index: int, grid: Grid) -> bool:
    """Whether a cell as wide as a line may be a headline whose blanks before it are lost: it opens
    a row that has no line of text, above one that has several."""
    row = rows[number]
    if index or row.cells[0].seen:
        return False
    own = any(is_line(cell, grid) for cell in row.cells[1:])
    soon = rows[number + 1 : number + 1 + SOON]
    return (
        len(row.cells) > 1
        and not own
        and not any(is_line(cell, grid) for one in rows[:number] for cell in one.cells)
        and any(sum(is_line(cell, grid) for cell in one.cells) > 1 for one in soon)
    )


def _from_first(count: int) -> Iterator[tuple[int, int]]:
    """The first column, alone or with those behind it."""
    yield from ((0, high) for high in range(count))


def _spans(cell: Cell, grid: Grid, most: float) -> Iterator[tuple[int, int]]:
    """The columns in whose middle a cell stands, or so far from it: the first and the last one."""
    starts = grid.starts
    for low in range(len(starts)):
        for high in range(low + 1, len(starts)):
            near = _off(cell, grid, (low, high)) <= most
            if near and starts[low] <= cell.seen + most:
                yield low, high


def _off(cell: Cell, grid: Grid, span: tuple[int, int]) -> float:
    """How far from the middle of some columns a cell stands."""
    low, high = span
    centre = (grid.starts[low] + grid.starts[high] + grid.widths[high]) / 2
    return abs(centre - cell.seen - cell.size / 2)


def _torn(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two spans of columns overlap, and neither holds the other."""
    apart = one[1] < other[0] or other[1] < one[0]
    inside = one[0] <= other[0] <= other[1] <= one[1] or other[0] <= one[0] <= one[1] <= other[1]
    return not apart and not inside


def _full(row: Row, column: int, wide: int) -> bool:
    """Whether a row has a full cell of a column, in its place."""
    own = (cell for cell in row.cells if cell.column == column and not cell.free)
    return any(
        cell.size >= SHORT * wide and abs(cell.seen - cell.at) <= OFF + VAGUE / 2 * cell.at
        for cell in own
    )


def _together(taken: Sequence[set[int]], number: int, span: tuple[int, int]) -> bool:
    """Whether columns begin together below a heading, and soon."""
    begins = []
    for column in range(span[0], span[1] + 1):
        below = (at for at in range(number + 1, len(taken)) if column in taken[at])
        begins.append(next(below, len(taken)))
    return max(begins) - min(begins) <= TOGETHER and min(begins) < min(len(taken), number + SOON)
