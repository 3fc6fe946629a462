"""Where the text holds something that nothing may touch."""

from collections.abc import Sequence

from jiaokan.rulebook.automaton import Automaton
from jiaokan.rulebook.gating import starts, words_of
from jiaokan.rulebook.regexes import compiled
from jiaokan.rulebook.rule import ProtectRule
from jiaokan.rulebook.spans import NOTHING, Spans, merged


class Protection:
    """The protect rules, compiled: their words, and the gates of their patterns, in one pass."""

    def __init__(self, rules: Sequence[ProtectRule]) -> None:
        self._words = {word for rule in rules for word in rule.words}
        self._patterns = [(rule.id, compiled(rule.pattern)) for rule in rules if rule.pattern]
        gates = {word for _, pattern in self._patterns for word in words_of(pattern)}
        self._automaton = Automaton(sorted(self._words | gates))
        self._ungated = any(not pattern.gates for _, pattern in self._patterns)
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
        names = self._automaton.words
        spans = [(start, end) for index, start, end in hits if names[index] in self._words]
        places: dict[str, list[int]] = {}
        for index, start, _ in hits:
            places.setdefault(names[index], []).append(start)
        for rule, pattern in self._patterns:
            at = starts(pattern, places)
            if at is None or at:
                spans += [match.span() for match in pattern.find(text, rule, at)]
        return merged(spans)
