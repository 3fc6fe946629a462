"""The main job on one page: character stages, then stitching, then the ledger."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property, partial
from hashlib import sha256
from typing import TYPE_CHECKING, Literal

from jiaokan.article import Arrangement, Article, Seam
from jiaokan.code_points import forget
from jiaokan.columns.refold import refold
from jiaokan.columns.unfold import unfold
from jiaokan.decisions.book import NO_DECISIONS, NOTHING, Decisions, PageDecisions
from jiaokan.decisions.fit import fitted, settled
from jiaokan.decisions.seams import arranged
from jiaokan.decisions.text import edited
from jiaokan.edit import Columns, Edit
from jiaokan.finding import Finding
from jiaokan.options import Options, options_of
from jiaokan.page import Page
from jiaokan.proposals import parted
from jiaokan.rulebook import Rulebook, builtin_rules
from jiaokan.rulebook.facts import NO_FACTS, PageFacts
from jiaokan.rulebook.growth_limit import ALWAYS, GROWTH, check_growth
from jiaokan.rulebook.time_budget import page_clock
from jiaokan.settings import Settings
from jiaokan.stages import STAGES
from jiaokan.stages.context import Context
from jiaokan.stages.dominant_script import dominant_script
from jiaokan.stages.escapes import plain
from jiaokan.trace import Trace, advance

if TYPE_CHECKING:
    from jiaokan.ledger import Ledger

DEFAULTS = Settings()


@dataclass(frozen=True)
class Cleaned:
    """A cleaned page. Findings and seams count in the raw text, pieces in `trace.text`."""

    page: Page
    trace: Trace
    arrangement: Arrangement
    findings: tuple[Finding, ...]
    """What is doubtful and was left, by place."""
    facts: PageFacts = NO_FACTS
    """What the rules were told of the page, its script included."""
    options: Options = ()
    """What could act on the page; they stand in its ledger."""

    @property
    def articles(self) -> tuple[Article, ...]:
        """The articles, in the order in which they begin on the page."""
        return self.arrangement.articles

    @property
    def furniture(self) -> tuple[str, ...]:
        """Lines of the page that stand in no article."""
        return self.arrangement.furniture

    @property
    def seams(self) -> tuple[Seam, ...]:
        """Where fragments were joined."""
        return self.arrangement.seams

    @cached_property
    def ledger(self) -> "Ledger":
        """Where each raw character went, and by which rule."""
        from jiaokan.ledger import account

        return account(self, self.options)

    def restore(self) -> bytes:
        """The raw bytes again, rebuilt from articles, furniture and ledger alone.

        Raises LedgerError where they are not the page's to the last byte.
        """
        from jiaokan.formats.clean_json import clean_of
        from jiaokan.restore import restore

        return restore(self.ledger, clean_of(self))


def clean_page(
    page: Page,
    rules: Rulebook | None = None,
    settings: Settings = DEFAULTS,
    facts: PageFacts = NO_FACTS,
    decisions: Decisions = NO_DECISIONS,
) -> Cleaned:
    """Clean one page, with the built-in rules unless others are given.

    Any number of threads may call it at once, with one rulebook for all of them. Raises
    PageError where a rule cannot be carried out safely.

    >>> clean_page(Page.of("天气晴朗,微风.", "a.txt")).articles[0].paragraphs
    ('天气晴朗，微风。',)
    """
    book = builtin_rules() if rules is None else rules
    own = decisions.on(sha256(page.data).hexdigest()) if decisions.known else NOTHING
    with page_clock():
        context, known = _told(page.text, book, settings.script, facts)
        cleaned = _cleaned(page, settings, context, own)
    options = options_of(book, settings, known, own.fingerprint if decisions.known else "")
    return replace(cleaned, facts=known, options=options)


def context_of(
    text: str,
    rules: Rulebook,
    script: Literal["auto", "simplified", "traditional", "keep"],
    facts: PageFacts = NO_FACTS,
) -> Context:
    """What the stages may know about a page: its script, and the rules that are in force on it."""
    return _told(text, rules, script, facts)[0]


def _told(
    text: str,
    rules: Rulebook,
    script: Literal["auto", "simplified", "traditional", "keep"],
    facts: PageFacts,
) -> tuple[Context, PageFacts]:
    """The stages' context, and what the rules are told of the page."""
    found = dominant_script(plain(text)) if script == "auto" or script == "keep" else script
    known = replace(facts, script="" if found == "keep" else found)
    if script != "auto":
        return Context(script, rules.on(known)), known
    return Context("mixed" if found == "keep" else found, rules.on(known)), known


def _cleaned(page: Page, settings: Settings, context: Context, own: PageDecisions) -> Cleaned:
    from jiaokan.stitch.stitching import stitch

    unfolded = unfold(page.text, neural=settings.neural)
    decided = fitted(own, unfolded)

    def allows(trace: Trace, edit: Edit) -> bool:
        return unfolded.allows(trace, edit) and decided.allows(trace, edit)

    free = not (unfolded.parts or decided.unfolded)
    trace, findings = run_stages(unfolded.text, context, None if free else allows)
    trace, findings = edited(trace, findings, decided)
    arrangement, doubts = stitch(
        trace, context, settings, mixed=bool(unfolded.parts), dirt=unfolded.dirt
    )
    arrangement, unplaced = arranged(trace, arrangement, decided)
    findings += [_in_raw(finding, trace) for finding in (*doubts, *unplaced)]
    seams = tuple(_seam_in_raw(seam, trace) for seam in arrangement.seams)
    arrangement = replace(arrangement, seams=seams)
    if unfolded.parts:
        trace, arrangement, findings = refold(unfolded, trace, arrangement, findings)
    findings += unfolded.findings
    findings = list(settled(findings, decided))
    findings.sort(key=lambda finding: (finding.start, finding.end, finding.rule))
    return Cleaned(page, trace, arrangement, tuple(findings))


def run_stages(
    raw: str, context: Context, allows: Callable[[Trace, Edit], bool] | None = None
) -> tuple[Trace, list[Finding]]:
    """The character stages over a text; findings count in the raw text.

    Edits that `allows` says no to are left out.
    """
    trace = Trace(raw, raw)
    findings: list[Finding] = []
    for turn, stage in enumerate(STAGES):
        edits, doubts = parted(stage.run(trace.text, context), trace.text)
        if not edits.starts.size and not doubts:
            continue
        trace = Trace(raw, trace.text, trace.changes, turn)
        held = context.rules.protected(trace.text)
        edits = edits.only(held.allows_whole) if stage.whole else held.untouched(edits)
        findings += [
            _in_raw(doubt, trace) for doubt in doubts if not held.touches(doubt.start, doubt.end)
        ]
        if allows is not None:
            edits = edits.only(partial(allows, trace))
        trace = _grown(trace, advance(trace, stage.name, edits), edits)
    forget()
    return Trace(raw, trace.text, trace.changes, len(STAGES)), findings


def _grown(before: Trace, after: Trace, edits: Columns) -> Trace:
    """The trace; what all stages together add to a page is bounded, too. Raises PageError."""
    room = max(0, GROWTH * len(before.raw) + ALWAYS - len(before.text))
    if len(after.text) - len(before.text) > room:
        check_growth(edits.edits(), 0, room)
    return after


def _in_raw(finding: Finding, trace: Trace) -> Finding:
    start, end = trace.raw_span(finding.start, finding.end)
    return replace(finding, start=start, end=end)


def _seam_in_raw(seam: Seam, trace: Trace) -> Seam:
    left = trace.raw_offset(seam.left, end=True)
    return replace(seam, left=left, right=trace.raw_offset(seam.right))
