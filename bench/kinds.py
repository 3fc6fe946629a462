"""The kinds of generated pages that are measured: pages of the project's own articles."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from bench.interleave import (
    DAMAGES,
    PRESETS,
    FileSource,
    GeneratedPage,
    PageOptions,
    generate,
    read_confusions,
    read_files,
)

ARTICLES = Path(__file__).parent / "articles"

CHUNK = 8
"""pages that a process does at a time"""


@dataclass(frozen=True, slots=True)
class Kind:
    """How the pages of a kind look."""

    preset: str
    least: int
    """Articles on a page, at least."""
    most: int
    """Articles on a page, at most."""
    rarer: int = 1
    """One page of this kind is measured for so many that were asked for."""


KINDS: Mapping[str, Kind] = {
    "columns 2": Kind("columns", 2, 2),
    "columns 3": Kind("columns", 3, 3),
    "columns 4": Kind("columns", 4, 4),
    "many": Kind("columns", 5, 12, rarer=4),
    "wrapped": Kind("wrapped", 2, 4),
    "stacked": Kind("stacked", 2, 4),
    "lines": Kind("lines", 2, 4),
    "spread": Kind("spread", 2, 4),
    "tops": Kind("tops", 2, 4),
    "alternating": Kind("alternating", 2, 4),
    "continued": Kind("continued", 2, 4),
    "in order": Kind("in-order", 1, 4),
}


@dataclass(frozen=True, slots=True)
class Task:
    """Pages number `first` to `first` + `count` - 1 of a kind."""

    kind: str
    damage: str
    first: int
    count: int
    seed: int
    confusions: Path | None = None


def tasks(
    kinds: Sequence[str], damage: str, most: int, seed: int, confusions: Path | None = None
) -> list[Task]:
    """The tasks that make `most` pages of each kind, or its share of them."""
    return [
        Task(kind, damage, at, min(CHUNK, count - at), seed, confusions)
        for kind in kinds
        for count in (max(most // KINDS[kind].rarer, 1),)
        for at in range(0, count, CHUNK)
    ]


def pages(task: Task) -> Iterator[GeneratedPage]:
    """The pages of a task."""
    confusions = read_confusions(task.confusions) if task.confusions else {}
    options = page_options(task.kind, task.damage)
    return generate(options, _source(), task.count, task.seed, confusions, task.first)


def page_options(kind: str, damage: str) -> PageOptions:
    """How a page of the kind looks."""
    looks = KINDS[kind]
    options = replace(PRESETS[looks.preset], damage=DAMAGES[damage])
    layout = replace(options.layout, articles_min=looks.least, articles_max=looks.most)
    return replace(options, layout=layout)


@cache
def _source() -> FileSource:
    return read_files(ARTICLES)
