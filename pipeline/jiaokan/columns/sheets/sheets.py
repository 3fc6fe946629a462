"""Lines read across a whole page → its cells in reading order.

Articles stand side by side, each with its headings over its own columns. Each line is read on
one grid of columns (`jiaokan.columns.sheets.grid`); a headline over several of them is known by its
place, and by the columns below it that begin together. Columns that no headline ties together
part the sheet from top to bottom; a headline over all columns parts it from left to right.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from jiaokan.columns.across import ENDS, gains, mean
from jiaokan.columns.gaps import BARS, BLANK, LINE_END, width
from jiaokan.columns.sheets.bands import bands
from jiaokan.columns.sheets.grid import INDENT, SHORT, Cell, Grid, is_line
from jiaokan.columns.sheets.grid_fit import fit
from jiaokan.columns.sheets.grid_marks import line
from jiaokan.columns.sheets.headlines import headlines
from jiaokan.columns.sheets.reading_order import Order, by_column
from jiaokan.columns.sheets.rows import Row, read_rows
from jiaokan.columns.sheets.torn_headlines import mended
from jiaokan.lazy_regex import lazy

Span = tuple[int, int]

LINE = lazy(r"[^\n\r\v\f\x85\u2028\u2029]+")
WORD = lazy("[^\\W丨]")
DIRTY = lazy(f"(?:[{BLANK}]{{2,}}|[{BLANK}]?[{BARS}])[{BLANK}{BARS}]*")
BLOT = lazy("[A-Za-z0-9]{0,2}|[\u3400-\u9fff]|[^\\w\\s]{1,2}")
HAN = lazy("[\u3400-\u9fff]")

APART = 4
"""Blank lines in a row that part two sheets."""
FEWEST, LEAST = 4, 8
"""Lines with a plain gap, and with several cells, that a sheet has at least."""
MOST = 400
"""Lines that a page has at most."""
ALONE = 10
"""Lines of the first column alone that part two sheets."""
RUNS_ON = 0.9
"""Bits a line by which columns must read on downwards."""
LEAST_GAIN = -0.5
"""The same for each column that has enough lines."""
PLAINLY = 1.5
"""The same for all of them together: what is more makes up for a column that was badly read."""
RATHER = 1.2
"""Bits a line by which they must read on better downwards than across."""
ENOUGH = 3
"""Full lines from which on a column says whether it reads on."""
DEAREST = 0.25
"""Share of the lines that may stand on no column, at most."""
PLAIN = 0.2
"""Share of the places between cells where a gap shows, at least; half of it does where the columns
read on by far."""
DENSE = 0.25
"""Share of the lines that have several cells, at least."""
HEADS = 6
"""Rows of headlines above a sheet that are its own, at most."""
HEAD_OF_PAGE = lazy("[版期年报報]")
"""What the head of a page has, which is no sheet's."""
CHINESE = 0.5
"""Share of Chinese characters in a sheet, at least."""


class Sheet(NamedTuple):
    """Lines that were read across several columns."""

    start: int
    end: int
    stacks: tuple[tuple[Span, ...], ...]
    """The cells in reading order; an empty span is a blank line."""
    dirt: tuple[Span, ...]
    """Those of them that are none: what an engine made of dirt."""
    gain: float
    """Bits a line by which the columns read on downwards."""
    worst: float
    """The same of the column that does so least, of those with enough lines."""
    across: float
    """Bits a line by which the lines read on across the gaps."""
    dear: float
    """Share of the lines that do not stand on the grid."""
    plain: float
    """Share of the places between cells where a gap shows."""
    several: int
    """Lines with several cells, one of them full."""
    lines: int

    @property
    def sure(self) -> bool:
        """Whether the columns run on downwards, and not across."""
        least = LEAST_GAIN - max(self.gain - PLAINLY, 0)
        runs = self.gain > RUNS_ON and self.worst > least and self.gain > self.across + RATHER
        plain = PLAIN if self.gain < self.across + 2 * RATHER else PLAIN / 2
        dense = self.several > DENSE * self.lines
        return runs and dense and self.dear < DEAREST and self.plain > plain

    @property
    def likely(self) -> bool:
        """Whether they run on downwards, and rather so than across: enough to tell of it."""
        return self.gain > RUNS_ON and self.gain > self.across


def sheets(text: str) -> Iterator[Sheet]:
    """The stretches of a text that look as if they were read across columns."""
    for lines in _stretches(text):
        yield from _of(text, lines)


def _stretches(text: str) -> Iterator[list[tuple[Span, bool]]]:
    """Runs of lines with few blank ones between, and whether a blank one stands before each."""
    lines: list[tuple[Span, bool]] = []
    last = blanks = 0
    for match in LINE.finditer(text):
        if not match.group().strip():
            continue
        blanks = len(LINE_END.findall(text, last, match.start())) - 1
        if lines and (blanks >= APART or "\f" in text[last : match.start()]):
            yield lines
            lines = []
        lines.append((match.span(), blanks > 0))
        last = match.end()
    if lines:
        yield lines


def _of(text: str, lines: Sequence[tuple[Span, bool]]) -> Iterator[Sheet]:
    """The sheets among lines."""
    if len(lines) > MOST:
        return
    known = [line(text, *span) for span, _ in lines]
    if sum(any(mark.plain for mark in one.marks) for one in known) < FEWEST:
        return
    grid = fit(known)
    if grid is None or len(grid.widths) < 2:
        return
    rows = read_rows(text, lines, known, grid)
    for first, stop in _extents(text, rows, grid):
        found = _sheet(text, rows[first:stop], grid)
        if found is not None:
            yield found


def _sheet(text: str, rows: Sequence[Row], grid: Grid) -> Sheet | None:
    several = sum(_several(row, grid) for row in rows)
    if several < LEAST:
        return None
    junk = [c for row in rows for c in row.cells if _is_dirt(text, row) or _is_junk(text, c)]
    dirt = tuple(span for row in rows for span in _dirt(text, row, junk))
    rows = [row._replace(cells=tuple(c for c in row.cells if c not in junk)) for row in rows]
    rows = mended(text, rows, grid)
    parts = [_order(text, rows[band.start : band.stop], grid) for band in bands(text, rows, grid)]
    pairs = [
        [pair for part in parts for pair in _pairs(text, part.columns[number], wide)]
        for number, wide in enumerate(grid.widths)
    ]
    if sum(map(bool, pairs)) < 2:
        return None
    start, end = rows[0].line[0], rows[-1].line[1]
    inside = "".join(text[start:end].split())
    if len(HAN.findall(inside)) < CHINESE * len(inside):
        return None
    down = [gains(own) for own in pairs]
    every = [bit for own in down for bit in own]
    over = gains(
        [
            (text[one.start : one.end], text[other.start : other.end])
            for row in rows
            for one, other in pairwise(row.cells)
        ]
    )
    gaps = [cell.shown for row in rows for cell in row.cells[:-1]]
    last = len(grid.widths) - 1
    stacks = tuple(stack for part in parts for stack in part.stacks(0, len(part.rows), 0, last))
    stacks += tuple(((cell.start, cell.end),) for cell in junk)
    if not whole(text, start, end, [cell for stack in stacks for cell in stack]):
        return None
    return Sheet(
        start,
        end,
        stacks,
        dirt,
        mean(every),
        min((mean(own) for own in down if len(own) >= ENOUGH), default=0.0),
        mean(over),
        sum(row.dear for row in rows) / len(rows),
        mean(gaps),
        several,
        len(rows),
    )


def _order(text: str, rows: Sequence[Row], grid: Grid) -> Order:
    """The order of a band's cells."""
    heads = headlines(text, rows, grid)
    return Order(rows, by_column(rows, grid, heads), heads, grid.widths, text)


def whole(text: str, start: int, end: int, cells: Sequence[Span]) -> bool:
    """Whether each character from start to end is in one cell, or in what stands between two."""
    last = start
    for low, high in [*sorted(cells), (end, end)]:
        if low < last or len(WORD.findall(text, last, low)) > 1:
            return False
        last = high
    return True


def _is_junk(text: str, cell: Cell) -> bool:
    """Whether a cell is a character or two that an engine made of dirt: a line that short ends a
    sentence."""
    own = "".join(text[cell.start : cell.end].split())
    return cell.size <= INDENT and own[-1:] not in ENDS and len(HAN.findall(own)) < 2


def _is_dirt(text: str, row: Row) -> bool:
    """Whether a line holds nothing but several such characters, far from one another."""
    found = DIRTY.split(text[slice(*row.line)].strip())
    return len(found) > 1 and all(BLOT.fullmatch(one) for one in found)


def _dirt(text: str, row: Row, junk: Sequence[Cell]) -> Iterator[Span]:
    """What of a row's junk surely is dirt: a Chinese character only where all beside it is junk."""
    alone = _is_dirt(text, row) or (len(row.cells) > 1 and all(cell in junk for cell in row.cells))
    for cell in row.cells:
        if cell in junk and (alone or not HAN.search(text, cell.start, cell.end)):
            yield cell.start, cell.end


def _pairs(text: str, column: Sequence[Span | None], wide: int) -> Iterator[tuple[str, str]]:
    """The full cells of a column and what follows each."""
    cells = [text[slice(*cell)] for cell in column if cell]
    for one, other in pairwise(cells):
        if width(one) >= SHORT * wide:
            yield one, other


def _extents(text: str, rows: Sequence[Row], grid: Grid) -> Iterator[tuple[int, int]]:
    """From the first to the last row that has several cells, and what goes on around them.

    Many rows that have the first column's cell only are no part of a sheet.
    """
    several = [number for number, row in enumerate(rows) if _several(row, grid)]
    groups: list[list[int]] = []
    for number in several:
        between = rows[groups[-1][-1] + 1 : number] if groups else []
        alone = sum(not any(cell.column for cell in row.cells) for row in between)
        if groups and alone < ALONE:
            groups[-1].append(number)
        else:
            groups.append([number])
    last = 0
    for group in groups:
        first, stop = group[0], group[-1] + 1
        while first > last and not rows[first].blank and not rows[first - 1].dear:
            first -= 1
        first = max(_below_heads(text, rows, first, grid), last)
        most = stop + stop - first
        while stop < min(len(rows), most) and not rows[stop].blank and not rows[stop].dear:
            stop += 1
        yield first, stop
        last = stop


def _below_heads(text: str, rows: Sequence[Row], first: int, grid: Grid) -> int:
    """The first of the rows of headlines above a row, which blank lines may part."""
    for at in range(first - 1, max(first - 1 - HEADS, -1), -1):
        full = any(is_line(cell, grid) for cell in rows[at].cells)
        if rows[at].dear or full or HEAD_OF_PAGE.search(text, *rows[at].line):
            break
        first = at
    return first


def _several(row: Row, grid: Grid) -> bool:
    """Whether a row has cells of several columns, one of them full."""
    own = [cell for cell in row.cells if not cell.free]
    full = any(is_line(cell, grid) for cell in own)
    return not row.dear and len(own) > 1 and full
