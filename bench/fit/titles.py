"""Fit what makes a line a heading: `python -m bench.fit.titles --corpus ../shared/corpus`.

A linear-chain conditional random field over the runs of short lines
(`jiaokan.stitch.headings.find`),
on generated pages from text that the language model has not counted.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

import click
import numpy as np
from jiaokan.language import load, view
from jiaokan.rulebook import Rulebook
from jiaokan.rulebook import load as load_rules
from jiaokan.stitch.blocks import Block, blocks, closed
from jiaokan.stitch.headings.chain import NEVER, Scores, beliefs, best_labels
from jiaokan.stitch.headings.features import EDGES, FEATURES, edge_features, line_features, survey
from jiaokan.stitch.headings.find import allowed, grammar
from jiaokan.stitch.headings.labels import LABELS
from jiaokan.stitch.headings.reader import Reader
from jiaokan.trace import Trace
from numpy.typing import NDArray
from scipy.optimize import minimize

from bench.fit.pages import generated, keep, unwrapped
from bench.interleave import Fragment, GeneratedPage
from bench.interleave.model import is_subheading

RIDGE = 0.5
"""Half the weight of a weight's square, beside the sum of log likelihoods."""
TORN = 0.06
"""Share of the open texts of which a line stands by itself."""
PARTS = {"kicker": "kicker", "title": "title", "author": "byline"}
"""A page's part → the label of its line."""


@dataclass(frozen=True, slots=True)
class Run:
    """Features of n lines (n, FEATURES) and (n - 1, EDGES), masks (n, LABELS), truth (n,)."""

    lines: NDArray[np.float32]
    edges: NDArray[np.float32]
    masks: Scores
    truth: NDArray[np.intp]


@click.command()
@click.option("--corpus", type=click.Path(path_type=Path), default=Path("../shared/corpus"))
@click.option("--pages", default=420, show_default=True)
@click.option("--seed", default=303, show_default=True)
def main(corpus: Path, pages: int, seed: int) -> None:
    """Fit, print what is reached, and write the numbers into the package."""
    every = read(corpus, pages, seed)
    train, test = every[::2] + every[1::4], every[3::4]
    lines, edges = fit(train)
    figures = {**_figures(test, lines, edges), "runs": len(every)}
    for name, weights in zip(FEATURES, lines, strict=True):
        click.echo(" ".join(f"{weight:7.2f}" for weight in weights) + f"  {name}")
    for name, table in zip(EDGES, edges, strict=True):
        click.echo(f"{name}\n{np.round(table, 1)}")
    click.echo(figures)
    numbers = {"lines": lines.round(3).tolist(), "edges": edges.round(3).tolist()}
    keep("titles", {"features": [FEATURES, EDGES], "labels": LABELS, **numbers}, figures)


def read(corpus: Path, pages: int, seed: int) -> list[Run]:
    """The runs of generated pages whose truth the chain can say."""
    rules = load_rules()
    return [run for page in generated(corpus, pages, seed) for run in _runs(page, rules)]


def _runs(page: GeneratedPage, rules: Rulebook) -> Iterator[Run]:
    trace = unwrapped(page, rules)
    found = blocks(trace.text, rules)
    found = _torn(found, Random(f"{page.stem}:{page.origins}"))
    reader = Reader(load(), view(trace.text), found)
    seen = survey(found)
    for start, stop in seen.runs:
        truth = _truth(page, trace, found[start:stop])
        masks = allowed(seen, start, stop, reader)
        ways = grammar()[truth[:-1], truth[1:]]
        if masks[np.arange(len(truth)), truth].min() > NEVER and ways.min(initial=0) > NEVER:
            lines = line_features(seen, start, stop, reader)
            yield Run(lines, edge_features(found, start, stop, reader), masks, truth)


def _torn(found: Sequence[Block], rng: Random) -> list[Block]:
    """The blocks; now and then a column's last or first line stands by itself."""
    torn: list[Block] = []
    for block in found:
        size = rng.randint(3, 16)
        torn += [block]
        if block.role != "body" or len(block.text) < 3 * size or rng.random() > TORN:
            continue
        cut = block.end - size if rng.random() < 0.5 else block.start + size
        if not closed(block.text):
            parts = block.text[: cut - block.start], block.text[cut - block.start :]
            torn[-1:] = [
                replace(block, end=cut, text=parts[0]),
                Block(cut, block.end, parts[1], int(rng.random() < 0.2)),
            ]
    return torn


def _truth(page: GeneratedPage, trace: Trace, lines: Sequence[Block]) -> NDArray[np.intp]:
    """Index of each line's label."""
    labels: list[str] = []
    last: Fragment | None = None
    for block in lines:
        at = trace.raw_offset(block.start)
        fragment = next((f for f in page.fragments if f.start <= at < f.end), None)
        if fragment is None or fragment.part not in PARTS:
            labels.append("subhead" if _subhead(page, fragment, block.text) else "text")
        elif fragment.part == "title" and fragment is last:
            labels.append("more")
        else:
            labels.append(PARTS[fragment.part])
        last = fragment
    return np.array([LABELS.index(label) for label in labels], np.intp)  # type: ignore[arg-type]


def _subhead(page: GeneratedPage, fragment: Fragment | None, text: str) -> bool:
    """Whether a line of a body is a sub-heading of its article."""
    if fragment is None or fragment.kind != "body" or not is_subheading(text):
        return False
    return text in page.articles[fragment.article].paragraphs


def fit(train: Sequence[Run]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Weights of lines (FEATURES, LABELS) and edges (EDGES, LABELS, LABELS)."""
    one = np.eye(len(LABELS))
    batches = [_batch([run for run in train if len(run.truth) == n]) for n in _lengths(train)]
    wanted = sum(
        _features(batch, one[batch.truth], one[batch.truth][:, :-1, :, None] * after)
        for batch in batches
        for after in [one[batch.truth][:, 1:, None, :]]
    )

    def loss(beta: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        value = RIDGE * float(beta @ beta) - float(wanted @ beta)
        slope = 2 * RIDGE * beta - wanted
        for batch in batches:
            whole, single, pairs = beliefs(*_scores(batch, *_unpacked(beta)))
            value += float(whole.sum())
            slope = slope + _features(batch, single, pairs)
        return value / len(train), slope / len(train)

    found = minimize(loss, np.zeros(len(wanted)), jac=True, method="L-BFGS-B").x
    return _unpacked(found)


def _lengths(train: Sequence[Run]) -> list[int]:
    return sorted({len(run.truth) for run in train})


def _batch(runs_: Sequence[Run]) -> Run:
    """Runs of one length as one, along a leading axis."""
    return Run(
        np.stack([run.lines for run in runs_]),
        np.stack([run.edges for run in runs_]),
        np.stack([run.masks for run in runs_]),
        np.stack([run.truth for run in runs_]),
    )


def _features(batch: Run, single: Scores, pairs: Scores) -> NDArray[np.float64]:
    """What labels, or their probabilities, take of each feature in all runs of a batch; flat."""
    lines = np.einsum("bnf,bnl->fl", batch.lines, single)
    edges = np.einsum("bne,bnij->eij", batch.edges, pairs)
    return np.concatenate([lines.ravel(), edges.ravel()])


def _unpacked(beta: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    size = len(LABELS)
    cut = len(FEATURES) * size
    return beta[:cut].reshape(-1, size), beta[cut:].reshape(-1, size, size)


def _scores(
    run: Run, lines: NDArray[np.float64], edges: NDArray[np.float64]
) -> tuple[Scores, Scores]:
    return run.lines @ lines + run.masks, np.tensordot(run.edges, edges, 1) + grammar()


def _figures(
    test: Sequence[Run], lines: NDArray[np.float64], edges: NDArray[np.float64]
) -> dict[str, float]:
    """Of each label how many lines are found, and how many of those found are right."""
    table = np.zeros((len(LABELS), len(LABELS)))
    for run in test:
        np.add.at(table, (run.truth, best_labels(*_scores(run, lines, edges))), 1)
    right = table.diagonal()
    recall, precision = right / table.sum(1).clip(1), right / table.sum(0).clip(1)
    figures = {}
    for at, label in enumerate(LABELS):
        figures[f"{label} found"] = round(float(recall[at]), 3)
        figures[f"{label} right"] = round(float(precision[at]), 3)
    return figures


if __name__ == "__main__":
    main()
