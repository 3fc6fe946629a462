"""Whether the columns of a sheet are of one article, as far as their texts and indents show."""

from collections.abc import Sequence

from jiaokan.columns.across import ENDS, gains
from jiaokan.columns.sheets.grid import INDENT, Cell, Grid
from jiaokan.columns.sheets.rows import Row

Span = tuple[int, int]

MOST = 3.0
"""Bits that the texts of two columns can say at most."""
SET_IN, FLUSH = 1.5, 1.0
"""Bits that it says that a column's first line is set in, and that it is not where others are."""
TEXT = 0.6
"""Share of its column's width from which on a cell is taken for text."""


class Kin:
    """What says of columns side by side that they belong together."""

    def __init__(self, text: str, rows: Sequence[Row], grid: Grid, *, whole: bool) -> None:
        """`whole`: the rows hold the columns down to their ends."""
        self.text = text
        self.rows = rows
        self.grid = grid
        self.whole = whole
        self.insets = any(self._set_in(cell) for row in rows for cell in row.cells)
        self.known: dict[tuple[Span, Span], float] = {}

    def bits(self, span: Span, row: int, limits: Sequence[tuple[int, Span]]) -> float:
        """What speaks for it that some columns are of one article below a row, and those beside
        them of others. `limits`: rows of headlines further down, and their columns."""
        low, high = span
        inside = sum(self._bits(column, row, limits) for column in range(low + 1, high + 1))
        return inside - self._bits(low, row, limits) - self._bits(high + 1, row, limits)

    def below(self, row: int, cell: Cell) -> float:
        """Bits by which what may be a line of text reads on in the next row."""
        if not self._is_text(cell):
            return 0.0
        for other in self.rows[row + 1].cells if row + 1 < len(self.rows) else ():
            if other.column == cell.column and self._is_text(other):
                return self._reads_on(cell, other)
        return 0.0

    def last(self, row: int, cell: Cell) -> bool:
        """Whether a cell below a full one is the end of its paragraph, and no heading's line."""
        if self.text[cell.end - 1] in ENDS:
            return True
        above = (one for one in self.rows[row - 1].cells if one.column == cell.column)
        return any(self._reads_on(one, cell) > 0 for one in above)

    def _bits(self, column: int, row: int, limits: Sequence[tuple[int, Span]]) -> float:
        """Bits by which a column goes on from the one on its left."""
        stop = min(
            (at for at, (low, high) in limits if at > row and low < column <= high + 1),
            default=len(self.rows),
        )
        left, right = self._cells(column - 1, row, stop), self._cells(column, row, stop)
        if not left or not right:
            return 0.0
        said = self._reads_on(left[-1], right[0]) if self.whole else 0.0
        if self.insets:
            said += -SET_IN if self._set_in(right[0]) else FLUSH
        return said

    def _reads_on(self, one: Cell, other: Cell) -> float:
        pair = (one.start, one.end), (other.start, other.end)
        if pair not in self.known:
            bits = gains([(self.text[slice(*pair[0])], self.text[slice(*pair[1])])])[0]
            self.known[pair] = min(max(bits, -MOST), MOST)
        return self.known[pair]

    def _set_in(self, cell: Cell) -> bool:
        return not cell.free and cell.at - self.grid.starts[cell.column] >= INDENT

    def _cells(self, column: int, row: int, stop: int) -> list[Cell]:
        """The text of a column between two rows."""
        return [
            cell
            for one in self.rows[row + 1 : stop]
            for cell in one.cells
            if cell.column == column and self._is_text(cell)
        ]

    def _is_text(self, cell: Cell) -> bool:
        return not cell.free and cell.size >= TEXT * self.grid.widths[cell.column]
