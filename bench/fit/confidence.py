"""Fit how far the search's probabilities are trusted: `python -m bench.fit.confidence`.

Whole runs over generated pages of a register that the language model has not counted, nothing
given of their truth. They are harder than most, so that not too much is promised on pages that
nobody has seen: the articles of each page are near neighbours, many lines are hard-wrapped,
characters are damaged, headings are lost. Half of the pages are read across their columns. Of each
seam that is reported: what the search says, and whether it is right. A logistic curve for each kind
of seam.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

import click
import numpy as np
from jiaokan.cleaning import clean_page
from jiaokan.formats.decode import decode
from jiaokan.page import Page
from jiaokan.rulebook import load as load_rules
from jiaokan.settings import Settings
from jiaokan.stitch.confidence import curves, doubt
from jiaokan.stitch.confidence.curves import MIXED
from scipy.special import logit

from bench.fit.logistic import logistic
from bench.fit.pages import generated, keep
from bench.interleave import DAMAGES, PageOptions
from bench.seams import seam_score

KINDS = {"block": "block", "inline": "inner"}
"""Kinds of seams as a run reports them, and the names of their curves."""

LOST = 0.5
"""Share of the pages of three articles and more on which an engine lost the headings of one."""
MIXTURES = {
    "": {"columns": 4, "wrapped": 4, "continued": 2, "stacked": 1},
    MIXED: {"lines": 1, "spread": 1, "tops": 1, "alternating": 1},
}
"""Pages of each preset, in parts: those read column by column, and those whose columns are put one
under another."""


def harder(options: PageOptions) -> PageOptions:
    """The options with articles that are near neighbours, with light damage and lost headings."""
    layout = replace(options.layout, related=1.0)
    headings = replace(options.headings, lost=LOST)
    return replace(options, layout=layout, headings=headings, damage=DAMAGES["light"])


class Said(NamedTuple):
    """A seam that was reported."""

    curve: str
    chance: float
    right: bool


@click.command()
@click.option("--corpus", type=click.Path(path_type=Path), default=Path("../shared/corpus"))
@click.option("--pages", default=800, show_default=True)
@click.option("--seed", default=404, show_default=True)
def main(corpus: Path, pages: int, seed: int) -> None:
    """Fit, print what is reached, and write the numbers into the package."""
    with patch.object(doubt, "trusted", lambda chance, *_: chance):  # what the search itself says
        said = list(reported(corpus, pages, seed))
    values, figures = {}, {}
    for name in sorted({seam.curve for seam in said}):
        some = [seam for seam in said if seam.curve == name]
        chances = np.clip([seam.chance for seam in some], curves.LEAST, curves.MOST)
        right = np.array([seam.right for seam in some])
        features = np.stack([np.ones(len(some)), logit(chances)], axis=1).astype(np.float32)
        curve = logistic(features, right, np.ones(len(some)))
        values[name] = [round(float(number), 4) for number in curve]
        figures |= {f"{name} seams": len(some), f"{name} right": round(float(right.mean()), 3)}
    click.echo(f"{values} {figures}")
    keep("confidence", {"values": values}, figures)


def reported(corpus: Path, pages: int, seed: int) -> Iterator[Said]:
    """Every seam that runs over the pages report; none is held back for doubt."""
    rules, settings = load_rules(), replace(Settings(), min_confidence=0.0)
    for name, mixture in MIXTURES.items():
        for page in generated(corpus, pages // len(MIXTURES), seed, mixture, harder, unseen=True):
            data = page.raw.encode()
            cleaned = clean_page(Page(page.stem, data, *decode(data)), rules, settings)
            for seam in cleaned.arrangement.seams:
                score = seam_score(page, [seam])
                right = not score.invented.total()
                yield Said(KINDS[seam.kind] + name, seam.confidence, right)


if __name__ == "__main__":
    main()
