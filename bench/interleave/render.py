"""Slots → pieces: the raw text of each, damaged, and the break that parts it from the one before.

A piece is a whole slot, or one printed line of it where columns stand side by side.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random

from bench.interleave.model import Article, Break, Piece, Slot
from bench.interleave.options import Headings, Layout
from bench.interleave.wrap import line_ends

Damager = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Style:
    """What is one for a whole page: characters a line, how paragraphs are parted and indented."""

    width: int
    paragraph: str
    indent: str


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line of a body slot: clean text, gold offsets, whether it opens a paragraph."""

    text: str
    start: int
    end: int
    opens: bool


def draw_style(layout: Layout, rng: Random) -> Style:
    """The style of one page."""
    return Style(
        width=rng.randint(layout.width_min, layout.width_max),
        paragraph="\n" if rng.random() < layout.tight_paragraphs else "\n\n",
        indent="　　" if rng.random() < layout.indent else "",
    )


def body_lines(article: Article, slot: Slot, width: int | None) -> Iterator[Line]:
    """The lines of a body slot; with `width` None each paragraph, or part of one, is a line."""
    breaks = article.breaks
    for i, paragraph in enumerate(article.paragraphs):
        start, end = max(slot.start, breaks[i]), min(slot.end, breaks[i + 1])
        if start >= end:
            continue
        opens = start == breaks[i] and bool(article.title or i)
        text = paragraph[start - breaks[i] : end - breaks[i]]
        at = 0
        for to in (len(text),) if width is None else line_ends(text, width, 2 * opens):
            yield Line(text[at:to], start + at, start + to, opens and at == 0)
            at = to


def slot_lines(
    slot: Slot, articles: Sequence[Article], style: Style, width: int | None, damager: Damager
) -> list[Line]:
    """The lines of any slot as they are read; a doubled character stands in the first of them."""
    if slot.part != "body":
        texts = slot.text.split("\n")
        if width is not None:
            texts = [part for text in texts for part in _wrapped(text, width)]
        return [Line(damager(text), 0, 0, False) for text in texts]
    article = articles[slot.article]
    lines = list(body_lines(article, slot, width))
    again = article.body[slot.start - 1] if slot.doubled else ""
    return [
        Line(
            (style.indent if line.opens else "") + (again if i == 0 else "") + damager(line.text),
            line.start,
            line.end,
            line.opens,
        )
        for i, line in enumerate(lines)
    ]


def slot_pieces(
    slots: Sequence[Slot],
    articles: Sequence[Article],
    layout: Layout,
    headings: Headings,
    style: Style,
    damager: Damager,
    rng: Random,
) -> list[Piece]:
    """One piece a slot, in raw order."""
    pieces = []
    for i, slot in enumerate(slots):
        breaks = choose_break(slots[i - 1], slot, layout, headings, rng) if i else "block"
        width = style.width if layout.wrapped and slot.part in ("body", "affiliation") else None
        lines = slot_lines(slot, articles, style, width, damager)
        text = _joined(lines, layout, style, rng)
        before = {"block": "\n\n", "line": "\n"}.get(breaks, "")
        pieces.append(
            Piece(
                slot,
                text,
                before if i else "",
                breaks,
                slot.start,
                slot.end,
                slot.doubled,
                slot.lost,
            )
        )
    return pieces


def choose_break(left: Slot, right: Slot, layout: Layout, headings: Headings, rng: Random) -> Break:
    """How two slots that are neighbours on the page are parted."""
    chance = rng.random()
    if right.kind == "affiliation":
        same = left.kind == "body" and left.article == right.article
        if same and chance < headings.affiliation_glued:
            return "glued"
        return "line" if chance > 0.8 else "block"
    if left.kind == right.kind == "body":
        if left.article == right.article:
            return "line" if chance < layout.line_seam else "block"
        if chance < layout.glued:
            return "glued"
        return "line" if chance < layout.glued + layout.line_seam else "block"
    return "line" if chance < headings.tight else "block"


def _joined(lines: Sequence[Line], layout: Layout, style: Style, rng: Random) -> str:
    out = [lines[0].text]
    for line in lines[1:]:
        if not layout.wrapped:
            out.append(style.paragraph if line.opens else "\n")
        elif line.opens:
            out.append("\n" if rng.random() < layout.missed_blank else style.paragraph)
        else:
            out.append("\n\n" if rng.random() < layout.stray_blank else "\n")
        out.append(line.text)
    return "".join(out)


def _wrapped(text: str, width: int) -> list[str]:
    ends = line_ends(text, width)
    return [text[a:b] for a, b in zip((0, *ends), ends, strict=False)]
