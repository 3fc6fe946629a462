"""A new entry put into a rule file's bytes; every other byte stays.

It goes behind the last rule of the list, with the file's own indent, line ends and blank lines
between rules. Comments behind the last rule stay in front of the new one, those of a key that
follows the list stay with that key. Refused: a list in brackets, and what is no list.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NoReturn

from jiaokan.curation.add_text import lines_of
from jiaokan.errors import RuleError
from jiaokan.rulebook.problems import Problems
from jiaokan.rulebook.reader import Value, read

_BOM = b"\xef\xbb\xbf"
_HINT = "Write the list in lines of their own, each rule behind a dash: - id: …"
_BREAK = re.compile("\r\n|\r|\n")
_COMMENT = re.compile(r"([ \t]*)#")


@dataclass(slots=True)
class _List:
    """The list of rules as it stands in the text. Places count in characters, -1 is nowhere."""

    column: int = -1
    """Of its dashes."""
    items: list[tuple[int, int]] = field(default_factory=list)
    """Where each item begins, and where the last thing in it ends."""
    keys: int = -1
    """The column of the keys in its first item."""
    holder: int = -1
    """Where the key `rules` ends that has nothing behind it."""
    behind: int = -1
    """Where the next thing behind the list begins."""
    mapping: bool = False
    """Whether the file is a mapping."""


def with_entry(data: bytes, entry: Mapping[str, Value], name: str) -> tuple[bytes, int]:
    """The file's bytes with the entry, and the line in which it begins. Raises RuleError."""
    before = read(data, name).value
    bom, body = (_BOM, data[3:]) if data.startswith(_BOM) else (b"", data)
    text = body.decode("utf-8")
    found = _found(text, name)
    at, indent, parted = _place(text, found)
    broken = _BREAK.search(text)
    end = broken[0] if broken else "\n"
    lead = end if text[:at] and text[at - 1] not in "\r\n" else ""
    if parted and _BREAK.sub("\n", text[:at])[-2:] != "\n\n":
        lead += end
    if found.mapping and found.column < 0 and found.holder < 0:
        lead += f"rules:{end}"
    step = max(2, found.keys - found.column) if found.column >= 0 else 2
    lines = [" " * indent + line for line in lines_of(entry, step)]
    made = text[:at] + lead + "".join(f"{line}{end}" for line in lines) + text[at:]
    result = bom + made.encode("utf-8")
    _prove(result, before, entry, name)
    return result, len(_BREAK.findall(text[:at] + lead)) + 1


def _place(text: str, found: _List) -> tuple[int, int, bool]:
    """Where the entry goes, its indent, and whether a blank line stands before it."""
    if found.column < 0:
        at = _next_line(text, found.holder) if found.holder >= 0 else found.behind
        return (at if at >= 0 else len(text)), (2 if found.mapping else 0), False
    indent = found.column
    last = _next_line(text, found.items[-1][1])
    parted = _parted(text, found)
    if found.behind < 0:
        return len(text), indent, parted
    if not found.mapping:
        return found.behind, indent, parted
    at = last
    while last < found.behind:
        line_end = _next_line(text, last)
        comment = _COMMENT.match(text, last)
        if comment and len(comment[1]) >= max(indent, 1):
            at = line_end
        elif text[last:line_end].strip():
            break
        last = line_end
    return at, indent, parted


def _parted(text: str, found: _List) -> bool:
    """Whether the file has blank lines between its rules."""
    several = len(found.items) > 1
    gap = text[found.items[-2][1] : found.items[-1][0]] if several else text
    return re.search(r"\n[ \t]*\n", _BREAK.sub("\n", gap)) is not None


def _next_line(text: str, at: int) -> int:
    match = _BREAK.search(text, at)
    return match.end() if match else len(text)


def _found(text: str, name: str) -> _List:
    """The list of rules. Raises RuleError where the file has another shape."""
    found = _List()
    depth = 0
    wanted = 0  # the depth inside the list
    key: str | None = None  # of the file's mapping, while its value is waited for
    for event in _events(text):
        kind = type(event).__name__
        start, end = event.start_mark.index, event.end_mark.index
        if kind.endswith("EndEvent") and kind not in ("DocumentEndEvent", "StreamEndEvent"):
            depth -= 1
            if start < end and 0 < wanted <= depth:  # a bracket
                found.items[-1] = found.items[-1][0], end
            if depth < wanted:
                wanted = -1
            continue
        opens = kind in ("MappingStartEvent", "SequenceStartEvent")
        if kind == "DocumentEndEvent":
            if event.explicit and found.behind < 0:
                found.behind = start
        elif not (opens or kind == "ScalarEvent"):
            continue
        elif depth == 0:
            _root(event, kind, found, text, name)
            wanted = 1 if kind == "SequenceStartEvent" else 0
        elif wanted > 0:
            if depth == wanted:
                found.items.append((start, end))
                if opens and len(found.items) == 1 and not event.flow_style:
                    found.keys = event.start_mark.column
            _stretch(found, event, kind, text)
        elif found.mapping and depth == 1:
            if key is None:
                key = event.value
                if wanted < 0 and found.behind < 0:
                    found.behind = start
                if key == "rules":
                    found.holder = end
            else:
                if key == "rules":
                    wanted = _value(event, kind, found, text, name)
                key = None
        depth += opens
    return found


def _root(event: Any, kind: str, found: _List, text: str, name: str) -> None:
    """The file is a list, or a mapping, in lines of their own."""
    if kind == "ScalarEvent":
        if event.value:
            _refuse(event, text, name, "there is no list of rules in this file")
    elif event.flow_style:
        _refuse(event, text, name, "the file is written in brackets; nothing can be added to it")
    elif kind == "MappingStartEvent":
        found.mapping = True
    else:
        found.column = event.start_mark.column


def _value(event: Any, kind: str, found: _List, text: str, name: str) -> int:
    """What stands behind `rules:`; the depth inside of it, 0 where it is nothing."""
    if kind == "SequenceStartEvent" and not event.flow_style:
        found.column = event.start_mark.column
        found.holder = -1
        return 2
    if kind == "ScalarEvent" and not event.value and not event.style:
        return 0
    what = "is a list in brackets" if kind == "SequenceStartEvent" else "is no list"
    _refuse(event, text, name, f"what stands under 'rules' {what}; nothing can be added to it")


def _stretch(found: _List, event: Any, kind: str, text: str) -> None:
    """The last item reaches up to here; a text in lines of its own has blank ones behind it."""
    start, end = event.start_mark.index, event.end_mark.index
    if kind == "ScalarEvent":
        if event.style in ("|", ">"):
            end = start + len(text[start:end].rstrip())
        found.items[-1] = found.items[-1][0], max(end, found.items[-1][1])


def _events(text: str) -> Iterator[Any]:
    import yaml

    yield from yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def _refuse(event: Any, text: str, name: str, what: str) -> NoReturn:
    problems = Problems(name, text)
    problems.add((event.start_mark.line, event.start_mark.column), what, hint=_HINT)
    raise problems.error()


def _prove(result: bytes, before: Value, entry: Mapping[str, Value], name: str) -> None:
    """Everything reads as before, and the entry stands at the list's end. Raises RuleError."""
    expected: Value
    if isinstance(before, dict):
        old = before.get("rules") or []
        expected = {**before, "rules": [*(old if isinstance(old, list) else []), dict(entry)]}
    else:
        expected = [*(before if isinstance(before, list) else []), dict(entry)]
    try:
        fits = read(result, name).value == expected
    except RuleError:
        fits = False
    if not fits:
        raise RuleError(
            "the file is written so that nothing can be added to it without touching the rest",
            where=name,
            hint="put the entry in by hand (--dry-run prints it), or name another --file",
        )
