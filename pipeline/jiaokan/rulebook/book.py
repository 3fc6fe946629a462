"""The rules in force, compiled where they are first asked for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from jiaokan.rulebook.rule import LeakRule, ProtectRule, Rule, ScriptRule
from jiaokan.rulebook.spans import NOTHING, Spans

if TYPE_CHECKING:
    from jiaokan.edit import Edit
    from jiaokan.rulebook.lines import LineMatch, Lines, Place
    from jiaokan.rulebook.protection import Protection
    from jiaokan.rulebook.textual import Textual


@dataclass(frozen=True, slots=True)
class Confusion:
    """One look-alike: what is read, and what may stand on the page."""

    id: str
    """The rule it comes from."""
    read: str
    true: str
    margin: float
    """By how many bits the repair must be likelier."""


@dataclass(frozen=True)
class Rulebook:
    """All rules in force. Equal fingerprints act alike."""

    rules: tuple[Rule, ...]
    """In order of precedence: later packs first, then by id."""
    fingerprint: str
    """SHA-256 over what can act."""
    origins: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)
    """Where each rule stands: id -> file:line:column."""

    def __getstate__(self) -> tuple[object, ...]:
        return self.rules, self.fingerprint, dict(self.origins)

    def __setstate__(self, state: tuple[object, ...]) -> None:
        self.__dict__.update(zip(("rules", "fingerprint", "origins"), state, strict=True))

    def protected(self, text: str) -> Spans:
        """Where nothing may be changed."""
        return self._protection.spans(text) if self._protection else NOTHING

    def edits(self, text: str) -> "Iterator[tuple[Rule, Edit]]":
        """What the literal, pattern and phrase rules would change, conflicts settled."""
        return self._textual.edits(text, self.protected(text))

    def line_role(self, line: str, *, place: "Place | None" = None) -> "LineMatch | None":
        """What a whole line is by its looks. Without a place, rules that ask for one are out."""
        return self._lines.match(line.strip(), place)

    @cached_property
    def leaks(self) -> tuple[LeakRule, ...]:
        """Foreign function words and their candidates."""
        return tuple(rule for rule in self.rules if isinstance(rule, LeakRule))

    @cached_property
    def script_rules(self) -> tuple[ScriptRule, ...]:
        """Words that a conversion of script must leave, or write so."""
        return tuple(rule for rule in self.rules if isinstance(rule, ScriptRule))

    @cached_property
    def confusions(self) -> tuple[Confusion, ...]:
        """Look-alikes, one a pair."""
        return tuple(
            Confusion(rule.id, read, true, rule.margin)
            for rule in self.rules
            if rule.kind == "confusion"
            for read, trues in rule.pairs.items()
            for true in trues
        )

    @cached_property
    def _protection(self) -> "Protection | None":
        rules = [rule for rule in self.rules if isinstance(rule, ProtectRule)]
        if not rules:
            return None
        from jiaokan.rulebook.protection import Protection

        return Protection(rules)

    @cached_property
    def _textual(self) -> "Textual":
        from jiaokan.rulebook.textual import Textual

        return Textual(self.rules)

    @cached_property
    def _lines(self) -> "Lines":
        from jiaokan.rulebook.lines import Lines

        return Lines(self.rules)
