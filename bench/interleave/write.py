"""Pages as files: raw/<stem>.txt, gold/<stem>.json as `score.py` reads it, truth/<stem>.json."""

import json
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any

from bench.interleave.model import GeneratedPage


def write_pages(pages: Iterable[GeneratedPage], out: Path) -> int:
    """Writes the pages and returns how many they were."""
    for name in ("raw", "gold", "truth"):
        (out / name).mkdir(parents=True, exist_ok=True)
    count = 0
    for page in pages:
        _write(out / "raw" / f"{page.stem}.txt", page.raw)
        _write(out / "gold" / f"{page.stem}.json", _json(gold(page), indent=1))
        _write(out / "truth" / f"{page.stem}.json", _json(truth(page)))
        count += 1
    return count


def gold(page: GeneratedPage) -> dict[str, Any]:
    """What a perfect run makes of the page."""
    return {"articles": [a.gold() for a in page.articles], "furniture": list(page.furniture)}


def truth(page: GeneratedPage) -> dict[str, Any]:
    """Where everything stands; `fragments`, `parts` and `gold` go together, one a fragment.

    `fragments` holds [raw start, raw end, article or -1, kind]; `gold` the body's [start, end] or
    null; `cuts` the breaks between neighbours on the page; `glued` the raw offsets of the cuts
    inside a line at which two bodies meet without a mark.
    """
    fragments = page.fragments
    return {
        "fragments": [[f.start, f.end, f.article, f.kind] for f in fragments],
        "parts": [f.part for f in fragments],
        "gold": [[f.gold_start, f.gold_end] if f.kind == "body" else None for f in fragments],
        "seams": [
            {
                "left": s.left,
                "right": s.right,
                "article": s.article,
                "kind": s.kind,
                "right_kind": s.right_kind,
                "doubled": s.doubled,
                "lost": s.lost,
                "paragraph": s.paragraph,
            }
            for s in page.seams
        ],
        "cuts": [{"left": c.left, "right": c.right, "kind": c.kind} for c in page.cuts],
        "glued": [
            c.left
            for (a, b), c in zip(pairwise(fragments), page.cuts, strict=True)
            if c.kind == "glued" and a.kind == b.kind == "body"
        ],
        "origins": list(page.origins),
    }


def _write(path: Path, text: str) -> None:
    path.write_bytes(text.encode("utf-8"))


def _json(data: dict[str, Any], indent: int | None = None) -> str:
    return json.dumps(data, ensure_ascii=False, indent=indent) + "\n"
