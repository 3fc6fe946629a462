"""Re-stitching: the page's blocks become whole articles.

The page is read as an interleaving of as many streams as it has headings (and
one for what belongs to none). Blocks are cut where a seam may be; every atom
gets one predecessor; the most probable set of paths wins. Columns of one
article keep their order. Text is moved, never rewritten.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from jiaokan.article import Arrangement, Article, Piece, Seam, Target
from jiaokan.finding import Finding
from jiaokan.language import load, view
from jiaokan.settings import Settings
from jiaokan.stages.context import Context
from jiaokan.stitch.assemble import Draft, Run, fill
from jiaokan.stitch.blocks import Block, blocks
from jiaokan.stitch.candidates import candidates
from jiaokan.stitch.doubt import evidence, finding
from jiaokan.stitch.headings import Reader, with_headings
from jiaokan.stitch.items import Item, cut_up
from jiaokan.stitch.joins import Joins, Measured, measure, weigh
from jiaokan.stitch.kinship import Vocabulary
from jiaokan.stitch.search import Problem, best_path, marginals, search
from jiaokan.stitch.weights import BEAM, CANDIDATES, TEMPERATURE, WEIGHTS, Weights
from jiaokan.trace import Trace, placed

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


def stitch(
    trace: Trace, context: Context, settings: Settings
) -> tuple[Arrangement, list[Finding]]:
    """The page's articles, where each stretch of its text went, and what is doubtful."""
    text = trace.text
    model, codes = load(), view(text)
    found = blocks(text, context.rules)
    found = with_headings(found, Reader(model, codes, found))
    line_starts = _line_starts(trace)
    headed = sum(block.role == "title" for block in found)
    cuts = candidates(model, codes, text, found, line_starts, CANDIDATES) if headed > 1 else []
    items, headings = cut_up(found, cuts, line_starts)
    if not items:
        return _bare(text, found), []
    reading = _read(text, items, headings)
    return _write(text, found, reading, settings)


def _line_starts(trace: Trace) -> frozenset[int]:
    """Where printed lines began that were unwrapped."""
    return frozenset(
        end
        for _, end, change in placed(trace.changes)
        if any(step.rule == "layout.unwrap" for step in change.steps)
    )


def _read(text: str, items: list[Item], headings: list[list[Block]]) -> Reading:
    """Ask the model about the items and find the best set of paths."""
    model, codes = load(), view(text)
    facts = measure(model, codes, text, items)
    vocabulary = Vocabulary(model, codes, items)
    return decide(items, headings, facts, vocabulary, WEIGHTS)


def decide(
    items: Sequence[Item],
    headings: Sequence[Sequence[Block]],
    facts: Measured,
    vocabulary: Vocabulary,
    weights: Weights,
) -> Reading:
    """The best set of paths under the weights; kinship is estimated from the paths themselves."""
    matrix = weigh(items, facts, weights)
    streams = len(headings) + 1
    kinship = np.zeros((len(items), streams), np.float32)
    for turn in range(ROUNDS + 1 if streams > 2 else 1):
        if turn:
            kinship = vocabulary.kinship(chances.stream, weights)
            kinship[:, -1] = 0
        problem = Problem(tuple(items), streams, matrix, kinship, weights)
        layers = search(problem, BEAM)
        chances = marginals(problem, layers, TEMPERATURE)
    chosen, previous = best_path(problem, layers)
    return Reading(
        tuple(items),
        tuple(tuple(lines) for lines in headings),
        matrix,
        tuple(int(stream) for stream in chosen),
        tuple(int(item) for item in previous),
        chances.previous,
    )


def _write(
    text: str, found: Sequence[Block], reading: Reading, settings: Settings
) -> tuple[Arrangement, list[Finding]]:
    """Put the articles together along the paths."""
    items = reading.items
    carried = len(reading.headings)
    order = sorted(set(reading.stream), key=lambda stream: _first(reading, stream))
    numbers = {stream: number for number, stream in enumerate(order)}
    drafts = {stream: Draft(number) for stream, number in numbers.items()}
    for stream, heading in enumerate(reading.headings):
        for block in heading:
            drafts[stream].head(text, block)
    seams: list[Seam] = []
    doubts: list[Finding] = []
    drops: list[tuple[int, int, str]] = []
    for index, item in enumerate(items):
        stream, left = reading.stream[index], reading.previous[index]
        draft = drafts[stream]
        if item.kind == "affiliation":
            block = next(block for block in found if block.start == item.start)
            draft.head(text, block)
        elif item.kind == "atom":
            natural = left == index - 1
            body = left < len(items) and items[left].kind == "atom"
            run = _run(reading, index, natural, body)
            draft.body(text, run)
            if run.doubled:
                drops.append((item.start, item.start + run.doubled, "stitch.doubled"))
            if body and not natural:
                seam, doubt = _seam(text, reading, index, run, numbers[stream], settings)
                seams.append(seam)
                doubts += doubt
            elif stream == carried and carried and not body:
                doubts.append(_stray(text, item, numbers[stream]))
    furniture, lines = _furniture(text, found)
    pieces = [piece for draft in drafts.values() for piece in draft.pieces]
    articles: list[Article] = [drafts[stream].article() for stream in order]
    filled = fill(text, pieces + lines, drops)
    return Arrangement(tuple(articles), furniture, tuple(filled), tuple(seams)), doubts


def _bare(text: str, found: Sequence[Block]) -> Arrangement:
    """A page of furniture alone, or an empty one."""
    furniture, lines = _furniture(text, found)
    return Arrangement((), furniture, tuple(fill(text, lines, [])), ())


def _first(reading: Reading, stream: int) -> int:
    return reading.stream.index(stream)


def _run(reading: Reading, index: int, natural: bool, body: bool) -> Run:
    """How an atom is taken: run on or as a new paragraph, with a doubled character or not."""
    item, left = reading.items[index], reading.previous[index]
    if natural and item.inner:
        return Run(item.start, item.end, True)
    if not body:
        return Run(item.start, item.end, False)
    doubled = int(bool(reading.joins.doubled[left, index]))
    return Run(item.start, item.end, bool(reading.joins.glued[left, index]), doubled)


def _seam(
    text: str, reading: Reading, index: int, run: Run, article: int, settings: Settings
) -> tuple[Seam, list[Finding]]:
    items, left = reading.items, reading.previous[index]
    chances = reading.chances[index]
    confidence = min(chances.get(left, 0.0), 1.0)
    inner = items[index].inner or (left + 1 < len(items) and items[left + 1].inner)
    seam = Seam(
        article,
        items[left].end,
        items[index].start,
        "inline" if inner else "block",
        run.joined,
        text[run.start : run.start + run.doubled],
        round(confidence, 3),
        evidence(text, items, reading.joins, left, index),
    )
    doubtful = confidence < settings.min_confidence
    return seam, [finding(text, items, index, left, chances)] if doubtful else []


def _stray(text: str, item: Item, article: int) -> Finding:
    return Finding(
        item.start,
        item.end,
        "stitch.stray-fragment",
        text[item.start : item.end],
        f"This belongs to no heading of the page; it stands as article {article + 1}.",
        0.5,
    )


def _furniture(text: str, found: Sequence[Block]) -> tuple[tuple[str, ...], list[Piece]]:
    lines = [block for block in found if block.role == "furniture"]
    pieces = [
        Piece(block.start, block.end, block.rule, Target(-1, "furniture", number, 0))
        for number, block in enumerate(lines)
    ]
    return tuple(text[block.start : block.end] for block in lines), pieces
