"""Free truth: clean articles → pages damaged as newspapers and OCR do, with their truth.

>>> from bench.interleave import PRESETS, corpus, generate
>>> pages = generate(PRESETS["columns"], corpus(folder, ["news"], "fit"), 1000, 1)  # doctest: +SKIP
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

from bench.interleave.articles import CorpusSource, FileSource, Shape, Source, read_files
from bench.interleave.corpus import read_registers
from bench.interleave.damage import Confusions, read_confusions
from bench.interleave.model import Article, Cut, Fragment, GeneratedPage, Seam
from bench.interleave.options import DAMAGES, PRESETS, PageOptions, with_settings
from bench.interleave.page import make_page
from bench.interleave.write import gold, truth, write_pages

__all__ = [
    "DAMAGES",
    "PRESETS",
    "Article",
    "CorpusSource",
    "Cut",
    "FileSource",
    "Fragment",
    "GeneratedPage",
    "PageOptions",
    "Seam",
    "Shape",
    "Source",
    "corpus",
    "generate",
    "gold",
    "make_page",
    "read_confusions",
    "read_files",
    "truth",
    "with_settings",
    "write_pages",
]


def corpus(
    folder: Path, registers: Sequence[str], part: str = "fit", shape: Shape | None = None
) -> CorpusSource:
    """A source of articles from one part (fit, tune, test, all) of some registers of the corpus."""
    return CorpusSource(read_registers(folder, registers, part), shape or Shape())


def generate(
    preset: str | PageOptions,
    sources: Source | Sequence[Source],
    pages: int,
    seed: int,
    confusions: Confusions | None = None,
    first: int = 0,
) -> Iterator[GeneratedPage]:
    """Pages number `first` to `first` + `pages` - 1; each depends on its number and the seed only.

    With several sources each page takes its articles from one of them. Damage of characters is
    part of the options; `confusions` is the table that its misreadings are drawn from.
    """
    options = PRESETS[preset] if isinstance(preset, str) else preset
    several = sources if isinstance(sources, Sequence) else [sources]
    layout = options.layout
    for number in range(first, first + pages):
        kind = f"{options.letter}{layout.articles_min}-{layout.articles_max}"
        rng = Random(f"{seed}:{kind}:{number}")
        count = rng.randint(layout.articles_min, layout.articles_max)
        source = several[0] if len(several) == 1 else rng.choice(several)
        articles = source.draw(rng, count, rng.random() < layout.related)
        yield make_page(articles, options, confusions or {}, rng, number)
