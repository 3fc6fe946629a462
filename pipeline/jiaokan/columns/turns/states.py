"""How lines take turns between columns: the states of a reading, and what each way costs.

The columns' lines come in the order of the columns, over and over. A turn may be left out:
the column has ended, has not begun, or has a blank line there. Of the states that a reading may be
in, the best are kept.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Bits = NDArray[np.float64]
Indices = NDArray[np.intp]

REACH = {2: 5, 3: 7, 4: 8, 5: 9, 6: 11, 7: 12, 8: 14}
"""How many lines back the last line of a stream is known, by the number of streams."""
MOST = max(REACH)
"""Streams at most."""
LAGS = max(REACH.values()) + 1
"""How many lines back one is that may be gone on from."""
KEPT, SKIMMED = 256, 64
"""States of a reading that are kept from line to line, and while bands are looked for."""
FRESH = 5.2
"""Bits that it costs a stream to go on from nothing that is near."""
BEGIN = 0.0
"""The same where it had not begun."""
WAIT = 3.0
"""Bits that it costs to leave out the turn of a stream that has not begun."""
SKIP = 3.0, 3.5, 2.0
"""Bits that it costs to leave out a turn, by what the stream's last line is: a paragraph's end, an
open line, a heading."""
SHOWN = 5.2
"""Bits that it costs less where a blank line shows."""
AGAIN = 0.2
"""Bits that it costs once a turn was left out."""
GONE = 0.0
"""The same once nothing of the stream is near."""
STAY = 3.0
"""Bits that it costs to go on in the same row, behind a piece of a line."""
FAR = -1
"""The stream's last line is not near."""
UNBEGUN = -2
"""The stream has no line yet; streams begin in their order."""


class States(NamedTuple):
    """States that a reading may be in behind a line."""

    score: Bits
    back: Indices
    """For each stream how far back its last line is, 0 for this line; shape (states, streams)."""


class Ways(NamedTuple):
    """How the states behind a line came about."""

    sources: Indices
    """The states behind the line before."""
    streams: Indices
    """The streams that the line was given to."""
    lags: Indices
    """How far back the lines are that it goes on from; 0: there is none."""
    costs: Bits
    """What the turns cost."""


def first(count: int, score: float = 0.0) -> States:
    """The state behind the first line of a band with that many streams."""
    return States(np.array([score]), np.array([[0, *[UNBEGUN] * (count - 1)]]))


def entered(states: States, ways: Ways, score: float) -> tuple[States, Ways]:
    """The states, and beside them that of a band which begins at this line; its source is -1."""
    new = first(states.back.shape[1], score)
    none = Ways(np.array([-1]), np.array([0]), np.array([0]), np.zeros(1))
    both = [np.concatenate(pair) for pair in zip(states, new, strict=True)]
    return States(*both), Ways(*(np.concatenate(pair) for pair in zip(ways, none, strict=True)))


def nothing(count: int) -> States:
    """No state."""
    return States(np.zeros(0), np.zeros((0, count), np.intp))


def take(
    states: States, kinds: Indices, blank: bool, worth: Bits, most: int
) -> tuple[States, Ways]:
    """The states behind the next line, the best of them.

    `kinds`: of the lines before it, the nearest first: 0 where a paragraph may end, 1 where it is
    open, 2 for a heading; LAGS of them. `blank`: whether a blank line stands before it. `worth`:
    bits for it behind the line so far back, in each stream, shape (LAGS + 1, streams); [0] is for
    nothing.
    """
    count = states.back.shape[1]
    here = (states.back == 0).argmax(axis=1)
    turns = (here[:, None] + 1 + np.arange(count)) % count
    back = np.take_along_axis(states.back, turns, axis=1)
    skips = np.array(SKIP)[kinds[np.maximum(back, 0)]] - SHOWN * blank
    skips = np.where(back < count, skips, AGAIN)
    skips = np.where(back < 0, np.where(back == FAR, GONE, WAIT), skips)
    costs = np.cumsum(skips, axis=1) - skips
    costs += np.where(back < 0, np.where(back == FAR, FRESH, BEGIN), 0.0)
    if kinds[0] == 2:  # the last turn is that of the stream that has the line before
        costs[:, -1] = np.minimum(costs[:, -1], STAY)
    begun = count - (states.back == UNBEGUN).sum(axis=1)
    costs[(back == UNBEGUN) & (turns != begun[:, None])] = np.inf
    lags = np.maximum(back + 1, 0)
    score = (states.score[:, None] - costs + worth[lags, turns]).ravel()
    best = np.argsort(-score, kind="stable")[: 2 * most]
    best = best[score[best] > -np.inf]
    source, turn = np.divmod(best, count)
    stream = turns[source, turn]
    reach = REACH[count]
    older = states.back[source]
    older = np.where(older < 0, older, np.where(older == reach, FAR, older + 1))
    older[np.arange(len(best)), stream] = 0
    keys = (older - UNBEGUN) @ ((reach + 3) ** np.arange(count))
    kept = np.sort(np.unique(keys, return_index=True)[1])[:most]
    ways = Ways(source[kept], stream[kept], lags[source, turn][kept], costs[source, turn][kept])
    return States(score[best][kept], older[kept]), ways
