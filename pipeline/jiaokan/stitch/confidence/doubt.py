"""How sure each seam is, in numbers and in words, and what else might be."""

from collections.abc import Iterator, Sequence

from jiaokan.finding import Alternative, Finding
from jiaokan.stitch.blocks import Block, closed, short
from jiaokan.stitch.confidence.curves import trusted
from jiaokan.stitch.headings.features import ASKED
from jiaokan.stitch.items import Item
from jiaokan.stitch.seams.joins import Joins
from jiaokan.stitch.search.decide import Reading, inside

MAYBE = 0.35
"""How probable it must be that a line is a title to be told of."""
SHOWN = 8
"""Characters of a tail or a head that a message quotes."""
APART = 16
"""Characters that part two alternatives at least."""
LEAST, MOST = 0.01, 4
"""Probability that an alternative has at least, and how many a finding lists at most."""


def confidence(reading: Reading, left: int, right: int) -> float:
    """The share of seams like that between two items that are right."""
    chance = reading.chances[right].get(left, 0.0)
    return trusted(chance, inside(reading.items, left, right), reading.mixed)


def evidence(
    text: str, items: Sequence[Item], joins: Joins, left: int, right: int
) -> tuple[str, ...]:
    """What speaks for item `right` going on from item `left`, in words."""
    if left >= len(items) or items[left].kind == "heading":
        return ()
    said = [f"“…{_tail(text, items, left)}” goes on “{_head(text, items[right])}…”"]
    if joins.doubled(left, right) or joins.perhaps_doubled(left, right):
        said.append(f"“{text[items[right].start]}” is read on both sides of the seam")
    if not joins.closed[left]:
        said.append("the text before the seam stops in mid-sentence")
    if right and not items[right].inner and not joins.closed[right - 1]:
        said.append("the column above it on the page stops in mid-sentence, too")
    return tuple(said)


def alternatives(text: str, reading: Reading, right: int, chosen: int) -> tuple[Alternative, ...]:
    """Other places that item's text may go on from, best first.

    Places a few characters apart are one alternative: the best of them.
    """
    items = reading.items
    ranked = sorted(reading.chances[right].items(), key=lambda pair: (-pair[1], pair[0]))
    kept = [chosen]
    found: list[Alternative] = []
    for left, chance in ranked:
        if chance < LEAST or len(found) == MOST:
            break
        if not any(_together(items, left, other) for other in kept):
            kept.append(left)
            said = "; ".join(evidence(text, items, reading.joins, left, right))
            sure = round(confidence(reading, left, right), 3)
            found.append(Alternative(_place(text, items, left), sure, said))
    return tuple(found)


def _together(items: Sequence[Item], one: int, other: int) -> bool:
    """Whether two items end so near to each other that it hardly matters which."""
    if len(items) in (one, other):
        return one == other
    return abs(items[one].end - items[other].end) < APART


def finding(text: str, reading: Reading, right: int, left: int) -> Finding:
    """An uncertain seam as a finding."""
    items = reading.items
    item = items[right]
    sure = confidence(reading, left, right)
    return Finding(
        item.start,
        min(item.end, item.start + SHOWN),
        "stitch.uncertain-seam",
        text[item.start : min(item.end, item.start + SHOWN)],
        f"It is not sure that this goes on from {_place(text, items, left)}"
        f" (probability {sure:.2f}).",
        round(1 - sure, 3),
        alternatives(text, reading, right, left),
    )


def perhaps_doubled(text: str, item: Item) -> Finding:
    """The first character of an item, which may have been read twice and was kept."""
    mark = text[item.start]
    return Finding(
        item.start,
        item.start + 1,
        "stitch.perhaps-doubled",
        mark,
        f"“{mark}” stands on both sides of a seam: it may have been read twice, and is kept.",
        0.5,
    )


def _place(text: str, items: Sequence[Item], left: int) -> str:
    if left >= len(items):
        return "another page"
    if items[left].kind == "heading":
        lines = text[items[left].start : items[left].end].splitlines()
        return f"the heading “{lines[-1]}”" if lines else "the article's start"
    return f"“…{_tail(text, items, left)}”"


def _tail(text: str, items: Sequence[Item], left: int) -> str:
    end = items[left].end
    return text[max(items[left].start, end - SHOWN) : end].replace("\n", " ")


def _head(text: str, item: Item) -> str:
    return text[item.start : min(item.end, item.start + SHOWN)]


def unsure_titles(text: str, found: Sequence[Block]) -> Iterator[Finding]:
    """Lines that stand as a title does, between two whole texts, and were not surely none.

    What stands in one article with others of its kind is a sub-heading as they are.
    """
    message = "This line may be a title: another article may begin here."
    lone: list[Block] = []
    for block in [*_lone(found), None]:
        if block is not None and block.role in ("body", "subhead"):
            lone.append(block)
            continue
        if len(lone) == 1 and lone[0].title >= MAYBE:
            start, end = lone[0].start, lone[0].end
            yield Finding(start, end, "stitch.unsure-title", text[start:end], message, 0.5)
        lone = []


def _lone(found: Sequence[Block]) -> Iterator[Block]:
    """Titles, and short lines that stand alone between paragraphs."""
    lines = [block for block in found if block.role != "furniture"]
    for above, block, below in zip([None, *lines], lines, [*lines[1:], None], strict=False):
        if block.role == "title":
            yield block
        elif block.role in ("body", "subhead") and short(block) and above and below:
            text = not short(below) or below.text.startswith(ASKED)
            texts = above.role == below.role == "body" and not short(above) and text
            if texts and block.blanks and below.blanks and closed(above.text):
                yield block
