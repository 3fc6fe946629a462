"""Totals of a run, added up from the outcomes of its pages in any order; as large as the rules are
many, however many pages there are.
"""

from collections import Counter
from dataclasses import dataclass, field

from jiaokan.batch.outcome import Outcome

_ROOM = 1 << 256


@dataclass(slots=True)
class Tally:
    """The sums."""

    states: Counter[str] = field(default_factory=Counter)
    """Pages by what became of them."""
    size: int = 0
    """Of the raw files, in bytes."""
    characters: int = 0
    articles: int = 0
    changes: int = 0
    seams: int = 0
    findings: int = 0
    written: int = 0
    """Clean files."""
    rules: Counter[str] = field(default_factory=Counter)
    """Edits by rule."""
    tree: int = 0
    """Sum of the ledgers' SHA-256, each with its page's name: the same for the same clean files."""

    @property
    def pages(self) -> int:
        """All pages that were looked at; not those that are gone."""
        return self.states.total() - self.states["gone"] - self.states["pruned"]

    @property
    def failed(self) -> int:
        """Pages that failed."""
        return self.states["failed"]

    def add(self, outcome: Outcome) -> None:
        """Count a page."""
        self.states[outcome.state] += 1
        self.written += outcome.written
        if not outcome.digest:
            return
        self.size += outcome.size
        self.characters += outcome.characters
        self.articles += outcome.articles
        self.changes += outcome.changes
        self.seams += outcome.seams
        self.findings += outcome.findings
        self.rules.update(dict(outcome.rules))
        self.tree = (self.tree + _number(outcome)) % _ROOM


def _number(outcome: Outcome) -> int:
    from hashlib import sha256

    text = f"{outcome.source.name}\n{outcome.digest}"
    return int.from_bytes(sha256(text.encode()).digest())
