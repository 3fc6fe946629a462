"""The numbers that were fitted on generated pages; `data/learned.json` says when and on what."""

import json
from functools import cache
from pathlib import Path
from typing import Any


@cache
def _file() -> dict[str, dict[str, Any]]:
    text = (Path(__file__).parent / "data" / "learned.json").read_text("utf-8")
    found: dict[str, dict[str, Any]] = json.loads(text)
    return found


def learned(part: str) -> dict[str, Any]:
    """One part of the fitted numbers: cuts, titles, weights, confidence."""
    return _file()[part]
