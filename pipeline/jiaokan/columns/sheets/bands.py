"""Bands of a sheet: articles that stand one below the other, each over all columns.

Between two bands stand rows of few cells, headlines as a rule, however far to the left; blank lines
part them from the text, and below them all columns begin anew. Where the columns read on from above
such rows to below them, these are one column's, and the others go on beside them. Whether they are
headlines is not asked: on printed pages that lost more bands than it saved.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from jiaokan.columns.across import gains
from jiaokan.columns.sheets.grid import Cell, Grid, is_line
from jiaokan.columns.sheets.rows import Row

MOST = 4
"""Rows between two bands, at most."""
NEAR = 8
"""Rows above and below them in which the columns end and begin."""
RUNS_ON = 0.0
"""Bits a line, at least, by which columns read on."""
ONE_RUNS_ON = -1.0
"""The same where there is only one that says anything."""


def bands(text: str, rows: Sequence[Row], grid: Grid) -> list[range]:
    """The rows of each band."""
    starts = [0, *_starts(text, rows, grid), len(rows)]
    return [range(low, high) for low, high in pairwise(starts)]


def _starts(text: str, rows: Sequence[Row], grid: Grid) -> Iterator[int]:
    """The first rows of the bands but for the first one."""
    blank = [number for number, row in enumerate(rows) if row.blank and number]
    for first, stop in pairwise(blank):
        heads = rows[first:stop]
        few = max(len(grid.widths) // 2, 1)
        if len(heads) > MOST or any(len(row.cells) > few for row in heads):
            continue
        above, below = rows[max(first - NEAR, 0) : first], rows[stop : stop + NEAR]
        if _has_several(above, grid) and _has_several(below, grid):
            pairs = list(_across(text, above, below, grid))
            least = RUNS_ON if len(pairs) > 1 else ONE_RUNS_ON
            if pairs and sum(gains(pairs)) <= least * len(pairs):
                yield first


def _has_several(rows: Sequence[Row], grid: Grid) -> bool:
    return any(sum(is_line(cell, grid) for cell in row.cells) > 1 for row in rows)


def _across(
    text: str, above: Sequence[Row], below: Sequence[Row], grid: Grid
) -> Iterator[tuple[str, str]]:
    """Each column's last full line above and its first one below."""
    for column in range(len(grid.widths)):
        end = _first(above[::-1], column)
        head = _first(below, column)
        if end and head and is_line(end, grid):
            yield text[end.start : end.end], text[head.start : head.end]


def _first(rows: Sequence[Row], column: int) -> Cell | None:
    return next((cell for row in rows for cell in row.cells if cell.column == column), None)
