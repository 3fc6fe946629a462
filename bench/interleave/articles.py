"""Where articles come from: the corpus (cut into runs of paragraphs) or files.

Every source draws the articles of one page at a time, so that they can be neighbours.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from typing import Protocol

import yaml

from bench.interleave import names
from bench.interleave.corpus import Register, Run
from bench.interleave.model import Article
from bench.interleave.titles import derive_title

TRIES = 2000
"""draws after which a source is said to be too small"""
PATIENCE = 60
"""draws in one register, or near one place, before another is taken"""


@dataclass(frozen=True, slots=True)
class Shape:
    """How long an article is (characters), and what an invented one gets (probabilities)."""

    min_chars: int = 400
    max_chars: int = 1100
    author: float = 0.92
    two_authors: float = 0.06
    affiliation: float = 0.6
    kicker: float = 0.3
    subheadings: float = 0.2


class Source(Protocol):
    """Anything that can give the articles of one page."""

    def draw(self, rng: Random, count: int, related: bool) -> tuple[Article, ...]:
        """`count` different articles; `related` asks for neighbours. ValueError if too small."""
        ...


@dataclass(frozen=True)
class CorpusSource:
    """Articles invented around runs of neighbouring corpus paragraphs."""

    registers: Sequence[Register]
    shape: Shape = field(default_factory=Shape)

    def draw(self, rng: Random, count: int, related: bool) -> tuple[Article, ...]:
        """Runs that do not overlap; related ones are of one register, within some 300 lines."""
        weights = [r.weight for r in self.registers]
        taken: list[tuple[str, Run]] = []
        articles: list[Article] = []
        near: int | None = None
        patience = 0
        for _ in range(TRIES):
            if not patience:
                near, patience = None, PATIENCE
                register = rng.choices(self.registers, weights)[0]
            patience -= 1
            run = register.run(rng, near, self.shape.min_chars, self.shape.max_chars)
            if run is None or any(n == register.name and run.overlaps(t) for n, t in taken):
                continue
            article = dress(run, register.name, self.shape, rng)
            if article is None:
                continue
            taken.append((register.name, run))
            articles.append(article)
            near, patience = (run.start, PATIENCE) if related else (None, 0)
            if len(articles) == count:
                return tuple(articles)
        raise ValueError("the corpus part is too small for a page of so many articles")


@dataclass(frozen=True)
class FileSource:
    """Articles written out by hand, one a file."""

    articles: Sequence[Article]

    def draw(self, rng: Random, count: int, related: bool) -> tuple[Article, ...]:
        """A sample; related ones are neighbours in the files' order."""
        if count > len(self.articles):
            raise ValueError(f"{count} articles asked for, {len(self.articles)} there")
        if related:
            start = rng.randrange(len(self.articles) - count + 1)
            return tuple(rng.sample(self.articles[start : start + count], count))
        return tuple(rng.sample(self.articles, count))


def read_files(folder: Path) -> FileSource:
    """The articles of a folder's YAML and JSON files; ValueError names a file that is none."""
    paths = sorted(p for p in folder.glob("*") if p.suffix in (".yaml", ".yml", ".json"))
    if not paths:
        raise FileNotFoundError(f"{folder}: no article files (*.yaml, *.json) there")
    return FileSource(tuple(_read_article(path) for path in paths))


def dress(run: Run, register: str, shape: Shape, rng: Random) -> Article | None:
    """A run with an invented author and so on, and a title; None where no title can be found."""
    paragraphs = run.paragraphs
    title = run.heading or derive_title(paragraphs, rng)
    if not title or title in paragraphs[0][: len(title) + 8]:
        return None
    if rng.random() < shape.subheadings:
        paragraphs = _with_subheadings(paragraphs, title, rng)
    author = names.person(rng) if rng.random() < shape.author else ""
    if author and rng.random() < shape.two_authors:
        author += " " + names.person(rng)
    return Article(
        title=title,
        paragraphs=paragraphs,
        kicker=rng.choice(names.KICKERS) if rng.random() < shape.kicker else "",
        author=author,
        affiliation=names.affiliation(rng) if rng.random() < shape.affiliation else "",
        origin=f"{register}:{run.start}",
    )


def _with_subheadings(paragraphs: tuple[str, ...], title: str, rng: Random) -> tuple[str, ...]:
    """One or two sub-headings put in, each made from the paragraphs after it."""
    found = list(paragraphs)
    places = range(1, len(paragraphs))
    for at in sorted(rng.sample(places, min(len(places), rng.randint(1, 2))), reverse=True):
        heading = derive_title(paragraphs[at : at + 2], rng)
        if heading and heading != title and heading not in found:
            found.insert(at, heading)
    return tuple(found)


FIELDS = ("kicker", "title", "author", "affiliation")
"""What a generated page sets besides the body."""


def _read_article(path: Path) -> Article:
    data = yaml.safe_load(path.read_text("utf-8"))
    if not isinstance(data, dict) or not data.get("paragraphs"):
        raise ValueError(f"{path}: not an article (a mapping with at least `paragraphs`)")
    unknown = set(data) - {*FIELDS, "paragraphs", "register", "subtitle"}
    if unknown:
        raise ValueError(f"{path}: unknown fields {sorted(unknown)}")
    texts = {name: str(data.get(name) or "") for name in FIELDS}
    article = Article(title=texts.pop("title", ""), paragraphs=tuple(data["paragraphs"]), **texts)
    return replace(article, origin=path.stem)
