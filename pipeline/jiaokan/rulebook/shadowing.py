"""Which rules another one always hides: it wants the same place and comes first, or holds it."""

from collections.abc import Iterator

from jiaokan.rulebook.example_checks import alone
from jiaokan.rulebook.match import trimmed
from jiaokan.rulebook.packs import Survey
from jiaokan.rulebook.rule import (
    DropRule,
    LayoutRule,
    LeakRule,
    LiteralRule,
    PatternRule,
    PhraseRule,
    ProtectRule,
    Rule,
    ScriptRule,
)

_Path = tuple[str | int, ...]
_Hidden = tuple[_Path, str, str]
"""Where in the entry, what to say of it, id of the rule that hides it."""


class Hiding:
    """Looks up what each rule wants, to find those that want the same."""

    def __init__(self, survey: Survey) -> None:
        self._survey = survey
        self._wants: dict[tuple[object, ...], list[Rule]] = {}
        rules = survey.book().rules
        self._rank = {rule.id: rank for rank, rule in enumerate(rules)}
        self._protect = [rule for rule in rules if isinstance(rule, ProtectRule) and rule.words]
        for rule in rules:
            for want, _ in _wants(rule):
                self._wants.setdefault(want, []).append(rule)

    def of(self, rule: Rule) -> Iterator[_Hidden]:
        """What of a rule is always hidden; one entry for all of it where nothing is left."""
        wants = list(_wants(rule))
        hidden: list[tuple[_Path, Rule]] = []
        for want, path in wants:
            other = self._first(rule, want) or self._holder(rule, path)
            if other is not None:
                hidden.append((path, other))
        others = {other.id for _, other in hidden}
        if hidden and len(hidden) == len(wants) and len(others) == 1:
            (other_id,) = others
            yield ("id",), f"{self._told(other_id)} always hides it", other_id
            return
        for path, other in hidden:
            yield path, f"{self._told(other.id)} always hides {path[-1]!r}", other.id

    def _told(self, rule: str) -> str:
        return f"{rule} ({self._survey.rules[rule].where('id')})"

    def _first(self, rule: Rule, want: tuple[object, ...]) -> Rule | None:
        """A rule that wants the same, comes first, and is in force wherever this one is."""
        for other in self._wants[want]:
            if self._rank[other.id] >= self._rank[rule.id]:
                return None
            if other.when in (rule.when, type(other.when)()) and _covers(other, rule):
                return other
        return None

    def _holder(self, rule: Rule, path: _Path) -> Rule | None:
        """A protect rule that holds what a pair would change."""
        if not isinstance(rule, LiteralRule):
            return None
        wrong = str(path[-1])
        near = [one for one in self._protect if any(word in wrong for word in one.words)]
        if not near:
            return None
        edit = trimmed(wrong, 0, rule.pairs[wrong], rule.id)
        for other in near:
            if other.when == type(other.when)() and alone(other).protected(wrong).touches(
                edit.start, edit.end
            ):
                return other
        return None


def _covers(other: Rule, rule: Rule) -> bool:
    """Whether the other reaches as far, both wanting the same."""
    if isinstance(other, PhraseRule) and isinstance(rule, PhraseRule):
        return other.distance >= rule.distance and set(other.unless) <= set(rule.unless)
    if isinstance(other, DropRule | LayoutRule) and isinstance(rule, DropRule | LayoutRule):
        everywhere = not other.place.above and not other.place.below
        reaches = other.longest >= rule.longest and getattr(other, "alone", "yes") == "yes"
        return reaches and (everywhere or other.place == rule.place)
    if isinstance(other, LeakRule) and all(
        one.when != type(one.when)() for one in other.candidates
    ):
        return False  # where none of its candidates may stand, the next rule is asked
    if getattr(other, "margin", 0.0) > getattr(rule, "margin", 0.0):
        return False
    if isinstance(rule, DropRule | LayoutRule | ScriptRule):
        return other.level == rule.level or other.level == "fix"
    return True  # one that only reports a place keeps it from the others, too


def _wants(rule: Rule) -> Iterator[tuple[tuple[object, ...], _Path]]:
    """What a rule acts on, in a form that can be compared, and where the entry says it."""
    if isinstance(rule, LiteralRule):
        for wrong in rule.pairs:
            yield ("literal", wrong), ("pairs", wrong)
    elif isinstance(rule, PatternRule):
        yield ("pattern", rule.pattern, rule.flags), ("pattern",)
    elif isinstance(rule, PhraseRule):
        yield ("phrase", rule.phrase), ("phrase",)
    elif isinstance(rule, LeakRule):
        yield ("leak", rule.word.lower()), ("word",)
    elif isinstance(rule, ScriptRule):
        for word in rule.pairs:
            yield ("script", rule.to, word), ("pairs", word)
    elif isinstance(rule, DropRule | LayoutRule):
        yield ("line", rule.pattern), ("pattern",)
