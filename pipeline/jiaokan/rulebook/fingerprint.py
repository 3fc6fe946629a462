"""What rules do, as hashes; comments, reasons, examples and file names leave them."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from hashlib import sha256

from jiaokan.rulebook.rule import Rule

_SILENT = ("reason", "examples", "unchanged")


def digest(rule: Rule) -> str:
    """SHA-256 over what one rule can do."""
    fields = asdict(rule)
    for name in _SILENT:
        del fields[name]
    text = json.dumps(fields, ensure_ascii=False, sort_keys=True)
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def fingerprint_of(digests: Iterable[str]) -> str:
    """SHA-256 over what rules do together; their digests come in order of precedence."""
    return sha256("\n".join(digests).encode()).hexdigest()
