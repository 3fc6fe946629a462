"""One raw character: what was done to it, where it went, what is doubtful near it."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from jiaokan.cli.view import View, where
from jiaokan.formats.clean_json import Clean
from jiaokan.trace import Change, as_row, placed

_NEAR = 20
"""A seam no farther than this is spoken of."""
_CONTEXT = 12


def character_at(view: View, clean: Clean, at: int) -> dict[str, Any]:
    """All that is known about the raw character at an offset."""
    touching, start, end = _change_at(view, at)
    line, column = view.lines.spot(at)
    near = (seam for seam in clean.seams if min(abs(seam.left - at), abs(seam.right - at)) <= _NEAR)
    doubts = (
        finding
        for finding in clean.findings
        if finding.start <= at < max(finding.end, finding.start + 1)
    )
    return {
        "source": view.ledger.source.name,
        "at": at,
        "line": line,
        "column": column,
        "character": view.trace.raw[at],
        "changes": [as_row(change) for change in touching],
        "places": list(_places(view, start, end)),
        "seams": [asdict(seam) for seam in near],
        "findings": [asdict(finding) for finding in doubts],
    }


def _change_at(view: View, at: int) -> tuple[list[Change], int, int]:
    """The changes that touch a character, and the span of cleaned text that it became."""
    touching: list[Change] = []
    shift = 0
    for start, end, change in placed(view.ledger.changes):
        if change.start > at:
            break
        if change.start == at == change.end:
            touching.append(change)  # put in right before it
        elif at < change.end:
            return [*touching, change], start, end
        shift = end - change.end
    return touching, at + shift, at + shift + 1


def _places(view: View, start: int, end: int) -> Iterator[dict[str, Any]]:
    """Where a span of cleaned text went."""
    text = view.trace.text
    for begin, piece in view.pieces:
        stop = begin + piece.length
        left, right = max(start, begin), min(end, stop)
        if left >= right:
            continue
        row: dict[str, Any] = {"article": None, "field": "", "index": None, "offset": None}
        place = "dropped"
        if piece.target:
            row = asdict(piece.target)
            row["offset"] += left - begin
            place = where(piece.target)
        context = text[max(begin, left - _CONTEXT) : min(stop, right + _CONTEXT)]
        yield row | {
            "place": place,
            "text": text[left:right],
            "rule": piece.rule,
            "context": context,
        }
