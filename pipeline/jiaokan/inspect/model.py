"""What is shown of a page. All spans count code points from 0; an end is one past the last."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from jiaokan.article import Seam
from jiaokan.finding import Finding
from jiaokan.page import Layout
from jiaokan.positions import Lines


@dataclass(frozen=True, slots=True)
class Place:
    """A span of one string of the output, as the run wrote it."""

    article: int
    """From 0; -1: the page's furniture."""
    field: str
    index: int
    """Which paragraph or furniture line, from 0; 0 in other fields."""
    start: int
    end: int

    @property
    def string(self) -> tuple[int, str, int]:
        """Which string of the output it is."""
        return self.article, self.field, self.index


class RuleNote(NamedTuple):
    """What is known of a rule, beside its id."""

    kind: str
    """literal, pattern …; `stage` for what is built into a stage; empty where it is not known."""
    reason: str
    """Why it is true; empty where it is not known."""
    chinese: str = ""
    """The same in Chinese, where there is such a text."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of the cleaned text that stands in one string of the output."""

    start: int
    """In the raw text."""
    end: int
    text: str
    """As it stands in the output."""
    place: Place
    rule: str
    """Why it went there."""
    fragment: int
    """Number of the fragment that it is a part of; -1: furniture, in none."""


@dataclass(frozen=True, slots=True)
class FragmentView:
    """A run of the raw text that belongs to one article without a break."""

    number: int
    """In raw order, from 0."""
    start: int
    """In the raw text."""
    end: int
    article: int
    order: int
    """Its place among the article's fragments as the article reads, from 0."""
    places: tuple[Place, ...]
    """Where its text stands now, one place a string."""
    moved: bool
    """Whether it stands elsewhere among the others than it did in the raw text."""


@dataclass(frozen=True, slots=True)
class LinkView:
    """An article goes on from one fragment to another."""

    article: int
    source: int
    """Number of the fragment that stops."""
    target: int
    """Number of the fragment that takes over."""
    seam: int
    """Index into the page's seams; -1: the page's own order, or heading and body."""


@dataclass(frozen=True, slots=True)
class StepView:
    """One edit inside a change."""

    stage: str
    rule: str
    kind: str
    """The rule's kind; `stage` for what is built into a stage; empty where it is not known."""
    reason: str
    """Why the rule is true; empty where the rule is no longer known."""
    at: int
    """Offset of `old` in the change's text as it stood before this step."""
    old: str
    new: str
    confidence: float
    """0 to 1."""
    evidence: str
    """What speaks for this very edit, in words; mostly empty."""


@dataclass(frozen=True, slots=True)
class EditView:
    """A stretch of the raw text that reads differently now."""

    number: int
    """In raw order, from 0."""
    start: int
    """In the raw text; equal to the end for an insertion."""
    end: int
    old: str
    new: str
    steps: tuple[StepView, ...]
    """In the order they were carried out; replayed on `old` they give `new`."""
    places: tuple[Place, ...]
    """Where `new` stands in the output; empty spans where it is nothing; none where it was
    dropped afterwards."""
    fragment: int
    """Number of the fragment that it lies in; -1: in none."""

    @property
    def confidence(self) -> float:
        """How sure the least sure of its steps was."""
        return min(step.confidence for step in self.steps)


@dataclass(frozen=True, slots=True)
class Aside:
    """Text that stands in no article: furniture, or dropped."""

    start: int
    """In the raw text."""
    end: int
    text: str
    rule: str
    kind: str
    reason: str
    place: Place | None
    """Where furniture stands; None: dropped."""


@dataclass(frozen=True, slots=True)
class FieldView:
    """One string of the output as the run wrote it, and the stretches that make it up."""

    name: str
    index: int
    text: str
    stretches: tuple[Stretch, ...]
    """In reading order; together they are `text`."""


@dataclass(frozen=True, slots=True)
class ArticleView:
    """An article as the run wrote it."""

    number: int
    fields: tuple[FieldView, ...]
    """In reading order: kicker, title, subtitle, author, paragraphs, affiliation; empty ones left
    out."""
    fragments: tuple[int, ...]
    """Numbers of its fragments as it reads."""

    def text_of(self, name: str) -> str:
        """A single field's text; empty where the article has it not."""
        return next((field.text for field in self.fields if field.name == name), "")


@dataclass(frozen=True, slots=True)
class HandEdit:
    """A place where a clean file no longer says what the run wrote."""

    file: str
    """Name of the file that was edited, without its folder."""
    places: tuple[Place, ...]
    """What was replaced, in the run's output; one empty span where something was put in."""
    start: int
    """In the raw text: what `old` came from."""
    end: int
    old: str
    """What the run wrote; paragraphs parted by a line end."""
    new: str
    """What stands there now."""


@dataclass(frozen=True)
class PageView:
    """All that is shown of a page."""

    name: str
    """The raw file's path under the raw folder."""
    sha256: str
    """Of the raw bytes."""
    encoding: str
    raw: str
    cleaned: str
    """After the character stages, in raw order."""
    fragments: tuple[FragmentView, ...]
    links: tuple[LinkView, ...]
    """By article, then as it reads."""
    seams: tuple[Seam, ...]
    edits: tuple[EditView, ...]
    asides: tuple[Aside, ...]
    """In raw order; of what was dropped only what shows something."""
    findings: tuple[Finding, ...]
    articles: tuple[ArticleView, ...]
    furniture: tuple[FieldView, ...]
    hand: tuple[HandEdit, ...] = ()
    options: tuple[tuple[str, str], ...] = ()
    """What the run was asked for, from the ledger."""
    layout: Layout | None = None
    """Where the raw text stood on the page's image, where that is known."""
    image: str = ""
    """The page's image as a data: address, where there is one."""

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self.raw)

    def spot(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset in the raw text, both from 1."""
        return self._lines.spot(offset)

    @property
    def need(self) -> float:
        """How many mistakes are to be expected: what findings, seams and edits leave in doubt."""
        return (
            sum(finding.confidence for finding in self.findings)
            + sum(1 - seam.confidence for seam in self.seams)
            + sum(1 - edit.confidence for edit in self.edits)
        )
