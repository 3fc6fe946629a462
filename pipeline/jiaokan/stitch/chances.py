"""How probable each predecessor and each stream of an item is, over all paths that the search kept.

Forward and backward over the edges of the search (Rabiner 1989); scores are divided by a
temperature. Each layer's sums are scaled to 1, and the scales left out: only shares are asked for.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple, overload

import numpy as np
from numpy.typing import NDArray

from jiaokan.stitch.problem import Floats, Problem
from jiaokan.stitch.search import Lattice, endings

Doubles = NDArray[np.float64]

EVEN = 16
"""Items after which the sums are scaled to 1 at most, so that they do not overflow."""


class Chances(NamedTuple):
    """Probabilities over all paths in the beam."""

    previous: Floats
    """Of each predecessor of each item, the start of a stream last; shape (items + 1, items)."""
    stream: Floats
    """Of each item in each stream, shape (items, streams)."""
    away: Floats
    """Of leaving at each item the stream just read, shape (items,)."""
    short: Floats
    """The same, times how short the fragment is that is left, shape (items,)."""
    entered: Floats
    """Of each item's being the first of each stream, shape (items, streams)."""
    last: Floats
    """Of each item's being the last of its article, shape (items,)."""


@dataclass(frozen=True, slots=True)
class Predecessors(Sequence[Mapping[int, float]]):
    """For each item, the probability of each predecessor that has any."""

    table: Floats
    """See `Chances.previous`."""

    def __len__(self) -> int:
        return len(self.table[0])

    @overload
    def __getitem__(self, item: int) -> dict[int, float]: ...
    @overload
    def __getitem__(self, item: slice) -> list[dict[int, float]]: ...
    def __getitem__(self, item: int | slice) -> dict[int, float] | list[dict[int, float]]:
        if isinstance(item, slice):
            return [self[at] for at in range(*item.indices(len(self)))]
        column = self.table[:, item]
        found = column.nonzero()[0]
        return dict(zip(found.tolist(), column.take(found).tolist(), strict=True))


class _Edges(NamedTuple):
    """All edges of a lattice in one row."""

    item: NDArray[np.intp]
    """Item that each edge leads to."""
    weight: Doubles
    """Probability of each edge."""
    final: Doubles
    """Of each state at the page's end."""


def shares(problem: Problem, lattice: Lattice, temperature: float) -> Floats:
    """Probability of each stream for each item, shape (items, streams)."""
    edges = _edges(problem, lattice, temperature)
    return _by_stream(problem, lattice, edges.item, edges.weight)


def marginals(problem: Problem, lattice: Lattice, temperature: float) -> Chances:
    """All probabilities; scores are divided by the temperature."""
    edges = _edges(problem, lattice, temperature)
    layers, item, weight = lattice.layers, edges.item, edges.weight
    count = len(problem.items)
    tails = lattice.tails[:, 1:]
    last = np.bincount(tails.ravel(), np.repeat(edges.final, tails.shape[1]), minlength=count + 2)[
        :count
    ]
    before = np.minimum(np.concatenate([layer.previous for layer in layers[1:]]), count)
    previous = np.bincount(before * count + item, weight, minlength=(count + 1) * count)
    left = np.concatenate(
        [
            layer.current[layer.child] != above.current[layer.parent]
            for above, layer in pairwise(layers)
        ]
    )
    atom = np.array([at > 0 and one.kind == "atom" for at, one in enumerate(problem.items)])
    size = np.concatenate([above.short[layer.parent] for above, layer in pairwise(layers)])
    first = before == count
    return Chances(
        previous.reshape(count + 1, count).astype(np.float32),
        _by_stream(problem, lattice, item, weight),
        np.bincount(item, weight * left, minlength=count).astype(np.float32),
        np.bincount(item, weight * left * size * atom[item], minlength=count).astype(np.float32),
        _by_stream(problem, lattice, item, weight * first),
        last.astype(np.float32),
    )


def _by_stream(
    problem: Problem, lattice: Lattice, item: NDArray[np.intp], weight: Doubles
) -> Floats:
    """The edges' weights, added up by item and stream."""
    column = np.concatenate([layer.current[layer.child] for layer in lattice.layers[1:]])
    count, streams = len(problem.items), problem.streams
    stream = (column - 1) % streams
    sums = np.bincount(item * streams + stream, weight, minlength=count * streams)
    return sums.reshape(count, streams).astype(np.float32)


def _edges(problem: Problem, lattice: Lattice, temperature: float) -> _Edges:
    """Forward and backward. What an edge falls short of the best one to its state is all that
    counts: the best ways themselves need no sums, and nothing grows beyond their number."""
    scale = np.log(2) / temperature  # bits to natural logarithms
    layers = lattice.layers[1:]
    sizes = np.array([len(layer.parent) for layer in layers])
    bounds = np.append(0, np.cumsum(sizes)).tolist()
    score = np.concatenate([layer.score for layer in layers])
    states = np.cumsum([0, *(len(layer.score) for layer in layers[:-1])])
    short = np.concatenate([layer.reached for layer in layers])
    short -= score.take(np.concatenate([layer.child for layer in layers]) + states.repeat(sizes))
    share = np.exp(short * scale)
    shares = [share[low:high] for low, high in pairwise(bounds)]
    forward: list[Doubles] = [np.ones(1)]
    for number, (layer, one) in enumerate(zip(layers, shares, strict=True)):
        ways = np.bincount(layer.child, forward[-1][layer.parent] * one, len(layer.score))
        forward.append(ways / (1.0 if number % EVEN else ways.max()))
    end = (endings(problem, lattice) + lattice.layers[-1].score) * scale
    backward = np.exp(end - end.max())
    final = forward[-1] * backward
    weights: list[Doubles] = []
    for number in range(len(layers) - 1, -1, -1):
        layer = layers[number]
        through = shares[number] * backward[layer.child]
        weights.append(through * forward[number][layer.parent])
        backward = np.bincount(layer.parent, through, len(forward[number]))
        if not number % EVEN:
            backward = backward / backward.max()
    weight = np.concatenate(weights[::-1])
    weight /= np.repeat(np.add.reduceat(weight, bounds[:-1]), sizes)
    return _Edges(np.repeat(np.arange(len(layers)), sizes), weight, final / final.sum())
