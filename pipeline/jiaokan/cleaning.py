"""The main job on one page: character stages, then stitching, then the ledger."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from jiaokan.article import Arrangement, Seam
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
    facts: PageFacts = NO_FACTS
    """What the rules were told of the page, its script included."""


def clean_page(
    page: Page, rules: Rulebook, settings: Settings, facts: PageFacts = NO_FACTS
) -> Cleaned:
    """Clean one page. Raises PageError where a rule cannot be carried out safely."""
    with page_clock():
        context, known = _told(page.text, rules, settings.script, facts)
        return replace(_cleaned(page, settings, context), facts=known)


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
    found = dominant_script(text) if script == "auto" or script == "keep" else script
    known = replace(facts, script="" if found == "keep" else found)
    return Context(found if script == "auto" else script, rules.on(known)), known


def _cleaned(page: Page, settings: Settings, context: Context) -> Cleaned:
    from jiaokan.stitch import stitch

    unfolded = unfold(page.text)
    trace, findings = run_stages(unfolded.text, context, unfolded.allows)
    arrangement, doubts = stitch(trace, context, settings)
    findings += [_in_raw(finding, trace) for finding in doubts]
    seams = tuple(_seam_in_raw(seam, trace) for seam in arrangement.seams)
    arrangement = replace(arrangement, seams=seams)
    if unfolded.parts:
        trace, arrangement, findings = refold(unfolded, trace, arrangement, findings)
    findings += unfolded.findings
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
        found = list(stage.run(trace.text, context))
        if protected.starts:
            found = [item for item in found if not protected.touches(item.start, item.end)]
        edits = [item for item in found if isinstance(item, Edit)]
        if len(edits) < len(found):
            findings += [_in_raw(item, trace) for item in found if isinstance(item, Finding)]
        if allows is not None:
            edits = [edit for edit in edits if allows(trace, edit)]
        trace = _grown(trace, advance(trace, stage.name, edits), edits)
    return trace, findings


def _grown(before: Trace, after: Trace, edits: list[Edit]) -> Trace:
    """The trace; what all stages together add to a page is bounded, too. Raises PageError."""
    room = max(0, GROWTH * len(before.raw) + ALWAYS - len(before.text))
    if len(after.text) - len(before.text) > room:
        check_growth(edits, 0, room)
    return after


def _in_raw(finding: Finding, trace: Trace) -> Finding:
    start, end = trace.raw_span(finding.start, finding.end)
    return replace(finding, start=start, end=end)


def _seam_in_raw(seam: Seam, trace: Trace) -> Seam:
    left = trace.raw_offset(seam.left, end=True)
    return replace(seam, left=left, right=trace.raw_offset(seam.right))
