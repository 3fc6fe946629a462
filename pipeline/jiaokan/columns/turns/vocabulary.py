"""How well each line of a band fits the vocabulary of each of its streams."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from jiaokan.language.junctions import Codes
from jiaokan.language.model import Model

Bits = NDArray[np.float64]

MIX = 0.1
"""Share of a stream's own vocabulary in what it is expected to say."""
SEEN = -2.0
"""log2 count that an unseen pair is given."""
SMALLEST = 50.0
"""Pairs that a vocabulary has at least: a smaller one tells no frequencies."""
MOST = 8.0
"""Bits that a line's vocabulary can say."""


def kin(
    model: Model, codes: Codes, spans: Sequence[tuple[int, int]], streams: Sequence[int]
) -> Bits:
    """Bits for each line in each stream, shape (lines, streams); a line does not speak for itself.

    The lines are spans of the text that `codes` stand for.
    """
    count = max(streams) + 1
    low = spans[0][0]
    text = codes[low : spans[-1][1]]
    owner = np.full(len(text), -1)
    for number, (start, end) in enumerate(spans):
        owner[start - low : max(end - 1 - low, 0)] = number
    han = (text >= 0x3400) & (text < 0xA000)
    where = np.flatnonzero(han[:-1] & han[1:] & (owner[:-1] >= 0))
    pairs = text[:-1].astype(np.uint64) << np.uint64(32) | text[1:]
    _, first, column = np.unique(pairs[where], return_index=True, return_inverse=True)
    said = model.log2_count(text, 2)[where[first] + 1]
    corpus = np.exp2(np.where(np.isfinite(said), said, SEEN)) / model.total
    rows = owner[where]
    keys = rows * len(first) + column
    _, once, times = np.unique(keys, return_index=True, return_counts=True)
    rows, column = rows[once], column[once]
    mine = np.asarray(streams)[rows]
    found = np.zeros((len(spans), count))
    for stream in range(count):
        own = (mine == stream) * times
        total = np.bincount(column, own, minlength=len(first))
        size = max(float(own.sum()), SMALLEST)
        share = (total[column] - own) / size / corpus[column]
        said_so = np.log2(1 - MIX + MIX * share)
        found[:, stream] = np.bincount(rows, said_so, minlength=len(spans))
    found -= found.max(axis=1, keepdims=True)
    bits: Bits = np.maximum(found, -MOST)
    return bits
