"""How sure each seam is, in numbers and in words, and what else might be."""

from collections.abc import Sequence

from jiaokan.finding import Alternative, Finding
from jiaokan.stitch.items import Item
from jiaokan.stitch.joins import Joins

SHOWN = 8
"""Characters of a tail or a head that a message quotes."""


def evidence(
    text: str, items: Sequence[Item], joins: Joins, left: int, right: int
) -> tuple[str, ...]:
    """What speaks for item `right` going on from item `left`, in words."""
    said = [f"“…{_tail(text, items, left)}” goes on “{_head(text, items[right])}…”"]
    if joins.doubled(left, right):
        said.append(f"“{text[items[right].start]}” is read on both sides of the seam")
    if not joins.closed[left]:
        said.append("the text before the seam stops in mid-sentence")
    if right and not items[right].inner and not joins.closed[right - 1]:
        said.append("the column above it on the page stops in mid-sentence, too")
    return tuple(said)


def alternatives(
    text: str, items: Sequence[Item], chances: dict[int, float], chosen: int
) -> tuple[Alternative, ...]:
    """Other places that item's text may go on from, best first."""
    ranked = sorted(chances.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(
        Alternative(_place(text, items, left), round(chance, 3))
        for left, chance in ranked[:5]
        if left != chosen and chance >= 0.01
    )


def finding(
    text: str,
    items: Sequence[Item],
    right: int,
    left: int,
    chances: dict[int, float],
) -> Finding:
    """An uncertain seam as a finding."""
    item = items[right]
    confidence = chances.get(left, 0.0)
    return Finding(
        item.start,
        min(item.end, item.start + SHOWN),
        "stitch.uncertain-seam",
        text[item.start : min(item.end, item.start + SHOWN)],
        f"It is not sure that this goes on from {_place(text, items, left)}"
        f" (probability {confidence:.2f}).",
        round(1 - confidence, 3),
        alternatives(text, items, chances, left),
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
