r"""Patterns: which engine runs one, what text it cannot match in, and when it is stopped.

`re` is far faster on Chinese character classes and cannot be stopped; `regex` can be stopped.
So `re` runs a pattern only where its way of matching is bounded by a number known beforehand,
and small enough for the text at hand; all others run under a clock. What all patterns take on one
page counts together, too. `\p{Han}` is written out, so that `re` understands it.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import lru_cache, partial
from time import monotonic
from typing import Any, NamedTuple, Protocol

from jiaokan.lazy_regex import cached_compile
from jiaokan.rulebook.pattern_analysis import Gate, gates, not_behind, tries, width
from jiaokan.rulebook.time_budget import LIMIT, Clock, clock, out_of_time

HAN = (
    "\u2e80-\u2e99\u2e9b-\u2ef3\u2f00-\u2fd5\u3005\u3007\u3021-\u3029\u3038-\u303b\u3400-\u4dbf"
    "\u4e00-\u9fff\uf900-\ufa6d\ufa70-\ufad9\U00016fe2-\U00016fe3\U00016ff0-\U00016ff6"
    "\U00020000-\U000323af"
)
"""`\\p{Han}` as the inside of a character class."""

_SAFE_IN_TEXT = 5_000
_SAFE_IN_LINE = 1_000_000
_SAFE_IN_ALL = 20_000_000
"""Tries on one text, from all its places: about a second."""
_ATTEMPT = 300
"""Characters that `regex` searches through in the time of one attempt at one place."""
FEW_TRIES = 10_000
"""Tries that need no clock."""


class Match(Protocol):
    """What `re` and `regex` matches have in common."""

    def start(self) -> int: ...
    def end(self) -> int: ...
    def span(self) -> tuple[int, int]: ...
    def group(self, name: str | int, /) -> str | None: ...
    def groupdict(self) -> dict[str, str | None]: ...


class Pattern(NamedTuple):
    """A pattern that is ready to run. On lines it is compiled when a line first may match."""

    source: tuple[str, str]
    """The pattern and its flags."""
    gates: tuple[Gate, ...]
    """A text without a word of each cannot match; empty: nothing is known."""
    tries: int
    """At most so many ways to match from one place of a text; 0 where that is not known."""
    width: tuple[int, int]
    """How many characters a match has, at least and at most; 0 and 0 where that is not known."""
    bounded: bool
    """Whether `re` may run it."""
    tried: bool = True
    """Whether `re` is known to understand it, if it may run it; else a line's first match tells."""
    behind: frozenset[str] = frozenset()
    """Characters after which no match can begin."""

    @property
    def engine(self) -> Any:
        """A compiled pattern of `re` or of `regex`. Raises ValueError."""
        return _engine(*self.source, self.bounded)[0]

    @property
    def timed(self) -> bool:
        """Whether it is one of `regex` and runs under a clock."""
        return not self.bounded or (not self.tried and _engine(*self.source, True)[1])

    @property
    def only_regex(self) -> bool:
        """Whether `re` does not understand the pattern."""
        return self.timed and not self.gates and not self.tries

    def find(
        self, text: str, rule: str, at: Collection[int] | None = None, limit: float = LIMIT
    ) -> Iterator[Match]:
        """The matches in text order; with `at`, matches can only begin at those places.

        Raises PageError where they take too long.
        """
        places = len(text) if at is None else len(at)
        if at is not None and not self.timed and places * self.tries <= FEW_TRIES:
            return _find_at(self.engine, text, sorted(at))
        return self._find(text, rule, at, limit, self.timed or self.tries * places > _SAFE_IN_ALL)

    def _find(
        self, text: str, rule: str, at: Collection[int] | None, limit: float, timed: bool
    ) -> Iterator[Match]:
        engine = _compiled_by_regex(*self.source) if timed and not self.timed else self.engine
        watch = clock()
        outer = watch.start(rule)
        try:
            if timed:
                turn = _Turn(rule, monotonic() + limit, watch)
                if at is None or len(at) * _ATTEMPT > len(text):
                    yield from turn.all(engine, text)
                else:
                    yield from turn.at(engine, text, at)
            elif at is not None:
                yield from _find_at(engine, text, sorted(at))
            else:
                yield from engine.finditer(text)
        finally:
            watch.stop(rule, outer)

    def whole(self, text: str, rule: str, limit: float = LIMIT) -> Match | None:
        """The match of the whole text. Raises PageError where it takes too long."""
        if not self.timed:
            match: Match | None = self.engine.fullmatch(text)
            return match
        watch = clock()
        outer = watch.start(rule)
        try:
            return _Turn(rule, monotonic() + limit, watch).within(
                lambda left: self.engine.fullmatch(text, timeout=left)
            )
        finally:
            watch.stop(rule, outer)


def _find_at(engine: Any, text: str, at: Sequence[int]) -> Iterator[Match]:
    last = 0
    for start in at:
        if last <= start <= len(text):
            found = engine.match(text, start)
            if found is not None:
                yield found
                last = max(found.end(), start + 1)


class _Turn(NamedTuple):
    """A pattern of `regex` on one text, under a clock."""

    rule: str
    deadline: float
    watch: Clock

    def at(self, engine: Any, text: str, places: Iterable[int]) -> Iterator[Match]:
        """The matches that begin at the places."""
        last = 0
        for start in sorted(places):
            if not last <= start <= len(text):
                continue
            found = self.within(partial(_match, engine, text, start))
            if found is not None:
                yield found
                last = max(found.end(), start + 1)

    def all(self, engine: Any, text: str) -> Iterator[Match]:
        """All matches."""
        at = 0
        while at <= len(text):
            found = self.within(partial(_search, engine, text, at))
            if found is None:
                return
            yield found
            at = found.end() if found.end() > found.start() else found.end() + 1

    def within(self, attempt: Callable[[float], Match | None]) -> Match | None:
        """An attempt that may last until the deadline, or until the page's time is used up.

        `regex` counts the CPU time of all threads: it may give up early, and is then asked again.
        """
        while True:
            left = min(self.deadline - monotonic(), self.watch.left())
            if left <= 0:
                raise out_of_time(self.rule)
            try:
                return attempt(left)
            except TimeoutError:
                continue


def _match(engine: Any, text: str, start: int, left: float) -> Match | None:
    found: Match | None = engine.match(text, start, timeout=left)
    return found


def _search(engine: Any, text: str, start: int, left: float) -> Match | None:
    found: Match | None = engine.search(text, start, timeout=left)
    return found


def compiled(pattern: str, flags: str = "", *, line: int = 0) -> Pattern:
    """The pattern, ready to run. `line`: it is only tried on lines of at most so many characters.

    Raises ValueError with what is wrong and, after it, where in the pattern (or None).
    """
    key = (pattern, flags, line)
    if key not in KNOWN:
        KNOWN[key] = _compiled(pattern, flags, line)
    return KNOWN[key]


KNOWN: dict[tuple[str, str, int], Pattern] = {}
"""What was found out about patterns: (pattern, flags, line) -> the pattern."""


def _compiled(pattern: str, flags: str, line: int) -> Pattern:
    source = f"(?{flags})" * bool(flags) + han_written_out(pattern)
    repeat, safe = (line, _SAFE_IN_LINE) if line else (_SAFE_IN_TEXT + 1, _SAFE_IN_TEXT)
    try:
        needed, ways, size = gates(source), tries(source, repeat), width(source)
        behind = not_behind(source)
    except (re.error, OverflowError, RecursionError):
        needed, ways, size, behind = (), 0, (0, 0), frozenset()
    bounded, later = 0 < ways <= safe, bool(line and ways)
    if not later:
        bounded = not _engine(pattern, flags, bounded)[1]
    ways = 1 if later else ways
    return Pattern((pattern, flags), needed, ways, size, bounded, not later, behind)


@lru_cache(maxsize=8192)
def _engine(pattern: str, flags: str, bounded: bool) -> tuple[Any, bool]:
    """The engine that runs a pattern, and whether it is one that can be stopped."""
    if bounded:
        with suppress(re.error, OverflowError, RecursionError):
            return cached_compile(f"(?{flags})" * bool(flags) + han_written_out(pattern)), False
    return _compiled_by_regex(pattern, flags), True


@lru_cache(maxsize=1024)
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
    if r"\p{Han}" not in pattern:
        return pattern
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
