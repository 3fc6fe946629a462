"""The status file of a part: written last, beside its rows. A part without one is not done."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass

import orjson

from jiaokan.formats.strict_json import Shape


@dataclass(frozen=True, slots=True)
class Done:
    """Counts of a part, and which of its pages failed."""

    key: str
    pages: int = 0
    characters: int = 0
    articles: int = 0
    changes: int = 0
    seams: int = 0
    findings: int = 0
    size: int = 0
    """Bytes of text."""
    failures: tuple[str, ...] = ()
    """What to tell of each page that failed."""
    rules: tuple[tuple[str, int], ...] = ()
    """(rule, edits), by name."""


def total(parts: Iterable[Done]) -> Done:
    """The counts of all parts together, without what failed."""
    counts = dict.fromkeys(_COUNTS, 0)
    rules: dict[str, int] = {}
    for part in parts:
        for name in _COUNTS:
            counts[name] += getattr(part, name)
        for rule, edits in part.rules:
            rules[rule] = rules.get(rule, 0) + edits
    return Done("", failures=(), rules=tuple(sorted(rules.items())), **counts)


_COUNTS = ("pages", "characters", "articles", "changes", "seams", "findings", "size")


def write_done(done: Done) -> bytes:
    """The file's bytes."""
    return orjson.dumps(as_tree(done), option=orjson.OPT_APPEND_NEWLINE)


def as_tree(done: Done) -> dict[str, object]:
    """As JSON has it."""
    return asdict(done) | {"rules": dict(done.rules)}


def read_done(data: bytes, where: str) -> Done:
    """What the file holds. Raises LedgerError where it is not as a run writes it."""
    shape = Shape(where)
    return done_of(shape.parse(data), where)


def done_of(value: object, where: str) -> Done:
    """What a JSON object says of a part. Raises LedgerError."""
    shape = Shape(where)
    tree = shape.table(value, "it", ("key", *_COUNTS, "failures", "rules"))
    counts = {name: shape.whole(tree[name], name) for name in _COUNTS}
    rules = shape.table(tree["rules"], "rules")
    return Done(
        shape.text(tree["key"], "key"),
        failures=shape.texts(tree["failures"], "failures"),
        rules=tuple((name, shape.whole(value, "edits")) for name, value in rules.items()),
        **counts,
    )
