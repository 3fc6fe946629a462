"""What `rules learn` speaks of: corrections, pages, proposals."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from jiaokan.edit import Edit, apply
from jiaokan.stages.context import Script
from jiaokan.trace import Trace, advance


@dataclass(frozen=True, slots=True, order=True)
class Correction:
    """A place where a person wrote something else than the run."""

    page: int
    """Number of the page in the batch."""
    start: int
    """In the page's cleaned text."""
    end: int
    old: str
    """What the run wrote."""
    new: str
    """What the person wrote."""


@dataclass(frozen=True)
class Reviewed:
    """A page that a person edited after the run."""

    number: int
    """In the batch."""
    name: str
    """The raw file's name."""
    trace: Trace
    """As the run left it, before stitching."""
    script: Script
    """The script that the run brought it to."""
    corrections: tuple[Correction, ...]
    """In text order; none overlaps another."""
    seen: tuple[tuple[int, int], ...]
    """Stretches of the cleaned text that stand in the edited file."""
    deleted: tuple[str, ...] = ()
    """Paragraphs and headings that the person took out."""
    kept: tuple[str, ...] = ()
    """Those that are still there, as the run wrote them."""
    notes: tuple[str, ...] = ()
    """What else the person did, and nothing is learnt from."""
    overlooked: tuple[Correction, ...] = ()
    """What the person left, and perhaps overlooked; in text order, apart from the corrections."""

    @property
    def text(self) -> str:
        """The cleaned text."""
        return self.trace.text

    @cached_property
    def wanted(self) -> Trace:
        """The page as the person left it."""
        edits = [Edit(c.start, c.end, c.new, "person") for c in self.corrections]
        return advance(self.trace, "person", edits)

    @cached_property
    def presumed(self) -> "Reviewed":
        """The page as if nothing had been overlooked."""
        if not self.overlooked:
            return self
        every = tuple(sorted((*self.corrections, *self.overlooked)))
        return replace(self, corrections=every, overlooked=())

    @cached_property
    def mask(self) -> bytes:
        """For each character of the cleaned text 1 where it stands in the edited file.

        What was overlooked counts as not seen.
        """
        shown = bytearray(len(self.text) + 1)
        for start, end in self.seen:
            shown[start:end] = b"\1" * (end - start)
        for one in self.overlooked:
            shown[one.start : one.end] = bytes(one.end - one.start)
        return bytes(shown)

    @cached_property
    def _starts(self) -> list[int]:
        return [one.start for one in self.corrections]

    @cached_property
    def _ends(self) -> list[int]:
        return [one.end for one in self.corrections]

    def readings(self, start: int, end: int) -> tuple[str, ...]:
        """What the person made of text[start:end]: without insertions at its ends, and with them.

        None where a correction reaches over an end.
        """
        inside: list[Correction] = []
        border: list[Correction] = []
        first, stop = bisect_left(self._ends, start), bisect_right(self._starts, end)
        for one in self.corrections[first:stop]:
            if one.start == one.end and one.start in (start, end):
                border.append(one)
            elif start <= one.start and one.end <= end:
                inside.append(one)
            elif one.start < end and start < one.end:
                return ()
        found = []
        for chosen in (inside, sorted([*inside, *border])) if border else (inside,):
            edits = [Edit(c.start - start, c.end - start, c.new, "") for c in chosen]
            found.append(apply(self.text[start:end], edits))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A rule that the corrections speak for."""

    id: str
    kind: str
    """A kind of rule, or `off`: a rule that is to be switched off."""
    entry: Mapping[str, Any]
    """The YAML entry; of `off` the rule's id under `off`."""
    support: int
    """Places that the person corrected so."""
    pages: int
    """Pages that they stand on."""
    counters: int = 0
    """Places that the person left, and where the rule would act or report."""
    more: int = 0
    """Places on pages nobody edited where it would act, too."""
    places: tuple[str, ...] = ()
    """The first few of the places, as people read them."""
    evidence: tuple[str, ...] = ()
    """What speaks for it, in words."""
    overlooked: tuple[str, ...] = ()
    """The places where it would act and that the person perhaps overlooked; not counted above."""

    @property
    def single(self) -> bool:
        """Whether it rests on one place alone."""
        return self.support < 2


@dataclass(frozen=True, slots=True)
class Unlearnt:
    """A correction, or a rule thought of, of which nothing was made."""

    what: str
    why: str


@dataclass(frozen=True, slots=True)
class Learnt:
    """What was found in a clean folder."""

    pages: int
    """Pages with a ledger."""
    edited: tuple[str, ...]
    """Names of those that a person edited."""
    corrections: int
    proposals: tuple[Proposal, ...]
    unlearnt: tuple[Unlearnt, ...]
    notes: tuple[str, ...]
    """Structural edits: moved, added, deleted, joined, reworded."""
    failed: tuple[str, ...]
    """Pages that could not be read, each with what to do."""
    overlooked: tuple[str, ...] = ()
    """Places that the person perhaps overlooked, as people read them, in the batch's order."""
