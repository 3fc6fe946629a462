"""Decisions about a page, with their places in the text that the stages read.

A decision whose span does not hold the text that it names is not carried out; it is a
finding. So are decisions that contradict each other.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from jiaokan.columns.unfold import Unfolded
from jiaokan.decisions.book import PageDecisions
from jiaokan.decisions.model import SHOWN, STALE, Decision
from jiaokan.edit import Edit
from jiaokan.finding import Finding
from jiaokan.trace import Trace

Allows = Callable[[Trace, Edit], bool]


class Fitted(NamedTuple):
    """A page's decisions, ready to be carried out."""

    raw: tuple[Decision, ...] = ()
    """Those that fit; their spans count in the raw text."""
    unfolded: tuple[Decision, ...] = ()
    """The same, their spans in the unfolded text."""
    findings: tuple[Finding, ...] = ()
    """Those that do not, in the raw text."""

    def allows(self, trace: Trace, edit: Edit) -> bool:
        """Whether no decision speaks against an edit."""
        if not self.unfolded:
            return True
        start, end = trace.raw_span(edit.start, edit.end)
        return not any(_forbids(one, edit.rule, start, end) for one in self.unfolded)


def _forbids(decision: Decision, rule: str, start: int, end: int) -> bool:
    if decision.do == "reject":
        return decision.rule == rule and decision.covers(start, end)
    if decision.do != "edit":
        return False
    if decision.start == decision.end:
        return start <= decision.start <= end and (start < decision.start < end or start == end)
    return start < decision.end and end > decision.start


def fitted(decisions: PageDecisions, unfolded: Unfolded) -> Fitted:
    """The decisions that fit the page's text."""
    raw: list[Decision] = []
    moved: list[Decision] = []
    findings: list[Finding] = []
    text = unfolded.raw
    for decision in decisions.contested:
        if decision.page:
            what = f"Decisions contradict each other here; none was carried out: {decision.about}"
            findings.append(_finding(decision, text, f"{what}, {decision.by}."))
    for decision in decisions.decisions:
        if not stands(decision, text):
            what = "A decision does not fit the text that stands here, and was not carried out"
            findings.append(_finding(decision, text, f"{what}: {decision.about}, {decision.by}."))
            continue
        there = _unfolded(decision, unfolded)
        if there is None:
            what = "A decision spans two columns side by side, and was not carried out"
            findings.append(_finding(decision, text, f"{what}: {decision.about}, {decision.by}."))
            continue
        raw.append(decision)
        moved.append(there)
    return Fitted(tuple(raw), tuple(moved), tuple(findings))


def stands(decision: Decision, raw: str) -> bool:
    """Whether the text that it names stands where it says."""
    if decision.start < 0:
        return True
    if decision.end > len(raw) or decision.after > len(raw):
        return False
    found = raw[decision.start : decision.end]
    if len(decision.text) < len(found):
        return len(decision.text) >= SHOWN and found.startswith(decision.text)
    return found == decision.text


def _finding(decision: Decision, raw: str, message: str) -> Finding:
    start = min(max(decision.start, 0), len(raw))
    end = min(max(decision.end, start), len(raw), start + SHOWN)
    return Finding(start, end, STALE, raw[start:end], message, 0.9)


def _unfolded(decision: Decision, unfolded: Unfolded) -> Decision | None:
    """The decision with its places in the unfolded text; None where it has none there."""
    if decision.start < 0 or not unfolded.parts:
        return decision
    start, end = _place(unfolded, decision.start), _place(unfolded, decision.end, end=True)
    if decision.start == decision.end:
        start = end = _place(unfolded, decision.start)
    after = _place(unfolded, decision.after, end=True) if decision.after >= 0 else -1
    if start is None or end is None or after is None or end < start:
        return None
    straight = end - start == decision.end - decision.start
    if decision.do == "edit" and not straight:
        return None
    return replace(decision, start=start, end=end, after=after)


def _place(unfolded: Unfolded, at: int, *, end: bool = False) -> int | None:
    """Where a raw offset lies in the unfolded text; `end`: where the character before it ends."""
    for part in unfolded.parts:
        if part.start + end <= at < part.end + end:
            return part.at + at - part.start
    at_edge = [part for part in unfolded.parts if part.start <= at <= part.end]
    return at_edge[0].at + at - at_edge[0].start if at_edge else None


def settled(findings: Sequence[Finding], decisions: Fitted) -> Iterator[Finding]:
    """The findings, in the raw text, that no decision has settled, and those about decisions."""
    for finding in findings:
        if not any(_settles(decision, finding) for decision in decisions.raw):
            yield finding
    yield from decisions.findings


def _settles(decision: Decision, finding: Finding) -> bool:
    match decision.do:
        case "reject" | "accept":
            return decision.rule == finding.rule and decision.covers(finding.start, finding.end)
        case "edit":
            return decision.covers(finding.start, finding.end)
        case "seam" if finding.rule.startswith("stitch."):
            if finding.rule == "stitch.open-end":
                return finding.end in (decision.after, decision.end)
            return finding.start <= decision.start < max(finding.end, finding.start + 1)
    return False
