"""Where a page is cut: at the places that rank best, and at those that a first reading asks for."""

from collections.abc import Sequence

from jiaokan.language import towers, view, walk
from jiaokan.language.towers import Seen
from jiaokan.stitch.blocks import Block
from jiaokan.stitch.items import BODY_ROLES
from jiaokan.stitch.seams.candidates import Places, Settled, candidates, rank, survey
from jiaokan.stitch.seams.refine import refined
from jiaokan.stitch.search.decide import Prepared, Reading, decide, prepare
from jiaokan.stitch.weights import AGAIN, CANDIDATES, NARROWER, Weights, weights
from jiaokan.trace import Trace

SETTLED = 5.0
"""Bits by which a block must read better as a continuation than as a paragraph's start."""


def settle(
    text: str,
    found: Sequence[Block],
    starts: frozenset[int],
    whole: Prepared,
    values: Weights,
    network: Seen | None = None,
    first: Reading | None = None,
) -> Prepared:
    """The page with its final cuts: those that rank best, and those another reading asks for.

    `first`: how the counts read the whole blocks, where that is known.
    """
    if len(whole.headings) < 2:
        return whole
    first = first or decide(whole, weights(), beam=NARROWER)
    places = survey_page(text, found, starts, whole, first, network)
    if places is None:
        return whole
    page = prepare(text, found, candidates(places, CANDIDATES), network, first) or whole
    reading = decide(page, values, beam=NARROWER)
    cuts = refined(page, reading, found, places, values)
    odds = dict(zip(places.offsets.tolist(), rank(places.features).tolist(), strict=True))
    again = {cut: odds[cut] for cut in cuts} | candidates(places, AGAIN)
    return prepare(text, found, again, network, reading) or whole


def survey_page(
    text: str,
    found: Sequence[Block],
    starts: frozenset[int],
    page: Prepared,
    reading: Reading,
    network: Seen | None = None,
    *,
    every: bool = False,
) -> Places | None:
    """The likely places for cuts, or every one, after a reading of the page by whole blocks."""
    bits = page.pairs.by_place(reading.shares)[:, :-1]
    settled = _settled(page, reading)
    return survey(walk(text), text, found, starts, bits, settled, network, every=every)


def _settled(page: Prepared, reading: Reading) -> Settled:
    """Blocks that run on so well that no seam is to be looked for behind or before them."""
    facts, items = page.facts, page.items
    joined = [
        (left, right)
        for right, left in enumerate(reading.previous)
        if left < len(items)
        and items[left].kind == items[right].kind == "atom"
        and facts.glued[left, right] - facts.starts[right] > SETTLED
    ]
    return Settled(
        frozenset(items[left].start for left, _ in joined),
        frozenset(items[right].start for _, right in joined),
    )


def read(text: str, found: Sequence[Block]) -> Seen:
    """The page's body as the network reads it."""
    lines = [(block.start, block.end) for block in found if block.role in BODY_ROLES]
    return towers.load().read(view(text), lines)


def line_starts(trace: Trace) -> frozenset[int]:
    """Where printed lines began that were unwrapped, in the text."""
    _, ends, _ = trace.kept.spans
    return frozenset(ends[trace.kept.made_by("layout.unwrap")].tolist())
