"""Counts of pairs of characters, most of them looked up once.

A page asks about two thousand pairs, most of them those of the pages before it, and a look-up reads
the large table at six places that no cache holds. So what was found is kept in a table of fixed
size, in which a pair drives out another one in its place.
"""

from typing import TYPE_CHECKING

import numpy as np

from .cells import LEVELS, log2_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .mixture import Floats
    from .table import Grams
    from .view import Codes

_BITS = 19
"""log2 of how many pairs are kept: 2 MB"""
_MOST = np.uint32(0xFFFF)
"""no character, like all beyond it as far as the model knows"""
_SPREAD = np.uint32(0x9E3779B1)
"""odd: no two pairs become the same number"""
_SLOT, _TAG, _ONE = np.uint32(32 - _BITS), np.uint32((1 << (32 - _BITS)) - 1), np.uint32(1)
_16, _8, _LEVEL = np.uint32(16), np.uint32(8), np.uint32(255)
_LOG2 = log2_of(np.arange(LEVELS))


class Pairs:
    """The pairs of a model. Threads may share it: what tells a pair and its count are one number.

    Of a pair's number the first bits are its place, the others, plus one, stand there above the
    level of its count.
    """

    def __init__(self, grams: "Grams") -> None:
        self._grams = grams
        self._known: NDArray[np.uint32] = np.zeros(1 << _BITS, np.uint32)

    def log2(self, left: "Codes", right: "Codes") -> "Floats":
        """log2 of the weighted counts of pairs, (N,), (N,) -> (N,); -inf where it is not stored."""
        numbers = np.minimum(left, _MOST).astype(np.uint32, copy=False) << _16
        numbers |= np.minimum(right, _MOST).astype(np.uint32, copy=False)
        numbers *= _SPREAD
        slots = numbers >> _SLOT
        tags = (numbers & _TAG) + _ONE
        known = self._known.take(slots)
        new = ((known >> _8) != tags).nonzero()[0]
        if new.size:
            states = self._grams.pairs(left.take(new), right.take(new))
            levels = (states & np.int16(LEVELS - 1)).astype(np.uint32)
            known[new] = found = (tags.take(new) << _8) | levels
            self._known[slots.take(new)] = found
        bits: Floats = _LOG2.take(known & _LEVEL)
        return bits
