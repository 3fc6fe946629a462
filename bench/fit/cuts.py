"""Fit how places for cuts are ranked: `python -m bench.fit.cuts --corpus ../shared/corpus`.

A logistic regression over the features of `jiaokan.stitch.candidates`, on generated pages from
text that the language model has not counted. What counts is how many of the true cuts inside
blocks are among the best places of their page, on pages that were not fitted.
"""

from pathlib import Path

import click
import numpy as np
from jiaokan.stitch import read, survey_page
from jiaokan.stitch.candidates import FEATURES, NETWORK_FEATURES
from jiaokan.stitch.decide import decide, prepare
from jiaokan.stitch.sight import expand
from jiaokan.stitch.weights import weights
from numpy.typing import NDArray

from bench.fit.logistic import logistic
from bench.fit.pages import FitPage, fit_pages, keep
from bench.oracle import true_blocks

TRUE_CUT = 20.0
"""Weight of a true cut against another place: there is one in hundreds."""


@click.command()
@click.option("--corpus", type=click.Path(path_type=Path), default=Path("../shared/corpus"))
@click.option("--pages", default=400, show_default=True)
@click.option("--seed", default=101, show_default=True)
def main(corpus: Path, pages: int, seed: int) -> None:
    """Fit, print what is reached, and write the numbers into the package."""
    ready = list(fit_pages(corpus, pages, seed))
    for network in (False, True):
        _fit([found for page in ready if (found := surveyed(page, network))], network)


def _fit(tables: list[tuple[NDArray[np.float32], NDArray[np.bool_]]], network: bool) -> None:
    train, test = tables[::2] + tables[1::4], tables[3::4]
    features = expand(np.concatenate([table[0] for table in train]))
    truth = np.concatenate([table[1] for table in train])
    mean, scale = features.mean(axis=0), features.std(axis=0) + 1e-6
    mean[-1], scale[-1] = 0, 1
    beta = logistic((features - mean) / scale, truth, np.where(truth, TRUE_CUT, 1.0))
    figures = {
        f"recall among {most}": round(_recall(test, mean, scale, beta, most), 3)
        for most in (40, 60, 80, 120, 200)
    } | {"pages": len(tables), "true cuts held out": int(sum(t[1].sum() for t in test))}
    click.echo(figures)
    numbers = {"mean": mean, "scale": scale, "weights": beta}
    rounded = {name: [round(float(x), 4) for x in values] for name, values in numbers.items()}
    if network:
        keep("cuts with network", {"features": FEATURES + NETWORK_FEATURES, **rounded}, figures)
    else:
        keep("cuts", {"features": FEATURES, **rounded}, figures)


def surveyed(page: FitPage, network: bool) -> tuple[NDArray[np.float32], NDArray[np.bool_]] | None:
    text = page.trace.text
    found = true_blocks(page.truth, page.trace, page.found)
    if sum(block.role == "title" for block in found) < 2:
        return None
    blocks = prepare(text, found, {})
    if blocks is None:
        return None
    seen = read(text, found) if network else None
    first = decide(blocks, weights())
    places = survey_page(text, found, page.line_starts, blocks, first, seen, every=True)
    if places is None:
        return None
    cuts = {offset for seam in page.truth.seams for offset in (seam.left, seam.right)}
    trace = page.trace
    hit = [
        bool({trace.raw_offset(int(at)), trace.raw_offset(int(at), end=True)} & cuts)
        for at in places.offsets
    ]
    return places.features, np.array(hit)


def _recall(
    tables: list[tuple[NDArray[np.float32], NDArray[np.bool_]]],
    mean: NDArray[np.float32],
    scale: NDArray[np.float32],
    beta: NDArray[np.float64],
    most: int,
) -> float:
    hits = total = 0
    for features, truth in tables:
        rank = ((expand(features) - mean) / scale) @ beta
        hits += int(truth[np.argsort(-rank)[:most]].sum())
        total += int(truth.sum())
    return hits / max(total, 1)


if __name__ == "__main__":
    main()
