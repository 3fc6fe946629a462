"""The time that patterns may take: each on one text, and all together on one page.

Only the time inside of patterns counts, not what else a page needs. A page on which it is used up
is refused, and the error names the rule that used most of it: no rule is ever left out silently.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from time import monotonic

from jiaokan.errors import PageError

LIMIT = 2.0
"""Seconds that one pattern may take on one text."""

PAGE_LIMIT = 20.0
"""Seconds that all patterns together may take on one page."""

_HINT = "Make the pattern stricter (jiaokan rules lint), or switch the rule off."


@dataclass(slots=True)
class Clock:
    """What the patterns have taken so far."""

    limit: float
    """Seconds for all of them."""
    spent: dict[str, float] = field(default_factory=dict)
    """Seconds by rule, of those that have ended."""
    total: float = 0.0
    begun: float | None = None
    """When the pattern that runs now began."""

    def left(self) -> float:
        """Seconds that are left for all patterns."""
        now = monotonic() - self.begun if self.begun is not None else 0.0
        return self.limit - self.total - now

    def start(self, rule: str) -> float | None:
        """The rule's pattern begins; what `stop` wants. Raises PageError where no time is left."""
        if self.left() <= 0:
            raise out_of_time(max(self.spent, key=lambda name: self.spent[name], default=rule))
        outer, self.begun = self.begun, monotonic()
        return outer

    def stop(self, rule: str, outer: float | None) -> None:
        """The pattern has ended, or waits."""
        took = monotonic() - (self.begun or 0.0)
        self.begun = outer
        if outer is None:
            self.total += took
        self.spent[rule] = self.spent.get(rule, 0.0) + took


_CLOCK: ContextVar[Clock | None] = ContextVar("clock", default=None)


def clock() -> Clock:
    """The clock of the page at hand; where there is no page, one that never runs out."""
    return _CLOCK.get() or Clock(float("inf"))


@contextmanager
def page_clock(limit: float | None = None) -> Iterator[Clock]:
    """All patterns that run in here belong to one page."""
    one = Clock(PAGE_LIMIT if limit is None else limit)
    token = _CLOCK.set(one)
    try:
        yield one
    finally:
        _CLOCK.reset(token)


def out_of_time(rule: str) -> PageError:
    """What is raised where a page's or a pattern's time is used up."""
    return PageError(
        f"rule {rule!r} was stopped: its pattern takes too long on this page", hint=_HINT
    )
