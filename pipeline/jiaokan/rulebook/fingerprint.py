"""What a set of rules does, as one hash; comments, reasons, examples and file names leave it."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from hashlib import sha256

from jiaokan.rulebook.rule import Rule

_SILENT = ("reason", "examples", "unchanged")


def fingerprint(rules: Iterable[tuple[int, Rule]]) -> str:
    """SHA-256 over what can act. `rules` come in order of precedence, each with its pack."""
    acting = []
    for _, rule in rules:
        fields = asdict(rule)
        for name in _SILENT:
            del fields[name]
        acting.append(fields)
    text = json.dumps(acting, ensure_ascii=False, sort_keys=True)
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
