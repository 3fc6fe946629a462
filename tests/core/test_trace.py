"""A trace keeps every character's way from the raw text, whatever the stages do."""

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jiaokan.edit import Edit, ordered
from jiaokan.trace import Step, Trace, _merged, advance, placed

LETTERS = "天地玄黄"


@st.composite
def edits_for(draw: st.DrawFn, text: str) -> list[Edit]:
    points = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    edits = []
    for start, end in zip(points[::2], points[1::2], strict=False):
        new = draw(st.text(LETTERS, max_size=3))
        if edits and (start, end) == (edits[-1].start, edits[-1].end) and start == end:
            continue
        edits.append(Edit(start, end, new, "r"))
    return edits


@st.composite
def traces(draw: st.DrawFn) -> Trace:
    raw = draw(st.text(LETTERS, max_size=12))
    trace = Trace(raw, raw)
    for turn in range(draw(st.integers(1, 5))):
        trace = advance(trace, f"stage{turn}", draw(edits_for(trace.text)))
    return trace


def replay(old: str, steps: Iterable[Step]) -> str:
    """What `old` becomes when the steps are carried out one after another."""
    text = old
    for step in steps:
        if text[step.at : step.at + len(step.old)] != step.old:
            raise ValueError(f"step {step} does not fit {text!r}")
        text = text[: step.at] + step.new + text[step.at + len(step.old) :]
    return text


@given(traces())
def test_changes_carry_raw_into_text_and_back(trace: Trace) -> None:
    forward, last = [], 0
    for change in trace.changes:
        assert change.start >= last
        assert trace.raw[change.start : change.end] == change.old
        forward += trace.raw[last : change.start], change.new
        last = change.end
    forward.append(trace.raw[last:])
    assert "".join(forward) == trace.text
    for start, end, change in placed(trace.changes):
        assert trace.text[start:end] == change.new


@given(traces())
def test_steps_replay_from_old_to_new(trace: Trace) -> None:
    for change in trace.changes:
        assert change.old != change.new
        assert replay(change.old, change.steps) == change.new


@given(traces(), st.data())
def test_raw_offsets_are_monotonous_and_exact_outside_changes(
    trace: Trace, data: st.DataObject
) -> None:
    offsets = [trace.raw_offset(at) for at in range(len(trace.text) + 1)]
    assert offsets == sorted(offsets)
    inside = {at for start, end, _ in placed(trace.changes) for at in range(start, end)}
    for at in set(range(len(trace.text))) - inside:
        start, end = trace.raw_span(at, at + 1)
        assert (end - start, trace.raw[start:end]) == (1, trace.text[at])


@given(traces(), st.data())
def test_edits_in_bulk_are_edits_one_by_one(trace: Trace, data: st.DataObject) -> None:
    edits = [edit for edit in data.draw(edits_for(trace.text)) if edit.start < edit.end]
    todo = ordered(edits, trace.text)
    one_by_one = _merged(trace, "last", todo) if todo else trace.changes
    assert advance(trace, "last", edits).changes == one_by_one


def test_changes_are_a_sequence() -> None:
    trace = advance(
        Trace("天地玄黄", "天地玄黄"), "s", [Edit(0, 1, "", "a"), Edit(2, 3, "黑", "b")]
    )
    changes = trace.changes
    assert changes == tuple(changes)
    assert changes != ()
    assert hash(changes) == hash(tuple(changes))
    assert changes[:1] == (changes[0],)
    assert [one.rule for one in changes[1].steps] == ["b"]
    assert Trace(trace.raw, trace.text, tuple(changes)).raw_span(0, 3) == trace.raw_span(0, 3)


@pytest.mark.parametrize(
    "edits",
    [
        [Edit(0, 2, "玄", "r"), Edit(1, 3, "黄", "r")],
        [Edit(2, 4, "玄", "r"), Edit(2, 3, "黄", "r")],
        [Edit(1, 9, "玄", "r")],
        [Edit(4, 4, "玄", "r"), Edit(5, 5, "黄", "r")],
        [Edit(2, 1, "玄", "r")],
        [Edit(-1, 1, "玄", "r")],
    ],
)
def test_edits_that_overlap_or_lie_outside_are_told(edits: list[Edit]) -> None:
    with pytest.raises(ValueError, match="overlaps another or lies outside"):
        advance(Trace("天地玄黄", "天地玄黄"), "stage", edits)
