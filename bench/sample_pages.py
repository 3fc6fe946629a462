"""Pages for timing: about 20 KB, interleaved, damaged as the theory page is, four long articles.

The articles of bench/articles are short; three of them make a long one here, which is good enough
for time and for nothing else.
"""

from collections.abc import Iterator
from dataclasses import replace

from bench.interleave import DAMAGES, PRESETS, FileSource, generate, read_files
from bench.kinds import ARTICLES

TOGETHER = 3
"""articles in a long one"""


def sample_pages(seed: int, damage: str = "theory", preset: str = "columns") -> Iterator[str]:
    """Raw pages without end, no two alike."""
    options = replace(PRESETS[preset], damage=DAMAGES[damage])
    layout = replace(options.layout, articles_min=4, articles_max=4)
    source = long_articles()
    number = 0
    while True:
        for page in generate(replace(options, layout=layout), source, 1, seed, first=number):
            yield page.raw
        number += 1


def long_articles() -> FileSource:
    """Each article once, in threes."""
    short = read_files(ARTICLES).articles
    groups = [short[at : at + TOGETHER] for at in range(0, len(short), TOGETHER)]
    return FileSource(
        tuple(
            replace(group[0], paragraphs=tuple(p for one in group for p in one.paragraphs))
            for group in groups
        )
    )
