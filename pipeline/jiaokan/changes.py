"""Changes: the stretches of a text that read differently now, and each step on the way.

Of a change that one edit made, and most are, only a plain row is kept; a `Change` is made of it
where someone asks for one. A page may have thousands, and most are only ever written to its ledger.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import repeat
from operator import add, itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple, overload

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from jiaokan.edit import Edit

    Offsets = NDArray[np.intp]


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


Plain = tuple[int, int, str, str, str, str, float, str, int]
"""A change of one step: start, end, old, new, stage, rule, confidence, evidence, turn."""

Row = Change | Plain


def as_row(change: Change) -> dict[str, Any]:
    """A change as JSON shows it."""
    row = {name: getattr(change, name) for name in ("start", "end", "old", "new")}
    return row | {"steps": [step._asdict() for step in change.steps]}


def placed(changes: Iterable[Change]) -> Iterator[tuple[int, int, Change]]:
    """Each change with its start and end in the text as it reads now."""
    shift = 0
    for change in changes:
        start = change.start + shift
        yield start, start + len(change.new), change
        shift += len(change.new) - len(change.old)


class Changes(Sequence[Change]):
    """The changes of a text, in order; equal to any sequence of equal ones.

    >>> one = Changes([(0, 1, "己", "已", "rules", "r", 1.0, "", 6)])
    >>> one[0].steps[0].rule, one == (one[0],), one == ()
    ('r', True, False)
    """

    def __init__(self, rows: Iterable[Row] = ()) -> None:
        self.rows: list[Row] = list(rows)

    @overload
    def __getitem__(self, at: int) -> Change: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Change, ...]: ...
    def __getitem__(self, at: int | slice) -> Change | tuple[Change, ...]:
        if isinstance(at, slice):
            return tuple(map(_change, self.rows[at]))
        return _change(self.rows[at])

    def __iter__(self) -> Iterator[Change]:
        return map(_change, self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return f"Changes({list(self)!r})"

    @cached_property
    def spans(self) -> "tuple[Offsets, Offsets, Offsets]":
        """Where the changes start and end in the text as it reads now, and, one more than there
        are changes, by how much what stands before each change, or behind the last one, lies
        farther right in the raw text."""
        import numpy as np

        count = len(self.rows)
        starts = np.fromiter(map(itemgetter(0), self.rows), np.intp, count)
        raw_ends = np.fromiter(map(itemgetter(1), self.rows), np.intp, count)
        news = np.fromiter(map(len, map(itemgetter(3), self.rows)), np.intp, count)
        shifts = np.concatenate([[0], np.cumsum(raw_ends - starts - news)])
        starts -= shifts[:-1]
        return starts, starts + news, shifts


def plain_rows(
    edits: "Sequence[Edit]", text: str, shifts: Iterable[int], stage: str, turn: int
) -> list[Row]:
    """The changes that edits of a text make, each alone; raw text is farther right by the shifts."""
    starts, ends, news, rules, confidences, evidence = zip(*edits, strict=True)
    olds = map(text.__getitem__, map(slice, starts, ends))
    shifts = list(shifts)
    raw_starts, raw_ends = map(add, starts, shifts), map(add, ends, shifts)
    rows: Iterable[Plain] = zip(
        raw_starts, raw_ends, olds, news, repeat(stage), rules, confidences, evidence, repeat(turn)
    )
    return list(rows)


def _change(row: Row) -> Change:
    if isinstance(row, Change):
        return row
    start, end, old, new, stage, rule, confidence, evidence, turn = row
    return Change(
        start, end, old, new, (Step(stage, rule, 0, old, new, confidence, evidence, turn),)
    )
