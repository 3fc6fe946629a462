"""A rule as the YAML text of an entry.

Every text is written so that any YAML reader takes it for the same text: plain where nothing in
it could be misread, else in single quotes, else in double quotes with escapes.
"""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from jiaokan.rulebook.reader import Value

_PLAIN = re.compile(
    r"(?![-?:,\[\]{}#&*!|>'\"%@`=<~.+\s])[^\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff"
    r"\[\]{},:#'\"\\\t]{1,400}(?<!\s)"
)
_UNSEEN = re.compile(
    r"[\x00-\x1f\x7f-\xa0\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ufff0-\uffff]"
)
_NUMBER = re.compile(r"[0-9][0-9a-fA-FxXoO_.eE+:-]*")
"""What some YAML reader or other takes for a number or a time."""


_NUMBERS = ("distance", "margin", "longest")
"""Keys whose value is a number: the schema wants it without quotation marks."""


def lines_of(entry: Mapping[str, Value], step: int = 2) -> list[str]:
    """The entry's lines, the first one behind its dash, without the list's own indent.

    >>> print("\\n".join(lines_of({"id": "a", "pairs": {"no": "12: 30"}, "unchanged": ["诸侯"]})))
    - id: a
      pairs:
        'no': '12: 30'
      unchanged:
        - 诸侯
    """
    lines = list(_mapping(entry, step))
    dash = "-" + " " * (step - 1)
    return [f"{dash}{lines[0]}", *(" " * step + line for line in lines[1:])]


def _mapping(entry: Mapping[str, Value], step: int) -> Iterator[str]:
    for key, value in entry.items():
        if isinstance(value, str):
            yield f"{quoted(key)}: {value if key in _NUMBERS else quoted(value)}"
            continue
        yield f"{quoted(key)}:"
        if isinstance(value, dict):
            yield from (" " * step + line for line in _mapping(value, step))
            continue
        for item in value:
            own = lines_of(item, step) if isinstance(item, dict) else [f"- {quoted(str(item))}"]
            yield from (" " * step + line for line in own)


def quoted(text: str) -> str:
    r"""The text as a scalar.

    >>> quoted("天侯"), quoted("no"), quoted("a: b"), quoted("it's: so"), quoted("一\n二")
    ('天侯', "'no'", "'a: b'", "'it''s: so'", '"一\\n二"')
    """
    if _PLAIN.fullmatch(text) and _means_text(text):
        return text
    if _UNSEEN.search(text):
        escaped = json.dumps(text, ensure_ascii=False)
        return _UNSEEN.sub(lambda match: f"\\u{ord(match[0]):04x}", escaped)
    return "'" + text.replace("'", "''") + "'"


def _means_text(text: str) -> bool:
    """Whether every YAML reader takes the plain scalar for text (`no`, `null`, `on` are not)."""
    from yaml.nodes import ScalarNode

    if _NUMBER.fullmatch(text):
        return False
    return bool(_resolver().resolve(ScalarNode, text, (True, False)) == "tag:yaml.org,2002:str")


@cache
def _resolver() -> Any:
    from yaml.resolver import Resolver

    return Resolver()
