"""Many words found in one pass."""

from collections.abc import Iterable
from functools import cached_property

from jiaokan.points import members, places

_SURROGATES = dict.fromkeys(range(55296, 57344), "�")


_CHUNK = 1 << 17
"""Characters that are searched at once: to count in characters takes memory for every byte."""
_TELLING = 40
"""First characters of words that are few enough to be looked for by themselves, and then words."""
_SHORT = 200
"""Characters of a text in which the automaton is as fast."""
_MOST_FOR_DFA = 1 << 16
"""Bytes of words from which on a DFA, twice as fast, takes too much memory: 400 times as much."""

Hits = list[tuple[int, int, int]]


class Automaton:
    """An Aho–Corasick automaton over words; it finds all of them, overlapping ones too."""

    def __init__(self, words: Iterable[str]) -> None:
        from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

        self.words = tuple(dict.fromkeys(words))
        self._longest = max(map(len, self.words), default=0)
        small = sum(len(word.encode("utf-8", "replace")) for word in self.words) <= _MOST_FOR_DFA
        self._find = AhoCorasick(
            self.words,
            matchkind=MatchKind.Standard,
            implementation=Implementation.DFA if small else Implementation.ContiguousNFA,
            store_patterns=False,
        ).find_matches_as_indexes

    def find(self, text: str) -> Hits:
        """(number of the word, start, end) of each occurrence."""
        if len(text) > _SHORT and len(self._by_first) <= _TELLING:
            return self._from_first(text)
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

    @cached_property
    def _by_first(self) -> dict[str, list[tuple[int, str]]]:
        """First character → the words that begin with it, and their numbers."""
        found: dict[str, list[tuple[int, str]]] = {}
        for index, word in enumerate(self.words):
            found.setdefault(word[:1], []).append((index, word))
        return found

    def _from_first(self, text: str) -> Hits:
        """The same, where the words begin with few characters."""
        return [
            (index, at, at + len(word))
            for at in places(text, members(*self._by_first))
            for index, word in self._by_first[text[at]]
            if text.startswith(word, at)
        ]
