"""Fragments put where people said they go, after stitching has found its own order.

Text is moved, never rewritten: the pieces still partition the text. What a person did not
speak of stays as the stitcher has it, and in the order that it has there.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Literal

from jiaokan.article import Arrangement, Seam
from jiaokan.decisions.fit import Fitted
from jiaokan.decisions.model import SHOWN, STALE, Decision
from jiaokan.decisions.pages import DOUBLED, Body, Part, bodies, rebuilt
from jiaokan.decisions.text import text_offset
from jiaokan.finding import Finding
from jiaokan.trace import Trace


def arranged(
    trace: Trace, arrangement: Arrangement, decisions: Fitted
) -> tuple[Arrangement, list[Finding]]:
    """The arrangement with the decided seams, and the decisions that could not be carried out.

    Places count in the trace's text.
    """
    todo = [_in_text(one, trace) for one in decisions.unfolded if one.do == "seam"]
    back = [
        _in_text(one, trace)
        for one in decisions.unfolded
        if one.do == "reject" and one.rule == DOUBLED
    ]
    if not todo and not back:
        return arrangement, []
    body = bodies(trace.text, arrangement)
    body.restore(back)
    findings: list[Finding] = []
    decided: dict[int, str] = {}
    moved, circular = in_turn(todo)
    for decision in moved:
        if why := _carry_out(body, decision):
            findings.append(_finding(trace.text, decision, why))
        else:
            decided[decision.start] = decision.by
    for decision in circular:
        findings.append(_finding(trace.text, decision, "each goes on behind the other"))
    found = rebuilt(trace.text, arrangement, body)
    return replace(found, seams=tuple(_seams(arrangement.seams, body, decided))), findings


def _in_text(decision: Decision, trace: Trace) -> Decision:
    if decision.start < 0:
        return decision
    start = text_offset(trace, decision.start)
    end = max(start, text_offset(trace, decision.end, end=True))
    after = text_offset(trace, decision.after, end=True) if decision.after >= 0 else -1
    return replace(decision, start=start, end=end, after=after)


def in_turn(todo: Sequence[Decision]) -> tuple[list[Decision], list[Decision]]:
    """The decisions in an order in which no fragment is moved behind one that moves later,
    and those for which there is none."""
    left = sorted(todo, key=lambda one: (one.when, one.start, one.end))
    result: list[Decision] = []
    while left:
        ready = [
            one
            for one in left
            if not any(
                other is not one and other.start < one.after <= other.end
                for other in left
                if not (other.after < 0 and not other.article and not other.furniture)
            )
        ]
        if not ready:
            break
        result += ready
        left = [one for one in left if one not in ready]
    return result, left


def _carry_out(body: Body, decision: Decision) -> str:
    """Move the fragment; why not, where it cannot be."""
    if decision.start < decision.after < decision.end or decision.after == decision.end:
        return "the fragment would go on behind itself"
    if decision.after < 0 and not decision.article and not decision.furniture:
        return body.reads(decision.start, decision.end, decision.reads)
    if decision.furniture:
        return body.set_aside(decision.start, decision.end)
    if decision.article:
        titles = body.titles
        if decision.article > len(titles):
            return f"the page has no article {decision.article}"
        if decision.title and titles[decision.article - 1] != decision.title:
            return f"article {decision.article} is not “{decision.title}”"
        joined = decision.reads == "on"
        return body.append(decision.start, decision.end, decision.article - 1, joined)
    return body.move(decision.start, decision.end, decision.after, decision.reads != "paragraph")


def _finding(text: str, decision: Decision, why: str) -> Finding:
    end = min(decision.end, decision.start + SHOWN)
    what = f"A decision about this fragment was not carried out: {why} ({decision.by})."
    return Finding(decision.start, end, STALE, text[decision.start : end], what, 0.9)


def _seams(known: Iterable[Seam], body: Body, decided: Mapping[int, str]) -> Iterator[Seam]:
    """The seams of the new order: those that still hold, and those that are decided."""
    old = {(seam.left, seam.right + len(seam.doubled)): seam for seam in known}
    for number, paragraphs in enumerate(body.kept()):
        last: Part | None = None
        for paragraph in paragraphs:
            for index, part in enumerate(paragraph):
                if last is not None and not body.follows(last, part):
                    seam = old.get((last.end, part.start))
                    if seam is None or seam.joined != (index > 0) or part.start in decided:
                        said = decided.get(part.start, "a person moved what stood between")
                        seam = _decided(number, last, part, index > 0, said, body)
                    yield replace(seam, article=number)
                last = part


def _decided(article: int, left: Part, right: Part, joined: bool, said: str, body: Body) -> Seam:
    inside = body.inside_line(left.end) or body.inside_line(right.start)
    kind: Literal["block", "inline"] = "inline" if inside else "block"
    return Seam(article, left.end, right.start, kind, joined, "", 1.0, (said,))
