"""Where a band of columns ends and another one begins below it.

Bands that stand one below the other have about as many columns, so that they look like one
band. Behind the last lines of the upper one stands a blank line, or a heading that no column goes
on below, and then the columns begin anew, the left one first.
"""

from collections.abc import Sequence

import numpy as np

from jiaokan.columns.turns.line_joins import Onward
from jiaokan.columns.turns.states import SKIP, Indices
from jiaokan.columns.turns.streams import Band, Dealt, Lines, deal

LEAST = 6
"""Lines that a band has at least."""
BESIDE = 8.0
"""Bits that it costs a band to begin beside a heading: there one of the columns may go on."""
AROUND = 60
"""Lines above and below a blank one that are asked."""
FEWER = 3
"""By how many columns a band may have fewer than its neighbours."""
ANEW = 7.0
"""Bits by which columns must rather go on at one another's heads than below a heading for bands to
part there."""
STRAIGHT = 1.0
"""Bits a column by which they may go on below it at most."""
REACHED = 4
"""Rows in which a column must go on."""
SHORTEST = 4
"""Characters of a heading above a band."""
BESIDE_IT = 3
"""Lines behind its first one in which another one of the heading stands."""
TORN = 5.0
"""Bits from which on a short line surely reads on."""
NEAR = 4
"""Lines above and below a blank one among which a heading is beside it."""


def parted(inside: Lines, onward: Onward, count: int) -> list[tuple[Band, Dealt]]:
    """The bands among lines that were taken for one, and how their lines are dealt out."""
    starts = [0]
    for row in map(int, np.flatnonzero(inside.blank)):
        if min(row - starts[-1], len(inside) - row) < LEAST:
            continue
        if _gain(inside, onward, max(starts[-1], row - AROUND), row, count) > 0:
            starts.append(row)
    ends = [*starts[1:], len(inside)]
    if len(starts) == 1:
        found = [(Band(0, len(inside), count), deal(inside, count))]
    else:
        spans = zip(starts, ends, strict=True)
        found = [_best(inside, first, last, count) for first, last in spans]
    return [part for band, dealt in found for part in _at_headings(inside, onward, band, dealt)]


def _at_headings(
    inside: Lines, onward: Onward, band: Band, dealt: Dealt
) -> list[tuple[Band, Dealt]]:
    """The bands below one another that headings part, where no blank line need show.

    No column goes on below such a heading; rather each one goes on at the head of another.
    """
    here = inside.part(band.first, band.last)
    streams = np.array(dealt.streams)
    rows = [np.flatnonzero((streams == one) & here.full) for one in range(band.count)]
    starts, best = [0], 0.0
    for row in _headed(here, onward.part(band.first, band.last), band.count):
        gain = _rather_anew(onward, band, rows, starts[-1], row)
        near = row - starts[-1] < LEAST
        if gain < ANEW or len(here) - row < LEAST or (near and (not starts[-1] or gain <= best)):
            continue
        if near:
            starts.pop()
        starts.append(row)
        best = gain
    if len(starts) == 1:
        return [(band, dealt)]
    spans = zip(starts, [*starts[1:], len(here)], strict=True)
    return [
        _best(inside, band.first + first, band.first + last, band.count) for first, last in spans
    ]


def _headed(here: Lines, onward: Onward, count: int) -> list[int]:
    """The lines where a heading of two lines or more begins; other lines may stand between."""
    alone = {
        row for row in map(int, np.flatnonzero(here.heading)) if not _is_piece(onward, row, count)
    }
    sizes = [end - start for start, end in onward.run.spans]
    return [
        row
        for row in sorted(alone)
        if sizes[row] >= SHORTEST
        and any(other in alone for other in range(row + 1, row + BESIDE_IT + 1))
    ]


def _is_piece(onward: Onward, line: int, count: int) -> bool:
    """Whether a short line is a piece of a line: it reads on from one near it, or one from it."""
    start, end = onward.run.spans[line]
    near = np.arange(max(line - count - 1, 0), min(line + count + 2, len(onward.run)))
    above, below = near[near < line], near[near > line]
    here = np.full(len(near), line)
    behind = onward.glued(above, here[: len(above)])
    before = onward.glued(here[: len(below)], below)
    best = max(behind.max(initial=-np.inf), before.max(initial=-np.inf))
    return end - start < 2 or bool(best > TORN)


def _rather_anew(onward: Onward, band: Band, rows: Sequence[Indices], first: int, at: int) -> float:
    """Bits by which columns that begin in line `first` rather go on at one another's heads than
    below line `at`; `rows`: the full lines of each column."""
    far = REACHED * band.count
    sides = [
        (column[column >= first][0], column[column < at][-1], column[column >= at][0])
        for column in rows
        if len(column) and column[0] < at <= column[-1] and (column >= first).any()
    ]
    sides = [(head, tail, on) for head, tail, on in sides if head <= tail and on - tail < far]
    if len(sides) < 2:
        return -np.inf
    heads, tails, below = (np.array(side) + band.first for side in zip(*sides, strict=True))
    straight = onward.bits(tails, below)
    if straight.mean() > STRAIGHT:
        return -np.inf
    ends, starts = np.meshgrid(tails, heads, indexing="ij")
    anew = onward.bits(ends.ravel(), starts.ravel()).reshape(ends.shape)
    np.fill_diagonal(anew, -np.inf)
    return float(np.maximum(anew.max(axis=1), 0).sum() - straight.sum())


def _gain(inside: Lines, onward: Onward, first: int, row: int, count: int) -> float:
    """Bits by which another band rather begins at a row."""
    last = min(row + AROUND, len(inside))
    upper = _best(inside, first, row, count)
    lower = _best(inside, row, last, count)
    gain = upper[1].bits + lower[1].bits - deal(inside.part(first, last), count).bits
    heading = inside.heading[max(row - NEAR, 0) : row + NEAR].any()
    gain += _goes_on(upper, lower, onward) - _missed(inside, upper)
    return gain - BESIDE if heading else gain


def _best(inside: Lines, first: int, last: int, most: int) -> tuple[Band, Dealt]:
    part = inside.part(first, last)
    tried = {1: _alone(part)}
    tried |= {count: deal(part, count) for count in range(max(most - FEWER, 2), most + 1)}
    best = max(tried, key=lambda count: tried[count].bits)
    return Band(first, last, best), tried[best]


def _alone(part: Lines) -> Dealt:
    """The lines as they stand."""
    count = len(part)
    return Dealt((0,) * count, (0, *[1] * (count - 1)), float(part.joins[1:, 1].sum()))


def _goes_on(upper: tuple[Band, Dealt], lower: tuple[Band, Dealt], onward: Onward) -> float:
    """Bits by which the lower band's columns go on behind columns of the upper one."""
    ends = [upper[0].first + row for row in _last(upper[1].streams)]
    starts = [lower[0].first + row for row in _first(lower[1].streams)]
    above, below = np.meshgrid(ends, starts, indexing="ij")
    bits = onward.bits(above.ravel(), below.ravel()).reshape(above.shape)
    return float(np.maximum(bits.max(axis=0), 0).sum())


def _missed(inside: Lines, upper: tuple[Band, Dealt]) -> float:
    """Bits that it costs the columns that the band's last row does not reach."""
    band, dealt = upper
    near = dealt.streams[-band.count :]
    kinds = inside.kinds[band.last - len(near) : band.last]
    pairs = zip(near, kinds, strict=True)
    return sum(SKIP[kind] for stream, kind in pairs if stream > near[-1])


def _first(streams: Sequence[int]) -> list[int]:
    return [streams.index(stream) for stream in sorted(set(streams))]


def _last(streams: Sequence[int]) -> list[int]:
    return [len(streams) - 1 - streams[::-1].index(stream) for stream in sorted(set(streams))]
