"""Pages and items as the browser is told them: plain values, every text as text.

Offsets here count in the cleaned text, which is what the browser shows.
"""

from typing import Any

from jiaokan.article import Seam
from jiaokan.decisions.model import Decision
from jiaokan.inspect import ArticleView, FieldView
from jiaokan.review.items import UNCERTAIN, Item, decided
from jiaokan.review.pages import Opened, Pages
from jiaokan.review.places import context
from jiaokan.review.session import Desk
from jiaokan.trace import placed

SHOWN = 400
"""Characters of a long span that an item shows."""
SHOWN_BESIDE = 40
"""Characters on each side of a seam that are shown."""


def batch_row(desk: Desk) -> dict[str, Any]:
    """All pages, and how much is left on those that were read."""
    pages = desk.pages
    known = pages.known()
    waiting = set(desk.waiting())
    rows: list[dict[str, Any]] = []
    left = total = 0
    for number in range(len(pages.stems)):
        summary = known.get(number)
        row: dict[str, Any] = {"number": number, "name": pages.name(number)}
        if summary is not None:
            own = desk.left(number, summary)
            row |= {"left": own, "total": len(summary.items), "waits": number in waiting}
            row["error"] = summary.error
            left += own
            total += len(summary.items)
        rows.append(row)
    return {
        "clean": str(pages.folder),
        "file": str(desk.file),
        "who": desk.who,
        "runs": pages.raw is not None,
        "pages": rows,
        "scanned": len(known),
        "left": left,
        "total": total,
        "waiting": sorted(waiting),
    }


def page_row(desk: Desk, number: int) -> dict[str, Any]:
    """One page. Raises JiaokanError."""
    page = desk.pages.open(number)
    view, frame = page.view, page.frame
    own = desk.decisions().on(view.sha256)
    items = []
    for item in page.items:
        row = _item(item, page, desk.pages)
        done = decided(item, own)
        row["decided"] = None if done is None else _decision(done)
        items.append(row)
    edits = [
        {"from": start, "to": end, "old": change.old, "rule": change.steps[-1].rule}
        for start, end, change in placed(frame.ledger.changes)
    ]
    return {
        "number": number,
        "name": view.name,
        "left": sum(row["decided"] is None for row in items),
        "items": items,
        "articles": [_article(article, page) for article in view.articles],
        "furniture": [_string(field, page) for field in view.furniture],
        "edits": edits,
        "hand": len(view.hand),
        "waits": number in desk.waiting(),
        "decisions": [_decision(one) for one in own.decisions if one.page],
    }


def rules_row(desk: Desk) -> list[dict[str, Any]]:
    """Each rule with open items, and how many on how many pages."""
    counts: dict[str, list[int]] = {}
    for summary in desk.pages.known().values():
        own = desk.decisions().on(summary.sha256)
        opened = [item.rule for item in summary.items if decided(item, own) is None]
        for rule in opened:
            counts.setdefault(rule, [0, 0])[0] += 1
        for rule in set(opened):
            counts[rule][1] += 1
    rows = sorted(counts.items(), key=lambda pair: (-pair[1][0], pair[0]))
    return [{"rule": rule, "items": items, "pages": pages} for rule, (items, pages) in rows]


def _decision(one: Decision) -> dict[str, Any]:
    names = ("do", "new", "text", "rule", "after", "article", "furniture", "reads", "who", "when")
    return {name: getattr(one, name) for name in names} | {
        "scope": "item" if one.start >= 0 else "page" if one.page else "batch"
    }


def _item(item: Item, page: Opened, pages: Pages) -> dict[str, Any]:
    frame, view = page.frame, page.view
    note = pages.note(item.rule)
    start = frame.cleaned(item.start)
    end = max(start, frame.cleaned(item.end, end=True))
    line, column = view.spot(item.start)
    row: dict[str, Any] = {
        "id": item.id,
        "kind": item.kind,
        "rule": item.rule,
        "reason": note.reason,
        "chinese": note.chinese,
        "confidence": round(item.confidence, 3),
        "raw": [item.start, item.end],
        "line": line,
        "column": column,
        "alternatives": [],
        "old": "",
        "message": "",
        "evidence": [],
    }
    if item.kind == "finding":
        row |= _of_finding(item, page)
    elif item.kind == "edit":
        row |= _of_edit(item, page)
    else:
        row |= _of_seam(view.seams[item.number], page)
        ahead = view.cleaned[start : start + SHOWN_BESIDE]
        end = start + len(ahead.split("\n", 1)[0])
    before, behind = context(view.cleaned, start, end)
    text = view.cleaned[start : min(end, start + SHOWN)]
    return row | {"from": start, "to": end, "text": text, "before": before, "behind": behind}


def _of_finding(item: Item, page: Opened) -> dict[str, Any]:
    finding = page.view.findings[item.number]
    places = page.frame.choices(finding) if item.rule == UNCERTAIN else ()
    alternatives = [
        {
            "text": other.text,
            "confidence": round(other.confidence, 3),
            "evidence": other.evidence,
            "found": not places or places[number] is not None,
        }
        for number, other in enumerate(finding.alternatives)
    ]
    return {"message": finding.message, "alternatives": alternatives}


def _of_edit(item: Item, page: Opened) -> dict[str, Any]:
    edit = page.view.edits[item.number]
    step = edit.steps[item.step]
    steps = [
        {"rule": one.rule, "old": one.old, "new": one.new, "confidence": one.confidence}
        for one in edit.steps
    ]
    evidence = [step.evidence] if step.evidence else []
    return {"old": edit.old, "evidence": evidence, "steps": steps}


def _of_seam(seam: Seam, page: Opened) -> dict[str, Any]:
    left = page.frame.cleaned(seam.left, end=True)
    before = page.view.cleaned[max(0, left - SHOWN_BESIDE) : left]
    tail = before.rsplit("\n", 1)[-1]
    return {"tail": tail, "joined": seam.joined, "evidence": list(seam.evidence)}


def _article(article: ArticleView, page: Opened) -> dict[str, Any]:
    head = [_string(field, page) for field in article.fields if field.name != "paragraphs"]
    body = [_string(field, page) for field in article.fields if field.name == "paragraphs"]
    return {
        "number": article.number,
        "title": article.text_of("title"),
        "head": head,
        "paragraphs": body,
    }


def _string(field: FieldView, page: Opened) -> dict[str, Any]:
    fragments = {one.number: one for one in page.view.fragments}
    pieces: list[dict[str, Any]] = []
    for stretch in field.stretches:
        at = page.frame.at(stretch)
        last = pieces[-1] if pieces else None
        if last and (last["to"], last["fragment"], last["rule"]) == (
            at,
            stretch.fragment,
            stretch.rule,
        ):
            last["to"] += len(stretch.text)
            last["text"] += stretch.text
            continue
        fragment = fragments.get(stretch.fragment)
        pieces.append(
            {
                "from": at,
                "to": at + len(stretch.text),
                "text": stretch.text,
                "fragment": stretch.fragment,
                "end": _fragment_end(fragment.end, page) if fragment else at + len(stretch.text),
                "moved": bool(fragment and fragment.moved),
                "rule": stretch.rule,
            }
        )
    return {"field": field.name, "index": field.index, "pieces": pieces}


def _fragment_end(end: int, page: Opened) -> int:
    return page.frame.cleaned(end, end=True)
