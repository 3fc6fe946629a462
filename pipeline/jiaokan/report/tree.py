"""A page as the report's scripts read it: a JSON tree of lists and numbers.

Offsets are in UTF-16 units there, as JavaScript counts; here they are code points. The two differ
behind characters above U+FFFF.
"""

from collections.abc import Callable
from itertools import accumulate
from typing import Any

from jiaokan.article import Seam
from jiaokan.finding import Finding
from jiaokan.inspect.model import (
    ArticleView,
    Aside,
    EditView,
    FieldView,
    FragmentView,
    HandEdit,
    PageView,
    Place,
)

Count = Callable[[int], int]
"""A code point's offset → the UTF-16 unit's."""
Spans = Callable[[int, int], list[int]]
"""A span of the raw text → the same in UTF-16 units."""
Places = Callable[[Place], list[Any]]
"""A place in an output string → the same in UTF-16 units."""


def page_tree(page: PageView) -> dict[str, Any]:
    """All that is shown of a page. Rules' reasons are not in it: they stand once for the batch.

    Raw and clean text stand next to each other, so that compressing finds the one in the other.
    """
    raw = units(page.raw)
    strings = {
        (article, field.name, field.index): units(field.text) for article, field in _fields(page)
    }

    def place(one: Place) -> list[Any]:
        count = strings.get(one.string, _same)
        return [one.article, one.field, one.index, count(one.start), count(one.end)]

    def span(start: int, end: int) -> list[int]:
        return [raw(start), raw(end)]

    return {
        "raw": page.raw,
        "articles": [_article(article, raw) for article in page.articles],
        "name": page.name,
        "sha256": page.sha256,
        "encoding": page.encoding,
        "options": dict(page.options),
        "need": round(page.need, 4),
        "fragments": [_fragment(fragment, span) for fragment in page.fragments],
        "links": [[link.article, link.source, link.target, link.seam] for link in page.links],
        "seams": [_seam(seam, raw) for seam in page.seams],
        "edits": [_edit(edit, span, place) for edit in page.edits],
        "asides": [_aside(aside, span) for aside in page.asides],
        "findings": [_finding(finding, span) for finding in page.findings],
        "furniture": [_field(field, raw) for field in page.furniture],
        "hand": [_by_hand(one, span, place) for one in page.hand],
        "boxes": [
            [raw(box.start), raw(box.end), *box.bounds]
            for box in (page.layout.boxes if page.layout else ())
        ],
        "size": list(page.layout.size) if page.layout and page.layout.size else None,
        "image": page.image,
    }


def units(text: str) -> Count:
    """How a text's offsets are told in UTF-16 units.

    >>> list(map(units("天𠀀b"), range(4)))
    [0, 1, 3, 4]
    """
    if text.isascii() or max(text) <= "\uffff":
        return _same
    sums = list(accumulate((1 + (character > "\uffff") for character in text), initial=0))
    return lambda at: sums[min(at, len(sums) - 1)]


def _same(at: int) -> int:
    return at


def _fields(page: PageView) -> list[tuple[int, FieldView]]:
    inside = [(article.number, field) for article in page.articles for field in article.fields]
    return inside + [(-1, field) for field in page.furniture]


def _fragment(fragment: FragmentView, span: Spans) -> dict[str, Any]:
    at = span(fragment.start, fragment.end)
    return {"at": at, "article": fragment.article, "order": fragment.order, "moved": fragment.moved}


def _seam(seam: Seam, raw: Count) -> dict[str, Any]:
    return {
        "article": seam.article,
        "at": [raw(seam.left), raw(seam.right)],
        "kind": seam.kind,
        "joined": seam.joined,
        "doubled": seam.doubled,
        "confidence": seam.confidence,
        "evidence": list(seam.evidence),
    }


def _finding(finding: Finding, span: Spans) -> dict[str, Any]:
    return {
        "at": span(finding.start, finding.end),
        "rule": finding.rule,
        "text": finding.text,
        "message": finding.message,
        "confidence": finding.confidence,
        "alternatives": [[a.text, a.confidence, a.evidence] for a in finding.alternatives],
    }


def _by_hand(edit: HandEdit, span: Spans, place: Places) -> dict[str, Any]:
    row = {"at": span(edit.start, edit.end), "old": edit.old, "new": edit.new}
    return row | {"file": edit.file, "places": [place(one) for one in edit.places]}


def _edit(edit: EditView, span: Spans, place: Places) -> dict[str, Any]:
    return {
        "at": span(edit.start, edit.end),
        "old": edit.old,
        "new": edit.new,
        "confidence": edit.confidence,
        "fragment": edit.fragment,
        "places": [place(one) for one in edit.places],
        "steps": [
            [step.stage, step.rule, step.old, step.new, step.confidence, step.evidence]
            for step in edit.steps
        ],
    }


def _aside(aside: Aside, span: Spans) -> dict[str, Any]:
    dropped = aside.place is None
    row = {"at": span(aside.start, aside.end), "text": aside.text, "rule": aside.rule}
    return row | {"dropped": dropped, "index": -1 if aside.place is None else aside.place.index}


def _article(article: ArticleView, raw: Count) -> dict[str, Any]:
    fields = [_field(field, raw) for field in article.fields]
    return {"fragments": list(article.fragments), "fields": fields}


def _field(field: FieldView, raw: Count) -> dict[str, Any]:
    """A string and its stretches: the UTF-16 length of each, its raw span, its fragment."""
    parts = [
        [units(part.text)(len(part.text)), raw(part.start), raw(part.end), part.fragment]
        for part in field.stretches
    ]
    return {"name": field.name, "index": field.index, "text": field.text, "parts": parts}
