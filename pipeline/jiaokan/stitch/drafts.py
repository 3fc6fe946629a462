"""Drafts of articles: headings and body text are put in, each with the place that it came from."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from jiaokan.article import Article, Field, Piece, Target
from jiaokan.stitch.blocks import Block

FIELD_OF: dict[str, Field] = {
    "kicker": "kicker",
    "title": "title",
    "subtitle": "subtitle",
    "byline": "author",
    "far byline": "author",
    "far kicker": "kicker",
    "signature": "author",
    "affiliation": "affiliation",
}


class Run(NamedTuple):
    """A run of body text as an article takes it."""

    start: int
    end: int
    joined: bool
    """Goes on in the paragraph before it."""
    doubled: int = 0
    """First characters that were read twice and are dropped."""


@dataclass(slots=True)
class Draft:
    """An article while it is put together; the pieces remember where its text came from."""

    number: int
    fields: dict[Field, str] = field(default_factory=dict)
    paragraphs: list[str] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)

    def head(self, text: str, block: Block) -> None:
        """Take a heading's or an affiliation's line, without padding in names."""
        name = FIELD_OF[block.role]
        if block.role == "signature" and self.fields.get(name):
            return self.body(text, Run(block.start, block.end, False))  # its author stands above
        low, high = block.name or (block.start, block.end)
        spans = _names(text, low, high) if name == "author" else [(low, high)]
        for start, end in spans:
            self._place(text, start, end, name, 0, block.rule)

    def body(self, text: str, run: Run) -> None:
        """Take a run of body text."""
        if not (run.joined and self.paragraphs):
            self.paragraphs.append("")
        start = run.start + run.doubled
        self._place(text, start, run.end, "paragraphs", len(self.paragraphs) - 1, "stitch.body")

    def _place(self, text: str, start: int, end: int, name: Field, index: int, rule: str) -> None:
        so_far = self.paragraphs[index] if name == "paragraphs" else self.fields.get(name, "")
        target = Target(self.number, name, index, len(so_far))
        self.pieces.append(Piece(start, end, rule, target))
        grown = so_far + text[start:end]
        if name == "paragraphs":
            self.paragraphs[index] = grown
        else:
            self.fields[name] = grown

    def article(self) -> Article:
        """The finished article."""
        fields = self.fields
        return Article(
            fields.get("kicker", ""),
            fields.get("title", ""),
            fields.get("subtitle", ""),
            fields.get("author", ""),
            fields.get("affiliation", ""),
            tuple(self.paragraphs),
        )


_LABELS = frozenset(
    (
        *("记者", "通讯员", "实习生", "本报记者", "见习记者", "实习记者"),
        *("記者", "通訊員", "實習生", "本報記者", "見習記者", "實習記者"),
    )
)
"""What parts the names of a byline."""


def _names(text: str, low: int, high: int) -> list[tuple[int, int]]:
    """The spans of a byline's names without padding: 苏 禾 is one name, 李明 王芳 are two,
    and so are 苏 禾 实习生 叶 子, and 苏 禾 and 叶 子 with wider blanks between them."""
    cells: list[tuple[int, int]] = []
    start = low
    for at in range(low, high + 1):
        if at == high or text[at].isspace():
            if at > start:
                cells.append((start, at))
            start = at + 1
    if any(end - start == 1 for start, end in cells):
        labels = [text[start:end] in _LABELS for start, end in cells]
        wider = _wider(text, cells)
        beside = [
            one or after or wide
            for one, after, wide in zip(labels, [*labels[1:], False], wider, strict=True)
        ]
        return [
            (start, end + (apart and at + 1 < len(cells)))
            for at, ((start, end), apart) in enumerate(zip(cells, beside, strict=True))
        ]
    joined: list[tuple[int, int]] = []
    for number, (start, end) in enumerate(cells):
        # one space between two names is kept: it belongs to the name before it
        joined.append((start, end + 1 if number + 1 < len(cells) else end))
    return joined


def _wider(text: str, cells: Sequence[tuple[int, int]]) -> list[bool]:
    """Whether names part behind each cell: the blanks there are wider than those inside of names,
    and no single character is left."""
    blanks = [text[one[1] : after[0]] for one, after in pairwise(cells)]
    gaps = [len(gap) + gap.count("\u3000") for gap in blanks]
    wide = [gap > min(gaps) for gap in gaps] + [True]
    sizes, size = [], 0
    for (start, end), parts in zip(cells, wide, strict=True):
        size += end - start
        if parts:
            sizes.append(size)
            size = 0
    return wide if min(sizes) > 1 else [False] * len(cells)


def fill(text: str, pieces: Sequence[Piece], drops: Sequence[tuple[int, int, str]]) -> list[Piece]:
    """All pieces in text order, with what lies between them as dropped.

    `drops` are (start, end, rule) of dropped stretches that have a reason of
    their own; everything else between pieces is blank space of the layout.
    """
    known = [*pieces, *(Piece(start, end, rule) for start, end, rule in drops)]
    result: list[Piece] = []
    last = 0
    for piece in sorted(known, key=lambda piece: (piece.start, piece.end)):
        if piece.start > last:
            result.append(_gap(text, last, piece.start))
        if piece.end > piece.start:
            result.append(piece)
        last = max(last, piece.end)
    if last < len(text):
        result.append(_gap(text, last, len(text)))
    return result


def _gap(text: str, start: int, end: int) -> Piece:
    blank = not text[start:end].strip()
    return Piece(start, end, "layout.blank" if blank else "layout.byline")
