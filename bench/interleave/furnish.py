"""Articles in columns → the slots of a page in raw order: headings, columns, notes, furniture."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from random import Random

from bench.interleave import names
from bench.interleave.columns import line_cut
from bench.interleave.model import Article, Part, Slot, author_name
from bench.interleave.options import Headings

SHORTEST_HALF = 20
"""characters that a column keeps on each side of a heading set into it"""


@dataclass(frozen=True, slots=True)
class Marks:
    """What a carried article says of the other page: （上接…） first, （下转…） last."""

    article: int = -1
    start: str = ""
    end: str = ""


TORN_TITLE = 8
"""characters of a title that is torn between two columns, at least"""


def furnish(
    articles: Sequence[Article],
    columns: Sequence[Slot],
    options: Headings,
    marks: Marks,
    width: int,
    rng: Random,
) -> list[Slot]:
    """All slots of the page: `columns` (body slots in raw order) with what stands around them."""
    slots = list(columns)
    for index in range(len(articles)):
        _insert_headings(slots, index, articles, options, width, rng)
    foot: list[Slot] = []
    for index, article in enumerate(articles):
        _insert_affiliation(slots, foot, index, article, options, rng)
    _insert_marks(slots, marks)
    slots += foot
    if rng.random() < options.furniture:
        head = [Slot("furniture", -1, line) for line in names.head_furniture(rng)]
        slots = head + slots + [Slot("furniture", -1, line) for line in names.foot_furniture(rng)]
        if rng.random() < 0.3:
            _insert_caption(slots, rng)
    return slots


def heading_slots(index: int, article: Article, options: Headings, rng: Random) -> list[Slot]:
    """The heading lines of an article as they are printed, in their usual order."""
    lines: list[tuple[Part, str]] = [("kicker", article.kicker)]
    lines.append(("title", _title_lines(article.title, options, rng)))
    lines.append(("author", _author_line(article.author, options, rng)))
    return [Slot(part, index, text) for part, text in lines if text]


def _insert_headings(
    slots: list[Slot],
    index: int,
    articles: Sequence[Article],
    options: Headings,
    width: int,
    rng: Random,
) -> None:
    headings = heading_slots(index, articles[index], options, rng)
    first = next(i for i, s in enumerate(slots) if s.part == "body" and s.article == index)
    place = rng.random()
    if place < options.inside:
        host = first - 1 if first and slots[first - 1].part == "body" else first
        halves = _halve(slots[host], articles[slots[host].article], width, rng)
        if halves:
            slots[host : host + 1] = [halves[0], *headings, halves[1]]
            return
    place -= options.inside
    if headings and options.after <= place < options.after + options.above:
        _insert_above(slots, index, headings, options, rng)
        return
    at = first + 1 if 0 <= place < options.after else first
    slots[at:at] = headings


def _insert_above(
    slots: list[Slot], index: int, headings: Sequence[Slot], options: Headings, rng: Random
) -> None:
    """Put a heading above a later column of its article, the part over the first one above that."""
    own = [i for i, s in enumerate(slots) if s.part == "body" and s.article == index]
    rest = list(headings)
    first: list[Slot] = []
    if rng.random() < options.torn:
        if rest[0].part == "kicker":
            first, rest = rest[:1], rest[1:]
        elif len(rest[0].text) >= TORN_TITLE:
            lines = replace(options, two_lines=1.0)
            halves = _title_lines(rest[0].text.replace("\n", ""), lines, rng).split("\n")
            one, other = (replace(rest[0], text=half) for half in halves)
            first, rest = [one], [other, *rest[1:]]
    later = own[min(rng.choice((1, 1, 2)), len(own) - 1)]
    slots[later:later] = rest
    slots[own[0] : own[0]] = first


def _halve(slot: Slot, article: Article, width: int, rng: Random) -> tuple[Slot, Slot] | None:
    """A column in two at a line's end, for a heading between."""
    length = slot.end - slot.start
    if length < 2 * SHORTEST_HALF:
        return None
    wanted = slot.start + rng.randint(SHORTEST_HALF, length - SHORTEST_HALF)
    cut = line_cut(article, wanted, width)
    if not slot.start < cut < slot.end:
        return None
    return replace(slot, end=cut, lost=""), replace(slot, start=cut, doubled=False)


def _insert_affiliation(
    slots: list[Slot],
    foot: list[Slot],
    index: int,
    article: Article,
    options: Headings,
    rng: Random,
) -> None:
    if not article.affiliation:
        return
    slot = Slot("affiliation", index, article.affiliation)
    if rng.random() < options.affiliation_foot and not foot:
        foot.append(slot)
        return
    slots.insert(_last_of(slots, index) + 1, slot)


def _insert_marks(slots: list[Slot], marks: Marks) -> None:
    if marks.start:
        first = next(i for i, s in enumerate(slots) if s.article == marks.article)
        slots.insert(first, Slot("furniture", -1, marks.start))
    if marks.end:
        slots.insert(_last_of(slots, marks.article) + 1, Slot("furniture", -1, marks.end))


def _insert_caption(slots: list[Slot], rng: Random) -> None:
    gaps = [i for i in range(1, len(slots)) if slots[i].part == slots[i - 1].part == "body"]
    if gaps:
        slots.insert(rng.choice(gaps), Slot("furniture", -1, rng.choice(names.CAPTIONS)))


def _last_of(slots: Iterable[Slot], article: int) -> int:
    return max(i for i, s in enumerate(slots) if s.article == article and s.part == "body")


def _title_lines(title: str, options: Headings, rng: Random) -> str:
    if len(title) < 8 or rng.random() >= options.two_lines:
        return title
    comma = title.find("，") + 1
    cut = comma if 3 < comma < len(title) - 2 else len(title) // 2 + rng.randint(-2, 2)
    cut += title[cut] in "”》）：？"  # no line begins with such a mark
    return title[:cut] + "\n" + title[cut:]


def _author_line(author: str, options: Headings, rng: Random) -> str:
    if not author:
        return ""
    padded = rng.random() < options.padded_author
    people = [n[0] + " " + n[1] if padded and len(n) == 2 else n for n in author.split()]
    line = " ".join(people)
    if rng.random() < options.author_mark:
        mark = rng.choice(("文/", "□ ", "本报记者 ", "□"))
        labelled = author.startswith("□") or author_name(author) != "".join(author.split())
        return line if labelled else mark + line
    return line
