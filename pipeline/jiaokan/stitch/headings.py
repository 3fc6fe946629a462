"""Headings: which short blocks are kickers, titles, subtitles and authors.

A run of short blocks is a heading when something vouches for it: a byline, a
kicker's wording, a dateline in the paragraph below (本报讯…), the page's top,
the end of an article right above. Without a voucher its lines are sub-headings
and belong to the body. A fragment (a column's short first or last line) is
told from a kicker by the language model: it runs on from an open block.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from jiaokan.language.junctions import Codes, heads_at, openings, tails_at
from jiaokan.language.model import Model
from jiaokan.stitch.blocks import Block, Role, closed, short

SUBTITLE = re.compile(r"(?:——|--|—|－)")
DATELINE = re.compile(
    r"[（(]?(?:本报|本刊|本台|新华社|中新社|据)[^。，]{0,24}?(?:讯|电|消息|报道|记者)"
)
RUNS_ON = 6.0
"""Bits by which a line must run on, rather than begin a paragraph, to be a fragment."""
ONE_TITLE = 5.0
"""The same for a title's second line."""
LONGEST_KICKER = 24
"""Characters."""


class Reader:
    """What the language model says of a page's lines."""

    def __init__(self, model: Model, codes: Codes, found: Sequence[Block]) -> None:
        lines = [block for block in found if block.role != "furniture"]
        self._row = {block.start: row for row, block in enumerate(lines)}
        starts = np.array([block.start for block in lines], dtype=np.intp)
        ends = np.array([block.end for block in lines], dtype=np.intp)
        tails = tails_at(codes, ends, model.order - 1)
        heads = heads_at(codes, starts, ends)
        opened = openings(model, tails, heads).starts
        self._gain = model.joins(tails, heads) - opened[None, :]
        self._open = np.array([not closed(block.text) for block in lines], dtype=bool)

    def runs_on(self, left: Block, right: Block) -> float:
        """How much better right reads behind left than as a paragraph's start, in bits."""
        return float(self._gain[self._row[left.start], self._row[right.start]])

    def fragment(self, block: Block) -> bool:
        """Whether a short line is a column's first or last line: some block runs on from it,
        or it runs on from an open block before it."""
        row = self._row[block.start]
        goes_on = self._gain[row, row + 1 :]
        comes_from = self._gain[:row, row][self._open[:row]]
        return bool(
            (len(goes_on) and goes_on.max() > RUNS_ON and self._open[row])
            or (len(comes_from) and comes_from.max() > RUNS_ON)
        )


def with_headings(found: Sequence[Block], reader: Reader) -> list[Block]:
    """The blocks with the roles of headings settled. A title opens an article."""
    result = list(found)
    index = 0
    while index < len(result):
        stop = index
        while stop < len(result) and _heading_like(result[stop]):
            stop += 1
        if stop > index:
            for at, role in _roles(result, index, stop, reader).items():
                result[at] = replace(result[at], role=role, rule=f"layout.{role}")
        index = max(stop, index + 1)
    return result


def _heading_like(block: Block) -> bool:
    return block.role in ("byline", "kicker") or (block.role == "body" and short(block))


def _roles(found: list[Block], start: int, stop: int, reader: Reader) -> dict[int, Role]:
    """Roles for the run found[start:stop], by index."""
    roles: dict[int, Role] = {
        at: "body" if _is_text(found[at], reader) else "subhead" for at in range(start, stop)
    }
    bylines = [at for at in range(start + 1, stop) if found[at].role == "byline"]
    if bylines:
        after = bylines[0] + 1
        while after < stop and found[after].role == "byline":
            after += 1
        roles |= _titles(found, start, bylines[0], reader)
        roles |= {at: "byline" for at in range(bylines[0], after)}
    elif stop < len(found) and _vouched(found, start, stop):
        roles |= _titles(found, start, stop, reader)
    return roles


def _is_text(block: Block, reader: Reader) -> bool:
    """Whether a short line that heads nothing is body text and no sub-heading."""
    return block.text[-1] in "”’」』…" or reader.fragment(block)


def _vouched(found: list[Block], start: int, stop: int) -> bool:
    """Whether something other than a byline says that an article starts here."""
    if found[start].role == "kicker" and stop - start >= 2:
        return True
    if DATELINE.match(found[stop].text):
        return True
    before = [block for block in found[:start] if block.role != "furniture"]
    if not before or before[-1].role == "affiliation":
        return stop - start <= 3
    usual = int(np.median([block.blanks for block in found[1:]]))
    return found[start].blanks > max(usual, 1) and closed(before[-1].text)


def _titles(found: list[Block], start: int, stop: int, reader: Reader) -> dict[int, Role]:
    """Kicker, title and subtitle among found[start:stop], the last lines before the author."""
    roles: dict[int, Role] = {}
    at = stop - 1
    if at > start and SUBTITLE.match(found[at].text):
        roles[at] = "subtitle"
        at -= 1
    roles[at] = "title"
    while (
        at > start
        and found[at - 1].role == "body"
        and reader.runs_on(found[at - 1], found[at]) > ONE_TITLE
    ):
        at -= 1
        roles[at] = "title"
    at -= 1
    if at >= start and _is_kicker(found[at], reader):
        roles[at] = "kicker"
    return roles


def _is_kicker(block: Block, reader: Reader) -> bool:
    """Whether the short line above a title is a kicker and no fragment of a body."""
    if block.role == "kicker":
        return True
    return len(block.text) <= LONGEST_KICKER and not reader.fragment(block)
