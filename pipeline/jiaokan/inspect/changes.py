"""Changes of a ledger → edits, with the reasons of their rules and their places in the output;
what was set aside or dropped."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import accumulate

from jiaokan.inspect.model import Aside, EditView, FragmentView, Place, RuleNote, StepView
from jiaokan.ledger import Ledger, Placed
from jiaokan.trace import Change, Trace, placed

UNKNOWN = RuleNote("", "")


class Pieces:
    """Where each stretch of the cleaned text stands in the output."""

    def __init__(self, pieces: Sequence[Placed]) -> None:
        self._pieces = pieces
        lengths = (piece.length for piece in pieces)
        self._starts = list(accumulate(lengths, initial=0))[:-1]

    def places(self, start: int, end: int) -> tuple[Place, ...]:
        """Where cleaned[start:end] stands; of an empty span, where it would stand."""
        starts, pieces = self._starts, self._pieces
        index = max(bisect_right(starts, start) - 1, 0)
        if start == end and 0 < index < len(pieces) and starts[index] == start:
            index -= pieces[index].target is None  # at a border: what stands in the output tells
        found: list[Place] = []
        while index < len(pieces) and (start == end or starts[index] < end):
            piece, first = pieces[index], starts[index]
            low, high = max(start, first), min(end, first + piece.length)
            if piece.target is not None and low <= high:
                offset = piece.target.offset - first
                place = piece.target.article, piece.target.field, piece.target.index
                found.append(Place(*place, offset + low, offset + high))
            if start == end:
                break
            index += 1
        return tuple(found)


def edits_of(
    ledger: Ledger,
    fragments: Sequence[FragmentView],
    notes: Mapping[str, RuleNote],
) -> tuple[EditView, ...]:
    """Every change, in raw order."""
    pieces = Pieces(ledger.pieces)
    firsts = [fragment.start for fragment in fragments]
    found: list[EditView] = []
    for number, (start, end, change) in enumerate(placed(ledger.changes)):
        places = pieces.places(start, end)
        inside = bisect_right(firsts, change.start) - 1
        fragment = inside if inside >= 0 and change.start <= fragments[inside].end else -1
        if places and places[0].article < 0:
            fragment = -1
        found.append(
            EditView(
                number,
                change.start,
                change.end,
                change.old,
                change.new,
                _steps(change, notes),
                places,
                fragment,
            )
        )
    return tuple(found)


def asides_of(ledger: Ledger, trace: Trace, notes: Mapping[str, RuleNote]) -> tuple[Aside, ...]:
    """Furniture, and what was dropped and shows something."""
    found: list[Aside] = []
    at = 0
    for piece in ledger.pieces:
        end = at + piece.length
        target = piece.target
        text = trace.text[at:end]
        if (target is None and text.strip()) or (target is not None and target.article < 0):
            left, right = trace.raw_span(at, end)
            place = None
            if target is not None:
                place = Place(
                    -1, target.field, target.index, target.offset, target.offset + end - at
                )
            note = notes.get(piece.rule, UNKNOWN)
            found.append(Aside(left, right, text, piece.rule, note.kind, note.reason, place))
        at = end
    return tuple(found)


def _steps(change: Change, notes: Mapping[str, RuleNote]) -> tuple[StepView, ...]:
    return tuple(
        StepView(
            step.stage,
            step.rule,
            notes.get(step.rule, UNKNOWN).kind,
            notes.get(step.rule, UNKNOWN).reason,
            step.at,
            step.old,
            step.new,
            step.confidence,
            step.evidence,
        )
        for step in change.steps
    )
