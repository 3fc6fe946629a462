"""A file far larger than a newspaper page is put together stretch by stretch.

The search compares every part of a page with every other one: its time and memory grow with the
square of the page. No sheet of newsprint holds `LARGEST` characters; a file that does is an issue
or a book. It is cut before headings into stretches of some `PART` characters, each is read as a
page, and the results stand one behind the other. Nothing is moved from one stretch to another,
which is reported.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from jiaokan.article import Arrangement, Article, Piece, Seam, Target
from jiaokan.finding import Finding
from jiaokan.malloc import trim_heap
from jiaokan.stitch.blocks import Block

LARGEST = 70_000
"""Characters; with more a page is read in stretches."""
PART = 30_000
_MOST = 2 * PART
"""Characters without a heading after which a stretch ends at any line."""
_SHOWN = 40
_HEADS = ("kicker", "title")

Stretch = tuple[str, Sequence[Block], int]
"""Its text, its blocks as they stand in that text, and where it begins."""
Result = tuple[Arrangement, list[Finding]]


def in_stretches(text: str, found: Sequence[Block], one: Callable[[Stretch], Result]) -> Result:
    """What `one` makes of each stretch, put together."""
    articles: list[Article] = []
    furniture: list[str] = []
    pieces: list[Piece] = []
    seams: list[Seam] = []
    doubts: list[Finding] = []
    for stretch in _stretches(text, found):
        trim_heap()
        part, more = one(stretch)
        begin, (first, *others) = stretch[2], part.articles or (Article(),)
        goes_on = bool(articles and part.articles) and _goes_on(articles[-1], first)
        base, before = len(articles) - goes_on, 0
        if goes_on:
            before = len(articles[-1].paragraphs)
            whole = articles[-1].paragraphs + first.paragraphs
            closed = articles[-1].affiliation or first.affiliation
            articles[-1] = replace(articles[-1], paragraphs=whole, affiliation=closed)
            articles += others
        else:
            articles += part.articles

        for piece in part.pieces:
            target = piece.target and _moved(piece.target, base, before, len(furniture))
            pieces.append(Piece(piece.start + begin, piece.end + begin, piece.rule, target))
        furniture += part.furniture
        for seam in part.seams:
            left, right = seam.left + begin, seam.right + begin
            seams.append(replace(seam, article=seam.article + base, left=left, right=right))
        doubts += [replace(d, start=d.start + begin, end=d.end + begin) for d in more]
        if begin:
            doubts.append(_cut(text, begin))
    trim_heap()
    return Arrangement(tuple(articles), tuple(furniture), tuple(pieces), tuple(seams)), doubts


def _moved(target: Target, base: int, before: int, lines: int) -> Target:
    """The place, behind so many articles, paragraphs of the article that goes on, and lines."""
    if target.article < 0:
        return replace(target, index=target.index + lines)
    own = before if target.article == 0 and target.field == "paragraphs" else 0
    return replace(target, article=target.article + base, index=target.index + own)


def _stretches(text: str, found: Sequence[Block]) -> Iterator[Stretch]:
    begin = first = 0
    for number, block in enumerate(found):
        heads = block.role in _HEADS and found[number - 1].role not in _HEADS
        least = PART if heads else _MOST if block.role == "body" else len(text)
        if block.start - begin >= least and number > first:
            yield _stretch(text, found[first:number], begin, block.start)
            begin, first = block.start, number
    yield _stretch(text, found[first:], begin, len(text))


def _stretch(text: str, found: Sequence[Block], begin: int, end: int) -> Stretch:
    own = [
        replace(
            block,
            start=block.start - begin,
            end=block.end - begin,
            name=block.name and (block.name[0] - begin, block.name[1] - begin),
        )
        for block in found
    ]
    return text[begin:end], own, begin


def _goes_on(before: Article, first: Article) -> bool:
    """Whether a stretch's first article has no heading of its own, and the one before is open."""
    headed = first.kicker or first.title or first.subtitle or first.author
    return not (headed or (before.affiliation and first.affiliation))


def _cut(text: str, at: int) -> Finding:
    end = min(len(text), at + _SHOWN)
    message = (
        f"The page has more than {LARGEST:,} characters and was put together in stretches; nothing "
        "was moved across this place. Split the file where its pages end."
    )
    return Finding(at, end, "stitch.large-page", text[at:end], message, 0.5)
