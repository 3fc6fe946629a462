"""A static map from 64-bit keys to 8- or 16-bit values in some 1.13 cells a key.

A 3-wise binary fuse filter (Graf & Lemire, "Binary Fuse Filters: Fast and Smaller Than Xor
Filters", 2022), used as a map: each key picks three cells of three neighbouring segments, and
the exclusive or of the three is its value. A key that was never put in reads as a random value;
what tells the two apart is a fingerprint inside the value (`jiaokan.language.cells`).

The cells are found by peeling: a cell that only one key uses can be left to that key. All such
cells of one round are independent, so that a round is a few numpy calls.
"""

from dataclasses import dataclass
from functools import cached_property
from math import log
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

_T = TypeVar("_T", np.uint8, np.uint16)

Keys = NDArray[np.uint64]
Places = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_SPREAD = np.uint64(0xD6E8FEB86659FD93)
_MIX = np.uint64(0xFF51AFD7ED558CCD), np.uint64(0xC4CEB9FE1A85EC53)
_18, _32, _33 = np.uint64(18), np.uint64(32), np.uint64(33)
_SMALLEST = 1 << 6
_LARGEST = 1 << 18


@dataclass(frozen=True)
class Shape:
    """Where the cells of a key lie."""

    segment: int
    """cells a segment, a power of two"""
    segments: int
    """segments in which the first cell of a key may lie; two more follow"""
    seed: int
    """what the keys are mixed with; another one is tried where peeling sticks"""

    @property
    def size(self) -> int:
        """How many cells there are."""
        return self.segment * (self.segments + 2)

    @cached_property
    def constants(self) -> tuple[np.uint64, ...]:
        """seed, cells of the first places, one segment, two segments, what masks a place in one;
        made once: a look-up of few keys would spend most of its time on them."""
        segment = self.segment
        numbers = (self.seed, self.segments * segment, segment, 2 * segment, segment - 1)
        return tuple(map(np.uint64, numbers))


def mix(keys: Keys) -> Keys:
    """A bijective scramble of 64-bit integers (the finaliser of MurmurHash3)."""
    keys = keys ^ (keys >> _33)
    keys *= _MIX[0]
    keys ^= keys >> _33
    keys *= _MIX[1]
    keys ^= keys >> _33
    return keys


def places(keys: Keys, shape: Shape) -> Places:
    """The three cells of each key: three arrays of the keys' shape."""
    seed, many, one, two, mask = shape.constants
    keys = keys * _GOLDEN
    keys += seed
    keys ^= keys >> _32
    keys *= _SPREAD
    first = keys >> _32
    first *= many
    first >>= _32
    second = first + one
    second ^= keys & mask
    keys >>= _18
    keys &= mask
    keys ^= first + two
    return first.view(np.int64), second.view(np.int64), keys.view(np.int64)


def look_up(cells: NDArray[_T], keys: Keys, shape: Shape) -> NDArray[_T]:
    """The value of each key; random for keys that were never put in."""
    first, second, third = places(keys, shape)
    found: NDArray[_T] = cells.take(first)
    found ^= cells.take(second)
    found ^= cells.take(third)
    return found


def build(keys: Keys, values: NDArray[_T]) -> tuple[NDArray[_T], Shape]:
    """Cells and their shape, such that `look_up` gives each key its value.

    Keys must be distinct; the result depends on nothing but the arguments.
    """
    segment = _segment_length(keys.size)
    capacity = int(keys.size * _size_factor(keys.size)) + segment
    segments = max(1, -(-capacity // segment) - 2)
    for attempt in range(50):
        shape = Shape(segment, segments, int(mix(np.array([attempt + 1], np.uint64))[0]))
        where = np.stack(places(keys, shape))
        rounds = _peel(where, shape.size)
        if rounds is not None:
            return _assign(rounds, where, values, shape.size), shape
    raise ValueError("no seed peels: are the keys distinct?")


def _segment_length(count: int) -> int:
    wanted = 1 << int(log(max(count, 2)) / log(3.33) + 2.25)
    return min(max(wanted, _SMALLEST), _LARGEST)


def _size_factor(count: int) -> float:
    return max(1.125, 0.875 + 0.25 * log(1e6) / log(max(count, 16)))


def _peel(
    where: NDArray[np.int64], size: int
) -> list[tuple[NDArray[np.int64], NDArray[np.int64]]] | None:
    """Rounds of (keys, the cell left to each), or None where keys remain that share all cells."""
    count = where.shape[1]
    users = np.bincount(where.ravel(), minlength=size).astype(np.int32)
    names = np.zeros(size, dtype=np.int64)
    every = np.arange(count, dtype=np.int64)
    for row in where:
        np.bitwise_xor.at(names, row, every)
    rounds, peeled = [], 0
    lonely = np.flatnonzero(users == 1)
    while lonely.size:
        keys, first = np.unique(names[lonely], return_index=True)
        rounds.append((keys, lonely[first]))
        peeled += keys.size
        touched = where[:, keys]
        for row in touched:
            np.subtract.at(users, row, 1)
            np.bitwise_xor.at(names, row, keys)
        candidates = touched.ravel()
        lonely = np.unique(candidates[users[candidates] == 1])
    return rounds if peeled == count else None


def _assign(
    rounds: list[tuple[NDArray[np.int64], NDArray[np.int64]]],
    where: NDArray[np.int64],
    values: NDArray[_T],
    size: int,
) -> NDArray[_T]:
    cells = np.zeros(size, dtype=values.dtype)
    for keys, own in reversed(rounds):
        first, second, third = where[:, keys]
        cells[own] = 0
        cells[own] = values[keys] ^ cells[first] ^ cells[second] ^ cells[third]
    return cells
