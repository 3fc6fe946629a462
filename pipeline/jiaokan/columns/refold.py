"""From the unfolded text back to the raw text's own order: changes, pieces, seams and findings.

No character changes its place in the ledger: changes lie in raw order, what stood in a
gutter is dropped, and the pieces say where each part of a line went.
"""

import re
from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import replace
from operator import attrgetter
from typing import NamedTuple

from jiaokan.article import Arrangement, Piece, Seam
from jiaokan.columns.unfold import RULE, Part, Unfolded
from jiaokan.finding import Finding
from jiaokan.trace import Change, Trace

WORD = re.compile("[^\\W丨]")
DROPPED = "This stood in the gutter between two columns, and was dropped."


class Moved(NamedTuple):
    """A part behind the stages."""

    part: Part
    start: int
    """In the unfolded text as it reads now."""
    end: int
    changes: tuple[Change, ...]
    """What changed in it, in the raw text."""


def refold(
    unfolded: Unfolded,
    trace: Trace,
    arrangement: Arrangement,
    findings: Sequence[Finding],
) -> tuple[Trace, Arrangement, list[Finding]]:
    """What was made of an unfolded text, as made of the raw text."""
    found, pieces = _refolded(unfolded, trace, arrangement.pieces)
    seams = tuple(_seam(unfolded, seam) for seam in arrangement.seams)
    told = [_finding(unfolded, finding) for finding in findings]
    told += _dropped(unfolded)
    return found, replace(arrangement, pieces=pieces, seams=seams), told


def _refolded(
    unfolded: Unfolded, trace: Trace, found: Sequence[Piece]
) -> tuple[Trace, tuple[Piece, ...]]:
    """The trace and the pieces; what stood in the gutters is dropped."""
    moved = list(_moved(unfolded, trace))
    texts: list[str] = []
    pieces: list[Piece] = []
    changes: list[Change] = []
    size = last = 0
    starts = [piece.start for piece in found]

    def gutter(end: int) -> None:
        nonlocal size
        if end > last:
            texts.append(unfolded.raw[last:end])
            pieces.append(Piece(size, size + end - last, RULE))
            size += end - last

    for item in sorted(moved, key=lambda item: (item.part.start, item.part.at)):
        gutter(item.part.start)
        texts.append(trace.text[item.start : item.end])
        first = max(bisect_right(starts, item.start) - 1, 0)
        stop = bisect_left(starts, item.end)
        pieces += _cut(found[first:stop], item.start, item.end, size)
        changes += item.changes
        size += item.end - item.start
        last = item.part.end
    gutter(len(unfolded.raw))
    told = Trace(unfolded.raw, "".join(texts), tuple(changes), trace.turn)
    return told, tuple(pieces)


def _finding(unfolded: Unfolded, finding: Finding) -> Finding:
    """The finding where its first line stands in the raw text."""
    part = _part(unfolded, finding.start)
    start = part.start + max(finding.start - part.at, 0)
    end = part.start + min(finding.end, part.stop) - part.at
    return replace(finding, start=start, end=max(start, end))


def _seam(unfolded: Unfolded, seam: Seam) -> Seam:
    left = _part(unfolded, seam.left - 1)
    right = _part(unfolded, seam.right)
    return replace(
        seam,
        left=left.start + min(max(seam.left - left.at, 0), left.end - left.start),
        right=right.start + max(seam.right - right.at, 0),
    )


def _dropped(unfolded: Unfolded) -> Iterator[Finding]:
    """Characters that were taken for dirt in a gutter and may be text."""
    last = 0
    for part in sorted(unfolded.parts):
        for match in WORD.finditer(unfolded.raw, last, part.start):
            yield Finding(*match.span(), RULE, match.group(), DROPPED, 0.3)
        last = part.end


def _part(unfolded: Unfolded, at: int) -> Part:
    """The part that holds a place, or the next one; behind the last one, the last one."""
    index = bisect_right(unfolded.parts, at, key=attrgetter("stop"))
    return unfolded.parts[min(index, len(unfolded.parts) - 1)]


def _cut(pieces: Sequence[Piece], start: int, end: int, to: int) -> Iterator[Piece]:
    """What the pieces have of text[start:end], which now starts at `to`."""
    for piece in pieces:
        low, high = max(piece.start, start), min(piece.end, end)
        if low < high:
            target = piece.target
            if target is not None:
                target = replace(target, offset=target.offset + low - piece.start)
            yield Piece(low - start + to, high - start + to, piece.rule, target)


def _moved(unfolded: Unfolded, trace: Trace) -> Iterator[Moved]:
    """Each part with its place and its changes."""
    todo = deque(trace.changes)
    shift = 0  # of the text as it reads now against the unfolded text
    for part in unfolded.parts:
        while todo and todo[0].start < part.at:
            shift += _grown(todo.popleft())
        start = part.at + shift
        back = part.start - part.at
        own: list[Change] = []
        while todo and todo[0].end <= part.stop:
            change = todo.popleft()
            own.append(change._replace(start=change.start + back, end=change.end + back))
            shift += _grown(change)
        end = part.stop + shift
        if todo and todo[0].start == part.stop and todo[0].new:
            own.append(_inserted(todo[0], part.end))
            end += len(todo[0].new)
        yield Moved(part, start, end, tuple(own))


def _grown(change: Change) -> int:
    return len(change.new) - len(change.old)


def _inserted(change: Change, at: int) -> Change:
    """What stands for an added line end: in the raw text it is put between two cells."""
    step = change.steps[-1]._replace(at=0, old="", new=change.new)
    return Change(at, at, "", change.new, (step,))
