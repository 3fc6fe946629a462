"""Which words the texts of a page have in common: neighbouring Chinese characters, in their place.

>>> texts = {0: "渡口的夜班船", 9: "夜班船停航", 20: "阅览室"}
>>> [round(share, 2) for share in CommonWords(texts).kin(0, 9)]
[1.0, 0.41]
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from jiaokan.code_points import points

Words = NDArray[np.uint32]

_FEWEST = 10
"""Words of the smaller text, and bits of its rarity, below which nothing is told by it."""


class CommonWords:
    """The words of each text, told by where the text starts, and how rare each is on the page."""

    def __init__(self, texts: Mapping[int, str]) -> None:
        self._words = {start: _words(text) for start, text in texts.items()}
        every = np.concatenate([np.zeros(0, np.uint32), *self._words.values()])
        self._known, counts = np.unique(every, return_counts=True)
        self._rarity = np.log(len(texts) / counts)

    def kin(self, one: int, other: int) -> tuple[float, float]:
        """Share of the two texts' words, and of rare ones, that they have in common, times 5."""
        first, second = self._words[one], self._words[other]
        both = np.intersect1d(first, second, assume_unique=True)
        least = max(min(len(first), len(second)), _FEWEST)
        bits = min(self._bits(first), self._bits(second))
        return 5 * len(both) / least, 5 * self._bits(both) / max(bits, float(_FEWEST))

    def _bits(self, words: Words) -> float:
        return float(self._rarity[self._known.searchsorted(words)].sum())


def _words(text: str) -> Words:
    """Each once, in order."""
    codes = points(text)
    han = (codes >= 0x3400) & (codes < 0xA000)
    both = han[:-1] & han[1:]
    every: Words = np.sort(codes[:-1][both] << np.uint32(16) | codes[1:][both])
    new = np.ones(len(every), np.bool_)
    new[1:] = every[1:] != every[:-1]
    found: Words = every[new]
    return found
