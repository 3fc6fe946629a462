"""One page in, everything that a run writes about it out: a pure function.

    result = process(page, rules, settings, facts, decisions)

It reads no file and writes none. Engines (a loop, workers, Ray) call it; sinks (clean files, one
JSONL or Parquet of articles, TEI) take from the result what they write.
"""

from contextlib import nullcontext
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from pathlib import PurePosixPath

from jiaokan.batch.source import Source
from jiaokan.cleaning import Cleaned, clean_page
from jiaokan.decisions.book import NO_DECISIONS, Decisions
from jiaokan.formats.clean_json import Clean, clean_of, write_clean
from jiaokan.formats.decode import doubt
from jiaokan.formats.ledger_json import write_ledger
from jiaokan.formats.markdown import write_markdown
from jiaokan.ledger import Ledger, account
from jiaokan.malloc import sparing
from jiaokan.options import Options
from jiaokan.page import Page
from jiaokan.rulebook import Rulebook
from jiaokan.rulebook.facts import NO_FACTS, PageFacts
from jiaokan.settings import Settings


@dataclass(frozen=True)
class Result:
    """A cleaned page and what can act on it; what is written of it is made when it is asked for."""

    cleaned: Cleaned
    """Findings about how the bytes were read are among its findings."""
    options: Options

    @property
    def page(self) -> Page:
        """The raw page."""
        return self.cleaned.page

    @cached_property
    def clean(self) -> Clean:
        """Articles, furniture, findings and seams."""
        return clean_of(self.cleaned)

    @cached_property
    def ledger(self) -> Ledger:
        """Where each raw character went; it speaks of no files yet."""
        return account(self.cleaned, self.options)

    @cached_property
    def json(self) -> bytes:
        """The clean file for machines."""
        return write_clean(self.clean)

    @cached_property
    def markdown(self) -> bytes:
        """The clean file for people."""
        return write_markdown(self.cleaned.arrangement.articles)

    def written(self, form: str) -> bytes:
        """The clean file of a format. Raises JiaokanError where what it needs is not installed."""
        if form == "md":
            return self.markdown
        if form == "txt":
            from jiaokan.formats.plain_text import write_text

            return write_text(self.cleaned.articles)
        from jiaokan.formats.tei import write_tei

        return write_tei(self.cleaned)


def process(
    page: Page,
    rules: Rulebook,
    settings: Settings,
    facts: PageFacts = NO_FACTS,
    decisions: Decisions = NO_DECISIONS,
) -> Result:
    """All that a run makes of one page. Raises PageError where it cannot be cleaned safely."""
    from jiaokan.stitch.large_files import LARGEST

    with sparing() if len(page.text) > LARGEST else nullcontext():
        cleaned = clean_page(page, rules, settings, facts, decisions)
    if unsure := doubt(page):
        cleaned = replace(cleaned, findings=(unsure, *cleaned.findings))
    return Result(cleaned, cleaned.options)


def decided_on(digest: str, decisions: Decisions) -> str:
    """A hash of what is decided about the page with these raw bytes; empty where nothing is."""
    return decisions.on(digest).fingerprint if decisions.known else ""


def files_of(result: Result, source: Source) -> tuple[tuple[str, bytes], ...]:
    """(name under the clean folder, bytes) of a page's clean files, the ledger last."""
    *names, ledger_name = source.outputs
    contents = (result.json, *(result.written(form) for form in source.formats))
    outputs = tuple(
        (PurePosixPath(name).name, sha256(data).hexdigest())
        for name, data in zip(names, contents, strict=True)
    )
    ledger = write_ledger(replace(result.ledger, outputs=outputs))
    return *zip(names, contents, strict=True), (ledger_name, ledger)
