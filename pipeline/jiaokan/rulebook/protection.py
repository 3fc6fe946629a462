"""Where the text holds something that nothing may touch."""

from collections import defaultdict
from collections.abc import Sequence

from jiaokan.rulebook.automaton import Automaton
from jiaokan.rulebook.prefilter import starts, words_of
from jiaokan.rulebook.regexes import compiled
from jiaokan.rulebook.rule import ProtectRule
from jiaokan.rulebook.spans import NOTHING, Spans, merged


class Protection:
    """The protect rules, compiled: their words, and the gates of their patterns, in one pass."""

    def __init__(self, rules: Sequence[ProtectRule]) -> None:
        self._words = {word for rule in rules for word in rule.words}
        self._patterns = [(rule.id, compiled(rule.pattern)) for rule in rules if rule.pattern]
        called = defaultdict[str, list[int]](list)
        for number, (_, pattern) in enumerate(self._patterns):
            for word in words_of(pattern):
                called[word].append(number)
        self._automaton = Automaton(sorted({*self._words, *called}))
        names = self._automaton.words
        self._held = [name in self._words for name in names]
        """Of each word of the automaton: whether it is protected itself."""
        self._called = [called[name] for name in names]
        """The same: the numbers of the patterns that it may begin."""
        self._ungated = [n for n, (_, pattern) in enumerate(self._patterns) if not pattern.gates]
        self._last: tuple[str, Spans] = ("", NOTHING)

    def spans(self, text: str) -> Spans:
        """Protected spans of a text; of the text that was asked about last they are known."""
        text_of, known = self._last
        if text_of is not text:
            known = self._spans(text)
            self._last = text, known
        return known

    def _spans(self, text: str) -> Spans:
        hits = self._automaton.find(text)
        if not hits and not self._ungated:
            return NOTHING
        of_word = defaultdict[int, list[int]](list)
        for index, start, _ in hits:
            of_word[index].append(start)
        spans: list[tuple[int, int]] = []
        places: dict[int, list[int]] = {number: [] for number in self._ungated}
        for index, found in of_word.items():
            if self._held[index]:
                length = len(self._automaton.words[index])
                spans += ((start, start + length) for start in found)
            for number in self._called[index]:
                places.setdefault(number, []).extend(found)
        for number in sorted(places):
            rule, pattern = self._patterns[number]
            at = starts(pattern, places[number])
            if at is None or at:
                matches = pattern.find(text, rule, at)
                spans += [(match.start(), match.end()) for match in matches]
        return merged(spans)
