r"""Patterns: which engine runs one, what text it cannot match in, and when it is stopped.

`re` is far faster on Chinese character classes and cannot be stopped; `regex` can be stopped.
So `re` runs a pattern only where its way of matching is bounded by a number known beforehand;
all others run under a clock. `\p{Han}` is written out, so that `re` understands it.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from time import monotonic
from typing import Any, Protocol

from jiaokan.errors import PageError
from jiaokan.rulebook.shape import Gate, gates, tries

LIMIT = 2.0
"""Seconds that one pattern may take on one text."""

HAN = (
    "\u2e80-\u2e99\u2e9b-\u2ef3\u2f00-\u2fd5\u3005\u3007\u3021-\u3029\u3038-\u303b\u3400-\u4dbf"
    "\u4e00-\u9fff\uf900-\ufa6d\ufa70-\ufad9\U00016fe2-\U00016fe3\U00016ff0-\U00016ff6"
    "\U00020000-\U000323af"
)
"""`\\p{Han}` as the inside of a character class."""

_SAFE_IN_TEXT = 5_000
_SAFE_IN_LINE = 1_000_000
_REFERENCE = re.compile(r"\\(?:g<([^>]*)>|(.?))", re.DOTALL)


class Match(Protocol):
    """What `re` and `regex` matches have in common."""

    def start(self) -> int: ...
    def end(self) -> int: ...
    def group(self, name: str | int, /) -> str | None: ...
    def groupdict(self) -> dict[str, str | None]: ...


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled pattern."""

    engine: Any
    """A compiled pattern of `re` or of `regex`."""
    timed: bool
    """Whether it is one of `regex` and runs under a clock."""
    gates: tuple[Gate, ...]
    """A text without a word of each cannot match; empty: nothing is known."""

    def may_match(self, text: str) -> bool:
        """Whether a short text holds a word of every gate."""
        return all(any(word in text for word in gate.words) for gate in self.gates)

    def find(
        self, text: str, rule: str, at: Iterable[int] | None = None, limit: float = LIMIT
    ) -> Iterator[Match]:
        """The matches in text order; with `at`, matches can only begin at those places.

        Raises PageError where they take too long.
        """
        if at is not None:
            yield from self._find_at(text, rule, at, limit)
        elif self.timed:
            yield from self._find_timed(text, rule, limit)
        else:
            yield from self.engine.finditer(text)

    def _find_at(self, text: str, rule: str, at: Iterable[int], limit: float) -> Iterator[Match]:
        last, deadline = 0, monotonic() + limit
        for start in sorted(at):
            if not last <= start <= len(text):
                continue
            if self.timed:
                found = _within(deadline, rule, _match(self.engine, text, start))
            else:
                found = self.engine.match(text, start)
            if found is not None:
                yield found
                last = max(found.end(), start + 1)

    def _find_timed(self, text: str, rule: str, limit: float) -> Iterator[Match]:
        deadline = monotonic() + limit
        at = 0
        while at <= len(text):
            found = _within(deadline, rule, _search(self.engine, text, at))
            if found is None:
                return
            yield found
            at = found.end() if found.end() > found.start() else found.end() + 1

    def whole(self, text: str, rule: str, limit: float = LIMIT) -> Match | None:
        """The match of the whole text. Raises PageError where it takes too long."""
        if not self.timed:
            match: Match | None = self.engine.fullmatch(text)
            return match
        return _within(monotonic() + limit, rule, _fullmatch(self.engine, text))


def _search(engine: Any, text: str, at: int) -> Callable[[float], Match | None]:
    return lambda left: engine.search(text, at, timeout=left)


def _match(engine: Any, text: str, at: int) -> Callable[[float], Match | None]:
    return lambda left: engine.match(text, at, timeout=left)


def _fullmatch(engine: Any, text: str) -> Callable[[float], Match | None]:
    return lambda left: engine.fullmatch(text, timeout=left)


def _within(deadline: float, rule: str, attempt: Callable[[float], Match | None]) -> Match | None:
    """An attempt that may last until the deadline.

    `regex` counts the CPU time of all threads: it may give up early, and is then asked again.
    """
    while True:
        left = deadline - monotonic()
        if left <= 0:
            raise PageError(
                f"rule {rule!r} was stopped: its pattern takes too long on this page",
                hint="Make the pattern stricter, or switch the rule off.",
            )
        try:
            return attempt(left)
        except TimeoutError:
            continue


def compiled(pattern: str, flags: str = "", *, line: int = 0) -> Pattern:
    """The pattern, ready to run. `line`: it is only tried on lines of at most so many characters.

    Raises ValueError with what is wrong and, after it, where in the pattern (or None).
    """
    return _compiled(pattern, flags, line)


@lru_cache(maxsize=4096)
def _compiled(pattern: str, flags: str, line: int) -> Pattern:
    source = f"(?{flags})" * bool(flags) + han_written_out(pattern)
    repeat, safe = (line, _SAFE_IN_LINE) if line else (_SAFE_IN_TEXT + 1, _SAFE_IN_TEXT)
    try:
        engine = re.compile(source)
    except (re.error, OverflowError, RecursionError):
        return Pattern(_compiled_by_regex(pattern, flags), True, ())
    needed = gates(source)
    if tries(source, repeat) <= safe:
        return Pattern(engine, False, needed)
    return Pattern(_compiled_by_regex(pattern, flags), True, needed)


def _compiled_by_regex(pattern: str, flags: str) -> Any:
    import regex

    try:
        return regex.compile(f"(?{flags})" * bool(flags) + pattern)
    except (regex.error, OverflowError, RecursionError, ValueError) as error:
        at = getattr(error, "pos", None)
        raise ValueError(getattr(error, "msg", str(error)), at) from None


def han_written_out(pattern: str) -> str:
    r"""`\p{Han}` as ranges of characters.

    >>> han_written_out(r"\p{Han}{2}[·\p{Han}]") == f"[{HAN}]{{2}}[·{HAN}]"
    True
    """
    parts: list[str] = []
    at, inside = 0, False
    while at < len(pattern):
        char = pattern[at]
        if pattern.startswith(r"\p{Han}", at):
            parts.append(HAN if inside else f"[{HAN}]")
            at += 7
            continue
        if char == "\\":
            parts.append(pattern[at : at + 2])
            at += 2
            continue
        if char == "[" and not inside:
            inside = True
            length = len(re.match(r"\[\^?\]?", pattern[at:]).group())  # type: ignore[union-attr]
            parts.append(pattern[at : at + length])
            at += length
            continue
        if char == "]":
            inside = False
        parts.append(char)
        at += 1
    return "".join(parts)


@dataclass(frozen=True, slots=True)
class Template:
    """A replacement: texts and, between them, groups of the match."""

    parts: tuple[tuple[str, str | int | None], ...]
    """(text, group that follows it)."""

    def filled(self, match: Match) -> str:
        """The replacement for a match; a group that took no part is empty."""
        return "".join(
            text if group is None else text + (match.group(group) or "")
            for text, group in self.parts
        )


def template(replace: str, groups: Mapping[str, int], count: int) -> Template:
    r"""The template of a `replace` key. Raises ValueError.

    >>> template(r"\g<a>。", {"a": 1}, 1).parts
    (('', 'a'), ('。', None))
    """
    parts: list[tuple[str, str | int | None]] = []
    text, last = "", 0
    for found in _REFERENCE.finditer(replace):
        text += replace[last : found.start()]
        last = found.end()
        name, escaped = found.groups()
        if name is None:
            if escaped not in ("\\", "n", "t"):
                raise ValueError(f"\\{escaped} is no group; write \\g<name>, and \\\\ for \\")
            text += {"n": "\n", "t": "\t"}.get(escaped, escaped)
            continue
        group = int(name) if name.isdecimal() else name
        if group not in groups and not (isinstance(group, int) and group <= count):
            raise ValueError(f"the pattern has no group {name!r}")
        parts.append((text, group))
        text = ""
    parts.append((text + replace[last:], None))
    return Template(tuple(parts))
