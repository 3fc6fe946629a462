"""The most probable set of paths through the page: one path an article.

A beam over states (the stream just read, the last item of every stream). All
edges between the states that survive are kept, so that the probability of
every predecessor can be read off by going forward and backward over them.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jiaokan.stitch.items import Item
from jiaokan.stitch.joins import IMPOSSIBLE, Joins
from jiaokan.stitch.weights import Weights

Floats = NDArray[np.float32]
Ints = NDArray[np.intp]


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


@dataclass(frozen=True, slots=True)
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
    states, streams = np.nonzero(gains > IMPOSSIBLE)
    if not len(states):
        states, streams = np.nonzero(gains == gains.max())
    gain = gains[states, streams]
    total = layer.score[states] + gain
    rows = np.arange(problem.streams)
    base = keys[rows[None, :], layer.tails].sum(axis=1)
    previous = layer.tails[states, streams]
    # what is left of a state: its tails; who read last is the one whose tail is this item
    hashes = base[states] - keys[streams, previous] + keys[streams, index]
    order = np.lexsort((streams, states, -total))
    _, first, group = np.unique(hashes[order], return_index=True, return_inverse=True)
    ranking = np.argsort(first)
    slots = np.full(len(first), -1)
    slots[ranking[:beam]] = np.arange(min(beam, len(first)))
    winners = order[first[ranking[:beam]]]
    kept = np.empty(len(order), np.intp)
    kept[order] = slots[group]
    edges = np.nonzero(kept >= 0)[0]
    tails = layer.tails[states[winners]].copy()
    tails[np.arange(len(winners)), streams[winners]] = index
    return Layer(
        tails,
        streams[winners],
        total[winners],
        states[edges],
        kept[edges],
        gain[edges],
        previous[edges],
    )


def _gains(problem: Problem, layer: Layer, index: int) -> Floats:
    """Score of giving item `index` to each stream, for each state. Shape (states, streams)."""
    item, weights = problem.items[index], problem.weights
    gains: Floats = problem.joins.score[layer.tails, index] + problem.kinship[index][None, :]
    states = np.arange(len(layer.current))
    here = layer.current
    if item.kind == "heading":
        only: Floats = np.full_like(gains, IMPOSSIBLE * 2)
        only[:, item.article] = 0.0
        return only
    count = len(problem.items)
    last = problem.streams - 1
    unopened = layer.tails[:, :last] == count
    gains[:, :last][unopened] = IMPOSSIBLE * 2  # its heading is still to come
    if item.kind == "affiliation":
        cost = np.full(len(here), weights.far_affiliation, np.float32)
    elif item.inner:
        cost = np.full(
            len(here), weights.switch_wrapped if item.wrapped else weights.switch_inline, np.float32
        )
    else:
        cost = _leaving(problem, layer, index)
    gains -= cost[:, None]
    gains[states, here] += cost
    if index in problem.kept:
        elsewhere = np.ones(gains.shape, np.bool_)
        elsewhere[states, here] = False
        gains[elsewhere] = IMPOSSIBLE * 2
    stray = layer.tails[:, last] == count
    seen = any(other.kind == "heading" for other in problem.items[:index])
    gains[stray, last] -= weights.stray if seen else weights.carried
    return gains


def _leaving(problem: Problem, layer: Layer, index: int) -> Floats:
    """What it costs to leave the stream just read, at a block's end."""
    weights, items = problem.weights, problem.items
    if index == 0 or items[index - 1].kind == "affiliation":
        return np.zeros(len(layer.current), np.float32)
    if items[index - 1].kind == "heading":
        return np.full(len(layer.current), weights.switch_heading, np.float32)
    cost = weights.switch_closed if problem.joins.closed[index - 1] else weights.switch_open
    return np.full(len(layer.current), cost, np.float32)


def endings(problem: Problem, layer: Layer) -> Floats:
    """Score of the page's end for each state: every stream must come to an end."""
    unopened = layer.tails == len(problem.items)
    ends = problem.joins.ends[layer.tails]
    ends[:, -1] = np.maximum(ends[:, -1], -4.0)  # what came from elsewhere may go on elsewhere
    total: Floats = np.where(unopened, 0, ends).sum(axis=1).astype(np.float32)
    return total


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

    previous: tuple[dict[int, float], ...]
    """For each item, of each predecessor."""
    stream: Floats
    """Of each item in each stream, shape (items, streams)."""


def marginals(problem: Problem, layers: list[Layer], temperature: float) -> Chances:
    """Go forward and backward over the edges; scores are divided by the temperature."""
    forward = [np.zeros(1)]
    for layer in layers[1:]:
        mass = np.full(len(layer.current), -np.inf)
        np.logaddexp.at(mass, layer.child, forward[-1][layer.parent] + layer.gain / temperature)
        forward.append(mass)
    backward = (endings(problem, layers[-1]) / temperature).astype(np.float64)
    total = np.logaddexp.reduce(forward[-1] + backward)
    previous: list[dict[int, float]] = []
    shares = np.zeros((len(problem.items), problem.streams), np.float32)
    for index in range(len(problem.items) - 1, -1, -1):
        layer = layers[index + 1]
        through = layer.gain / temperature + backward[layer.child]
        weight = np.exp(forward[index][layer.parent] + through - total)
        mass = np.bincount(layer.previous, weight)
        previous.append({int(item): float(mass[item]) for item in np.nonzero(mass)[0]})
        np.add.at(shares[index], layer.current[layer.child], weight)
        mass = np.full(len(layers[index].current), -np.inf)
        np.logaddexp.at(mass, layer.parent, through)
        backward = mass
    return Chances(tuple(reversed(previous)), shares)
