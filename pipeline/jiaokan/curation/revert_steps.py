"""A rule's steps taken out of a change, as if the rule had not acted.

    己経 → 己经 (script) → 已经 (the rule)    becomes    己経 → 己经 (script)

Left alone: a step on whose result a later one has worked. What would stand there without it,
only a new run can tell.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import groupby

from jiaokan.edit import Edit
from jiaokan.trace import Change, Step, Trace, advance


@dataclass(frozen=True, slots=True)
class Undone:
    """A change without some of its steps."""

    changes: tuple[Change, ...]
    """What stays of it, in raw coordinates."""
    edits: tuple[tuple[int, int, str], ...]
    """(start, end, text) to be put into the change's new text, in order."""
    taken: tuple[Step, ...]
    """The steps that were taken out."""
    stuck: tuple[Step, ...]
    """The rules' steps that had to stay."""


def undone(change: Change, ids: Collection[str]) -> Undone:
    """The change without the steps of these rules, the last step first."""
    steps = list(change.steps)
    back = Trace(change.new, change.new)
    taken: list[Step] = []
    stuck: list[Step] = []
    for number in reversed(range(len(steps))):
        if steps[number].rule not in ids:
            continue
        step = steps[number]
        rest = _taken_out(steps, number)
        if rest is None:
            stuck.append(step)
            continue
        at, steps = rest
        taken.append(step)
        back = advance(back, "revert", [Edit(at, at + len(step.new), step.old, step.rule)])
    edits = tuple((one.start, one.end, one.new) for one in back.changes)
    return Undone(_replayed(change, steps), edits, tuple(taken[::-1]), tuple(stuck[::-1]))


def _taken_out(steps: Sequence[Step], number: int) -> tuple[int, list[Step]] | None:
    """Where the step's result stands at last, and the other steps as they are without it."""
    gone = steps[number]
    start, end = gone.at, gone.at + len(gone.new)
    rest = list(steps[:number])
    for step in steps[number + 1 :]:
        if step.at + len(step.old) <= start:
            grown = len(step.new) - len(step.old)
            start, end = start + grown, end + grown
        elif step.at >= end:
            step = step._replace(at=step.at + len(gone.old) - len(gone.new))
        else:
            return None
        rest.append(step)
    return start, rest


def _replayed(change: Change, steps: Sequence[Step]) -> tuple[Change, ...]:
    """The changes that these steps alone make of the change's old text, as a run tells them."""
    trace = Trace(change.old, change.old)
    text = change.old
    for step in steps:
        text = text[: step.at] + step.new + text[step.at + len(step.old) :]
    try:
        for turn, group in groupby(steps, key=lambda step: step.turn):
            edits: list[Edit] = []
            moved = 0
            own = list(group)
            for step in own:
                start = step.at - moved
                end = start + len(step.old)
                edits.append(Edit(start, end, step.new, step.rule, step.confidence, step.evidence))
                moved += len(step.new) - len(step.old)
            start_of_turn = Trace(trace.raw, trace.text, trace.changes, turn)
            trace = advance(start_of_turn, own[0].stage, edits)
    except ValueError:  # steps of one turn that overlap: no run writes such, and yet they replay
        trace = Trace(
            change.old, text, (Change(0, len(change.old), change.old, text, tuple(steps)),)
        )
    if trace.text == change.old:
        return ()
    if trace.text != text:
        trace = Trace(
            change.old, text, (Change(0, len(change.old), change.old, text, tuple(steps)),)
        )
    return tuple(
        one._replace(start=one.start + change.start, end=one.end + change.start)
        for one in trace.changes
    )
