"""Re-stitching: the page's blocks become whole articles.

The page is read as an interleaving of as many streams as it has headings (and
one for what belongs to none). Blocks are cut where a seam may be; every atom
gets one predecessor; the most probable set of paths wins. Columns of one
article keep their order. Text is moved, never rewritten.
"""

from collections.abc import Sequence
from dataclasses import replace

from jiaokan.article import Arrangement
from jiaokan.finding import Finding
from jiaokan.language import load, view
from jiaokan.settings import Settings
from jiaokan.stages.context import Context
from jiaokan.stitch.blocks import Block, blocks
from jiaokan.stitch.candidates import Places, candidates, survey
from jiaokan.stitch.decide import Prepared, decide, prepare
from jiaokan.stitch.headings import with_headings
from jiaokan.stitch.lines import Reader
from jiaokan.stitch.refine import refined
from jiaokan.stitch.weights import AGAIN, CANDIDATES, Weights, weights
from jiaokan.stitch.write import bare, write
from jiaokan.trace import Trace, placed


def stitch(trace: Trace, context: Context, settings: Settings) -> tuple[Arrangement, list[Finding]]:
    """The page's articles, where each stretch of its text went, and what is doubtful."""
    text = trace.text
    found = blocks(text, context.rules)
    if not found:
        return bare(text, found), []
    model, codes = load(), view(text)
    found = with_headings(found, Reader(model, codes, found))
    page = settle(text, found, line_starts(trace), weights())
    if page is None:
        return bare(text, found), []
    return write(text, found, decide(page, weights(), settings.min_confidence), settings)


def settle(
    text: str, found: Sequence[Block], starts: frozenset[int], values: Weights
) -> Prepared | None:
    """The page with its final cuts: those that rank best, then those a first reading asks for."""
    if sum(block.role == "title" for block in found) < 2:
        return prepare(text, found, [], starts)
    page = prepare(text, found, [], starts)
    if page is None:
        return None
    places = survey_page(text, found, starts, page, values)
    if places is None:
        return page
    page = prepare(text, found, candidates(places, CANDIDATES), starts) or page
    cuts = refined(page, decide(page, values), found, places, values)
    return prepare(text, found, sorted({*cuts, *candidates(places, AGAIN)}), starts)


def survey_page(
    text: str, found: Sequence[Block], starts: frozenset[int], page: Prepared, values: Weights
) -> Places | None:
    """The places for cuts, after a first reading of the page by whole blocks."""
    shares = decide(page, values).shares
    bits = page.vocabulary.by_place(shares, replace(values, kinship=1.0))[:, :-1]
    return survey(load(), view(text), text, found, starts, bits)


def line_starts(trace: Trace) -> frozenset[int]:
    """Where printed lines began that were unwrapped, in the text."""
    return frozenset(
        end
        for _, end, change in placed(trace.changes)
        if any(step.rule == "layout.unwrap" for step in change.steps)
    )
