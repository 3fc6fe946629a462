"""Which of the columns that take turns is the leftmost.

Lines of columns side by side come in the order of the columns, over and over. That order is known
of the streams that they were dealt out to, but not where it begins: a heading over a column further
on may be the first line.
"""

import numpy as np

from jiaokan.columns.turns.line_joins import Onward
from jiaokan.columns.turns.states import LAGS, Indices
from jiaokan.columns.turns.streams import Dealt, Lines

LEFTMOST = 6.0
"""Bits that say that the first line, and the first one of text, are the leftmost column's."""
LEAST = 3
"""Full lines that a column has at least."""
READS_ON = 2.0
"""Bits from which on a full line is one of text: so well the next one goes on."""


def numbered(dealt: Dealt, inside: Lines, here: Onward) -> Dealt:
    """The lines dealt out to the same streams, counted from left to right.

    Columns read on from one another's ends, the leftmost one opens a paragraph; and the first line,
    or the first one of text, is likely to be its own. Where no two headings stand above the text,
    they take turns with the columns' lines, and nothing is to be asked.
    """
    columns = _with(dealt, tuple(_columns(np.array(dealt.streams), inside, here).tolist()))
    streams = np.array(columns.streams)
    count = int(streams.max()) + 1
    lead = _lead(columns, inside)
    if count < 2 or lead < 2 or inside.full[:lead].all():
        return columns
    heads = np.array([np.flatnonzero((streams == one) & inside.full)[0] for one in range(count)])
    text = inside.full | ~inside.heading
    tails = np.array([np.flatnonzero((streams == one) & text)[-1] for one in range(count)])
    opens = here.each.starts[heads] - here.each.alone[heads]
    bits = here.bits(np.roll(tails, 1), heads) - opens
    bits[streams[[0, lead]]] -= LEFTMOST
    return _with(dealt, tuple(((streams - int(bits.argmin())) % count).tolist()))


def _columns(streams: Indices, inside: Lines, here: Onward) -> Indices:
    """The streams that are columns; lines of others are given to those that read on from them."""
    lines = [
        np.flatnonzero((streams == one) & inside.full) for one in range(int(streams.max()) + 1)
    ]
    columns = [one for one, rows in enumerate(lines) if len(rows) >= LEAST]
    if len(columns) < 2:
        return np.zeros_like(streams)
    found = np.searchsorted(columns, streams)
    for row in np.flatnonzero(~np.isin(streams, columns)):
        below = [(rows[rows > row], one) for one, rows in enumerate(lines[at] for at in columns)]
        near = [(rows[0], one) for rows, one in below if len(rows)]
        found[row] = len(columns) - 1
        if near:
            heads, ones = (np.array(side) for side in zip(*near, strict=True))
            found[row] = ones[here.bits(np.full(len(heads), row), heads).argmax()]
    return found


def _lead(dealt: Dealt, inside: Lines) -> int:
    """How many lines stand above the first one of text."""
    last: dict[int, int] = {}
    first = len(inside)
    for row, stream in enumerate(dealt.streams):
        above = last.get(stream, -1)
        if above >= 0 and inside.full[above] and row - above <= LAGS:
            first = min(first, above) if inside.joins[row, row - above] > READS_ON else first
        if row > first + LAGS:
            break
        last[stream] = row
    return first if first < len(inside) else 0


def _with(dealt: Dealt, streams: tuple[int, ...]) -> Dealt:
    """The lines in other streams."""
    last: dict[int, int] = {}
    lags: list[int] = []
    for row, stream in enumerate(streams):
        lag = row - last.get(stream, row)
        lags.append(lag if lag <= LAGS else 0)
        last[stream] = row
    return Dealt(streams, tuple(lags), dealt.bits)
