"""Columns side by side that were read line by line, each cell as a line of its own.

    清早五点，老街的早市亮起
    邻里纠纷标的不大，却最考
    了灯。卖豆腐的老周推着三     →  two columns of two lines
    验基层法庭的办案能力。
    …

Such lines have about one width, and they read on behind the line two, three or four above
them, not behind the one above. Where they do, the lines are dealt out to streams
(`jiaokan.stitch.streams`), and the streams must read on much better than the lines do in
their order.

Left alone: wrapped lines that run on, whole paragraphs, verse, lists, tables read cell by
cell, interviews and code: none of them reads on better from further above. Lines with gutters
are the matter of `jiaokan.stitch.gutters`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from jiaokan.late import late
from jiaokan.stitch.gaps import gaps
from jiaokan.stitch.kin import kin
from jiaokan.stitch.streams import Band, Dealt, Lines, bands, deal
from jiaokan.stitch.turns import LAGS, MOST, Bits, Flags

Span = tuple[int, int]

LINE = late(r"(\r\n|[\n\r\v\x85\u2028])|([^\n\r\v\f\x85\u2028\u2029]+)|[\f\u2029]")
HAN = late("[\u3400-\u9fff]")
NARROW = late("[\x20-\x7e]")
INDENT = late("(?:\u3000{1,4}| {2,8}|\t)(?=[^ \u3000\t])")

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
WINDOW = 8
"""Lines that the gate looks at together."""
RATHER = 1.5
"""Bits a line by which they must read on better from further above to pass it."""
BESIDE = 40
"""Lines beside those that pass which are looked at, too."""
LOW, HIGH = -3.0, 10.0
"""Bits that one join can say."""
ENDED = 2.0
"""Bits against a paragraph that ends with a full line."""
HEADINGS = 9
"""Lines of headings above the first line that is known to be a band's, at most."""
HEADED, OPENED = 1.0, -1.0
"""Bits at least by which a heading, and any line, follow a paragraph's end."""
ENDS = "。！？；，：”…"
"""What a heading does not end with."""
CLOSED = "。！？”…"
"""What a sentence ends with."""
KIN, SHORT = 0.5, 0.3
"""What the vocabulary of a full line counts, and of a short one."""
ROUNDS = 2
"""Times that the lines are dealt out anew by the vocabulary of the streams."""
PERHAPS = 20.0
"""Bits by which streams read on better than lines from which on they are reported."""
SURELY, SURE = 40.0, 1.0
"""Bits in all, and a line, by which they must do so to be taken apart."""
RUNS_ON = -0.5
"""Bits a line by which a stream must read on."""
UNLIKELY, LIKELY = -2.0, 0.0
"""Bits of a join below which a column has a blank line: anywhere, and where one may stand."""
CHINESE = 0.5
"""Share of Chinese characters in a stream, at least."""


@dataclass(frozen=True, slots=True)
class Region:
    """Lines of a text that alternate between columns."""

    start: int
    end: int
    columns: tuple[tuple[Span, ...], ...]
    """The lines of each column, from left to right; an empty span is a blank line."""
    gain: float
    """Bits by which the columns read on better than the lines do."""
    sure: bool
    """Whether the columns surely do so, and each of them reads on by itself."""


@dataclass(frozen=True, slots=True)
class _Run:
    """Lines of a text, none of them blank."""

    lines: Sequence[Span]
    spans: Sequence[Span]
    """The same without the blanks around them."""
    widths: Bits
    blanks: Sequence[int]
    """For each line the blank lines before it."""
    indented: Flags


def regions(text: str, taken: Sequence[Span] = ()) -> Iterator[Region]:
    """The regions of a text whose lines seem to alternate, outside of what is taken."""
    for run in _runs(text, taken):
        widths = run.widths
        measure = _measure(widths)
        full = (widths >= FULL * measure) & (widths <= WIDER * measure) & (measure >= NARROWEST)
        if full.sum() < max(LEAST, len(full) / 3) or _has_gutters(text, run):
            continue
        # lines that all have a blank one before them say nothing by it
        usual = int(np.median(run.blanks))
        blank = np.array([count > usual for count in run.blanks])
        opened = full & np.array([text[end - 1] not in CLOSED for _, end in run.spans])
        heading = ~full & np.array([text[end - 1] not in ENDS for _, end in run.spans])
        known = Lines(_joins(text, run, full, opened, heading), full, opened, blank)
        yield from _regions(text, run, known)


def _runs(text: str, taken: Sequence[Span]) -> Iterator[_Run]:
    """Runs of lines that may be lines of columns: none is wide, none is taken."""
    found: list[tuple[Span, Span, float, int, bool]] = []
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
            yield from _run(found)
            found = []
        if not wide and size <= WIDEST:
            first = start + match.group(2).index(inner)
            indented = bool(INDENT.match(text, start, end))
            found.append(((start, end), (first, first + len(inner)), size, max(empty, 0), indented))
        empty = -1
    yield from _run(found)


def _run(found: Sequence[tuple[Span, Span, float, int, bool]]) -> Iterator[_Run]:
    if len(found) >= LEAST:
        lines, spans, widths, blanks, indented = zip(*found, strict=True)
        yield _Run(lines, spans, np.array(widths), blanks, np.array(indented))


def _measure(widths: Bits) -> Bits:
    """The width of the column that each line may be of: that of a wide line near it."""
    near = min(NEAR, (len(widths) - 1) // 2)
    around = sliding_window_view(np.pad(widths, near, mode="reflect"), 2 * near + 1)
    measure: Bits = np.percentile(around, 75, axis=1)
    return measure


def _has_gutters(text: str, run: _Run) -> bool:
    return sum(bool(gaps(text, *span)) for span in run.spans) > GUTTERS * len(run.spans)


def _joins(text: str, run: _Run, full: Flags, opened: Flags, heading: Flags) -> Bits:
    """Bits by which each line goes on behind the one `lag` lines above, shape (lines, LAGS + 1)."""
    from jiaokan.language import load, view
    from jiaokan.language.junctions import heads_at, openings, tails_at

    model, codes = load(), view(text)
    starts, ends = np.array(run.spans).T
    tails = tails_at(codes, ends, model.order - 1)
    heads = heads_at(codes, starts, ends)
    each = openings(model, tails, heads)
    joins = np.zeros((len(starts), LAGS + 1))
    for lag in range(1, min(LAGS, len(starts) - 1) + 1):
        parted = each.ends[:-lag] + each.starts[lag:] - ENDED
        glued = np.maximum(model.pairs(tails[:-lag], heads[lag:]), parted)
        behind_full = np.where(run.indented[lag:], parted, glued)
        bits = np.where(full[:-lag], behind_full, each.starts[lag:]) - each.alone[lag:]
        least = np.where(opened[:-lag], LOW, np.where(heading[lag:], HEADED, OPENED))
        joins[lag:, lag] = np.clip(bits, least, HIGH)
    return joins


def _regions(text: str, run: _Run, known: Lines) -> Iterator[Region]:
    for part, counts in _gate(known.joins):
        last = part.start
        for band in bands(known.part(part.start, part.stop), counts):
            found = Band(part.start + band.first, part.start + band.last, band.count)
            found = _with_headings(text, run, known, last, found)
            region = _region(text, run, known, found)
            if region is not None:
                yield region
                last = found.last


def _gate(joins: Bits) -> Iterator[tuple[slice, list[int]]]:
    """The stretches in which lines read on better from further above, and from how far."""
    window = min(WINDOW, len(joins))
    sums = np.array(
        [np.convolve(joins[:, lag], np.ones(window), "same") for lag in range(MOST + 1)]
    )
    best = 2 + sums[2:].argmax(axis=0)
    passed = sums[2:].max(axis=0) > sums[1] + RATHER * window
    places = np.flatnonzero(passed)
    if not len(places):
        return
    far = np.flatnonzero(np.diff(places) > 2 * BESIDE)
    for first, last in zip([0, *(far + 1)], [*far, len(places) - 1], strict=True):
        part = slice(max(places[first] - BESIDE, 0), min(places[last] + BESIDE, len(joins)))
        yield part, sorted({int(lag) for lag in best[part][passed[part]]})


def _with_headings(text: str, run: _Run, known: Lines, low: int, band: Band) -> Band:
    """The band with the headings above its first line, as far up as line `low`."""
    starts = [band.first]
    for row in range(band.first - 1, max(low, band.first - HEADINGS) - 1, -1):
        if known.full[row] or text[run.spans[row][1] - 1] in ENDS:
            break
        if known.blank[row] or row == low:
            if starts[-1] - row < 2:  # a line alone is the page's own, not a column's
                break
            starts.append(row)
    last = min(band.first + HEADINGS, band.last)

    def bits(first: int) -> float:
        outside = float(known.joins[starts[-1] + 1 : first, 1].sum())
        return outside - first + deal(known.part(first, last), band.count).bits

    return Band(max(starts, key=bits), band.last, band.count)


def _region(text: str, run: _Run, known: Lines, band: Band) -> Region | None:
    inside = known.part(band.first, band.last)
    dealt = deal(inside, band.count)
    gain = dealt.bits - float(inside.joins[1:, 1].sum())
    if len(inside) < LEAST or gain < PERHAPS or not any(dealt.streams):
        return None
    spans = run.spans[band.first : band.last]
    dealt = _by_vocabulary(text, spans, inside, dealt)
    lines = run.lines[band.first : band.last]
    count = max(dealt.streams) + 1
    columns = tuple(_column(stream, lines, inside, dealt) for stream in range(count))
    taking_turns = sum(lag != 1 for lag in dealt.lags)
    sure = gain > max(SURELY, SURE * taking_turns) and all(
        _reads_on(text, stream, spans, inside, dealt) for stream in range(len(columns))
    )
    return Region(lines[0][0], lines[-1][1], columns, gain, sure)


def _by_vocabulary(text: str, spans: Sequence[Span], inside: Lines, dealt: Dealt) -> Dealt:
    """The lines dealt out anew, so that each stream keeps to its own vocabulary, too."""
    from jiaokan.language import load, view

    low = spans[0][0]
    codes = view(text[low : spans[-1][1]])
    places = [(start - low, end - low) for start, end in spans]
    weights = np.where(inside.full, KIN, SHORT)[:, None]
    for _ in range(ROUNDS):
        count = max(dealt.streams) + 1
        if count < 2:
            break
        again = deal(inside, count, weights * kin(load(), codes, places, dealt.streams))
        if again.streams == dealt.streams:
            break
        dealt = again
    return dealt


def _column(stream: int, lines: Sequence[Span], inside: Lines, dealt: Dealt) -> tuple[Span, ...]:
    """The lines of a stream, with blank lines between those that may not be of one paragraph."""
    rows = [row for row, at in enumerate(dealt.streams) if at == stream]
    found = [lines[rows[0]]]
    for one, other in pairwise(rows):
        between = dealt.streams[one + 1 : other]
        left_out = len(between) > len(set(between)) or bool(inside.blank[one + 1 : other + 1].any())
        heading = left_out and not (inside.full[one] and inside.full[other])
        if heading or inside.joins[other, dealt.lags[other]] < (LIKELY if left_out else UNLIKELY):
            found.append((lines[other][0], lines[other][0]))
        found.append(lines[other])
    return tuple(found)


def _reads_on(text: str, stream: int, spans: Sequence[Span], inside: Lines, dealt: Dealt) -> bool:
    """Whether a stream is Chinese, and its lines read on from one another."""
    rows = [row for row, at in enumerate(dealt.streams) if at == stream]
    words = "".join("".join(text[slice(*spans[row])].split()) for row in rows)
    bits = [inside.joins[row, dealt.lags[row]] for row in rows[1:]]
    return len(HAN.findall(words)) >= CHINESE * len(words) and float(np.mean(bits or [0])) > RUNS_ON
