"""A page as one set of rules reads it: its text before stitching, findings, kinds of lines."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

from jiaokan.article import Arrangement, Piece
from jiaokan.cleaning import context_of, run_stages
from jiaokan.columns.refold import refold
from jiaokan.columns.unfold import Unfolded
from jiaokan.finding import Finding
from jiaokan.page import Page
from jiaokan.rulebook import Rulebook
from jiaokan.rulebook.facts import PageFacts
from jiaokan.trace import Trace, placed

Script = Literal["auto", "simplified", "traditional", "keep"]


class Line(NamedTuple):
    """A line and what it is taken for."""

    start: int
    """In the raw text."""
    end: int
    text: str
    role: str
    rule: str
    above: str
    """The end of the line before it."""
    below: str
    """The beginning of the line behind it."""


class Act(NamedTuple):
    """A change of the page in which certain rules took part."""

    start: int
    """In the raw text."""
    end: int
    rule: str
    """The one that acted last."""


@dataclass(frozen=True)
class Reading:
    """A page as one set of rules reads it, in raw order."""

    trace: Trace
    findings: tuple[Finding, ...]
    lines: tuple[Line, ...]
    """None where they were not asked for."""

    def acts(self, ids: frozenset[str]) -> Iterator[Act]:
        """Where these rules changed the text."""
        for change in self.trace.changes:
            own = [step.rule for step in change.steps if step.rule in ids]
            if own:
                yield Act(change.start, change.end, own[-1])

    def rules_at(self, start: int, end: int) -> tuple[str, ...]:
        """The rules that changed raw[start:end], in their order."""
        first, stop = self._touched(start, end)
        found = (step.rule for one in self.trace.changes[first:stop] for step in one.steps)
        return tuple(dict.fromkeys(found))

    def grown(self, start: int, end: int) -> tuple[int, int]:
        """The raw span with every change that it touches."""
        first, stop = self._touched(start, end)
        if first >= stop:
            return start, end
        changes = self.trace.changes
        return min(start, changes[first].start), max(end, changes[stop - 1].end)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where raw[start:end], which cuts no change, stands in the text now."""
        first, stop = self._touched(start, end)
        shift = self._shifts[first]
        return start + shift, end + self._shifts[max(first, stop)]

    def _touched(self, start: int, end: int) -> tuple[int, int]:
        """The changes that share a character with a span, or are insertions in it or beside it."""
        first = bisect_left(self._ends, start)
        while (
            first < len(self._ends)
            and self._ends[first] == start
            and not self._is_near(first, start, end)
        ):
            first += 1
        stop = bisect_right(self._starts, end)
        while (
            stop > first
            and self._starts[stop - 1] == end
            and not self._is_near(stop - 1, start, end)
        ):
            stop -= 1
        return first, max(first, stop)

    def _is_near(self, index: int, start: int, end: int) -> bool:
        """Whether a change that meets a span belongs to it: one of the two is an insertion."""
        return start == end or self._starts[index] == self._ends[index]

    @cached_property
    def _starts(self) -> list[int]:
        return [change.start for change in self.trace.changes]

    @cached_property
    def _ends(self) -> list[int]:
        return [change.end for change in self.trace.changes]

    @cached_property
    def _shifts(self) -> list[int]:
        """How far text lies behind raw text before each change, and behind the last one."""
        shifts = [0]
        for change in self.trace.changes:
            shifts.append(shifts[-1] + len(change.new) - len(change.old))
        return shifts


def read(
    page: Page,
    unfolded: Unfolded,
    book: Rulebook,
    script: Script,
    facts: PageFacts,
    lines: bool,
) -> Reading:
    """The page as the book reads it. Raises PageError."""
    context = context_of(page.text, book, script, facts)
    trace, findings = run_stages(unfolded.text, context, unfolded.allows)
    known = tuple(_lines(trace, unfolded, context.rules)) if lines else ()
    if unfolded.parts:
        whole = (Piece(0, len(trace.text), ""),) if trace.text else ()
        trace, _, findings = refold(unfolded, trace, Arrangement((), (), whole, ()), findings)
    return Reading(trace, tuple(findings), known)


def _lines(trace: Trace, unfolded: Unfolded, rules: Rulebook) -> Iterator[Line]:
    from jiaokan.stitch.blocks import blocks

    found = blocks(trace.text, rules)
    for index, block in enumerate(found):
        start = _raw(unfolded, trace.raw_offset(block.start))
        end = _raw(unfolded, trace.raw_offset(block.end, end=True))
        above = found[index - 1].text[-16:] if index else ""
        below = found[index + 1].text[:16] if index + 1 < len(found) else ""
        yield Line(start, max(start, end), block.text, block.role, block.rule, above, below)


def _raw(unfolded: Unfolded, at: int) -> int:
    """Where a place of the unfolded text lies in the raw text."""
    if not unfolded.parts:
        return at
    index = bisect_right([part.at for part in unfolded.parts], at) - 1
    part = unfolded.parts[max(index, 0)]
    return min(part.start + max(at - part.at, 0), part.end)


__all__ = ["Act", "Line", "Reading", "placed", "read"]
