"""Article → columns: the gold offsets at which a body is cut, and the order on the page."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from random import Random

from bench.interleave.model import Article, is_subheading
from bench.interleave.options import Layout
from bench.interleave.wrap import line_ends

SHORTEST_COLUMN = 30
"""characters of the shortest column"""

_INDENT = 2
_SENTENCE_END = re.compile(r"[。！？]”?")
_LATIN = re.compile(r"[A-Za-z0-9.%]")


def cut_body(article: Article, columns: int, width: int, layout: Layout, rng: Random) -> list[int]:
    """Gold offsets 0 < c < len(body), ascending, at which the body is cut into columns."""
    length = len(article.body)
    step = length / columns
    cuts: list[int] = []
    for i in range(1, columns):
        wanted = int(i * step + rng.uniform(-layout.uneven, layout.uneven) * step)
        cut = _place(article, wanted, width, layout, rng)
        last = cuts[-1] if cuts else 0
        if cut - last >= SHORTEST_COLUMN and length - cut >= SHORTEST_COLUMN:
            cuts.append(cut)
    return cuts


def line_cut(article: Article, wanted: int, width: int) -> int:
    """The end of the printed line nearest to the gold offset `wanted`."""
    start, paragraph = _paragraph_at(article, wanted)
    if is_subheading(paragraph):
        return start
    ends = line_ends(paragraph, width, _INDENT)
    return start + min(ends, key=lambda end: (abs(start + end - wanted), end))


def _place(article: Article, wanted: int, width: int, layout: Layout, rng: Random) -> int:
    kind = rng.random()
    start, paragraph = _paragraph_at(article, wanted)
    if is_subheading(paragraph):
        return start
    if kind < layout.cut_paragraph:
        after = start + len(paragraph)
        return start if start and wanted - start < after - wanted else _not_after(article, after)
    if kind < layout.cut_paragraph + layout.cut_sentence:
        ends = [m.end() for m in _SENTENCE_END.finditer(paragraph)]
        if ends:
            return start + min(ends, key=lambda end: (abs(start + end - wanted), end))
    if rng.random() < layout.ragged:
        while wanted < start + len(paragraph) and _LATIN.match(article.body, wanted):
            wanted += 1
        return wanted
    return line_cut(article, wanted, width)


def _not_after(article: Article, offset: int) -> int:
    """`offset`, or the start of the sub-heading that ends there: columns do not end in one."""
    start, paragraph = _paragraph_at(article, max(offset - 1, 0))
    return start if is_subheading(paragraph) else offset


def _paragraph_at(article: Article, offset: int) -> tuple[int, str]:
    index = max(bisect_left(article.breaks, offset + 1) - 1, 0)
    index = min(index, len(article.paragraphs) - 1)
    return article.breaks[index], article.paragraphs[index]


def weave(counts: Sequence[int], layout: Layout, rng: Random) -> list[int]:
    """Article indices in the order of their columns on the page, each as often as it has columns.

    Columns of one article keep their order. Two of one article stand side by side only with
    probability `layout.adjacent`, or where no other article has columns left.
    """
    if not layout.interleave:
        order = rng.sample(range(len(counts)), len(counts))
        return [article for article in order for _ in range(counts[article])]
    left = list(counts)
    order = []
    while any(left):
        open_ = [i for i, n in enumerate(left) if n]
        last = order[-1] if order else -1
        if len(open_) > 1 and last in open_ and rng.random() >= layout.adjacent:
            open_.remove(last)
        most = max(open_, key=lambda i: left[i])
        forced = left[most] > sum(left) - left[most]
        pick = most if forced else rng.choices(open_, [left[i] for i in open_])[0]
        order.append(pick)
        left[pick] -= 1
    return order
