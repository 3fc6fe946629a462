"""Headings whose lines an engine read apart.

A title stands over several columns, and an engine reads column by column: what stands over the
first one, a column's name or the title's first half, comes first, then that column's text, and the
rest of the heading above another column. Then one article seems to break off in mid-sentence and
another to begin in the middle of that very sentence. Of two such headings the second is a part of
the first.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from jiaokan.stitch.blocks import NOT_A_TITLES_END, Block
from jiaokan.stitch.decide import Prepared, Reading
from jiaokan.stitch.reader import Reader

TAKEN_UP = 4.0
"""Bits by which the second text must read better behind the first one than as a paragraph's
start."""
RATHER, BEGINS_NOT = 1.0, -1.0
"""The same where the second text reads worse than so as a paragraph's start."""
HALVES = 0.0
"""Bits by which a line must read on from another one so that both are one title."""
MOST = 3
"""Lines of a heading that was not read apart, at most."""


class Torn(NamedTuple):
    """Two headings of one article, by their numbers."""

    bits: float
    first: int
    second: int


def rejoined(
    found: Sequence[Block], whole: Prepared, reading: Reading, reader: Reader
) -> list[Block] | None:
    """The blocks with such headings put together; None where there are none."""
    parts: dict[int, Torn] = {}
    taken: set[int] = set()
    for torn in sorted(_torn(whole, reading), reverse=True):
        if not {torn.first, torn.second} & taken:
            parts[torn.second] = torn
            taken |= {torn.first, torn.second}
    if not parts:
        return None
    changed: dict[int, Block] = {}
    for torn in parts.values():
        first, second = reading.headings[torn.first], reading.headings[torn.second]
        if _bare(first):
            changed |= _together(first[0], second, reader)
        else:
            changed[second[0].start] = replace(second[0], role="subhead", rule="layout.subhead")
    return [changed.get(block.start, block) for block in found]


def _torn(whole: Prepared, reading: Reading) -> list[Torn]:
    """Pairs of headings whose texts are one, the bits by which they are."""
    facts = whole.facts
    place = {item.start: at for at, item in enumerate(whole.items)}
    ends = {item.end: at for at, item in enumerate(whole.items) if item.kind == "atom"}
    found: list[Torn] = []
    for second, lines in enumerate(reading.headings):
        if not lines:
            continue
        head = place[lines[0].start] + 1
        if head >= len(whole.items) or whole.items[head].kind != "atom":
            continue
        for first, others in enumerate(reading.headings):
            if not others or others[0].start >= lines[0].start:
                continue
            if not (_fits(others, lines) or (len(lines) == 1 and lines[0].role == "title")):
                continue
            tail = ends.get(_last(reading, first, whole.items[head].start))
            if tail is None or facts.stops[tail] or whole.items[tail].subhead:
                continue
            begins = float(facts.starts[head])
            bits = float(facts.glued[tail, head]) - begins
            if bits > (RATHER if begins < BEGINS_NOT else TAKEN_UP):
                found.append(Torn(bits, first, second))
    return found


def _fits(first: Sequence[Block], second: Sequence[Block]) -> bool:
    """Whether two headings can be one: a name of a column, or a title's half, and the rest."""
    return _bare(first) and len(second) <= MOST and second[0].role == "title"


def _bare(heading: Sequence[Block]) -> bool:
    return len(heading) == 1 and heading[0].role in ("kicker", "title")


def _last(reading: Reading, stream: int, before: int) -> int:
    """Where an article's text ends above a place; -1 if it has none there."""
    ends = (
        item.end
        for item, one in zip(reading.items, reading.stream, strict=True)
        if one == stream and item.kind == "atom" and item.end <= before
    )
    return max(ends, default=-1)


def _together(first: Block, second: Sequence[Block], reader: Reader) -> dict[int, Block]:
    """The lines of one heading, by their starts."""
    half = first.text[-1] in NOT_A_TITLES_END or reader.runs_on(first, second[0]) > HALVES
    role = "title" if half and first.role == "title" else "kicker"
    rest = {block.start: replace(block, heads=first.start) for block in second}
    return rest | {first.start: replace(first, role=role, rule=f"layout.{role}")}
