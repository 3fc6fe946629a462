"""Exact counts of all n-grams that occur at least twice, one column a register.

An n-gram is known by a number: (number of its prefix, last character), sorted. Nothing is hashed
here, so that every n-gram's characters, prefix and suffix can be told from the tables.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .corpus import Register

Index = NDArray[np.int32]


@dataclass(frozen=True)
class Order:
    """The n-grams of one order n, numbered 0, 1, …"""

    prefix: Index
    """number of the (n-1)-gram without the last character, shape (size,)"""
    suffix: Index
    """number of the (n-1)-gram without the first character, shape (size,)"""
    last: Index
    """number of the last character among the unigrams, shape (size,)"""
    counts: NDArray[np.uint32]
    """how often each register has it, shape (registers, size)"""


@dataclass(frozen=True)
class Table:
    """All orders, and the code points of the unigrams."""

    characters: NDArray[np.uint32]
    orders: list[Order]


def count(registers: list[Register], order: int, least: int = 2) -> Table:
    """Count the n-grams of orders 1 to `order`; from order 2 on those seen `least` times."""
    text = np.concatenate([register.counted for register in registers])
    bounds = np.cumsum([0] + [register.counted.size for register in registers])
    characters, inverse = np.unique(text, return_inverse=True)
    last = inverse.astype(np.int32)
    every = np.arange(characters.size, dtype=np.int32)
    nothing = np.zeros_like(every)
    counts = _by_register(np.arange(text.size), last, bounds, characters.size)
    orders = [Order(nothing, nothing, every, counts)]
    numbers = last
    for _ in range(order - 1):
        numbers, found = _longer(numbers, last, bounds, characters.size, least)
        orders.append(found)
    return Table(characters, orders)


def _longer(
    numbers: Index, last: Index, bounds: NDArray[np.int64], width: int, least: int
) -> tuple[Index, Order]:
    """From the number of the n-gram that ends at each place (-1: none) to those of order n+1."""
    usable = (numbers[:-1] >= 0) & (numbers[1:] >= 0)
    at = np.flatnonzero(usable) + 1
    at = at[~np.isin(at, bounds)]
    keys = numbers[at - 1].astype(np.int64) * width + last[at]
    ranked = np.argsort(keys, kind="stable")
    keys = keys[ranked]
    starts = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]]))
    sizes = np.diff(np.append(starts, keys.size))
    kept = sizes >= least
    number = np.where(kept, np.cumsum(kept) - 1, -1).astype(np.int32)
    at = at[ranked]
    spread = np.repeat(number, sizes)
    longer = np.full(numbers.size, -1, dtype=np.int32)
    longer[at] = spread
    witness = at[starts[kept]]
    chosen = spread >= 0
    counts = _by_register(at[chosen], spread[chosen], bounds, int(kept.sum()))
    return longer, Order(numbers[witness - 1], numbers[witness], last[witness], counts)


def _by_register(
    at: NDArray[np.int64], number: Index, bounds: NDArray[np.int64], size: int
) -> NDArray[np.uint32]:
    register = np.searchsorted(bounds, at, side="right") - 1
    return np.stack(
        [
            np.bincount(number[register == row], minlength=size).astype(np.uint32)
            for row in range(bounds.size - 1)
        ]
    )
