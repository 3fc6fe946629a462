"""Fit whether a page leaves its own order: `python -m bench.fit.gate --corpus ../shared/corpus`. To
be run anew after `bench.fit.confidence`.

Whole readings of generated pages, nothing given of their truth: pages in order, in plenty, and
interleaved ones, half of them with misread characters, some of them long. Of a third the heading of
one article was lost, as engines lose them: its text fits no stream. Besides, texts of the web
(`bench.fit.web`), all in order: clauses on lines of their own, lines in between that look like
titles, no authors. Logistic regression over what a reading shows (`SIGNS`), once for the counts'
and once for the network's.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

import click
import numpy as np
from jiaokan.cleaning import context_of, run_stages
from jiaokan.language import load, view
from jiaokan.rulebook import Rulebook
from jiaokan.rulebook import load as load_rules
from jiaokan.stitch.blocks import blocks
from jiaokan.stitch.headings.find import with_headings
from jiaokan.stitch.headings.markup import marked
from jiaokan.stitch.headings.paragraph_starts import standing
from jiaokan.stitch.headings.reader import Reader
from jiaokan.stitch.order.gate import ASKED, JUDGED, LEFT, SIGNS
from jiaokan.stitch.order.gate import shown as shown_by
from jiaokan.stitch.search.decide import decide, prepare
from jiaokan.stitch.settle import line_starts, read, settle
from jiaokan.stitch.weights import weights
from numpy.typing import NDArray

from bench.fit import web
from bench.fit.logistic import logistic
from bench.fit.pages import DAMAGED, SHAPE, generated, keep
from bench.interleave import DAMAGES, GeneratedPage, PageOptions

MIXTURES = {
    "usual": {"columns": 5, "wrapped": 2, "continued": 1, "in-order": 16},
    "long": {"columns": 2, "continued": 1, "in-order": 6},
}
"""Pages of each preset, in parts."""
SHAPES = {"usual": SHAPE, "long": replace(SHAPE, min_chars=900, max_chars=2500)}
LONGER = 12
"""Usual pages for a long one."""
WEB = 0.25
"""What a text of the web counts beside a generated page."""
LOST = 1 / 3
"""Share of the pages of three articles and more on which an engine lost the headings of one."""
RIDGE = 1e-4
"""The pages are many and most of them plain: more would keep the weights too small."""

Rows = NDArray[np.float32]


class Shown(NamedTuple):
    """A page that was read."""

    interleaved: bool
    counts: Rows
    network: Rows


@click.command()
@click.option("--corpus", type=click.Path(path_type=Path), default=Path("../shared/corpus"))
@click.option("--pages", default=3600, show_default=True)
@click.option("--seed", default=606, show_default=True)
def main(corpus: Path, pages: int, seed: int) -> None:
    """Fit, print what is reached, and write the numbers into the package."""
    rules = load_rules()
    files = [web.read(corpus / f"{name}.txt.xz") for name in web.PARTS]
    made = [(page.raw, mixed) for page, mixed in readings(corpus, pages, seed)]
    generated_pages = [one for raw, mixed in made if (one := shown(raw, mixed, rules))]
    texts, held_out = (
        [one for raw in pages_of_web if (one := shown(raw, False, rules))] for pages_of_web in files
    )
    for part, least in (("gate", ASKED), ("gate with network", LEFT)):
        tables = [_table(pages, part) for pages in (generated_pages, texts, held_out)]
        truth = np.array([one.interleaved for one in generated_pages])
        figures = _figures(*tables, truth, least)
        fitted = fit(tables[0], tables[1], truth)
        for sign, weight in zip(SIGNS, fitted, strict=True):
            click.echo(f"{weight:7.2f}  {sign}")
        click.echo(figures)
        keep(part, {"signs": SIGNS, "weights": fitted}, figures)


def readings(corpus: Path, count: int, seed: int) -> Iterator[tuple[GeneratedPage, bool]]:
    """Pages, and whether their columns are interleaved; characters as in `damaged`."""
    for size, mixture in MIXTURES.items():
        pages = count // len(DAMAGED) // (1 if size == "usual" else LONGER)
        parts = sum(mixture.values())
        for number, damage in enumerate(DAMAGED):
            changed = partial(_as_read, damage=damage, near=size == "usual")
            for preset, share in mixture.items():
                own = len(DAMAGED) * seed + number
                some = generated(
                    corpus, pages * share // parts, own, {preset: 1}, changed, shape=SHAPES[size]
                )
                for page in some:
                    yield page, preset != "in-order"


def _as_read(options: PageOptions, damage: str, near: bool) -> PageOptions:
    """With this damage; long articles are no neighbours, for few runs of text are as long."""
    layout = options.layout if near else replace(options.layout, related=0)
    headings = replace(options.headings, lost=LOST)
    return replace(options, damage=DAMAGES[damage], layout=layout, headings=headings)


def shown(raw: str, interleaved: bool, rules: Rulebook) -> Shown | None:
    """What both readings of the page show; None where it has no two headings."""
    trace, _ = run_stages(raw, context_of(raw, rules, "auto"))
    text, starts = trace.text, line_starts(trace)
    found = blocks(text, rules)
    reader = Reader(load(), view(text), found)
    found = standing(with_headings(marked(found, trace), reader), reader)
    whole = prepare(text, found, {})
    if whole is None or len(whole.headings) < 2:
        return None
    rows = []
    for network in (None, read(text, found)):
        values = weights(network is not None)
        cut = settle(text, found, starts, whole, values, network)
        reading = decide(cut, values, JUDGED)
        rows.append(shown_by(text, found, whole, cut, reading, values, network).signs())
    return Shown(interleaved, *rows)


def fit(rows: Rows, texts: Rows, truth: NDArray[np.bool_]) -> list[float]:
    """The weights of SIGNS. `texts`: of texts of the web, all in order; `truth`: of the others."""
    weight = np.concatenate([np.ones(len(rows)), np.full(len(texts), WEB)])
    every = np.concatenate([truth, np.zeros(len(texts), bool)])
    found = logistic(np.concatenate([rows, texts]), every, weight, RIDGE)
    return [round(float(weight), 3) for weight in found]


def _table(pages: Sequence[Shown], part: str) -> Rows:
    return np.array([one.counts if part == "gate" else one.network for one in pages])


def _figures(
    rows: Rows, texts: Rows, others: Rows, truth: NDArray[np.bool_], least: float
) -> dict[str, float]:
    """What the weights of all other pages do on each third of them, and on `others`, texts of the
    web that are held out."""
    third = np.arange(len(rows)) % 3
    passed = np.zeros(len(rows), bool)
    for one in range(3):
        held_out = third == one
        weights = fit(rows[~held_out], texts, truth[~held_out])
        passed[held_out] = rows[held_out] @ weights >= least
    return {
        "texts of the web with two titles": len(others),
        "of these that pass": round(float(np.mean(others @ fit(rows, texts, truth) >= least)), 4),
        "interleaved pages": int(truth.sum()),
        "that pass": round(float(passed[truth].mean()), 4),
        "pages in order": int((~truth).sum()),
        "in order that pass": round(float(passed[~truth].mean()), 4),
    }


if __name__ == "__main__":
    main()
