"""Fit what tells likely places for cuts at sight: `python -m bench.fit.sight --corpus
../shared/corpus`. To be run anew after `bench.fit.cuts`.

Least squares of the odds that `jiaokan.stitch.seams.candidates` gives a place, over what the place
shows by itself. What counts is how many of a page's best places are among those that are looked at
closely, on pages that were not fitted.
"""

from pathlib import Path

import click
import numpy as np
from jiaokan.stitch.seams.candidates import FEATURES, NETWORK_FEATURES, rank
from jiaokan.stitch.seams.first_ranking import FEATURES as AT_SIGHT
from jiaokan.stitch.seams.first_ranking import expand
from jiaokan.stitch.weights import CANDIDATES
from numpy.typing import NDArray

from bench.fit.cuts import surveyed
from bench.fit.pages import fit_pages, keep

FLOOR = 400
"""Places of a page whose odds are told apart; those of the others all count as equally low."""
BELOW = 4.0
"""Bits that these lie below the last of them."""
SHOWN = (200, 400, 800)
"""Places looked at closely, for the figures."""

Table = tuple[NDArray[np.float32], NDArray[np.float32]]
"""What the places of a page show at sight, and their odds."""


@click.command()
@click.option("--corpus", type=click.Path(path_type=Path), default=Path("../shared/corpus"))
@click.option("--pages", default=120, show_default=True)
@click.option("--seed", default=303, show_default=True)
def main(corpus: Path, pages: int, seed: int) -> None:
    """Fit, print what is reached, and write the numbers into the package."""
    ready = list(fit_pages(corpus, pages, seed))
    for network in (False, True):
        names = FEATURES + NETWORK_FEATURES if network else FEATURES
        shown = [*AT_SIGHT, *NETWORK_FEATURES[:1]] if network else [*AT_SIGHT]
        columns = [names.index(name) for name in shown]
        found = [table[0] for page in ready if (table := surveyed(page, network))]
        tables = [(features[:, columns], rank(features)) for features in found]
        weights, figures = fit(tables)
        click.echo(figures)
        rounded = [round(float(x), 5) for x in weights]
        part = "sight with network" if network else "sight"
        keep(part, {"features": shown, "weights": rounded}, figures)


def fit(tables: list[Table]) -> tuple[NDArray[np.float64], dict[str, float]]:
    """The weights by all pages but every third, and figures of those."""
    train, test = tables[::3] + tables[1::3], tables[2::3]
    features = np.concatenate([expand(sight) for sight, _ in train]).astype(np.float64)
    odds = np.concatenate([_floored(odds) for _, odds in train])
    weights = np.linalg.lstsq(features, odds, rcond=None)[0]
    figures: dict[str, float] = {
        f"best {CANDIDATES} among {most}": round(_kept(test, weights, most), 3) for most in SHOWN
    }
    return weights, figures | {"pages": len(tables)}


def _floored(odds: NDArray[np.float32]) -> NDArray[np.float32]:
    least = np.sort(odds)[-FLOOR:][0] - BELOW
    floored: NDArray[np.float32] = np.maximum(odds, least)
    return floored


def _kept(tables: list[Table], weights: NDArray[np.float64], most: int) -> float:
    kept = asked = 0
    for sight, odds in tables:
        best = np.argsort(-odds, kind="stable")[:CANDIDATES]
        at_sight = np.argsort(-(expand(sight) @ weights), kind="stable")[:most]
        kept += int(np.isin(best, at_sight).sum())
        asked += len(best)
    return kept / max(asked, 1)


if __name__ == "__main__":
    main()
