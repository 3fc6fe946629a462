"""Matchers of the rules that change text: where a literal's word, a pattern or a phrase matches.

Each says which words call it up, and is then asked about the places where they stand.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol

from jiaokan.rulebook.conditions import Surroundings
from jiaokan.rulebook.confusable import Alike
from jiaokan.rulebook.growth_limit import Growth
from jiaokan.rulebook.match import Match, matched, trimmed
from jiaokan.rulebook.patterns import Replacement
from jiaokan.rulebook.phrases import Phrase
from jiaokan.rulebook.rule import LiteralRule, PatternRule, PhraseRule, Rule
from jiaokan.rulebook.trigger_words import Call


class Acting(Protocol):
    """A rule, or one word of it."""

    @property
    def calls(self) -> Iterable[tuple[str, Call]]:
        """The words that call it up; with none it is always asked. The number is not set."""

    def matches(self, text: str, places: Sequence[int], growth: Growth) -> Iterable[Match]:
        """Where it applies, of the places called up. Raises PageError."""


def acting(rank: int, rule: Rule, surroundings: Surroundings, alike: Alike) -> Iterator[Acting]:
    """What a rule does; nothing where it is of another kind."""
    if isinstance(rule, LiteralRule):
        for wrong, right in rule.pairs.items():
            if wrong != right:
                yield Exchange(rank, rule.id, wrong, right, surroundings)
    elif isinstance(rule, PatternRule):
        yield Replacement(rank, rule, surroundings)
    elif isinstance(rule, PhraseRule):
        yield Repairing(rank, Phrase(rule, alike), surroundings)


class Exchange(NamedTuple):
    """One pair of a literal rule."""

    rank: int
    rule: str
    wrong: str
    right: str
    surroundings: Surroundings

    @property
    def calls(self) -> Iterable[tuple[str, Call]]:
        """Its own word."""
        return ((self.wrong, Call()),)

    def matches(self, text: str, places: Sequence[int], growth: Growth) -> Iterator[Match]:
        """Where it stands."""
        size = len(self.wrong)
        for start in places:
            if self.surroundings.hold(self.rule, text, start, start + size):
                growth.add(self.rule, len(self.right) - size)
                edit = trimmed(self.wrong, start, self.right, self.rule)
                yield matched(start, start + size, self.rank, [edit])


class Repairing(NamedTuple):
    """A phrase rule."""

    rank: int
    phrase: Phrase
    surroundings: Surroundings

    @property
    def calls(self) -> Iterable[tuple[str, Call]]:
        """Its pieces."""
        return self.phrase.calls

    def matches(self, text: str, places: Sequence[int], growth: Growth) -> list[Match]:
        """Near misses that begin at the places or nearby."""
        rule = self.phrase.rule.id
        found: list[Match] = []
        for start in places if len(places) < 2 else sorted(set(places)):
            repair = self.phrase.repair(text, start)
            if repair and self.surroundings.hold(rule, text, repair.start, repair.end):
                found.append(matched(repair.start, repair.end, self.rank, repair.edits))
        return found
