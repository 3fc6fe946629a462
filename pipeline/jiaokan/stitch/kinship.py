"""Kinship: how well an atom's vocabulary fits each article's own.

For each article a cache of the pairs of characters in its text, mixed with
their frequency in the corpus (a cache model, Kuhn and De Mori 1990); the atom
itself is left out of the cache it is compared with.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from jiaokan.language.junctions import Codes
from jiaokan.language.model import Model
from jiaokan.stitch.items import Item
from jiaokan.stitch.weights import Weights

SEEN = -2.0
"""log2 count that an unseen pair is given."""


PHRASE = 0.1
"""What a pair counts that only carries a shared phrase on from the pair before it."""
NEAR = 400
"""Characters around an item that are likely to be of the same article, whichever it is."""


def _near(items: Sequence[Item]) -> NDArray[np.float32]:
    """1 where two items belong to one neighbourhood: one block, not far from each other."""
    block = np.cumsum([not item.inner for item in items])
    start = np.array([item.start for item in items])
    end = np.array([item.end for item in items])
    same = block[:, None] == block[None, :]
    apart = np.maximum(start[None, :] - end[:, None], start[:, None] - end[None, :])
    near: NDArray[np.float32] = (same & (apart < NEAR)).astype(np.float32)
    return near


class Vocabulary:
    """The pairs of characters of a page's items that occur in more than one of them."""

    def __init__(self, model: Model, codes: Codes, items: Sequence[Item]) -> None:
        pairs = codes[:-1].astype(np.uint64) << np.uint64(32) | codes[1:]
        han = (codes >= 0x3400) & (codes < 0xA000)
        usable = han[:-1] & han[1:]
        owner = np.full(len(codes) - 1, -1)
        for index, item in enumerate(items):
            owner[item.start : item.end - 1] = index
        keep = usable & (owner >= 0)
        where = np.nonzero(keep)[0]
        _, first, column = np.unique(pairs[keep], return_index=True, return_inverse=True)
        table = np.zeros((len(items), len(first)), np.float32)
        np.add.at(table, (owner[keep], column), 1)
        shared = (table > 0).sum(axis=0) > 1
        counts = model.log2_count(codes, 2)[where[first] + 1]
        known = np.where(np.isfinite(counts), counts, SEEN)
        number = np.cumsum(shared) - 1
        usable_here = shared[column]
        self.places = where[usable_here]
        self.owners = owner[keep][usable_here]
        self.columns = number[column[usable_here]]
        self.length = len(codes)
        self.follows = np.diff(self.places, prepend=-2) == 1
        pairs_of_items = self.owners * (len(first) + 1) + self.columns
        self.first = np.zeros(len(self.places), np.float32)
        self.first[np.unique(pairs_of_items, return_index=True)[1]] = 1
        self.table = table[:, shared]
        self.near = _near(items)
        self.sizes = table.sum(axis=1)
        self.corpus = np.exp2(known[shared]) / model.total

    def kinship(self, shares: NDArray[np.float32], weights: Weights) -> NDArray[np.float32]:
        """Bits for each item in each stream, shape (items, streams).

        `shares` gives the probability that an item belongs to a stream, same
        shape. An item's own neighbourhood does not speak for it.
        """
        scores = [
            np.bincount(self.owners, bits * self.first, minlength=len(self.table))
            for bits in self._bits(shares, weights)
        ]
        return weights.kinship * np.stack(scores, axis=1).astype(np.float32)

    def by_place(self, shares: NDArray[np.float32], weights: Weights) -> NDArray[np.float32]:
        """The same for each pair of characters by its place in the text, shape (text, streams)."""
        result = np.zeros((self.length, shares.shape[1]), np.float32)
        for stream, bits in enumerate(self._bits(shares, weights)):
            result[self.places, stream] = bits
        return weights.kinship * result

    def _bits(
        self, shares: NDArray[np.float32], weights: Weights
    ) -> Iterator[NDArray[np.float32]]:
        """For each stream, how much likelier it makes each pair in the text; shape (places,)."""
        mix = weights.kinship_mix
        places, columns = self.owners, self.columns
        corpus = self.corpus[columns]
        for mine in shares.T:
            near = (self.near * mine) @ self.table
            size = np.maximum(mine @ self.sizes - self.near @ (mine * self.sizes), 50.0)
            cache = (mine @ self.table)[columns] - near[places, columns]
            share = np.maximum(cache, 0.0) / size[places]
            bits = np.log2((1 - mix) + mix * share / corpus)
            behind = np.zeros(len(bits), np.bool_)  # one phrase is one piece of evidence
            behind[1:] = self.follows[1:] & (bits[1:] > 0) & (bits[:-1] > 0)
            yield np.where(behind, PHRASE * bits, bits)
