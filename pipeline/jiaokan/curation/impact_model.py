"""What `rules impact` speaks of: places, and what a rule would do there."""

from dataclasses import dataclass
from typing import Any, Literal

What = Literal["changes", "reports", "line", "follows", "already", "otherwise", "protected"]
"""changes, reports, line: what the rule does there; follows: what another rule or stage does
because of it; already: another rule makes the same of it; otherwise: another rule makes something
else of it; protected: a rule holds the text."""
ACTS: tuple[What, ...] = ("changes", "reports", "line", "follows")
"""What makes a difference."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the batch that a rule matches."""

    file: str
    line: int
    """In the raw file, from 1."""
    column: int
    start: int
    """In the raw text, from 0."""
    what: What
    rule: str
    old: str
    """What stands there without the rule; of a line, its kind."""
    new: str
    """What stands there with it."""
    left: str
    """Text in front of it, in its line; of a line, the end of the line above."""
    right: str
    """Text behind it; of a line, the beginning of the line below."""
    text: str = ""
    """Of a line: its text; else empty."""
    by: tuple[str, ...] = ()
    """Other rules that decide there."""
    gain: float = 0.0
    """Bits by which the language model finds the new text likelier."""
    against: tuple[str, ...] = ()
    """What speaks for the text as it stands, in words; most telling first."""
    support: tuple[str, ...] = ()
    """What speaks for the change besides the model."""

    @property
    def breaks(self) -> bool:
        """Whether it would break what is right."""
        return bool(self.against)

    @property
    def key(self) -> tuple[str, ...]:
        """The same for places of one wording."""
        if self.text:
            return self.rule, self.old, self.new, self.text
        return self.rule, self.left[-1:], self.old, self.new, self.right[:1]


def as_row(place: Place) -> dict[str, Any]:
    """A place as JSON shows it."""
    row = {name: getattr(place, name) for name in Place.__slots__}
    if place.text:
        before = after = place.text
    else:
        before = f"{place.left}{place.old}{place.right}"
        after = f"{place.left}{place.new}{place.right}"
    return row | {"before": before, "after": after, "breaks": place.breaks}


def from_row(row: dict[str, Any]) -> Place:
    """The place of a row."""
    tuples = ("by", "against", "support")
    values: dict[str, Any] = {
        name: tuple(row[name]) if name in tuples else row[name] for name in Place.__slots__
    }
    return Place(**values)
