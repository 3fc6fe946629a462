"""A paper with an engine of its own, for `bench.rules_learn`: pages with and without its damage."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random

from bench.interleave import PRESETS, Article, FileSource, generate
from bench.interleave.damage import Confusions

ARTICLES_EACH = 2
"""On a page; no article stands on two pages."""
MISREAD = 16
"""Characters that a paper's engine misreads systematically."""
RATE = 0.3
"""Share of their places that it misreads."""
COMMON = 250
"""Of the articles' characters those that are commoner are read well: engines know them best."""
STRAY = 0.002
"""Share of all characters that it misreads in other ways."""
LEAK = ("也", " too ")
LINE = "读者来信请寄本报编辑室收"


@dataclass(frozen=True, slots=True)
class Pair:
    """A page as the engine read it, and as it would be without a misreading."""

    stem: str
    damaged: str
    undamaged: str


@dataclass(frozen=True, slots=True)
class Engine:
    """What a paper's engine does."""

    systematic: Confusions
    stray: Confusions

    def read(self, text: str, rng: Random) -> str:
        """A text as the engine reads it."""
        out = []
        for char in text:
            table = self.systematic if rng.random() < RATE else {}
            if char not in table and rng.random() < STRAY:
                table = self.stray
            if char == LEAK[0] and rng.random() < RATE:
                char = LEAK[1]
            elif char in table:
                reads, counts = table[char]
                char = rng.choices(reads, counts)[0]
            out.append(char)
        return "".join(out).replace("“", "‘‘").replace("”", "’’")


def engine(every: Confusions, articles: FileSource, rng: Random, misread: int = MISREAD) -> Engine:
    """An engine whose systematic misreadings are drawn by how often the table has them."""
    counts = Counter("".join(a.body for a in articles.articles))
    known = {true: reads for true, reads in every.items() if 15 <= counts[true] <= COMMON}
    names = sorted(known)
    weights = [sum(known[name][1]) for name in names]
    chosen: dict[str, tuple[tuple[str, ...], tuple[int, ...]]] = {}
    while len(chosen) < misread:
        true = rng.choices(names, weights)[0]
        read = rng.choices(*known[true])[0]
        chosen[true] = ((read,), (1,))
    return Engine(chosen, every)


def pairs(articles: Sequence[Article], made: Engine, seed: int) -> Iterator[Pair]:
    """Pages in order, each with articles of its own, with and without damage."""
    each = ARTICLES_EACH
    layout = replace(PRESETS["in-order"].layout, articles_min=each, articles_max=each)
    options = replace(PRESETS["in-order"], layout=layout)
    rng = Random(seed)
    for number in range(len(articles) // each):
        source = FileSource(tuple(articles[each * number : each * (number + 1)]))
        (page,) = generate(options, source, 1, seed, first=number)
        yield Pair(page.stem, f"{LINE}\n\n{made.read(page.raw, rng)}", page.raw)
