"""The cells of a sheet in reading order.

Columns that no headline ties together part it from top to bottom, a headline over all columns
from left to right, over and over.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from jiaokan.columns.sheets.grid import SHORT, Grid
from jiaokan.columns.sheets.headlines import Head
from jiaokan.columns.sheets.rows import Row
from jiaokan.lazy_regex import lazy

Span = tuple[int, int]

HEADING = lazy(r"\w[^。！？…，；]?$")
"""How a heading's line ends."""


def by_column(rows: Sequence[Row], grid: Grid, heads: Sequence[Head]) -> list[list[Span | None]]:
    """For each column its cell in each row, without the headings over several columns."""
    over = {(head.row, head.cell.start) for head in heads}
    columns: list[list[Span | None]] = [[None] * len(rows) for _ in grid.widths]
    for number, row in enumerate(rows):
        for cell in row.cells:
            if (number, cell.start) not in over:
                here = columns[cell.column]
                before = here[number]
                here[number] = (before[0] if before else cell.start, cell.end)
    return columns


class Order(NamedTuple):
    """A sheet whose cells are put in reading order."""

    rows: Sequence[Row]
    columns: Sequence[Sequence[Span | None]]
    heads: Sequence[Head]
    widths: Sequence[int]
    """Of the columns."""
    text: str

    def stacks(self, top: int, bottom: int, left: int, right: int) -> Iterator[tuple[Span, ...]]:
        """The cells of a part of the sheet."""
        if top >= bottom:
            return
        inside = [
            head
            for head in self.heads
            if top <= head.row < bottom and left <= head.first and head.last <= right
        ]
        crossed = {at for head in inside for at in range(head.first, head.last)}
        cuts = [at for at in range(left, right) if at not in crossed]
        if cuts:
            for low, high in pairwise([left, *(at + 1 for at in cuts), right + 1]):
                yield from self.stacks(top, bottom, low, high - 1)
        elif not inside:
            stack = tuple(self._column(left, top, bottom))
            if stack:
                yield stack
        else:
            first = min(head.row for head in inside)
            yield from self.stacks(top, first, left, right)
            last = self._last_head(inside, first)
            yield tuple(
                sorted((h.cell.start, h.cell.end) for h in inside if first <= h.row <= last)
            )
            for column in self.columns[left : right + 1]:
                yield from ((cell,) for cell in column[first : last + 1] if cell)
            yield from self.stacks(last + 1, bottom, left, right)

    def _last_head(self, inside: Sequence[Head], first: int) -> int:
        """The last row of a headline that begins in a row: the next rows have one over the same
        columns, and nothing else."""
        last = first
        own = {(head.first, head.last) for head in inside if head.row == first}
        while len(own) == 1 and last + 1 < len(self.rows) and not self.rows[last + 1].blank:
            below = [(head.first, head.last) for head in inside if head.row == last + 1]
            (low, high) = next(iter(own))
            if set(below) != own or any(c[last + 1] for c in self.columns[low : high + 1]):
                break
            last += 1
        return last

    def _column(self, number: int, top: int, bottom: int) -> Iterator[Span]:
        """The cells of a column, a blank line where it was empty."""
        last = None
        for row in range(top, bottom):
            cell = self.columns[number][row]
            if cell is None:
                continue
            if last is not None and (row - last > 1 or self._apart(number, last, row)):
                yield cell[0], cell[0]
            yield cell
            last = row

    def _apart(self, number: int, above: int, row: int) -> bool:
        """Whether a cell stands apart from the one above: behind a blank line, and that one may be
        a heading. Engines set blank lines between lines of text, too."""
        own = (cell for cell in self.rows[above].cells if cell.column == number)
        return self.rows[row].blank and any(
            cell.size < SHORT * self.widths[number]
            and HEADING.search(self.text, cell.start, cell.end) is not None
            for cell in own
        )
