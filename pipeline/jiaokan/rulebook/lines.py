"""What a whole line is by its looks: furniture, byline, kicker, affiliation, credit.

Of several rules that know a line the first counts (`jiaokan.rulebook.packs` says how they are
ordered). A line of several cells, with blanks
or | between them, is furniture where every cell is (`第3版  2019年11月26日  星期二`).
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

from jiaokan.rulebook.automaton import Automaton
from jiaokan.rulebook.prefilter import words_of
from jiaokan.rulebook.regexes import Pattern, compiled
from jiaokan.rulebook.rule import DropRule, LayoutRule, LineRole, Neighbour, Rule, Where

_BLANKS = re.compile(r"[\s|│｜]+")
_MOST_CELLS = 12
_NAMES = frozenset(("kicker", "byline"))
_TABLE = re.compile(r"\|?(?:[ ]*:?-{2,}:?[ ]*\|)+(?:[ ]*:?-{2,}:?)?")
"""The line under the head of a table in Markdown: it makes a table of the lines around it."""


class Place(NamedTuple):
    """What stands around a line, as far as the caller can tell."""

    above: Neighbour | None = None
    """edge: nothing, the page begins here."""
    below: Neighbour | None = None
    """edge: nothing, the page ends here."""


@dataclass(frozen=True, slots=True)
class LineMatch:
    """A line that a rule knows."""

    role: LineRole
    rule: str
    """The rule's id."""
    groups: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """The pattern's named groups that took part, "name" in a byline."""


class _Known(NamedTuple):
    rule: DropRule | LayoutRule
    pattern: Pattern
    longest: int
    others: tuple[tuple[str, ...], ...]
    """Words of which one of each must stand in the line, besides those that call the rule up."""

    @property
    def alone(self) -> bool:
        """Whether it counts for a line of one cell."""
        return getattr(self.rule, "alone", "yes") == "yes"

    def match(self, line: str, place: Place | None) -> LineMatch | None:
        rule = self.rule
        if len(line) > self.longest or not _stands(rule.place, place):
            return None
        for words in self.others:
            for word in words:
                if word in line:
                    break
            else:
                return None
        found = self.pattern.whole(line, rule.id)
        if found is None:
            return None
        groups = {name: text for name, text in found.groupdict().items() if text is not None}
        return LineMatch(rule.role, rule.id, MappingProxyType(groups))


class Lines:
    """The drop and layout rules, compiled. `rules` come in order of precedence."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        known = [
            _known(rule, compiled(rule.pattern, line=rule.longest))
            for rule in rules
            if isinstance(rule, DropRule | LayoutRule)
        ]
        self._known = known
        self.asks_for_names = any(map(_asks_for_names, known))
        """Whether a rule wants a kicker or a byline beside its line, and no other short one."""
        self._longest = max((known.longest for known in known), default=0)
        self._called: dict[str, list[int]] = {}
        """Word -> numbers of the rules that need it, or another one in its place."""
        for number, one in enumerate(known):
            for word in words_of(one.pattern):
                self._called.setdefault(word, []).append(number)
        self._always = [n for n, one in enumerate(known) if not words_of(one.pattern)]
        self._automaton = Automaton(sorted(self._called))

    def match(self, line: str, place: Place | None) -> LineMatch | None:
        """The first rule that knows the line."""
        if not line or len(line) > 2 * self._longest:
            return None
        for known in self._possible(line):
            found = known.match(line, place) if known.alone else None
            if found is not None:
                return found
        if "--" in line and _TABLE.fullmatch(line):
            return None
        words = [word for word in _BLANKS.split(line) if word]
        return self._combined(words, place) if 1 < len(words) <= _MOST_CELLS else None

    def _possible(self, line: str) -> Iterator[_Known]:
        """The rules of which a needed word stands in the line, in order."""
        numbers = set(self._always)
        for index, _, _ in self._automaton.find(line):
            numbers.update(self._called[self._automaton.words[index]])
        return (self._known[number] for number in sorted(numbers))

    def _combined(self, words: Sequence[str], place: Place | None) -> LineMatch | None:
        """Furniture in every cell, in one of them by a rule that counts alone."""
        reached: dict[int, LineMatch | None] = {0: None}
        for end in range(1, len(words) + 1):
            for start in range(end):
                cell = " ".join(words[start:end])
                known = self._cell(cell, place) if start in reached else None
                if known is None:
                    continue
                match = LineMatch("furniture", known.rule.id) if known.alone else None
                reached[end] = reached.get(end) or reached[start] or match
        return reached.get(len(words))

    def _cell(self, text: str, place: Place | None) -> _Known | None:
        for known in self._possible(text):
            if known.rule.role == "furniture" and known.match(text, place) is not None:
                return known
        return None


def _known(rule: DropRule | LayoutRule, pattern: Pattern) -> _Known:
    return _Known(rule, pattern, rule.longest, tuple(gate.words for gate in pattern.gates[1:]))


def _stands(wanted: Where, place: Place | None) -> bool:
    if wanted.above and (place is None or not _is_among(place.above, wanted.above)):
        return False
    return not wanted.below or (place is not None and _is_among(place.below, wanted.below))


def _is_among(neighbour: Neighbour | None, wanted: Sequence[Neighbour]) -> bool:
    """Whether it is wanted; kickers and bylines are short lines, as titles are."""
    return neighbour in wanted or (neighbour in _NAMES and "title" in wanted)


def _asks_for_names(known: _Known) -> bool:
    sides = (known.rule.place.above, known.rule.place.below)
    return any("title" not in side and not _NAMES.isdisjoint(side) for side in sides)
