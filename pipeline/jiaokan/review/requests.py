"""Requests of the browser → decisions. Nothing in a request is taken over unchecked."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from jiaokan.decisions.file import shown_text
from jiaokan.decisions.model import Decision, Do, Reads
from jiaokan.errors import JiaokanError
from jiaokan.inspect import PageView
from jiaokan.review.items import UNCERTAIN, Item
from jiaokan.review.pages import Opened
from jiaokan.review.places import Frame

LONGEST = 10_000
"""Characters that a person may put into one place."""


def wish_text(wish: Mapping[str, Any], key: str) -> str:
    """A text of what was asked for. Raises JiaokanError."""
    value = wish.get(key, "")
    if not isinstance(value, str) or len(value) > LONGEST:
        raise JiaokanError(f"{key} is no text of up to {LONGEST:,} characters")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise JiaokanError(f"{key} is no valid Unicode") from None
    return value


def wish_number(wish: Mapping[str, Any], key: str, most: int) -> int:
    """A number from 0 to `most`. Raises JiaokanError."""
    value = wish.get(key)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most:
        raise JiaokanError(f"{key} is no number from 0 to {most}")
    return value


def decision_on(item: Item, wish: Mapping[str, Any], page: Opened) -> Decision:
    """The decision about one item: accept, reject, edit, or an alternative taken."""
    view = page.view
    do = wish.get("do")
    if item.kind == "seam" or item.rule == UNCERTAIN:
        return _about_seam(item, wish, page)
    if do == "accept" and item.kind == "finding" and item.choice:
        wish = {**wish, "do": "take", "alternative": 0}
        do = "take"
    if do == "take":
        finding = view.findings[item.number]
        number = wish_number(wish, "alternative", len(finding.alternatives) - 1)
        return _edit(item, finding.alternatives[number].text, view)
    if do == "edit":
        return _edit(item, wish_text(wish, "new"), view)
    if do in ("accept", "reject"):
        return _about(item, do, view)
    raise JiaokanError("says neither accept, reject, edit nor take")


def about_rule(item: Item, wish: Mapping[str, Any], view: PageView) -> Decision:
    """The decision about all that a rule does, on the page or in the batch."""
    do: Do
    match wish.get("do"):
        case "reject":
            do = "reject"
        case "accept":
            do = "take" if item.choice and not item.rule.startswith("stitch.") else "accept"
        case _:
            raise JiaokanError("says neither accept nor reject")
    if wish.get("scope") == "page":
        return Decision(do, view.sha256, rule=item.rule, file=view.name)
    if wish.get("scope") == "batch":
        return Decision(do, rule=item.rule)
    raise JiaokanError("says neither page nor batch")


def move(wish: Mapping[str, Any], view: PageView, frame: Frame) -> Decision:
    """The decision about a fragment that was dragged, or moved by keys."""
    size = len(view.cleaned)
    start, end = wish_number(wish, "from", size), wish_number(wish, "to", size)
    if start >= end:
        raise JiaokanError("the fragment has no text")
    low, high = frame.raw_start(start), frame.raw_end(end)
    made = _seam(low, high, view)
    reads: Reads = "paragraph" if wish.get("reads") == "paragraph" else "on"
    match wish.get("goal"):
        case "after":
            after = frame.raw_end(wish_number(wish, "after", size))
            return replace(made, after=after, reads=reads)
        case "furniture":
            return replace(made, furniture=True)
        case "here":
            return replace(made, reads=reads)
    raise JiaokanError("says no place to move to")


def _about(item: Item, do: Do, view: PageView) -> Decision:
    text = shown_text(view.raw, item.start, item.end)
    return Decision(do, view.sha256, item.start, item.end, text, item.rule, file=view.name)


def _edit(item: Item, new: str, view: PageView) -> Decision:
    return replace(_about(item, "edit", view), new=new)


def _seam(start: int, end: int, view: PageView) -> Decision:
    text = shown_text(view.raw, start, end)
    return Decision("seam", view.sha256, start, end, text, file=view.name)


def _about_seam(item: Item, wish: Mapping[str, Any], page: Opened) -> Decision:
    """Accepted: it stays where it is now, whatever the stitcher finds later."""
    view, frame = page.view, page.frame
    do = wish.get("do")
    if do == "reject" and item.rule == UNCERTAIN:
        return _about(item, "reject", view)
    end = _end(item, page)
    before = frame.before(item.start)
    if do == "accept":
        if end is None or before is None:
            return _about(item, "accept", view)
        reads: Reads = "on" if frame.joined(item.start) else "paragraph"
        return replace(_seam(item.start, end, view), after=before, reads=reads)
    if end is None:
        raise JiaokanError("no article has this text any longer")
    if do == "take":
        choices = frame.choices(view.findings[item.number]) if item.kind == "finding" else ()
        number = wish_number(wish, "alternative", len(choices) - 1)
        place = choices[number]
        if place is None:
            raise JiaokanError("that place is not on this page: drag the fragment to its place")
        return replace(_seam(item.start, end, view), after=place, reads=frame.read_on(place))
    raise JiaokanError("a seam is accepted, or the fragment is moved")


def _end(item: Item, page: Opened) -> int | None:
    """Where the text ends, raw, that hangs on this seam: at its fragment's end, or at the next
    seam in it that is not sure."""
    fragment = page.frame.fragment_at(item.start)
    if fragment is None:
        return None
    others = (one.start for one in page.items if one.kind == "seam" or one.rule == UNCERTAIN)
    end = min((at for at in others if item.start < at < fragment.end), default=fragment.end)
    return item.start + len(page.view.raw[item.start : end].rstrip())
