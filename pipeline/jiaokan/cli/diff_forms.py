"""A page's changes for programs: as JSON, as a patch, as counts."""

import os
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from jiaokan.cli.terminal import table
from jiaokan.inspect.model import Aside, EditView, PageView
from jiaokan.report.batch import Batch
from jiaokan.trace import Change


def as_json(path: Path, json: Path, page: PageView) -> dict[str, Any]:
    """All of it. Spans count the raw text's characters from 0."""
    return {
        "source": page.name,
        "raw": str(path),
        "clean": str(json),
        "changes": [_change(edit) for edit in page.edits],
        "fragments": [
            {
                "start": fragment.start,
                "end": fragment.end,
                "text": page.raw[fragment.start : fragment.end],
                "moved": fragment.moved,
                "article": fragment.article,
                "order": fragment.order,
                "places": [asdict(place) for place in fragment.places],
            }
            for fragment in page.fragments
        ],
        "seams": [asdict(seam) for seam in page.seams],
        "furniture": [_aside(aside) for aside in page.asides if aside.place is not None],
        "dropped": [_aside(aside) for aside in page.asides if aside.place is None],
        "findings": [asdict(finding) for finding in page.findings],
        "by_hand": [asdict(hand) for hand in page.hand],
    }


def _change(edit: EditView) -> dict[str, Any]:
    row = {name: getattr(edit, name) for name in ("start", "end", "old", "new", "confidence")}
    places = [asdict(place) for place in edit.places]
    return row | {"places": places, "steps": [asdict(step) for step in edit.steps]}


def _aside(aside: Aside) -> dict[str, Any]:
    return {name: getattr(aside, name) for name in ("start", "end", "text", "rule", "reason")}


def patch_of(page: PageView, mark: str, name: str, context: int) -> bytes:
    """The page's patch; `mark` is the byte-order mark that the raw file starts with."""
    from jiaokan.cli.patch import unified

    shift = len(mark)
    changes = [
        Change(edit.start + shift, edit.end + shift, edit.old, edit.new, ()) for edit in page.edits
    ]
    return "".join(unified(mark + page.raw, changes, name, context)).encode()


def patch_name(path: Path, raw: Path) -> str:
    """The path from here, where the file lies below here; else from the raw folder."""
    name = os.path.relpath(path)
    if name.startswith(".."):
        name = path.name if raw.is_file() else os.path.relpath(path, raw)
    return Path(name).as_posix()


def stat_lines(batch: Batch) -> Iterator[str]:
    """Three tables: pages of which there is anything to tell, stages, rules."""
    edits = sum(batch.stages.values())

    def share(number: int) -> str:
        return f"{number / edits:.1%}" if edits else "–"

    heads = ("changes", "edits", "moved", "set aside", "by hand", "findings", "page")
    rows: list[tuple[str, ...]] = [
        (
            f"{page.changes:,}",
            f"{page.edits:,}",
            f"{page.moved:,}",
            f"{page.asides:,}",
            f"{page.hand:,}",
            f"{page.findings:,}",
            page.name,
        )
        for page in batch.pages
        if page.changes or page.moved or page.asides or page.hand or page.findings
    ]
    yield from table(heads, rows)
    yield ""
    stages = sorted(batch.stages.items(), key=lambda item: (-item[1], item[0]))
    yield from table(("edits", "share", "stage"), [(f"{n:,}", share(n), s) for s, n in stages])
    yield ""
    rules = sorted(
        ((name, count) for name, count in batch.rules.items() if count.edits or count.lines),
        key=lambda item: (-item[1].edits, -item[1].lines, item[0]),
    )
    yield from table(
        ("edits", "share", "set aside", "pages", "sure", "rule"),
        [
            (
                f"{count.edits:,}",
                share(count.edits),
                f"{count.lines:,}",
                f"{count.pages:,}",
                f"{count.mean:.2f}" if count.edits else "",
                name,
            )
            for name, count in rules
        ],
    )


def stat_json(batch: Batch) -> dict[str, Any]:
    """The same tables for programs."""
    return {
        "pages": [asdict(page) for page in batch.pages],
        "stages": dict(sorted(batch.stages.items())),
        "rules": {
            name: {
                "edits": count.edits,
                "set_aside": count.lines,
                "pages": count.pages,
                "confidence": round(count.mean, 4) if count.edits else None,
                "findings": count.findings,
            }
            for name, count in sorted(batch.rules.items())
        },
    }
