"""Many words found in one pass."""

from collections.abc import Iterable

_SURROGATES = dict.fromkeys(range(55296, 57344), "�")


class Automaton:
    """An Aho–Corasick automaton over words; it finds all of them, overlapping ones too."""

    def __init__(self, words: Iterable[str]) -> None:
        from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

        self.words = tuple(dict.fromkeys(words))
        self._find = AhoCorasick(
            self.words,
            matchkind=MatchKind.Standard,
            implementation=Implementation.DFA,
            store_patterns=False,
        ).find_matches_as_indexes

    def find(self, text: str) -> list[tuple[int, int, int]]:
        """(number of the word, start, end) of each occurrence."""
        try:
            found: list[tuple[int, int, int]] = self._find(text, overlapping=True)
        except UnicodeEncodeError:
            found = self._find(text.translate(_SURROGATES), overlapping=True)
        return found
