"""What a set of rules does, as one hash; comments, reasons, examples and file names leave it."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from hashlib import sha256
from typing import Any

from jiaokan.rulebook.rule import Rule

_SILENT = ("reason", "examples", "unchanged")


def fingerprint(rules: Iterable[tuple[int, Rule]]) -> str:
    """SHA-256 over what can act. `rules` come in order of precedence, each with its pack."""
    acting = []
    for _, rule in rules:
        acting.append({name: _tree(value) for name, value in _items(rule) if name not in _SILENT})
    text = json.dumps(acting, ensure_ascii=False, sort_keys=True)
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _tree(value: Any) -> Any:
    """The value for JSON; `dataclasses.asdict` would copy every text."""
    if isinstance(value, str):
        return value
    if is_dataclass(value):
        return {name: _tree(item) for name, item in _items(value)}
    if isinstance(value, tuple):
        return [_tree(item) for item in value]
    return value


def _items(value: Any) -> Iterator[tuple[str, Any]]:
    return ((name, getattr(value, name)) for name in _names(type(value)))  # type: ignore[arg-type]


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))
