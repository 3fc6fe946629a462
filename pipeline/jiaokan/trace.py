"""A trace: the text as it stands after some stages, and how it came from the raw text.

Stages count in their own input text. The trace keeps, for every stretch that
reads differently now, its place in the raw text and each step on the way, so
that nothing has to be found out afterwards by comparing texts.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from jiaokan.changes import Change, Changes, Step, as_row, placed
from jiaokan.edit import Columns, Edit, apply, in_columns, in_order

__all__ = ["Change", "Changes", "Step", "Trace", "advance", "as_row", "placed"]


@dataclass(frozen=True)
class Trace:
    """A text, and its changes against the raw text in order."""

    raw: str
    text: str
    changes: Sequence[Change] = ()
    turn: int = 0
    """How many stages have been carried out."""

    @cached_property
    def kept(self) -> Changes:
        """The changes, as they are kept."""
        return Changes.of(self.changes)

    def raw_offset(self, at: int, *, end: bool = False) -> int:
        """Where the character boundary `at` of the text lies in the raw text.

        Inside a change it is the change's start (its end, with `end`). Where
        characters were dropped at the boundary, they lie before it (behind
        it, with `end`).
        """
        if not self.changes:
            return at
        starts, ends, shifts = self.kept.spans
        index = int(starts.searchsorted(at, "left" if end else "right")) - 1
        if index < 0:
            return at
        start, stop = int(starts[index]), int(ends[index])
        if start < at < stop:
            index += end
            return (stop if end else start) + int(shifts[index])
        if at == start and not end and start < stop:
            return start + int(shifts[index])
        return at + int(shifts[index + 1])

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """The raw span that text[start:end] came from."""
        left = self.raw_offset(start)
        return left, max(left, self.raw_offset(end, end=True))


def advance(trace: Trace, stage: str, edits: Iterable[Edit] | Columns) -> Trace:
    """The trace after one more stage. Raises ValueError where edits overlap or lie outside the
    text: a stage settles its own conflicts before it yields."""
    todo = edits if isinstance(edits, Columns) else in_columns(edits, trace.text)
    turn = trace.turn + 1
    if not todo.starts.size:
        return Trace(trace.raw, trace.text, trace.changes, turn)
    todo.check(trace.text)
    if not trace.changes:
        changes = Changes.made(todo, 0, stage, trace.turn)
    elif (todo.starts == todo.ends).any():
        changes = _merged(trace, stage, todo.edits())
    else:
        changes = _added(trace, stage, todo)
    return Trace(trace.raw, todo.apply(trace.text), changes, turn)


def _added(trace: Trace, stage: str, edits: Columns) -> Changes:
    """The changes with edits, no insertions: those that touch no change are one each."""
    starts, ends, shifts = trace.kept.spans
    first = ends.searchsorted(edits.starts, "right")
    alone = first >= starts.searchsorted(edits.ends, "left")
    changes = trace.kept
    if not alone.all():
        changes = _merged(trace, stage, edits.taken(~alone).edits())
        edits, first = edits.taken(alone), first[alone]
    if edits.starts.size:
        changes += Changes.made(edits, shifts[first], stage, trace.turn)
        changes = changes.taken(in_order(changes.starts, changes.ends))
    return changes


def _merged(trace: Trace, stage: str, edits: Sequence[Edit]) -> Changes:
    """The changes with edits that may touch them, one by one."""
    import numpy as np

    starts, ends, shifts = (column.tolist() for column in trace.kept.spans)
    old, merged = trace.kept, list[Change]()
    order: list[int] = []
    seen = 0  # earlier changes that are dealt with
    for cluster in _clusters(starts, ends, edits):
        order += range(seen, cluster.first)
        earlier = [
            (starts[index], ends[index], old[index]) for index in range(cluster.first, cluster.stop)
        ]
        change = _merge(trace, cluster, earlier, shifts[cluster.first], stage)
        if change.old != change.new:
            order.append(len(old) + len(merged))
            merged.append(change)
        seen = cluster.stop
    order += range(seen, len(old))
    return (old + Changes(merged)).taken(np.array(order, np.intp))


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
