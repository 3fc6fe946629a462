"""Many words found in one pass.

A long text is searched in two steps: numpy finds pairs of characters that tell where words may
stand, and the words are compared there. That is twice as fast on pages as the automaton, which is
taken for short texts (lines), and where there are so many words that pairs tell little.
"""

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from jiaokan.code_points import members, places
from jiaokan.rulebook.pairs import Mark, Pairs, marks

_SURROGATES = dict.fromkeys(range(55296, 57344), "\ufffd")

_CHUNK = 1 << 17
"""Characters that are searched at once: it takes memory for each."""
_SHORT = 400
"""Characters of a text that the automaton searches as fast."""
_MOST_PAIRS = 6_000
"""Words of several characters, whose pairs the table still tells from nearly all others."""

Hits = list[tuple[int, int, int]]


class Automaton:
    """An Aho–Corasick automaton over words; it finds all of them, overlapping ones too."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = tuple(dict.fromkeys(words))
        self._longest = max(map(len, self.words), default=0)

    def find(self, text: str) -> Hits:
        """(number of the word, start, end) of each occurrence."""
        if self.by_pairs(text):
            return self._from_pairs(text)
        if len(text) <= _CHUNK:
            return self._hits(text)
        return [
            (index, start + at, end + at)
            for at in range(0, len(text), _CHUNK)
            for index, start, end in self._hits(text[at : at + _CHUNK + self._longest])
            if start < _CHUNK
        ]

    def by_pairs(self, text: str) -> bool:
        """Whether pairs of characters are the faster way to find the words in a text."""
        return len(text) > _SHORT and len(self.words) <= _MOST_PAIRS

    def singles(self, text: str) -> Hits:
        """The same as `find` of words of one character."""
        if not self._single:
            return []
        at = places(text, members(*self._single))
        return [(self._single[text[start]], start, start + 1) for start in at]

    @cached_property
    def marks(self) -> dict[int, Mark]:
        """By what each longer word is found: its number → the mark."""
        longer = [number for number, word in enumerate(self.words) if len(word) > 1]
        return dict(zip(longer, marks([self.words[n] for n in longer]), strict=True))

    def first(self, text: str) -> str | None:
        """The word that ends first in a text; None: none stands there."""
        found = self._hits(text, overlapping=False)
        return self.words[found[0][0]] if found else None

    def _hits(self, text: str, *, overlapping: bool = True) -> Hits:
        # In a copy: a string that is read as UTF-8 keeps that, half as much again, as it lives.
        copy = text[:-1] + text[-1:]
        try:
            found: Hits = self._find(copy, overlapping=overlapping)
        except UnicodeEncodeError:
            found = self._find(text.translate(_SURROGATES), overlapping=overlapping)
        return found

    def _from_pairs(self, text: str) -> Hits:
        found: Hits = []
        by_pair = self._by_pair
        for at in self._pairs.find(text):
            for index, word, before in by_pair.get(text[at : at + 2], ()):
                start = at - before
                if start >= 0 and text.startswith(word, start):
                    found.append((index, start, start + len(word)))
        return found + self.singles(text)

    @cached_property
    def _find(self) -> Any:
        """The automaton itself; where all texts are long it is never asked."""
        from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

        return AhoCorasick(
            self.words,
            matchkind=MatchKind.Standard,
            implementation=Implementation.ContiguousNFA,
            store_patterns=False,
        ).find_matches_as_indexes

    @cached_property
    def _single(self) -> dict[str, int]:
        """The words of one character, and their numbers."""
        return {word: index for index, word in enumerate(self.words) if len(word) == 1}

    @cached_property
    def _pairs(self) -> Pairs:
        return Pairs(self.marks.values())

    @cached_property
    def _by_pair(self) -> dict[str, list[tuple[int, str, int]]]:
        """A pair → the words that are found by it: number, word, where in it the pair stands."""
        found: defaultdict[str, list[tuple[int, str, int]]] = defaultdict(list)
        for number, mark in self.marks.items():
            found[mark.pair].append((number, self.words[number], mark.at))
        return dict(found)
