"""Many words found in one pass."""

import re
from collections.abc import Iterable, Sequence

_SURROGATES = dict.fromkeys(range(55296, 57344), "�")


_CHUNK = 1 << 17
"""Characters that are searched at once: to count in characters takes memory for every byte."""
_TELLING = 40
"""Characters of which a class still tells something: of more, most pages hold one."""
_MOST_FOR_DFA = 1 << 16
"""Bytes of words from which on a DFA, twice as fast, takes too much memory: 400 times as much."""


class Automaton:
    """An Aho–Corasick automaton over words; it finds all of them, overlapping ones too."""

    def __init__(self, words: Iterable[str]) -> None:
        from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

        self.words = tuple(dict.fromkeys(words))
        self._gate = _gate(self.words)
        self._longest = max(map(len, self.words), default=0)
        small = sum(len(word.encode("utf-8", "replace")) for word in self.words) <= _MOST_FOR_DFA
        self._find = AhoCorasick(
            self.words,
            matchkind=MatchKind.Standard,
            implementation=Implementation.DFA if small else Implementation.ContiguousNFA,
            store_patterns=False,
        ).find_matches_as_indexes

    def find(self, text: str) -> list[tuple[int, int, int]]:
        """(number of the word, start, end) of each occurrence."""
        if self._gate and not self._gate.search(text):
            return []
        if len(text) <= _CHUNK:
            return self._hits(text)
        return [
            (index, start + at, end + at)
            for at in range(0, len(text), _CHUNK)
            for index, start, end in self._hits(text[at : at + _CHUNK + self._longest])
            if start < _CHUNK
        ]

    def _hits(self, text: str) -> list[tuple[int, int, int]]:
        try:
            found: list[tuple[int, int, int]] = self._find(text, overlapping=True)
        except UnicodeEncodeError:
            found = self._find(text.translate(_SURROGATES), overlapping=True)
        return found


def _gate(words: Sequence[str]) -> re.Pattern[str] | None:
    """What a text with one of the words holds, where that can be told by few characters."""
    letters = {next(filter(str.isascii, word), word[:1]) for word in words}
    if "" in letters or len(letters) > _TELLING:
        return None
    return re.compile(f"[{re.escape(''.join(sorted(letters)))}]") if letters else None
