"""How lines take turns between columns: the states of a reading, and what each way costs.

The columns' lines come in the order of the columns, over and over. A turn may be left out:
the column has ended, has not begun, or has a blank line there.
"""

from dataclasses import dataclass, field
from functools import cache
from itertools import product

import numpy as np
from numpy.typing import NDArray

Bits = NDArray[np.float64]
Indices = NDArray[np.intp]

REACH = {2: 5, 3: 7, 4: 6}
"""How many lines back the last line of a stream is known, by the number of streams."""
MOST = max(REACH)
"""Streams at most."""
LAGS = max(REACH.values()) + 1
"""How many lines back one is that may be gone on from."""
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
FAR = -1
"""The stream's last line is not near."""
UNBEGUN = -2
"""The stream has no line yet; streams begin in their order."""
State = tuple[int, ...]
"""For each stream, how far back its last line is; the present line's is 0."""


@dataclass(frozen=True, slots=True)
class Turns:
    """The states of a reading with `count` streams, and the ways from one to another."""

    count: int
    labels: Indices
    """For each state its line's stream."""
    first: int
    """The state in which a band begins."""
    sources: Indices
    """For each state those that lead to it, the last one repeated; shape (states, ways)."""
    lags: Indices
    """For each way how far back the line is that this one goes on from; 0: there is none."""
    fixed: Bits
    """For each way what it costs, but for the turns below."""
    skipped: Indices
    """For each way how far back the last lines are of streams whose turn is left out for the
    first time; 0: there is none. Shape (states, ways, count - 1)."""
    known: dict[tuple[int, ...], Bits] = field(default_factory=dict)
    """Costs that were asked for."""

    def costs(self, kinds: Indices, line: int, blank: bool) -> Bits:
        """For each way what it costs at a line, behind a blank line or not.

        `kinds`: for each line 0 where a paragraph may end, 1 where it is open, 2 for a heading.
        """
        near = [int(kinds[line - back]) if back <= line else 0 for back in range(1, self.count + 1)]
        key = (blank, *near)
        if key not in self.known:
            bits = np.array([0.0, *(SKIP[one] - SHOWN * blank for one in near)])
            self.known[key] = self.fixed + bits[self.skipped].sum(axis=2)
        return self.known[key]


@cache
def turns(count: int) -> Turns:
    """All states with that many streams."""
    reach = REACH[count]
    states = [state for state in product(range(UNBEGUN, reach + 1), repeat=count) if _can_be(state)]
    number = {state: index for index, state in enumerate(states)}
    ways: list[list[tuple[float, ...]]] = [[] for _ in states]
    for state in states:
        last = state.index(0)
        older = tuple(at if at < 0 else FAR if at == reach else at + 1 for at in state)
        begun = count - state.count(UNBEGUN)
        for step in range(1, count + 1):
            stream = (last + step) % count
            if stream > begun:
                continue
            at = state[stream]
            between = [state[(last + left) % count] for left in range(1, step)]
            cost = BEGIN if at == UNBEGUN else FRESH if at == FAR else 0.0
            cost += sum(_skip(left) for left in between if not 0 <= left < count)
            skipped = [left + 1 for left in between if 0 <= left < count]
            skipped += [0] * (count - 1 - len(skipped))
            to = number[(*older[:stream], 0, *older[stream + 1 :])]
            ways[to].append((cost, number[state], max(at + 1, 0), *skipped))
    most = max(map(len, ways))
    for found in ways:
        # a state that nothing leads to is only ever a band's first one
        found += [found[-1] if found else (np.inf,) + (0,) * (count + 1)] * (most - len(found))
    table = np.array(ways)
    whole = table[:, :, 1:].astype(np.intp)
    labels = np.array([state.index(0) for state in states])
    first = number[(0,) + (UNBEGUN,) * (count - 1)]
    sources, lags, skips = whole[:, :, 0], whole[:, :, 1], whole[:, :, 2:]
    return Turns(count, labels, first, sources, lags, table[:, :, 0], skips)


def _can_be(state: State) -> bool:
    near = [at for at in state if at >= 0]
    begun = len(state) - state.count(UNBEGUN)
    return near.count(0) == 1 and len(set(near)) == len(near) and UNBEGUN not in state[:begun]


def _skip(at: int) -> float:
    """What it costs to leave out the turn of a stream that is not there, or was left out."""
    return WAIT if at == UNBEGUN else GONE if at == FAR else AGAIN
