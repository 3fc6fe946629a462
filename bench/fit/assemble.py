"""From exact counts to a model: weigh, prune, quantise, store, fit."""

import numpy as np
from jiaokan.language import fuse
from jiaokan.language.cells import (
    CLASSES,
    DEEPEST,
    LEVELS,
    begin,
    check,
    extend,
    level,
    log2_of,
    pack,
)
from jiaokan.language.fuse import Keys
from jiaokan.language.mixture import mixture
from jiaokan.language.model import Model
from jiaokan.language.table import CHARACTERS, Grams
from numpy.typing import NDArray

from .estimate import first
from .ngrams import Order, Table
from .prune import Kept, Weighted

EDGES = np.array([0.0, 0.5, 0.85])
"""stored share of a context from which on it belongs to class 1, 2, …"""


def smaller(table: Table, kept: Kept) -> Table:
    """The table with only the n-grams that are kept, numbered anew."""
    orders = []
    numbers = np.arange(kept[0].size, dtype=np.int32)
    for order, mask in zip(table.orders, kept, strict=True):
        prefix, suffix = numbers[order.prefix[mask]], numbers[order.suffix[mask]]
        if not orders:
            prefix = suffix = order.prefix
        orders.append(Order(prefix, suffix, order.last[mask], order.counts[:, mask]))
        numbers = (np.cumsum(mask) - 1).astype(np.int32)
    return Table(table.characters, orders)


def assemble(table: Table, weighted: Weighted, discounts: list[float]) -> Model:
    """A model of these n-grams whose weights are not yet fitted."""
    least = int(min(level(counts).min() for counts in weighted[1:]))
    levels, drops = _quantise(table, weighted, least)
    keys = _keys(table)
    classes, shares = _classes(table, weighted, levels, discounts)
    values = [pack(key, kind, drop) for key, kind, drop in zip(keys, classes, drops, strict=True)]
    checks, check_shape = fuse.build(keys[1], check(keys[1]))
    cells, shape = fuse.build(np.concatenate(keys[1:]), np.concatenate(values[1:]))
    known = table.characters < CHARACTERS
    codes = table.characters[known]
    counts = np.zeros(CHARACTERS, dtype=np.float32)
    counts[codes] = weighted[0][known]
    singles = np.zeros(CHARACTERS, dtype=np.int16)
    singles[codes] = classes[0][known] * LEVELS + levels[0][known]
    grams = Grams(len(table.orders), least, cells, shape, checks, check_shape, counts, singles)
    parameters = first(float(weighted[0].sum()), discounts, shares)
    return Model(grams, mixture(parameters), parameters)


def _quantise(
    table: Table, weighted: Weighted, least: int
) -> tuple[list[NDArray[np.int16]], list[NDArray[np.int16]]]:
    """Levels as they will be read, and the drops that say them."""
    levels, drops = [level(weighted[0])], [np.zeros(weighted[0].size, dtype=np.int16)]
    for order, counts, deepest in zip(table.orders[1:], weighted[1:], DEEPEST, strict=False):
        bound = np.minimum(levels[-1][order.prefix], levels[-1][order.suffix])
        drop = np.minimum(np.clip(bound - level(counts), 0, deepest), bound - least)
        levels.append((bound - drop).astype(np.int16))
        drops.append(drop.astype(np.int16))
    return levels, drops


def _keys(table: Table) -> list[Keys]:
    keys = [extend(begin(table.characters.size), table.characters)]
    for order in table.orders[1:]:
        keys.append(extend(keys[-1][order.prefix], table.characters[order.last]))
    return keys


def _classes(
    table: Table, weighted: Weighted, levels: list[NDArray[np.int16]], discounts: list[float]
) -> tuple[list[NDArray[np.int16]], list[list[float]]]:
    """The class of every n-gram as a context, and the mean stored share of every class."""
    classes, shares = [], []
    for order, discount, context, count, own in zip(
        table.orders[1:], discounts, levels, levels[1:], weighted, strict=False
    ):
        following = np.maximum(np.exp2(log2_of(count)) - discount, 0)
        whole = np.exp2(log2_of(context))
        share = np.bincount(order.prefix, following, minlength=whole.size) / whole
        continued = np.zeros(whole.size, dtype=bool)
        continued[order.prefix] = True
        kind = np.where(continued, np.maximum(np.searchsorted(EDGES, share), 1), 0)
        mass = np.bincount(kind, own * share, minlength=CLASSES)
        mean = mass / np.maximum(np.bincount(kind, own, minlength=CLASSES), 1e-9)
        mean[0] = 0
        classes.append(kind.astype(np.int16))
        shares.append(np.round(mean, 4).tolist())
    classes.append(np.zeros(levels[-1].size, dtype=np.int16))
    return classes, shares
