"""Fit the weights of the search: `python -m bench.fit.weights --corpus ../shared/corpus`.

Coordinate search over the weights of `jiaokan.stitch.weights`, on generated pages from text that
the language model has not counted; pages that are seen to be in order need no weights and are
left out. What counts is the share of articles that come out exactly, the seams found (F1) and the
affiliations that stand in their article. The figures kept are those of the pages fitted on.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import click
from jiaokan.settings import Settings
from jiaokan.stitch import settle
from jiaokan.stitch.decide import Prepared, decide, prepare
from jiaokan.stitch.order import in_order
from jiaokan.stitch.weights import Weights, weights
from jiaokan.stitch.write import write

from bench.fit.pages import FitPage, fit_pages, keep

SEAMS = 0.4
"""Weight of the seams' F1 beside the share of exact articles."""
AFFILIATIONS = 0.2
"""Weight of the share of affiliations that stand in their article."""
NEAR = 2
"""Characters by which a seam may be off and still count as found."""
BOUNDED = {"kinship_mix": 0.9}


@dataclass(frozen=True, slots=True)
class Ready:
    """All of a page that does not depend on the weights."""

    page: FitPage
    prepared: Prepared


@click.command()
@click.option("--corpus", type=click.Path(path_type=Path), default=Path("../shared/corpus"))
@click.option("--pages", default=100, show_default=True)
@click.option("--rounds", default=4, show_default=True)
@click.option("--seed", default=202, show_default=True)
def main(corpus: Path, pages: int, rounds: int, seed: int) -> None:
    """Fit, print what is reached, and write the numbers into the package."""
    ready = [found for page in fit_pages(corpus, pages, seed) if (found := _ready(page))]
    values = weights()
    best, _ = score(ready, values)
    steps = dict.fromkeys(asdict(values), 1.7)
    for turn in range(rounds):
        for name in steps:
            for factor in (steps[name], 1 / steps[name]):
                value = min(getattr(values, name) * factor, BOUNDED.get(name, 1e9))
                trial = replace(values, **{name: round(value, 4)})
                reached, _ = score(ready, trial)
                if reached > best + 1e-9:
                    best, values = reached, trial
                    click.echo(f"{turn} {name} {value:.3f} -> {best:.4f}")
                    break
        steps = {name: max(step**0.7, 1.12) for name, step in steps.items()}
    _, figures = score(ready, values)
    click.echo(figures)
    keep("weights", {"values": asdict(values)}, figures)


def _ready(page: FitPage) -> Ready | None:
    """The page with its cuts; None for one that is seen to be in order without any search."""
    text = page.trace.text
    whole = prepare(text, page.found, [], page.line_starts)
    if whole is None or in_order(whole, text, weights()):
        return None
    return Ready(page, settle(text, page.found, page.line_starts, whole, weights()))


def score(ready: Sequence[Ready], values: Weights) -> tuple[float, dict[str, float]]:
    """What is maximised, and the shares it is made of."""
    exact: dict[str, list[bool]] = defaultdict(list)
    hits = found = true = housed = housable = 0
    for one in ready:
        trace, truth = one.page.trace, one.page.truth
        reading = decide(one.prepared, values, Settings().min_confidence)
        result, _ = write(trace.text, one.page.found, reading, Settings())
        bodies = {"".join(article.paragraphs) for article in result.articles}
        exact[truth.stem.split("-")[0]] += [article.body in bodies for article in truth.articles]
        homes = {(article.title, article.affiliation) for article in result.articles}
        for article in truth.articles:
            if article.affiliation and any(article.title == title for title, _ in homes):
                housable += 1
                housed += (article.title, article.affiliation) in homes
        if truth.stem.startswith("o"):
            continue
        mine = [
            (trace.raw_offset(seam.left, end=True), trace.raw_offset(seam.right))
            for seam in result.seams
        ]
        hits += sum(
            any(abs(a - s.left) <= NEAR and abs(b - s.right) <= NEAR for a, b in mine)
            for s in truth.seams
        )
        found += len(mine)
        true += len(truth.seams)
    f1 = 2 * hits / max(found + true, 1)
    shares = {kind: round(sum(rows) / len(rows), 3) for kind, rows in sorted(exact.items())}
    every = [row for rows in exact.values() for row in rows]
    total = sum(every) / len(every)
    at_home = housed / max(housable, 1)
    figures = {"exact": total, "seams F1": f1, "affiliations": at_home}
    rounded = {name: round(value, 3) for name, value in figures.items()}
    return total + SEAMS * f1 + AFFILIATIONS * at_home, {**shares, **rounded}


if __name__ == "__main__":
    main()
