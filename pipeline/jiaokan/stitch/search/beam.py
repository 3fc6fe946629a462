"""The most probable set of paths through the page: one path an article.

A beam over states (the stream just read, the last item of every stream). All
edges between the states that survive are kept, so that the probability of
every predecessor can be read off by going forward and backward over them
(`jiaokan.stitch.search.chances`).
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from jiaokan.stitch.search.problem import AHEAD, FORBIDDEN, LONG, Floats, Ints, Problem

BETWEEN = np.arange(1, AHEAD, dtype=np.float32)
"""Headings between an article's first text and its own one, from which on they count."""
FEW = 4
"""Streams up to which the beam is as wide as is asked for; with more it widens as they do."""
WIDEST = 80
"""States that it keeps at most, or as many as are asked for: a long page has memory for no more."""
EDGES = 4
"""Edges that an item has at most, for each state that is kept."""

Doubles = NDArray[np.float64]
Names = NDArray[np.uint64]


class Layer(NamedTuple):
    """The states behind one item, and the edges to it; both best first.

    A column is a stream: 0 for text of no heading's, else an article's number + 1. An edge leads to
    the state whose best edge has its name; where there is none, its state was not kept.
    """

    current: Ints
    """Column just read, shape (states,)."""
    score: Floats
    """Best score so far, shape (states,)."""
    short: Floats
    """How short the fragment is that is left where the next item is another column's, 1 to 0;
    shape (states,)."""
    came: Ints
    """The best edge to each state, ascending; shape (states,)."""
    parent: Ints
    """Edge's state in the layer before, shape (edges,)."""
    names: Names
    """A hash of what an edge makes the tails, and the edge's number in the last bits; what is alike
    stands together, the first one first; shape (edges,)."""
    reached: Floats
    """Score of the best way that takes the edge, shape (edges,)."""
    previous: Ints
    """The tail that the edge goes on from, shape (edges,); see `Problem.behind`."""


class _States(NamedTuple):
    """The states behind an item, as the next step needs them; best first."""

    tails: Ints
    """Last item of each column, shape (states, streams)."""
    current: Ints
    score: Floats
    short: Floats
    names: Names
    """A hash of each state's tails."""
    begun: Doubles
    """Where the fragment just read began, as `_Tables.starts`."""


class Lattice(NamedTuple):
    """What the search kept."""

    layers: list[Layer]
    """One an item; the first stands for the page's start."""
    states: list[_States]
    """The same layers, for a search that goes on from them."""
    low: np.uint64
    """The last bits of names, where the edges' numbers stand."""

    @property
    def tails(self) -> Ints:
        """Last item of each column at the page's end, shape (states, streams)."""
        return self.states[-1].tails


class _Tables(NamedTuple):
    """What the search looks up at every step."""

    problem: Problem
    beam: int
    kinship: Floats
    """By columns."""
    keys: Names
    """What each tail of each column adds to a state's hash, nothing to its last bits; shape
    (items + 2, columns)."""
    low: np.uint64
    """See `Lattice`."""
    numbers: Names
    """Of edges."""
    starts: Doubles
    """Where each item starts in the text, in fragments that are not short."""
    rows: Ints
    parents: list[Ints]
    """Of each edge that a step has, the state it leaves; for each number of columns."""
    columns: list[Ints]
    """The same: the column it goes to."""
    firsts: list[Ints]
    """The same, for each state: its first edge."""


def search(problem: Problem, beam: int, known: Lattice | None = None, since: int = 0) -> Lattice:
    """The most probable states, at most `beam` behind each item, and the edges between them.

    Where there are more streams than FEW, more states are kept.
    `known`: what such a search kept of the page when it was another problem from item `since` on.
    """
    count, streams = len(problem.items), problem.streams
    beam = max(beam, min(WIDEST, beam * streams // FEW))
    bits = (EDGES * beam).bit_length()
    starts = np.array([item.start / LONG for item in problem.items])
    kinship = np.roll(problem.kinship, 1, axis=1)
    rows = np.arange(beam)
    every = [np.arange(beam * live) for live in range(streams + 1)]
    tables = _Tables(
        problem,
        beam,
        kinship,
        _keys(count + 2, streams) << np.uint64(bits),
        np.uint64((1 << bits) - 1),
        np.arange(EDGES * beam, dtype=np.uint64),
        starts,
        rows,
        [each // max(live, 1) for live, each in enumerate(every)],
        [each % max(live, 1) for live, each in enumerate(every)],
        [live * rows for live in range(streams + 1)],
    )
    if known:
        layers, states = known.layers[: since + 1], known.states[: since + 1]
    else:
        layers, states = _start(count, streams, starts[:1])
    for index in range(since, count):
        step = _heading if problem.items[index].kind == "heading" else _text
        following, layer = step(tables, states[-1], index)
        states.append(following)
        layers.append(layer)
    return Lattice(layers, states, tables.low)


def _keys(items: int, streams: int) -> Names:
    """Numbers that look random, the same each time (splitmix64, Steele et al. 2014).

    numpy's own generators take longer to import than a small page takes to search.
    """
    bits = np.arange(1, items * streams + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    bits = (bits ^ (bits >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    bits = (bits ^ (bits >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    bits ^= bits >> np.uint64(31)
    return bits.reshape(items, streams)


def _start(count: int, streams: int, begun: Doubles) -> tuple[list[Layer], list[_States]]:
    """The page's start: nothing is read."""
    tails = np.full((1, streams), count)
    tails[:, 0] = count + 1
    zero, bits, none = np.zeros(1, np.intp), np.zeros(1, np.float32), np.zeros(0, np.intp)
    names = np.zeros(1, np.uint64)
    layer = Layer(zero, bits, bits, none, none, names[:0], bits[:0], none)
    return [layer], [_States(tails, zero, bits, bits, names, begun)]


def _heading(tables: _Tables, states: _States, index: int) -> tuple[_States, Layer]:
    """A heading goes to its article, in every state."""
    column = tables.problem.items[index].article + 1
    tails, names = states.tails.copy(), states.names.copy()
    previous = states.tails[:, column]
    new = np.flatnonzero(previous >= len(tables.problem.items))  # else it began before its heading
    tails[new, column] = index
    names[new] += tables.keys[index, column] - tables.keys[previous[new], column]
    current = np.full(len(tails), column)
    begun = _begun(tables, tails, current, index)
    short = _short(tables, begun, index)
    every = np.arange(len(tails))
    numbered = names | tables.numbers[: len(names)]
    layer = Layer(current, states.score, short, every, every, numbered, states.score, previous)
    return _States(tails, current, states.score, short, names, begun), layer


def _text(tables: _Tables, states: _States, index: int) -> tuple[_States, Layer]:
    """Text goes to any article whose heading has come, to one of the next ones, or to none."""
    beam = tables.beam
    live = min(tables.problem.coming[index] + 1 + AHEAD, tables.problem.streams)
    reach = np.ascontiguousarray(states.tails[:, :live])
    total = _totals(tables, states, index, reach)
    edges = (-total).argsort(kind="stable")[: EDGES * beam]
    reached = total.take(edges)
    parent, column = tables.parents[live].take(edges), tables.columns[live].take(edges)
    previous = reach.take(edges)
    names = states.names.take(parent)
    names -= tables.keys[previous, column]
    names += tables.keys[index].take(column)
    ranked, firsts = _alike(tables, names)
    best = firsts[:beam]
    before, current, score = parent.take(best), column.take(best), reached.take(best)
    tails = states.tails.take(before, axis=0)
    tails[tables.rows[: len(best)], current] = index
    if index and tables.problem.items[index - 1].kind == "heading":
        begun = _begun(tables, tails, current, index)
    else:
        begun = states.begun.take(before)
        begun[current != states.current.take(before)] = tables.starts[index]
    short = _short(tables, begun, index)
    following = _States(tails, current, score, short, names.take(best), begun)
    return following, Layer(current, score, short, best, parent, ranked, reached, previous)


def _alike(tables: _Tables, names: Names) -> tuple[Names, Ints]:
    """The names with their places in the last bits, in order, and the first place of each name.

    What is left of a state are its tails; who read last is the one whose tail is the last item.
    """
    ranked = names | tables.numbers[: len(names)]
    ranked.sort()
    firsts = (ranked[begins(ranked, tables.low)] & tables.low).view(np.intp)
    firsts.sort()
    return ranked, firsts


def begins(ranked: Names, low: np.uint64) -> NDArray[np.bool_]:
    """Where another name begins."""
    new = np.empty(len(ranked), np.bool_)
    new[:1] = True
    np.greater(ranked[1:] ^ ranked[:-1], low, out=new[1:])
    return new


def _totals(tables: _Tables, states: _States, index: int, reach: Ints) -> Floats:
    """Score of each state with item `index` given to each column that it may go to.

    State by state; columns whose headings are still to come are left out, all but AHEAD.
    """
    problem = tables.problem
    live = reach.shape[1]
    total: Floats = problem.behind[index].take(reach)
    total += tables.kinship[index, :live]
    far = problem.coming[index] + 2
    if far < live:
        begins = reach[:, far:] == len(problem.items)
        total[:, far:] += begins * (problem.weights.further * BETWEEN[: live - far])
    total = total.ravel()
    away = states.score + problem.away[index]
    if index and problem.items[index].kind == "atom":
        away += states.short * problem.weights.short
    before = away.repeat(live)
    staying = tables.firsts[live][: len(reach)] + states.current
    before[staying] = states.score
    total += before
    if index in problem.kept:
        kept = total.take(staying)
        total += FORBIDDEN
        total[staying] = kept
    return total


def _begun(tables: _Tables, tails: Ints, current: Ints, index: int) -> Doubles:
    """The fragment just read began behind the last item of any other column."""
    others = np.where(tails >= len(tables.problem.items), -1, tails)
    others[tables.rows[: len(others)], current] = -1
    begun: Ints = others.max(axis=1) + 1
    return tables.starts.take(np.minimum(begun, index, out=begun))


def _short(tables: _Tables, begun: Doubles, index: int) -> Floats:
    """How short the fragments are that end with item `index`, 1 to 0."""
    short = (begun + (1 - tables.problem.items[index].end / LONG)).astype(np.float32)
    return np.maximum(short, 0, out=short)


def endings(problem: Problem, lattice: Lattice) -> Floats:
    """Score of the page's end for each state: every article must come to an end.

    What belongs to no heading may go on elsewhere.
    """
    ends = problem.joins.ends[lattice.tails[:, 1:]]
    total: Floats = ends.sum(axis=1).astype(np.float32)
    return total


def best_path(problem: Problem, lattice: Lattice) -> tuple[Ints, Ints]:
    """Stream and predecessor of each item on the best set of paths."""
    count = len(problem.items)
    streams = np.zeros(count, np.intp)
    previous = np.full(count, count)
    state = int(np.argmax(lattice.layers[-1].score + endings(problem, lattice)))
    for index in range(count - 1, -1, -1):
        layer = lattice.layers[index + 1]
        edge = layer.came[state]
        streams[index] = layer.current[state]
        previous[index] = layer.previous[edge]
        state = layer.parent[edge]
    return (streams - 1) % problem.streams, np.minimum(previous, count)
