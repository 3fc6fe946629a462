"""Lines → streams: the most probable way to deal out lines that alternate between columns.

In the natural reading each line goes on behind the one before it. Bands are the stretches
of lines that rather take turns between two to four streams (`jiaokan.stitch.turns`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from jiaokan.stitch.turns import LAGS, Bits, Indices, Turns, turns

Flags = NDArray[np.bool_]

RESUME, REOPEN = 5.6, 4.0
"""Bits that it costs a stream to go on behind a turn left out: if its last line is open, and if a
paragraph ends with it though neither a heading nor a blank line is near."""
ENTER = 13.0
"""Bits that it costs to begin a band of columns."""
ANEW = -2.0
"""The same behind a blank line."""
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


class Dealt(NamedTuple):
    """Lines that were dealt out to streams."""

    streams: tuple[int, ...]
    """Each line's stream."""
    lags: tuple[int, ...]
    """How far back the line is that each one goes on from; 0: there is none."""
    bits: float
    """What the joins say for it, less what the turns cost."""


Step = tuple[Bits, Indices]
"""For each state its score, and the way that leads to it."""


def _step(turns: Turns, score: Bits, lines: Lines, joins: Bits, at: int) -> Step:
    costs = turns.costs(lines.kinds, at, bool(lines.blank[at]))
    tried = score[turns.sources] - costs + joins[at][turns.lags]
    ways = tried.argmax(axis=1)
    return tried[np.arange(len(ways)), ways], ways


def deal(lines: Lines, count: int, kin: Bits | None = None) -> Dealt:
    """Deal out the lines of a band; `kin`: bits for each line in each stream."""
    found = turns(count)
    score = np.full(len(found.labels), -np.inf)
    score[found.first] = 0.0
    back: list[Indices] = []
    joins = lines.behind(count)
    for at in range(1, len(lines)):
        score, ways = _step(found, score, lines, joins, at)
        if kin is not None:
            score = score + kin[at][found.labels]
        back.append(ways)
    state = int(score.argmax())
    streams: list[int] = []
    lags: list[int] = []
    bits = 0.0
    for at in range(len(lines) - 1, 0, -1):
        way = int(back[at - 1][state])
        lag = int(found.lags[state, way])
        streams.append(int(found.labels[state]))
        lags.append(lag)
        cost = found.costs(lines.kinds, at, bool(lines.blank[at]))[state, way]
        bits += float(joins[at, lag] - cost)
        state = int(found.sources[state, way])
    return Dealt((0, *streams[::-1]), (0, *lags[::-1]), bits)


class _Back(NamedTuple):
    """How the readings got to a line; reading 0 is the natural one."""

    ways: tuple[Indices, ...]
    begun: tuple[bool, ...]
    """For each reading, whether a band that begins here is better than one that goes on."""
    before: tuple[int, int]
    """The reading, and its state, behind which a band begins here."""
    left: tuple[int, int] | None
    """Those of the band that was left for the natural reading."""


def bands(lines: Lines, counts: Sequence[int]) -> list[Band]:
    """The bands of columns among the lines; `counts`: of streams, to be tried."""
    readings = [turns(count) for count in counts]
    joins = [lines.behind(count) for count in counts]
    scores = [np.full(len(reading.labels), -np.inf) for reading in readings]
    plain = 0.0
    back: list[_Back] = []
    for at in range(len(lines)):
        band, top = _best(scores)
        blank = bool(lines.blank[at])
        behind = float(lines.joins[at, 1])
        onward = max(behind, 0.0)
        enter = max(plain + onward, band) - (ANEW if blank or not at else ENTER)
        steps = [
            _step(reading, score, lines, known, at)
            for reading, score, known in zip(readings, scores, joins, strict=True)
        ]
        scores = [score for score, _ in steps]
        begun: list[bool] = []
        for reading, score in zip(readings, scores, strict=True):
            begun.append(bool(enter > score[reading.first]))
            score[reading.first] = max(enter, score[reading.first])
        before = (0, 0) if plain + onward >= band else top
        natural, left = plain + behind, band + onward - (CLEARLY if blank else LEAVE)
        plain = max(natural, left)
        ways = tuple(way for _, way in steps)
        back.append(_Back(ways, tuple(begun), before, None if natural >= left else top))
    band, top = _best(scores)
    return _traced(readings, top if band > plain else (0, 0), back)


def _best(scores: Sequence[Bits]) -> tuple[float, tuple[int, int]]:
    """The best score of all bands, its reading (from 1 on) and its state."""
    tops = [int(score.argmax()) for score in scores]
    best = max(range(len(scores)), key=lambda number: float(scores[number][tops[number]]))
    return float(scores[best][tops[best]]), (best + 1, tops[best])


def _traced(readings: Sequence[Turns], end: tuple[int, int], back: Sequence[_Back]) -> list[Band]:
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
        reading = readings[number - 1]
        if state == reading.first and come.begun[number - 1]:
            found.append(Band(at, last, reading.count))
            number, state = come.before
            last = at
        else:
            state = int(reading.sources[state, come.ways[number - 1][state]])
    return found[::-1]
