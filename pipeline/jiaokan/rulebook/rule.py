"""What a rule is: one frozen dataclass a kind, its fields the keys of its YAML entry.

The kinds are a closed set (`KINDS`). A field without a default is a key that an entry must have;
`examples` and `unchanged` are asked for as well, of every rule in a file (`PROOF`). The texts
under the fields are what the schema and the reference in the documents say of the keys.
"""

from dataclasses import dataclass, field
from typing import ClassVar, Literal

Level = Literal["fix", "suggest"]
LineRole = Literal["furniture", "affiliation", "byline", "kicker", "credit", "title"]
Neighbour = Literal["edge", "kicker", "title", "byline", "body"]
Target = Literal["simplified", "traditional"]
Spot = Literal[
    "line-start",
    "line-end",
    "first-line",
    "last-line",
    "furniture",
    "affiliation",
    "byline",
    "kicker",
    "credit",
    "title",
    "body",
]
Dates = dict[Literal["from", "to"], str]

PROOF = ("examples", "unchanged")
"""Keys that every entry of a file must have, and not empty."""


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
    """Pattern that must match what ends there."""
    after: str = ""
    """Pattern that must match what begins there."""


@dataclass(frozen=True, slots=True)
class OnPage:
    """On which pages the rule is in force. Where a page does not tell, it is not."""

    publication: tuple[str, ...] = ()
    """Publication that the page is from, or a list of them."""
    date: Dates = field(default_factory=dict)
    """Days `from` and `to` which the page may date, each a year, a month or a day."""
    script: tuple[Target, ...] = ()
    """Script that the page is in when the rules look at it."""


@dataclass(frozen=True, slots=True)
class Conditions(OnPage):
    """Where the rule acts: on which pages, and in which surroundings."""

    before: str = ""
    """Pattern that must match right before the place, in the same line, within 40 characters."""
    after: str = ""
    """Pattern that must match right after the place, in the same line, within 40 characters."""
    place: tuple[Spot, ...] = ()
    """Where on the page it stands, or a list of such places: one is enough."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word that may stand where a foreign word leaked in."""

    text: str
    """The word; empty: nothing stands there."""
    when: When = When()
    """Where the candidate may be considered at all."""


@dataclass(frozen=True, slots=True)
class Where:
    """What may stand above and below a line; empty: anything."""

    above: tuple[Neighbour, ...] = ()
    """What may stand above it."""
    below: tuple[Neighbour, ...] = ()
    """What may stand below it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """The keys that every rule has."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}

    id: str
    """Names the rule in the ledger; lower-case letters, digits and hyphens."""
    reason: str
    """Why the rule is true."""
    level: Level = "fix"
    """fix: acts; suggest: only reports."""
    examples: tuple[Example, ...] = ()
    """Texts on which it acts, and what becomes of them."""
    unchanged: tuple[str, ...] = ()
    """Texts that come close, and stay as they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LiteralRule(Entry):
    """Words that are never right, and what they stand for."""

    kind: Literal["literal"] = "literal"
    pairs: dict[str, str]
    """What is wrong: what is right."""
    margin: float = 0.0
    """Bits by which statistics must find the result likelier; 0: they are not asked."""
    when: Conditions = Conditions()
    """Where it acts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PatternRule(Entry):
    """A regular expression and what stands in its place."""

    kind: Literal["pattern"] = "pattern"
    pattern: str
    r"""Regular expression; may use `\p{Han}`, named groups, look-around, `{{name}}` for a list."""
    replace: str
    r"""What stands there afterwards; a group is `\g<name>`."""
    flags: str = ""
    """Letters as in (?im): i, m, s, x."""
    margin: float = 0.0
    """Bits by which statistics must find the result likelier; 0: they are not asked."""
    when: Conditions = Conditions()
    """Where it acts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PhraseRule(Entry):
    """A canonical wording; misread characters in it are repaired."""

    kind: Literal["phrase"] = "phrase"
    phrase: str
    """The wording as it must stand; 3 × (distance + 1) characters at least."""
    distance: int = 1
    """At most so many characters may differ."""
    unless: tuple[str, ...] = ()
    """Wordings that come close and are right as they stand."""
    when: Conditions = Conditions()
    """Where it acts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfusionRule(Entry):
    """Characters that are misread for one another; only context can tell."""

    level: Level = "suggest"
    """fix: acts where the margin is reached; suggest: only reports it."""
    kind: Literal["confusion"] = "confusion"
    pairs: dict[str, tuple[str, ...]]
    """What is read: the characters of which one may stand on the page, or a list of them."""
    margin: float = 8.0
    """Bits by which the repair must be likelier."""
    when: Conditions = Conditions()
    """Where it acts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeakRule(Entry):
    """A foreign function word between Chinese, and what it may stand for."""

    kind: Literal["leak"] = "leak"
    word: str
    """The foreign word, in Latin letters."""
    candidates: tuple[Candidate, ...]
    """What it may stand for, the likeliest first; each a word, or a word and where it may stand."""
    margin: float = 2.0
    """Bits by which the best candidate must be likelier than the next that means something else."""
    when: Conditions = Conditions()
    """Where it acts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptRule(Entry):
    """Words that a conversion of script must leave, or write so."""

    kind: Literal["script"] = "script"
    to: Target
    """Script that a page is brought to."""
    pairs: dict[str, str]
    """As it may stand: as it must stand afterwards."""
    when: Conditions = Conditions()
    """Where it acts: which of several forms a word takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtectRule(Entry):
    """Text that nothing touches."""

    kind: Literal["protect"] = "protect"
    words: tuple[str, ...] = ()
    """Words that stay as they stand; these or a pattern must be there."""
    pattern: str = ""
    """Regular expression of what stays as it stands."""
    when: OnPage = OnPage()
    """On which pages it holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DropRule(Entry):
    """A whole line, or a cell of one, that belongs to the page and to no article."""

    kind: Literal["drop"] = "drop"
    pattern: str
    """Regular expression of the whole line, or of a cell of it."""
    place: Where = Where()
    """What must stand above and below it."""
    longest: int = 60
    """In characters; a longer line is not looked at."""
    alone: Literal["yes", "no"] = "yes"
    """no: only as a cell beside other furniture."""
    role: Literal["furniture"] = "furniture"
    """What the line is."""
    when: OnPage = OnPage()
    """On which pages it acts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LayoutRule(Entry):
    """What a line is that looks so."""

    kind: Literal["layout"] = "layout"
    role: LineRole
    """What the line is."""
    pattern: str
    """Regular expression of the whole line; the group `name` is the name in a byline."""
    place: Where = Where()
    """What must stand above and below it."""
    longest: int = 60
    """In characters; a longer line is not looked at."""
    when: OnPage = OnPage()
    """On which pages it acts."""


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
