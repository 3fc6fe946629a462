"""Fit the weights of the search: `python -m bench.fit.weights --corpus ../shared/corpus`.

The paths through a page are a conditional random field (Lafferty, McCallum and Pereira 2001): the
score of a set of paths is a sum of evidence, each piece with its weight. The weights climb the
likelihood of the true paths of generated pages, so that a score is a log probability and the
confidence of a seam can be read off. The articles' vocabularies are those of the true paths for
the true paths, those that the search estimates for all others. Newspapers' articles, a register
of which the language model has counted nothing (where it knows a register, evidence is better than
on pages that nobody has seen); true headings, and the true cuts among the candidates.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from random import Random

import click
import numpy as np
from jiaokan.stitch.learned import learned
from jiaokan.stitch.order.page_order import breaks, has_order
from jiaokan.stitch.seams.candidates import rank
from jiaokan.stitch.search.beam import best_path
from jiaokan.stitch.search.decide import Prepared, decide, estimate, prepare, reread
from jiaokan.stitch.settle import read, settle, survey_page
from jiaokan.stitch.weights import Weights, weights

from bench.fit.evidence import certain, counts
from bench.fit.pages import MIXTURE, FitPage, fit_pages, keep
from bench.oracle import heading_articles, true_blocks, true_cuts, true_streams

RATE = 0.25
"""First step of a weight, in its own scale."""
PULL = 0.02
"""How strongly a weight is held where it began."""
SCALES = {
    "join": 0.05,
    "network": 0.05,
    "starts": 0.05,
    "ends": 0.03,
    "pairs": 0.03,
    "singles": 0.02,
    "roomy": 0.2,
    "titled": 0.03,
    "odds": 0.1,
}
"""How far a weight may go in a step; 1 for all others."""
WEIGHED = {**MIXTURE, "stacked": 3}
"""Pages of each preset, in parts: headings stand above a later column on some."""
STRAYS = (-27.0, -24.0, -21.0, -18.0, -15.0, -12.0, -9.0, -6.0)
"""Costs of text without a heading that are tried."""
SAME = 0.001
"""Share of the items within which the dearest one is taken: doubt leaves text to what is there."""
LOST = 0.5
"""Share of the pages to try them on, of three articles and more, on which an engine lost the
headings of one."""
NEVER_BELOW_ZERO = ("join", "network", "starts", "ends", "pairs", "singles", "titled", "odds")


@dataclass(frozen=True, slots=True)
class Ready:
    """A page with its cuts and the true stream of each item."""

    page: Prepared
    streams: tuple[int, ...]
    kind: str


@click.command()
@click.option("--corpus", type=click.Path(path_type=Path), default=Path("../shared/corpus"))
@click.option("--pages", default=800, show_default=True)
@click.option("--epochs", default=10, show_default=True)
@click.option("--seed", default=202, show_default=True)
@click.option("--network/--no-network", default=True, show_default=True)
@click.option("--stray", is_flag=True, help="Find the cost of text without a heading alone.")
def main(corpus: Path, pages: int, epochs: int, seed: int, network: bool, stray: bool) -> None:
    """Fit, print what is reached, and write the numbers into the package."""
    start = weights(network)
    generated = fit_pages(corpus, pages, seed, WEIGHED, unseen=True, lost=LOST if stray else 0)
    some = (ready(page, start, network, given=not stray) for page in generated)
    found = [one for one in some if one]
    values, figures = strays(found, start) if stray else fit(found, start, epochs, seed)
    click.echo(figures)
    rounded = {name: round(value, 4) for name, value in asdict(values).items()}
    part = "weights with network" if network else "weights"
    keep(part, {"values": rounded}, {**learned(part)["figures"], **figures} if stray else figures)


def strays(found: Sequence[Ready], start: Weights) -> tuple[Weights, dict[str, float]]:
    """The weights with that cost of text without a heading under which most items are right, or
    hardly fewer.

    Likelihood does not find it: it takes the other articles' vocabularies as they are estimated
    while all text has a heading.
    """
    total = sum(len(one.streams) for one in found)
    right = {}
    for cost in STRAYS:
        tried = replace(start, stray=cost)
        right[cost] = sum(_agreed(one, tried) for one in found) / total
        click.echo(f"{cost} {right[cost]:.4f}")
    best = min(cost for cost in STRAYS if right[cost] > max(right.values()) - SAME)
    return replace(start, stray=best), {
        "items right, headings lost": round(right[best], 3),
        "pages, headings lost": len(found),
    }


def _agreed(one: Ready, tried: Weights) -> int:
    reading = reread(one.page, tried, decide(one.page, tried), 0.0)
    return sum(a == b for a, b in zip(reading.stream, one.streams, strict=True))


def fit(
    found: Sequence[Ready], start: Weights, epochs: int, seed: int
) -> tuple[Weights, dict[str, float]]:
    """The weights after some rounds through the pages, and the figures of the last round."""
    names = list(asdict(start))
    scale = np.array([SCALES.get(name, 1.0) for name in names])
    floor = np.array([0.0 if name in NEVER_BELOW_ZERO else -np.inf for name in names])
    origin = value = np.array([getattr(start, name) for name in names])
    mean, square = np.zeros(len(names)), np.zeros(len(names))
    turn = 0
    figures: dict[str, float] = {}
    rng = Random(seed)
    order = list(found)
    for epoch in range(epochs):
        rng.shuffle(order)
        whole, right, items = 0, 0.0, 0
        rate = RATE * (1 - epoch / epochs)
        for one in order:
            turn += 1
            now = Weights(*value.tolist())
            slope, exact, agreed = _slope(one, now, names)
            slope = slope * scale - PULL * (value - origin) / scale
            mean = 0.95 * mean + 0.05 * slope
            square = 0.98 * square + 0.02 * slope**2
            step = (mean / (1 - 0.95**turn)) / (np.sqrt(square / (1 - 0.98**turn)) + 1e-3)
            value = np.maximum(value + rate * scale * step * 0.3, floor)
            whole, right, items = whole + exact, right + agreed, items + len(one.streams)
        figures = {"pages right": whole / len(order), "items right": right / items}
        click.echo(
            f"{epoch} {figures} "
            + " ".join(f"{name}={x:.2f}" for name, x in zip(names, value, strict=True))
        )
    rounded = {name: round(share, 3) for name, share in figures.items()}
    return Weights(*value.tolist()), rounded | {"pages": len(order)}


def _slope(one: Ready, now: Weights, names: Sequence[str]) -> tuple[np.ndarray, bool, int]:
    """Gradient of the log likelihood; whether the page is right, and how many items are."""
    problem, layers, chances = estimate(one.page, now)
    true = certain(one.page, one.streams)
    shares = chances.stream
    expected = counts(one.page, problem, chances, shares)
    wanted = counts(one.page, problem, true, true.stream)
    slope = np.array([wanted.get(name, 0.0) - expected.get(name, 0.0) for name in names])
    found, _ = best_path(problem, layers)
    same = found == np.array(one.streams)
    return slope, bool(same.all()), int(same.sum())


def ready(page: FitPage, start: Weights, network: bool, *, given: bool = True) -> Ready | None:
    """The page with its cuts; None for one that is seen to be in order without any search.

    `given`: the true cuts are among them; else only those that the stitcher finds.
    """
    text = page.trace.text
    found = true_blocks(page.truth, page.trace, page.found)
    whole = prepare(text, found, {})
    if whole is None or (not any(breaks(whole, text)) and has_order(whole)):
        return None
    seen = read(text, found) if network else None
    settled = settle(text, found, page.line_starts, whole, start, seen)
    cuts = {item.start: item.odds for item in settled.items if item.inner}
    first = decide(whole, weights())
    places = survey_page(text, found, page.line_starts, whole, first, seen)
    if places is not None and given:
        ranked = zip(places.offsets.tolist(), rank(places.features).tolist(), strict=True)
        true = set(true_cuts(page.truth, page.trace, found))
        cuts |= {at: odds for at, odds in ranked if at in true}
    prepared = prepare(text, found, cuts, seen, decide(settled, start)) or whole
    streams = true_streams(page.truth, page.trace, prepared)
    titled = [number for number, one in enumerate(page.truth.articles) if one.title]
    if sorted(heading_articles(page.truth, page.trace, prepared)) != titled:
        return None  # a heading that is not read as it was printed: the truth cannot be told
    return Ready(prepared, tuple(streams), page.truth.stem.split("-")[0])


if __name__ == "__main__":
    main()
