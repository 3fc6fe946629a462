"""Where the tops of columns belong among the lines below them: by how the texts go on.

Each top may stand before any line further down than the last top's, or nowhere. What speaks for a
place: the line goes on from the top, and the top from the line above, better than the line from
the line above; a blank line stands there. All ways to place the tops are summed up (forward and
backward over the lines), so that each place has a probability.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from jiaokan.stitch.learned import learned

Bits = NDArray[np.float32]
Odds = NDArray[np.float64]
Places = NDArray[np.intp]

CLEAR = 12.0
"""Bits that the counts say of a junction, at most."""
NEVER = -1e9
SURE = 0.8
"""Probability of a place from which on it says where others are."""
NEAR, FAR, SPREAD = 1.5, -1.5, 0.15
"""Natural logarithm of the odds that a column is as long as others, and far from it; share of a
column's length in which it falls by one."""
EVIDENCE = ("constant", "network", "counts", "blank line")
"""What the log odds of a place are made of (`bench/fit/tops.py`): whatever it is; bits by which
the texts go on so rather than as they stand, by the network and by the counts; that a blank line
stands there, 1 or -1."""


class Said(NamedTuple):
    """How well texts go on from one another, in the same paragraph or in another one."""

    network: Bits
    counts: Bits


class Below(NamedTuple):
    """The lines below the tops."""

    lines: Sequence[str]
    """Without blanks."""
    parted: Sequence[bool]
    """Whether a blank line stands before each."""


class Texts:
    """Some texts, as the network and the counts read them."""

    def __init__(self, texts: Sequence[str]) -> None:
        from jiaokan.language import towers, view, walk

        whole = "".join(one + "\n" for one in texts)
        starts = np.cumsum([0, *(len(one) + 1 for one in texts)])[:-1]
        self.starts = starts
        self.ends = starts + [len(one) for one in texts]
        spans = list(zip(starts.tolist(), self.ends.tolist(), strict=True))
        self._seen = towers.load().read(view(whole), spans)
        self._walked = walk(whole)

    def joins(self, tails: Places, heads: Places) -> Said:
        """How each head goes on from each tail: places in the texts; shape (tails, heads)."""
        from jiaokan.language.walked import Heads

        where = Heads(heads, self.ends[self.ends.searchsorted(heads)])
        wanted = np.ones((len(tails), len(heads)), np.bool_)
        alone = self._walked.alone(where)
        glued = self._walked.joins(tails, where, wanted) - alone
        opened = self._walked.begun(where) - alone
        parted = self._walked.ended(tails)[:, None] + opened[None, :]
        counts = np.clip(np.maximum(glued, parted), -CLEAR, CLEAR)
        return Said(self._seen.joins(tails, heads), counts)


def evidence(tops: Sequence[str], below: Below) -> Bits:
    """What speaks for each top before each line, shape (tops, lines, EVIDENCE)."""
    texts = Texts(["".join(below.lines), *tops])
    lines = np.cumsum([0, *map(len, below.lines)])[:-1]
    count = len(lines)
    tails, heads = np.append(lines, texts.ends[1:]), np.append(lines, texts.starts[1:])
    found = np.ones((len(tops), count, len(EVIDENCE)), np.float32)
    for number, bits in enumerate(texts.joins(tails, heads), 1):
        natural = np.diag(bits)[:count]
        found[:, :, number] = bits[count:, :count] + bits[:count, count:].T - natural
    found[:, :, -1] = np.where(below.parted, 1, -1)
    return found


def chances(tops: Sequence[str], below: Below) -> Odds:
    """Probability of each top before each line, shape (tops, lines)."""
    weights: list[float] = learned("tops")["weights"]
    return evenly(evidence(tops, below) @ np.array(weights))


def evenly(odds: Odds) -> Odds:
    """As `in_order`; what is sure says where the others are to be looked for, since columns that
    stand side by side are about as long below the same line."""
    found = in_order(odds)
    best = found.argmax(axis=1)
    sure = [at for at in range(len(odds)) if found[at, best[at]] >= SURE]
    if not sure or len(sure) == len(odds):
        return found
    known = {-1: 0} | {at: int(best[at]) for at in sure}
    steps = [(known[two] - known[one]) / (two - one) for one, two in pairwise(sorted(known))]
    lines = np.arange(odds.shape[1])
    more = np.array(odds)
    for at in set(range(len(odds))) - set(sure):
        before = max(one for one in known if one < at)
        after = min((one for one in known if one > at), default=None)
        step = float(np.median(steps))
        if after is not None:
            step = (known[after] - known[before]) / (after - before)
        expected = known[before] + step * (at - before)
        off = np.abs(lines - expected) / max(step, 1)
        more[at] += np.maximum(NEAR - off / SPREAD, FAR)
    return in_order(more)


def in_order(odds: Odds) -> Odds:
    """Probabilities from log odds against standing nowhere, shape (tops, lines).

    Before the first line none stands, and each further down than those before it.
    """
    tops, count = odds.shape
    odds = np.array(odds, np.float64)
    odds[:, :1] = NEVER
    ahead = np.full((tops + 1, count), NEVER)
    ahead[0, 0] = 0.0  # nothing is placed: as if before the first line
    behind = np.zeros((tops + 1, count))
    for at in range(tops):
        before = np.logaddexp.accumulate(ahead[at])
        ahead[at + 1] = ahead[at]
        ahead[at + 1, 1:] = np.logaddexp(ahead[at, 1:], before[:-1] + odds[at, 1:])
    for at in range(tops - 1, -1, -1):
        later = np.logaddexp.accumulate((odds[at] + behind[at + 1])[::-1])[::-1]
        behind[at] = behind[at + 1]
        behind[at, :-1] = np.logaddexp(behind[at + 1, :-1], later[1:])
    found = np.zeros((tops, count))
    for at in range(tops):
        before = np.logaddexp.accumulate(ahead[at])[:-1]
        found[at, 1:] = before + odds[at, 1:] + behind[at + 1, 1:] - behind[0, 0]
        found[at, 1:] = np.exp(np.minimum(found[at, 1:], 0))
    return found
