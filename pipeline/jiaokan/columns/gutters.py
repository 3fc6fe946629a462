"""Columns that an engine read line by line, side by side: where each line's cells are.

    清早五点，老街的早市亮起  |  邻里纠纷标的不大，却最
    了灯。卖豆腐的老周推着三     考验基层法庭的办案能力。   →  two columns of two cells
    …                            …

A region is a run of lines without a blank one between. Its first column's width is
where most of its lines have a gap: two or more blanks, a tab, a full-width blank, a bar.
At that width the other lines are parted, too: at a mark that the engine read in the
gutter, at a single blank, or, where nothing shows, where the language model says. What
is right of it may be columns in turn. Last, the model must find that the columns read
on downwards, and better than the lines do across.

Left alone: tables and lists (short cells, or cells that do not run on), verse with
blanks in its lines, padded names, code, and a page whose lines run on across their gaps.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from jiaokan.columns.across import Cut, parting, readings
from jiaokan.columns.gaps import BLANK, LINE_END, Gap, content, dirt, gaps, single, singles, width
from jiaokan.lazy_regex import lazy

Span = tuple[int, int]
Column = list[Span | None]
"""A cell for each line of a region; None where the column has ended or not begun."""

LINE = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]+")
HAN = lazy("[\u3400-\u9fff]")

LEAST = 3
"""Lines with a plain gap that a region has at least."""
MOST = 5
"""Columns side by side at most."""
NARROWEST, WIDEST = 16, 100
"""Widths that a printed column can have; all widths here are in half-widths."""
BELOW, ABOVE = 4, 4
"""How far from its column's width a full line may end: a word that did not fit, marks that hang."""
NARROW = 0.6
"""Share of the lines wider than one column that have a blank at its width, where no more shows."""
NEAR = 4
"""How far from the column's width such a blank may be."""
PLAIN = 0.5
"""Share of a region's lines with two cells whose gap is plain, at least."""
FULL = 0.5
"""Share of the first column's cells that are full, at least."""
WHOLE = 0.85
"""Share of the usual width that a full cell has at least."""
CHINESE = 0.5
"""Share of Chinese characters in a region, at least."""
RUNS_ON = 0.7
"""Bits a line by which columns must read on downwards."""
LEAST_GAIN = -0.4
"""The same for each column by itself, which may have few full lines."""
PLAINLY = 1.5
"""The same for all columns together: what is more makes up for a column that was badly read."""
RATHER = 1.2
"""Bits a line by which they must read on better downwards than across."""
SURELY = 4.0
"""Bits by which a line without a gap must fall into cells above the first gap that shows."""
TORN = 0.2
"""Share of cells from which on there are columns that were not seen."""


class Region(NamedTuple):
    """Lines of a text that hold cells of several columns."""

    start: int
    end: int
    columns: tuple[tuple[Span, ...], ...]
    """The cells of each column, from left to right."""
    gain: float
    """Bits a line by which the columns read on downwards."""
    worst: float
    """The same of the column that does so least."""
    across: float
    """Bits a line by which the lines read on across the gaps."""
    torn: float
    """Share of the cells that hold gaps in turn."""

    @property
    def sure(self) -> bool:
        """Whether the columns run on downwards, every one of them, and not across."""
        least = LEAST_GAIN - max(self.gain - PLAINLY, 0)
        runs = self.gain > RUNS_ON and self.worst > least and self.gain > self.across + RATHER
        return runs and self.torn < TORN


def regions(text: str) -> Iterator[Region]:
    """The regions of a text that look like columns side by side, the doubtful ones too."""
    for lines in _stanzas(text):
        found = _region(text, lines)
        if found is None or not found.sure:
            narrow = _region(text, lines, narrow=True)
            found = narrow if narrow is not None and narrow.sure else found
        if found is not None:
            yield found


def _stanzas(text: str) -> Iterator[list[Span]]:
    """Runs of lines without a blank line between them."""
    lines: list[Span] = []
    for match in LINE.finditer(text):
        blank = not match.group().strip()
        apart = lines and not LINE_END.fullmatch(text, lines[-1][1], match.start())
        if lines and (blank or apart):
            yield lines
            lines = []
        if not blank:
            lines.append(match.span())
    if lines:
        yield lines


class _Row(NamedTuple):
    """A line and its cells: the first column's, and all that is right of it."""

    line: Span
    left: Span | None
    right: Span | None
    plain: bool = False
    """A gap shows where the cells part."""
    after: int = 0
    """Where the first column ends in the line."""
    open: bool = False
    """Too long for one cell, and nothing shows where they part."""


def _region(text: str, lines: Sequence[Span], narrow: bool = False) -> Region | None:
    """The region that the lines make; `narrow`: gutters of one blank count, too."""
    found = _columns(text, lines, MOST, narrow)
    if found is None:
        return None
    first, columns = found
    start, end = lines[first][0], lines[first + len(columns[0]) - 1][1]
    inside = "".join(text[start:end].split())
    if len(HAN.findall(inside)) < CHINESE * len(inside):
        return None
    full = [int(WHOLE * _usual([cell[1] - cell[0] for cell in col if cell])) for col in columns]
    gains, across = readings(text, columns, full)
    cells = tuple(tuple(cell for cell in column if cell) for column in columns)
    every = [gaps(text, *cell) for column in cells for cell in column]
    torn = sum(map(bool, every)) / len(every)
    return Region(start, end, cells, sum(gains) / len(gains), min(gains), across, torn)


def _columns(
    text: str, lines: Sequence[Span], most: int, narrow: bool = False
) -> tuple[int, list[Column]] | None:
    """The first line that is of the region, and the columns' cells from there on."""
    every = _gaps(text, lines, narrow)
    measure = _measure(every)
    if measure is None or most < 2:
        return None
    usual = Counter(len(found) for found in every if found).most_common(1)[0][0]
    rows = [
        _parted(text, line, found[:1] if len(found) == usual else found, measure)
        for line, found in zip(lines, every, strict=True)
    ]
    if not any(row.plain for row in rows):
        return None
    right = [text[slice(*row.right)] for row in rows if row.right and row.plain]
    usual = _usual([width(cell) for cell in right])
    widest = measure + usual + 2 * ABOVE
    first, rows = _trimmed(text, rows, widest, measure)
    if usual < NARROWEST or not _even(text, rows, measure):
        return None
    if any(row.open and width(text[slice(*row.line)]) > widest for row in rows):
        return None
    rows = _closed(text, rows, measure)
    rest = _rest(text, rows, most - 1, narrow) or [[row.right for row in rows]]
    return first, [[row.left for row in rows], *rest]


def _gaps(text: str, lines: Sequence[Span], narrow: bool) -> list[list[Gap]]:
    """The gaps of each line; with `narrow` single blanks, too, where most lines have one."""
    plain = [gaps(text, *line) for line in lines]
    if not narrow:
        return plain
    single = [
        [gap for gap in singles(text, *line) if not any(_overlap(gap, one) for one in found)]
        for line, found in zip(lines, plain, strict=True)
    ]
    measure = _measure([sorted(one + other) for one, other in zip(plain, single, strict=True)])
    if measure is None:
        return plain
    near = [[gap for gap in row if abs(gap.at - measure) <= NEAR] for row in single]
    every = [sorted(one + other) for one, other in zip(plain, near, strict=True)]
    wide = [row for row, line in zip(every, lines, strict=True) if _wide(text, line, measure)]
    return every if sum(map(bool, wide)) >= max(LEAST, NARROW * len(wide)) else plain


def _overlap(one: Gap, other: Gap) -> bool:
    return one.start < other.end and other.start < one.end


def _wide(text: str, line: Span, measure: int) -> bool:
    """Whether a line is wider than one column."""
    return width(text[slice(*line)]) > measure + NARROWEST // 2


def _trimmed(text: str, rows: list[_Row], widest: float, measure: int) -> tuple[int, list[_Row]]:
    """The rows that are of the region: lines with a gap, and those that fit above and below."""
    plain = [at for at, row in enumerate(rows) if row.plain]
    first, stop = plain[0], len(rows)
    for at in range(plain[-1] + 1, len(rows)):
        if rows[at].open and width(text[slice(*rows[at].line)]) > widest:
            stop = at
            break
    while first and width(text[slice(*rows[first - 1].line)]) <= widest:
        row = rows[first - 1]
        closed = row.left and row.right
        if not closed and not (row.open and _cut(text, rows, first - 1, measure)[0] > SURELY):
            break
        first -= 1
    return first, rows[first:stop]


def _closed(text: str, rows: Sequence[_Row], measure: int) -> list[_Row]:
    """The rows with those lines parted that show no gap."""
    done: list[_Row] = [*rows]
    for number, row in enumerate(rows):
        if row.open:
            start, end = row.left or row.line
            at = start + _cut(text, done, number, measure)[1]
            done[number] = _Row(row.line, (start, at), (at, end))
    return done


def _cut(text: str, rows: Sequence[_Row], number: int, measure: int) -> tuple[float, int]:
    """Where a line that shows no gap falls into two cells, and what speaks for it."""
    before = next((row.left for row in reversed(rows[:number]) if row.left), None)
    above = next((row.right for row in reversed(rows[:number]) if row.right), None)
    below = next((row.left for row in rows[number + 1 :] if row.left and not row.open), None)
    line = text[slice(*(rows[number].left or rows[number].line))]
    room = [measure - width(line[:at]) for at in range(len(line))]
    beside = (text[slice(*cell)] if cell else "" for cell in (before, above, below))
    cut = Cut(line, room, *beside)
    return parting(cut, cut.places(range(-ABOVE, BELOW + 3)) or [len(line) - 1])


def _rest(text: str, rows: Sequence[_Row], most: int, narrow: bool) -> list[Column] | None:
    """The columns that what is right of the first one holds in turn; None: it is one column."""
    known = [at for at, row in enumerate(rows) if row.right]
    found = _columns(text, [_with_blanks(text, row) for row in rows if row.right], most, narrow)
    if found is None or found[0] != 0 or len(found[1][0]) != len(known):
        return None
    columns: list[Column] = []
    for column in found[1]:
        spread: Column = [None] * len(rows)
        for at, cell in zip(known, column, strict=True):
            spread[at] = cell
        columns.append(spread)
    return columns


def _with_blanks(text: str, row: _Row) -> Span:
    """What is right of the first column, with those blanks before it that are not the first's."""
    start, end = row.right or row.line
    lead = start
    while lead > row.after and text[lead - 1] in BLANK:
        lead -= 1
    return lead, end


def _measure(every: Sequence[Sequence[Gap]]) -> int | None:
    """The first column's width: the least at which nearly the most lines have a plain gap."""
    widths = [[gap.at for gap in found] for found in every]
    tried = sorted({at for row in widths for at in row if NARROWEST <= at <= WIDEST})
    counts = {at: sum(any(at - 2 <= to <= at + 2 for to in row) for row in widths) for at in tried}
    if not counts or max(counts.values()) < LEAST:
        return None
    enough = 0.8 * max(counts.values())
    least = next(at for at in tried if counts[at] >= enough)
    near = [to for row in widths for to in row if least - 2 <= to <= least + ABOVE]
    return max(set(near), key=lambda at: (near.count(at), at))


def _parted(text: str, line: Span, found: Sequence[Gap], measure: int) -> _Row:
    """A line with its cells, as far as it shows where they part."""
    start, stop = content(text, *line)
    if start == stop:
        return _Row(line, None, None)
    if width(text[line[0] : start]) >= max(8, measure // 2):
        return _Row(line, None, (start, stop), after=line[0] + measure + 2)
    near = [gap for gap in found if gap.at <= measure + ABOVE]
    if near:
        best = max(near, key=lambda gap: (gap.at >= measure - BELOW, gap.end - gap.start))
        after = best.start + max(0, measure - best.at) + 2
        return _Row(line, (start, best.start), (best.end, stop), plain=True, after=after)
    short = width(text[start:stop]) <= measure + ABOVE
    if short:
        gap = dirt(text, start, stop)
    else:
        gap = single(text, start, stop, measure - BELOW, measure + ABOVE)
    if gap is not None:
        return _Row(line, (start, gap.start), (gap.end, stop))
    return _Row(line, (start, stop), None, open=not short)


def _even(text: str, rows: Sequence[_Row], measure: int) -> bool:
    """Whether enough lines show a gap, and most of the first column's cells are full."""
    two = [row for row in rows if row.open or (row.left and row.right)]
    plain = [row for row in two if row.plain and row.left]
    full = [row for row in plain if row.left and width(text[slice(*row.left)]) >= measure - BELOW]
    return len(plain) >= max(LEAST, PLAIN * len(two)) and len(full) >= FULL * len(plain)


def _usual(widths: Sequence[int]) -> int:
    """The width that most full cells have."""
    return int(np.percentile(widths, 75)) if widths else 0
