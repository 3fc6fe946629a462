"""What speaks for a short line's being a title: its place, its wording, how it reads on.

The features of each short line are weighted as learned from generated pages
(`bench/fit/titles.py`).
"""

import re
from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from jiaokan.language.junctions import Codes, heads_at, openings, tails_at
from jiaokan.language.model import Model
from jiaokan.stitch.blocks import Block, closed
from jiaokan.stitch.learned import learned

NUMBERED = re.compile(
    r"(?:[（(]?[一二三四五六七八九十]{1,3}[）)、．.]|第[一二三四五六七八九十百]+[章节条、]|\d{1,2}[、．.])"
)
DATELINE = re.compile(
    r"[（(]?(?:本报|本刊|本台|新华社|中新社|据)[^。，]{0,24}?(?:讯|电|消息|报道|记者)"
)
FRAGMENT = 6.0
"""Bits by which text must run on, rather than begin a paragraph, to show a fragment."""
RUN_FEATURES = (
    "has a byline",
    "has a kicker",
    "first on the page",
    "an affiliation stands above",
    "an open block stands above",
    "a closed block stands above",
    "more blank lines above than usual",
    "blank line above",
    "blank line below",
    "one line",
    "two lines",
    "mean length",
    "all runs on from open blocks",
    "some block runs on from the last line",
    "numbered",
    "a dateline follows",
    "the body below begins a paragraph",
    "first on the page and no fragment",
)
LINE_FEATURES = (
    "a byline follows",
    "a kicker stands above",
    "first line",
    "last line",
    "length",
    "length squared",
    "blank line above",
    "blank line below",
    "runs on from an open block",
    "some block runs on from it",
    "numbered",
    "begins a paragraph",
    "longer than the line above",
)


class Reader:
    """What the language model says of a page's lines."""

    def __init__(self, model: Model, codes: Codes, found: Sequence[Block]) -> None:
        lines = [block for block in found if block.role != "furniture"]
        self._row = {block.start: row for row, block in enumerate(lines)}
        starts = np.array([block.start for block in lines], dtype=np.intp)
        ends = np.array([block.end for block in lines], dtype=np.intp)
        tails = tails_at(codes, ends, model.order - 1)
        heads = heads_at(codes, starts, ends)
        own = openings(model, tails, heads)
        self._opens = own.starts - own.alone
        self._gain = model.joins(tails, heads) - own.starts[None, :]
        self._open = np.array([not closed(block.text) for block in lines], dtype=bool)

    def runs_on(self, left: Block, right: Block) -> float:
        """How much better right reads behind left than as a paragraph's start, in bits."""
        return float(self._gain[self._row[left.start], self._row[right.start]])

    def comes_from(self, block: Block) -> float:
        """How much better the line reads behind the best open block before it, in bits."""
        row = self._row[block.start]
        gains = self._gain[:row, row][self._open[:row]]
        return float(gains.max()) if len(gains) else -10.0

    def goes_on(self, block: Block, beyond: Block | None = None) -> float:
        """How much better the best block behind it (behind `beyond`) reads on from the line."""
        row = self._row[block.start]
        gains = self._gain[row, self._row[(beyond or block).start] + 1 :]
        return float(gains.max()) if len(gains) and self._open[row] else -10.0

    def run(self, found: Sequence[Block], start: int, stop: int) -> NDArray[np.float32]:
        """What speaks for a title among found[start:stop]; shape (RUN_FEATURES,)."""
        lines = found[start:stop]
        text_lines = [block for block in lines if block.role == "body"] or lines
        above = next((b for b in reversed(found[:start]) if b.role != "furniture"), None)
        below = found[stop] if stop < len(found) and found[stop].role == "body" else None
        usual = float(np.median([block.blanks for block in found[1:]] or [0]))
        comes = min(self.comes_from(block) for block in text_lines)
        goes = self.goes_on(text_lines[-1])
        first = above is None
        values = [
            any(block.role == "byline" for block in lines[1:]),
            any(block.role == "kicker" for block in lines),
            first,
            above is not None and above.role == "affiliation",
            above is not None and above.role == "body" and not closed(above.text),
            above is not None and above.role == "body" and closed(above.text),
            lines[0].blanks > max(usual, 1),
            lines[0].blanks > 0,
            stop < len(found) and found[stop].blanks > 0,
            len(lines) == 1,
            len(lines) == 2,
            float(np.mean([len(block.text) for block in text_lines])) / 10,
            np.clip(comes, -10, 15) / 5,
            np.clip(goes, -10, 15) / 5,
            bool(NUMBERED.match(text_lines[0].text)),
            below is not None and bool(DATELINE.match(below.text)),
            np.clip(self._opens[self._row[below.start]], -6, 8) / 4 if below else -1,
            first and goes < FRAGMENT,
        ]
        return np.array(values, np.float32)

    def lines(self, found: Sequence[Block], start: int, stop: int) -> NDArray[np.float32]:
        """What speaks for each of found[start:stop]; shape (lines, LINE_FEATURES)."""
        rows = []
        for at in range(start, stop):
            block = found[at]
            follows = found[at + 1].role if at + 1 < stop else ""
            rows.append(
                [
                    follows == "byline",
                    at > start and found[at - 1].role == "kicker",
                    at == start,
                    at == stop - 1,
                    len(block.text) / 10,
                    len(block.text) ** 2 / 200,
                    block.blanks > 0,
                    at + 1 < len(found) and found[at + 1].blanks > 0,
                    np.clip(self.comes_from(block), -10, 15) / 5,
                    np.clip(self.goes_on(block), -10, 15) / 5,
                    bool(NUMBERED.match(block.text)),
                    np.clip(self._opens[self._row[block.start]], -6, 8) / 4,
                    at > start and len(block.text) > len(found[at - 1].text),
                ]
            )
        return np.array(rows, np.float32)


@cache
def _weights(name: str) -> NDArray[np.float32]:
    return np.array(learned("titles")[name], np.float32)


def has_title(run: NDArray[np.float32]) -> float:
    """log odds (natural) that a run of short lines has a title among them."""
    weights = _weights("run")
    return float(run @ weights[:-1] + weights[-1])


def best_line(lines: NDArray[np.float32]) -> NDArray[np.float32]:
    """log weight (natural) of each line to be the title, where the run has one."""
    weight: NDArray[np.float32] = lines @ _weights("line")
    return weight
