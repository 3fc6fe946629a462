"""The rules in force, compiled where they are first asked for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from jiaokan.rulebook.rule import LeakRule, Level, Neighbour, ProtectRule, Rule, ScriptRule
from jiaokan.rulebook.spans import NOTHING, Spans

if TYPE_CHECKING:
    from jiaokan.edit import Edit
    from jiaokan.rulebook.conditions import Surroundings
    from jiaokan.rulebook.facts import PageFacts
    from jiaokan.rulebook.lines import LineMatch, Lines, Place
    from jiaokan.rulebook.look_alikes import LookAlikes
    from jiaokan.rulebook.protection import Protection
    from jiaokan.rulebook.textual import Textual


_MOST_VIEWS = 16
"""Books for pages of different kinds that are kept compiled."""
_LOCK = Lock()
"""Threads that clean pages share one book."""


class Confusion(NamedTuple):
    """One look-alike: what is read, and what may stand on the page."""

    id: str
    """The rule it comes from."""
    read: str
    true: str
    margin: float
    """By how many bits the repair must be likelier."""
    level: Level = "suggest"


@dataclass(frozen=True)
class Rulebook:
    """All rules in force. Equal fingerprints act alike."""

    rules: tuple[Rule, ...]
    """In order of precedence: later packs first, then by id."""
    fingerprint: str
    """SHA-256 over what can act."""
    origins: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)
    """Where each rule stands: id -> file:line:column."""
    for_page: bool = field(default=False, repr=False, compare=False)
    """Whether these are the rules of one page; else those that ask for a page's facts are out."""

    def __getstate__(self) -> tuple[object, ...]:
        return self.rules, self.fingerprint, dict(self.origins), self.for_page

    def __setstate__(self, state: tuple[object, ...]) -> None:
        names = ("rules", "fingerprint", "origins", "for_page")
        self.__dict__.update(zip(names, state, strict=True))

    def on(self, facts: "PageFacts") -> "Rulebook":
        """The rules that are in force on a page, with a fingerprint of their own: rules that are
        not in force leave it."""
        if not self._asking:
            return self
        from jiaokan.rulebook.facts import in_force
        from jiaokan.rulebook.fingerprint import fingerprint_of

        out = frozenset(rule.id for rule in self._asking if not in_force(rule, facts))
        with _LOCK:
            view = self._views.pop(out, None)
            if view is None:
                rules = tuple(rule for rule in self.rules if rule.id not in out)
                own = fingerprint_of(self.digests[rule.id] for rule in rules) if out else ""
                view = Rulebook(rules, own or self.fingerprint, self.origins, True)
            self._views[out] = view
            if len(self._views) > _MOST_VIEWS:
                del self._views[next(iter(self._views))]
            return view

    def protected(self, text: str) -> Spans:
        """Where nothing may be changed."""
        return self._protection.spans(text) if self._protection else NOTHING

    def edits(self, text: str) -> "Iterator[tuple[Rule, Edit]]":
        """What the literal, pattern and phrase rules would change, conflicts settled."""
        return self._textual.edits(text, self.protected)

    def line_role(self, line: str, *, place: "Place | None" = None) -> "LineMatch | None":
        """What a whole line is by its looks. Without a place, rules that ask for one are out."""
        return self._lines.match(line.strip(), place)

    def short_neighbour(self, line: str) -> Neighbour:
        """What a short line is to those beside it: kicker or byline where a rule asks for that and
        another knows the line by its looks alone, else a title."""
        found = self.line_role(line) if self._lines.asks_for_names else None
        if found is None or found.role not in ("kicker", "byline"):
            return "title"
        return "kicker" if found.role == "kicker" else "byline"

    @cached_property
    def suggests_lines(self) -> bool:
        """Whether a drop or layout rule only suggests."""
        return any(
            rule.kind in ("drop", "layout") and rule.level == "suggest" for rule in self._acting
        )

    def suggested_role(self, line: str) -> "LineMatch | None":
        """What a whole line may be by its looks, by rules that only suggest."""
        return self._suggested_lines.match(line.strip(), None)

    def holds(self, rule: str, text: str, start: int, end: int) -> bool:
        """Whether what the rule asks for stands around text[start:end]."""
        return self._surroundings.hold(rule, text, start, end)

    @cached_property
    def leaks(self) -> tuple[LeakRule, ...]:
        """Foreign function words and their candidates."""
        return tuple(rule for rule in self._acting if isinstance(rule, LeakRule))

    @cached_property
    def script_rules(self) -> tuple[ScriptRule, ...]:
        """Words that a conversion of script must leave, or write so."""
        return tuple(rule for rule in self._acting if isinstance(rule, ScriptRule))

    @cached_property
    def confusions(self) -> tuple[Confusion, ...]:
        """Look-alikes, one a pair."""
        return tuple(
            Confusion(rule.id, read, true, rule.margin, rule.level)
            for rule in self._acting
            if rule.kind == "confusion"
            for read, trues in rule.pairs.items()
            for true in trues
        )

    def compile(self) -> None:
        """Find out now what is else found out when a text first asks."""
        for _ in (self.digests, self._lines, self._suggested_lines):
            pass
        blank = " " * 1_000  # in a short text words are found in another way
        for _ in (self.protected(blank), *self.edits(blank)):
            pass

    def look_alikes(self, text: str) -> "Iterator[tuple[int, Confusion]]":
        """Places of a text, and the look-alikes that make commoner pairs there, in order."""
        return self._look_alikes.find(text) if self.confusions else iter(())

    @cached_property
    def _look_alikes(self) -> "LookAlikes":
        from jiaokan.rulebook.look_alikes import LookAlikes

        return LookAlikes(self.confusions)

    @cached_property
    def _asking(self) -> tuple[Rule, ...]:
        """Rules that are in force on some pages only."""
        return tuple(
            rule
            for rule in self.rules
            if rule.when.publication or rule.when.date or rule.when.script
        )

    @cached_property
    def _acting(self) -> tuple[Rule, ...]:
        """The rules that act: of a book of no page, those that ask nothing of it."""
        if self.for_page or not self._asking:
            return self.rules
        asking = {rule.id for rule in self._asking}
        return tuple(rule for rule in self.rules if rule.id not in asking)

    @cached_property
    def ids(self) -> frozenset[str]:
        """Those of all its rules."""
        return frozenset(rule.id for rule in self.rules)

    @cached_property
    def digests(self) -> dict[str, str]:
        """What each rule can do, as a hash."""
        from jiaokan.rulebook.fingerprint import digest

        return {rule.id: digest(rule) for rule in self.rules}

    @cached_property
    def _views(self) -> "dict[frozenset[str], Rulebook]":
        return {}

    @cached_property
    def _protection(self) -> "Protection | None":
        rules = [rule for rule in self._acting if isinstance(rule, ProtectRule)]
        if not rules:
            return None
        from jiaokan.rulebook.protection import Protection

        return Protection(rules)

    @cached_property
    def _surroundings(self) -> "Surroundings":
        from jiaokan.rulebook.conditions import Surroundings

        return Surroundings(self._acting, self._role_by_looks)

    def _role_by_looks(self, line: str) -> str:
        match = self.line_role(line)
        return match.role if match else ""

    @cached_property
    def _textual(self) -> "Textual":
        from jiaokan.rulebook.textual import Textual

        return Textual(self._acting, self._surroundings)

    @cached_property
    def _lines(self) -> "Lines":
        from jiaokan.rulebook.lines import Lines

        return Lines(rule for rule in self._acting if rule.level == "fix")

    @cached_property
    def _suggested_lines(self) -> "Lines":
        from jiaokan.rulebook.lines import Lines

        return Lines(rule for rule in self._acting if rule.level == "suggest")
