"""From the items of a page to the best set of paths through them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jiaokan.language import load, view
from jiaokan.stitch.blocks import Block
from jiaokan.stitch.items import Item, cut_up
from jiaokan.stitch.joins import Joins, Measured, measure, weigh
from jiaokan.stitch.kinship import Vocabulary
from jiaokan.stitch.search import Problem, best_path, marginals, search
from jiaokan.stitch.weights import BEAM, TEMPERATURE, Weights

ROUNDS = 2
"""How often kinship is estimated anew."""


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


def decide(page: Prepared, weights: Weights) -> Reading:
    """The best set of paths under the weights; kinship is estimated from the paths themselves."""
    items, headings = page.items, page.headings
    matrix = weigh(items, page.facts, weights)
    streams = len(headings) + 1
    kinship = np.zeros((len(items), streams), np.float32)
    for turn in range(ROUNDS + 1 if streams > 2 else 1):
        if turn:
            kinship = page.vocabulary.kinship(chances.stream, weights)
            kinship[:, -1] = 0
            kinship[[item.kind == "affiliation" for item in items]] = 0
        problem = Problem(items, streams, matrix, kinship, weights)
        layers = search(problem, BEAM)
        chances = marginals(problem, layers, TEMPERATURE)
    chosen, previous = best_path(problem, layers)
    return Reading(
        items,
        headings,
        matrix,
        tuple(int(stream) for stream in chosen),
        tuple(int(item) for item in previous),
        chances.previous,
        chances.stream,
    )
