"""Where a look-alike may stand: rare pairs of characters that another character makes common.

    被道投降: 道 is rare beside 被 and 投, 迫 is not

All characters of a page are asked at once, those of a large file part by part. Most places hold
what some page before held, and nothing came of it: such characters with their neighbours are kept
in a table of fixed size, in which one drives out another.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from jiaokan.code_points import CODE_POINTS, points
from jiaokan.rulebook.book import Confusion

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from jiaokan.code_points import Points
    from jiaokan.language import Codes

    Places = NDArray[np.intp]

_RARE = 7.0
"""log2 count in the corpus below which a pair of characters is rare."""
_UNSEEN = -2.0
"""log2 count that a pair is given which the corpus has not."""
_LINE_END = 10
_CHUNK = 1 << 18
"""Characters that are asked at once: it takes memory for each."""
_BITS = 16
"""log2 of how many characters with their neighbours are kept."""
_SPREAD = np.uint64(0x9E3779B97F4A7C15)
_21, _42, _SLOT = np.uint64(21), np.uint64(42), np.uint64(64 - _BITS)
_PAIRS = 3.0
"""Bits by which the repair's pairs with both neighbours must be commoner."""


class LookAlikes:
    """The look-alikes of a rulebook, compiled."""

    def __init__(self, confusions: Sequence[Confusion]) -> None:
        from jiaokan.language import view

        ordered = sorted(confusions, key=lambda one: one.read)
        sizes = [len(list(group)) for _, group in groupby(ordered, key=lambda one: one.read)]
        self._confusions = tuple(ordered)
        """Those of one character beside one another."""
        self._true = view("".join(one.true for one in ordered))
        """The repair of each, as the language model reads it."""
        self._count = np.array(sizes, np.intp)
        """How many there are of each character that may be read for another."""
        self._first = np.cumsum(self._count) - self._count
        """Where they begin."""
        self._number = np.zeros(CODE_POINTS, np.uint16)
        """Code point -> 0, or 1 + the number of such a character."""
        reads = [ord(self._confusions[at].read) for at in self._first]
        self._number[reads] = np.arange(1, len(reads) + 1)
        self._dull = np.zeros(1 << _BITS, np.uint64)
        """Characters with their neighbours that no look-alike may mend. Threads may share it."""

    def find(self, text: str) -> Iterator[tuple[int, Confusion]]:
        """Places, and look-alikes that may mend them, in order."""
        codes = points(text)
        for low in range(0, codes.size, _CHUNK):
            at = self._number.take(codes[low : low + _CHUNK]).nonzero()[0]
            if low:
                at += low
            at, ones = self._promising(codes, at)
            for place, one in zip(at.tolist(), ones.tolist(), strict=True):
                yield place, self._confusions[one]

    def _promising(self, codes: "Codes", at: "Places") -> tuple["Places", "Places"]:
        """The places whose character is rare beside one of its neighbours, with the look-alikes
        that make commoner pairs there: (places, numbers of look-alikes)."""
        here, before, behind = codes[at], codes[at - 1], codes.take(at + 1, mode="clip")
        before[at == 0] = behind[at == codes.size - 1] = _LINE_END
        keys = (before.astype(np.uint64) << _42) | (here.astype(np.uint64) << _21) | behind
        slots = (keys * _SPREAD) >> _SLOT
        new = (self._dull.take(slots) != keys).nonzero()[0]
        which, ones = self._weighed(before[new], here[new], behind[new])
        dull = np.ones(new.size, np.bool_)
        dull[which] = False
        self._dull[slots[new[dull]]] = keys[new[dull]]
        return at[new[which]], ones

    def _weighed(
        self, before: "Points", here: "Points", behind: "Points"
    ) -> tuple["Places", "Places"]:
        """The same of characters between their neighbours."""
        from jiaokan.language import fold

        left, middle, right = fold(np.stack((before, here, behind)))
        counts = _pairs(left, middle, right)
        rare = (counts.min(axis=0) < _RARE).nonzero()[0]
        kinds = self._number[here[rare]].astype(np.intp) - 1
        times = self._count[kinds]
        which = np.repeat(rare, times)
        ones = np.arange(which.size) - np.repeat(np.cumsum(times) - times, times)
        ones += np.repeat(self._first[kinds], times)
        repaired = _pairs(left[which], self._true[ones], right[which])
        gains = (np.maximum(repaired, _UNSEEN) - np.maximum(counts[:, which], _UNSEEN)).sum(axis=0)
        return which[gains >= _PAIRS], ones[gains >= _PAIRS]


def _pairs(left: "Codes", here: "Codes", right: "Codes") -> "NDArray[np.float32]":
    """log2 counts of each character's pairs with both neighbours, shape (2, N)."""
    from jiaokan.language import load

    firsts, seconds = np.concatenate([left, here]), np.concatenate([here, right])
    return load().log2_pairs(firsts, seconds).reshape(2, -1)
