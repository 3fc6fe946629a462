"""Runs of short lines that may be printed lines of columns, with the features that show it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from jiaokan.columns.gaps import gaps
from jiaokan.lazy_regex import lazy

Span = tuple[int, int]
Bits = NDArray[np.float64]
Flags = NDArray[np.bool_]

LINE = lazy(r"(\r\n|[\n\r\v\x85\u2028])|([^\n\r\v\f\x85\u2028\u2029]+)|[\f\u2029]")
NARROW = lazy("[\x20-\x7e]")
INDENT = lazy("(?:\u3000{1,4}| {2,8}|\t)(?=[^ \u3000\t])")

LEAST = 6
"""Lines that a region has at least."""
NARROWEST, WIDEST = 8.0, 40.0
"""Widths, in full-width characters, that a printed column can have."""
FULL, WIDER = 0.8, 1.25
"""Shares of the column's width between which a line is full."""
NEAR = 12
"""Lines before and behind one that tell its column's width."""
APART = 3
"""Blank lines in a row that end a run of lines."""
GUTTERS = 0.2
"""Share of lines with gaps from which on a run has gutters."""
ENDS = "。！？；，：”…"
"""What a heading does not end with."""
CLOSED = "。！？”…"
"""What a sentence ends with."""
SET_IN = 1.4, 2.6
"""By how much a full line that opens a paragraph is narrower, in full-width characters."""
USUAL = 0.05
"""Share of the full lines that are so where a page sets its paragraphs in."""
OPENS, RAGGED, RUNS_ON = 2.0, 1.0, -1.5
"""Bits by which the width says that a line opens a paragraph: where it is narrower by just so much,
by more, by less than a character."""


@dataclass(frozen=True, slots=True)
class Run:
    """Lines of a text, none of them blank."""

    lines: Sequence[Span]
    spans: Sequence[Span]
    """The same without the blanks around them."""
    full: Flags
    """Whether a line is as wide as its column."""
    open: Flags
    """Whether it is full and does not end a sentence."""
    heading: Flags
    """Whether it may be a heading's: short, without an end mark."""
    blank: Flags
    """Whether a blank line stands before it."""
    indented: Flags
    """Whether it is set in."""
    narrower: Bits
    """Bits by which its width says that it opens a paragraph."""

    def __len__(self) -> int:
        return len(self.spans)

    def part(self, first: int, last: int) -> "Run":
        """Lines first to last - 1."""
        return Run(*(getattr(self, name)[first:last] for name in self.__slots__))


class _Found(NamedTuple):
    """A line, as it is found."""

    line: Span
    span: Span
    width: float
    blanks: int
    """Blank lines before it."""
    indented: bool


def runs(text: str, taken: Sequence[Span]) -> Iterator[Run]:
    """Runs of lines that may be columns' lines: none is wide, is taken, or has a gutter."""
    found: list[_Found] = []
    todo = sorted(taken, reverse=True)
    empty = -1
    for match in LINE.finditer(text):
        start, end = match.span(2)
        inner = (match.group(2) or "").strip()
        if not inner:
            empty += 1 if match.group(1) else 0 if match.group(2) else APART + 1
            continue
        while todo and todo[-1][1] <= start:
            todo.pop()
        wide = len(inner) > 2 * WIDEST or bool(todo and todo[-1][0] < end)
        size = len(inner) - len(NARROW.findall(inner)) / 2 if not wide else 0.0
        if wide or size > WIDEST or empty >= APART:
            yield from _run(text, found)
            found = []
        if not wide and size <= WIDEST:
            first = start + match.group(2).index(inner)
            indented = bool(INDENT.match(text, start, end))
            span = first, first + len(inner)
            found.append(_Found((start, end), span, size, max(empty, 0), indented))
        empty = -1
    yield from _run(text, found)


def _run(text: str, found: Sequence[_Found]) -> Iterator[Run]:
    if len(found) < LEAST:
        return
    widths = np.array([one.width for one in found])
    measure = _measure(widths)
    full = (widths >= FULL * measure) & (widths <= WIDER * measure) & (measure >= NARROWEST)
    spans = [one.span for one in found]
    if full.sum() < max(LEAST, len(full) / 3) or _has_gutters(text, spans):
        return
    # lines that all have a blank one before them say nothing by it
    usual = int(np.median([one.blanks for one in found]))
    last = [text[end - 1] for _, end in spans]
    unclosed = np.array([mark not in CLOSED for mark in last])
    yield Run(
        [one.line for one in found],
        spans,
        full,
        full & unclosed,
        ~full & np.array([mark not in ENDS for mark in last]),
        np.array([one.blanks > usual for one in found]),
        np.array([one.indented for one in found]),
        np.where(full & unclosed, _narrower(measure - widths, full), 0.0),
    )


def _measure(widths: Bits) -> Bits:
    """The width of the column that each line may be of: that of a wide line near it."""
    near = min(NEAR, (len(widths) - 1) // 2)
    around = sliding_window_view(np.pad(widths, near, mode="reflect"), 2 * near + 1)
    measure: Bits = np.percentile(around, 75, axis=1)
    return measure


def _narrower(by: Bits, full: Flags) -> Bits:
    """Bits by which full lines that are narrower than their column by so much open paragraphs."""
    set_in = (by > SET_IN[0]) & (by < SET_IN[1])
    if (set_in & full).sum() < USUAL * full.sum():
        return np.zeros(len(by))
    bits = np.where(by >= 1, -0.5, RUNS_ON)
    bits = np.where(by >= SET_IN[1], RAGGED, bits)
    return np.where(set_in, OPENS, bits)


def _has_gutters(text: str, spans: Sequence[Span]) -> bool:
    return sum(bool(gaps(text, *span)) for span in spans) > GUTTERS * len(spans)
