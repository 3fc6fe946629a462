"""What must stand around a place for a rule to act there: `before`, `after`, `place`.

All three look at the text as the rule's stage gets it. `before` and `after` see WINDOW characters
of the same line. A line's role is what rules of kind `drop` and `layout` know of it by its looks;
titles and bylines that only their place on the page tells are found later, by the stitcher, and
are `body` here.
"""

import re
from collections.abc import Callable, Sequence

from jiaokan.rulebook.regexes import Pattern, compiled
from jiaokan.rulebook.rule import Conditions, Rule

WINDOW = 40
"""Characters of a line that `before` and `after` see."""

_BLANK = re.compile(r"\s*")

Role = Callable[[str], str]
"""A whole line -> its role by its looks; empty: none."""


def right_before(pattern: str) -> Pattern:
    """The pattern, bound to the end of what stands before a place. Raises ValueError."""
    return compiled(rf"(?:{pattern})\Z", line=WINDOW)


def right_after(pattern: str) -> Pattern:
    """The pattern, bound to the beginning of what stands after a place. Raises ValueError."""
    return compiled(rf"\A(?:{pattern})", line=WINDOW)


class Surroundings:
    """The conditions of rules, compiled. Rules without any are not in it."""

    def __init__(self, rules: Sequence[Rule], role: Role) -> None:
        self._when = {
            rule.id: rule.when
            for rule in rules
            if isinstance(rule.when, Conditions)
            and (rule.when.before or rule.when.after or rule.when.place)
        }
        self._role = role
        self._sides: dict[str, tuple[Pattern | None, Pattern | None]] = {}

    def hold(self, rule: str, text: str, start: int, end: int) -> bool:
        """Whether the rule may act on text[start:end]. Raises PageError where it takes too long."""
        when = self._when.get(rule)
        if when is None:
            return True
        before, after = self._patterns(rule, when)
        if before is not None:
            left = text[max(0, start - WINDOW) : start].rpartition("\n")[2]
            if not _found(before, left, rule):
                return False
        if after is not None:
            right = text[end : end + WINDOW].partition("\n")[0]
            if not _found(after, right, rule):
                return False
        return not when.place or self._stands(when.place, text, start, end)

    def _patterns(self, rule: str, when: Conditions) -> tuple[Pattern | None, Pattern | None]:
        if rule not in self._sides:
            self._sides[rule] = (
                right_before(when.before) if when.before else None,
                right_after(when.after) if when.after else None,
            )
        return self._sides[rule]

    def _stands(self, places: Sequence[str], text: str, start: int, end: int) -> bool:
        """Whether a match is at one of the places; its line is the one in which it begins."""
        first = text.rfind("\n", 0, start) + 1
        stop = text.find("\n", start)
        last = text.find("\n", max(start, end))
        stop, last = (len(text) if at < 0 else at for at in (stop, last))
        tests: dict[str, Callable[[], bool]] = {
            "line-start": lambda: _blank_until(text, first) >= start,
            "line-end": lambda: _blank_until(text, end) >= last,
            "first-line": lambda: _blank_until(text, 0) >= first,
            "last-line": lambda: _blank_until(text, last) == len(text),
        }
        if any(tests[place]() for place in places if place in tests):
            return True
        roles = [place for place in places if place not in tests]
        return bool(roles) and (self._role(text[first:stop]) or "body") in roles


def _blank_until(text: str, at: int) -> int:
    found = _BLANK.match(text, at)
    return found.end() if found else at


def _found(pattern: Pattern, text: str, rule: str) -> bool:
    return any(True for _ in pattern.find(text, rule))
