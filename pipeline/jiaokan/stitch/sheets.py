"""Lines read across a whole page → its cells in reading order.

Articles stand side by side, each with its headings over its own columns. Each line is read on
one grid of columns (`jiaokan.stitch.grid`); a headline over several of them is known by its
place, and by the columns below it that begin together. Columns that no headline ties together
part the sheet from top to bottom; a headline over all columns parts it from left to right.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from jiaokan.late import late
from jiaokan.stitch.across import ENDS, gains
from jiaokan.stitch.gaps import width
from jiaokan.stitch.grid import INDENT, VAGUE, Cell, Grid, Line, Place, line, read
from jiaokan.stitch.gridfit import dear, fit
from jiaokan.unfold import LINE_END

Span = tuple[int, int]

LINE = late(r"[^\n\r\v\f\x85\u2028\u2029]+")
HAN = late("[\u3400-\u9fff]")

APART = 4
"""Blank lines in a row that part two sheets."""
FEWEST, LEAST = 4, 8
"""Lines with a plain gap, and with several cells, that a sheet has at least."""
ALONE = 10
"""Lines of the first column alone that part two sheets."""
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
RUNS_ON = 0.9
"""Bits a line by which columns must read on downwards."""
LEAST_GAIN = -0.5
"""The same for each column that has enough lines."""
PLAINLY = 1.5
"""The same for all of them together: what is more makes up for a column that was badly read."""
RATHER = 1.2
"""Bits a line by which they must read on better downwards than across."""
HANGING = "，。、”；：！？.,;:!? "
"""What no printed line begins with."""
TRUST, USUAL, WORST = 0.7, 1.0, 4.0
"""What counts of the bits by which a cell reads on, where nothing is known, and at most."""
HEAD = 24
"""Characters of a cell that say whether it reads on."""
ENOUGH = 3
"""Full lines from which on a column says whether it reads on."""
DEAREST = 0.25
"""Share of the lines that may stand on no column, at most."""
PLAIN = 0.2
"""Share of the places between cells where a gap shows, at least; half of it does where the columns
read on by far."""
DENSE = 0.25
"""Share of the lines that have several cells, at least."""
CHINESE = 0.5
"""Share of Chinese characters in a sheet, at least."""
SHORT = 0.85
"""Share of its column's width below which a cell may be a heading's."""


class Row(NamedTuple):
    """A line and its cells."""

    line: Span
    cells: tuple[Cell, ...]
    dear: bool
    """It does not stand on the grid."""
    blank: bool
    """A blank line stands before it."""


class Head(NamedTuple):
    """A heading over several columns."""

    row: int
    first: int
    last: int
    cell: Cell


class Sheet(NamedTuple):
    """Lines that were read across several columns."""

    start: int
    end: int
    stacks: tuple[tuple[Span, ...], ...]
    """The cells in reading order; an empty span is a blank line."""
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
    known = [line(text, *span) for span, _ in lines]
    if sum(any(mark.plain for mark in one.marks) for one in known) < FEWEST:
        return
    grid = fit(known)
    if grid is None or len(grid.widths) < 2:
        return
    rows = _rows(text, lines, known, grid)
    for first, stop in _extents(rows, grid):
        found = _sheet(text, rows[first:stop], grid)
        if found is not None:
            yield found


def _sheet(text: str, rows: Sequence[Row], grid: Grid) -> Sheet | None:
    several = sum(_several(row, grid) for row in rows)
    if several < LEAST:
        return None
    junk = [cell for row in rows for cell in row.cells if _is_junk(text, cell)]
    rows = [row._replace(cells=tuple(c for c in row.cells if c not in junk)) for row in rows]
    heads = _heads(rows, grid)
    columns = _columns(rows, grid, heads)
    pairs = [
        list(_pairs(text, column, wide)) for column, wide in zip(columns, grid.widths, strict=True)
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
    order = _Order(rows, columns, heads)
    stacks = tuple(order.stacks(0, len(rows), 0, len(columns) - 1))
    stacks += tuple(((cell.start, cell.end),) for cell in junk)
    return Sheet(
        start,
        end,
        stacks,
        _mean(every),
        min((_mean(own) for own in down if len(own) >= ENOUGH), default=0.0),
        _mean(over),
        sum(row.dear for row in rows) / len(rows),
        _mean(gaps),
        several,
        len(rows),
    )


def _is_junk(text: str, cell: Cell) -> bool:
    """Whether a cell is a character or two that an engine made of dirt: a line that short ends a
    sentence."""
    own = "".join(text[cell.start : cell.end].split())
    return cell.size <= INDENT and own[-1:] not in ENDS and len(HAN.findall(own)) < 2


def _mean(bits: Sequence[float]) -> float:
    return sum(bits) / len(bits) if bits else 0.0


def _pairs(text: str, column: Sequence[Span | None], wide: int) -> Iterator[tuple[str, str]]:
    """The full cells of a column and what follows each."""
    cells = [text[slice(*cell)] for cell in column if cell]
    for one, other in pairwise(cells):
        if width(one) >= SHORT * wide:
            yield one, other


def _rows(
    text: str, lines: Sequence[tuple[Span, bool]], known: Sequence[Line], grid: Grid
) -> list[Row]:
    """The lines with their cells, as they read on best from those above and to those below."""
    rows: list[Row] = []
    for _ in range(2):
        below = [_starts(text, row, grid) for row in rows[1:]]
        above: list[str] = ["" for _ in grid.widths]
        again: list[Row] = []
        for number, ((span, blank), one) in enumerate(zip(lines, known, strict=True)):
            found = read(one, grid)
            costly = dear(found)
            if len(found.cells) > 1 or (found.cells and not costly):
                under = below[number] if number < len(below) else None
                said = _said(text, one, above, found.tried)
                found = read(one, grid, said, _ended(text, one, under, found.ended))
            cells = tuple(_clean(text, cell, place) for place, cell in enumerate(found.cells))
            for cell in cells:
                full = not cell.free and cell.size >= SHORT * grid.widths[cell.column]
                above[cell.column] = text[cell.start : cell.end] if full else ""
            again.append(Row(span, cells, costly, blank))
        rows = again
    return rows


def _starts(text: str, row: Row, grid: Grid) -> list[str]:
    """For each column how its cell in a row begins."""
    found = ["" for _ in grid.widths]
    for cell in row.cells:
        if not cell.free:
            found[cell.column] = text[cell.start : min(cell.start + HEAD, cell.end)]
    return found


def _said(
    text: str, one: Line, above: Sequence[str], tried: frozenset[Place]
) -> dict[Place, float]:
    """How well a cell reads on from the one above it, wherever it may begin."""
    places = sorted(place for place in tried if above[place[1]])
    bits = gains([(above[column], text[at : min(at + HEAD, one.end)]) for at, column in places])
    said = dict(zip(places, bits, strict=True))
    return {place: TRUST * min(max(said.get(place, USUAL), -WORST), WORST) for place in tried}


def _ended(
    text: str, one: Line, below: Sequence[str] | None, ended: frozenset[Place]
) -> dict[Place, float]:
    """How well the cell below a cell reads on from it, wherever it may end."""
    if below is None:
        return {}
    places = sorted(place for place in ended if below[place[1]])
    bits = gains([(text[max(at - HEAD, one.start) : at], below[column]) for at, column in places])
    said = dict(zip(places, bits, strict=True))
    return {place: TRUST * min(max(said.get(place, USUAL), -WORST), WORST) for place in ended}


def _clean(text: str, cell: Cell, number: int) -> Cell:
    """A cell without the marks that were read in the gutter before it: no line begins with them."""
    start = cell.start
    while number and not cell.free and start < cell.end - 1 and text[start] in HANGING:
        start += 1
    return cell._replace(start=start)


def _extents(rows: Sequence[Row], grid: Grid) -> Iterator[tuple[int, int]]:
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
        most = stop + stop - first
        while stop < min(len(rows), most) and not rows[stop].blank and not rows[stop].dear:
            stop += 1
        yield first, stop
        last = stop


def _several(row: Row, grid: Grid) -> bool:
    """Whether a row has cells of several columns, one of them full."""
    own = [cell for cell in row.cells if not cell.free]
    full = any(cell.size >= SHORT * grid.widths[cell.column] for cell in own)
    return not row.dear and len(own) > 1 and full


def _heads(rows: Sequence[Row], grid: Grid) -> list[Head]:
    """The headings that stand over several columns, from the lowest to the highest."""
    taken = [{cell.column for cell in row.cells if not cell.free} for row in rows]
    found: list[Head] = []
    for number in range(len(rows) - 1, -1, -1):
        near = [(head.first, head.last) for head in found if head.row <= number + BESIDE]
        for index, cell in enumerate(rows[number].cells):
            wide = grid.widths[cell.column]
            column = SHORT * wide <= cell.size <= OVERLONG * wide and not cell.free
            if column or (number and _full(rows[number - 1], cell.column, wide)):
                continue
            others = {one.column for at, one in enumerate(rows[number].cells) if at != index}
            spans = [
                span
                for span in _spans(cell, grid)
                if not others.intersection(range(span[0], span[1] + 1))
                and not any(_torn(span, other) for other in near)
                and _together(taken, number, span)
            ]
            if spans:
                low, high = max(spans, key=lambda span: (span in near, span[1] - span[0]))
                found.append(Head(number, low, high, cell))
                taken[number].discard(cell.column)
    return found


def _spans(cell: Cell, grid: Grid) -> Iterator[tuple[int, int]]:
    """The columns in whose middle a cell stands: the first and the last, several ones."""
    starts = grid.starts
    middle = cell.seen + cell.size / 2
    room = MIDDLE * grid.widths[cell.column] + VAGUE * middle
    for low in range(len(starts)):
        for high in range(low + 1, len(starts)):
            centre = (starts[low] + starts[high] + grid.widths[high]) / 2
            if abs(centre - middle) <= room and starts[low] <= cell.seen + room:
                yield low, high


def _torn(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two spans of columns overlap, and neither holds the other."""
    apart = one[1] < other[0] or other[1] < one[0]
    inside = one[0] <= other[0] <= other[1] <= one[1] or other[0] <= one[0] <= one[1] <= other[1]
    return not apart and not inside


def _full(row: Row, column: int, wide: int) -> bool:
    """Whether a row has a full cell of a column."""
    own = (cell for cell in row.cells if cell.column == column and not cell.free)
    return any(cell.size >= SHORT * wide for cell in own)


def _together(taken: Sequence[set[int]], number: int, span: tuple[int, int]) -> bool:
    """Whether columns begin together below a heading, and soon."""
    begins = []
    for column in range(span[0], span[1] + 1):
        below = (at for at in range(number + 1, len(taken)) if column in taken[at])
        begins.append(next(below, len(taken)))
    return max(begins) - min(begins) <= TOGETHER and min(begins) < min(len(taken), number + SOON)


def _columns(rows: Sequence[Row], grid: Grid, heads: Sequence[Head]) -> list[list[Span | None]]:
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


class _Order(NamedTuple):
    """A sheet whose cells are put in reading order."""

    rows: Sequence[Row]
    columns: Sequence[Sequence[Span | None]]
    heads: Sequence[Head]

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
            yield tuple(sorted((h.cell.start, h.cell.end) for h in inside if h.row == first))
            for column in self.columns[left : right + 1]:
                beside = column[first]
                if beside:
                    yield (beside,)
            yield from self.stacks(first + 1, bottom, left, right)

    def _column(self, number: int, top: int, bottom: int) -> Iterator[Span]:
        """The cells of a column, a blank line where it was empty."""
        last = None
        for row in range(top, bottom):
            cell = self.columns[number][row]
            if cell is None:
                continue
            if last is not None and row - last > 1:
                yield cell[0], cell[0]
            yield cell
            last = row
