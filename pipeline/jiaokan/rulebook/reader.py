"""YAML text -> mappings, lists and strings, with the place of each.

Rules need a small part of YAML, and a stranger's file is not to be trusted:

- every scalar is the text that stands there (`no`, `12:30`, `010` too);
- aliases, anchors and tags are refused, and so are duplicate keys, a second document, more
  than 64 levels, more than 200,000 keys and values, and more than 10 MB;
- the parser's events are read one after another and put together without recursion, so that
  depth cannot crash the interpreter.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from jiaokan.rulebook.problems import Problem, Problems

if TYPE_CHECKING:
    from yaml.error import Mark, MarkedYAMLError

DEEPEST = 64
LARGEST = 10_000_000
MOST_NODES = 200_000
"""Keys, values and collections of a file: half a second's reading."""

Value = str | list["Value"] | dict[str, "Value"]
Path = tuple[str | int, ...]


class Spot(NamedTuple):
    """A place in a file, both from 0."""

    line: int
    column: int


@dataclass(slots=True)
class Document:
    """What a file says, and where it says it."""

    value: Value
    spots: dict[Path, Spot] = field(default_factory=dict)
    """Where the value at a path begins."""
    keys: dict[Path, Spot] = field(default_factory=dict)
    """Where the key of the value at a path stands."""

    def spot(self, path: Path, *, key: bool = False) -> Spot:
        """Where the value (or its key) stands; that of the nearest parent where it is absent."""
        if key and path in self.keys:
            return self.keys[path]
        while path not in self.spots and path:
            path = path[:-1]
        return self.spots.get(path, Spot(0, 0))


def read(data: bytes, name: str) -> Document:
    """The document in a file's bytes. Raises Problems."""
    document, problems = read_on(data, name)
    problems.raise_any()
    return document


def read_on(data: bytes, name: str) -> tuple[Document, Problems]:
    """The document, and the keys in it that stand twice. Raises Problems where there is none."""
    text = _decoded(data, name)
    problems = Problems(name, text)
    from yaml.error import MarkedYAMLError, YAMLError

    builder = _Builder(problems)
    try:
        for event in _events(text):
            builder.take(event)
            if builder.stuck:
                break
    except MarkedYAMLError as error:
        problems.add(*_broken(error, text))
        builder.stuck = True
    except YAMLError as error:
        problems.add(_unreadable(error, text), "not YAML: a character that YAML does not allow")
        builder.stuck = True
    if builder.stuck:
        problems.raise_any()
    return builder.document(), problems


def _broken(error: "MarkedYAMLError", text: str) -> tuple[Spot, str]:
    """Where the text stops being YAML, and how; what is open at its end is told where it opens."""
    mark, opens = error.problem_mark or error.context_mark, error.context_mark
    what = f"{error.problem or error.context}"
    if "nesting depth" in what:  # libyaml has a limit of its own, and looks ahead
        return _spot(mark) if mark else Spot(0, 0), f"deeper than {DEEPEST} levels"
    if mark and opens and mark.line >= text.rstrip().count("\n") + 1:
        return _spot(opens), f"not YAML: what opens here does not end: {what}"
    return _spot(mark) if mark else Spot(0, 0), f"not YAML: {what}"


def _events(text: str) -> Iterator[Any]:
    import yaml

    # libyaml where PyYAML was built with it: ten times faster, the same events.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    yield from yaml.parse(text, Loader=loader)


def _decoded(data: bytes, name: str) -> str:
    if len(data) > LARGEST:
        raise Problems.single(
            name, f"larger than {LARGEST // 1_000_000} MB", "Put the rules into several files."
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig", "replace")
        problems = Problems(name, before)
        problems.add(_end(before), "not UTF-8", hint="Save the file as UTF-8.")
        raise problems.error() from None


def _unreadable(error: Exception, text: str) -> Spot:
    at = getattr(error, "position", 0)
    at = at if isinstance(at, int) else 0
    return _end(text[:at])


def _end(text: str) -> Spot:
    return Spot(text.count("\n"), len(text) - (text.rfind("\n") + 1))


@dataclass(slots=True)
class _Open:
    """A collection that has not ended yet."""

    value: dict[str, Value] | list[Value]
    path: Path
    key: str | None = None
    """In a mapping: the key that waits for its value."""


class _Builder:
    """Puts events together. `stuck` once going on would do harm."""

    def __init__(self, problems: Problems) -> None:
        self._problems = problems
        self._open: list[_Open] = []
        self._documents = 0
        self._nodes = 0
        self._result = Document("")
        self.stuck = False

    def document(self) -> Document:
        """What was read; an empty text where the file is empty."""
        return self._result

    def take(self, event: Any) -> None:
        """The next event."""
        kind = type(event).__name__
        self._nodes += 1
        if self._nodes > MOST_NODES:
            what = f"more than {MOST_NODES:,} keys and values"
            self._refuse(event, what, "Put the rules into several files.")
        elif getattr(event, "anchor", None) is not None:
            word = "alias" if kind == "AliasEvent" else "anchor"
            self._refuse(event, f"an {word} stands here; rules have none", "Write it out.")
        elif getattr(event, "tag", None) is not None:
            self._refuse(event, f"a tag stands here ({event.tag[:40]}); rules have none")
        elif kind == "DocumentStartEvent":
            self._documents += 1
            if self._documents > 1:
                self._refuse(event, "a second document starts here", "One file, one document.")
        elif kind == "ScalarEvent":
            self._scalar(event)
        elif kind in ("MappingStartEvent", "SequenceStartEvent"):
            self._collection(event, {} if kind == "MappingStartEvent" else [])
        elif kind in ("MappingEndEvent", "SequenceEndEvent"):
            self._open.pop()

    def _refuse(self, event: Any, what: str, hint: str = "") -> None:
        self._problems.add(_spot(event.start_mark), what, hint=hint)
        self.stuck = True

    def _scalar(self, event: Any) -> None:
        top = self._open[-1] if self._open else None
        if top is None or isinstance(top.value, list) or top.key is not None:
            self._put(event, event.value)
            return
        path = (*top.path, event.value)
        if path in self._result.keys:
            first = self._result.keys[path].line + 1
            self._problems.add(
                _spot(event.start_mark), f"key {event.value!r} stands twice; first in line {first}"
            )
            if self._problems.many:
                self._refuse(event, "too much is wrong; the rest was not read")
                return
        self._result.keys[path] = _spot(event.start_mark)
        top.key = event.value

    def _collection(self, event: Any, value: dict[str, Value] | list[Value]) -> None:
        top = self._open[-1] if self._open else None
        if top is not None and isinstance(top.value, dict) and top.key is None:
            self._refuse(event, "a key must be text")
            return
        if len(self._open) >= DEEPEST:
            self._refuse(event, f"deeper than {DEEPEST} levels")
            return
        path = self._put(event, value)
        self._open.append(_Open(value, path))

    def _put(self, event: Any, value: Value) -> Path:
        top = self._open[-1] if self._open else None
        if top is None:
            path: Path = ()
            self._result.value = value
        elif isinstance(top.value, list):
            path = (*top.path, len(top.value))
            top.value.append(value)
        else:
            key = top.key or ""
            path = (*top.path, key)
            top.value[key] = value
            top.key = None
        self._result.spots[path] = _spot(event.start_mark)
        return path


def _spot(mark: "Mark") -> Spot:
    return Spot(mark.line, mark.column)


__all__ = ["Document", "Path", "Problem", "Spot", "Value", "read"]
