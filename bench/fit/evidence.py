"""How much of each piece of evidence a set of paths has: what the gradient of the weights needs."""

from collections.abc import Sequence

import numpy as np
from jiaokan.stitch.seams.joins import PERHAPS_TWICE, READINGS, readings
from jiaokan.stitch.search.chances import Chances
from jiaokan.stitch.search.decide import Prepared, kin
from jiaokan.stitch.search.problem import LONG, Problem, parting
from numpy.typing import NDArray


def counts(
    page: Prepared, problem: Problem, chances: Chances, shares: NDArray[np.float32]
) -> dict[str, float]:
    """Expected evidence by the weights' names; `shares` are those that kinship was read with."""
    items, facts, joins = page.items, page.facts, problem.joins
    total = len(items)
    taken = chances.previous
    sums: dict[str, float] = {}

    def add(name: str, amount: float) -> None:
        sums[name] = sums.get(name, 0.0) + float(amount)

    said = readings(items, facts)
    twice = READINGS.index("twice")
    read_as = np.where(joins.reading[:total] == PERHAPS_TWICE, twice, joins.reading[:total])
    for number, reading in enumerate(READINGS):
        mass = np.where(read_as == number, taken[:total], 0)
        for name, amount in getattr(said, reading):
            add(name, (mass * amount).sum())
    atom = np.array([item.kind == "atom" for item in items])
    heading = np.array([item.kind == "heading" for item in items])
    affiliation = np.array([item.kind == "affiliation" for item in items])
    add("starts", (taken[:total][heading].sum(axis=0) * facts.starts)[atom].sum())
    add("starts", (taken[total] * np.maximum(facts.starts, 0))[atom].sum())
    add("bodiless", taken[:total][np.ix_(heading, affiliation)].sum() + chances.last[heading].sum())
    open_ends = atom & ~joins.closed[:total]
    add("affiliation_open", taken[:total][np.ix_(open_ends, affiliation)].sum())
    add("end_open", chances.last[open_ends].sum())
    for name, bits in kin(page, shares, problem.weights):
        add(name, (chances.stream * bits).sum())
    add("short", chances.short.sum())
    for index in np.flatnonzero(~heading).tolist():
        for name, amount in parting(problem, index):
            add(name, chances.away[index] * amount)
        entered = chances.entered[index, :-1]
        add("early", entered.sum())
        add(
            "further",
            float(entered @ np.maximum(np.arange(len(entered)) - problem.coming[index], 0)),
        )
        add("stray" if problem.coming[index] else "carried", chances.entered[index, -1])
    return sums


def certain(page: Prepared, streams: Sequence[int]) -> Chances:
    """The chances of one set of paths that is sure."""
    count, width = len(page.items), len(page.headings) + 1
    tails = [count] * width
    previous = np.zeros((count + 1, count), np.float32)
    shares = np.zeros((count, width), np.float32)
    away, short = np.zeros((2, count), np.float32)
    entered = np.zeros((count, width), np.float32)
    last = np.zeros(count, np.float32)
    current = width - 1
    for index, stream in enumerate(streams):
        tail = tails[stream]
        previous[tail, index] = 1
        shares[index, stream] = 1
        away[index] = stream != current
        if index and stream != current and page.items[index].kind == "atom":
            others = [at for number, at in enumerate(tails) if number != current and at < count]
            begun = page.items[min(max(others, default=-1) + 1, index - 1)].start
            short[index] = max(1 - (page.items[index - 1].end - begun) / LONG, 0)
        entered[index, stream] = tail == count
        if page.items[index].kind != "heading" or tail == count:
            tails[stream] = index
        current = stream
    for tail in tails[:-1]:
        if tail < count:
            last[tail] = 1
    return Chances(previous, shares, away, short, entered, last)
