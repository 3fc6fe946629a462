"""Where a pattern may match at all, told by the words that it needs."""

from collections.abc import Iterator, Mapping, Sequence

from jiaokan.rulebook.regexes import Pattern

_WIDEST = 24
"""A gate that may lie farther from the match's start does not tell where to look."""


def every_word(pattern: Pattern) -> Iterator[str]:
    """The words of all gates of a pattern."""
    for gate in pattern.gates:
        yield from gate.words


def starts(pattern: Pattern, places: Mapping[str, Sequence[int]]) -> set[int] | None:
    """Where matches can begin, from where each word stands; None: anywhere.

    Of the pattern's gates the one decides that leaves the fewest places on this text.
    """
    best: tuple[int, int, list[int]] | None = None
    fewest = -1
    for gate in pattern.gates:
        hits = [at for word in gate.words for at in places.get(word, ())]
        if not hits:
            return set()
        tried = len(hits) * (gate.high - gate.low + 1)
        if gate.high - gate.low <= _WIDEST and (fewest < 0 or tried < fewest):
            best, fewest = (gate.low, gate.high, hits), tried
    if best is None:
        return None
    low, high, hits = best
    return {at - by for at in hits for by in range(low, high + 1) if at >= by}
