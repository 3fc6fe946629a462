"""What is searched for: a set of paths through the page, one an article, and what it scores."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from jiaokan.stitch.items import Item
from jiaokan.stitch.seams.joins import IMPOSSIBLE, Joins
from jiaokan.stitch.weights import Weights

Floats = NDArray[np.float32]
Ints = NDArray[np.intp]

FORBIDDEN = 2 * IMPOSSIBLE
AHEAD = 3
"""Headings to come whose articles may have begun above them."""
LONG = 60
"""Characters from which on a fragment is not short."""


@dataclass(frozen=True)
class Problem:
    """All that the search needs to know of a page."""

    items: tuple[Item, ...]
    streams: int
    """Articles and, last, the stream of what belongs to no heading."""
    joins: Joins
    kinship: Floats
    """Bits of each item in each stream."""
    weights: Weights
    kept: frozenset[int] = frozenset()
    """Items that stay behind the item before them."""

    @cached_property
    def coming(self) -> tuple[int, ...]:
        """Of each item, how many headings stand before it: the number of the next one."""
        return tuple(accumulate((item.kind == "heading" for item in self.items), initial=0))

    @cached_property
    def behind(self) -> Floats:
        """Bits of each item behind each tail, shape (items, items + 2).

        The last two tails stand for an article that begins before its heading, and for the first
        text of no heading's.
        """
        count = len(self.items)
        behind = np.empty((count, count + 2), np.float32)
        behind[:, : count + 1] = self.joins.score.T
        behind[:, count + 1] = behind[:, count]
        atom = [item.kind == "atom" for item in self.items]
        behind[:, count] = np.where(atom, behind[:, count] + self.weights.early, FORBIDDEN)
        first = self.weights.carried, self.weights.stray
        behind[:, count + 1] += [first[before > 0] for before in self.coming[:-1]]
        return behind

    @cached_property
    def away(self) -> tuple[float, ...]:
        """Bits for leaving at each item the stream just read."""
        return tuple(leaving(self, index) for index in range(len(self.items)))


def leaving(problem: Problem, index: int) -> float:
    """Bits for leaving, at item `index`, the stream just read."""
    terms = parting(problem, index)
    return float(sum(getattr(problem.weights, name) * amount for name, amount in terms))


def parting(problem: Problem, index: int) -> tuple[tuple[str, float], ...]:
    """Which weights leaving the stream just read asks for at item `index`, and how much."""
    items = problem.items
    item = items[index]
    if item.kind == "affiliation":
        return (("affiliation_far", 1.0),)
    if item.inner:
        return (("switch_inline", 1.0), ("odds", item.odds))
    if index == 0 or items[index - 1].kind == "affiliation":
        return ()
    if items[index - 1].kind == "heading":
        return (("switch_heading", 1.0),)
    kind = "switch_closed" if problem.joins.closed[index - 1] else "switch_open"
    return ((kind, 1.0), ("switch_line", float(item.tight)))


def score(problem: Problem, streams: Sequence[int]) -> float:
    """The score of one set of paths, by the stream of each item."""
    items, weights, count = problem.items, problem.weights, len(problem.items)
    none = problem.streams - 1
    tails = [count] * none + [count + 1]
    current, begun, total = none, 0, 0.0
    for index, stream in enumerate(streams):
        item, tail = items[index], tails[stream]
        if item.kind == "heading":
            total += 0.0 if stream == item.article else FORBIDDEN
            if tail >= count:
                tails[stream] = index
        else:
            total += _alone(problem, index, stream, tail)
            if stream != current:
                total += problem.away[index]
                if index and item.kind == "atom":
                    size = items[index - 1].end - items[begun].start
                    total += weights.short * max(1 - size / LONG, 0)
            tails[stream] = index
        current = stream
        others = [at for number, at in enumerate(tails) if number != current and at < count]
        begun = min(max(others, default=-1) + 1, index)
    return total + float(problem.joins.ends[tails[:-1]].sum())


def _alone(problem: Problem, index: int, stream: int, tail: int) -> float:
    """Score of text behind a tail, whatever was read before it."""
    coming = problem.coming[index]
    if tail == len(problem.items) and not coming <= stream < coming + AHEAD:
        return FORBIDDEN  # its heading is still to come
    between = stream - coming if tail == len(problem.items) else 0
    bits = float(problem.behind[index, tail]) + float(problem.kinship[index, stream])
    return bits + problem.weights.further * between
