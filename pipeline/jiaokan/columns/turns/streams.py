"""Lines → streams: the most probable way to deal out lines that alternate between columns.

In the natural reading each line goes on behind the one before it. Bands are the stretches
of lines that rather take turns between two to eight streams (`jiaokan.columns.turns.states`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from jiaokan.columns.turns.states import (
    KEPT,
    LAGS,
    SKIMMED,
    Bits,
    Indices,
    States,
    Ways,
    entered,
    first,
    nothing,
    take,
)

Flags = NDArray[np.bool_]

RESUME, REOPEN = 5.6, 4.0
"""Bits that it costs a stream to go on behind a turn left out: if its last line is open, and if a
paragraph ends with it though neither a heading nor a blank line is near."""
ENTER = 13.0
"""Bits that it costs to begin a band of columns."""
ANEW = -2.0
"""The same behind a blank line."""
ANOTHER = 15.0
"""Bits that it costs more behind another one, where no blank line shows."""
LEAVE = 15.0
"""Bits that it costs to end one."""
CLEARLY = 0.0
"""The same before a blank line."""


@dataclass(frozen=True)
class Lines:
    """What is known of the lines of a text."""

    joins: Bits
    """Bits by which a line goes on behind the one `lag` lines back, shape (lines, LAGS + 1); 0
    at lag 0."""
    full: Flags
    """Whether a line is as wide as its column."""
    open: Flags
    """Whether it is full and does not end a sentence."""
    blank: Flags
    """Whether a blank line stands before it."""
    heading: Flags
    """Whether a line may be a heading's: short, without an end mark."""

    def __len__(self) -> int:
        return len(self.joins)

    @cached_property
    def kinds(self) -> Indices:
        """For each line 0 where a paragraph may end, 1 where it is open, 2 for a heading."""
        return np.where(self.heading, 2, self.open)

    def part(self, first: int, last: int) -> "Lines":
        """Lines first to last - 1."""
        kept = slice(first, last)
        return Lines(
            self.joins[kept],
            self.full[kept],
            self.open[kept],
            self.blank[kept],
            self.heading[kept],
        )

    def behind(self, count: int) -> Bits:
        """The joins, less what it costs one of `count` streams to go on behind a missed turn."""
        joins = self.joins.copy()
        for lag in range(count + 1, min(LAGS, len(joins) - 1) + 1):
            above, below = slice(None, -lag), slice(lag, None)
            blanks = np.cumsum(self.blank)
            plain = ~self.open[above] & (blanks[above] == blanks[below])
            plain &= ~self.heading[above] & ~self.heading[below]
            joins[below, lag] -= RESUME * self.open[above] + REOPEN * plain
        return joins


@dataclass(frozen=True, slots=True)
class Band:
    """Lines first to last - 1 alternate between `count` streams at most."""

    first: int
    last: int
    count: int


Step = tuple[States, Ways]


class Dealt(NamedTuple):
    """Lines that were dealt out to streams."""

    streams: tuple[int, ...]
    """Each line's stream."""
    lags: tuple[int, ...]
    """How far back the line is that each one goes on from; 0: there is none."""
    bits: float
    """What the joins say for it, less what the turns cost."""


def _take(
    states: States, lines: Lines, joins: Bits, at: int, most: int, kin: Bits | None = None
) -> Step:
    """The states behind line `at`, so many at most; `joins`: as `Lines.behind` gives them."""
    near = lines.kinds[max(at - LAGS, 0) : at][::-1]
    near = np.concatenate([near, np.zeros(LAGS - len(near), np.intp)])
    worth = np.broadcast_to(joins[at][:, None], (LAGS + 1, states.back.shape[1]))
    if kin is not None:
        worth = worth + kin[at]
    return take(states, near, bool(lines.blank[at]), worth, most)


def deal(lines: Lines, count: int, kin: Bits | None = None) -> Dealt:
    """Deal out the lines of a band; `kin`: bits for each line in each stream."""
    states = first(count)
    joins = lines.behind(count)
    taken: list[Ways] = []
    for at in range(1, len(lines)):
        states, ways = _take(states, lines, joins, at, KEPT, kin)
        taken.append(ways)
    state = int(states.score.argmax())
    streams: list[int] = []
    lags: list[int] = []
    bits = 0.0
    for at in range(len(lines) - 1, 0, -1):
        ways = taken[at - 1]
        lag = int(ways.lags[state])
        streams.append(int(ways.streams[state]))
        lags.append(lag)
        bits += float(joins[at, lag] - ways.costs[state])
        state = int(ways.sources[state])
    return Dealt((0, *streams[::-1]), (0, *lags[::-1]), bits)


class _Back(NamedTuple):
    """How the readings got to a line; reading 0 is the natural one."""

    ways: tuple[Ways, ...]
    before: tuple[int, int]
    """The reading, and its state, behind which a band begins here."""
    left: tuple[int, int] | None
    """Those of the band that was left for the natural reading."""


def bands(lines: Lines, counts: Sequence[int]) -> list[Band]:
    """The bands of columns among the lines; `counts`: of streams, to be tried."""
    joins = [lines.behind(count) for count in counts]
    readings = [nothing(count) for count in counts]
    plain = 0.0
    back: list[_Back] = []
    for at in range(len(lines)):
        band, top = _best(readings)
        blank = bool(lines.blank[at])
        behind = float(lines.joins[at, 1])
        onward = max(behind, 0.0)
        from_band = band - (0.0 if blank else ANOTHER)
        enter = max(plain + onward, from_band) - (ANEW if blank or not at else ENTER)
        steps = [
            entered(*_take(states, lines, known, at, SKIMMED), enter)
            for states, known in zip(readings, joins, strict=True)
        ]
        readings = [states for states, _ in steps]
        before = (0, 0) if plain + onward >= from_band else top
        natural, left = plain + behind, band + onward - (CLEARLY if blank else LEAVE)
        plain = max(natural, left)
        ways = tuple(way for _, way in steps)
        back.append(_Back(ways, before, None if natural >= left else top))
    band, top = _best(readings)
    return _traced(counts, top if band > plain else (0, 0), back)


def _best(readings: Sequence[States]) -> tuple[float, tuple[int, int]]:
    """The best score of all bands, its reading (from 1 on) and its state."""
    tops = [int(states.score.argmax()) if len(states.score) else -1 for states in readings]
    scores = [
        float(states.score[top]) if top >= 0 else -np.inf
        for states, top in zip(readings, tops, strict=True)
    ]
    best = int(np.argmax(scores))
    return scores[best], (best + 1, tops[best])


def _traced(counts: Sequence[int], end: tuple[int, int], back: Sequence[_Back]) -> list[Band]:
    found: list[Band] = []
    number, state = end
    last = len(back)
    for at in range(len(back) - 1, -1, -1):
        come = back[at]
        if not number:
            if come.left:
                number, state = come.left
                last = at
            continue
        source = int(come.ways[number - 1].sources[state])
        if source < 0:
            found.append(Band(at, last, counts[number - 1]))
            number, state = come.before
            last = at
        else:
            state = source
    return found[::-1]
