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

from jiaokan.stitch.search.beam import Lattice, begins, endings
from jiaokan.stitch.search.problem import Floats, Ints, Problem

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
    """All edges of a lattice between states that were kept, in one row; all states in another."""

    kept: Ints
    """Their numbers among all that the lattice has."""
    item: Ints
    """Item that each edge leads to."""
    parent: Ints
    """State that it leaves."""
    child: Ints
    """State that it leads to."""
    reached: Floats
    sizes: Ints
    """Edges to each item."""
    states: list[int]
    """The first state of each layer, and their number."""
    current: Ints
    """Of each state, see `Layer`."""
    score: Floats
    short: Floats


def shares(problem: Problem, lattice: Lattice, temperature: float) -> Floats:
    """Probability of each stream for each item, shape (items, streams)."""
    edges = _edges(lattice)
    weight, _ = _weights(edges, endings(problem, lattice), temperature)
    return _by_stream(problem, edges, weight)


def marginals(problem: Problem, lattice: Lattice, temperature: float) -> Chances:
    """All probabilities; scores are divided by the temperature."""
    edges = _edges(lattice)
    weight, final = _weights(edges, endings(problem, lattice), temperature)
    count, item = len(problem.items), edges.item
    tails = lattice.tails[:, 1:]
    last = np.bincount(tails.ravel(), np.repeat(final, tails.shape[1]), minlength=count + 2)
    before = np.concatenate([layer.previous for layer in lattice.layers]).take(edges.kept)
    before = np.minimum(before, count, out=before)
    previous = np.bincount(before * count + item, weight, minlength=(count + 1) * count)
    away = weight * (edges.current.take(edges.child) != edges.current.take(edges.parent))
    atom = np.array([at > 0 and one.kind == "atom" for at, one in enumerate(problem.items)])
    short = away * edges.short.take(edges.parent) * atom[item]
    return Chances(
        previous.reshape(count + 1, count).astype(np.float32),
        _by_stream(problem, edges, weight),
        np.bincount(item, away, minlength=count).astype(np.float32),
        np.bincount(item, short, minlength=count).astype(np.float32),
        _by_stream(problem, edges, weight * (before == count)),
        last[:count].astype(np.float32),
    )


def _by_stream(problem: Problem, edges: _Edges, weight: Doubles) -> Floats:
    """The edges' weights, added up by item and stream."""
    count, streams = len(problem.items), problem.streams
    stream = (edges.current.take(edges.child) - 1) % streams
    sums = np.bincount(edges.item * streams + stream, weight, minlength=count * streams)
    return sums.reshape(count, streams).astype(np.float32)


def _edges(lattice: Lattice) -> _Edges:
    """The lattice in rows.

    In one row for all items this costs a fraction of what it would cost in each step of the search.
    """
    layers = lattice.layers[1:]
    count = np.array([len(layer.parent) for layer in layers])
    states = np.cumsum([0, *(len(layer.score) for layer in lattice.layers)])
    offsets = np.cumsum(count) - count
    came = np.concatenate([layer.came for layer in layers])
    came += offsets.repeat(np.diff(states)[1:])
    child = np.zeros(count.sum(), np.intp)  # of best edges; 0, the page's start, of all others
    child[came] = np.arange(1, states[-1])
    names = np.concatenate([layer.names for layer in layers])
    new = begins(names, lattice.low)
    new[offsets] = True
    names &= lattice.low
    edge = names.view(np.intp)
    edge += offsets.repeat(count)
    alike = new.nonzero()[0]  # of edges to one state, the best one
    child[edge] = child.take(edge.take(alike)).repeat(np.diff(alike, append=len(edge)))
    kept = (child > 0).nonzero()[0]
    item = np.repeat(np.arange(len(layers)), count).take(kept)
    parent = np.concatenate([layer.parent for layer in layers]).take(kept)
    parent += states.take(item)
    return _Edges(
        kept,
        item,
        parent,
        child.take(kept),
        np.concatenate([layer.reached for layer in layers]).take(kept),
        np.bincount(item, minlength=len(layers)),
        states.tolist(),
        np.concatenate([layer.current for layer in lattice.layers]),
        np.concatenate([layer.score for layer in lattice.layers]),
        np.concatenate([layer.short for layer in lattice.layers]),
    )


def _weights(edges: _Edges, ends: Floats, temperature: float) -> tuple[Doubles, Doubles]:
    """Probability of each edge, and of each state at the page's end. Forward and backward.

    What an edge falls short of the best one to its state is all that counts: the best ways
    themselves need no sums, and nothing grows beyond their number. `ends`: see
    `jiaokan.stitch.search.beam.endings`.
    """
    scale = np.log(2) / temperature  # bits to natural logarithms
    share = np.exp((edges.reached - edges.score.take(edges.child)) * scale)
    bounds = np.append(0, edges.sizes.cumsum())
    states, sizes = edges.states, np.diff(edges.states).tolist()
    parents = edges.parent - np.repeat(states[:-2], edges.sizes)
    children = edges.child - np.repeat(states[1:-1], edges.sizes)
    layers = [
        (share[low:high], parents[low:high], children[low:high])
        for low, high in pairwise(bounds.tolist())
    ]
    forward: list[Doubles] = [np.ones(1)]
    for number, (one, parent, child) in enumerate(layers):
        ways = np.bincount(child, forward[-1].take(parent) * one, sizes[number + 1])
        forward.append(ways / (1.0 if number % EVEN else ways.max()))
    end = (ends + edges.score[states[-2] :]) * scale
    backward = np.exp(end - end.max())
    final = forward[-1] * backward
    weights: list[Doubles] = []
    for number in range(len(layers) - 1, -1, -1):
        one, parent, child = layers[number]
        through = one * backward.take(child)
        weights.append(through * forward[number].take(parent))
        backward = np.bincount(parent, through, sizes[number])
        if not number % EVEN:
            backward = backward / backward.max()
    weight = np.concatenate(weights[::-1])
    weight /= np.repeat(np.add.reduceat(weight, bounds[:-1]), edges.sizes)
    return weight, final / final.sum()
