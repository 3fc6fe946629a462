"""Which n-grams are worth their cells.

An n-gram is worth what it saves: weighted count times the bits by which it betters the estimate
of the order below (after Stolcke, "Entropy-based Pruning of Backoff Language Models", 1998, with
the change to the backed-off mass left out). Whoever is kept keeps its prefix and its suffix, so
that a look-up can stop at the first order that is absent.
"""

import numpy as np
from numpy.typing import NDArray

from .ngrams import Order, Table

Weighted = list[NDArray[np.float32]]
Kept = list[NDArray[np.bool_]]

DISCOUNT = 0.6
"""taken off every raw count when an n-gram is judged: what is seen twice is seen by chance"""


def weigh(table: Table, weights: NDArray[np.float64]) -> Weighted:
    """Weighted counts of all n-grams, one array an order."""
    shares = weights.astype(np.float32)
    return [np.asarray(shares @ order.counts, dtype=np.float32) for order in table.orders]


def gains(table: Table, weighted: Weighted) -> Weighted:
    """Bits that each n-gram of orders 2 and up saves over the order below; unigrams: inf."""
    below = weighted[0] / weighted[0].sum()
    saved = [np.full(below.size, np.inf, dtype=np.float32)]
    for order, context, count in zip(table.orders[1:], weighted, weighted[1:], strict=False):
        raw = order.counts.sum(axis=0, dtype=np.float32)
        discounted = count * (1 - DISCOUNT / raw)
        total = np.bincount(order.prefix, discounted, minlength=context.size)
        left = 1 - np.minimum(total / np.maximum(context, 1e-9), 1)
        lower = below[order.suffix]
        own = discounted / context[order.prefix] + left[order.prefix].astype(np.float32) * lower
        saved.append(count * np.log2(own / lower))
        below = own
    return saved


def choose(table: Table, saved: Weighted, budget: int) -> Kept:
    """The n-grams to keep: at most `budget` of orders 2 and up, and every unigram."""
    low, high = 0.0, 4096.0
    for _ in range(24):
        middle = (low * high) ** 0.5 if low > 0 else high / 16
        kept = _close(table.orders, [values > middle for values in saved])
        if sum(int(mask.sum()) for mask in kept[1:]) > budget:
            low = middle
        else:
            high = middle
        if low > 0 and high / low < 1.002:
            break
    return _close(table.orders, [values > high for values in saved])


def _close(orders: list[Order], kept: Kept) -> Kept:
    for order, mask, below in zip(orders[:0:-1], kept[:0:-1], kept[-2::-1], strict=True):
        below[order.prefix[mask]] = True
        below[order.suffix[mask]] = True
    return kept
