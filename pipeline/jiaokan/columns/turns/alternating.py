"""Columns side by side that were read line by line, each cell as a line of its own.

    清早五点，老街的早市亮起
    邻里纠纷标的不大，却最考
    了灯。卖豆腐的老周推着三     →  two columns of two lines
    验基层法庭的办案能力。
    …

Such lines have about one width, and they read on behind the line two to eight above them, as many
as there are columns, not behind the one above. Where they do, the lines are dealt out to streams
(`jiaokan.columns.turns.streams`), and the streams must read on much better than the lines do in
their order.

Left alone: wrapped lines that run on, whole paragraphs, verse, lists, tables read cell by
cell, interviews and code: none of them reads on better from further above. Lines with gutters
are the matter of `jiaokan.columns.gutters`.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise, permutations
from typing import NamedTuple

import numpy as np

from jiaokan.columns.turns.band_ends import parted
from jiaokan.columns.turns.leftmost import numbered
from jiaokan.columns.turns.line_joins import Onward, read, skimmed
from jiaokan.columns.turns.line_roles import AUTHOR
from jiaokan.columns.turns.printed_lines import ENDS, LEAST, Run, runs
from jiaokan.columns.turns.states import LAGS, MOST, Bits
from jiaokan.columns.turns.streams import Band, Dealt, Flags, Lines, bands, deal
from jiaokan.columns.turns.vocabulary import kin
from jiaokan.lazy_regex import lazy

Span = tuple[int, int]

HAN = lazy("[\u3400-\u9fff]")

WINDOW = 8
"""Lines that the gate looks at together."""
RATHER = 1.5
"""Bits a line by which they must read on better from further above to pass it."""
BESIDE = 40
"""Lines beside those that pass which are looked at, too."""
HEADINGS = 9
"""Lines of headings above the first line that is known to be a band's, at most."""
KIN, SHORT, HEADING = 0.5, 0.3, 1.5
"""What the vocabulary of a full line counts, of a short one, and of a heading."""
ROWS = 3
"""Lines that a column has at least, on the average."""
PERMUTED = 3
"""Streams up to which each way to put columns under their headings is tried."""
ROUNDS = 2
"""Times that the lines are dealt out anew by the vocabulary of the streams."""
PERHAPS = 24.0
"""Bits by which streams read on better than lines from which on they are reported."""
SURELY, SURE = 48.0, 1.2
"""Bits in all, and a line, by which they must do so to be taken apart."""
RUNS_ON = -0.5
"""Bits a line by which a stream must read on."""
UNREAD = 0.2
"""Share of the lines that may be of streams that do not."""
UNLIKELY, LIKELY = -2.0, 0.0
"""Bits of a join below which a column has a blank line: anywhere, and where one may stand."""
FEW = 4
"""Lines of a stream from which on it is asked whether it does."""
CHINESE = 0.5
"""Share of Chinese characters in a stream, at least."""


class Region(NamedTuple):
    """Lines of a text that alternate between columns."""

    start: int
    end: int
    columns: tuple[tuple[Span, ...], ...]
    """The lines of each column, from left to right; an empty span is a blank line."""
    gain: float
    """Bits by which the columns read on better than the lines do."""
    sure: bool
    """Whether the columns surely do so, and each of them reads on by itself."""


def regions(text: str, taken: Sequence[Span] = (), *, neural: bool = True) -> Iterator[Region]:
    """The regions of a text whose lines seem to alternate, outside of what is taken.

    `neural`: the network is asked, too, where lines read on better from further above.
    """
    for run in runs(text, taken):
        for part, counts in _gate(skimmed(text, run).by_lag(LAGS)):
            yield from _regions(text, run.part(part.start, part.stop), counts, neural)


def _regions(text: str, run: Run, counts: Sequence[int], neural: bool) -> Iterator[Region]:
    onward = read(text, run, neural)
    known = Lines(onward.by_lag(LAGS), run.full, run.open, run.blank, run.heading)
    again = {count for _, found in _gate(known.joins) for count in found}
    last = 0
    for band in bands(known, sorted(again) or counts):
        band = _with_headings(text, run, known, last, band)
        found = _of_band(text, run, known, band, onward)
        yield from found
        last = band.last if found else last


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


def _with_headings(text: str, run: Run, known: Lines, low: int, band: Band) -> Band:
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


def _of_band(text: str, run: Run, known: Lines, band: Band, onward: Onward) -> list[Region]:
    """The regions of a band: one, or several below one another; all are sure, or none."""
    inside, here = known.part(band.first, band.last), onward.part(band.first, band.last)
    whole = deal(inside, band.count)
    gain = whole.bits - float(inside.joins[1:, 1].sum())
    if len(inside) < max(LEAST, ROWS * band.count) or gain < PERHAPS or not any(whole.streams):
        return []
    sure = gain > max(SURELY, SURE * sum(lag != 1 for lag in whole.lags))
    found: list[Region] = []
    unread: list[int] = []
    for part, first in parted(inside, here, band.count):
        own, names = (
            inside.part(part.first, part.last),
            here.roles[part.first : part.last] >= AUTHOR,
        )
        rows = slice(band.first + part.first, band.first + part.last)
        spans, lines = run.spans[rows], run.lines[rows]
        dealt = _by_vocabulary(text, spans, own, first, names)
        unread += [*_not_read_on(text, spans, own, dealt)]
        there = here.part(part.first, part.last)
        dealt = numbered(dealt, own, there)
        streams = sorted(set(dealt.streams))
        columns = tuple(_column(one, lines, own, dealt) for one in streams)
        found.append(Region(lines[0][0], lines[-1][1], columns, gain, sure))
    sure = sure and len(unread) <= UNREAD * len(inside)
    return [region._replace(sure=sure) for region in found]


def _by_vocabulary(
    text: str, spans: Sequence[Span], inside: Lines, dealt: Dealt, names: Flags
) -> Dealt:
    """The lines dealt out anew, so that each stream keeps to its own vocabulary, too.

    Headings say nothing of the column below them but by their words: each way to put the columns
    under them is tried. Lines of `names` say nothing.
    """
    from jiaokan.language import load, view

    count = max(dealt.streams) + 1
    if count < 2:
        return dealt
    low = spans[0][0]
    codes = view(text[low : spans[-1][1]])
    places = [(start - low, end - low) for start, end in spans]
    weights = np.where(inside.full, KIN, np.where(inside.heading, HEADING, SHORT))[:, None]
    weights[names] = 0

    def fits(streams: Sequence[int]) -> Bits:
        return weights * kin(load(), codes, places, streams)

    def better(streams: Sequence[int]) -> tuple[float, Dealt]:
        found = dealt
        for _ in range(ROUNDS):
            found = deal(inside, count, fits(streams))
            if found.streams == tuple(streams):
                break
            streams = found.streams
        own = fits(found.streams)[np.arange(len(inside)), found.streams].sum()
        return found.bits + float(own), found

    orders = permutations(range(count)) if count <= PERMUTED else [tuple(range(count))]
    tried = []
    for order in orders:
        pairs = zip(dealt.streams, inside.full, strict=True)
        streams = [order[stream] if full else stream for stream, full in pairs]
        if len(set(streams)) == count:
            tried.append(better(streams))
    return max(tried, key=lambda one: one[0])[1]


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


def _not_read_on(text: str, spans: Sequence[Span], inside: Lines, dealt: Dealt) -> Iterator[int]:
    """The lines of streams that are not Chinese, or whose lines do not read on from one another; of
    streams of a few lines nothing is said."""
    for stream in set(dealt.streams):
        rows = [row for row, at in enumerate(dealt.streams) if at == stream]
        words = "".join("".join(text[slice(*spans[row])].split()) for row in rows)
        bits = [inside.joins[row, dealt.lags[row]] for row in rows[1:]]
        chinese = len(HAN.findall(words)) >= CHINESE * len(words)
        if len(rows) >= FEW and not (chinese and float(np.mean(bits)) > RUNS_ON):
            yield from rows
