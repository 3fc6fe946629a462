"""Where a band of columns ends and another one begins below it.

Bands that stand one below the other have about as many columns, so that they look like one
band. Behind the last lines of the upper one stands a blank line, and then the columns begin
anew, the left one first.
"""

from collections.abc import Sequence

import numpy as np

from jiaokan.stitch.onward import Onward
from jiaokan.stitch.streams import Band, Dealt, Lines, deal

LEAST = 6
"""Lines that a band has at least."""
BESIDE = 8.0
"""Bits that it costs a band to begin beside a heading: there one of the columns may go on."""
NEAR = 4
"""Lines above and below a blank one among which a heading is beside it."""


def parted(inside: Lines, onward: Onward, count: int) -> list[tuple[Band, Dealt]]:
    """The bands among lines that were taken for one, and how their lines are dealt out."""
    found = [(Band(0, len(inside), count), deal(inside, count))]
    for row in np.flatnonzero(inside.blank):
        whole, dealt = found[-1]
        if min(row - whole.first, whole.last - row) < LEAST:
            continue
        upper = _best(inside, whole.first, int(row), count)
        lower = _best(inside, int(row), whole.last, count)
        gain = upper[1].bits + lower[1].bits - dealt.bits + _goes_on(upper, lower, onward)
        heading = inside.heading[max(row - NEAR, 0) : row + NEAR].any()
        if gain > BESIDE * heading:
            found[-1:] = [upper, lower]
    return found


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


def _first(streams: Sequence[int]) -> list[int]:
    return [streams.index(stream) for stream in sorted(set(streams))]


def _last(streams: Sequence[int]) -> list[int]:
    return [len(streams) - 1 - streams[::-1].index(stream) for stream in sorted(set(streams))]
