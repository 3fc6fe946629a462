"""What rules do, as hashes; comments, reasons, examples and file names leave them."""

from collections.abc import Iterable
from dataclasses import fields
from functools import cache
from hashlib import sha256

import orjson

from jiaokan.rulebook.rule import KINDS, Rule

_SILENT = ("reason", "examples", "unchanged")


def digest(rule: Rule) -> str:
    """SHA-256 over what one rule can do."""
    acting = {name: getattr(rule, name) for name in _acting(rule.kind)}
    try:
        data = orjson.dumps(acting, option=orjson.OPT_SORT_KEYS)
    except orjson.JSONEncodeError:  # a lone surrogate
        data = repr(acting).encode("utf-8", "surrogatepass")
    return sha256(data).hexdigest()


def fingerprint_of(digests: Iterable[str]) -> str:
    """SHA-256 over what rules do together; their digests come in order of precedence."""
    return sha256("\n".join(digests).encode()).hexdigest()


@cache
def _acting(kind: str) -> tuple[str, ...]:
    return tuple(field.name for field in fields(KINDS[kind]) if field.name not in _SILENT)
