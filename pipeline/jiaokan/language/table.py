"""The stored n-grams, and the walk from order to order that looks them up."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from .cells import LEVELS, States, begin, check, extend, unpack
from .fuse import Keys, Shape, look_up
from .view import Codes

_T = TypeVar("_T", bound=np.generic)

CHARACTERS = 1 << 16
"""characters beyond the Basic Multilingual Plane are unknown to the model"""


class Walk(NamedTuple):
    """The n-grams that end at every place, by order: item n - 1 for order n."""

    keys: list[Keys]
    """Of those whose two shorter n-grams are stored; others have no key, and no state either."""
    states: list[States]

    def contexts(self, n: int) -> States:
        """The states of the contexts of order n: the (n-1)-grams that end one place before."""
        return before(self.states[n - 2])


@dataclass(frozen=True)
class Grams:
    """All stored n-grams: a fuse filter for orders 2 and up, arrays for the characters."""

    order: int
    """length of the longest n-grams"""
    least: int
    """lowest level of any stored n-gram of order 2 and up"""
    cells: NDArray[np.uint16]
    """fuse filter of orders 2 and up: the values"""
    shape: Shape
    checks: NDArray[np.uint8]
    """fuse filter of the bigrams: second fingerprints"""
    check_shape: Shape
    characters: NDArray[np.float32]
    """weighted count of each character, shape (CHARACTERS,)"""
    singles: States
    """its state, shape (CHARACTERS,)"""

    def find(self, keys: Keys, prefixes: States, suffixes: States, n: int) -> States:
        """States of n-grams whose two shorter ones are stored (all arrays of shape (k,))."""
        mask = np.int16(LEVELS - 1)
        bound = np.minimum(prefixes & mask, suffixes & mask)
        values = look_up(self.cells, keys, self.shape)
        states = unpack(values, keys, bound, self.least, n=n, highest=n == self.order)
        if n == 2:
            states *= look_up(self.checks, keys, self.check_shape) == check(keys)
        return states

    def walk(self, codes: Codes, order: int) -> Walk:
        """Look up all n-grams of orders 1 to `order` along the last axis of `codes`.

        codes: shape (rows, length); every array of the result has it too. Before a row's start
        nothing is known, as if it were padded with 0.
        """
        flat = codes.ravel()
        known = np.minimum(flat, CHARACTERS)
        firsts, singles = self._first
        keys, states = [firsts.take(known)], [singles.take(known)]
        for n in range(2, order + 1):
            prefixes, suffixes = states[-1][:-1], states[-1][1:]
            gate = (prefixes >= LEVELS) & (suffixes > 0)
            if n == 2:  # what begins in one row ends in it; longer ones hold such a pair
                gate[codes.shape[-1] - 1 :: codes.shape[-1] or 1] = False
            at = gate.nonzero()[0]
            longer = extend(keys[-1].take(at), flat[1:].take(at))
            states.append(np.zeros(flat.shape, dtype=np.int16))
            states[-1][1:][at] = self.find(longer, prefixes.take(at), suffixes.take(at), n)
            keys.append(np.zeros(flat.shape, dtype=np.uint64))
            keys[-1][1:][at] = longer
        return Walk(
            [one.reshape(codes.shape) for one in keys], [one.reshape(codes.shape) for one in states]
        )

    def pairs(self, left: Codes, right: Codes) -> States:
        """The states of the bigrams that two arrays of codes make, of their shape, (N,)."""
        left, right = np.minimum(left, CHARACTERS), np.minimum(right, CHARACTERS)
        firsts, singles = self._first
        prefixes, suffixes = singles.take(left), singles.take(right)
        at = np.flatnonzero((prefixes >= LEVELS) & (suffixes > 0))
        keys = extend(firsts.take(left.take(at)), right.take(at))
        states = np.zeros(left.shape, dtype=np.int16)
        states[at] = self.find(keys, prefixes.take(at), suffixes.take(at), 2)
        return states

    @cached_property
    def _first(self) -> tuple[Keys, States]:
        """The key and the state of each character; the last of each is that of all unknown ones."""
        codes = np.arange(CHARACTERS + 1, dtype=np.uint32)
        return extend(begin(codes.shape), codes), np.append(self.singles, np.int16(0))


def before(values: NDArray[_T]) -> NDArray[_T]:
    """Each place's left neighbour along the last axis; 0 at the start."""
    shifted = np.zeros_like(values)
    shifted[..., 1:] = values[..., :-1]
    return shifted
