"""Changes: the stretches of a text that read differently now, and each step on the way.

They are kept in columns, and a `Change` is made of one where someone asks for it: a page may have
thousands, a large file hundreds of thousands, and most are only ever written to its ledger. Of a
change that one edit made, and most are, only places, texts and a `How` are kept, which edits share.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple, overload

if TYPE_CHECKING:
    from jiaokan.edit import Columns, Objects, Offsets


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


class How(NamedTuple):
    """What all steps of one kind have in common."""

    stage: str
    rule: str
    confidence: float
    evidence: str
    turn: int


class Steps(NamedTuple):
    """The steps of all changes, in order, in columns."""

    counts: "Offsets"
    """How many belong to each change."""
    hows: list[How]
    at: "Offsets"
    old: list[str]
    new: list[str]


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

    >>> step = Step("rules", "r", 0, "己", "已", 1.0, "", 6)
    >>> one = Changes([Change(0, 1, "己", "已", (step,))])
    >>> one[0].steps[0].rule, one == (one[0],), one == ()
    ('r', True, False)
    """

    def __init__(self, changes: Iterable[Change] = ()) -> None:
        import numpy as np

        rows = list(changes)
        count = len(rows)
        self.starts: Offsets = np.fromiter(map(itemgetter(0), rows), np.intp, count)
        self.ends: Offsets = np.fromiter(map(itemgetter(1), rows), np.intp, count)
        self.olds: Objects = np.fromiter(map(itemgetter(2), rows), np.object_, count)
        self.news: Objects = np.fromiter(map(itemgetter(3), rows), np.object_, count)
        self.hows: Objects = np.fromiter(map(_how, rows), np.object_, count)
        """Of each change its `How`, or where it took several steps, these."""

    @classmethod
    def _of_columns(
        cls, starts: "Offsets", ends: "Offsets", olds: "Objects", news: "Objects", hows: "Objects"
    ) -> "Changes":
        made = cls.__new__(cls)
        made.starts, made.ends = starts, ends
        made.olds, made.news, made.hows = olds, news, hows
        return made

    @property
    def _columns(self) -> "tuple[Offsets, Offsets, Objects, Objects, Objects]":
        return self.starts, self.ends, self.olds, self.news, self.hows

    @classmethod
    def made(cls, edits: "Columns", shifts: "Offsets | int", stage: str, turn: int) -> "Changes":
        """The changes that edits make, each alone; the raw text is farther right by the shifts."""
        import numpy as np

        hows = np.fromiter((How(stage, *kind, turn) for kind in edits.kinds), np.object_)
        starts, ends = edits.starts + shifts, edits.ends + shifts
        return cls._of_columns(starts, ends, edits.olds, edits.news, hows.take(edits.which))

    def __add__(self, other: "Changes") -> "Changes":
        """These, and others behind them."""
        import numpy as np

        return self._of_columns(
            np.concatenate((self.starts, other.starts)),
            np.concatenate((self.ends, other.ends)),
            np.concatenate((self.olds, other.olds)),
            np.concatenate((self.news, other.news)),
            np.concatenate((self.hows, other.hows)),
        )

    def taken(self, places: "Offsets") -> "Changes":
        """The changes at these places, in this order."""
        starts, ends, olds, news, hows = self._columns
        return self._of_columns(
            starts[places], ends[places], olds[places], news[places], hows[places]
        )

    @overload
    def __getitem__(self, at: int) -> Change: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Change, ...]: ...
    def __getitem__(self, at: int | slice) -> Change | tuple[Change, ...]:
        if isinstance(at, slice):
            return tuple(map(self.__getitem__, range(*at.indices(len(self)))))
        row = int(self.starts[at]), int(self.ends[at]), self.olds[at], self.news[at], self.hows[at]
        return _change(*row)

    def __iter__(self) -> Iterator[Change]:
        return map(_change, *(column.tolist() for column in self._columns))

    def __len__(self) -> int:
        return self.starts.size

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return f"Changes({list(self)!r})"

    def columns(self) -> "tuple[Offsets, Offsets, list[str], list[str]]":
        """Start, end, old and new of each."""
        return self.starts, self.ends, self.olds.tolist(), self.news.tolist()

    def steps(self) -> Steps:
        """The steps of all changes, in order."""
        import numpy as np

        counts = np.ones(len(self), np.intp)
        at: list[Offsets] = []
        found = Steps(counts, [], np.zeros(0, np.intp), [], [])
        olds, news, hows = self.olds.tolist(), self.news.tolist(), self.hows.tolist()
        last = 0
        for row in [*(row for row, how in enumerate(hows) if not isinstance(how, How)), len(self)]:
            found.hows.extend(hows[last:row])
            found.old.extend(olds[last:row])
            found.new.extend(news[last:row])
            at.append(np.zeros(row - last, np.intp))
            if row == len(self):
                break
            steps: tuple[Step, ...] = hows[row]
            found.hows.extend(map(_how_of, steps))
            found.old.extend(step.old for step in steps)
            found.new.extend(step.new for step in steps)
            at.append(np.array([step.at for step in steps], np.intp))
            counts[row] = len(steps)
            last = row + 1
        return found._replace(at=np.concatenate(at))

    def by_rule(self) -> Counter[str]:
        """How many steps each rule, or stage, made."""
        found = Counter[str]()
        for how, count in Counter(self.steps().hows).items():
            found[how.rule] += count
        return found

    def made_by(self, rule: str) -> list[int]:
        """Which changes have a step of the rule."""
        return [
            row
            for row, how in enumerate(self.hows)
            if (
                how.rule == rule if isinstance(how, How) else any(step.rule == rule for step in how)
            )
        ]

    @staticmethod
    def of(changes: Sequence[Change]) -> "Changes":
        """The changes, as they are kept here."""
        return changes if isinstance(changes, Changes) else Changes(changes)

    @cached_property
    def spans(self) -> "tuple[Offsets, Offsets, Offsets]":
        """Where the changes start and end in the text as it reads now, and, one more than there
        are changes, by how much what stands before each change, or behind the last one, lies
        farther right in the raw text."""
        import numpy as np

        news = np.fromiter(map(len, self.news.tolist()), np.intp, len(self))
        shifts = np.concatenate([[0], np.cumsum(self.ends - self.starts - news)])
        starts = self.starts - shifts[:-1]
        return starts, starts + news, shifts


def _how_of(step: Step) -> How:
    return How(step.stage, step.rule, step.confidence, step.evidence, step.turn)


def _how(change: Change) -> How | tuple[Step, ...]:
    """What is kept of the change beside its places and texts."""
    steps = change.steps
    if len(steps) == 1 and steps[0][2:5] == (0, change.old, change.new):
        return _how_of(steps[0])
    return steps


def _change(start: int, end: int, old: str, new: str, how: How | tuple[Step, ...]) -> Change:
    if isinstance(how, How):
        stage, rule, confidence, evidence, turn = how
        how = (Step(stage, rule, 0, old, new, confidence, evidence, turn),)
    return Change(start, end, old, new, how)
