"""The most probable set of paths through the page: one path an article.

A beam over states (the stream just read, the last item of every stream). All
edges between the states that survive are kept, so that the probability of
every predecessor can be read off by going forward and backward over them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from jiaokan.stitch.items import Item
from jiaokan.stitch.joins import IMPOSSIBLE, Joins
from jiaokan.stitch.weights import Weights

Floats = NDArray[np.float32]
Ints = NDArray[np.intp]

FORBIDDEN = 2 * IMPOSSIBLE
LONG = 60
"""Characters from which on a fragment is not short."""
EDGES = 4
"""Edges that an item has at most, for each state that is kept."""


@dataclass(frozen=True, slots=True)
class Layer:
    """The states behind one item, and the edges that lead to them."""

    tails: Ints
    """Last item of each stream, shape (states, streams)."""
    current: Ints
    """The stream just read, shape (states,)."""
    score: Floats
    """Best score so far, shape (states,)."""
    parent: Ints
    """Edge's state in the layer before, shape (edges,)."""
    child: Ints
    """Edge's state in this layer, shape (edges,)."""
    gain: Floats
    """Edge's score, shape (edges,)."""
    previous: Ints
    """The item that the edge takes as predecessor, shape (edges,)."""


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
        """Bits of each item behind each tail, shape (items, items + 1)."""
        return np.ascontiguousarray(self.joins.score.T)

    @cached_property
    def starts(self) -> Ints:
        """Where each item starts in the text."""
        return np.array([item.start for item in self.items])

    @cached_property
    def away(self) -> tuple[float, ...]:
        """Bits for leaving at each item the stream just read."""
        return tuple(leaving(self, index) for index in range(len(self.items)))


def search(problem: Problem, beam: int) -> list[Layer]:
    """One layer an item; the first stands for the page's start."""
    count = len(problem.items)
    tails = np.full((1, problem.streams), count)
    none = np.zeros(0, np.intp)
    start = Layer(
        tails,
        np.array([problem.streams - 1]),
        np.zeros(1, np.float32),
        none,
        none,
        none.astype(np.float32),
        none,
    )
    layers = [start]
    rng = np.random.default_rng(0)
    keys = rng.integers(1, 2**62, size=(problem.streams, count + 1), dtype=np.int64)
    for index in range(count):
        layers.append(_step(problem, layers[-1], index, keys, beam))
    return layers


def _step(problem: Problem, layer: Layer, index: int, keys: NDArray[np.int64], beam: int) -> Layer:
    gains = _gains(problem, layer, index)
    flat = gains.ravel()
    edges = np.flatnonzero(flat > IMPOSSIBLE)
    if not len(edges):
        edges = np.flatnonzero(flat == flat.max())
    states = edges // problem.streams
    total = layer.score[states] + flat[edges]
    best = np.argsort(-total, kind="stable")[: EDGES * beam]
    edges, states, total = edges[best], states[best], total[best]
    streams = edges % problem.streams
    previous = layer.tails[states, streams]
    tail = np.full(len(edges), index)
    if problem.items[index].kind == "heading":
        tail = np.where(previous < len(problem.items), previous, index)  # it began before it
    # what is left of a state: its tails; who read last is the one whose tail is this item
    base = keys[np.arange(problem.streams)[None, :], layer.tails].sum(axis=1)
    hashes = base[states] - keys[streams, previous] + keys[streams, tail]
    _, first, group = np.unique(hashes, return_index=True, return_inverse=True)
    ranking = np.argsort(first)[:beam]
    slots = np.full(len(first), -1)
    slots[ranking] = np.arange(len(ranking))
    winners = first[ranking]
    child = slots[group]
    kept = child >= 0
    tails = layer.tails[states[winners]]
    tails[np.arange(len(winners)), streams[winners]] = tail[winners]
    return Layer(
        tails,
        streams[winners],
        total[winners],
        states[kept],
        child[kept],
        flat[edges[kept]],
        previous[kept],
    )


def _gains(problem: Problem, layer: Layer, index: int) -> Floats:
    """Score of giving item `index` to each stream, for each state. Shape (states, streams)."""
    item, weights = problem.items[index], problem.weights
    if item.kind == "heading":
        only: Floats = np.full(layer.tails.shape, FORBIDDEN, np.float32)
        only[:, item.article] = 0.0
        return only
    gains: Floats = problem.behind[index][layer.tails] + (
        problem.kinship[index] + np.float32(problem.away[index])
    )
    if index and item.kind == "atom":
        gains += weights.short * shortness(problem, layer, index)[:, None]
    states = np.arange(len(layer.current))
    gains[states, layer.current] = (
        problem.behind[index][layer.tails[states, layer.current]]
        + problem.kinship[index][layer.current]
    )
    last = problem.streams - 1
    coming = problem.coming[index]
    empty = layer.tails == len(problem.items)
    waits = coming
    if coming < last and item.kind == "atom":
        gains[empty[:, coming], coming] += weights.early
        waits += 1
    gains[:, waits:last][empty[:, waits:last]] = FORBIDDEN  # its heading is still to come
    if index in problem.kept:
        elsewhere = np.ones(gains.shape, np.bool_)
        elsewhere[states, layer.current] = False
        gains[elsewhere] = FORBIDDEN
    gains[empty[:, last], last] += weights.stray if coming else weights.carried
    return gains


def shortness(problem: Problem, layer: Layer, index: int) -> Floats:
    """How short the fragment is that each state would leave at item `index`, 1 to 0.

    The fragment began behind the last item of any other stream. Shape (states,).
    """
    others = np.where(layer.tails == len(problem.items), -1, layer.tails)
    others[np.arange(len(others)), layer.current] = -1
    begun = problem.starts[np.minimum(others.max(axis=1) + 1, index - 1)]
    size = problem.items[index - 1].end - begun
    short: Floats = np.maximum(1 - size / LONG, 0).astype(np.float32)
    return short


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


def endings(problem: Problem, layer: Layer) -> Floats:
    """Score of the page's end for each state: every stream must come to an end."""
    ends = problem.joins.ends[layer.tails]
    ends[:, -1] = 0.0  # what came from elsewhere may go on elsewhere
    total: Floats = ends.sum(axis=1).astype(np.float32)
    return total


def score(problem: Problem, streams: Sequence[int]) -> float:
    """The score of one set of paths, by the stream of each item."""
    count = len(problem.items)
    none = np.zeros(0, np.intp)
    tails = np.full((1, problem.streams), count)
    current = np.array([problem.streams - 1])
    total = 0.0
    for index, stream in enumerate(streams):
        layer = Layer(
            tails, current, np.zeros(1, np.float32), none, none, none.astype(np.float32), none
        )
        total += float(_gains(problem, layer, index)[0, stream])
        if problem.items[index].kind != "heading" or tails[0, stream] == count:
            tails[0, stream] = index
        current = np.array([stream])
    last = Layer(tails, current, np.zeros(1, np.float32), none, none, none.astype(np.float32), none)
    return total + float(endings(problem, last)[0])


def best_path(problem: Problem, layers: list[Layer]) -> tuple[Ints, Ints]:
    """Stream and predecessor of each item on the best set of paths."""
    count = len(problem.items)
    streams = np.zeros(count, np.intp)
    previous = np.full(count, count)
    state = int(np.argmax(layers[-1].score + endings(problem, layers[-1])))
    for index in range(count - 1, -1, -1):
        layer, before = layers[index + 1], layers[index]
        edges = np.nonzero(layer.child == state)[0]
        scores = before.score[layer.parent[edges]] + layer.gain[edges]
        edge = edges[int(np.argmax(scores))]
        streams[index] = layer.current[state]
        previous[index] = layer.previous[edge]
        state = int(layer.parent[edge])
    return streams, previous


@dataclass(frozen=True, slots=True)
class Chances:
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


def marginals(problem: Problem, layers: list[Layer], temperature: float) -> Chances:
    """Go forward and backward over the edges; scores are divided by the temperature."""
    scale = np.log(2) / temperature  # bits to natural logarithms
    forward = [np.zeros(1)]
    for layer in layers[1:]:
        mass = np.full(len(layer.current), -np.inf)
        np.logaddexp.at(mass, layer.child, forward[-1][layer.parent] + layer.gain * scale)
        forward.append(mass)
    backward = (endings(problem, layers[-1]) * scale).astype(np.float64)
    total = np.logaddexp.reduce(forward[-1] + backward)
    count = len(problem.items)
    final = np.exp(forward[-1] + backward - total)
    tails = layers[-1].tails[:, :-1]
    last = np.bincount(tails.ravel(), np.repeat(final, tails.shape[1]), minlength=count + 1)[:count]
    previous = np.zeros((count, count + 1), np.float32)
    shares, entered = np.zeros((2, count, problem.streams), np.float32)
    away, short = np.zeros((2, count), np.float32)
    for index in range(count - 1, -1, -1):
        layer = layers[index + 1]
        through = layer.gain * scale + backward[layer.child]
        weight = np.exp(forward[index][layer.parent] + through - total)
        previous[index] = np.bincount(layer.previous, weight, minlength=count + 1)
        to = layer.current[layer.child]
        shares[index] = np.bincount(to, weight, minlength=problem.streams)
        left = to != layers[index].current[layer.parent]
        away[index] = weight[left].sum()
        if index and problem.items[index].kind == "atom":
            sizes = shortness(problem, layers[index], index)
            short[index] = (weight * sizes[layer.parent])[left].sum()
        first = layer.previous == count
        entered[index] = np.bincount(to[first], weight[first], minlength=problem.streams)
        backward = np.full(len(layers[index].current), -np.inf)
        np.logaddexp.at(backward, layer.parent, through)
    return Chances(previous.T, shares, away, short, entered, last.astype(np.float32))
