"""Spans of a text, and whether an edit would touch one."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import compress, repeat
from operator import ge, itemgetter
from sys import maxsize
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jiaokan.edit import Edit


@dataclass(frozen=True, slots=True)
class Spans:
    """Spans in order that do not overlap.

    >>> held = merged([(2, 4), (4, 6)])
    >>> held.touches(3, 3), held.touches(4, 4), held.touches(0, 2), held.touches(1, 3)
    (True, False, False, True)
    """

    starts: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()

    def touches(self, start: int, end: int) -> bool:
        """Whether text[start:end] shares a character with a span, or an insertion lies inside."""
        index = bisect_right(self.ends, start)
        return index < len(self.starts) and self.starts[index] < end

    def untouched(self, edits: "Sequence[Edit]") -> "list[Edit]":
        """Those of the edits that `touches` says no to, in their order."""
        if not self.starts:
            return list(edits)
        first = map(bisect_right, repeat(self.ends), map(itemgetter(0), edits))
        reach = map((*self.starts, maxsize).__getitem__, first)
        return list(compress(edits, map(ge, reach, map(itemgetter(1), edits))))

    def encloses(self, start: int, end: int) -> bool:
        """Whether text[start:end] holds whole all spans that it touches, and more on both sides.

        >>> held = merged([(2, 4)])
        >>> held.encloses(1, 5), held.encloses(2, 5), held.encloses(1, 3)
        (True, False, False)
        """
        first = bisect_right(self.ends, start)
        last = bisect_left(self.starts, end)
        touched = range(first, last)
        return all(start < self.starts[at] and self.ends[at] < end for at in touched)


NOTHING = Spans()


def merged(spans: Iterable[tuple[int, int]]) -> Spans:
    """Overlapping spans made one; spans that only meet stay two."""
    starts: list[int] = []
    ends: list[int] = []
    for start, end in sorted(spans):
        if ends and start < ends[-1]:
            ends[-1] = max(ends[-1], end)
        elif start < end:
            starts.append(start)
            ends.append(end)
    return Spans(tuple(starts), tuple(ends))
