"""A page's changes as lines for people."""

from collections.abc import Iterator
from pathlib import Path

from jiaokan.cli.terminal import dim, heading, new, old, shorten, visible
from jiaokan.cli.view import where
from jiaokan.inspect.model import EditView, HandEdit, PageView

_SURE = 0.995
"""A confidence above it is not told."""


def lines_of(path: Path, json: Path, page: PageView, context: int) -> Iterator[str]:
    """What was done to a page, `context` characters of its line around each change."""
    yield heading(f"{path} → {json}")
    for edit in page.edits:
        yield f"  {spot(page, edit.start):>8}  {_in_context(page, edit, context)}  {_by(edit)}"
    yield from _moved(page)
    for aside in page.asides:
        dropped = aside.place is None
        shown = old(aside.text) if dropped else f"“{shorten(aside.text, 60)}”"
        what = "dropped" if dropped else "furniture"
        yield f"  {what}: raw {spot(page, aside.start)} {shown}  {dim(aside.rule)}"
    for hand in page.hand:
        yield _by_hand(page, hand)


def spot(page: PageView, offset: int) -> str:
    """Line and column of a place in the raw text."""
    return "{}:{}".format(*page.spot(offset))


def _moved(page: PageView) -> Iterator[str]:
    seams = {link.target: page.seams[link.seam] for link in page.links if link.seam >= 0}
    for fragment in page.fragments:
        if not fragment.moved:
            continue
        text = shorten(page.raw[fragment.start : fragment.end])
        seam = seams.get(fragment.number)
        sure = f"  {dim(f'{seam.confidence:.2f}')}" if seam else ""
        yield (
            f"  moved: raw {spot(page, fragment.start)} to {spot(page, fragment.end - 1)} "
            f"“{text}” → {where(fragment.places[0])}{sure}"
        )


def _in_context(page: PageView, edit: EditView, context: int) -> str:
    before = page.raw[max(0, edit.start - context) : edit.start].rpartition("\n")[2]
    after = page.raw[edit.end : edit.end + context].partition("\n")[0]
    return visible(before) + old(edit.old) + new(edit.new) + visible(after)


def _by(edit: EditView) -> str:
    """The rules that made a change, and how sure the least sure of them was."""
    rules = " + ".join(dict.fromkeys(step.rule for step in edit.steps))
    return dim(rules if edit.confidence > _SURE else f"{rules} ({edit.confidence:.2f})")


def _by_hand(page: PageView, hand: HandEdit) -> str:
    place = f", {where(hand.places[0])}" if hand.places else ""
    change = old(hand.old) + new(hand.new)
    return f"  by hand: raw {spot(page, hand.start)} {change}  {dim(hand.file + place)}"
