"""Fit how many words of another article make a paragraph strange: `python -m bench.fit.astray
--corpus ../shared/corpus`. To be run anew after `bench.fit.counts`.

Pages of three articles in order, and the same with the last paragraph of one among those of the
next one. The bound is as low as pages in order allow.
"""

from collections.abc import Sequence
from pathlib import Path
from random import Random

import click
import numpy as np
from jiaokan.rulebook import Rulebook
from jiaokan.rulebook import load as load_rules
from jiaokan.stitch.confidence.other_words import aliens
from jiaokan.stitch.order.page_order import put_in_place
from jiaokan.stitch.weights import weights
from numpy.typing import NDArray

from bench.fit.pages import keep
from bench.fit.plain import heading, set_up, uncounted
from bench.interleave import Shape
from bench.interleave.articles import CorpusSource

SHAPE = Shape(author=0.7, subheadings=0)
ARTICLES = 3
RELATED = 0.5
"""Share of pages whose articles are near neighbours."""
CALLED = 0.015
"""Share of pages in order of which a paragraph may be called strange. On pages of articles that
nobody has counted it is about twice as much."""
NONE = -100.0
"""Stands for the bits of a page that has no such paragraph."""

Bits = NDArray[np.float64]


@click.command()
@click.option("--corpus", type=click.Path(path_type=Path), default=Path("../shared/corpus"))
@click.option("--pages", default=1500, show_default=True)
@click.option("--seed", default=606, show_default=True)
def main(corpus: Path, pages: int, seed: int) -> None:
    """Fit, print what is reached, and write the number into the package."""
    source, rules = CorpusSource(uncounted(corpus), SHAPE), load_rules()
    found = np.array([strangest(source, Random(f"{seed}:{i}"), rules) for i in range(pages)])
    held_out = np.arange(pages) % 3 == 2
    in_order, moved = (found[held_out] > fit(found[~held_out])).mean(axis=0)
    figures = {
        "pages in order of which a paragraph is called strange": round(float(in_order), 3),
        "paragraphs of another article that are": round(float(moved), 3),
        "pages": pages,
    }
    click.echo(f"{fit(found)} {figures}")
    keep("astray", {"unlike": fit(found)}, figures)


def fit(found: Bits) -> float:
    """The bound, in tenths of a bit. `found`: of each page in order and otherwise, (pages, 2)."""
    return float(np.ceil(10 * np.quantile(found[:, 0], 1 - CALLED)) / 10)


def strangest(source: CorpusSource, rng: Random, rules: Rulebook) -> tuple[float, float]:
    """The bits of the strangest paragraph of a page in order, and of the one that was moved."""
    articles = source.draw(rng, ARTICLES, related=rng.random() < RELATED)
    bodies = [list(article.paragraphs) for article in articles]
    headings = [heading(article) for article in articles]
    in_order = max((bits for _, bits in _strange(headings, bodies, rules)), default=NONE)
    giver = rng.randrange(ARTICLES - 1)
    moved, taker = bodies[giver].pop(), bodies[giver + 1]
    taker.insert(rng.randint(1, len(taker)), moved)
    bits = [bits for line, bits in _strange(headings, bodies, rules) if line == moved]
    return in_order, max(bits, default=NONE)


def _strange(
    headings: Sequence[list[str]], bodies: Sequence[list[str]], rules: Rulebook
) -> list[tuple[str, float]]:
    """The paragraphs that have words of another article, and how many."""
    lines = [line for head, body in zip(headings, bodies, strict=True) for line in [*head, *body]]
    text, found, whole = set_up(lines, rules, network=False)
    if whole is None:
        return []
    reading = put_in_place(text, found, whole, weights())
    return [
        (text[whole.items[one.at].start : whole.items[one.at].end], one.unlike)
        for one in aliens(text, whole, reading)
    ]


if __name__ == "__main__":
    main()
