"""Kinship: how well an atom's vocabulary fits each article's own.

For each article a cache of the pairs of characters in its text, mixed with
their frequency in the corpus (a cache model, Kuhn and De Mori 1990); an atom's
neighbourhood is left out of the cache it is compared with. The words of a text
hang together, so that twice the text is not twice the evidence: it grows with
the square root. A large vocabulary fits anything better than a small one does;
how large it is, is evidence of its own.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jiaokan.language.junctions import Codes
from jiaokan.language.model import Model
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


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """The items of one block, and which of them are near one another."""

    items: slice
    places: slice
    """Their pairs in `Vocabulary.places`."""
    near: Floats
    """1 where two items are near, shape (items, items)."""
    table: Floats
    """Counts of the block's pairs in its items, shape (items, pairs of the block)."""
    rows: Ints
    """Of each place, its item in the block."""
    columns: Ints
    """Of each place, its pair in the block."""


class Vocabulary:
    """The characters (`n` = 1) or pairs of them (`n` = 2) that several items of a page share."""

    def __init__(self, model: Model, codes: Codes, items: Sequence[Item], n: int) -> None:
        han = (codes >= 0x3400) & (codes < 0xA000)
        owner = np.full(max(len(codes) + 1 - n, 0), -1)
        for index, item in enumerate(items):
            owner[item.start : max(item.start, item.end + 1 - n)] = index
        grams = codes.astype(np.uint64)
        if n == 2:
            grams = grams[:-1] << np.uint64(32) | grams[1:]
            han = han[:-1] & han[1:]
        where = np.nonzero(han & (owner >= 0))[0]
        _, first, column = np.unique(grams[where], return_index=True, return_inverse=True)
        self.length = len(codes)
        self.sizes = np.bincount(owner[where], minlength=len(items)).astype(np.float32)
        held = np.unique(owner[where] * (len(first) + 1) + column)
        shared = np.bincount(held % (len(first) + 1), minlength=len(first)) > 1
        kept = shared[column]
        self.places, self.owners = where[kept], owner[where][kept]
        self.columns = (np.cumsum(shared) - 1)[column[kept]]
        counts = model.log2_count(codes, n)[where[first] + n - 1][shared]
        known = np.where(np.isfinite(counts), counts, SEEN)
        self.rarity = (model.total / np.exp2(known)).astype(np.float32)[self.columns]
        self.width = int(shared.sum())
        self.follows = (np.diff(self.places, prepend=-2) == 1) & (n == 2)
        once = np.unique(self.owners * (self.width + 1) + self.columns, return_index=True)[1]
        self.first = np.zeros(len(self.places), np.float32)
        self.first[once] = 1
        self.blocks = list(_blocks(items, self.owners, self.columns))
        self.begins = np.array([block.items.start for block in self.blocks])

    def kinship(self, shares: Floats) -> Floats:
        """Bits for each item in each stream, shape (items, streams).

        `shares` gives the probability that an item belongs to a stream, same
        shape. An item's own neighbourhood does not speak for it.
        """
        scores = [
            np.bincount(self.owners, bits * self.first, minlength=len(self.sizes))
            for bits in self._bits(shares)
        ]
        root = np.sqrt(np.maximum(self.sizes, USUAL) / USUAL)
        known: Floats = (np.stack(scores, axis=1) / root[:, None]).astype(np.float32)
        return known

    def room(self, shares: Floats) -> Floats:
        """Doublings by which each stream's vocabulary is larger than the usual one of the page, for
        each item without its neighbourhood; shape (items, streams)."""
        if shares.shape[1] == 1:
            return np.zeros(shares.shape, np.float32)
        sizes = np.tile(shares.T @ self.sizes, (len(self.sizes), 1))
        for block in self.blocks:
            sizes[block.items] -= block.near @ (shares * self.sizes[:, None])[block.items]
        doublings = np.log2(np.maximum(sizes, 0) + SMALLEST)
        doublings -= doublings[:, :-1].mean(axis=1, keepdims=True)
        room: Floats = (doublings * np.sqrt(self.sizes / USUAL)[:, None]).astype(np.float32)
        return room

    def by_place(self, shares: Floats) -> Floats:
        """The same for each place in the text, shape (text, streams)."""
        result = np.zeros((self.length, shares.shape[1]), np.float32)
        for stream, bits in enumerate(self._bits(shares)):
            result[self.places, stream] = bits
        return result

    def _bits(self, shares: Floats) -> Iterator[Floats]:
        """For each stream, how much likelier it makes each place of the text; shape (places,)."""
        for mine in shares.T:
            total = np.bincount(self.columns, mine[self.owners], minlength=self.width)
            cache = total.astype(np.float32)[self.columns]
            size = np.full(len(mine), mine @ self.sizes)
            for number in np.flatnonzero(np.add.reduceat(mine, self.begins)).tolist():
                block = self.blocks[number]
                near = block.near * mine[block.items]
                size[block.items] -= near @ self.sizes[block.items]
                cache[block.places] -= (near @ block.table)[block.rows, block.columns]
            share = np.maximum(cache, 0) / np.maximum(size, SMALLEST)[self.owners]
            bits = np.log2((1 - KINSHIP_MIX) + KINSHIP_MIX * share * self.rarity)
            behind = np.zeros(len(bits), np.bool_)  # one phrase is one piece of evidence
            behind[1:] = self.follows[1:] & (bits[1:] > 0) & (bits[:-1] > 0)
            yield np.where(behind, np.float32(PHRASE) * bits, bits)


def titled(
    model: Model, codes: Codes, items: Sequence[Item], headings: Sequence[Sequence[Block]]
) -> Floats:
    """How many bits, beyond COMMON, the pairs of characters say that an item shares with each
    heading's title, subtitle and kicker; shape (items, headings + 1)."""
    han = (codes >= 0x3400) & (codes < 0xA000)
    pairs = codes[:-1].astype(np.uint64) << np.uint64(32) | codes[1:]
    names, first, name = np.unique(pairs, return_index=True, return_inverse=True)
    counts = model.log2_count(codes, 2)[1:][first]
    rare = np.log2(model.total) - np.where(np.isfinite(counts), counts, SEEN) - COMMON
    rare = np.where((han[:-1] & han[1:])[first], np.clip(rare, 0, RAREST), 0)
    owner = np.full(len(pairs), len(items))
    for index, item in enumerate(items):
        owner[item.start : max(item.start, item.end - 1)] = index
    held = np.unique(owner * len(names) + name)
    owners, names_held = held // max(len(names), 1), held % max(len(names), 1)
    result = np.zeros((len(items), len(headings) + 1), np.float32)
    for stream, lines in enumerate(headings):
        said = np.zeros(len(names), np.float32)
        for block in lines:
            if block.role in ("title", "subtitle", "kicker"):
                own = name[block.start : block.end - 1]
                said[own] = rare[own]
        bits = np.bincount(owners, said[names_held], minlength=len(items) + 1)
        result[:, stream] = bits[: len(items)]
    return result


def _blocks(items: Sequence[Item], owners: Ints, columns: Ints) -> Iterator[Neighbourhood]:
    """The items that are cut from one block each, with their pairs."""
    starts = [index for index, item in enumerate(items) if not item.inner]
    for low, high in zip(starts, [*starts[1:], len(items)], strict=True):
        left, right = np.searchsorted(owners, (low, high))
        names, local = np.unique(columns[left:right], return_inverse=True)
        rows = owners[left:right] - low
        table = np.zeros((high - low, len(names)), np.float32)
        np.add.at(table, (rows, local), 1)
        near = _near(items[low:high])
        yield Neighbourhood(slice(low, high), slice(left, right), near, table, rows, local)


def _near(items: Sequence[Item]) -> Floats:
    """1 where two items of a block are not far from each other."""
    start = np.array([item.start for item in items])
    end = np.array([item.end for item in items])
    apart = np.maximum(start[None, :] - end[:, None], start[:, None] - end[None, :])
    near: Floats = (apart < NEAR).astype(np.float32)
    return near
