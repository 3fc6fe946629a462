"""What a rule is: one frozen dataclass a kind, its fields the keys of its YAML entry.

The kinds are a closed set (`KINDS`). A field without a default is a key that an entry must have.
"""

from dataclasses import dataclass
from typing import ClassVar, Literal

Level = Literal["fix", "suggest"]
LineRole = Literal["furniture", "affiliation", "byline", "kicker", "credit", "title"]
Neighbour = Literal["edge", "kicker", "title", "byline", "body"]
Target = Literal["simplified", "traditional"]


@dataclass(frozen=True, slots=True)
class Example:
    """A text that a rule changes."""

    raw: str
    """As it comes."""
    clean: str
    """As the rule leaves it."""


@dataclass(frozen=True, slots=True)
class When:
    """What must stand around a place: patterns, tried right before and right after it."""

    before: str = ""
    """Must match what ends there; empty: anything."""
    after: str = ""
    """Must match what begins there; empty: anything."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word that may stand where a foreign word leaked in."""

    text: str
    """Empty: nothing stands there."""
    when: When = When()
    """Where the candidate may be considered at all."""


@dataclass(frozen=True, slots=True)
class Where:
    """What may stand above and below a line; empty: anything."""

    above: tuple[Neighbour, ...] = ()
    below: tuple[Neighbour, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """The keys that every rule has."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}

    id: str
    """Names the rule in the ledger; lower-case letters, digits and hyphens."""
    reason: str
    """Why the rule is true."""
    level: Level = "fix"
    """fix: acts; suggest: reports."""
    examples: tuple[Example, ...] = ()
    """Texts that it changes."""
    unchanged: tuple[str, ...] = ()
    """Texts that it leaves as they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LiteralRule(Entry):
    """Words that are never right, and what they stand for."""

    kind: Literal["literal"] = "literal"
    pairs: dict[str, str]
    """wrong: right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PatternRule(Entry):
    """A regular expression and what stands in its place."""

    kind: Literal["pattern"] = "pattern"
    pattern: str
    r"""May use \\p{Han}, named groups, look-around, and {{name}} for a word list."""
    replace: str
    r"""May use \\g<name>."""
    flags: str = ""
    """Letters as in (?im): i, m, s, x."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PhraseRule(Entry):
    """A canonical wording; misread characters in it are repaired."""

    kind: Literal["phrase"] = "phrase"
    phrase: str
    distance: int = 1
    """At most so many characters may differ."""
    unless: tuple[str, ...] = ()
    """Wordings that come close and are right as they stand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfusionRule(Entry):
    """Characters that are misread for one another; only context can tell."""

    level: Level = "suggest"
    kind: Literal["confusion"] = "confusion"
    pairs: dict[str, tuple[str, ...]]
    """What is read: what may stand on the page."""
    margin: float = 8.0
    """By how many bits the repair must be likelier."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeakRule(Entry):
    """A foreign function word between Chinese, and what it may stand for."""

    kind: Literal["leak"] = "leak"
    word: str
    candidates: tuple[Candidate, ...]
    margin: float = 2.0
    """By how many bits the best candidate must be likelier than the next."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptRule(Entry):
    """Words that a conversion of script must leave, or write so."""

    kind: Literal["script"] = "script"
    to: Target
    pairs: dict[str, str]
    """As it may stand: as it must stand afterwards."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtectRule(Entry):
    """Text that nothing touches."""

    kind: Literal["protect"] = "protect"
    words: tuple[str, ...] = ()
    pattern: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DropRule(Entry):
    """A whole line, or a cell of one, that belongs to the page and to no article."""

    kind: Literal["drop"] = "drop"
    pattern: str
    place: Where = Where()
    longest: int = 60
    """In characters; a longer line is not looked at."""
    alone: Literal["yes", "no"] = "yes"
    """no: only as a cell beside other furniture."""
    role: Literal["furniture"] = "furniture"


@dataclass(frozen=True, slots=True, kw_only=True)
class LayoutRule(Entry):
    """What a line is that looks so."""

    kind: Literal["layout"] = "layout"
    role: LineRole
    pattern: str
    place: Where = Where()
    longest: int = 60
    """In characters; a longer line is not looked at."""


Rule = (
    LiteralRule
    | PatternRule
    | PhraseRule
    | ConfusionRule
    | LeakRule
    | ScriptRule
    | ProtectRule
    | DropRule
    | LayoutRule
)

KINDS: dict[str, type[Rule]] = {
    "literal": LiteralRule,
    "pattern": PatternRule,
    "phrase": PhraseRule,
    "confusion": ConfusionRule,
    "leak": LeakRule,
    "script": ScriptRule,
    "protect": ProtectRule,
    "drop": DropRule,
    "layout": LayoutRule,
}
