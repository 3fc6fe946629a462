"""A prefilter for patterns: where one may match at all, told by the words that it needs.

Of a pattern's gates only the best is looked for in every text; a second one only where the best
leaves so many places that it costs less than to try them.
"""

from collections.abc import Collection, Sequence

from jiaokan.rulebook.pattern_analysis import WIDEST
from jiaokan.rulebook.regexes import Pattern

LOOK, _TRY, _TRY_TIMED = 5, 1, 100
"""What it costs to look for a word in a page, and to try a pattern at a place."""


def words_of(pattern: Pattern) -> tuple[str, ...]:
    """The words of which one must stand where the pattern matches; none: nothing is known."""
    return pattern.gates[0].words if pattern.gates else ()


def passes(pattern: Pattern, text: str, hits: int) -> bool:
    """Whether the text may hold what the pattern needs, as far as that is worth asking where its
    words stand at so many places."""
    if len(pattern.gates) < 2:
        return True
    first, *others = pattern.gates
    tries = hits * (first.high - first.low + 1) * (_TRY_TIMED if pattern.timed else _TRY)
    return all(
        any(word in text for word in gate.words)
        for gate in others
        if len(gate.words) * LOOK < tries
    )


def starts(pattern: Pattern, hits: Sequence[int]) -> Collection[int] | None:
    """Where matches can begin, from where its words stand; None: anywhere."""
    if not pattern.gates:
        return None
    low, high = pattern.gates[0].low, pattern.gates[0].high
    if low == high == 0:
        return hits
    if low == high:
        return {at - low for at in hits if at >= low}
    if hits and high - low > WIDEST:
        return None
    return {at - by for at in hits for by in range(low, high + 1) if at >= by}
