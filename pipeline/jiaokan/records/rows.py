"""A cleaned page as rows of three tables: articles, edits, pages.

Values are what JSON has; keys come in the order of the tables' columns. Offsets count characters of
the raw text, from 0. What is not there is empty.
"""

from collections.abc import Iterator
from dataclasses import asdict
from hashlib import sha256
from typing import Any

from jiaokan.article import SINGLE_FIELDS, Seam
from jiaokan.cleaning import Cleaned
from jiaokan.finding import Finding
from jiaokan.formats.ledger_json import write_ledger
from jiaokan.formats.strict_json import rounded

Row = dict[str, Any]


def rows_of(cleaned: Cleaned, source: str) -> dict[str, list[Row]]:
    """The page's rows, by table. `source` is the file that it comes from."""
    return {
        "articles": list(_articles(cleaned, source)),
        "edits": list(_edits(cleaned)),
        "pages": [_page(cleaned, source)],
    }


def failed_row(page: str, source: str, error: str, data: bytes = b"") -> Row:
    """The row of a page that is not there, with the reason. `data` are its bytes, where known."""
    return {
        "page": page,
        "status": "failed",
        "error": error,
        "source": source,
        "sha256": sha256(data).hexdigest() if data else "",
        "size": len(data),
        "characters": 0,
        "articles": 0,
        "changes": 0,
        "furniture": [],
        "findings": [],
        "seams": [],
        "ledger": "",
    }


def _articles(cleaned: Cleaned, source: str) -> Iterator[Row]:
    options = dict(cleaned.options)
    digest = cleaned.ledger.source.sha256
    spans = _spans(cleaned)
    for number, article in enumerate(cleaned.articles):
        yield {
            "page": cleaned.page.name,
            "article": number,
            **{name: getattr(article, name) for name in SINGLE_FIELDS},
            "paragraphs": list(article.paragraphs),
            "text": "\n".join(article.paragraphs),
            "spans": spans.get(number, []),
            "source": source,
            "sha256": digest,
            "rules": options.get("rules", ""),
            "version": options.get("version", ""),
        }


def _spans(cleaned: Cleaned) -> dict[int, list[Row]]:
    """The raw spans that each article came from, in the raw order, those that touch as one."""
    found: dict[int, list[Row]] = {}
    for piece in cleaned.arrangement.pieces:
        if piece.target is None:
            continue
        start, end = cleaned.trace.raw_span(piece.start, piece.end)
        own = found.setdefault(piece.target.article, [])
        if own and own[-1]["end"] >= start:
            own[-1]["end"] = max(own[-1]["end"], end)
        else:
            own.append({"start": start, "end": end})
    return found


def _edits(cleaned: Cleaned) -> Iterator[Row]:
    """A row for each step of each change, and one for each character dropped at a seam."""
    rows = [
        _edit(cleaned, change.start, change.end, (step.old, step.new), step.stage, step.rule)
        | {"confidence": rounded(step.confidence), "evidence": step.evidence}
        for change in cleaned.trace.changes
        for step in change.steps
    ]
    doubled = [
        piece
        for piece in cleaned.arrangement.pieces
        if piece.target is None and piece.rule == "stitch.doubled"
    ]
    for piece in doubled:
        start, end = cleaned.trace.raw_span(piece.start, piece.end)
        text = cleaned.trace.text[piece.start : piece.end]
        seam = _seam_at(cleaned.seams, start, end)
        rows.append(
            _edit(cleaned, start, end, (text, ""), "stitch", piece.rule)
            | {
                "confidence": rounded(seam.confidence if seam else 1.0),
                "evidence": "; ".join(seam.evidence) if seam else "",
            }
        )
    yield from sorted(rows, key=lambda row: (row["start"], row["end"]))


def _edit(
    cleaned: Cleaned, start: int, end: int, texts: tuple[str, str], stage: str, rule: str
) -> Row:
    return {
        "page": cleaned.page.name,
        "start": start,
        "end": end,
        "old": texts[0],
        "new": texts[1],
        "stage": stage,
        "rule": rule,
    }


def _seam_at(seams: tuple[Seam, ...], start: int, end: int) -> Seam | None:
    """The seam at which the characters of a raw span were read twice."""
    near = (seam for seam in seams if seam.doubled)
    return min(
        near,
        key=lambda seam: min(abs(seam.right - end), abs(seam.right - start)),
        default=None,
    )


def _page(cleaned: Cleaned, source: str) -> Row:
    page = cleaned.page
    return {
        "page": page.name,
        "status": "done",
        "error": "",
        "source": source,
        "sha256": cleaned.ledger.source.sha256,
        "size": len(page.data),
        "characters": len(page.text),
        "articles": len(cleaned.articles),
        "changes": sum(len(change.steps) for change in cleaned.trace.changes),
        "furniture": list(cleaned.furniture),
        "findings": [_finding(finding) for finding in cleaned.findings],
        "seams": [_seam(seam) for seam in cleaned.seams],
        "ledger": write_ledger(cleaned.ledger).decode().rstrip("\n"),
    }


def _finding(finding: Finding) -> Row:
    row = asdict(finding)
    row["confidence"] = rounded(finding.confidence)
    row["alternatives"] = [
        one | {"confidence": rounded(one["confidence"])} for one in row["alternatives"]
    ]
    return row


def _seam(seam: Seam) -> Row:
    row = asdict(seam)
    return row | {"confidence": rounded(seam.confidence), "evidence": list(seam.evidence)}
