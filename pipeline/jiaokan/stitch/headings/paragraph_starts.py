"""Blocks that begin a paragraph by their layout (indents, verse, lists), whatever the language
model says.

A line that is set in as the page's paragraphs are begins one, and so does each line of verse or of
a list: short lines without a blank one between them that are not wrapped, since they differ in
width or most of them end in a mark, and that do not read on into one another.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from jiaokan.lazy_regex import lazy
from jiaokan.stages.separate_lines import rows
from jiaokan.stages.stanzas import MARKS, NARROWEST, Line, uniform
from jiaokan.stitch.blocks import Block, closed, short, usual_indent
from jiaokan.stitch.headings.poems import poem_lines, signed_verse
from jiaokan.stitch.headings.reader import Reader
from jiaokan.stitch.headings.wording import listed_in_markdown

WIDEST = 24
"""Characters of the longest line of verse."""
LEAST = 3
"""Lines that make verse or a list."""
COUPLET = 2
CHAPTER = lazy("[一二三四五六七八九十]{1,3}|[Ⅰ-Ⅻ]")
"""A chapter's number, alone on its line."""
RUNS_ON = 3.0
"""Bits a line by which lines read on that were torn from a text; verse has less."""
ENDED = 0.6
"""Share of its lines that end in a mark where they are of one width."""


def standing(found: Sequence[Block], reader: Reader) -> list[Block]:
    """The blocks, with those known that begin a paragraph however the one before them ends."""
    indent = usual_indent(found)
    starts = {block.start for block in found if indent and block.indent == indent}
    starts |= _listed(found) | poem_lines(found) | signed_verse(found)
    for group in _poems(found, reader):
        starts.update(block.start for block in group)
    for above, below in pairwise(found):
        if above.role == "body" and above.blanks and below.blanks and CHAPTER.fullmatch(above.text):
            starts |= {above.start, below.start}
    if not starts:
        return list(found)
    return [replace(b, begins=True) if b.start in starts else b for b in found]


def _listed(found: Sequence[Block]) -> frozenset[int]:
    """The starts of the items of lists in Markdown, and of what stands apart below the last."""
    items = {at for at in range(len(found)) if listed_in_markdown(found, at)}
    below = {at + 1 for at in items if at + 1 < len(found) and found[at + 1].blanks}
    return frozenset(found[at].start for at in items | below)


def verse(found: Sequence[Block]) -> frozenset[int]:
    """The starts of lines that are verse or a list for sure: each ends in a mark."""
    groups = (group for group in _packed(found) if len(group) >= LEAST)
    return frozenset(
        block.start
        for group in groups
        if all(block.text[-1] in MARKS for block in group)
        for block in group
    )


def _poems(found: Sequence[Block], reader: Reader) -> Iterator[list[Block]]:
    """The groups of lines that stand. Two lines do so below another, at most a short line between
    them: a poem's last stanza, or a short poem among others."""
    index = {block.start: at for at, block in enumerate(found)}
    below: int | None = None
    marked = True
    for group in _packed(found):
        if not group:
            continue
        first, last = index[group[0].start], index[group[-1].start]
        between = found[below:first] if below is not None else []
        couplet = (
            len(group) == COUPLET
            and below is not None
            and len(between) <= 1
            and all(map(short, between))
            and (closed(group[-1].text) or not marked)
        )
        if _stands(group, reader) or (couplet and _reads_apart(group, reader)):
            yield group
            below, marked = last + 1, any(closed(block.text) for block in group)


def _packed(found: Sequence[Block]) -> Iterator[list[Block]]:
    """Groups of short lines of body text without a blank line between them."""
    group: list[Block] = []
    for block in found:
        inside = block.role in ("body", "subhead") and len(block.text) <= WIDEST
        if group and (block.blanks or not inside):
            yield group
            group = []
        if inside:
            group.append(block)
    yield group


def _stands(group: Sequence[Block], reader: Reader) -> bool:
    if len(group) >= LEAST and len(group[0].text) == 1:
        return True  # no column is so narrow
    if len(group) > 1 and all(rows(a.text, b.text) for a, b in pairwise(group)):
        return True
    if len(group) < LEAST:
        return False
    if not _reads_apart(group, reader):
        return False
    widths = [float(len(block.text)) for block in group]
    lines = [Line(b.start, b.end, w, False) for b, w in zip(group, widths, strict=True)]
    return _ended(group) or max(widths) < NARROWEST or not uniform(lines)


def _reads_apart(group: Sequence[Block], reader: Reader) -> bool:
    """Whether the lines do not read on as those do that were torn from a text."""
    bits = [reader.runs_on(above, below) for above, below in pairwise(group)]
    return sum(bits) <= RUNS_ON * len(bits)


def _ended(group: Sequence[Block]) -> bool:
    """Whether most of the lines end in a mark."""
    return sum(block.text[-1] in MARKS for block in group) >= ENDED * len(group)
