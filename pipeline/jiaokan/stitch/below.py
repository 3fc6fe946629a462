"""Where a band of columns ends and another one begins below it.

Bands that stand one below the other have about as many columns, so that they look like one
band. Behind the last lines of the upper one stands a blank line, and then the columns begin
anew, the left one first.
"""

from collections.abc import Sequence

import numpy as np

from jiaokan.stitch.onward import Onward
from jiaokan.stitch.streams import Band, Dealt, Lines, deal
from jiaokan.stitch.turns import SKIP

LEAST = 6
"""Lines that a band has at least."""
BESIDE = 8.0
"""Bits that it costs a band to begin beside a heading: there one of the columns may go on."""
AROUND = 60
"""Lines above and below a blank one that are asked."""
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
        return [(Band(0, len(inside), count), deal(inside, count))]
    return [_best(inside, first, last, count) for first, last in zip(starts, ends, strict=True)]


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
    tried = [_alone(part), *(deal(part, count) for count in range(2, most + 1))]
    best = max(range(len(tried)), key=lambda number: tried[number].bits)
    return Band(first, last, best + 1), tried[best]


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
