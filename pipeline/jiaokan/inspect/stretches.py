"""Pieces of a ledger → stretches, fragments and links.

A fragment is a run of the raw text that stands in one piece in its article, too. Blanks that were
dropped do not part it; furniture and other articles do.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from jiaokan.article import SINGLE_FIELDS, Seam, Target
from jiaokan.inspect.model import ArticleView, FieldView, FragmentView, LinkView, Place, Stretch
from jiaokan.ledger import Ledger
from jiaokan.trace import Trace

READING = (*SINGLE_FIELDS[:4], "paragraphs", "affiliation", "furniture")
"""Fields in the order in which people read them."""


def stretches_of(ledger: Ledger, trace: Trace) -> list[Stretch]:
    """The pieces that stand somewhere, in raw order, not yet in fragments."""
    found: list[Stretch] = []
    at = 0
    for piece in ledger.pieces:
        if piece.target is not None:
            start, end = trace.raw_span(at, at + piece.length)
            text = trace.text[at : at + piece.length]
            found.append(Stretch(start, end, text, _place(piece.target, len(text)), piece.rule, -1))
        at += piece.length
    return found


def in_fragments(
    stretches: Sequence[Stretch],
) -> tuple[list[Stretch], tuple[FragmentView, ...]]:
    """The stretches with their fragments' numbers, and the fragments in raw order."""
    reading = sorted(range(len(stretches)), key=lambda index: _key(stretches[index].place))
    rank = {index: position for position, index in enumerate(reading)}
    runs: list[list[int]] = []
    for index, stretch in enumerate(stretches):
        if stretch.place.article < 0:
            continue
        before = runs[-1][-1] if runs else -1
        if (
            runs
            and before == index - 1
            and rank[index] == rank[before] + 1
            and stretches[before].place.article == stretch.place.article
        ):
            runs[-1].append(index)
        else:
            runs.append([index])
    sizes = [sum(len(stretches[index].text) for index in run) for run in runs]
    stays = heaviest_rise([rank[run[0]] for run in runs], sizes)
    orders = _orders([(stretches[run[0]].place.article, rank[run[0]]) for run in runs])
    numbered = list(stretches)
    fragments: list[FragmentView] = []
    for number, run in enumerate(runs):
        for index in run:
            numbered[index] = replace(stretches[index], fragment=number)
        first, last = stretches[run[0]], stretches[run[-1]]
        places = _joined([stretches[index].place for index in run])
        fragments.append(
            FragmentView(
                number,
                first.start,
                last.end,
                first.place.article,
                orders[number],
                places,
                number not in stays,
            )
        )
    return numbered, tuple(fragments)


def links_of(fragments: Sequence[FragmentView], seams: Sequence[Seam]) -> tuple[LinkView, ...]:
    """From fragment to fragment, as each article reads."""
    into: dict[int, int] = {}
    for number, seam in enumerate(seams):
        target = _holding(fragments, seam)
        if target is not None:
            into.setdefault(target.number, number)
    reading = sorted(fragments, key=lambda fragment: (fragment.article, fragment.order))
    return tuple(
        LinkView(one.article, one.number, other.number, into.get(other.number, -1))
        for one, other in pairwise(reading)
        if one.article == other.article
    )


def articles_of(
    stretches: Sequence[Stretch], fragments: Sequence[FragmentView]
) -> tuple[tuple[ArticleView, ...], tuple[FieldView, ...]]:
    """The articles, and the lines of furniture, as the run wrote them."""
    parts: dict[tuple[int, int, int], list[Stretch]] = {}
    for stretch in sorted(stretches, key=lambda stretch: _key(stretch.place)):
        place = stretch.place
        key = place.article, READING.index(place.field), place.index
        parts.setdefault(key, []).append(stretch)
    fields: dict[int, list[FieldView]] = {}
    for (article, name, index), own in parts.items():
        text = "".join(stretch.text for stretch in own)
        fields.setdefault(article, []).append(FieldView(READING[name], index, text, tuple(own)))
    furniture = tuple(fields.pop(-1, ()))
    articles = []
    for number in sorted(fields):
        own_fragments = [f for f in fragments if f.article == number]
        order = tuple(f.number for f in sorted(own_fragments, key=lambda f: f.order))
        articles.append(ArticleView(number, tuple(fields[number]), order))
    return tuple(articles), furniture


def _place(target: Target, length: int) -> Place:
    return Place(target.article, target.field, target.index, target.offset, target.offset + length)


def _key(place: Place) -> tuple[int, int, int, int]:
    return place.article, READING.index(place.field), place.index, place.start


def _orders(ranks: Sequence[tuple[int, int]]) -> list[int]:
    """(article, rank) of each fragment → its place among those of its article."""
    orders = [0] * len(ranks)
    counts: dict[int, int] = {}
    for number in sorted(range(len(ranks)), key=ranks.__getitem__):
        article = ranks[number][0]
        orders[number] = counts.get(article, 0)
        counts[article] = orders[number] + 1
    return orders


def _joined(places: Sequence[Place]) -> tuple[Place, ...]:
    """Places that follow one another in a string, as one."""
    found: list[Place] = []
    for place in places:
        if found and found[-1].string == place.string and found[-1].end == place.start:
            found[-1] = replace(found[-1], end=place.end)
        else:
            found.append(place)
    return tuple(found)


def _holding(fragments: Sequence[FragmentView], seam: Seam) -> FragmentView | None:
    """The fragment in which a seam ends: it holds the place, or is the next one behind it (where
    a character that was read twice was dropped)."""
    own = (f for f in fragments if f.article == seam.article and f.end > seam.right)
    return min(own, key=lambda fragment: fragment.start, default=None)


def heaviest_rise(ranks: Sequence[int], weights: Sequence[int]) -> set[int]:
    """Which items of the rising subsequence of greatest weight stay where they are.

    >>> sorted(heaviest_rise([0, 2, 1, 3], [5, 9, 4, 7]))
    [0, 1, 3]
    """
    before = [-1] * len(ranks)
    tops: list[tuple[int, int, int]] = []  # (rank, weight so far, item), both rising
    for index, rank in enumerate(ranks):
        at = bisect_left(tops, (rank,))
        total = weights[index]
        if at:
            total += tops[at - 1][1]
            before[index] = tops[at - 1][2]
        stop = at
        while stop < len(tops) and tops[stop][1] <= total:
            stop += 1
        tops[at:stop] = [(rank, total, index)]
    stays: set[int] = set()
    index = tops[-1][2] if tops else -1
    while index >= 0:
        stays.add(index)
        index = before[index]
    return stays
