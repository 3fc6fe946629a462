"""What a generated page is made of: clean articles in, raw text and its truth out.

All offsets count characters (code points): `raw` offsets into the page's raw text, `gold`
offsets into an article's body, which is its paragraphs joined without anything between.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Literal

Kind = Literal["body", "heading", "affiliation", "furniture", "gutter"]
Part = Literal["body", "kicker", "title", "author", "affiliation", "furniture", "gutter"]
Break = Literal["block", "line", "glued", "gutter"]
"""What parts two neighbours in the raw text; `gutter`: they stand in columns side by side."""

SENTENCE_ENDS = "。！？”…"
LABEL = re.compile(
    r"^[（(]?[□■]?(?:(?:本报(?:特约)?(?:记者|通讯员)|记者|图文|文(?=[/：:])|采写|采访|整理|访谈人|作者)"
    r"[/：:]?){0,2}"
)
"""What stands before an author's name on its line and is no part of it."""


def author_name(line: str) -> str:
    """An author's line without what is no name; several authors are joined.

    >>> author_name("本报记者 宇文瀚海"), author_name("文/文瀚海"), author_name("（栾大川 温岚）")
    ('宇文瀚海', '文瀚海', '栾大川温岚')
    >>> author_name("整理：本报记者 井然")
    '井然'
    """
    name = "".join(LABEL.sub("", part) for part in line.split())
    return name if re.search("[（(]", name) else re.sub("[）)]", "", name)


def is_subheading(paragraph: str) -> bool:
    """True for a short paragraph without an end mark: a heading inside a body.

    >>> is_subheading("提高服务能力"), is_subheading("他来了。")
    (True, False)
    """
    return len(paragraph) <= 40 and paragraph[-1:] not in SENTENCE_ENDS + "；：，"


@dataclass(frozen=True, slots=True)
class Article:
    """A clean article; a field that it has not is an empty string.

    Several authors are parted by a space here, and joined in the gold. `origin` says where the
    article was found.
    """

    title: str
    paragraphs: tuple[str, ...]
    kicker: str = ""
    author: str = ""
    affiliation: str = ""
    origin: str = ""

    @property
    def body(self) -> str:
        """The paragraphs, joined without anything between."""
        return "".join(self.paragraphs)

    @property
    def breaks(self) -> tuple[int, ...]:
        """Gold offsets at which paragraphs start, and the body's length."""
        return (0, *accumulate(len(p) for p in self.paragraphs))

    def gold(self) -> dict[str, object]:
        """The article as `score.py` reads it."""
        return {
            "kicker": self.kicker,
            "title": self.title,
            "author": author_name(self.author),
            "affiliation": self.affiliation,
            "paragraphs": list(self.paragraphs),
        }


@dataclass(frozen=True, slots=True)
class Slot:
    """One thing set on the page, before it is rendered; `start` and `end` are gold offsets."""

    part: Part
    article: int
    text: str = ""
    start: int = 0
    end: int = 0
    doubled: bool = False
    lost: str = ""

    @property
    def kind(self) -> Kind:
        """The coarse label of this slot's part."""
        return "heading" if self.part in ("kicker", "title", "author") else self.part  # type: ignore[return-value]


@dataclass(frozen=True, slots=True)
class Piece:
    """A rendered slot, or one printed line of it: its raw text and what parts it from the last."""

    slot: Slot
    text: str
    before: str
    breaks: Break
    start: int = 0
    end: int = 0
    doubled: bool = False
    lost: str = ""


@dataclass(frozen=True, slots=True)
class Fragment:
    """raw[start:end] belongs to `article` (-1: to none).

    A body fragment stands for body[gold_start:gold_end] of its article.
    """

    start: int
    end: int
    article: int
    kind: Kind
    part: Part
    gold_start: int = 0
    gold_end: int = 0


@dataclass(frozen=True, slots=True)
class Seam:
    """From raw `left`, where a body fragment ends, its article goes on at raw `right`.

    `right` is before `left` only where two columns of one article stand side by side.

    `kind` is the break on the page after `left`, `right_kind` the one before `right`; `doubled`
    says that raw[right] repeats the character before `left`, `lost` is a character of the gold
    that stands on neither side, `paragraph` that a new paragraph starts at the seam.
    """

    left: int
    right: int
    article: int
    kind: Break
    right_kind: Break
    doubled: bool
    lost: str
    paragraph: bool


@dataclass(frozen=True, slots=True)
class Cut:
    """Two fragments that are neighbours on the page: one ends at `left`, one starts at `right`."""

    left: int
    right: int
    kind: Break


@dataclass(frozen=True, slots=True)
class GeneratedPage:
    """A damaged page with its truth; `stem` names its files and starts with its kind."""

    stem: str
    raw: str
    articles: tuple[Article, ...]
    furniture: tuple[str, ...]
    fragments: tuple[Fragment, ...]
    seams: tuple[Seam, ...]
    cuts: tuple[Cut, ...]
    origins: tuple[str, ...] = field(default=())

    def fragments_of(self, article: int) -> Iterable[Fragment]:
        """The body fragments of one article, in reading order."""
        bodies = [f for f in self.fragments if f.article == article and f.kind == "body"]
        return sorted(bodies, key=lambda f: f.gold_start)
