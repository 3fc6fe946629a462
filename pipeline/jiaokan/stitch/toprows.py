"""Lines that were read across the tops of columns → what stands at the top of each column.

Such lines are read on one grid of columns, like a sheet's. The lowest cells of a column that read
on downwards are its top; headings go with the first top below them.
"""

from collections.abc import Sequence
from typing import NamedTuple

from jiaokan.stitch.across import ENDS
from jiaokan.stitch.gaps import width
from jiaokan.stitch.grid import INDENT
from jiaokan.stitch.gridfit import fit
from jiaokan.stitch.gridline import line
from jiaokan.stitch.headlines import headlines
from jiaokan.stitch.sheetorder import Order, by_column
from jiaokan.stitch.sheetrows import SHORT, read_rows
from jiaokan.stitch.topplaces import joins

Span = tuple[int, int]
Stack = tuple[Span, ...]
"""Cells in reading order; an empty span is a blank line."""

ABOVE = 3
"""Cells above a cell that are read with it."""
READS_ON = 2.0
"""Bits by which a cell must go on from those above it where no sentence ends."""


class Top(NamedTuple):
    """What stands at the top of a column."""

    stack: Stack
    """Its headings, and its lines."""
    text: str
    """Its lines, without blanks; empty where the first column has none of its own."""


class Tops(NamedTuple):
    """The tops from left to right, the first column's first; and stacks that belong to none."""

    tops: list[Top]
    left: list[Stack]


def read_tops(text: str, lines: Sequence[Span]) -> Tops:
    """The tops that some lines of a text hold."""
    known = [line(text, *span) for span in lines]
    grid = fit(known)
    if grid is None or len(grid.widths) < 2:
        return Tops([], [])
    rows = read_rows(text, [(span, False) for span in lines], known, grid)
    heads = headlines(rows, grid)
    columns = by_column(rows, grid, heads)
    lowest = [_lowest(text, *column) for column in zip(columns, grid.widths, strict=True)]
    found = Tops([], [])
    waiting: list[Stack] = []
    for stack in Order(rows, columns, heads).stacks(0, len(rows), 0, len(columns) - 1):
        own = next((one for one in lowest if one and set(one) <= set(stack)), None)
        if own is None:
            waiting.append(stack)
            continue
        if not found.tops and own is not lowest[0]:
            found.tops.append(Top(stacked(waiting), ""))
            waiting = []
        words = "".join(solid(text, span) for span in own)
        found.tops.append(Top(stacked([*waiting, stack]), words))
        waiting = []
    found.left.extend(waiting)
    return found


def stacked(stacks: Sequence[Stack]) -> Stack:
    """Several stacks as one, blank lines between them."""
    every = [span for stack in stacks for span in (*stack, blank(stack[-1][1]))]
    return tuple(every[:-1])


def blank(at: int) -> Span:
    """A blank line, as a span."""
    return at, at


def solid(text: str, span: Span) -> str:
    """A part of a text without its blanks."""
    return "".join(text[slice(*span)].split())


def _lowest(text: str, column: Sequence[Span | None], wide: int) -> Stack:
    """A column's lowest cells, as far up as they read on: full ones, and those that end a
    sentence."""
    rows = [row for row, cell in enumerate(column) if cell]
    cells = [cell for cell in column if cell]
    own = [solid(text, cell) for cell in cells]
    first = len(cells)
    for at in range(len(cells) - 1, -1, -1):
        closed = own[at][-1:] in ENDS
        opens = at == 0 or own[at - 1][-1:] in ENDS
        full = width(own[at]) >= SHORT * wide - INDENT * opens
        last = first == len(cells)
        if not (closed or full) or not (last or rows[first] - rows[at] == 1):
            break
        if not (last or closed or _reads_on(own[max(at - ABOVE, 0) : at + 1], own[first:])):
            break
        first = at
    return tuple(cells[first:])


def _reads_on(above: Sequence[str], below: Sequence[str]) -> bool:
    said = joins(["".join(above)], ["".join(below)])
    return float(said.network[0, 0] + said.counts[0, 0]) > READS_ON
