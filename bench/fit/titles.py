"""Fit what makes a short line a title: `python -m bench.fit.titles --corpus ../shared/corpus`.

A logistic regression over the features of `jiaokan.stitch.lines`, on generated pages from text
that the language model has not counted.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click
import numpy as np
from jiaokan.language import load, view
from jiaokan.rulebook import Rulebook
from jiaokan.rulebook import load as load_rules
from jiaokan.stitch.blocks import blocks
from jiaokan.stitch.headings import runs
from jiaokan.stitch.lines import LINE_FEATURES, RUN_FEATURES, Reader
from numpy.typing import NDArray
from scipy.optimize import minimize

from bench.fit.logistic import RIDGE, logistic
from bench.fit.pages import generated, keep, unwrapped
from bench.interleave import GeneratedPage


@dataclass(frozen=True, slots=True)
class Run:
    """A run of short lines: its features, those of its lines, and which are a title's."""

    run: NDArray[np.float32]
    lines: NDArray[np.float32]
    truth: NDArray[np.bool_]


@click.command()
@click.option("--corpus", type=click.Path(path_type=Path), default=Path("../shared/corpus"))
@click.option("--pages", default=900, show_default=True)
@click.option("--seed", default=303, show_default=True)
def main(corpus: Path, pages: int, seed: int) -> None:
    """Fit, print what is reached, and write the numbers into the package."""
    rules = load_rules()
    every = [run for page in generated(corpus, pages, seed) for run in _runs(page, rules)]
    train, test = every[::2] + every[1::4], every[3::4]
    features = np.stack([run.run for run in train])
    features = np.concatenate([features, np.ones((len(train), 1), np.float32)], axis=1)
    truth = np.array([run.truth.any() for run in train])
    whole = logistic(features, truth, np.ones(len(truth)))
    line = _choice([run for run in train if run.truth.any()])
    figures = {**_figures(test, whole, line), "runs": len(every)}
    for names, weights in ((RUN_FEATURES, whole), (LINE_FEATURES, line)):
        for name, weight in zip((*names, "constant"), weights, strict=False):
            click.echo(f"{weight:8.2f}  {name}")
    click.echo(figures)
    numbers = {"run": whole, "line": line}
    rounded = {name: [round(float(x), 4) for x in values] for name, values in numbers.items()}
    keep("titles", {"features": [RUN_FEATURES, LINE_FEATURES], **rounded}, figures)


def _runs(page: GeneratedPage, rules: Rulebook) -> Iterator[Run]:
    trace = unwrapped(page, rules)
    text = trace.text
    found = blocks(text, rules)
    reader = Reader(load(), view(text), found)
    titles = [(f.start, f.end) for f in page.fragments if f.part == "title"]
    for start, stop in runs(found):
        hit = []
        for block in found[start:stop]:
            low, high = trace.raw_span(block.start, block.end)
            hit.append(any(low < end and first < high for first, end in titles))
        yield Run(reader.run(found, start, stop), reader.lines(found, start, stop), np.array(hit))


def _choice(train: list[Run]) -> NDArray[np.float64]:
    """Weights of the lines: conditional logit (McFadden 1974) over the lines of a run."""

    def loss(beta: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        value, slope = 0.0, np.zeros(len(beta))
        for run in train:
            weight = run.lines @ beta
            chance = np.exp(weight - weight.max())
            chance /= chance.sum()
            mass = float(chance[run.truth].sum())
            value -= np.log(mass)
            wanted = np.where(run.truth, chance, 0) / mass
            slope += run.lines.T @ (chance - wanted)
        value, slope = value / len(train), slope / len(train)
        return value + RIDGE * float(beta @ beta), slope + 2 * RIDGE * beta

    start = np.zeros(len(LINE_FEATURES))
    result: NDArray[np.float64] = minimize(loss, start, jac=True, method="L-BFGS-B").x
    return result


def _figures(
    test: list[Run], whole: NDArray[np.float64], line: NDArray[np.float64]
) -> dict[str, float]:
    """Runs with a title whose title line is found; runs without one that are left alone."""
    found = titled = quiet = untitled = 0
    for run in test:
        says = run.run @ whole[:-1] + whole[-1] > 0
        if run.truth.any():
            titled += 1
            found += bool(says and run.truth[int(np.argmax(run.lines @ line))])
        else:
            untitled += 1
            quiet += not says
    return {
        "titles found": round(found / max(titled, 1), 3),
        "other runs left alone": round(quiet / max(untitled, 1), 3),
    }


if __name__ == "__main__":
    main()
