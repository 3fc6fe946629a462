"""Named word lists: `{{surname}}` in a pattern stands for any word of the file's list `surname`."""

import re
from collections.abc import Mapping

from jiaokan.rulebook.problems import nearest
from jiaokan.rulebook.reader import Path, Value

Lists = dict[str, str]
"""Name -> the pattern of its words."""

LONGEST = 100_000
"""Characters of a pattern, its lists written out."""

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


class ListError(ValueError):
    """A pattern names a list that is not there, or grows too long with its words."""

    def __init__(self, what: str, path: Path) -> None:
        super().__init__(what)
        self.path = path


def spelt_out(entry: Mapping[str, Value], lists: Lists) -> dict[str, Value]:
    """The entry with each list's pattern in the place of its name. Raises ListError.

    >>> spelt_out({"pattern": "{{a}}市"}, {"a": "[江河]"})
    {'pattern': '[江河]市'}
    """
    out = dict(entry)
    when = out.get("when")
    if isinstance(when, dict):
        out["when"] = {
            key: _spelt(value, lists, ("when", key)) if key in ("before", "after") else value
            for key, value in when.items()
        }
    if "pattern" in out:
        out["pattern"] = _spelt(out["pattern"], lists, ("pattern",))
    return out


def written_out(entry: Mapping[str, Value], lists: Lists) -> int:
    """How many characters an entry's patterns have with their lists written out.

    >>> written_out({"pattern": "{{a}}市", "when": {"before": "在"}}, {"a": "[江河]"})
    11
    """
    when = entry.get("when")
    beside = [when.get(key) for key in ("before", "after")] if isinstance(when, dict) else []
    size = 0
    for pattern in (entry.get("pattern"), *beside):
        if isinstance(pattern, str):
            size += len(pattern) + sum(len(lists.get(name, "")) for name in _NAME.findall(pattern))
    return size


def _spelt(pattern: Value, lists: Lists, path: Path) -> Value:
    if not isinstance(pattern, str) or "{{" not in pattern:
        return pattern
    names = _NAME.findall(pattern)
    for name in names:
        if name not in lists:
            raise ListError(f"there is no list {name!r} under 'words'{nearest(name, lists)}", path)
    if len(pattern) + sum(len(lists[name]) for name in names) > LONGEST:
        raise ListError(f"with its lists the pattern has more than {LONGEST:,} characters", path)
    return _NAME.sub(lambda match: lists[match[1]], pattern)
