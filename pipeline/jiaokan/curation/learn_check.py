"""Proposals are carried out before they are shown: on the corrected pages, with all rules in force.

A rule that makes one place worse than the person left it is out; so is one that the pipeline
never comes to apply, and one whose examples do not hold.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from jiaokan.curation.learn_batch import Batch
from jiaokan.curation.learn_model import Correction, Proposal, Reviewed, Unlearnt
from jiaokan.curation.learn_proof import proved
from jiaokan.curation.learn_proof import shaped as _shaped
from jiaokan.curation.learn_spans import reading, widened
from jiaokan.errors import JiaokanError
from jiaokan.finding import Finding
from jiaokan.rulebook import Rulebook
from jiaokan.rulebook.packs import precedence
from jiaokan.rulebook.rule import ConfusionRule, LiteralRule, Rule
from jiaokan.trace import Change, Trace

_TEXTUAL = ("literal", "pattern", "phrase", "leak")
_TAKING_BACK = ("off", "protect", "script")
_ROUNDS = 5


def settled(
    batch: Batch,
    book: Rulebook,
    proposed: Sequence[tuple[Proposal, tuple[Correction, ...]]],
    before: Mapping[int, Trace],
) -> tuple[list[Proposal], list[Unlearnt]]:
    """The proposals that hold, with their examples, and why the others do not."""
    out: list[Unlearnt] = []
    shaped: list[tuple[Proposal, Rule | None, tuple[Correction, ...]]] = []
    for proposal, corrections in proposed:
        rule = None if proposal.kind == "off" else _shaped(proposal)
        if isinstance(rule, str):
            out.append(Unlearnt(proposal.id, rule))
        else:
            shaped.append((proposal, rule, corrections))
    full = _all(book, [(proposal, rule) for proposal, rule, _ in shaped])
    kept: list[tuple[Proposal, Rule | None]] = []
    for proposal, rule, corrections in shaped:
        why = _there_already(rule, book)
        if rule is not None and not why:
            proposal, rule, why = proved(batch, full, proposal, rule, corrections)
        if not why and proposal.kind in _TAKING_BACK:
            why = _taking_back(batch, book, proposal, rule, before)
        if not why and proposal.counters and not reports(proposal):
            why = f"it was left at {proposal.counters} places"
        if why:
            out.append(Unlearnt(proposal.id, why))
        else:
            kept.append((proposal, rule))
    kept, worse = _together(batch, book, kept, before)
    return [proposal for proposal, _ in kept], out + worse


def _there_already(rule: Rule | None, book: Rulebook) -> str:
    """Which rule in force does the same as one that only reports, and so leaves no trace in the
    text; empty: none."""
    if not isinstance(rule, LiteralRule | ConfusionRule) or rule.level != "suggest":
        return ""
    for other in book.rules:
        if isinstance(other, LiteralRule | ConfusionRule) and rule.kind == other.kind:
            known = other.pairs
            if all(_among(new, known.get(old, ())) for old, new in rule.pairs.items()):
                return f"{other.id} does the same already"
    return ""


def _among(wanted: str | tuple[str, ...], known: str | tuple[str, ...]) -> bool:
    """Whether what a pair makes is made by another: a text, or all of several."""
    if isinstance(wanted, str):
        return wanted == known
    return set(wanted) <= set(known)


def _all(book: Rulebook, kept: Sequence[tuple[Proposal, Rule | None]]) -> Rulebook:
    """The book with all proposals in force."""
    rules = [rule for _, rule in kept if rule is not None]
    off = [str(proposal.entry["off"]) for proposal, _ in kept if proposal.kind == "off"]
    return with_rules(book, rules, off)


def with_rules(book: Rulebook, rules: Sequence[Rule], off: Sequence[str] = ()) -> Rulebook:
    """The book with a pack above it."""
    above = sorted(rules, key=lambda rule: precedence(1, rule))
    below = [rule for rule in book.rules if rule.id not in off]
    return Rulebook((*above, *below), "")


def traced(page: Reviewed, book: Rulebook) -> tuple[Trace, list[Finding]]:
    """The page through the character stages, in raw order."""
    from jiaokan.cleaning import clean_page, context_of, run_stages
    from jiaokan.columns.unfold import unfold
    from jiaokan.page import Decoding, Page
    from jiaokan.settings import Settings

    unfolded = unfold(page.trace.raw, neural=False)
    if not unfolded.parts:
        return run_stages(page.trace.raw, context_of(page.trace.raw, book, page.script))
    whole = Page(page.name, b"", Decoding("utf-8", "utf-8"), page.trace.raw)
    cleaned = clean_page(whole, book, Settings(script=page.script, neural=False))
    return cleaned.trace, list(cleaned.findings)


@dataclass
class _Count:
    right: int = 0
    wrong: int = 0
    at: str = ""
    """The first place that it makes worse."""
    overlooked: set[Correction] = field(default_factory=set)
    """Where it acts and the person perhaps overlooked something."""


def _together(
    batch: Batch,
    book: Rulebook,
    kept: list[tuple[Proposal, Rule | None]],
    before: Mapping[int, Trace],
) -> tuple[list[tuple[Proposal, Rule | None]], list[Unlearnt]]:
    """Those that still hold when all are in force at once."""
    out: list[Unlearnt] = []
    for _ in range(_ROUNDS):
        counts = _counted(batch, book, kept, before)
        bad = {}
        for proposal, _rule in kept:
            count = counts[proposal.id]
            if fixes(proposal) and proposal.kind == "confusion" and count.wrong:
                bad[proposal.id] = ""  # it may report still
            elif fixes(proposal) and count.wrong:
                bad[proposal.id] = f"it would make worse what was left: {count.at}"
            elif fixes(proposal) and not count.right and "-more-" not in proposal.id:
                bad[proposal.id] = (
                    "it never comes to act: other rules are quicker, or the place is read in pieces"
                )
            elif reports(proposal) and 3 * count.wrong > max(count.right, proposal.support):
                bad[proposal.id] = f"it would report what is right: {count.at}"
        if not bad:
            break
        out += [Unlearnt(id, why) for id, why in sorted(bad.items()) if why]
        kept = [_lowered(*one, bad) for one in kept if not bad.get(one[0].id)]
    told = []
    for proposal, rule in kept:
        count = counts[proposal.id]
        if reports(proposal) and count.wrong > proposal.counters:
            proposal = replace(proposal, counters=count.wrong)
        if count.overlooked:
            missed = tuple(batch.shown(one) for one in sorted(count.overlooked))
            proposal = replace(proposal, overlooked=missed)
        told.append((proposal, rule))
    return told, out


def fixes(proposal: Proposal) -> bool:
    """Whether the rule changes text by itself."""
    return proposal.kind in (*_TEXTUAL, "confusion") and not reports(proposal)


def reports(proposal: Proposal) -> bool:
    """Whether the rule only reports."""
    usual = "suggest" if proposal.kind == "confusion" else "fix"
    return bool(proposal.entry.get("level", usual) == "suggest")


def _lowered(
    proposal: Proposal, rule: Rule | None, bad: Mapping[str, str]
) -> tuple[Proposal, Rule | None]:
    """The proposal; one that would mend too much only reports."""
    if proposal.id not in bad or rule is None:
        return proposal, rule
    entry = {key: value for key, value in proposal.entry.items() if key != "level"}
    return replace(proposal, entry=entry), replace(rule, level="suggest")


def _counted(
    batch: Batch,
    book: Rulebook,
    kept: Sequence[tuple[Proposal, Rule | None]],
    before: Mapping[int, Trace],
) -> dict[str, _Count]:
    """For each proposal how often it makes a place better, and how often worse."""
    counts = {proposal.id: _Count() for proposal, _ in kept}
    full = _all(book, kept)
    for page in batch.reviewed:
        after, findings = traced(page, full)
        for change in after.changes:
            names = {step.rule for step in change.steps} & counts.keys()
            if names:
                better = judged(page, before[page.number], after, change)
                missed = _missed(page, change.start, change.end)
                for name in names:
                    _count(counts[name], better, page, change.start)
                    counts[name].overlooked |= missed
        for finding in findings:
            if finding.rule not in counts:
                continue
            missed = _missed(page, finding.start, finding.end)
            counts[finding.rule].overlooked |= missed
            if not missed and _seen(page, finding.start, finding.end):
                start, end = widened((after, page.wanted), finding.start, finding.end)
                was, wanted = reading(after, start, end), reading(page.wanted, start, end)
                _count(counts[finding.rule], was != wanted, page, finding.start)
    return counts


def _count(count: _Count, better: bool | None, page: Reviewed, at: int) -> None:
    if better is None:
        return
    count.right += better
    count.wrong += not better
    if not better and not count.at:
        around = page.trace.raw[max(0, at - 6) : at + 8].replace("\n", "⏎")
        count.at = f"{page.name}: {around}"


def judged(page: Reviewed, before: Trace, after: Trace, change: Change) -> bool | None:
    """Whether a place comes closer to what the person left; None where nobody saw it."""
    from rapidfuzz.distance import Levenshtein

    versions = (before, after, page.wanted, page.presumed.wanted)
    start, end = widened(versions, change.start, change.end)
    if not _seen(page, start, end):
        return None
    wanted = reading(page.wanted, start, end)
    old, new = reading(before, start, end), reading(after, start, end)
    if old == new:
        return None
    if page.overlooked and new == reading(page.presumed.wanted, start, end) != wanted:
        return None
    return bool(Levenshtein.distance(new, wanted) < Levenshtein.distance(old, wanted))


def _missed(page: Reviewed, start: int, end: int) -> set[Correction]:
    """What the person perhaps overlooked in a raw span."""
    found = set()
    for one in page.overlooked:
        low, high = page.trace.raw_span(one.start, one.end)
        if low < end and start < high:
            found.add(one)
    return found


def _seen(page: Reviewed, start: int, end: int) -> bool:
    """Whether a raw span stands in the edited file."""
    low, high = widened((page.trace,), start, end)
    at = low + sum(len(c.new) - len(c.old) for c in page.trace.changes if c.end <= low < high)
    size = len(reading(page.trace, low, high))
    return any(page.mask[at : at + max(size, 1)])


def _taking_back(
    batch: Batch,
    book: Rulebook,
    proposal: Proposal,
    rule: Rule | None,
    before: Mapping[int, Trace],
) -> str:
    """What is wrong with a rule that keeps others from acting; it is tried alone."""
    rules = [rule] if rule is not None else []
    off = [str(proposal.entry["off"])] if proposal.kind == "off" else []
    count = _Count()
    changed = with_rules(book, rules, off)
    for page in batch.reviewed:
        try:
            after, _ = traced(page, changed)
        except JiaokanError as error:
            return str(error)
        old = before[page.number]
        if after.text == old.text:
            continue
        for change in sorted({*after.changes} ^ {*old.changes}):
            better = judged(page, old, after, change)
            _count(count, better, page, change.start)
    if count.wrong:
        return f"it would make worse what was left: {count.at}"
    return "" if count.right else "the pipeline does not do otherwise with it"
