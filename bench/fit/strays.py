"""Fit which fragment goes back to the text that breaks off: `python -m bench.fit.strays --corpus
../shared/corpus`. To be run anew after `bench.fit.towers`.

Pages of two articles, in order but for the end of the first one: it stands as a line of its own
among the other one's paragraphs (lost), or is not on the page, and a paragraph as short stands
there that is the other one's own (whole). Logistic regression over what the counts and the network
say of such a line behind the text that breaks off.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import NamedTuple

import click
import numpy as np
from jiaokan.rulebook import Rulebook
from jiaokan.rulebook import load as load_rules
from jiaokan.stitch.strays import EVIDENCE, LONGEST, SURE, evidence
from numpy.typing import NDArray

from bench.fit.logistic import logistic
from bench.fit.pages import keep
from bench.fit.plain import APART, heading, set_up, uncounted
from bench.interleave import Shape
from bench.interleave.articles import CorpusSource
from bench.interleave.corpus import Register
from bench.interleave.model import SENTENCE_ENDS

SHAPE = Shape(min_chars=150, max_chars=600, author=0.7, subheadings=0)
LOST = 0.25
"""Share of the pages on which the short line is a lost end."""
LEFT = 6
"""Characters that are left of a paragraph at least."""
SHORT, USUAL, LONG = 2, 30, 400
"""Characters of a whole paragraph that is short, and of those around it."""

Row = NDArray[np.float32]


class Lines(NamedTuple):
    """A page's lines, which blank lines part."""

    lines: tuple[str, ...]
    tail: int
    """The line that breaks off."""
    short: int
    """The short one."""
    lost: bool


class Material(NamedTuple):
    """What pages are made of."""

    source: CorpusSource
    runs: tuple[tuple[str, ...], ...]
    """Three neighbouring paragraphs, the second one short."""


@click.command()
@click.option("--corpus", type=click.Path(path_type=Path), default=Path("../shared/corpus"))
@click.option("--pages", default=6000, show_default=True)
@click.option("--seed", default=505, show_default=True)
def main(corpus: Path, pages: int, seed: int) -> None:
    """Fit, print what is reached, and write the numbers into the package."""
    material, rules = read_material(corpus), load_rules()
    found = [
        (row, page.lost)
        for number in range(pages)
        if (page := made(material, Random(f"{seed}:{number}")))
        if (row := shown(page, rules)) is not None
    ]
    rows, lost = np.array([row for row, _ in found]), np.array([lost for _, lost in found])
    held_out = np.arange(len(found)) % 3 == 2
    figures = _figures(rows, lost, held_out)
    weights = fit(rows, lost)
    for name, weight in zip(EVIDENCE, weights, strict=True):
        click.echo(f"{weight:7.2f}  {name}")
    click.echo(figures)
    keep("strays", {"features": EVIDENCE, "weights": weights}, figures)


def read_material(corpus: Path) -> Material:
    """The parts of the corpus that are not counted."""
    registers = uncounted(corpus)
    return Material(CorpusSource(registers, SHAPE), tuple(_runs(registers)))


def _runs(registers: Sequence[Register]) -> Iterator[tuple[str, ...]]:
    for register in registers:
        for at in range(1, len(register.lines) - 1):
            run = tuple(line.strip() for line in register.lines[at - 1 : at + 2])
            before, short, after = map(len, run)
            sizes = USUAL < before < LONG and SHORT <= short <= LONGEST and SHORT <= after < LONG
            if sizes and all(line[-1] in SENTENCE_ENDS for line in run):
                yield run


def made(material: Material, rng: Random) -> Lines | None:
    """A page; None where the first article's last paragraph cannot be broken off so."""
    first, second = material.source.draw(rng, 2, related=False)
    lost = rng.random() < LOST
    last, body = first.paragraphs[-1], list(second.paragraphs)
    cut = len(last) - rng.randint(1, LONGEST if lost else len(last))
    if cut < LEFT or last[cut - 1] in SENTENCE_ENDS + "；：，、" or last[-1] not in SENTENCE_ENDS:
        return None
    at = rng.randint(1, len(body))
    body[at:at] = [last[cut:]] if lost else rng.choice(material.runs)
    above = [*heading(first), *first.paragraphs[:-1], last[:cut]]
    lines = (*above, *heading(second), *body)
    short = len(lines) - len(body) + at + (not lost)
    return Lines(lines, len(above) - 1, short, lost)


def shown(page: Lines, rules: Rulebook) -> Row | None:
    """The evidence of the short line, shape (EVIDENCE,); None where it is read otherwise."""
    _, _, whole = set_up(page.lines, rules, network=True)
    if whole is None:
        return None
    starts = np.cumsum([0, *(len(line) + len(APART) for line in page.lines)]).tolist()
    items = {item.start: at for at, item in enumerate(whole.items) if item.kind == "atom"}
    tail, short = items.get(starts[page.tail]), items.get(starts[page.short])
    if tail is None or short is None or whole.items[short - 1].kind != "atom":
        return None
    return np.array(evidence(whole, tail, short, len(page.lines[page.short])), np.float32)


def fit(rows: Row, lost: NDArray[np.bool_]) -> list[float]:
    """The weights of EVIDENCE."""
    weights = logistic(rows, lost, np.ones(len(rows)))
    return [round(float(weight), 3) for weight in weights]


def _figures(rows: Row, lost: NDArray[np.bool_], held_out: NDArray[np.bool_]) -> dict[str, float]:
    """What the weights of all other pages do on those that were held out."""
    odds = rows[held_out] @ np.array(fit(rows[~held_out], lost[~held_out]))
    taken, truth = 1 / (1 + np.exp(-odds)) >= SURE, lost[held_out]
    return {
        "lost ends found": round(float(taken[truth].mean()), 3),
        "whole paragraphs moved": round(float(taken[~truth].mean()), 4),
        "pages": len(rows),
        "with a lost end": int(lost.sum()),
    }


if __name__ == "__main__":
    main()
