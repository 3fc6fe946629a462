"""What rules do, as hashes; comments, reasons, examples and file names leave them."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from hashlib import sha256
from typing import Any

from jiaokan.rulebook.rule import Rule

_SILENT = ("reason", "examples", "unchanged")


def digest(rule: Rule) -> str:
    """SHA-256 over what one rule can do."""
    acting = {name: _tree(value) for name, value in _items(rule) if name not in _SILENT}
    text = json.dumps(acting, ensure_ascii=False, sort_keys=True)
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def fingerprint_of(digests: Iterable[str]) -> str:
    """SHA-256 over what rules do together; their digests come in order of precedence."""
    return sha256("\n".join(digests).encode()).hexdigest()


def _tree(value: Any) -> Any:
    """The value for JSON; `dataclasses.asdict` would copy every text."""
    if is_dataclass(value):
        return {name: _tree(item) for name, item in _items(value)}
    return [_tree(item) for item in value] if isinstance(value, tuple) else value


def _items(value: Any) -> Iterator[tuple[str, Any]]:
    return ((name, getattr(value, name)) for name in _names(type(value)))  # type: ignore[arg-type]


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))
