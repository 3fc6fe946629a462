"""What shows in a line of where its cells part: gaps, single blanks, and marks made of dirt."""

from functools import lru_cache
from typing import NamedTuple

from jiaokan.columns.gaps import BLANK, REACH, between, content, gaps, singles, width
from jiaokan.lazy_regex import lazy

BLOT = 2.0
"""What it costs more to take a mark for dirt that stands between two characters like any other."""
GHOST = lazy(f"[{BLANK}][”“。，、]{{1,2}}[{BLANK}]?(?=[^{BLANK}])|[”“][{BLANK}]?(?=[^{BLANK}])")
"""Marks that an engine makes of what it sees in a gutter."""


class Mark(NamedTuple):
    """Where cells may part."""

    start: int
    end: int
    plain: bool
    blanks: int
    cost: float = 0.0
    """What it costs to take it for one, besides."""


class Line(NamedTuple):
    """A line and what shows of its cells."""

    text: str
    start: int
    end: int
    """Of its content."""
    lead: int
    """Blanks before it."""
    marks: tuple[Mark, ...]
    sizes: tuple[int, ...]
    """Width up to each place of it."""

    def size(self, start: int, end: int) -> int:
        """Width of a part of it."""
        return self.sizes[end - self.start] - self.sizes[start - self.start]


def line(text: str, start: int, end: int) -> Line:
    """What shows of a line's cells."""
    low, high = content(text, start, end)
    plain = [
        Mark(gap.start, gap.end, True, _blanks(text[gap.start : gap.end]))
        for gap in gaps(text, start, end)
    ]
    marks = plain + [
        Mark(gap.start, gap.end, False, 1)
        for gap in singles(text, start, end)
        if not any(gap.start < one.end and one.start < gap.end for one in plain)
    ]
    for match in GHOST.finditer(text, low + 1, min(high - 1, low + REACH)):
        first, last = between(text, low, *match.span())
        if last > first and not any(first < one.end and one.start < last for one in plain):
            marks.append(Mark(first, last, False, 1, BLOT if last - first == 1 else 0))
    sizes = [0]
    for char in text[low:high]:
        sizes.append(sizes[-1] + _width(char))
    lead = width(text[start:low])
    return Line(text[low:high], low, high, lead, tuple(sorted(marks)), tuple(sizes))


def _blanks(gap: str) -> int:
    return width(gap)


@lru_cache(4096)
def _width(char: str) -> int:
    return width(char)
