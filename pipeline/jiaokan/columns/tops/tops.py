"""Columns of which the first lines were read across, and the rest one column after another.

    左一  右一        左一
    左二  右二        左二
    左三         →    左三
    左四              左四
    右三              右一
    右四              右二
                      右三 …

An engine that meets headlines above narrow columns reads some lines across all of them before it
goes down each. What stands at the top of each column goes to the line below that goes on from it
(`topplaces`); the first column's goes on right below.

A top goes to its likeliest place, and is told of where that is not sure. Left alone: tops for which
no place is likely; bands of which no top has one.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from jiaokan.columns.across import ENDS
from jiaokan.columns.gaps import BARS, BLANK, LINE_END, width
from jiaokan.columns.sheets.grid import INDENT
from jiaokan.columns.sheets.grid_marks import Line, line
from jiaokan.columns.sheets.sheets import whole
from jiaokan.columns.tops.places import Below, chances
from jiaokan.columns.tops.rows import Span, Stack, Tops, blank, read_tops, reads_on, solid, stacked
from jiaokan.lazy_regex import lazy
from jiaokan.stitch.large_files import LARGEST

LINE = lazy(r"[^\n\r\v\f\x85\u2028\u2029]+")
GAP = lazy(f"[{BLANK}]{{3}}|[\t{BARS}]")
"""Without any of these no line of a page was read across."""

HEAD_OF_PAGE = lazy(r"\d年\d{1,2}月\d{1,2}日|[责責]任[编編][辑輯]|\d版")
"""What the head of a page has."""
MOST = 16
"""Lines that a band has at most."""
HEADS = 6
"""Headlines above them, one in a line, at most."""
BELOW, FEWEST = 400, 8
"""Lines below a band that are looked at, at most, and that there are at least."""
ALONE = 1
"""Lines of one cell among those of several."""
NEXT = 40
"""Lines behind a line that tell how wide a column is."""
WIDER, WIDEST = 1.5, 1.8
"""How much wider than a column a line of several cells is; the same where no plain gap shows."""
USUAL = 75
"""The percentile of the widths of lines that is their column's."""
LIKELY, SURE = 0.15, 0.8
"""Probability of its place from which on a top goes there, and from which on nothing is said of it.
Where it stands it is wrong in any case."""
ONWARD, LENGTH = 6.0, 80
"""Bits by which a first column surely goes on right below, and characters that tell so."""


class Region(NamedTuple):
    """Lines of which some go elsewhere."""

    start: int
    end: int
    lines: Stack
    """In reading order; an empty span is a blank line."""
    unsure: Stack
    """The first lines of tops whose places are not sure."""
    sure: bool
    """Whether the place of one is sure, and the first column surely goes on right below."""


class Band(NamedTuple):
    """Lines that were read across, and those below them."""

    tops: Tops
    below: Sequence[Span]


def regions(text: str) -> Iterator[Region]:
    """The bands of a text with tops that are likely to have a place below, and the lines down to
    there."""
    for band in bands(text):
        region = _region(text, band)
        if region is not None:
            yield region


def bands(text: str) -> Iterator[Band]:
    """The bands of a text that hold the tops of several columns."""
    if len(text) > LARGEST or not GAP.search(text):
        return
    lines = [match.span() for match in LINE.finditer(text) if match.group().strip()]
    found = [*_bands(text, lines), (len(lines), len(lines))]
    for (first, stop), (until, _) in pairwise(found):
        below = lines[stop : min(until, stop + BELOW)]
        if len(below) >= FEWEST:
            wide = np.percentile([width(text[slice(*one)]) for one in below], USUAL)
            tops = read_tops(text, lines[first:stop], int(wide))
            if len(tops.tops) > 1:
                yield Band(tops, below)


def _bands(text: str, lines: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """The first line of each run of lines of several cells, and the one behind its last."""
    known = [line(text, *span) for span in lines]
    several = _several(known)
    at = behind = 0
    while at < len(several):
        if not several[at]:
            at += 1
            continue
        last = stop = at + 1
        while stop < len(several) and stop - last <= ALONE:
            stop += 1
            last = stop if several[stop - 1] else last
        first = at
        while first > behind and at - first < HEADS and _centred(known[first - 1]):
            first -= 1
        if last - first <= MOST:
            yield first, last
        at = behind = last


def _centred(one: Line) -> bool:
    """Whether a line is a headline's by its place."""
    return one.lead > INDENT and not HEAD_OF_PAGE.search(one.text)


def _several(lines: Sequence[Line]) -> list[bool]:
    """Of each line whether cells may part in it, and it is wider than the columns below."""
    plain = [sum(mark.blanks for mark in one.marks if mark.plain) for one in lines]
    sizes = [one.size(one.start, one.end) for one in lines]
    found = []
    for at, (one, blanks, size) in enumerate(zip(lines, plain, sizes, strict=True)):
        below = [sizes[to] for to in range(at + 1, min(at + NEXT, len(lines))) if not plain[to]]
        least = (WIDER if blanks else WIDEST) * float(np.median(below)) if below else size + blanks
        wide = bool(one.marks) and size + blanks > least
        found.append(wide and not HEAD_OF_PAGE.search(one.text))
    return found


def _region(text: str, band: Band) -> Region | None:
    first, *others = band.tops.tops
    apart = parted(text, band.below)
    below = Below([solid(text, span) for span in band.below], apart)
    found = chances([one.text for one in others], below)
    best = found.argmax(axis=1).tolist()
    chance = found.max(axis=1).tolist()
    placed = {at: number for number, at in enumerate(best) if chance[number] >= LIKELY}
    if not placed:
        return None
    heads, left = _headings(text, band, placed)
    kept = [one.lines for number, one in enumerate(others) if chance[number] < LIKELY]
    ordered = [*stacked([*left, *band.tops.left, *kept, first.heads])]
    ordered += [blank(ordered[-1][1])] if ordered else []
    ordered += first.lines
    stop = max(placed)
    for number, span in enumerate(band.below[: stop + 1]):
        if number in placed:
            above = heads.get(number, ())
            if above:
                ordered += [blank(above[0][0]), *above, blank(above[-1][1])]
            ordered += others[placed[number]].lines
        elif number and apart[number]:
            ordered.append(blank(span[0]))
        if number < stop:
            ordered.append(span)
    unsure = [one.lines[0] for one, sure in zip(others, chance, strict=True) if sure < SURE]
    end = band.below[stop - 1][1]
    onward = first.text[-LENGTH:], "".join(below.lines)[:LENGTH]
    sure = len(unsure) < len(others) and bool(first.text) and reads_on([onward])[0] > ONWARD
    region = Region(band.tops.start, end, tuple(ordered), tuple(unsure), sure)
    return region if whole(text, region.start, region.end, region.lines) else None


def _headings(
    text: str, band: Band, placed: Mapping[int, int]
) -> tuple[Mapping[int, Stack], list[Stack]]:
    """The headings above each place; and those that belong above none.

    Where the text goes on in mid-sentence no article begins: such headings are the next one's.
    """
    at = {number: line for line, number in placed.items()}
    heads: dict[int, Stack] = {}
    waiting: list[Stack] = []
    for number, top in enumerate(band.tops.tops[1:]):
        waiting += [top.heads] if top.heads else []
        line = at.get(number)
        if line is not None and solid(text, band.below[line - 1])[-1:] in ENDS:
            heads[line] = stacked(waiting)
            waiting = []
    return heads, waiting


def parted(text: str, lines: Sequence[Span]) -> list[bool]:
    """Whether a blank line stands before each."""
    between = ((above[1], span[0]) for above, span in pairwise(lines))
    return [True, *(len(LINE_END.findall(text, *gap)) > 1 for gap in between)]
