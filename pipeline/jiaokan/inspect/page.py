"""Ledger, clean file and, where it is at hand, the raw text → a page as it is shown."""

from collections.abc import Mapping, Sequence

from jiaokan.formats.clean_json import Clean
from jiaokan.inspect.changes import asides_of, edits_of
from jiaokan.inspect.model import HandEdit, PageView, RuleNote
from jiaokan.inspect.stretches import articles_of, in_fragments, links_of, stretches_of
from jiaokan.ledger import Ledger
from jiaokan.page import Layout
from jiaokan.restore import cleaned_text, raw_text
from jiaokan.trace import Trace


def trace_of(ledger: Ledger, clean: Clean) -> Trace:
    """The page's texts, rebuilt without its raw file. Raises LedgerError where the clean file was
    edited."""
    cleaned = cleaned_text(ledger, clean)
    return Trace(raw_text(ledger, cleaned), cleaned, ledger.changes)


def page_view(
    ledger: Ledger,
    clean: Clean,
    trace: Trace,
    *,
    notes: Mapping[str, RuleNote] | None = None,
    hand: Sequence[HandEdit] = (),
    layout: Layout | None = None,
) -> PageView:
    """All that is shown of a page.

    `trace` is the page's texts and changes: from the raw file, or from `trace_of`. Findings and
    seams are those of the clean file, texts those that the run wrote.
    """
    told = notes or {}
    stretches, fragments = in_fragments(stretches_of(ledger, trace))
    articles, furniture = articles_of(stretches, fragments)
    return PageView(
        ledger.source.name,
        ledger.source.sha256,
        ledger.source.decoding.encoding,
        trace.raw,
        trace.text,
        fragments,
        links_of(fragments, clean.seams),
        clean.seams,
        edits_of(ledger, fragments, told),
        asides_of(ledger, trace, told),
        clean.findings,
        articles,
        furniture,
        tuple(hand),
        ledger.options,
        layout,
    )
