"""Columns that were read line by line, side by side, are put one under another.

    左一  右一⏎左二  右二⏎  →  左一⏎左二⏎⏎右一⏎右二⏎
    左一⏎右一⏎左二⏎右二⏎    →  左一⏎左二⏎⏎右一⏎右二⏎

The stages and the stitcher work on the unfolded text: the raw text in reading order,
without what stood in the gutters, and with line ends that the raw text has not. What
they find is told in raw order again (`jiaokan.columns.refold`).

Left alone: regions of which it is not sure that they are columns; they are reported.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from jiaokan.columns.gaps import LINE_END
from jiaokan.edit import Edit
from jiaokan.finding import Finding
from jiaokan.lazy_regex import lazy
from jiaokan.trace import Trace

if TYPE_CHECKING:
    from jiaokan.columns.heading_rows import HeadRows

RULE = "layout.gutter"
UNSURE = "These lines may be columns side by side; they were left as lines."
ELSEWHERE = (
    "The first lines of columns were read across here. Where this one's column goes on is not sure."
)
COVERED = 0.9
"""Share of a sheet's cells from which on the regions in its place have them."""
ALIKE = 2
"""Characters by which the widths of columns that go on may differ."""
SHOWN = 20
"""Characters of doubtful lines that a finding shows."""
GUTTER = lazy(
    r"[ \t\xa0\u2000-\u200a\u202f\u205f\u3000]{2}|[\t\u3000|｜│┃¦︱丨]"
    r"|[\u3400-\u9fff，。、][ \xa0”“]{1,3}(?=[\u3400-\u9fff])"
)
"""Without any of these no line has a gap."""


class Part(NamedTuple):
    """A stretch of the raw text that stands in the unfolded text as it is."""

    start: int
    """In the raw text."""
    end: int
    at: int
    """Where it starts in the unfolded text."""

    @property
    def stop(self) -> int:
        """Where it ends in the unfolded text."""
        return self.at + self.end - self.start


@dataclass(frozen=True)
class Unfolded:
    """A page's text with its columns one under another."""

    raw: str
    text: str
    parts: tuple[Part, ...] = ()
    """In reading order, an added line end behind each; none where nothing was unfolded."""
    findings: tuple[Finding, ...] = ()
    """In the raw text: columns that were not unfolded."""
    dirt: tuple[tuple[int, int], ...] = ()
    """In the unfolded text: what an engine made of dirt between the columns."""

    @cached_property
    def breaks(self) -> tuple[int, ...]:
        """Where line ends were added, in the unfolded text."""
        found: list[int] = []
        last = 0
        for part in self.parts:
            found += range(last, part.at)
            last = part.stop
        return (*found, *range(last, len(self.text))) if self.parts else ()

    def allows(self, trace: Trace, edit: Edit) -> bool:
        """Whether an edit of the unfolded text can be told in raw order.

        It may stand in one part, or in the place of one added line end: that joins lines.
        """
        if not self.parts:
            return True
        start, end = trace.raw_span(edit.start, edit.end)
        index = bisect_left(self.breaks, start)
        if index == len(self.breaks) or self.breaks[index] >= end:
            return True
        return end - start == 1 and trace.text[edit.start : edit.end] == "\n"


@dataclass
class _Text:
    """An unfolded text while it is put together."""

    raw: str
    pieces: list[str] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    size: int = 0
    dirt: list[tuple[int, int]] = field(default_factory=list)

    def take(self, start: int, end: int) -> None:
        """A stretch of the raw text."""
        if end > start:
            self.parts.append(Part(start, end, self.size))
            self._add(self.raw[start:end])

    def part(self) -> None:
        """A line end that the raw text has not there."""
        self._add("\n")

    def _add(self, text: str) -> None:
        self.pieces.append(text)
        self.size += len(text)


class Columns(NamedTuple):
    """Lines of the raw text that hold cells of several columns."""

    start: int
    end: int
    columns: tuple[tuple[tuple[int, int], ...], ...]
    """The cells of each column, from left to right; an empty one stands for a blank line."""
    sure: bool
    unsure: tuple[tuple[int, int], ...] = ()
    """Cells that may belong elsewhere."""
    dirt: frozenset[tuple[int, int]] = frozenset()
    """Cells that hold no text."""


def unfold(raw: str, *, neural: bool = True) -> Unfolded:
    """The page's text with its columns one under another; `neural`: the network may be asked."""
    found = _columns(raw, neural)
    doubts = [_doubt(raw, region.start, region.end) for region in found if not region.sure]
    doubts += [_doubt(raw, *cell, ELSEWHERE) for region in found for cell in region.unsure]
    text = _Text(raw)
    last = 0
    for region in found:
        if not region.sure:
            continue
        _before(text, last, region.start)
        for number, column in enumerate(region.columns):
            if number:
                text.part()
            for cell in column:
                if cell in region.dirt:
                    text.dirt.append((text.size, text.size + cell[1] - cell[0]))
                text.take(*cell)
                text.part()
        last = _line_end(raw, region.end)
    if not text.parts:
        return Unfolded(raw, raw, findings=tuple(doubts))
    text.take(last, len(raw))
    return Unfolded(raw, "".join(text.pieces), tuple(text.parts), tuple(doubts), tuple(text.dirt))


def _columns(raw: str, neural: bool) -> list[Columns]:
    """Where columns stand side by side, or seem to, in raw order."""
    from jiaokan.columns import gutters, heading_rows
    from jiaokan.columns.turns import alternating

    found: list[Columns] = []
    found_gap = GUTTER.search(raw) is not None
    if found_gap:
        for region in gutters.regions(raw):
            if region.sure or region.gain > 0:
                found.append(Columns(region.start, region.end, region.columns, region.sure))
    found, unsure = _with_sheets(raw, _merged(raw, found))
    rows = heading_rows.head_rows(raw) if found_gap else iter(())
    heads = [one for one in rows if not _overlaps(unsure, one)]
    first = [one for one in heads if one.above_one and not _overlaps(_sure(found), one)]
    if neural and found_gap:
        found = _with_tops(raw, found, first)
    sure = _sure(found)
    found += [_of_heads(one) for one in heads if not _overlaps(sure, one)]
    taken = [(region.start, region.end) for region in found]
    for other in alternating.regions(raw, taken, neural=neural):
        found.append(Columns(other.start, other.end, other.columns, other.sure))
    for sheet in unsure:
        if not any(one.start < sheet.end and sheet.start < one.end for one in found):
            found.append(sheet)
    return sorted(found)


def _with_sheets(raw: str, found: list[Columns]) -> tuple[list[Columns], list[Columns]]:
    """The regions, and the sheets that hold more columns than the regions in their place do; and
    sheets that are not sure."""
    from jiaokan.columns.sheets.sheets import sheets

    unsure: list[Columns] = []
    for sheet in sheets(raw):
        if sheet.likely and not sheet.sure:
            unsure.append(Columns(sheet.start, sheet.end, sheet.stacks, False))
        inside = [one for one in found if one.start < sheet.end and sheet.start < one.end]
        low = min((one.start for one in inside), default=sheet.start)
        high = max((one.end for one in inside), default=sheet.end)
        if not sheet.sure or low < sheet.start or high > sheet.end:
            continue
        known = sum(len(column) for one in inside if one.sure for column in one.columns)
        if known < COVERED * sum(map(len, sheet.stacks)):
            found = [one for one in found if one not in inside]
            dirt = frozenset(sheet.dirt)
            found.append(Columns(sheet.start, sheet.end, sheet.stacks, True, dirt=dirt))
    return sorted(found), unsure


def _overlaps(found: Sequence[Columns], one: "HeadRows") -> bool:
    return any(other.start < one.end and one.start < other.end for other in found)


def _sure(found: Sequence[Columns]) -> list[Columns]:
    return [region for region in found if region.sure]


def _of_heads(one: "HeadRows") -> Columns:
    return Columns(one.start, one.end, one.columns, True)


def _with_tops(raw: str, found: list[Columns], heads: Sequence["HeadRows"]) -> list[Columns]:
    """The regions, and the columns of which the first lines were read across: in place of regions
    where that is sure, and where these are no headings."""
    from jiaokan.columns.tops import tops

    for one in tops.regions(raw):
        if any(other.start < one.end and one.start < other.end for other in heads):
            continue
        inside = [other for other in found if other.start < one.end and one.start < other.end]
        if not one.sure and any(other.sure for other in inside):
            continue
        found = [other for other in found if other not in inside]
        found.append(Columns(one.start, one.end, (one.lines,), True, one.unsure))
    return sorted(found)


def _merged(raw: str, found: list[Columns]) -> list[Columns]:
    """Columns that go on behind a blank line are one region: there a paragraph of one ended."""
    merged: list[Columns] = []
    for region in found:
        above = merged[-1] if merged else None
        if above is not None and _goes_on(raw, above, region):
            columns = tuple(
                (*one, (other[0][0], other[0][0]), *other)
                for one, other in zip(above.columns, region.columns, strict=True)
            )
            merged[-1] = Columns(above.start, region.end, columns, True)
        else:
            merged.append(region)
    return merged


def _goes_on(raw: str, above: Columns, region: Columns) -> bool:
    """Whether nothing but blanks parts two regions of as many columns of the same widths, one of
    them sure."""
    if not (above.sure or region.sure) or raw[above.end : region.start].strip():
        return False
    if len(above.columns) != len(region.columns):
        return False
    widths = (
        tuple(max(end - start for start, end in column) for column in side.columns[:-1])
        for side in (above, region)
    )
    return all(abs(one - other) <= ALIKE for one, other in zip(*widths, strict=True))


def _before(text: _Text, last: int, start: int) -> None:
    """What stands between two regions; the line end before the second one is an added one."""
    if start == last and text.parts:
        text.part()
    if start > last:
        ends = [match.start() for match in LINE_END.finditer(text.raw, last, start)]
        text.take(last, ends[-1] if ends else start)
        text.part()


def _line_end(raw: str, at: int) -> int:
    """Where the line behind a line's end starts."""
    end = LINE_END.match(raw, at)
    return end.end() if end else at


def _doubt(raw: str, start: int, end: int, why: str = UNSURE) -> Finding:
    return Finding(start, end, RULE, raw[start : min(start + SHOWN, end)], why, 0.5)
