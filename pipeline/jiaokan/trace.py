"""A trace: the text as it stands after some stages, and how it came from the raw text.

Stages count in their own input text. The trace keeps, for every stretch that
reads differently now, its place in the raw text and each step on the way, so
that nothing has to be found out afterwards by comparing texts.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from jiaokan.edit import Edit, apply, ordered


class Step(NamedTuple):
    """One edit inside a change."""

    stage: str
    rule: str
    at: int
    """Offset of `old` in the change's text as it stood before this step."""
    old: str
    new: str
    confidence: float
    evidence: str
    turn: int
    """Which stage in order, from 0: steps of several changes merge by it."""


class Change(NamedTuple):
    """A stretch of the raw text that reads differently now."""

    start: int
    """In the raw text."""
    end: int
    old: str
    new: str
    steps: tuple[Step, ...]
    """In the order they were carried out; replayed on `old` they give `new`."""


def as_row(change: Change) -> dict[str, Any]:
    """A change as JSON shows it."""
    row = {name: getattr(change, name) for name in ("start", "end", "old", "new")}
    return row | {"steps": [step._asdict() for step in change.steps]}


@dataclass(frozen=True)
class Trace:
    """A text, and its changes against the raw text in order."""

    raw: str
    text: str
    changes: tuple[Change, ...] = ()
    turn: int = 0
    """How many stages have been carried out."""

    @cached_property
    def _starts(self) -> list[int]:
        """Where each change starts in `text`."""
        return [start for start, _, _ in placed(self.changes)]

    def raw_offset(self, at: int, *, end: bool = False) -> int:
        """Where the character boundary `at` of the text lies in the raw text.

        Inside a change it is the change's start (its end, with `end`). Where
        characters were dropped at the boundary, they lie before it (behind
        it, with `end`).
        """
        find = bisect_left if end else bisect_right
        index = find(self._starts, at) - 1
        if index < 0:
            return at
        change, start = self.changes[index], self._starts[index]
        stop = start + len(change.new)
        if start < at < stop:
            return change.end if end else change.start
        if at == start and not end and change.new:
            return change.start
        return change.end + at - stop

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """The raw span that text[start:end] came from."""
        left = self.raw_offset(start)
        return left, max(left, self.raw_offset(end, end=True))


def placed(changes: Iterable[Change]) -> Iterator[tuple[int, int, Change]]:
    """Each change with its start and end in the text as it reads now."""
    shift = 0
    for change in changes:
        start = change.start + shift
        yield start, start + len(change.new), change
        shift += len(change.new) - len(change.old)


def advance(trace: Trace, stage: str, edits: Iterable[Edit]) -> Trace:
    """The trace after one more stage."""
    todo = ordered(edits, trace.text)
    turn = trace.turn + 1
    if not todo:
        return Trace(trace.raw, trace.text, trace.changes, turn)
    starts, ends = _spans(trace.changes)
    changes: list[Change] = []
    shift = 0  # of raw against text, before the edit
    seen = 0  # earlier changes that are dealt with
    for cluster in _clusters(starts, ends, todo):
        changes += trace.changes[seen : cluster.first]
        if cluster.first:
            shift = trace.changes[cluster.first - 1].end - ends[cluster.first - 1]
        earlier = [
            (starts[index], ends[index], trace.changes[index])
            for index in range(cluster.first, cluster.stop)
        ]
        change = _merge(trace, cluster, earlier, shift, stage)
        if change.old != change.new:
            changes.append(change)
        seen = cluster.stop
    changes += trace.changes[seen:]
    return Trace(trace.raw, apply(trace.text, todo), tuple(changes), turn)


def _spans(changes: Iterable[Change]) -> tuple[list[int], list[int]]:
    """Where the changes start and where they end in the text as it reads now."""
    starts: list[int] = []
    ends: list[int] = []
    shift = 0
    for change in changes:
        start = change.start + shift
        end = start + len(change.new)
        starts.append(start)
        ends.append(end)
        shift = end - change.end
    return starts, ends


@dataclass(slots=True)
class _Cluster:
    """Edits that touch one another by way of earlier changes, in text coordinates."""

    start: int
    end: int
    edits: list[Edit]
    first: int
    """The first earlier change that they touch."""
    stop: int
    """One past the last."""


def _clusters(
    starts: Sequence[int], ends: Sequence[int], edits: Sequence[Edit]
) -> Iterator[_Cluster]:
    """Each edit with the earlier changes it overlaps; edits that share one are one cluster."""
    last: _Cluster | None = None
    for edit in edits:
        first, stop = _touched(starts, ends, edit)
        if last is not None and first < last.stop:
            last.edits.append(edit)
            last.stop = max(last.stop, stop)
            last.end = max(last.end, edit.end, ends[last.stop - 1])
            continue
        if last is not None:
            yield last
        start, end = edit.start, edit.end
        if first < stop:
            start, end = min(start, starts[first]), max(end, ends[stop - 1])
        last = _Cluster(start, end, [edit], first, stop)
    if last is not None:
        yield last


def _touched(starts: Sequence[int], ends: Sequence[int], edit: Edit) -> tuple[int, int]:
    """Earlier changes that overlap the edit, as (first, stop); an empty one strictly inside it,
    or at the very place of an insertion, counts."""
    if edit.start == edit.end:
        first = bisect_left(ends, edit.start)
        while first < len(ends) and not (
            starts[first] < edit.start < ends[first]
            or starts[first] == ends[first] == edit.start
            or starts[first] >= edit.start
        ):
            first += 1
        stop = first
        while stop < len(starts) and (
            starts[stop] < edit.start < ends[stop] or starts[stop] == ends[stop] == edit.start
        ):
            stop += 1
        return first, stop
    return bisect_right(ends, edit.start), bisect_left(starts, edit.end)


def _merge(
    trace: Trace,
    cluster: _Cluster,
    earlier: Sequence[tuple[int, int, Change]],
    shift: int,
    stage: str,
) -> Change:
    """One change made of a cluster's earlier changes and its new edits."""
    if not earlier and len(cluster.edits) == 1:
        edit = cluster.edits[0]
        old = trace.text[edit.start : edit.end]
        step = Step(stage, edit.rule, 0, old, edit.new, edit.confidence, edit.evidence, trace.turn)
        return Change(edit.start + shift, edit.end + shift, old, edit.new, (step,))
    steps = _interleave(cluster.start, earlier)
    start = cluster.start + shift
    grown = sum(len(change.old) - len(change.new) for _, _, change in earlier)
    end = cluster.end + shift + grown
    moved = 0
    for edit in cluster.edits:
        old = trace.text[edit.start : edit.end]
        at = edit.start - cluster.start + moved
        steps.append(
            Step(stage, edit.rule, at, old, edit.new, edit.confidence, edit.evidence, trace.turn)
        )
        moved += len(edit.new) - len(old)
    text = trace.text[cluster.start : cluster.end]
    inner = [
        Edit(e.start - cluster.start, e.end - cluster.start, e.new, e.rule) for e in cluster.edits
    ]
    return Change(start, end, trace.raw[start:end], apply(text, inner), tuple(steps))


def _interleave(origin: int, earlier: Sequence[tuple[int, int, Change]]) -> list[Step]:
    """Steps of the earlier changes, counted from the cluster's start, in turn's order."""
    if not earlier:
        return []
    lengths = [len(change.old) for _, _, change in earlier]
    gaps: list[int] = []
    last = origin
    for start, end, _ in earlier:
        gaps.append(start - last)
        last = end
    queue = sorted(
        (step.turn, index, number)
        for index, (_, _, change) in enumerate(earlier)
        for number, step in enumerate(change.steps)
    )
    steps: list[Step] = []
    for _, index, number in queue:
        step = earlier[index][2].steps[number]
        before = sum(gaps[: index + 1]) + sum(lengths[:index])
        steps.append(step._replace(at=before + step.at))
        lengths[index] += len(step.new) - len(step.old)
    return steps
