"""Articles, and where each stretch of the page's text went."""

from dataclasses import dataclass
from typing import Literal

Field = Literal["kicker", "title", "subtitle", "author", "affiliation", "paragraphs", "furniture"]

SINGLE_FIELDS: tuple[Field, ...] = ("kicker", "title", "subtitle", "author", "affiliation")


@dataclass(frozen=True, slots=True)
class Article:
    """One article as it reads. A field that the page has not is an empty string."""

    kicker: str = ""
    title: str = ""
    subtitle: str = ""
    author: str = ""
    affiliation: str = ""
    paragraphs: tuple[str, ...] = ()
    """Sub-headings inside the body are paragraphs of their own."""


@dataclass(frozen=True, slots=True)
class Target:
    """A place in the output."""

    article: int
    """Which article, from 0; -1 for the page's furniture."""
    field: Field
    index: int
    """Which paragraph or furniture line, from 0; 0 in other fields."""
    offset: int
    """Where in that string the text starts."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the cleaned text and what became of it. Pieces partition that text."""

    start: int
    end: int
    rule: str
    """Why it went there, or why it was dropped."""
    target: Target | None = None
    """Where it went; None: dropped."""


@dataclass(frozen=True, slots=True)
class Seam:
    """Where one fragment of an article stops and the next one takes over."""

    article: int
    """The article that both fragments belong to."""
    left: int
    """Where the first fragment ends, in the raw text."""
    right: int
    """Where the second fragment starts, in the raw text."""
    kind: Literal["block", "inline"]
    """At blocks' ends on both sides, or inside a line on one side at least."""
    joined: bool
    """True where the sentence runs on, False where a new paragraph starts."""
    doubled: str
    """The characters read twice at the seam and dropped once."""
    confidence: float
    """0 to 1."""
    evidence: tuple[str, ...] = ()
    """In words."""


@dataclass(frozen=True, slots=True)
class Arrangement:
    """What stitching makes of a page's cleaned text."""

    articles: tuple[Article, ...]
    furniture: tuple[str, ...]
    pieces: tuple[Piece, ...]
    """In text order."""
    seams: tuple[Seam, ...]
    """Offsets in the cleaned text here; in results, in the raw text."""
