"""Re-stitching: the page's blocks become whole articles.

The page is read as an interleaving of as many streams as it has headings (and
one for what belongs to none). Blocks are cut where a seam may be; every atom
gets one predecessor; the most probable set of paths wins. Columns of one
article keep their order. Text is moved, never rewritten.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache, partial

from jiaokan.article import Arrangement
from jiaokan.finding import Finding
from jiaokan.language import load, view, walk
from jiaokan.language.towers import Seen
from jiaokan.malloc import trim_heap
from jiaokan.settings import Settings
from jiaokan.stages.context import Context
from jiaokan.stitch.blocks import Block, blocks
from jiaokan.stitch.confidence.other_words import other_words
from jiaokan.stitch.headings.find import with_headings
from jiaokan.stitch.headings.markup import marked
from jiaokan.stitch.headings.paragraph_starts import standing
from jiaokan.stitch.headings.reader import Reader
from jiaokan.stitch.large_files import LARGEST, Stretch, in_stretches
from jiaokan.stitch.order.gate import JUDGED, Shown, leaves, possibly, shown, torn
from jiaokan.stitch.order.page_order import put_in_place
from jiaokan.stitch.search.decide import Prepared, Reading, decide, prepare, reread
from jiaokan.stitch.settle import line_starts, read, settle
from jiaokan.stitch.strays import possible, taken_up
from jiaokan.stitch.weights import NARROWER, weights
from jiaokan.stitch.write import bare, write
from jiaokan.trace import Trace

DIRT = "layout.dirt"
"""What makes furniture of what an engine made of dirt between columns."""


def stitch(
    trace: Trace,
    context: Context,
    settings: Settings,
    *,
    mixed: bool = False,
    dirt: Sequence[tuple[int, int]] = (),
) -> tuple[Arrangement, list[Finding]]:
    """The page's articles, where each stretch of its text went, and what is doubtful.

    `mixed`: columns that stood side by side were put one under another, so that the page's order is
    none of the paper's. `dirt`: what holds no text, in the text before the stages.
    """
    text = trace.text
    large = len(text) > LARGEST
    if large:
        trim_heap()
    found = dirt_aside(blocks(text, context.rules), trace, dirt)
    if not found:
        return bare(text, found), []
    reader = Reader(load(), view(text), found, None if large else walk(text))
    found = standing(with_headings(marked(found, trace), reader, mixed=mixed), reader)
    del reader
    starts = line_starts(trace)
    if not large:
        return _stitched(text, found, starts, settings, mixed)

    def one(stretch: Stretch) -> tuple[Arrangement, list[Finding]]:
        part, own, begin = stretch
        end = begin + len(part)
        within = frozenset(at - begin for at in starts if begin <= at <= end)
        return _stitched(part, own, within, plain if len(part) > LARGEST else settings, mixed)

    plain = replace(settings, neural=False)  # what cannot be cut is no page, and would take much
    return in_stretches(text, found, one)


def _stitched(
    text: str, found: Sequence[Block], starts: frozenset[int], settings: Settings, mixed: bool
) -> tuple[Arrangement, list[Finding]]:
    whole = prepare(text, found, {})
    if whole is None:
        return bare(text, found), []
    seen = cache(partial(read, text, found))  # the network reads a page once, if at all
    reading = read_page(text, found, starts, whole, settings, seen, mixed=mixed)
    reading = reading._replace(mixed=mixed)
    if settings.neural and possible(text, found, reading):
        reading = taken_up(text, found, reading, seen(), settings.min_confidence)
    arranged, doubts = write(text, found, reading, settings)
    return arranged, [*doubts, *other_words(text, whole, reading)]


def dirt_aside(
    found: Sequence[Block], trace: Trace, dirt: Sequence[tuple[int, int]]
) -> list[Block]:
    """The blocks; those that are nothing but dirt are furniture."""
    spans = frozenset(dirt)
    return [
        replace(block, role="furniture", rule=DIRT)
        if spans and trace.raw_span(block.start, block.end) in spans
        else block
        for block in found
    ]


def read_page(
    text: str,
    found: Sequence[Block],
    starts: frozenset[int],
    whole: Prepared,
    settings: Settings,
    look: Callable[[], Seen],
    *,
    mixed: bool = False,
) -> Reading:
    """The page's paths; its own order, unless its columns surely ran into each other.

    `look` has the network read the page. It is asked only where what the counts find makes that
    possible, or at once where the page is plainly torn. `mixed`: the page's order is none of the
    paper's, and any better one is taken.
    """
    if len(whole.headings) < 2:
        return put_in_place(text, found, whole, weights())
    first = decide(whole, weights(), beam=NARROWER)
    if not settings.neural or not (mixed or torn(whole, text)):
        page, reading, signs = _other(text, found, starts, whole, first, settings)
        if not signs.speaks_for(possibly if settings.neural else partial(leaves, mixed=mixed)):
            return put_in_place(text, found, whole, weights())
        if not settings.neural:
            return reread(page, weights(), reading, settings.min_confidence)
        del page, reading, signs  # what was measured of a large page is large
    seen = look()
    page, reading, signs = _other(text, found, starts, whole, first, settings, seen)
    if signs.speaks_for(partial(leaves, network=True, mixed=mixed)):
        return reread(page, weights(network=True), reading, settings.min_confidence)
    del page, reading, signs
    uncut = prepare(text, found, {}, seen) or whole
    return put_in_place(text, found, uncut, weights(network=True), seen)


def _other(
    text: str,
    found: Sequence[Block],
    starts: frozenset[int],
    whole: Prepared,
    first: Reading,
    settings: Settings,
    network: Seen | None = None,
) -> tuple[Prepared, Reading, Shown]:
    """The page with its cuts, the best paths through it, and what they show. `first`: see
    `settle`."""
    values = weights(network is not None)
    page = settle(text, found, starts, whole, values, network, first)
    reading = judged = decide(page, values, settings.min_confidence)
    if settings.min_confidence != JUDGED:
        judged = decide(page, values, JUDGED)
    return page, reading, shown(text, found, whole, page, judged, values, network)
