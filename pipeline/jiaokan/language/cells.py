"""What one 16-bit value of the table says about an n-gram, and how n-grams become keys.

::

    bits 15…7  fingerprint: part of the key's hash; tells a stored n-gram from any other
    bits 6…5   class: how much of what follows the n-gram is stored (0: nothing is)
    bits 4…0   drop: how many levels its count lies below the lesser of those of the n-gram
               without its last and without its first character (both are always stored)

What a stored n-gram cannot say shows a stranger too: a drop below DEEPEST, a level below the
lowest, a class at the highest order. Bigrams, which are looked up most and gated least, have a
second fingerprint of 8 bits in a table of their own.

A *level* is a count on a logarithmic scale: count = 2 ** (STEP * level + LOWEST), level 0: none.
A *state* is what is known of an n-gram once found: class * LEVELS + level; 0: it is not stored.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from .fuse import Keys, mix

States = NDArray[np.int16]

STEP = 0.4
"""octaves between two levels: a count is known to within 15 %"""
LOWEST = -3.0
"""log2 of the count that level 0 would have"""
LEVELS = 128
CLASSES = 4
DEEPEST = (31, 31, 23, 23, 23)
"""the largest drop of orders 2, 3, …"""

_FINGERPRINT, _CHECK, _BYTE = np.uint64(55), np.uint64(47), np.uint64(255)
_STEP, _ONE = np.uint64(0x9E3779B97F4A7C15), np.uint64(1)
_DROP, _CLASS, _UP, _BEHIND = np.int16(31), np.int16(96), np.int16(2), np.uint16(7)


def begin(shape: int | tuple[int, ...]) -> Keys:
    """The key of the empty n-gram."""
    return np.zeros(shape, dtype=np.uint64)


def extend(keys: Keys, codes: NDArray[Any]) -> Keys:
    """The keys of the n-grams made longer by one code at the right."""
    keys = keys * _STEP
    keys += codes.astype(np.uint64)
    keys += _ONE
    return mix(keys)


def level(counts: NDArray[Any]) -> States:
    """The nearest level of each weighted count; 0 only where the count is 0."""
    steps = (np.log2(np.maximum(counts, 1e-9)) - LOWEST) / STEP
    return np.where(counts > 0, np.maximum(np.rint(steps), 1), 0).astype(np.int16)


def log2_of(states: NDArray[Any]) -> NDArray[np.float32]:
    """log2 of the count that each state or level stands for, -inf for level 0."""
    levels = states & (LEVELS - 1)
    return np.where(levels > 0, levels * STEP + LOWEST, -np.inf).astype(np.float32)


def pack(keys: Keys, classes: NDArray[Any], drops: NDArray[Any]) -> NDArray[np.uint16]:
    """The values to store for the n-grams of these keys."""
    code = (classes.astype(np.uint16) << np.uint16(5)) | drops.astype(np.uint16)
    return ((keys >> _FINGERPRINT).astype(np.uint16) << np.uint16(7)) | code


def unpack(
    values: NDArray[np.uint16], keys: Keys, bound: States, least: int, *, n: int, highest: bool
) -> States:
    """The states of n-grams of order n; 0 where the value is not that of a stored one.

    `bound` is the lesser level of the two shorter n-grams, `least` the lowest level of any stored
    n-gram; `highest`: n is the highest order.
    """
    signed = values.view(np.int16)
    drops = signed & _DROP
    states = signed & _CLASS  # LEVELS is a power of two: a class is shifted into its place
    genuine = (values >> _BEHIND) == (keys >> _FINGERPRINT)
    if highest:
        genuine &= states == 0
    if DEEPEST[n - 2] < _DROP:
        genuine &= drops <= DEEPEST[n - 2]
    levels = bound - drops
    genuine &= levels >= least
    states <<= _UP
    states += levels
    states *= genuine
    return states


def check(keys: Keys) -> NDArray[np.uint8]:
    """The second fingerprint."""
    return ((keys >> _CHECK) & _BYTE).astype(np.uint8)
