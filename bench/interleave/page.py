"""Clean articles → one damaged page with its truth."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from random import Random

from bench.interleave.abreast import abreast_pieces
from bench.interleave.columns import cut_body, line_cut, weave
from bench.interleave.damage import Confusions, damage_text
from bench.interleave.furnish import Marks, furnish
from bench.interleave.model import Article, Cut, Fragment, GeneratedPage, Piece, Seam, Slot
from bench.interleave.options import Layout, PageOptions
from bench.interleave.render import draw_style, slot_pieces
from bench.interleave.spread import spread_pieces


def make_page(
    articles: Sequence[Article],
    options: PageOptions,
    confusions: Confusions,
    rng: Random,
    number: int = 0,
) -> GeneratedPage:
    """A page of these articles; the gold's order is that of their first columns on the page."""
    layout = options.layout
    style = draw_style(layout, rng)
    articles, marks = _carry(list(articles), style.width, layout, rng)
    articles = _behead(articles, options.headings.lost, rng)
    cuts = [_cut(a, i == marks.article, style.width, layout, rng) for i, a in enumerate(articles)]
    order = weave([len(c) + 1 for c in cuts], layout, rng)
    ranks = {old: new for new, old in enumerate(dict.fromkeys(order))}
    articles = [articles[old] for old in ranks]
    cuts = [cuts[old] for old in ranks]
    marks = replace(marks, article=ranks.get(marks.article, -1))
    columns = _columns(articles, cuts, [ranks[i] for i in order])
    columns = _harm_seams(articles, columns, layout, rng)
    slots = furnish(articles, columns, options.headings, marks, style.width, rng)

    noise = Random(rng.random())  # its own, so that damage leaves the layout as it is

    def damager(text: str) -> str:
        return damage_text(text, options.damage, confusions, noise)

    if layout.spread:
        pieces = spread_pieces(slots, articles, layout, style, damager, rng)
    elif layout.abreast > 1:
        pieces = abreast_pieces(slots, articles, layout, style, damager, rng)
    else:
        pieces = slot_pieces(slots, articles, layout, options.headings, style, damager, rng)
    furniture = tuple(s.text for s in slots if s.part == "furniture")
    stem = f"{options.letter}{len(articles)}-{number:04d}"
    return _assemble(stem, tuple(articles), furniture, pieces)


def _columns(
    articles: Sequence[Article], cuts: Sequence[Sequence[int]], order: Iterable[int]
) -> list[Slot]:
    """The body slots in raw order."""
    bounds = [[0, *c, len(a.body)] for a, c in zip(articles, cuts, strict=True)]
    seen = [0] * len(articles)
    columns = []
    for article in order:
        start, end = bounds[article][seen[article] : seen[article] + 2]
        columns.append(Slot("body", article, start=start, end=end))
        seen[article] += 1
    return columns


def _cut(article: Article, carried: bool, width: int, layout: Layout, rng: Random) -> list[int]:
    columns = rng.randint(layout.columns_min, layout.columns_max)
    if layout.column_chars:
        columns = max(1, round(len(article.body) / layout.column_chars))
    if carried and not article.title:
        columns = rng.randint(1, 2)
    return cut_body(article, columns, width, layout, rng)


def _carry(
    articles: list[Article], width: int, layout: Layout, rng: Random
) -> tuple[list[Article], Marks]:
    """One article loses its beginning (with its headings) or its end to another page."""
    if not layout.carried:
        return articles, Marks()
    index = rng.randrange(len(articles))
    article = articles[index]
    cut = line_cut(article, int(len(article.body) * rng.uniform(0.35, 0.65)), width)
    arrives = rng.random() < 0.5
    told = f"第{rng.randint(1, 16)}版）" if rng.random() < 0.6 else ""
    keep = (cut, len(article.body)) if arrives else (0, cut)
    paragraphs = tuple(
        kept
        for start, text in zip(article.breaks, article.paragraphs, strict=False)
        if (kept := text[max(keep[0] - start, 0) : max(keep[1] - start, 0)])
    )
    if arrives:
        articles[index] = Article("", paragraphs, "", "", article.affiliation, article.origin)
        return articles, Marks(index, start=told and "（上接" + told)
    articles[index] = replace(article, paragraphs=paragraphs, affiliation="")
    return articles, Marks(index, end=told and "（下转" + told)


def _behead(articles: list[Article], lost: float, rng: Random) -> list[Article]:
    """One article may lose its headings; two keep theirs."""
    titled = [index for index, article in enumerate(articles) if article.title]
    if not lost or len(titled) < 3 or rng.random() >= lost:
        return articles
    index = rng.choice(titled)
    bare = replace(articles[index], kicker="", title="", author="")
    return [*articles[:index], bare, *articles[index + 1 :]]


def _harm_seams(
    articles: Sequence[Article], columns: Sequence[Slot], layout: Layout, rng: Random
) -> list[Slot]:
    """At seams inside a paragraph a character is doubled (on the right) or lost (on the left)."""
    harmed = list(columns)
    previous: dict[int, int] = {}
    for i, slot in enumerate(columns):
        left = previous.get(slot.article)
        previous[slot.article] = i
        article = articles[slot.article]
        if left is None or slot.start in article.breaks or abs(left - i) == 1:
            continue
        char = article.body[slot.start - 1]
        chance = rng.random()
        if chance < layout.doubled and "\u3400" <= char <= "\u9fff":
            harmed[i] = replace(harmed[i], doubled=True)
        elif layout.doubled <= chance < layout.doubled + layout.lost:
            before = harmed[left]
            harmed[left] = replace(before, end=before.end - 1, lost=char)
    return harmed


def _assemble(
    stem: str,
    articles: tuple[Article, ...],
    furniture: tuple[str, ...],
    pieces: Sequence[Piece],
) -> GeneratedPage:
    out: list[str] = []
    fragments: list[Fragment] = []
    at = 0
    for piece in pieces:
        slot = piece.slot
        start = at + len(piece.before)
        at = start + len(piece.text)
        out += (piece.before, piece.text)
        fragments.append(
            Fragment(start, at, slot.article, slot.kind, slot.part, piece.start, piece.end)
        )
    cuts = tuple(
        Cut(a.end, b.start, piece.breaks)
        for (a, b), piece in zip(pairwise(fragments), pieces[1:], strict=True)
    )
    return GeneratedPage(
        stem,
        "".join(out) + "\n",
        articles,
        furniture,
        tuple(fragments),
        tuple(sorted(_seams(articles, fragments, pieces), key=lambda s: s.left)),
        cuts,
        tuple(a.origin for a in articles),
    )


def _seams(
    articles: Sequence[Article], fragments: Sequence[Fragment], pieces: Sequence[Piece]
) -> Iterable[Seam]:
    bodies = [i for i, f in enumerate(fragments) if f.kind == "body"]
    bodies.sort(key=lambda i: (fragments[i].article, fragments[i].gold_start))
    for left, right in pairwise(bodies):
        before, after = fragments[left], fragments[right]
        if before.article == after.article:
            yield Seam(
                before.end,
                after.start,
                after.article,
                pieces[left + 1].breaks if left + 1 < len(pieces) else "block",
                pieces[right].breaks,
                pieces[right].doubled,
                pieces[left].lost,
                after.gold_start in articles[after.article].breaks,
            )
