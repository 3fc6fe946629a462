"""Mixed lines: columns stand side by side in them and could not be parted.

A line that was parted into its columns' cells (`unfold`) holds no gap any more. One that still
holds one, and is wider than the lines about it, is a table's row, or was read across several
columns, most often between large titles. It goes on in more than one place: it
stays a paragraph of its own. A gap in a line that is no wider than the next one, or is a small part
of it, is a hole that the engine left.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

WIDE = "    "
GAP = re.compile("(?<=[^ ]) {4,}(?=[^ ])")
NARROW = re.compile(r"[\x20-\x7e]")
AS_WIDE = 0.8
"""Share of a line's width that a neighbour without a gap has where the gap is a hole."""

HOLE = 0.1
"""Share of a line's width up to which its gaps are holes."""


class Mixed(NamedTuple):
    """The mixed lines of a text, in text order."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def at(self, offset: int) -> bool:
        """Whether the character at an offset stands in such a line."""
        line = bisect_right(self.starts, offset) - 1
        return line >= 0 and offset < self.ends[line]


def mixed(text: str) -> Mixed:
    """The lines of the text that hold wide gaps and are wider than their neighbours."""
    spans = tuple(_spans(text)) if WIDE in text else ()
    return Mixed(tuple(start for start, _ in spans), tuple(end for _, end in spans))


def _spans(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if WIDE in line and sum(map(len, GAP.findall(line))) > HOLE * 2 * _width(line):
            beside = lines[max(number - 1, 0) : number] + lines[number + 1 : number + 2]
            if not any(_as_wide(other, line) for other in beside):
                yield at, at + len(line)
        at += len(line) + 1


def _as_wide(other: str, line: str) -> bool:
    """Whether a line without a gap is about as wide."""
    return not GAP.search(other) and _width(other) >= AS_WIDE * _width(line)


def _width(line: str) -> float:
    """In full-width characters; half-width ones count half."""
    content = line.strip()
    return len(content) - len(NARROW.findall(content)) / 2
