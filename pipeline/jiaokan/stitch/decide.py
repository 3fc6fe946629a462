"""From the items of a page to the best set of paths through them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from jiaokan.language import load, view
from jiaokan.stitch.blocks import Block
from jiaokan.stitch.items import Item, cut_up
from jiaokan.stitch.joins import Joins, Measured, measure, weigh
from jiaokan.stitch.kinship import Vocabulary
from jiaokan.stitch.search import Chances, Problem, best_path, marginals, search
from jiaokan.stitch.weights import BEAM, TEMPERATURE, Weights

ROUNDS = 3
"""How often kinship is estimated anew."""
KEPT_ROUNDS = 4
"""How often doubtful items are put back into the page's order."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the search made of a page."""

    items: tuple[Item, ...]
    headings: tuple[tuple[Block, ...], ...]
    joins: Joins
    stream: tuple[int, ...]
    """Of each item; the last number is the stream of no heading."""
    previous: tuple[int, ...]
    """Predecessor of each item."""
    chances: tuple[dict[int, float], ...]
    """Probability of each predecessor of each item."""
    shares: NDArray[np.float32]
    """Probability of each stream for each item, shape (items, streams)."""
    kept: frozenset[int] = frozenset()
    """Items that were put back into the page's order for doubt."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """All that is known of a page before any weight is asked."""

    items: tuple[Item, ...]
    headings: tuple[tuple[Block, ...], ...]
    facts: Measured
    vocabulary: Vocabulary


def prepare(
    text: str, found: Sequence[Block], cuts: Sequence[int], line_starts: frozenset[int]
) -> Prepared | None:
    """The page's items under these cuts, measured; None for a page without text."""
    items, headings = cut_up(found, cuts, line_starts)
    if not items:
        return None
    model, codes = load(), view(text)
    return Prepared(
        tuple(items),
        tuple(tuple(lines) for lines in headings),
        measure(model, codes, text, items),
        Vocabulary(model, codes, items),
    )


def decide(page: Prepared, weights: Weights, min_confidence: float = 0.0) -> Reading:
    """The best set of paths under the weights; kinship is estimated from the paths themselves.

    An item that would leave the page's order for a stream of which it is less
    sure than `min_confidence` stays behind the item before it.
    """
    items, streams = page.items, len(page.headings) + 1
    matrix = weigh(items, page.facts, weights)
    shares = _seeds(items, streams)
    for _ in range(ROUNDS if streams > 2 else 1):
        kinship = page.vocabulary.kinship(shares, weights)
        kinship[:, -1] = 0
        kinship[[item.kind == "affiliation" for item in items]] = 0
        problem = Problem(items, streams, matrix, kinship, weights)
        layers = search(problem, BEAM)
        chances = marginals(problem, layers, TEMPERATURE)
        shares = chances.stream
    stream, previous = best_path(problem, layers)
    for _ in range(KEPT_ROUNDS):
        doubtful = _doubtful(items, stream, previous, chances, min_confidence)
        if doubtful <= problem.kept:
            break
        problem = replace(problem, kept=problem.kept | doubtful)
        stream, previous = best_path(problem, search(problem, BEAM))
    return Reading(
        items,
        page.headings,
        matrix,
        tuple(int(number) for number in stream),
        tuple(int(item) for item in previous),
        chances.previous,
        chances.stream,
        problem.kept,
    )


def _seeds(items: Sequence[Item], streams: int) -> NDArray[np.float32]:
    """A first guess at the streams: a heading and the block right behind it are one article's."""
    shares = np.zeros((len(items), streams), np.float32)
    article = -1
    for index, item in enumerate(items):
        if item.kind == "heading":
            article = item.article
        elif item.kind != "atom" or (not item.inner and items[index - 1].kind != "heading"):
            article = -1
        if article >= 0:
            shares[index, article] = 1
    return shares


def _doubtful(
    items: Sequence[Item],
    stream: NDArray[np.intp],
    previous: NDArray[np.intp],
    chances: Chances,
    min_confidence: float,
) -> frozenset[int]:
    """Items that leave the page's order for a stream they are not sure to belong to."""
    return frozenset(
        index
        for index, item in enumerate(items)
        if index
        and item.kind == "atom"
        and items[index - 1].kind == "atom"
        and previous[index] != index - 1
        and chances.stream[index, stream[index]] < min_confidence
    )
