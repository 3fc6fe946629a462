"""The main job on one page: character stages, then stitching, then the ledger."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Literal

from jiaokan.article import Arrangement, Seam
from jiaokan.decisions.book import NO_DECISIONS, NOTHING, Decisions, PageDecisions
from jiaokan.decisions.fit import fitted, settled
from jiaokan.decisions.seams import arranged
from jiaokan.decisions.text import edited
from jiaokan.edit import Edit
from jiaokan.finding import Finding
from jiaokan.page import Page
from jiaokan.refold import refold
from jiaokan.rulebook import Rulebook
from jiaokan.rulebook.clock import page_clock
from jiaokan.rulebook.facts import NO_FACTS, PageFacts
from jiaokan.rulebook.growth import ALWAYS, GROWTH, check_growth
from jiaokan.settings import Settings
from jiaokan.stages import STAGES
from jiaokan.stages.context import Context
from jiaokan.stages.dominant import dominant_script
from jiaokan.trace import Trace, advance
from jiaokan.unfold import unfold


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A cleaned page. Findings and seams count in the raw text, pieces in `trace.text`."""

    page: Page
    trace: Trace
    arrangement: Arrangement
    findings: tuple[Finding, ...]


def clean_page(
    page: Page,
    rules: Rulebook,
    settings: Settings,
    facts: PageFacts = NO_FACTS,
    decisions: Decisions = NO_DECISIONS,
) -> Cleaned:
    """Clean one page. Raises PageError where a rule cannot be carried out safely."""
    own = decisions.on(sha256(page.data).hexdigest()) if decisions.known else NOTHING
    with page_clock():
        return _cleaned(page, settings, context_of(page.text, rules, settings.script, facts), own)


def context_of(
    text: str,
    rules: Rulebook,
    script: Literal["auto", "simplified", "traditional", "keep"],
    facts: PageFacts = NO_FACTS,
) -> Context:
    """What the stages may know about a page: its script, and the rules that are in force on it."""
    found = dominant_script(text) if script == "auto" or script == "keep" else script
    target = found if script == "auto" else script
    return Context(target, rules.on(replace(facts, script="" if found == "keep" else found)))


def _cleaned(page: Page, settings: Settings, context: Context, own: PageDecisions) -> Cleaned:
    from jiaokan.stitch import stitch

    unfolded = unfold(page.text)
    decided = fitted(own, unfolded)

    def allows(trace: Trace, edit: Edit) -> bool:
        return unfolded.allows(trace, edit) and decided.allows(trace, edit)

    trace, findings = run_stages(unfolded.text, context, allows)
    trace, findings = edited(trace, findings, decided)
    arrangement, doubts = stitch(trace, context, settings)
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
    for stage in STAGES:
        protected = context.rules.protected(trace.text)
        edits: list[Edit] = []
        for item in stage.run(trace.text, context):
            if protected.touches(item.start, item.end):
                continue
            if isinstance(item, Edit):
                if allows is None or allows(trace, item):
                    edits.append(item)
            else:
                findings.append(_in_raw(item, trace))
        _check_growth(trace, edits)
        trace = advance(trace, stage.name, edits)
    return trace, findings


def _check_growth(trace: Trace, edits: list[Edit]) -> None:
    """What all stages together add to a page is bounded, too. Raises PageError."""
    room = GROWTH * len(trace.raw) + ALWAYS - len(trace.text)
    added = sum(len(edit.new) - (edit.end - edit.start) for edit in edits)
    if added > max(0, room):
        check_growth(edits, 0, max(0, room))


def _in_raw(finding: Finding, trace: Trace) -> Finding:
    start, end = trace.raw_span(finding.start, finding.end)
    return replace(finding, start=start, end=end)


def _seam_in_raw(seam: Seam, trace: Trace) -> Seam:
    left = trace.raw_offset(seam.left, end=True)
    return replace(seam, left=left, right=trace.raw_offset(seam.right))
