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
from jiaokan.rulebook.automaton import Automaton, Hits
from jiaokan.rulebook.conditions import Surroundings
from jiaokan.rulebook.favoured import favoured, tie
from jiaokan.rulebook.gating import Places, passes, starts, words_of
from jiaokan.rulebook.growth import Growth, check_growth
from jiaokan.rulebook.phrases import Phrase
from jiaokan.rulebook.quick import Call, Quick, quick
from jiaokan.rulebook.regexes import Match as PatternMatch
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
    quick: Quick | None

    @cached_property
    def template(self) -> Template:
        """What is put in a match's place; the pattern is compiled when a page first calls it up."""
        engine = self.pattern.engine
        return template(self.replace, engine.groupindex, engine.groups)


class _Uses(NamedTuple):
    """What a word that is found calls up, besides quick patterns."""

    exchanged: bool
    """Whether literals are made of it."""
    others: tuple[int, ...]
    """Numbers of patterns."""
    pieces: tuple[tuple[int, int], ...]
    """Numbers of the phrases, and where in them it stands."""


class _Called(NamedTuple):
    """What the words that stand in a text call up."""

    hits: Hits
    """The words: number, start, end."""
    exchanged: list[tuple[int, str]]
    """Where words stand of which literals are made, and the words."""
    begun: defaultdict[int, list[int]]
    """Numbers of quick patterns, and where they may begin."""
    others: set[int]
    """Numbers of the other patterns."""
    pieces: set[tuple[int, int]]
    """Numbers of phrases, and where they may begin."""


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
        self._words = {rank for rank, rule in enumerate(rules) if isinstance(rule, LiteralRule)}
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
        self._quick = [self._calls(word) for word in self._automaton.words]
        self._uses = [self._uses_of(word) for word in self._automaton.words]

    def _calls(self, word: str) -> tuple[Call, ...]:
        known = ((number, self._patterns[number].quick) for number in self._gates.get(word, ()))
        return tuple(quick.call(number) for number, quick in known if quick)

    def _uses_of(self, word: str) -> _Uses | None:
        numbers = self._gates.get(word, ())
        uses = _Uses(
            word in self._literals,
            tuple(number for number in numbers if not self._patterns[number].quick),
            tuple(self._pieces.get(word, ())),
        )
        return uses if any(uses) else None

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
            self._patterns.append(
                _Replacement(rank, rule.id, pattern, rule.replace, quick(pattern))
            )
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
        called = self._called(text)
        growth = Growth(len(text))
        found = list(self._exchanged(text, sorted(called.exchanged), growth))
        for number, begun in sorted(called.begun.items()):
            item = self._patterns[number]
            assert item.quick is not None
            if matches := item.quick.find(text, item.rule, begun, item.template.plain):
                found += self._replaced(item, text, matches, growth)
        places = _places(called.hits, self._automaton.words) if called.others else {}
        for number in sorted(called.others):
            item = self._patterns[number]
            found += self._replaced(item, text, _found(item, text, places), growth)
        found += self._repaired(text, sorted(called.pieces))
        spans = held(text) if found else NOTHING
        for match in found:
            if any(spans.touches(edit.start, edit.end) for edit in match.edits):
                continue
            margin = self._margins.get(match.rank)
            if margin is None:
                yield match
                continue
            if match.rank in self._words:
                margin += tie(text, match.start, match.end, match.edits[0])
            if edits := favoured(text, match.edits, margin):
                yield match._replace(edits=edits)

    def _called(self, text: str) -> _Called:
        """What the words in a text call up."""
        called = _Called(
            self._automaton.find(text), [], defaultdict(list), set(self._everywhere), set()
        )
        begun, quick_of, uses_of, find = called.begun, self._quick, self._uses, text.find
        for index, at, _ in called.hits:
            for number, near, first, last, start in quick_of[index]:
                if find(near, at + first, at + last) >= 0:
                    begun[number].append(at + start)
            uses = uses_of[index]
            if uses is None:
                continue
            if uses.exchanged:
                called.exchanged.append((at, self._automaton.words[index]))
            for number, offset in uses.pieces:
                called.pieces.add((number, at - offset))
            called.others.update(uses.others)
        return called

    def _exchanged(
        self, text: str, hits: Sequence[tuple[int, str]], growth: Growth
    ) -> Iterator[Match]:
        """What the literal rules would change, from where their words stand."""
        for start, word in hits:
            end = start + len(word)
            for rank, rule, right in self._literals[word]:
                if word != right and self._surroundings.hold(rule, text, start, end):
                    growth.add(rule, len(right) - len(word))
                    yield _match(start, end, rank, [trimmed(word, start, right, rule)])

    def _repaired(self, text: str, pieces: Sequence[tuple[int, int]]) -> Iterator[Match]:
        """What the phrase rules would change: their numbers, and where they may begin."""
        for number, start in pieces:
            rank, phrase = self._phrases[number]
            repair = phrase.repair(text, start)
            if repair is None:
                continue
            rule = repair.edits[0].rule
            if self._surroundings.hold(rule, text, repair.start, repair.end):
                yield _match(repair.start, repair.end, rank, repair.edits)

    def _replaced(
        self, item: _Replacement, text: str, matches: Iterable[PatternMatch], growth: Growth
    ) -> Iterator[Match]:
        """What a pattern rule would change."""
        for match in matches:
            start, end = match.span()
            if not self._surroundings.hold(item.rule, text, start, end):
                continue
            growth.add(item.rule, item.template.length(match) - (end - start))
            new = item.template.filled(match)
            if new != text[start:end]:
                edit = trimmed(text[start:end], start, new, item.rule)
                yield _match(start, end, item.rank, [edit])


def _found(item: _Replacement, text: str, places: Places) -> Iterable[PatternMatch]:
    """Where a pattern matches, told from where the words stand that it needs."""
    at = starts(item.pattern, places)
    if not passes(item.pattern, text, places) or (at is not None and not at):
        return ()
    return item.pattern.find(text, item.rule, at)


def _places(hits: Sequence[tuple[int, int, int]], words: Sequence[str]) -> Places:
    """Where each word stands."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for index, at, _ in hits:
        found[words[index]].append(at)
    return found


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
