"""Scores of heads after tails, where only the n-grams across the seam are looked up pair by pair.

What lies within a tail or within a head is looked up once. A cross n-gram is named by
(j, t): it ends at the head's character j and takes t characters of the tail; its context is
(j - 1, t), its suffix (j, t - 1).
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .cells import LEVELS, States, extend
from .fuse import Keys
from .mixture import Floats, Mixture
from .table import Grams
from .view import Codes

Rows = NDArray[np.int64]


class Tails(NamedTuple):
    """The last 1, 2, … characters of each tail."""

    keys: list[Keys]
    """item t - 1: keys of the last t characters, shape (T,)"""
    states: list[States]
    """item t - 1: their states, shape (T,)"""

    @property
    def size(self) -> int:
        """How many tails there are."""
        return self.keys[0].size


class Heads(NamedTuple):
    """The heads, and what can be said of them without a tail."""

    codes: Codes
    """shape (H, m), 0: ignored"""
    states: list[States]
    """item n - 1: states of the n-grams inside the head, shape (H, m)"""
    chances: list[Floats]
    """item n - 1: P of each character by the orders up to n inside the head, shape (H, m)"""


def across(
    grams: Grams, mixture: Mixture, tails: Tails, heads: Heads, row: Rows, column: Rows
) -> Floats:
    """log2 P(head column[k] | tail row[k]) in bits, shape (k,)."""
    order, length = grams.order, heads.codes.shape[1]
    bits = _rest(heads, order)[column]
    contexts = [states[row] for states in tails.states]
    for j in range(min(length, order - 1)):
        chances = heads.chances[j][column, j]
        suffix = heads.states[j][column, j]
        found = []
        for t in range(1, order - j):
            context = contexts[t - 1]
            at = np.flatnonzero((context >= LEVELS) & (suffix > 0))
            keys = _keys(tails.keys[t - 1][row[at]], heads.codes, column[at], j)
            states = np.zeros_like(context)
            states[at] = grams.find(keys, context[at], suffix[at], t + j + 1)
            open_ = np.flatnonzero(context >= LEVELS)
            chances[open_] = mixture.better(
                chances[open_], context[open_], states[open_], t + j + 1
            )
            found.append(states)
            suffix = states
        bits += np.where(heads.codes[column, j] > 0, np.log2(chances), 0)
        contexts = found
    return bits


def _keys(keys: Keys, codes: Codes, column: Rows, j: int) -> Keys:
    for place in range(j + 1):
        keys = extend(keys, codes[column, place])
    return keys


def _rest(heads: Heads, order: int) -> Floats:
    """Bits of the characters that are too far into the head to see the tail, shape (H,)."""
    far = slice(order - 1, None)
    bits = np.where(heads.codes[:, far] > 0, np.log2(heads.chances[-1][:, far]), 0)
    return np.asarray(bits.sum(axis=1), dtype=np.float32)
