"""The rules that change text: literal, pattern and phrase, found together, conflicts settled.

One automaton finds the literals, the gates of the patterns and the pieces of the phrases in one
pass; what that pass does not call up is not looked at. Of matches that overlap the longest
counts, then the one whose rule comes first in order of precedence, then the first in the text.
A match whose edit would touch a protected span, that does not stand where its rule asks for, or
that the language favours by less than its rule's margin, is out before that.
"""

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from jiaokan.edit import Edit
from jiaokan.rulebook.automaton import Automaton
from jiaokan.rulebook.conditions import Surroundings
from jiaokan.rulebook.favoured import favoured
from jiaokan.rulebook.gating import Places, passes, starts, words_of
from jiaokan.rulebook.growth import Growth, check_growth
from jiaokan.rulebook.phrases import Phrase
from jiaokan.rulebook.regexes import Pattern, compiled
from jiaokan.rulebook.replacement import Template, template
from jiaokan.rulebook.rule import LiteralRule, PatternRule, PhraseRule, Rule
from jiaokan.rulebook.spans import NOTHING, Spans


class Match(NamedTuple):
    """A place where a rule applies, and its edits there."""

    start: int
    end: int
    rank: int
    """The rule's place in order of precedence."""
    edits: tuple[Edit, ...]


@dataclass(frozen=True)
class _Replacement:
    rank: int
    rule: str
    pattern: Pattern
    replace: str

    @cached_property
    def template(self) -> Template:
        """What is put in a match's place; the pattern is compiled when a page first calls it up."""
        engine = self.pattern.engine
        return template(self.replace, engine.groupindex, engine.groups)


class Textual:
    """Literal, pattern and phrase rules, compiled. They come in order of precedence."""

    def __init__(self, rules: Sequence[Rule], surroundings: Surroundings) -> None:
        self._surroundings = surroundings
        self._rules = {rule.id: rule for rule in rules}
        self._margins = {
            rank: rule.margin
            for rank, rule in enumerate(rules)
            if isinstance(rule, LiteralRule | PatternRule) and rule.margin
        }
        self._literals: dict[str, list[tuple[int, str, str]]] = {}
        self._patterns: list[_Replacement] = []
        self._phrases: list[tuple[int, Phrase]] = []
        self._gates: dict[str, list[int]] = {}
        """Word -> numbers of the patterns that need it, or another one in its place."""
        self._everywhere: list[int] = []
        """Numbers of the patterns of which nothing is known."""
        self._pieces: dict[str, list[tuple[int, int]]] = {}
        for rank, rule in enumerate(rules):
            self._add(rank, rule)
        words = self._literals.keys() | self._gates.keys() | self._pieces.keys()
        self._automaton = Automaton(sorted(words))

    def _add(self, rank: int, rule: Rule) -> None:
        if isinstance(rule, LiteralRule):
            for wrong, right in rule.pairs.items():
                self._literals.setdefault(wrong, []).append((rank, rule.id, right))
        elif isinstance(rule, PatternRule):
            pattern = compiled(rule.pattern, rule.flags)
            number = len(self._patterns)
            for word in set(words_of(pattern)):
                self._gates.setdefault(word, []).append(number)
            if not pattern.gates:
                self._everywhere.append(number)
            self._patterns.append(_Replacement(rank, rule.id, pattern, rule.replace))
        elif isinstance(rule, PhraseRule):
            phrase = Phrase(rule)
            for piece, offset in phrase.pieces:
                self._pieces.setdefault(piece, []).append((len(self._phrases), offset))
            self._phrases.append((rank, phrase))

    def edits(self, text: str, held: Callable[[str], Spans]) -> Iterator[tuple[Rule, Edit]]:
        """What the rules would change outside the spans that are held in the text, in its order.

        Raises PageError where a pattern takes too long or a rule's output grows too much.
        """
        kept = [edit for match in settled(self._matches(text, held)) for edit in match.edits]
        check_growth(kept, len(text))
        for edit in kept:
            yield self._rules[edit.rule], edit

    def _matches(self, text: str, held: Callable[[str], Spans]) -> Iterator[Match]:
        hits: defaultdict[int, list[int]] = defaultdict(list)
        for index, start, _ in self._automaton.find(text):
            hits[index].append(start)
        places = {self._automaton.words[index]: starts for index, starts in hits.items()}
        growth = Growth(len(text))
        found = list(self._exchanged(text, places, growth))
        called = {number for word in places for number in self._gates.get(word, ())}
        for number in sorted(called.union(self._everywhere)):
            found += self._replaced(self._patterns[number], text, places, growth)
        found += self._repaired(text, places)
        spans = held(text) if found else NOTHING
        for match in found:
            if any(spans.touches(edit.start, edit.end) for edit in match.edits):
                continue
            if match.rank not in self._margins:
                yield match
            elif edits := favoured(text, match.edits, self._margins[match.rank]):
                yield match._replace(edits=edits)

    def _exchanged(self, text: str, places: Places, growth: Growth) -> Iterator[Match]:
        """What the literal rules would change."""
        hits = sorted(
            (at, word) for word in places if word in self._literals for at in places[word]
        )
        for start, word in hits:
            end = start + len(word)
            for rank, rule, right in self._literals[word]:
                if word != right and self._surroundings.hold(rule, text, start, end):
                    growth.add(rule, len(right) - len(word))
                    yield _match(start, end, rank, [trimmed(word, start, right, rule)])

    def _repaired(self, text: str, places: Places) -> Iterator[Match]:
        """What the phrase rules would change."""
        pieces = {
            (number, at - offset)
            for word in places
            for number, offset in self._pieces.get(word, ())
            for at in places[word]
        }
        for number, start in sorted(pieces):
            rank, phrase = self._phrases[number]
            repair = phrase.repair(text, start)
            if repair is None:
                continue
            rule = repair.edits[0].rule
            if self._surroundings.hold(rule, text, repair.start, repair.end):
                yield _match(repair.start, repair.end, rank, repair.edits)

    def _replaced(
        self, item: _Replacement, text: str, places: Places, growth: Growth
    ) -> Iterator[Match]:
        """What a pattern rule would change."""
        if not passes(item.pattern, text, places):
            return
        at = starts(item.pattern, places)
        if at is not None and not at:
            return
        for match in item.pattern.find(text, item.rule, at):
            start, end = match.start(), match.end()
            if not self._surroundings.hold(item.rule, text, start, end):
                continue
            growth.add(item.rule, item.template.length(match) - (end - start))
            new = item.template.filled(match)
            if new != text[start:end]:
                edit = trimmed(text[start:end], start, new, item.rule)
                yield _match(start, end, item.rank, [edit])


def _match(start: int, end: int, rank: int, edits: Iterable[Edit]) -> Match:
    return Match(start, end, rank, tuple(edits))


def trimmed(old: str, start: int, new: str, rule: str) -> Edit:
    """The smallest edit that makes `new` of `old`, which stands at `start`.

    >>> trimmed("己经", 7, "已经", "r")
    Edit(start=7, end=8, new='已', rule='r', confidence=1.0, evidence='')
    """
    shorter = min(len(old), len(new))
    head = next((n for n in range(shorter) if old[n] != new[n]), shorter)
    shorter -= head
    tail = next((n for n in range(shorter) if old[-1 - n] != new[-1 - n]), shorter)
    return Edit(start + head, start + len(old) - tail, new[head : len(new) - tail], rule)


def settled(matches: Iterable[Match]) -> list[Match]:
    """Those that stay where several overlap, in text order."""
    taken: list[tuple[int, int]] = []
    kept: list[Match] = []
    for match in sorted(matches, key=lambda m: (m.start - m.end, m.rank, m.start)):
        span = match.start, match.end
        index = bisect_left(taken, span)
        if index < len(taken) and _meets(span, taken[index]):
            continue
        if index and _meets(taken[index - 1], span):
            continue
        insort(taken, span)
        kept.append(match)
    return sorted(kept)


def _meets(left: tuple[int, int], right: tuple[int, int]) -> bool:
    """Whether two spans overlap, or are insertions at one place; left starts first."""
    return right[0] < left[1] or left == right
