"""Kinship: how well an atom's vocabulary fits each article's own.

For each article a cache of the pairs of characters in its text, mixed with
their frequency in the corpus (a cache model, Kuhn and De Mori 1990); an atom's
neighbourhood is left out of the cache it is compared with. The words of a text
hang together, so that twice the text is not twice the evidence: it grows with
the square root. A large vocabulary fits anything better than a small one does;
how large it is, is evidence of its own.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from jiaokan.language.walked import Walked
from jiaokan.stitch.blocks import Block
from jiaokan.stitch.items import Item
from jiaokan.stitch.weights import KINSHIP_MIX

Floats = NDArray[np.float32]
Ints = NDArray[np.intp]

SEEN = -2.0
"""log2 count that an unseen pair is given."""
PHRASE = 0.1
"""What a pair counts that only carries a shared phrase on from the pair before it."""
NEAR = 400
"""Characters around an item that are likely to be of the same article, whichever it is."""
COMMON = 10.0
"""Bits that a pair of common characters says, of which no title can boast."""
RAREST = 8.0
"""Bits beyond COMMON that a pair counts at most."""
SMALLEST = 50.0
"""Pairs that a cache has at least: a smaller one tells no frequencies."""
USUAL = 100.0
"""Characters of an item up to which its evidence counts as it is."""


class Vocabulary:
    """The characters (`n` = 1) or pairs of them (`n` = 2) that several items of a page share.

    An *entry* is one of them in one item, however often it stands there; entries are in the order
    of their items.
    """

    def __init__(self, walked: Walked, items: Sequence[Item], n: int) -> None:
        named = walked.named(n)
        owner = owners(items, len(named.numbers), n)
        where = named.order[owner.take(named.order) >= 0]
        numbers, owner = named.numbers.take(where), owner.take(where)
        kinds = len(named.counts)
        self.length = len(walked.codes)
        self.sizes = np.bincount(owner, minlength=len(items)).astype(np.float32)
        # first by number: one that a single item has is left out
        new = np.diff(numbers, prepend=-1) > 0
        new |= np.diff(owner, prepend=-1) != 0
        shared = np.bincount(numbers[new], minlength=kinds).take(numbers) > 1
        new, where, numbers, owner = new[shared], where[shared], numbers[shared], owner[shared]
        column, item, times = (
            numbers[new],
            owner[new],
            np.diff(np.flatnonzero(new), append=len(new)),
        )
        # then by item
        rank = item.astype(np.min_scalar_type(len(items))).argsort(kind="stable")
        row = np.empty(len(rank), np.intp)
        row[rank] = np.arange(len(rank))
        entry = np.full(self.length, -1)
        entry[where] = row.repeat(times)
        self.places = np.flatnonzero(entry >= 0)
        """Where they stand in the text, ascending."""
        self.entry = entry.take(self.places)
        first = self.places.searchsorted(where[new].take(rank))
        self.alike = Sums.of(row, column)
        column, self.item = column.take(rank), item.take(rank)
        self.times = times.take(rank).astype(np.float32)[:, None]
        counts = named.counts[column]
        known = np.where(np.isfinite(counts), counts, SEEN)
        self.rarity = (walked.model.total / np.exp2(known)).astype(np.float32)[:, None]
        block = np.cumsum([not item.inner for item in items], dtype=np.intp)
        self.near = _near(block[self.item] * kinds + column, self.item, items)
        self.beside = _near(block, np.arange(len(items)), items)
        self.items = Sums.of(np.arange(len(self.item)), self.item)
        follows = (np.diff(self.places, prepend=-2) == 1) & (n == 2)
        self.follows = np.flatnonzero(follows)
        """Places behind another one."""
        self.led = np.flatnonzero(follows[first])
        """Entries that first stand behind another one, `leader`."""
        self.leader = self.entry[first[self.led] - 1]

    def kinship(self, shares: Floats) -> Floats:
        """Bits for each item in each stream, shape (items, streams).

        `shares` gives the probability that an item belongs to a stream, same
        shape. An item's own neighbourhood does not speak for it.
        """
        bits = self._bits(shares)
        carried = (bits[self.led] > 0) & (bits[self.leader] > 0)
        bits[self.led] *= np.where(carried, np.float32(PHRASE), np.float32(1))
        known = np.zeros(shares.shape, np.float32)
        known[self.items.names] = self.items(bits)
        known /= np.sqrt(np.maximum(self.sizes, USUAL) / USUAL)[:, None]
        return known

    def room(self, shares: Floats) -> Floats:
        """Doublings by which each stream's vocabulary is larger than the usual one of the page, for
        each item without its neighbourhood; shape (items, streams)."""
        if shares.shape[1] == 1:
            return np.zeros(shares.shape, np.float32)
        doublings = np.log2(np.maximum(self._sizes(shares), 0) + np.float32(SMALLEST))
        doublings -= doublings[:, :-1].mean(axis=1, keepdims=True)
        doublings *= np.sqrt(self.sizes / np.float32(USUAL))[:, None]
        return doublings

    def by_place(self, shares: Floats) -> Floats:
        """The same as `kinship` for each place in the text, shape (text, streams)."""
        bits = self._bits(shares)[self.entry]
        carried = (bits[self.follows] > 0) & (bits[self.follows - 1] > 0)
        bits[self.follows] *= np.where(carried, np.float32(PHRASE), np.float32(1))
        result = np.zeros((self.length, shares.shape[1]), np.float32)
        result[self.places] = bits
        return result

    def _bits(self, shares: Floats) -> Floats:
        """How much likelier each stream makes each entry, shape (entries, streams)."""
        weight = shares[self.item] * self.times
        share = self.alike.spread(weight)
        share -= self.near(weight)
        np.maximum(share, 0, out=share)
        share *= self.rarity
        share /= np.maximum(self._sizes(shares), np.float32(SMALLEST))[self.item]
        share *= np.float32(KINSHIP_MIX)
        share += np.float32(1 - KINSHIP_MIX)
        return np.log2(share, out=share)

    def _sizes(self, shares: Floats) -> Floats:
        """Each stream's size for each item, without its neighbourhood; shape (items, streams)."""
        weight = shares * self.sizes[:, None]
        sizes: Floats = weight.sum(axis=0) - self.beside(weight)
        return sizes


class Sums(NamedTuple):
    """Adds up rows by the group that each belongs to."""

    order: Ints
    """Rows, group by group; a row may be in several groups."""
    starts: Ints
    """Where each group begins in `order`."""
    names: Ints
    """The groups."""
    group: Ints
    """Of each row, which of them it is in."""

    @classmethod
    def over(cls, groups: Ints) -> "Sums":
        """Each row in one group; their numbers are not below zero."""
        order = np.argsort(groups, kind="stable")
        return cls.of(order, groups.take(order))

    @classmethod
    def of(cls, order: Ints, groups: Ints) -> "Sums":
        """The same for rows in the order of their groups."""
        new = np.diff(groups, prepend=-1) > 0
        group = np.empty(len(groups), np.intp)
        group[order] = np.cumsum(new) - 1
        starts = np.flatnonzero(new)
        return cls(order, starts, groups.take(starts), group)

    def __call__(self, rows: Floats) -> Floats:
        """The sum of each group's rows."""
        if not len(self.order):
            return rows[:0]
        sums: Floats = np.add.reduceat(rows[self.order], self.starts, axis=0)
        return sums

    def spread(self, rows: Floats) -> Floats:
        """For each row, the sum of its group's."""
        sums: Floats = self(rows)[self.group]
        return sums


def _near(groups: Ints, owner: Ints, items: Sequence[Item]) -> Sums:
    """Sums over the rows of each row's group whose items are not far from its own."""
    every = Sums.over(groups)
    sizes = np.diff(np.append(every.starts, len(groups)))
    many = sizes[every.group]
    row = np.repeat(np.arange(len(groups)), many)
    step = np.arange(len(row)) - np.repeat(np.cumsum(many) - many, many)
    other = every.order[every.starts[every.group[row]] + step]
    starts = np.array([item.start for item in items])
    ends = np.array([item.end for item in items])
    one, two = owner[row], owner[other]
    near = np.maximum(starts[two] - ends[one], starts[one] - ends[two]) < NEAR
    row, other = row[near], other[near]
    first = np.flatnonzero(np.diff(row, prepend=-1))
    return Sums(other, first, row[first], np.arange(len(groups)))


def owners(items: Sequence[Item], length: int, n: int) -> Ints:
    """The item that holds the n-gram at each place, -1 where none does."""
    bounds = [at for item in items for at in (item.start, max(item.start, item.end + 1 - n))]
    inside = np.full(len(bounds) + 1, -1)
    inside[1::2] = np.arange(len(items))
    return inside.repeat(np.diff(bounds, prepend=0, append=length))


def titled(walked: Walked, items: Sequence[Item], headings: Sequence[Sequence[Block]]) -> Floats:
    """How many bits, beyond COMMON, the pairs of characters say that an item shares with each
    heading's title, subtitle and kicker; shape (items, headings + 1)."""
    named = walked.named(2)
    counts = np.where(np.isfinite(named.counts), named.counts, SEEN)
    rare = np.clip(np.log2(walked.model.total) - counts - COMMON, 0, RAREST).astype(np.float32)
    spoken = [
        _distinct(
            np.concatenate(
                [
                    named.numbers[block.start : block.end - 1]
                    for block in lines
                    if block.role in ("title", "subtitle", "kicker")
                ]
                or [np.zeros(0, np.intp)]
            )
        )
        for lines in headings
    ]
    asked = np.zeros(len(named.counts) + 1, np.bool_)
    for pairs in spoken:
        asked[pairs] = True
    asked[-1] = False
    owner = owners(items, len(named.numbers), 2)
    where = np.flatnonzero(asked[named.numbers] & (owner >= 0))
    held = _distinct(owner[where] * len(asked) + named.numbers[where])
    owner, pair = np.divmod(held, len(asked))
    result = np.zeros((len(items), len(headings) + 1), np.float32)
    for stream, pairs in enumerate(spoken):
        among = np.zeros(len(asked), np.bool_)
        among[pairs] = True
        said = among[pair]
        result[:, stream] = np.bincount(owner[said], rare[pair[said]], minlength=len(items))
    return result


def _distinct(numbers: NDArray[np.intp]) -> NDArray[np.intp]:
    """Each number once, ascending. Without counts numpy would import its masked arrays for it."""
    return np.unique(numbers, return_counts=True)[0]
