"""Where a pattern may match at all, told by the words that it needs.

Of a pattern's gates only the best is looked for: a second one would cost more than it saves.
"""

from collections.abc import Mapping, Sequence

from jiaokan.rulebook.regexes import Pattern
from jiaokan.rulebook.shape import WIDEST


def words_of(pattern: Pattern) -> tuple[str, ...]:
    """The words of which one must stand where the pattern matches; none: nothing is known."""
    return pattern.gates[0].words if pattern.gates else ()


def starts(pattern: Pattern, places: Mapping[str, Sequence[int]]) -> set[int] | None:
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
