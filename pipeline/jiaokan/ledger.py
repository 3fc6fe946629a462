"""The ledger: where each raw character went, and by which rule.

Clean text and ledger together give the raw bytes back. The ledger holds

- the source: name, size, SHA-256, and how its bytes became text;
- the changes: every stretch that reads differently, old and new, step by step;
- the options: what the run was asked for, with which rules and which version;
- the pieces: a partition of the cleaned text; each piece stands at a place of
  the output, or was dropped, and then its text stands here;
- the outputs: SHA-256 of each file that the run wrote;
- the counts: how many articles, seams and findings they hold.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jiaokan.article import Target
from jiaokan.page import Decoding
from jiaokan.trace import Change

if TYPE_CHECKING:
    from jiaokan.cleaning import Cleaned

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Source:
    """The raw file."""

    name: str
    size: int
    """In bytes."""
    sha256: str
    length: int
    """In characters, after decoding."""
    decoding: Decoding


@dataclass(frozen=True, slots=True)
class Placed:
    """A stretch of cleaned text and what became of it."""

    length: int
    """In characters."""
    rule: str
    target: Target | None
    """None: dropped."""
    text: str
    """What was dropped; empty where the text stands in the output."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How much of what the clean files hold, so that a batch can be counted by its ledgers."""

    articles: int = 0
    seams: int = 0
    findings: int = 0


@dataclass(frozen=True, slots=True)
class Ledger:
    """All that is needed to account for a page, and to rebuild it."""

    source: Source
    changes: Sequence[Change]
    pieces: tuple[Placed, ...]
    outputs: tuple[tuple[str, str], ...] = ()
    """(file name, SHA-256) of what the run wrote beside the ledger."""
    options: tuple[tuple[str, str], ...] = ()
    """(name, value) of what can act on the page: version, settings, the rules' fingerprint."""
    counts: Counts = Counts()


def account(cleaned: "Cleaned", options: Sequence[tuple[str, str]] = ()) -> Ledger:
    """The ledger of a cleaned page."""
    from hashlib import sha256

    page, text = cleaned.page, cleaned.trace.text
    source = Source(
        page.name,
        len(page.data),
        sha256(page.data).hexdigest(),
        len(page.text),
        page.decoding,
    )
    pieces = tuple(
        Placed(
            piece.end - piece.start,
            piece.rule,
            piece.target,
            "" if piece.target else text[piece.start : piece.end],
        )
        for piece in cleaned.arrangement.pieces
    )
    arrangement = cleaned.arrangement
    counts = Counts(len(arrangement.articles), len(arrangement.seams), len(cleaned.findings))
    return Ledger(source, cleaned.trace.changes, pieces, options=tuple(options), counts=counts)
