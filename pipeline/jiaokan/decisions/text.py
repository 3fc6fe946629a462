"""Decisions that change text, carried out after the last stage.

A decided span is kept from every stage (`Fitted.allows`), so that its raw text stands in the
text as it was when it is replaced here, and nothing touches what the person wrote.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from jiaokan.decisions.fit import Fitted
from jiaokan.decisions.model import RULE, Decision
from jiaokan.edit import Edit
from jiaokan.finding import Finding
from jiaokan.trace import Trace, advance, placed


def edited(
    trace: Trace, findings: Sequence[Finding], decisions: Fitted
) -> tuple[Trace, list[Finding]]:
    """The trace with what people wrote, and the findings that are left."""
    edits = list(_edits(trace, decisions.unfolded))
    takes = [one for one in decisions.unfolded if one.do == "take"]
    left: list[Finding] = []
    for finding in findings:
        edit = _taken(trace, finding, takes)
        if edit is None:
            left.append(finding)
        elif not any(_overlap(edit, other) for other in edits):
            edits.append(edit)
    return (advance(trace, RULE, edits) if edits else trace), left


def text_offset(trace: Trace, at: int, *, end: bool = False) -> int:
    """Where a raw offset lies in the text; inside a change, its start (its end, with `end`)."""
    shift = 0
    for start, stop, change in placed(trace.changes):
        if change.start >= at:
            break
        if change.end > at:
            return stop if end else start
        shift = stop - change.end
    return at + shift


def _edits(trace: Trace, decisions: Sequence[Decision]) -> Iterator[Edit]:
    done: set[tuple[int, int]] = set()
    ends = [change.end for change in trace.changes]
    shifts = [0, *(stop - change.end for _, stop, change in placed(trace.changes))]
    for decision in decisions:
        span = decision.start, decision.end
        if decision.do == "edit" and span not in done:
            done.add(span)
            # what a stage put in at the span's start stands in front of it
            shift = shifts[bisect_right(ends, decision.start)]
            start, end = decision.start + shift, decision.end + shift
            yield Edit(start, end, decision.new, RULE, 1.0, decision.by)


def _taken(trace: Trace, finding: Finding, takes: Sequence[Decision]) -> Edit | None:
    """The finding's first alternative as an edit, where a person takes all of its rule's."""
    for one in takes:
        if one.rule != finding.rule or not one.covers(finding.start, finding.end):
            continue
        if not finding.alternatives:
            return None
        start = text_offset(trace, finding.start)
        end = max(start, text_offset(trace, finding.end, end=True))
        if trace.text[start:end] != finding.text:
            return None
        return Edit(start, end, finding.alternatives[0].text, RULE, 1.0, one.by)
    return None


def _overlap(one: Edit, other: Edit) -> bool:
    return (one.start < other.end and other.start < one.end) or (
        (one.start, one.end) == (other.start, other.end)
    )
