"""Named word lists: `{{surname}}` in a pattern stands for any word of the file's list `surname`."""

import re
from collections.abc import Mapping

from jiaokan.rulebook.reader import Value

Lists = dict[str, str]
"""Name -> the pattern of its words."""

_NAME = re.compile(r"\{\{([a-z][a-z0-9_-]*)\}\}")


def lists_of(value: Value) -> Lists:
    """The patterns of a file's `words`. Raises ValueError.

    >>> lists_of({"surname": "欧阳 张 王"})
    {'surname': '(?:欧阳|[张王])'}
    """
    if not isinstance(value, dict):
        raise ValueError("a mapping of names to words must stand here")
    lists: Lists = {}
    for name, words in value.items():
        every = words.split() if isinstance(words, str) else words
        if not isinstance(every, list) or not all(isinstance(w, str) and w for w in every):
            raise ValueError(f"{name!r} must be words with blanks between them, or a list")
        lists[name] = _pattern([word for word in every if isinstance(word, str)])
    return lists


def _pattern(words: list[str]) -> str:
    singles = "".join(dict.fromkeys(word for word in words if len(word) == 1))
    longer = sorted({word for word in words if len(word) > 1}, key=lambda w: (-len(w), w))
    parts = [re.escape(word) for word in longer]
    if singles:
        parts.append(f"[{re.escape(singles)}]")
    return f"(?:{'|'.join(parts)})"


def spelt_out(entry: Mapping[str, Value], lists: Lists) -> dict[str, Value]:
    """The entry with each list's pattern in the place of its name."""
    pattern = entry.get("pattern")
    if not lists or not isinstance(pattern, str):
        return dict(entry)
    return {**entry, "pattern": _NAME.sub(lambda m: lists.get(m[1], m[0]), pattern)}
