"""Pages of a given size: as many of the project's articles as such a page would have, strung out.

A long article is several short ones one behind the other, a page of 200 KB the same text more than
once: good enough for time and memory, and for nothing else.
"""

from collections.abc import Iterable
from dataclasses import replace
from itertools import cycle

from bench.interleave import PRESETS, FileSource, generate, read_files
from bench.interleave.model import Article
from bench.kinds import ARTICLES

ON_PAGE = {5: 2, 10: 3, 20: 4, 50: 7, 200: 12}
"""KB of UTF-8 → articles."""
COLUMN = 330
"""characters of a column, about"""


def sized_page(kilobytes: int, interleaved: bool, seed: int) -> str:
    """A raw page of about so many KB, its articles' columns interleaved or in order."""
    count = ON_PAGE[kilobytes]
    options = PRESETS["columns" if interleaved else "in-order"]
    layout = replace(
        options.layout, articles_min=count, articles_max=count, column_chars=COLUMN, related=0
    )
    articles = strung_out(read_files(ARTICLES).articles, count, 1000 * kilobytes // count)
    options = replace(options, layout=layout)
    return next(generate(options, FileSource(articles), 1, seed)).raw


def strung_out(short: Iterable[Article], count: int, size: int) -> tuple[Article, ...]:
    """`count` articles of about `size` bytes each."""
    more = cycle(short)
    articles = []
    for _ in range(count):
        first = next(more)
        paragraphs = first.paragraphs
        while sum(len(paragraph.encode()) for paragraph in paragraphs) < size:
            paragraphs += next(more).paragraphs
        while len(paragraphs) > 1 and sum(len(p.encode()) for p in paragraphs[:-1]) > size:
            paragraphs = paragraphs[:-1]
        articles.append(replace(first, paragraphs=paragraphs))
    return tuple(articles)
