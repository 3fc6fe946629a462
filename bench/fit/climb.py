"""Climb with the weights of the search: `python -m bench.fit.climb --corpus ../shared/corpus`.

The likelihood of the true paths (`bench.fit.weights`) asks that every page be likely; a few pages
that no weights get right then pull at all of them. What users see is how many articles come out
whole. Each weight in turn is made larger and smaller, and stays where more text is right: articles
that are exact, and characters that stand in their article. The cuts are those that the stitcher
finds by itself; text that the language model has not counted, true headings.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path

import click
from jiaokan.stitch.decide import decide
from jiaokan.stitch.weights import Weights, weights

from bench.fit.pages import fit_pages, keep
from bench.fit.weights import Ready, ready

FACTORS = (0.7, 1.4)
"""Tried on a weight that is no cost of a kind of its own."""
LEAST = 0.002
"""Share of right text that a change must bring."""
ORDER = (
    "titled",
    "pairs",
    "singles",
    "roomy",
    "short",
    "network",
    "join",
    "switch_closed",
    "switch_inline",
    "odds",
    "switch_open",
    "early",
    "end_open",
    "affiliation_far",
)
"""Weights that are tried, those with the most to say first. Those that tell a paragraph's end from
a sentence that runs on stay as the likelihood has them: what is counted here does not see it."""


@click.command()
@click.option("--corpus", type=click.Path(path_type=Path), default=Path("../shared/corpus"))
@click.option("--pages", default=240, show_default=True)
@click.option("--rounds", default=1, show_default=True)
@click.option("--seed", default=303, show_default=True)
@click.option("--processes", default=2, show_default=True)
@click.option("--network/--no-network", default=True, show_default=True)
def main(corpus: Path, pages: int, rounds: int, seed: int, processes: int, network: bool) -> None:
    """Climb, print what is reached, and write the numbers into the package."""
    start = weights(network)
    global READY
    READY = [
        found
        for page in fit_pages(corpus, pages, seed)
        if (found := ready(page, start, network, given=False))
    ]
    with ProcessPoolExecutor(processes) as pool:  # its processes share what is ready
        best, figures = climb(start, rounds, partial(_measured, pool, processes))
    rounded = {name: round(value, 4) for name, value in asdict(best).items()}
    keep("weights with network" if network else "weights", {"values": rounded}, figures)


READY: Sequence[Ready] = ()


def climb(
    start: Weights, rounds: int, measured: Callable[[Weights], tuple[float, float]]
) -> tuple[Weights, dict[str, float]]:
    """The best weights found, and the share of articles and of characters that they get right."""
    best, reached = start, measured(start)
    click.echo(f"articles {reached[0]:.3f}, characters {reached[1]:.3f}")
    for _ in range(rounds):
        for name in ORDER:
            for tried in _neighbours(best, name):
                found = measured(tried)
                if sum(found) > sum(reached) + LEAST:
                    best, reached = tried, found
                    click.echo(
                        f"{name} {getattr(best, name):.3f}: "
                        f"articles {found[0]:.3f}, characters {found[1]:.3f}"
                    )
                    break
    shares = {"articles right": round(reached[0], 3), "characters right": round(reached[1], 3)}
    return best, shares | {"pages": len(READY)}


def _neighbours(best: Weights, name: str) -> Iterator[Weights]:
    value = getattr(best, name)
    for factor in FACTORS:
        yield replace(best, **{name: value * factor})


def _measured(pool: ProcessPoolExecutor, parts: int, tried: Weights) -> tuple[float, float]:
    every = list(pool.map(_right, [tried] * parts, range(parts), [parts] * parts))
    articles, exact, characters, right = (sum(column) for column in zip(*every, strict=True))
    return exact / articles, right / characters


def _right(tried: Weights, first: int, parts: int) -> tuple[int, int, int, int]:
    sums = [right(one, decide(one.page, tried).stream) for one in READY[first::parts]]
    articles, exact, characters, placed = (sum(column) for column in zip(*sums, strict=True))
    return articles, exact, characters, placed


def right(one: Ready, found: Iterable[int]) -> tuple[int, int, int, int]:
    """Articles, those that are exact, characters, those that stand in their article."""
    atoms = [
        (true, said, item.end - item.start)
        for item, true, said in zip(one.page.items, one.streams, found, strict=True)
        if item.kind == "atom"
    ]
    articles = {true for true, _, _ in atoms}
    spoilt = {stream for true, said, _ in atoms if true != said for stream in (true, said)}
    characters = sum(size for _, _, size in atoms)
    placed = sum(size for true, said, size in atoms if true == said)
    return len(articles), len(articles - spoilt), characters, placed


if __name__ == "__main__":
    main()
