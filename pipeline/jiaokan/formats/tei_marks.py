"""An output string as TEI sees it: text, changes inside of it, and findings about it, in order."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from jiaokan.article import Piece, Target
from jiaokan.cleaning import Cleaned
from jiaokan.finding import Finding
from jiaokan.trace import Change, placed

Place = tuple[int, str, int]
"""Article (-1: furniture), field, index."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a string."""

    text: str
    """As it reads."""
    change: Change | None = None
    """What made it so."""
    first: bool = True
    """False where the change began in a stretch before."""
    notes: tuple[Finding, ...] = ()
    """Findings that end with it."""


@dataclass(frozen=True, slots=True)
class Marks:
    """All strings of a page."""

    strings: dict[Place, tuple[Mark, ...]]
    left: tuple[Finding, ...]
    """Findings that no string can hold."""


@dataclass(slots=True)
class _Cut:
    """The cleaned text with its changes and the findings' ends."""

    text: str
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    notes: list[tuple[int, Finding]] = field(default_factory=list)


def marks_of(cleaned: Cleaned) -> Marks:
    """Every string of the page, by its place."""
    cut = _Cut(cleaned.trace.text)
    for start, end, change in placed(cleaned.trace.changes):
        cut.starts.append(start)
        cut.ends.append(end)
        cut.changes.append(change)
    cut.notes = sorted(
        ((_in_text(cleaned.trace.changes, one.end), one) for one in cleaned.findings),
        key=lambda pair: pair[0],
    )
    strings: dict[Place, list[tuple[int, tuple[Mark, ...]]]] = {}
    told: set[int] = set()
    for piece in cleaned.arrangement.pieces:
        if target := piece.target:
            marks = tuple(_marks(cut, piece, told))
            strings.setdefault(_place(target), []).append((target.offset, marks))
    left = tuple(one for number, (_, one) in enumerate(cut.notes) if number not in told)
    inorder = {
        place: tuple(mark for _, marks in sorted(parts, key=lambda part: part[0]) for mark in marks)
        for place, parts in strings.items()
    }
    return Marks(inorder, left)


def _place(target: Target) -> Place:
    return target.article, target.field, target.index


def _marks(cut: _Cut, piece: Piece, told: set[int]) -> Iterator[Mark]:
    """The stretches of one piece; numbers of findings that they hold are put into `told`."""
    at = piece.start
    for start, end, change in _touching(cut, piece):
        if start > at:
            yield from _plain(cut, at, start, told)
        low, high = max(start, piece.start), min(end, piece.end)
        notes = _notes(cut, low, high, told) if high > low else ()
        yield Mark(cut.text[low:high], change, start >= piece.start, notes)
        at = max(at, high)
    if at < piece.end:
        yield from _plain(cut, at, piece.end, told)


def _touching(cut: _Cut, piece: Piece) -> Iterator[tuple[int, int, Change]]:
    """Changes that reach into a piece; what only took text away belongs to what follows it."""
    index = bisect_left(cut.ends, piece.start)
    while index < len(cut.starts) and cut.starts[index] < piece.end:
        start, end = cut.starts[index], cut.ends[index]
        if end > piece.start or start == end == piece.start:
            yield start, end, cut.changes[index]
        index += 1


def _plain(cut: _Cut, start: int, end: int, told: set[int]) -> Iterator[Mark]:
    """Unchanged text, cut where findings end."""
    for stop in sorted({at for at, _ in _ending(cut, start, end)} | {end}):
        yield Mark(cut.text[start:stop], notes=_notes(cut, start, stop, told))
        start = stop


def _ending(cut: _Cut, start: int, end: int) -> Sequence[tuple[int, Finding]]:
    """Findings that end behind `start`, and at `end` at the latest."""
    low = bisect_right(cut.notes, start, key=lambda pair: pair[0])
    return cut.notes[low : bisect_right(cut.notes, end, key=lambda pair: pair[0])]


def _notes(cut: _Cut, start: int, end: int, told: set[int]) -> tuple[Finding, ...]:
    low = bisect_right(cut.notes, start, key=lambda pair: pair[0])
    found = _ending(cut, start, end)
    told.update(range(low, low + len(found)))
    return tuple(one for _, one in found)


def _in_text(changes: Sequence[Change], raw: int) -> int:
    """Where a raw offset lies in the cleaned text; inside of a change, at its end."""
    index = bisect_left([change.start for change in changes], raw) - 1
    if index < 0:
        return raw
    shift = sum(len(one.new) - len(one.old) for one in changes[: index + 1])
    return max(raw, changes[index].end) + shift
