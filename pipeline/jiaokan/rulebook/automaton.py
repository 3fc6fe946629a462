"""Many words found in one pass.

A long text is searched in two steps: numpy finds where two or three characters stand with which a
word may begin, by tables that fit the processor's cache, and the words that begin so are compared.
That is twice as fast on pages as the automaton, which is taken for short texts (lines), and where
there are so many words that the table tells little.
"""

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Any

from jiaokan.points import CODE_POINTS, members, places, points

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from jiaokan.points import Points

_SURROGATES = dict.fromkeys(range(55296, 57344), "\ufffd")

_CHUNK = 1 << 17
"""Characters that are searched at once: it takes memory for each."""
_SHORT = 400
"""Characters of a text that the automaton searches as fast."""
_MOST_HEADS = 6_000
"""Pairs of first characters, of which the table still tells nearly all from others."""
_SPREAD = 181
_PAIR, _LONGER = 1, 2

Hits = list[tuple[int, int, int]]


class Automaton:
    """An Aho–Corasick automaton over words; it finds all of them, overlapping ones too."""

    def __init__(self, words: Iterable[str]) -> None:
        from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

        self.words = tuple(dict.fromkeys(words))
        self._longest = max(map(len, self.words), default=0)
        self._find = AhoCorasick(
            self.words,
            matchkind=MatchKind.Standard,
            implementation=Implementation.ContiguousNFA,
            store_patterns=False,
        ).find_matches_as_indexes

    def find(self, text: str) -> Hits:
        """(number of the word, start, end) of each occurrence."""
        if len(text) > _SHORT and len(self._two) + len(self._by_head) <= _MOST_HEADS:
            return self._from_heads(text)
        if len(text) <= _CHUNK:
            return self._hits(text)
        return [
            (index, start + at, end + at)
            for at in range(0, len(text), _CHUNK)
            for index, start, end in self._hits(text[at : at + _CHUNK + self._longest])
            if start < _CHUNK
        ]

    def _hits(self, text: str) -> Hits:
        try:
            found: Hits = self._find(text, overlapping=True)
        except UnicodeEncodeError:
            found = self._find(text.translate(_SURROGATES), overlapping=True)
        return found

    def _from_heads(self, text: str) -> Hits:
        codes = points(text)
        found: Hits = []
        two, longer = self._two, self._by_head
        for low in range(0, len(text), _CHUNK):
            for start, head, kind in zip(*self._heads_in(codes, low), strict=True):
                if kind & _PAIR:
                    index = two.get(head, -1)
                    if index >= 0:
                        found.append((index, start, start + 2))
                if kind & _LONGER:
                    for index, word in longer.get(head, ()):
                        if text.startswith(word, start):
                            found.append((index, start, start + len(word)))
        if self._single:
            singles = places(text, members(*self._single))
            found += [(self._single[text[start]], start, start + 1) for start in singles]
        return found

    def _heads_in(self, codes: "Points", low: int) -> tuple[list[int], list[int], list[int]]:
        """Where words of several characters may begin in a part of the text, the two characters
        that stand there, and what they may begin."""
        part = codes[low : low + _CHUNK + 1]
        pairs = _joined(part[:-1], part[1:])
        kinds = self._heads.take(pairs)
        at = kinds.nonzero()[0]
        third = codes.take(at + (low + 2), mode="clip")
        triples = _joined(pairs.take(at), third)
        may = kinds.take(at) & self._thirds.take(triples)
        which = may.nonzero()[0]
        kept = at.take(which)
        heads = part.take(kept).astype("i8") * CODE_POINTS + part.take(kept + 1)
        kept += low
        return kept.tolist(), heads.tolist(), may.take(which).tolist()

    @cached_property
    def _single(self) -> dict[str, int]:
        """The words of one character, and their numbers."""
        return {word: index for index, word in enumerate(self.words) if len(word) == 1}

    @cached_property
    def _two(self) -> dict[int, int]:
        """Two characters → the number of the word."""
        return {_head(word): n for n, word in enumerate(self.words) if len(word) == 2}

    @cached_property
    def _by_head(self) -> dict[int, list[tuple[int, str]]]:
        """First two characters → the longer words that begin with them, and their numbers."""
        found: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
        for index, word in enumerate(self.words):
            if len(word) > 2:
                found[_head(word)].append((index, word))
        return dict(found)

    @cached_property
    def _heads(self) -> "NDArray[np.uint8]":
        """Two characters, made one number → what begins with them: words of two, longer ones."""
        import numpy as np

        table = np.zeros(1 << 16, np.uint8)
        for word in self.words:
            if len(word) > 1:
                table[_number(word[:2])] |= _PAIR if len(word) == 2 else _LONGER
        return table

    @cached_property
    def _thirds(self) -> "NDArray[np.uint8]":
        """The same of three characters: longer words, or any of two."""
        import numpy as np

        table = np.full(1 << 16, _PAIR, np.uint8)
        longer = [_number(word[:3]) for word in self.words if len(word) > 2]
        table[longer] |= _LONGER
        return table


def _joined(left: "NDArray[Any]", right: "NDArray[np.uint32]") -> "NDArray[np.uint16]":
    """One number of 16 bits for what stands at the left, as a number, and the next character."""
    import numpy as np

    numbers = left * np.uint32(_SPREAD)
    numbers += right
    return numbers.astype(np.uint16)


def _head(word: str) -> int:
    """The first two characters of a word, made one number that no others have."""
    return ord(word[0]) * CODE_POINTS + ord(word[1])


def _number(head: str) -> int:
    number = 0
    for character in head:
        number = number * _SPREAD + ord(character)
    return number % (1 << 16)
