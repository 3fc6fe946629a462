"""Faults in the content of a rule's entry whose form is at fault, too: all are told at once.

The keys at fault are left out, what must be there and is not gets a stand-in, and the content of
all other keys is checked as that of a whole rule is.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from jiaokan.rulebook.build import Fault, built
from jiaokan.rulebook.checks import faults
from jiaokan.rulebook.reader import Value

_STAND_INS: dict[str, Value] = {
    "id": "id",
    "reason": "reason",
    "pairs": {"甲": "乙"},
    "pattern": "甲",
    "replace": "乙",
    "phrase": "一切从渡口的实际出发",
    "word": "word",
    "candidates": ["甲"],
    "to": "simplified",
    "role": "byline",
}
"""What a rule of any kind may have to have, with nothing wrong in it."""
_TOGETHER = {"replace": "pattern", "phrase": "distance"}
"""Key -> the key without which nothing can be said of it."""


def other_faults(kind: str, entry: Mapping[str, Value], known: Sequence[Fault]) -> list[Fault]:
    """Faults of the content beside those of the form that are known."""
    rest: dict[str, Any] = dict(entry)
    out: set[str] = set()
    for fault in known:
        key = str(fault.path[0]) if fault.path else ""
        inside = rest.get(key)
        if key == "when" and isinstance(inside, dict) and len(fault.path) > 1:
            rest[key] = {name: one for name, one in inside.items() if name != fault.path[1]}
        else:
            rest.pop(key, None)
            out.add(key)
    for _ in _STAND_INS:
        found = built(kind, rest)
        if not isinstance(found, list):
            own = entry.keys() - out
            return [
                one
                for one in faults(found)
                if one.path and one.path[0] in own and _TOGETHER.get(str(one.path[0])) not in out
            ]
        missing = [name for name in _STAND_INS if name not in rest and _lacks(found, name)]
        if not missing:
            break
        rest |= {name: _STAND_INS[name] for name in missing}
    return []


def _lacks(found: Sequence[Fault], name: str) -> bool:
    return any(not one.path and repr(name) in one.what for one in found)
