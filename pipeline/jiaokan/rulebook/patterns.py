"""A pattern rule on a text: which words call it up, where it is tried, what it puts there.

Most patterns need a word at a fixed distance from where they begin, and `re` may run them there
without a clock. Where such a pattern needs a second word nearby, too, that is looked for first: it
takes less time than a try, and nearly all places are out by then.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from sys import maxsize

from jiaokan.rulebook.conditions import Surroundings
from jiaokan.rulebook.growth_limit import Growth
from jiaokan.rulebook.match import Match, matched, trimmed
from jiaokan.rulebook.pattern_analysis import WIDEST, Gate
from jiaokan.rulebook.prefilter import LOOK, passes, starts, words_of
from jiaokan.rulebook.regexes import FEW_TRIES, compiled
from jiaokan.rulebook.regexes import Match as Found
from jiaokan.rulebook.replacement import Template, template
from jiaokan.rulebook.rule import PatternRule
from jiaokan.rulebook.trigger_words import Call

_Matcher = Callable[[str, int], Found | None]


class Replacement:
    """A pattern rule, compiled when a text first calls it up."""

    def __init__(self, rank: int, rule: PatternRule, surroundings: Surroundings) -> None:
        self._rank, self._rule, self._surroundings = rank, rule, surroundings
        self._pattern = pattern = compiled(rule.pattern, rule.flags)
        first = pattern.gates[0] if pattern.gates else None
        self._quick = first is not None and first.low == first.high and not pattern.timed
        """Whether it begins at a fixed distance from its word."""
        self._few = FEW_TRIES // max(1, pattern.tries)
        """Places that may be tried without a clock."""
        far = [gate.words for gate in pattern.gates[1:] if not _near(gate)]
        self._elsewhere = far[0] if far else ()
        """Words of which a quick pattern needs one, too, farther away."""
        self._look = LOOK * len(self._elsewhere) if far else maxsize
        """So many places are tried without looking for these."""

    @property
    def calls(self) -> Iterator[tuple[str, Call]]:
        """The words of which one must stand there."""
        call = self._call if self._quick else Call()
        words = tuple(dict.fromkeys(words_of(self._pattern)))
        idle = self._idle(words) if self._quick else frozenset()
        for word in words:
            if word not in idle or len(idle) == len(words):
                yield word, call

    def _idle(self, words: Sequence[str]) -> frozenset[str]:
        """Words that are what the rule would put there: 已经 of [己已]经 → 已经.

        A match takes its characters from later ones, though, even where it changes nothing: it is
        idle only where no other can begin inside of it.
        """
        low, (size, most), new = self._pattern.gates[0].low, self._pattern.width, self._rule.replace
        if low > 0 or size != most or "\\" in new or len(new) != size:
            return frozenset()
        taken = [word[-low : size - low] for word in words]
        if any(len(one) < size for one in taken):
            return frozenset()
        if any(other.startswith(new[n:]) for other in taken for n in range(1, size)):
            return frozenset()
        return frozenset(word for word, one in zip(words, taken, strict=True) if one == new)

    @property
    def _call(self) -> Call:
        """What is asked where a quick pattern's word stands."""
        word, *others = self._pattern.gates
        back, behind = word.low, self._pattern.behind
        for gate in others:
            if _near(gate):
                (near,) = gate.words
                first, last = gate.low - back, gate.high + len(near) - back
                return Call(0, near, first, last, -back, behind=behind)
        return Call(0, "", -back, -back, -back, behind=behind)

    def matches(self, text: str, places: Sequence[int], growth: Growth) -> Iterable[Match]:
        """Where it matches: for a quick pattern the places are where it may begin, else where its
        words stand. Raises PageError where it takes too long, or grows too much."""
        if not self._quick:
            return self._replaced(text, self._searched(text, places), growth)
        if len(places) > self._look and not any(word in text for word in self._elsewhere):
            return ()
        if len(places) > self._few:
            return self._replaced(text, self._pattern.find(text, self._rule.id, places), growth)
        match, same, free = self._match, self._same, 0
        found: list[Found] = []
        if len(places) == 1:
            one = match(text, places[0]) if places[0] >= 0 else None
            if one is None or one.group(0) == same:
                return ()
            return self._replaced(text, (one,), growth)
        for start in sorted(set(places)):
            one = match(text, start) if start >= free else None
            if one is not None:
                free = max(one.end(), start + 1)
                if one.group(0) != same:
                    found.append(one)
        return self._replaced(text, found, growth) if found else ()

    def _searched(self, text: str, places: Sequence[int]) -> Iterable[Found]:
        at = starts(self._pattern, places)
        if not passes(self._pattern, text, len(places)) or (at is not None and not at):
            return ()
        return self._pattern.find(text, self._rule.id, at)

    def _replaced(self, text: str, found: Iterable[Found], growth: Growth) -> Iterator[Match]:
        """What the rule would change."""
        rule = self._rule.id
        for match in found:
            start, end = match.span()
            if not self._surroundings.hold(rule, text, start, end):
                continue
            growth.add(rule, self._template.length(match) - (end - start))
            new = self._template.filled(match)
            if new != text[start:end]:
                edit = trimmed(text[start:end], start, new, rule)
                yield matched(start, end, self._rank, [edit])

    @cached_property
    def _match(self) -> _Matcher:
        matcher: _Matcher = self._pattern.engine.match
        return matcher

    @cached_property
    def _template(self) -> Template:
        engine = self._pattern.engine
        return template(self._rule.replace, engine.groupindex, engine.groups)

    @cached_property
    def _same(self) -> str | None:
        return self._template.plain


def _near(gate: Gate) -> bool:
    """Whether it is one word behind the match's start, close enough to be looked for there."""
    return len(gate.words) == 1 and gate.low >= 0 and gate.high - gate.low <= WIDEST
