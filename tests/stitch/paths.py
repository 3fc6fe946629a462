"""Every way to read a page, scored one by one: what the search is compared with."""

from collections.abc import Iterator, Sequence
from itertools import product

from jiaokan.stitch.seams.joins import IMPOSSIBLE
from jiaokan.stitch.search.problem import AHEAD, LONG, Problem

Path = tuple[tuple[int, ...], tuple[int, ...]]
"""Stream and predecessor of each item."""


def everything(problem: Problem) -> Iterator[tuple[float, Path]]:
    """Every way to read the page, with its score."""
    for streams in product(range(problem.streams), repeat=len(problem.items)):
        scored = score(problem, streams)
        if scored:
            yield scored


def score(problem: Problem, streams: tuple[int, ...]) -> tuple[float, Path] | None:
    """The score in bits and the whole path; None where the page cannot be read so."""
    items, joins, weights = problem.items, problem.joins, problem.weights
    none, elsewhere = len(items), problem.streams - 1
    tails = [none] * problem.streams
    current, total, headings = elsewhere, 0.0, 0
    previous: list[int] = []
    for at, (item, stream) in enumerate(zip(items, streams, strict=True)):
        first = tails[stream] == none
        previous.append(tails[stream])
        if item.kind == "heading":
            if stream != item.article:
                return None
            headings += 1
        else:
            join = float(joins.score[tails[stream], at])
            if join <= IMPOSSIBLE or (at in problem.kept and stream != current):
                return None
            if first and stream != elsewhere:
                if item.kind != "atom" or stream not in range(headings, headings + AHEAD):
                    return None  # only the next headings may come behind their text
                total += weights.early + weights.further * (stream - headings)
            elif first:
                total += weights.stray if headings else weights.carried
            total += join + float(problem.kinship[at, stream])
            if stream != current:
                total += leaving(problem, at)
                if at and item.kind == "atom":
                    total += weights.short * short(problem, tails, current, at)
        if first or item.kind != "heading":
            tails[stream] = at
        current = stream
    total += sum(float(joins.ends[tail]) for tail in tails[:-1] if tail != none)
    return total, (streams, tuple(previous))


def short(problem: Problem, tails: Sequence[int], current: int, at: int) -> float:
    """How short the fragment is that is left at an item: it began behind all other streams."""
    others = [tail for stream, tail in enumerate(tails) if stream != current]
    begun = max((tail + 1 for tail in others if tail < len(problem.items)), default=0)
    size = problem.items[at - 1].end - problem.items[min(begun, at - 1)].start
    return max(1 - size / LONG, 0.0)


def leaving(problem: Problem, at: int) -> float:
    """Bits for leaving at an item the stream just read."""
    item, weights = problem.items[at], problem.weights
    if item.kind == "affiliation":
        return weights.affiliation_far
    if item.inner:
        return weights.switch_inline + weights.odds * item.odds
    if at == 0 or problem.items[at - 1].kind == "affiliation":
        return 0.0
    if problem.items[at - 1].kind == "heading":
        return weights.switch_heading
    closed = problem.joins.closed[at - 1]
    return (weights.switch_closed if closed else weights.switch_open) + (
        weights.switch_line if item.tight else 0.0
    )
