"""A bar that was read from a column's rule and stands beside text: 消失。| 有人 → 消失。有人.

Only where it can part nothing: alone on its line, at the line's edge or behind a sentence's end,
and with no bar in the lines beside it. Where a page's columns have rules, its bars stand at one
edge of many lines: there those in lines one below the other, or in short ones, go, too. Bars of
tables, gutters, frames and running heads stay.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from jiaokan.edit import Edit
from jiaokan.lazy_regex import lazy
from jiaokan.stages._character_kinds import BAR, has
from jiaokan.stages._surroundings import HAN

RULE = "punctuation.bar"
_BARS = "|｜│"
_BAR = lazy(
    f"^[ ]?[{_BARS}][ ]?(?=[{HAN}“《「])"
    f"|(?<=[{HAN}，。；：？！、”）》」])[ ]?[.]?[{_BARS}][ ]?$"
    f"|(?<=[。！？；”」])[ ]?[{_BARS}][ ]?(?=[{HAN}“《「])"
)
_EDGE = lazy(
    f"^[ \u3000]*[{_BARS}][ \u3000]*(?=[^ \u3000])|(?<=[^ \u3000])[ \u3000]*[{_BARS}][ \u3000]*$"
)
_SHORTEST = 16
"""Characters of a line that is text: in a shorter one a bar parts cells or a section's name."""
_NARROWEST = 8
"""The same of a column's line, where a page has rules between its columns."""
_RULED = 3
"""Lines of text with a bar at one edge that make such a page."""
_MOST = 2


def bars(text: str) -> Iterator[Edit]:
    """Drop the bars that part nothing."""
    if not has(text, BAR):
        return
    lines = [line for line in _lines(text) if line[1].strip()]
    counts = [sum(map(line.count, _BARS)) for _, line in lines]
    edges = [
        [match.span() for match in _EDGE.finditer(line)] if count else []
        for (_, line), count in zip(lines, counts, strict=True)
    ]
    alone = [len(found) == count for found, count in zip(edges, counts, strict=True)]
    ruled = (
        sum(
            1
            for (_, line), count, edge in zip(lines, counts, alone, strict=True)
            if count == 1 and edge and len(line.strip()) > _NARROWEST
        )
        >= _RULED
    )
    framed = _framed(counts, alone)
    for number, ((start, line), count) in enumerate(zip(lines, counts, strict=True)):
        if not 0 < count <= _MOST:
            continue
        beside = counts[max(number - 1, 0) : number] + counts[number + 1 : number + 2]
        if ruled and alone[number] and number not in framed:
            yield from _dropped(start, edges[number])
        elif not any(beside) and len(line) >= _SHORTEST:
            found = [match.span() for match in _BAR.finditer(line)]
            if len(found) == count:
                yield from _dropped(start, found)


def _framed(counts: Sequence[int], alone: Sequence[bool]) -> set[int]:
    """Lines with bars that are rows of a table or of a frame: one below the other, with a bar
    inside of one, or with bars at both edges of two."""
    found: set[int] = set()
    for barred, group in groupby(range(len(counts)), lambda at: counts[at] > 0):
        rows = list(group)
        both = [counts[at] == _MOST for at in rows]
        if barred and (not all(alone[at] for at in rows) or any(map(all, pairwise(both)))):
            found |= set(rows)
    return found


def _dropped(start: int, spans: Sequence[tuple[int, int]]) -> Iterator[Edit]:
    for low, high in spans:
        yield Edit(start + low, start + high, "", RULE, 0.9)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    at = 0
    for line in text.split("\n"):
        yield at, line
        at += len(line) + 1
