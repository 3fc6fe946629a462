"""Lines that were read across the tops of columns → what stands at the top of each column.

Such lines are read on one grid of columns, like a sheet's. The lowest cells of a column that read
on downwards are its top; headings go with the first top below them.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from jiaokan.columns.across import ENDS
from jiaokan.columns.gaps import width
from jiaokan.columns.sheets.grid import INDENT, OFF, SHORT, VAGUE, Cell, Grid, is_line
from jiaokan.columns.sheets.grid_fit import fit
from jiaokan.columns.sheets.grid_marks import line
from jiaokan.columns.sheets.headlines import headlines
from jiaokan.columns.sheets.reading_order import Order, by_column
from jiaokan.columns.sheets.rows import Row, read_rows
from jiaokan.columns.sheets.torn_headlines import mended
from jiaokan.columns.tops.places import Texts
from jiaokan.lazy_regex import lazy

Span = tuple[int, int]
Stack = tuple[Span, ...]
"""Cells in reading order; an empty span is a blank line."""

AFFILIATION = lazy("[（(〈《]作者")
"""What ends an article, and is no column's first line."""
AS_WIDE = 0.8
"""How much narrower than the lines below the columns of a grid may be, and the other way round."""
APART = 2
"""Lines by which two cells that stand below one another may be apart: some come out in two."""
AROUND = 4
"""Cells above and below a place that are read."""
READS_ON, SURELY = 0.0, 8.0
"""Bits by which a cell must go on from those above it where no sentence ends: below a full one, and
below one that is not."""


class Top(NamedTuple):
    """What stands at the top of a column."""

    heads: Stack
    """What stands above its lines."""
    lines: Stack
    text: str
    """Its lines, without blanks; empty where the first column has none of its own."""


class Tops(NamedTuple):
    """The tops from left to right, the first column's first; and stacks that belong to none."""

    tops: list[Top]
    left: list[Stack]
    start: int
    """Where they start in the text."""


def read_tops(text: str, lines: Sequence[Span], wide: int) -> Tops:
    """The tops that some lines of a text hold; none where they are no columns' first lines.

    `wide`: how wide the columns are, by the lines below.
    """
    found = _read(text, lines, wide)
    if found is None:
        return Tops([], [], 0)
    first, stop = _extent(*found)
    behind = lines[stop:]
    if stop - first < len(lines):
        found = _read(text, lines[first:stop], wide)
        if found is None:
            return Tops([], [], 0)
    rows, grid = found
    rows = mended(text, rows, grid)
    heads = headlines(text, rows, grid, whole=False)
    columns = by_column(rows, grid, heads)
    lowest = _lowest(text, columns, grid)
    tops: list[Top] = []
    waiting: list[Stack] = []
    for stack in Order(rows, columns, heads, grid.widths, text).stacks(
        0, len(rows), 0, len(columns) - 1
    ):
        chain = next((one for one in lowest if one and set(one) <= set(stack)), None)
        if chain is None or AFFILIATION.match(text, chain[0][0]):
            waiting.append(stack)
            continue
        if not tops and chain is not lowest[0]:
            tops.append(Top(stacked(waiting), (), ""))
            waiting = []
        above = stack[: stack.index(chain[0])]
        words = "".join(solid(text, span) for span in chain)
        tops.append(Top(stacked([*waiting, above]), chain, words))
        waiting = []
    return Tops(tops, [*waiting, *((span,) for span in behind)], lines[first][0])


def _read(text: str, lines: Sequence[Span], wide: int) -> tuple[list[Row], Grid] | None:
    """The lines on their grid; None where they stand on none of several columns so wide."""
    known = [line(text, *span) for span in lines]
    grid = fit(known)
    if grid is None or len(grid.widths) < 2:
        return None
    if not AS_WIDE * wide <= float(np.median(grid.widths)) <= wide / AS_WIDE:
        return None
    return read_rows(text, [(span, False) for span in lines], known, grid), grid


def _extent(rows: Sequence[Row], grid: Grid) -> tuple[int, int]:
    """The first row, behind the last lines of columns further up, and the one behind the last.

    Below those last lines stands a row of which no cell is full; below the tops only dirt does.
    """
    full = [any(is_line(cell, grid) for cell in row.cells) for row in rows]
    text = [sum(is_line(cell, grid) and _in_place(cell) for cell in row.cells) > 1 for row in rows]
    stop = max((at + 1 for at, one in enumerate(full) if one), default=len(rows))
    tops = (at for at in range(stop - 1, 0, -1) if text[at - 1] and not full[at])
    return next(tops, 0), stop


def _in_place(cell: Cell) -> bool:
    """Whether a cell stands where its column does: a headline stands in the middle of several."""
    return abs(cell.seen - cell.at) <= OFF + VAGUE / 2 * cell.at


def stacked(stacks: Sequence[Stack]) -> Stack:
    """Several stacks as one, blank lines between them."""
    every = [span for stack in stacks if stack for span in (*stack, blank(stack[-1][1]))]
    return tuple(every[:-1])


def blank(at: int) -> Span:
    """A blank line, as a span."""
    return at, at


def solid(text: str, span: Span) -> str:
    """A part of a text without its blanks."""
    return "".join(text[slice(*span)].split())


def _lowest(text: str, columns: Sequence[Sequence[Span | None]], grid: Grid) -> list[Stack]:
    """Each column's lowest cells, as far up as they read on: full ones, and those that end a
    sentence."""
    own = [[solid(text, cell) for cell in column if cell] for column in columns]
    bits = iter(reads_on([pair for cells in own for pair in _junctions(cells)]))
    found: list[Stack] = []
    for column, cells, wide in zip(columns, own, grid.widths, strict=True):
        rows = [row for row, cell in enumerate(column) if cell]
        onward = [next(bits) for _ in cells[1:]]
        first = len(cells)
        for at in range(len(cells) - 1, -1, -1):
            closed = cells[at][-1:] in ENDS
            opens = at == 0 or cells[at - 1][-1:] in ENDS
            full = width(cells[at]) >= SHORT * wide - INDENT * opens
            last = first == len(cells)
            if not last and rows[first] - rows[at] > APART:
                break
            least = READS_ON if full else SURELY
            if not (closed or (full if last else onward[at] > least)):
                break
            first = at
        found.append(tuple(cell for cell in column if cell)[first:])
    return found


def _junctions(cells: Sequence[str]) -> Iterator[tuple[str, str]]:
    """What stands above each of a column's cells but the first, and what it begins."""
    for at in range(1, len(cells)):
        yield "".join(cells[max(at - AROUND, 0) : at]), "".join(cells[at : at + AROUND])


def reads_on(pairs: Sequence[tuple[str, str]]) -> list[float]:
    """Bits by which each second text goes on from its first."""
    if not pairs:
        return []
    texts = Texts([text for pair in pairs for text in pair])
    said = texts.joins(texts.ends[::2], texts.starts[1::2])
    return [float(bit) for bit in np.diag(said.network + said.counts)]
