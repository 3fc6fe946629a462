"""The rules that change text: literal, pattern and phrase, found together, conflicts settled.

Of matches that overlap the longest counts, then the one whose rule comes first in order of
precedence, then the first in the text. A match whose edit would touch a protected span, that does
not stand where its rule asks for, or that the language favours by less than its rule's margin, is
out before that.
"""

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Iterator, Sequence

from jiaokan.edit import Edit
from jiaokan.rulebook.conditions import Surroundings
from jiaokan.rulebook.confusable import alike
from jiaokan.rulebook.growth_limit import Growth, check_growth
from jiaokan.rulebook.likelihood import favoured, tie
from jiaokan.rulebook.match import Match
from jiaokan.rulebook.matchers import acting
from jiaokan.rulebook.rule import LiteralRule, PatternRule, Rule
from jiaokan.rulebook.spans import NOTHING, Spans
from jiaokan.rulebook.trigger_words import Calls


class Textual:
    """Literal, pattern and phrase rules, compiled. They come in order of precedence."""

    def __init__(self, rules: Sequence[Rule], surroundings: Surroundings) -> None:
        self._rules = {rule.id: rule for rule in rules}
        self._margins = {
            rank: rule.margin
            for rank, rule in enumerate(rules)
            if isinstance(rule, LiteralRule | PatternRule) and rule.margin
        }
        self._words = {rank for rank, rule in enumerate(rules) if isinstance(rule, LiteralRule)}
        known = alike(rules)
        self._acting = [
            one
            for rank, rule in enumerate(rules)
            for one in acting(rank, rule, surroundings, known)
        ]
        called = [tuple(one.calls) for one in self._acting]
        self._always = [number for number, calls in enumerate(called) if not calls]
        """Numbers of those of which nothing is known."""
        self._calls = Calls(
            (word, call._replace(number=number))
            for number, calls in enumerate(called)
            for word, call in calls
        )

    def edits(self, text: str, held: Callable[[str], Spans]) -> Iterator[tuple[Rule, Edit]]:
        """What the rules would change outside the spans that are held in the text, in its order.

        Raises PageError where a pattern takes too long or a rule's output grows too much.
        """
        kept = [edit for match in settled(self._matches(text, held)) for edit in match.edits]
        check_growth(kept, len(text))
        for edit in kept:
            yield self._rules[edit.rule], edit

    def _matches(self, text: str, held: Callable[[str], Spans]) -> Iterator[Match]:
        places = self._calls.places(text)
        for number in self._always:
            places[number] = []
        growth = Growth(len(text))
        found: list[Match] = []
        for number in sorted(places):
            found += self._acting[number].matches(text, places[number], growth)
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
