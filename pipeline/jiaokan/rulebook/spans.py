"""Spans of a text, and whether an edit would touch one."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from sys import maxsize
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jiaokan.edit import Columns, Edit


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

    def untouched(self, edits: "Columns") -> "Columns":
        """Those of the edits that `touches` says no to."""
        if not self.starts:
            return edits
        import numpy as np

        first = np.array(self.ends).searchsorted(edits.starts, "right")
        return edits.taken(np.array((*self.starts, maxsize))[first] >= edits.ends)

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

    def allows_whole(self, edit: "Edit") -> bool:
        """Whether the edit touches none of the spans, or takes away whole all that it touches."""
        start, end = edit.start, edit.end
        return not self.touches(start, end) or self.encloses(start, end)


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
