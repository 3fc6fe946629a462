"""A character n-gram model of Chinese prose. All scores are log2 probabilities: minus bits.

The model reads codes (`jiaokan.language.view`), not text. A newline is a character like any
other: P(newline | tail) says whether a paragraph ends here, P(head | …newline) whether one begins
so. The counts were taken without blanks between Chinese characters: leave them out.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from .cells import log2_of
from .joins import Heads, Tails, across
from .mixture import Floats, Mixture, Parameters
from .pairs import Pairs
from .table import CHARACTERS, Grams
from .view import Codes

CHUNK = 1 << 17
"""Pairs of tail and head, or characters, that are scored at once: some 20 MB."""


@dataclass(frozen=True)
class Model:
    """Look-ups and probabilities; `jiaokan.language.load` gives the shipped one."""

    grams: Grams
    mixture: Mixture
    parameters: Parameters

    @property
    def order(self) -> int:
        """Length of the longest n-grams: a character is judged by `order` - 1 before it."""
        return self.grams.order

    @property
    def total(self) -> float:
        """Weighted count of all characters: relative frequency = 2 ** log2_count / total."""
        return self.parameters.total

    def score(self, codes: Codes) -> Floats:
        """log2 P(codes[i] | codes[max(0, i-order+1):i]) for each i, in bits, shape (n,)."""
        out = np.empty(len(codes), dtype=np.float32)
        for start in range(0, len(codes), CHUNK):
            before = min(start, self.order - 1)
            part = codes[start - before : start + CHUNK]
            out[start : start + CHUNK] = self._bits(part.reshape(1, -1), 0)[0, before:]
        return out

    def _bits(self, rows: Codes, first: int) -> Floats:
        """log2 P of each code from the column `first` on, given those before it in its row."""
        states = self.grams.walk(rows, self.order).states
        chances = self.chances(rows[:, first:])
        low = first or 1  # nothing stands before a row's first code
        behind = chances[:, low - first :]
        for n in range(2, self.order + 1):
            contexts, grams = states[n - 2][:, low - 1 : -1], states[n - 1][:, low:]
            behind[:] = self.mixture.better(behind, contexts, grams, n)
        return np.log2(chances)

    def joins(self, tails: Codes, heads: Codes) -> Floats:
        """log2 P(head | tail) of every tail with every head, in bits, shape (T, H).

        tails: (T, order - 1) last characters, padded with 0 at the left where shorter;
        heads: (H, m) first characters, padded with 0 at the right; a 0 adds nothing. A tail of
        zeros only gives the head's probability wherever it may stand.
        """
        left, right = self._tails(tails), self._heads(heads)
        count = heads.shape[0]
        out = np.empty((tails.shape[0], count), dtype=np.float32)
        step = max(1, CHUNK // max(1, count))
        for start in range(0, tails.shape[0], step):
            stop = min(start + step, tails.shape[0])
            row = np.repeat(np.arange(start, stop), count)
            column = np.tile(np.arange(count), stop - start)
            bits = across(self.grams, self.mixture, left, right, row, column)
            out[start:stop] = bits.reshape(stop - start, count)
        return out

    def pairs(self, tails: Codes, heads: Codes) -> Floats:
        """log2 P(head | tail) row by row, in bits: (N, order - 1), (N, m) -> (N,)."""
        out = np.empty(tails.shape[0], dtype=np.float32)
        width = tails.shape[1]
        step = CHUNK // (width + heads.shape[1])
        for start in range(0, tails.shape[0], step):
            part = slice(start, start + step)
            head = heads[part]
            bits = self._bits(np.concatenate((tails[part], head), axis=1), width)
            bits[head == 0] = 0
            near = self.order - 1
            out[part] = bits[:, near:].sum(axis=1)  # in the order in which `joins` adds them up
            for column in bits.T[:near]:
                out[part] += column
        return out

    def log2_count(self, codes: Codes, n: int) -> Floats:
        """log2 of the weighted count of the n-gram that ends at each place, shape (len(codes),).

        -inf where it is not stored or does not fit. Exact for n = 1, else within .4 bits. An n-gram
        that is not stored was seen seldom, or as often as the shorter ones foretell.
        """
        if n == 1:
            known = self.grams.characters[np.minimum(codes, CHARACTERS - 1)]
            with np.errstate(divide="ignore"):
                return np.log2(np.where(codes < CHARACTERS, known, 0))
        return log2_of(self.grams.walk(codes.reshape(1, -1), n).states[n - 1][0])

    def log2_pairs(self, left: Codes, right: Codes) -> Floats:
        """log2 of the weighted counts of pairs of characters: (N,), (N,) -> (N,), -inf as above."""
        return self._pairs.log2(left, right)

    @cached_property
    def _pairs(self) -> Pairs:
        return Pairs(self.grams)

    def chances(self, codes: Codes) -> Floats:
        """P(code) without any context, of codes' shape."""
        return self._chances.take(np.minimum(codes, CHARACTERS))

    @cached_property
    def _chances(self) -> Floats:
        """P of each character; the last one is that of all unknown ones."""
        floor = self.parameters.floor
        share = np.append(self.grams.characters, np.float32(0)) / self.total
        return np.asarray((1 - floor) * share + floor / CHARACTERS, dtype=np.float32)

    def _tails(self, codes: Codes) -> Tails:
        walk = self.grams.walk(codes, self.order - 1)
        return Tails([keys[:, -1] for keys in walk.keys], [states[:, -1] for states in walk.states])

    def _heads(self, codes: Codes) -> Heads:
        walk = self.grams.walk(codes, self.order)
        chances = [self.chances(codes)]
        for n in range(2, self.order + 1):
            chances.append(
                self.mixture.better(chances[-1], walk.contexts(n), walk.states[n - 1], n)
            )
        return Heads(codes, walk.states, chances)
