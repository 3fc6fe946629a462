"""Fit what says where the top of a column goes on: `python -m bench.fit.tops --corpus
../shared/corpus`. To be run anew after `bench.fit.towers`.

Generated pages of which the first rows were read across; of each top the line below that goes on
from it, or none. Multinomial logistic regression over all lines and none.
"""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import click
import numpy as np
from jiaokan.columns.tops import tops
from jiaokan.columns.tops.places import EVIDENCE, Below, evidence, in_order
from jiaokan.columns.tops.rows import Top, solid
from numpy.typing import NDArray
from scipy.optimize import minimize

from bench.fit.pages import damaged, keep
from bench.interleave import GeneratedPage

MIXTURE = {"tops": 1}
NOWHERE = 0
"""Stands for no place: before the first line none can be."""
SHOWN = (0.5, 0.6, 0.8, 0.9)
"""Probabilities of which the figures tell how many are right."""

Floats = NDArray[np.float64]


class Band(NamedTuple):
    """The tops of a band: what speaks for each place, (tops, lines, EVIDENCE), and the true one."""

    evidence: NDArray[np.float32]
    places: NDArray[np.intp]


@click.command()
@click.option("--corpus", type=click.Path(path_type=Path), default=Path("../shared/corpus"))
@click.option("--pages", default=600, show_default=True)
@click.option("--seed", default=707, show_default=True)
def main(corpus: Path, pages: int, seed: int) -> None:
    """Fit, print what is reached, and write the numbers into the package."""
    bands = [
        band for page in damaged(corpus, pages, seed, mixture=MIXTURE) for band in _bands(page)
    ]
    held_out = bands[2::3]
    figures = _figures(held_out, fit(bands[::3] + bands[1::3]))
    weights = [round(float(weight), 4) for weight in fit(bands)]
    click.echo(f"{dict(zip(EVIDENCE, weights, strict=True))} {figures}")
    figures |= {"tops": sum(len(band.places) for band in bands)}
    keep("tops", {"features": EVIDENCE, "weights": weights}, figures)


def fit(bands: list[Band]) -> Floats:
    """The weights of EVIDENCE."""
    rows = [
        (row.astype(np.float64), place)
        for band in bands
        for row, place in zip(band.evidence, band.places.tolist(), strict=True)
    ]

    def loss(weights: Floats) -> tuple[float, Floats]:
        value, slope = 0.0, np.zeros(len(weights))
        for row, place in rows:
            odds = row @ weights
            odds[NOWHERE] = 0.0
            total = np.logaddexp.reduce(odds)
            share = np.exp(odds - total)
            share[NOWHERE] = 0.0
            value += total - odds[place]
            slope += share @ row - (row[place] if place != NOWHERE else 0.0)
        return value, slope

    found: Floats = minimize(loss, np.zeros(len(EVIDENCE)), jac=True, method="L-BFGS-B").x
    return found


def _bands(page: GeneratedPage) -> Iterator[Band]:
    """The bands of a page that have tops below which its columns go on."""
    for found, lines in tops.bands(page.raw):
        others = found.tops[1:]
        below = Below([solid(page.raw, line) for line in lines], tops.parted(page.raw, lines))
        places = [_place(page, top, [start for start, _ in lines]) for top in others]
        yield Band(evidence([top.text for top in others], below), np.array(places, np.intp))


def _place(page: GeneratedPage, top: Top, starts: list[int]) -> int:
    """The line before which a top belongs; NOWHERE where its text does not go on in any."""
    end = top.lines[-1][1]
    bodies = sorted(
        (one for one in page.fragments if one.kind == "body"),
        key=lambda one: (one.article, one.gold_start),
    )
    for one, after in pairwise(bodies):
        if one.start < end <= one.end and one.article == after.article:
            inside = [at for at, start in enumerate(starts) if start <= after.start]
            line = inside[-1] if inside else NOWHERE
            return line if starts[line] in range(after.start - 4, after.start + 1) else NOWHERE
    return NOWHERE


def _figures(bands: list[Band], weights: Floats) -> dict[str, float]:
    said = []
    for band in bands:
        chances = in_order(band.evidence @ weights)
        best = chances.argmax(axis=1)
        sure = chances[np.arange(len(best)), best]
        said += list(zip(sure, best == band.places, band.places != NOWHERE, strict=True))
    found = np.array(said, np.float64)
    figures: dict[str, float] = {}
    for least in SHOWN:
        some = found[found[:, 0] >= least]
        figures[f"right from {least} on"] = round(float(some[:, 1].mean()), 3)
        figures[f"found from {least} on"] = round(float(some[:, 1].sum() / found[:, 2].sum()), 3)
    return figures


if __name__ == "__main__":
    main()
