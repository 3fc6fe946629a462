"""Where a pattern may match at all, told by the words that it needs.

Of a pattern's gates only the best is looked for in every text; a second one only where the best
leaves so many places that it costs less than to try them.
"""

from collections.abc import Mapping, Sequence

from jiaokan.rulebook.regexes import Pattern
from jiaokan.rulebook.shape import WIDEST

Places = Mapping[str, Sequence[int]]
"""Word -> where it stands."""

LOOK, _TRY, _TRY_TIMED = 5, 1, 100
"""What it costs to look for a word in a page, and to try a pattern at a place."""


def words_of(pattern: Pattern) -> tuple[str, ...]:
    """The words of which one must stand where the pattern matches; none: nothing is known."""
    return pattern.gates[0].words if pattern.gates else ()


def passes(pattern: Pattern, text: str, places: Places) -> bool:
    """Whether the text may hold what the pattern needs, as far as that is worth asking."""
    if len(pattern.gates) < 2:
        return True
    first, *others = pattern.gates
    hits = sum(len(places[word]) for word in first.words if word in places)
    tries = hits * (first.high - first.low + 1) * (_TRY_TIMED if pattern.timed else _TRY)
    return all(
        any(word in text for word in gate.words)
        for gate in others
        if len(gate.words) * LOOK < tries
    )


def starts(pattern: Pattern, places: Places) -> set[int] | None:
    """Where matches can begin, from where each word stands; None: anywhere."""
    if not pattern.gates:
        return None
    gate = pattern.gates[0]
    low, high = gate.low, gate.high
    hits: list[int] = []
    for word in gate.words:
        if word in places:
            hits += places[word]
    if low == high:
        return {at - low for at in hits if at >= low}
    if hits and high - low > WIDEST:
        return None
    return {at - by for at in hits for by in range(low, high + 1) if at >= by}
