"""Scores of the language model for a page's lines: how each opens, ends, and reads on from others.

Every line is compared with all lines above it, in a large file with those that may be its page's.
They are taken in groups, and of the comparisons only what is asked for later is kept: the best of
each line, and those of near neighbours. Time and memory grow with the lines, not with their square.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from jiaokan.language.junctions import Codes
from jiaokan.language.model import Model
from jiaokan.language.walked import Heads, Places, Tails, Walked
from jiaokan.stitch.blocks import Block, closed, is_text

LOW, HIGH = -10.0, 15.0
"""Bits between which differences count."""
GROUP = 512
"""Lines that are compared at once; a page of newsprint has fewer."""
REACH = 4096
"""Lines above a group that it is compared with, and some more: what stands farther off is never put
together with it."""
NEAR = 8
"""Lines below a line for which it is kept how the line reads on to them."""

Bits = NDArray[np.float32]


class _Group(NamedTuple):
    """Lines that follow one another, and their text as the model knows it."""

    rows: Places
    walked: Walked
    heads: Heads
    ends: Places
    begun: Bits
    """log2 P(head | a paragraph begins)."""


class Reader:
    """What the language model says of a page's lines."""

    def __init__(
        self, model: Model, codes: Codes, found: Sequence[Block], whole: Walked | None = None
    ) -> None:
        """`whole`: the text as the model knows it, where that is known."""
        lines = [block for block in found if block.role != "furniture"]
        count = len(lines)
        self._model, self._codes, self._lines, self._whole = model, codes, lines, whole
        self._row = {block.start: row for row, block in enumerate(lines)}
        self._text = np.array([is_text(block) for block in lines], bool)
        self._open = np.array([not closed(block.text) for block in lines], bool)
        self.opens, self.ends = np.zeros((2, count), np.float32)
        self.comes, self.comes_text = np.full((2, count), np.float32(LOW))
        self.goes, self.goes_text = np.full((2, count), np.float32(LOW))
        self._near = np.full((count, NEAR), np.float32(LOW))
        above: list[tuple[Places, Tails]] = []
        for low in range(0, count, GROUP):
            group = self._group(low, min(low + GROUP, count))
            self.opens[group.rows] = group.begun - group.walked.alone(group.heads)
            self.ends[group.rows] = group.walked.ended(group.ends)
            tails = group.walked.tails(group.ends)
            for rows, others in (*above, (group.rows, tails)):
                self._compare(rows, others, group)
            wanted = self._open[group.rows]
            wanted[-NEAR:] = True
            above.append((group.rows[wanted], tails.of(wanted)))
            above = [one for one in above if one[0][-1] > low - REACH]

    def row(self, block: Block) -> int:
        """Where the block's values stand in `opens`, `ends`, `comes` and `goes`."""
        return self._row[block.start]

    def runs_on(self, left: Block | None, right: Block | None) -> float:
        """How much better right reads behind left than as a paragraph's start, in bits."""
        if left is None or right is None or "furniture" in (left.role, right.role):
            return LOW
        row, other = self._row[left.start], self._row[right.start]
        if 0 < other - row <= NEAR:
            return float(self._near[row, other - row - 1])
        above, group = self._group(row, row + 1), self._group(other, other + 1)
        tails = above.walked.tails(above.ends)
        return float(_gains(tails, group, np.ones((1, 1), np.bool_))[0, 0])

    def _group(self, low: int, high: int) -> _Group:
        lines = self._lines[low:high]
        begin = 0 if self._whole else max(0, lines[0].start - self._model.order)
        starts = np.array([block.start - begin for block in lines], np.intp)
        ends = np.array([block.end - begin for block in lines], np.intp)
        walked = self._whole or Walked(self._model, self._codes[begin : lines[-1].end])
        heads = Heads(starts, ends)
        return _Group(np.arange(low, high), walked, heads, ends, walked.begun(heads))

    def _compare(self, rows: Places, tails: Tails, group: _Group) -> None:
        """Take in how well the group's lines read behind others."""
        apart = group.rows - rows[:, None]
        near = (apart > 0) & (apart <= NEAR)
        behind = (apart > 0) & self._open[rows, None]
        gains = _gains(tails, group, behind | near)
        above, _ = np.nonzero(near)
        self._near[rows[above], apart[near] - 1] = gains[near]
        gains[~behind] = LOW
        _raise(self.comes, group.rows, gains, 0)
        _raise(self.comes_text, group.rows, gains[self._text[rows]], 0)
        _raise(self.goes, rows, gains, 1)
        _raise(self.goes_text, rows, gains[:, self._text[group.rows]], 1)


def _gains(tails: Tails, group: _Group, wanted: NDArray[np.bool_]) -> Bits:
    """By how much the heads read better behind the tails than as a paragraph's start."""
    return group.walked.joined(tails, group.heads, wanted) - group.begun


def _raise(best: Bits, rows: Places, gains: Bits, axis: int) -> None:
    best[rows] = np.maximum(best[rows], gains.max(axis=axis, initial=LOW))
