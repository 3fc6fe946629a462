"""Patterns that are tried at a few places of a text, with nothing done for them elsewhere.

Most patterns need a word at a fixed distance from where they begin, and `re` may run them there
without a clock. Where the pattern needs a second word nearby, too, that is looked for first: it
takes a third of the time of a try, and nearly all places are out by then.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from jiaokan.rulebook.gating import LOOK
from jiaokan.rulebook.regexes import FEW_TRIES, Match, Pattern
from jiaokan.rulebook.shape import WIDEST, Gate


class Call(NamedTuple):
    """What is asked where a quick pattern's word stands; places are counted from the word."""

    number: int
    """The pattern's."""
    near: str
    """Another word that it needs; empty: none, or not one alone."""
    first: int
    """Where that begins at the earliest."""
    last: int
    """Where that ends at the latest."""
    start: int
    """Where the match begins."""


@dataclass(frozen=True, slots=True)
class Quick:
    """A pattern that begins at a fixed distance from its word."""

    pattern: Pattern
    elsewhere: tuple[str, ...]
    """Words of which it needs one, too, farther away."""

    def find(
        self, text: str, rule: str, starts: Sequence[int], same: str | None = None
    ) -> Sequence[Match]:
        """The matches that begin at some of the places, in order, but for those that are `same`.

        Raises PageError where they take too long.
        """
        if len(starts) * self.pattern.tries > FEW_TRIES:
            return list(self.pattern.find(text, rule, starts))
        matches: list[Match] = []
        if 0 < len(self.elsewhere) * LOOK < len(starts) and not any(
            word in text for word in self.elsewhere
        ):
            return matches
        free = 0
        for start in starts if len(starts) < 2 else sorted(set(starts)):
            if start < free:
                continue
            found = self.pattern.engine.match(text, start)
            if found is None:
                continue
            free = max(found.end(), start + 1)
            if found[0] != same:
                matches.append(found)
        return matches

    def call(self, number: int) -> Call:
        """What is asked where its word is found."""
        word, *others = self.pattern.gates
        back = word.low
        for gate in others:
            if _near(gate):
                (near,) = gate.words
                last = gate.high + len(near)
                return Call(number, near, gate.low - back, last - back, -back)
        return Call(number, "", -back, -back, -back)


def quick(pattern: Pattern) -> Quick | None:
    """The pattern as one that is tried at a few places; None: it may begin elsewhere, too."""
    if not pattern.gates or pattern.timed or pattern.gates[0].low != pattern.gates[0].high:
        return None
    far = [gate.words for gate in pattern.gates[1:] if not _near(gate)]
    return Quick(pattern, far[0] if far else ())


def _near(gate: Gate) -> bool:
    """Whether it is one word behind the match's start, close enough to be looked for there."""
    return len(gate.words) == 1 and gate.low >= 0 and gate.high - gate.low <= WIDEST
