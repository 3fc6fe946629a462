"""Many words found in one pass."""

import re
from collections.abc import Iterable, Sequence

_SURROGATES = dict.fromkeys(range(55296, 57344), "�")


_TELLING = 40
"""Characters of which a class still tells something: of more, most pages hold one."""


class Automaton:
    """An Aho–Corasick automaton over words; it finds all of them, overlapping ones too."""

    def __init__(self, words: Iterable[str]) -> None:
        from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

        self.words = tuple(dict.fromkeys(words))
        self._gate = _gate(self.words)
        self._find = AhoCorasick(
            self.words,
            matchkind=MatchKind.Standard,
            implementation=Implementation.DFA,
            store_patterns=False,
        ).find_matches_as_indexes

    def find(self, text: str) -> list[tuple[int, int, int]]:
        """(number of the word, start, end) of each occurrence."""
        if self._gate and not self._gate.search(text):
            return []
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
