"""What a person changed in a clean file after the run.

The run's own output is known to the character, from the ledger; so what differs from it is a
person's edit. Paragraphs that are the same are anchors; between two anchors the texts are compared
character by character. A page that was put into another order shows as taken out here and put in
there.
"""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from jiaokan.curation.learn_files import Block
from jiaokan.inspect.changes import Pieces
from jiaokan.inspect.model import HandEdit
from jiaokan.ledger import Ledger
from jiaokan.trace import Trace

_CELLS = 100_000_000
"""Pairs of characters that one comparison may look at; above that, a region is one edit."""
_APART = 2
"""Edits with fewer characters between them are one."""


class _Span(NamedTuple):
    start: int
    end: int
    new: str


def hand_edits(
    run: Sequence[Block], person: Sequence[Block], file: str, ledger: Ledger, trace: Trace
) -> tuple[HandEdit, ...]:
    """The edits of one file, in its order."""
    pieces = Pieces(ledger.pieces)
    matcher = SequenceMatcher(None, [b.text for b in run], [b.text for b in person], autojunk=False)
    found: list[HandEdit] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            continue
        old = "\n".join(block.text for block in run[i1:i2])
        new = "\n".join(block.text for block in person[j1:j2])
        if i1 == i2:
            at = run[i1].places[0] if i1 < len(run) else run[-1].places[-1] + 1 if run else 0
            spans = [_Span(0, 0, f"{new}\n" if i1 < len(run) else f"\n{new}")]
            places = [at]
        else:
            spans = list(_spans(old, new))
            places = _joined_places(run[i1:i2])
        for span in spans:
            at, end = _cleaned(places, span)
            start, stop = trace.raw_span(at, end)
            text = old[span.start : span.end]
            found.append(HandEdit(file, pieces.places(at, end), start, stop, text, span.new))
    return tuple(found)


def _joined_places(blocks: Sequence[Block]) -> list[int]:
    """Where each character of the joined blocks stands in the cleaned text, and one past them."""
    places: list[int] = []
    for block in blocks:
        places += (*block.places, block.places[-1] + 1)  # the line end behind it
    return places


def _cleaned(places: Sequence[int], span: _Span) -> tuple[int, int]:
    """The span in the cleaned text; up to its first break, where it is not in one piece there."""
    start = end = places[span.start]
    for at in places[span.start : span.end]:
        if at != end:
            break
        end += 1
    return start, end


def _spans(old: str, new: str) -> Iterator[_Span]:
    """Where the texts differ, near differences taken together."""
    if len(old) * len(new) > _CELLS:
        yield _Span(0, len(old), new)
        return
    from rapidfuzz.distance import Indel

    last: _Span | None = None
    for code in Indel.opcodes(old, new):
        if code.tag == "equal":
            continue
        span = _Span(code.src_start, code.src_end, new[code.dest_start : code.dest_end])
        if last is not None and span.start - last.end < _APART:
            span = _Span(last.start, span.end, last.new + old[last.end : span.start] + span.new)
        elif last is not None:
            yield last
        last = span
    if last is not None:
        yield last
