"""What the language model says of lines with cells: do they read on downwards, or across?"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from jiaokan.lazy_regex import lazy

Span = tuple[int, int]
Column = Sequence[Span | None]
Pair = tuple[str, str]

MOST = 8.0
"""Bits that one junction can say at most."""
UNLIKELY = 6.0
"""Bits against a line's end where no printed line would end."""
CLOSING = "，。；：？！、”’）》」』…％%,;:?!)"
ENDS = "。！？”…）"
"""What a paragraph ends with."""
INDENT = 4
"""Width of a paragraph's indent."""
OPENING = "“‘（《「『("
_TOKEN = lazy(r"[A-Za-z0-9][A-Za-z0-9.%/+'-]*|……|——|.", re.S)


def gains(pairs: Sequence[Pair]) -> list[float]:
    """How much better each second text goes on behind its first than it opens a paragraph."""
    from jiaokan.language import load
    from jiaokan.language.junctions import HEAD, runs_on
    from jiaokan.language.view import rows

    if not pairs:
        return []
    model = load()
    tails = rows([_solid(left[-40:]) for left, _ in pairs], model.order - 1, tails=True)
    heads = rows([_solid(right[:40]) for _, right in pairs], HEAD, tails=False)
    return [float(bit) for bit in np.clip(runs_on(model, tails, heads), -MOST, MOST)]


def _solid(text: str) -> str:
    """The text as the model was taught to read it: without blanks."""
    return "".join(text.split())


def readings(
    text: str, columns: Sequence[Column], full: Sequence[int]
) -> tuple[list[float], float]:
    """Bits a line by which each column's cells read on downwards, and by which lines do across.

    `full` are the lengths from which on a column's cell is full.
    """
    down: list[float] = []
    for column, least in zip(columns, full, strict=True):
        cells = [text[slice(*cell)] for cell in column if cell]
        down.append(mean(gains([pair for pair in pairwise(cells) if len(pair[0]) >= least])))
    over: list[Pair] = []
    for row in zip(*columns, strict=True):
        for one, two in pairwise(row):
            if one and two:
                over.append((text[slice(*one)], text[slice(*two)]))
    return down, mean(gains(over))


def mean(bits: Sequence[float]) -> float:
    """The mean of some scores; 0 where there are none."""
    return sum(bits) / len(bits) if bits else 0.0


class Cut(NamedTuple):
    """A line without a gap, and the cells beside its own."""

    line: str
    room: Sequence[int]
    """For each place of the line, the width that is left of the first column."""
    before: str
    """The cell above the first one."""
    above: str
    """The cell above the second one."""
    below: str
    """The cell below the first one."""

    def places(self, room: range) -> list[int]:
        """Where the line can fall into two cells."""
        return [at for at in range(1, len(self.line)) if self.room[at] in room]


def parting(cut: Cut, places: Sequence[int]) -> tuple[float, int]:
    """Where a line without a gap falls into two cells, and what speaks for it, in bits."""
    line = cut.line
    pairs: list[Pair] = []
    for at in places:
        pairs += [(line[:at], cut.below), (cut.above, line[at:]), (line[:at], line[at:])]
    bits = gains(pairs)
    ranked = []
    for number, at in enumerate(places):
        down, right, over = bits[3 * number : 3 * number + 3]
        score = down * bool(cut.below) + right * bool(cut.above) - over
        ranked.append((score - UNLIKELY * (not _ends_line(cut, at)), at))
    return max(ranked)


def _ends_line(cut: Cut, at: int) -> bool:
    """Whether a compositor would end a line there: nothing more fits, no mark is torn off.

    A paragraph's first line is shorter by an indent.
    """
    line, room = cut.line, cut.room[at]
    if line[at] in CLOSING or line[at - 1] in OPENING:
        return False
    if room < 0:
        return line[at - 1] in CLOSING
    match = _TOKEN.match(line, at)
    token = match.group() if match else ""
    if token and token[0] in OPENING:
        token += line[at + 1 : at + 2]
    indent = INDENT if cut.before[-1:] in ENDS else 0
    return sum(1 if c.isascii() else 2 for c in token) > room - indent
