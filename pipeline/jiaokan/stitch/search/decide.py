"""From the items of a page to the best set of paths through them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from jiaokan.language import walk
from jiaokan.language.towers import Seen
from jiaokan.stitch.blocks import Block
from jiaokan.stitch.items import Item, cut_up
from jiaokan.stitch.seams.joins import Joins, Measured, measure, weigh
from jiaokan.stitch.seams.kinship import Vocabulary, titled
from jiaokan.stitch.search.beam import Lattice, best_path, search
from jiaokan.stitch.search.chances import Chances, Predecessors, marginals
from jiaokan.stitch.search.chances import shares as by_stream
from jiaokan.stitch.search.problem import Problem, score
from jiaokan.stitch.weights import BEAM, NARROWER, Weights

TEMPERATURES: tuple[float, ...] = (6.0, 2.0, 1.0)
"""One for each time that kinship is estimated anew: at first all scores are doubted, so that a bad
first guess can be left (deterministic annealing, Ueda and Nakano 1998)."""
LAST = TEMPERATURES[-1:]
"""Enough where another reading of the page was bettered so before."""
BRIEF = 20
"""Characters of a line that needs no mark at its end where it is a paragraph of its own."""
KEPT_ROUNDS = 4
"""How often doubtful items are put back into the page's order."""
REREAD = 2
"""How often a page that leaves its order is read again from what was read of it."""
MOVED = 0.25
"""By so much a reading must change what was guessed of some item, or the page is not read again: of
66 generated pages that moved text on none of 40 that changed less, on 10 of 26 that did more; a
second time on one of two that changed less."""


class Reading(NamedTuple):
    """What the search made of a page."""

    items: tuple[Item, ...]
    headings: tuple[tuple[Block, ...], ...]
    joins: Joins
    stream: tuple[int, ...]
    """Of each item; the last number is the stream of no heading."""
    previous: tuple[int, ...]
    """Predecessor of each item."""
    chances: Sequence[Mapping[int, float]]
    """Probability of each predecessor of each item."""
    shares: NDArray[np.float32]
    """Probability of each stream for each item, shape (items, streams)."""
    kept: frozenset[int] = frozenset()
    """Items that were put back into the page's order for doubt."""
    mixed: bool = False
    """Whether columns that stood side by side were put one under another."""


class Prepared(NamedTuple):
    """All that is known of a page before any weight is asked."""

    items: tuple[Item, ...]
    headings: tuple[tuple[Block, ...], ...]
    facts: Measured
    pairs: Vocabulary
    singles: Vocabulary
    titled: NDArray[np.float32]
    """Bits of each item's pairs of characters that each heading has, shape (items, streams)."""
    guess: NDArray[np.float32]
    """A first guess at the probability of each stream for each item, shape (items, streams)."""
    rounds: tuple[float, ...]
    """Temperatures of the rounds in which the guess is bettered."""


def prepare(
    text: str,
    found: Sequence[Block],
    cuts: Mapping[int, float],
    network: Seen | None = None,
    before: Reading | None = None,
    *,
    untitled: bool = False,
) -> Prepared | None:
    """The page's items under these cuts, measured; None for a page without text.

    A reading of the page under other cuts is where the next one begins. `untitled`: text behind
    an article's end is an article without a title.
    """
    items, headings = cut_up(found, cuts, untitled=untitled)
    if not items:
        return None
    walked = walk(text)
    if before:
        guess, rounds = _carried_over(items, before), LAST
    else:
        guess, rounds = _seed(items, len(headings) + 1), TEMPERATURES
    return Prepared(
        tuple(items),
        tuple(tuple(lines) for lines in headings),
        measure(walked, text, items, network),
        Vocabulary(walked, items, 2),
        Vocabulary(walked, items, 1),
        titled(walked, items, headings),
        guess,
        rounds if len(headings) > 1 else LAST,
    )


def decide(
    page: Prepared, weights: Weights, min_confidence: float = 0.0, beam: int = BEAM
) -> Reading:
    """The best set of paths under the weights; kinship is estimated from the paths themselves.

    An item that would leave the page's order for an article that is less probable than
    `min_confidence` stays behind the item before it.
    """
    problem, lattice, chances = estimate(page, weights, beam)
    stream, previous = best_path(problem, lattice)
    for _ in range(KEPT_ROUNDS):
        doubtful = _doubtful(page.items, stream, previous, chances, min_confidence)
        if doubtful <= problem.kept:
            break
        first = min(doubtful - problem.kept)
        problem = replace(problem, kept=problem.kept | doubtful)
        lattice = search(problem, beam, lattice, first)
        stream, previous = best_path(problem, lattice)
    return Reading(
        page.items,
        page.headings,
        problem.joins,
        tuple(int(number) for number in stream),
        tuple(int(item) for item in previous),
        Predecessors(chances.previous),
        chances.stream,
        problem.kept,
    )


def reread(page: Prepared, weights: Weights, reading: Reading, min_confidence: float) -> Reading:
    """The reading, bettered: the articles' vocabularies are those that it gives them, until nothing
    moves any more.

    What a first guess gave the wrong article is told apart only when most of it is right.
    """
    guess = page.guess
    for _ in range(REREAD):
        if np.abs(reading.shares - guess).max() < MOVED:
            break
        guess = reading.shares
        known = page._replace(guess=guess, rounds=LAST)
        again = decide(known, weights, min_confidence)
        if again.stream == reading.stream:
            break
        reading = again
    return reading


Estimate = tuple[Problem, Lattice, Chances]


def estimate(page: Prepared, weights: Weights, beam: int = BEAM) -> Estimate:
    """The search as it stands when the articles' vocabularies have been estimated."""
    matrix = weigh(page.items, page.facts, weights)
    shares = page.guess
    *earlier, last = page.rounds
    for temperature in earlier:
        problem = _problem(page, weights, matrix, shares)
        shares = by_stream(problem, search(problem, NARROWER), temperature)
    problem = _problem(page, weights, matrix, shares)
    lattice = search(problem, beam)
    return problem, lattice, marginals(problem, lattice, last)


def worth(page: Prepared, weights: Weights, joins: Joins, streams: Sequence[int]) -> float:
    """The score of one set of paths, the articles' vocabularies read from these very paths.

    What fits all articles alike speaks for none: kinship counts as log2 P(article | words).
    `joins`: the page's, by these weights.
    """
    shares = np.zeros((len(page.items), len(page.headings) + 1), np.float32)
    shares[np.arange(len(streams)), list(streams)] = 1
    problem = _problem(page, weights, joins, shares)
    common = np.logaddexp2.reduce(problem.kinship[:, :-1], axis=1) if page.headings else 0.0
    return score(problem, streams) - float(np.sum(common))


def _problem(
    page: Prepared, weights: Weights, matrix: Joins, shares: NDArray[np.float32]
) -> Problem:
    kinship = np.zeros(shares.shape, np.float32)
    for name, bits in kin(page, shares, weights):
        kinship += np.float32(getattr(weights, name)) * bits
    return Problem(page.items, shares.shape[1], matrix, kinship, weights)


def kin(
    page: Prepared, shares: NDArray[np.float32], weights: Weights
) -> list[tuple[str, NDArray[np.float32]]]:
    """How each item fits each stream, by the names of the weights; shapes (items, streams).

    What belongs to no heading is as a rule one article, whose heading was lost or stands on another
    page: it has words of its own. Text that they do not fit may be of still another one, of which
    nothing is known.
    """
    words = [
        ("pairs", page.pairs.kinship(shares)),
        ("singles", page.singles.kinship(shares)),
        ("roomy", page.singles.room(shares)),
        ("titled", page.titled.copy()),
    ]
    nameless = sum(np.float32(getattr(weights, name)) * bits[:, -1] for name, bits in words)
    for _, bits in words:
        bits[nameless < 0, -1] = 0
    evidence = [*words, ("counted", _counted(page, shares)), ("spoken", _spoken(page, shares))]
    atom = np.array([item.kind == "atom" for item in page.items])
    for _, bits in evidence:
        bits[~atom] = 0
    return evidence


def _counted(page: Prepared, shares: NDArray[np.float32]) -> NDArray[np.float32]:
    """Which streams have the number before the item's own, -1 to 0."""
    bits = np.zeros(shares.shape, np.float32)
    for index, before in enumerate(page.facts.before):
        if before:
            bits[index] = np.minimum(shares[list(before)].max(axis=0), 1) - 1
    return bits


def _spoken(page: Prepared, shares: NDArray[np.float32]) -> NDArray[np.float32]:
    """Which streams have a speaker besides the item's own, -1 to 0.

    Who does not speak first on the page answers: somebody else must have spoken above.
    """
    spoken, answers = page.facts.spoken, page.facts.answers
    others = shares[spoken].sum(axis=0)[None, :] - shares
    for index in answers[spoken.argmax()].nonzero()[0]:
        above = shares[:index][answers[:index, index]]
        others[index] = np.minimum(others[index], above.max(axis=0))
    bits: NDArray[np.float32] = np.minimum(others, 1) - 1
    bits[~spoken] = 0
    return bits


def _seed(items: Sequence[Item], streams: int) -> NDArray[np.float32]:
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


def _carried_over(items: Sequence[Item], before: Reading) -> NDArray[np.float32]:
    """What another reading says of the items that these ones begin in."""
    known = np.array([item.start for item in before.items])
    inside = known.searchsorted([item.start for item in items], side="right") - 1
    shares: NDArray[np.float32] = before.shares[inside]
    return shares


def inside(items: Sequence[Item], left: int, right: int) -> bool:
    """Whether a seam between two items lies inside a block on either side."""
    return items[right].inner or (left + 1 < len(items) and items[left + 1].inner)


def stands_alone(reading: Reading, index: int) -> bool:
    """Whether a short line stands as a paragraph of its own: a name, a date, a table's row."""
    item, left = reading.items[index], reading.previous[index]
    alone = left >= len(reading.items) or not reading.joins.glued(left, index)
    return not item.inner and alone and item.end - item.start <= BRIEF


def _doubtful(
    items: Sequence[Item],
    stream: NDArray[np.intp],
    previous: NDArray[np.intp],
    chances: Chances,
    min_confidence: float,
) -> frozenset[int]:
    """Items that leave the page's order for an article that they are not sure to belong to."""
    return frozenset(
        right
        for right, left in enumerate(previous.tolist())
        if right
        and items[right].kind == "atom"
        and items[right - 1].kind == "atom"
        and left != right - 1
        and chances.stream[right, stream[right]] < min_confidence
    )
