"""How wide the printed lines are among which a short line stands.

A line of text is as wide as its column, but for a paragraph's last one, and nothing is wider: titles
are set larger and over several columns, and a line that is narrower and ends no sentence is no text.
"""

from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

from jiaokan.stitch.blocks import Block, closed

NEAR = 3
"""Blocks above and below in which printed lines are looked for."""
LEAST = 2
"""Lines of a block that tell its width, at least."""
NARROW, FULL, WIDE = 0.85, 0.92, 1.12
"""Shares of the column's width: below the first a line is narrower, from the second up to the third as
wide, above that wider."""
ASCII = 0.5
"""Width of a half-width character."""


class Beside(NamedTuple):
    """How wide a line is beside its column; all no where nothing was unwrapped near it."""

    known: bool
    narrower: bool
    """And it ends no sentence."""
    full: bool
    wider: bool


NOWHERE = Beside(False, False, False, False)


def columns(found: Sequence[Block], line_starts: frozenset[int]) -> list[float]:
    """The width of each block's printed lines, in full-width characters; 0 where none are known."""
    starts = sorted(line_starts)
    result: list[float] = []
    at = 0
    for block in found:
        while at < len(starts) and starts[at] <= block.start:
            at += 1
        begins = [block.start]
        while at < len(starts) and starts[at] < block.end:
            begins.append(starts[at])
            at += 1
        text = block.text
        lines = [
            width(text[low - block.start : high - block.start])
            for low, high in zip(begins, begins[1:], strict=False)
        ]
        result.append(median(lines) if len(lines) >= LEAST else 0.0)
    return result


def width(text: str) -> float:
    """In full-width characters; blanks do not count."""
    return sum(ASCII if char.isascii() else 1.0 for char in text if not char.isspace())


def beside(found: Sequence[Block], wide: Sequence[float], at: int) -> Beside:
    """How wide block `at` is beside the columns above and below it; `wide`: see `columns`."""
    above = next((w for w in wide[max(at - NEAR, 0) : at][::-1] if w), 0.0)
    below = next((w for w in wide[at + 1 : at + 1 + NEAR] if w), 0.0)
    near = [w for w in (above, below) if w]
    if not near:
        return NOWHERE
    own = width(found[at].text)
    narrower = own < NARROW * min(near) and not closed(found[at].text)
    full = any(FULL * w <= own <= WIDE * w for w in near)
    return Beside(True, narrower, full, own > WIDE * max(near))
