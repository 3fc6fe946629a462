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
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random

import click
import numpy as np
from jiaokan.stitch import read, settle, survey_page
from jiaokan.stitch.candidates import rank
from jiaokan.stitch.decide import Prepared, decide, estimate, prepare
from jiaokan.stitch.order import breaks, in_place
from jiaokan.stitch.search import best_path
from jiaokan.stitch.weights import Weights, weights

from bench.fit.evidence import certain, counts
from bench.fit.pages import MIXTURE, FitPage, fit_pages, keep
from bench.oracle import heading_articles, true_blocks, true_cuts, true_streams

RATE = 0.25
"""First step of a weight, in its own scale."""
PULL = 0.02
"""How strongly a weight is held where it began, if all may move."""
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
"""Pages of each preset, in parts: headings stand above a later column on some, and articles without
any heading come from another page."""
NAMELESS = ("carried", "stray")
"""The weights of text without a heading."""
LOST = 0.3
"""Share of the pages on which an engine lost the headings of one article."""
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
@click.option("--lost/--no-lost", default=False, help="Fit the weights of text without a heading.")
def main(corpus: Path, pages: int, epochs: int, seed: int, network: bool, lost: bool) -> None:
    """Fit, print what is reached, and write the numbers into the package."""
    start = weights(network)
    generated = fit_pages(corpus, pages, seed, WEIGHED, unseen=True, lost=LOST if lost else 0)
    found = [one for page in generated if (one := ready(page, start, network))]
    values, figures = fit(found, start, epochs, seed, NAMELESS if lost else ())
    click.echo(figures)
    rounded = {name: round(value, 4) for name, value in asdict(values).items()}
    keep("weights with network" if network else "weights", {"values": rounded}, figures)


def fit(
    found: Sequence[Ready], start: Weights, epochs: int, seed: int, only: Sequence[str] = ()
) -> tuple[Weights, dict[str, float]]:
    """The weights after some rounds through the pages, and the figures of the last round.

    `only`: the names of those that may move; all where none is named.
    """
    names = list(asdict(start))
    scale = np.array([SCALES.get(name, 1.0) for name in names])
    free = np.array([not only or name in only for name in names])
    pull = 0.0 if only else PULL
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
            slope = slope * scale - pull * (value - origin) / scale
            mean = 0.95 * mean + 0.05 * slope
            square = 0.98 * square + 0.02 * slope**2
            step = (mean / (1 - 0.95**turn)) / (np.sqrt(square / (1 - 0.98**turn)) + 1e-3)
            value = np.maximum(value + free * rate * scale * step * 0.3, floor)
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
    if whole is None or (not any(breaks(whole, text)) and in_place(whole, start)):
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
