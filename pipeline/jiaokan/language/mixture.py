"""From counts to probabilities: every order corrects the one below it.

::

    P_n(w | h) = λ · (count(hw) - D_n)+ / (count(h) · stored share of h) + (1 - λ) · P_n-1(w | h')

Interpolation after Jelinek & Mercer (1980), with an absolute discount D (Ney, Essen & Kneser 1994).
λ hangs on the order, on the class of the context (what share of that which follows it is stored)
and on how often the context was seen; where nothing that follows h is stored, λ is 0.
"""

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .cells import CLASSES, LEVELS, States, log2_of

Floats = NDArray[np.float32]

_LEVEL = np.int16(LEVELS - 1)

BINS = 16
"""contexts are put into this many bins by their level"""


@dataclass(frozen=True)
class Parameters:
    """What is fitted. The first axis is the order: row n - 2 for order n."""

    total: float
    """weighted count of all characters"""
    floor: float
    """share of a character's probability that is uniform over 65,536 characters"""
    discounts: list[float]
    """weighted count taken off every stored n-gram, shape (order - 1,)"""
    shares: list[list[float]]
    """mean stored share of the contexts of a class, shape (order - 1, CLASSES)"""
    lambdas: list[list[list[float]]]
    """weight of an order, shape (order - 1, CLASSES, BINS); class 0: zeros"""

    @property
    def order(self) -> int:
        """Length of the longest n-grams."""
        return len(self.discounts) + 1


def bins(states: NDArray[Any]) -> NDArray[Any]:
    """The bin of each state by its level, 0 to BINS - 1."""
    return np.asarray(np.minimum((states & (LEVELS - 1)) // 5, BINS - 1))


class Mixture(NamedTuple):
    """The formula as tables to take from, one row an order."""

    weights: Floats
    """λ of each context's state, shape (order - 1, CLASSES * LEVELS)"""
    rates: Floats
    """λ / (count(h) · stored share), shape (order - 1, CLASSES * LEVELS)"""
    counts: Floats
    """discounted count of each level, shape (order - 1, LEVELS)"""

    def better(self, below: Floats, contexts: States, grams: States, n: int) -> Floats:
        """P_n from P_n-1 (`below`), the contexts' and the n-grams' states, of shapes that fit."""
        weight = self.weights[n - 2].take(contexts)
        own: Floats = self.counts[n - 2].take(grams & _LEVEL) * self.rates[n - 2].take(contexts)
        np.minimum(own, weight, out=own)
        np.subtract(1, weight, out=weight)
        rest: Floats = weight * below
        return own + rest


def mixture(parameters: Parameters) -> Mixture:
    """The tables of these parameters."""
    states = np.arange(CLASSES * LEVELS, dtype=np.int16)
    classes = states // LEVELS
    lambdas = np.array(parameters.lambdas)
    weights = lambdas[:, classes, bins(states)]
    shares = np.maximum(np.array(parameters.shares), 1e-6)[:, classes]
    rates = weights / (np.exp2(np.maximum(log2_of(states), -4)) * shares)
    levels = np.exp2(log2_of(np.arange(LEVELS)))
    discounts = np.array(parameters.discounts)[:, None]
    counts = np.maximum(levels[None, :] - discounts, 0)
    return Mixture(*(table.astype(np.float32) for table in (weights, rates, counts)))
