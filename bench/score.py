"""Articles against gold: the figures of `../shared/score.py`, without it.

Articles are mappings with `kicker`, `title`, `author`, `affiliation`, `paragraphs`; each gold
article is matched with one predicted article at most, so that the bodies agree best.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import add
from pathlib import Path
from typing import Any

import numpy as np
import orjson
from rapidfuzz.distance import Levenshtein
from scipy.optimize import linear_sum_assignment

from bench.result import Cell

FIELDS = ("kicker", "title", "author", "affiliation")

COLUMNS = ("pages", "page exact", "articles", "exact", "paras", "fields", *FIELDS)
COLUMNS += ("sim", "CER %", "extra a page")
"""What `cells` gives: counts, and shares of 1 where no unit is named."""

Article = Mapping[str, Any]


@dataclass(frozen=True)
class Score:
    """Sums over pages; add scores for the sums over all of them."""

    pages: int = 0
    whole: int = 0
    """Pages on which every body is exact."""
    articles: int = 0
    """In the gold."""
    exact: int = 0
    """Bodies reproduced to the character, paragraph breaks ignored."""
    paras: int = 0
    """Articles whose paragraph breaks are reproduced, too."""
    similarity: float = 0.0
    """Sum over the articles, 1 each at best."""
    distance: int = 0
    """Characters to insert, delete or replace."""
    characters: int = 0
    """In the gold's bodies."""
    extra: int = 0
    """Predicted articles beyond the gold's number."""
    asked: Counter[str] = field(default_factory=Counter)
    """Fields that the gold or the prediction has, by name."""
    right: Counter[str] = field(default_factory=Counter)
    """Fields of the gold that are reproduced, blanks ignored, by name."""

    def __add__(self, other: "Score") -> "Score":
        return Score(*map(add, vars(self).values(), vars(other).values()))

    def cells(self) -> tuple[Cell, ...]:
        """The figures in the order of COLUMNS."""
        each = max(self.articles, 1)
        return (
            self.pages,
            self.whole / max(self.pages, 1),
            self.articles,
            self.exact / each,
            self.paras / each,
            self.right.total() / max(self.asked.total(), 1),
            *(self.right[name] / self.asked[name] if self.asked[name] else "-" for name in FIELDS),
            self.similarity / each,
            100 * self.distance / max(self.characters, 1),
            self.extra / max(self.pages, 1),
        )


def body(article: Article) -> str:
    """The paragraphs, joined without anything between."""
    return "".join(article.get("paragraphs") or ())


def matched(gold: Sequence[Article], predicted: Sequence[Article]) -> list[tuple[Article, float]]:
    """For each gold article its prediction ({} where there is none) and their similarity."""
    table = np.array(
        [[Levenshtein.normalized_similarity(body(g), body(p)) for p in predicted] for g in gold]
    ).reshape(len(gold), len(predicted))
    found: list[tuple[Article, float]] = [({}, 0.0)] * len(gold)
    for i, j in zip(*linear_sum_assignment(-table), strict=True):
        found[i] = predicted[j], float(table[i, j])
    return found


def score(gold: Sequence[Article], predicted: Sequence[Article]) -> Score:
    """One page."""
    asked, right = Counter[str](), Counter[str]()
    exact = paras = distance = 0
    similarity = 0.0
    for one, (other, alike) in zip(gold, matched(gold, predicted), strict=True):
        exact += body(one) == body(other)
        paras += list(one["paragraphs"]) == list(other.get("paragraphs") or ())
        similarity += alike
        distance += Levenshtein.distance(body(one), body(other))
        for name in FIELDS:
            asked[name] += bool(one.get(name) or other.get(name))
            right[name] += bool(one.get(name)) and _tight(one, name) == _tight(other, name)
    return Score(
        1,
        exact == len(gold),
        len(gold),
        exact,
        paras,
        similarity,
        distance,
        sum(len(body(one)) for one in gold),
        max(0, len(predicted) - len(gold)),
        asked,
        right,
    )


def score_folders(gold: Path, predicted: Path, kind: Callable[[str], str]) -> dict[str, Score]:
    """Sums by kind of page and, last, of all; `kind` reads it off a file's stem."""
    sums: dict[str, Score] = {}
    for path in sorted(gold.glob("*.json")):
        other = predicted / path.name
        found = score(_articles(path), _articles(other) if other.exists() else [])
        name = kind(path.stem)
        sums[name] = sums.get(name, Score()) + found
    return sums | {"ALL": sum(sums.values(), Score())}


def _articles(path: Path) -> list[Article]:
    articles: list[Article] = orjson.loads(path.read_bytes())["articles"]
    return articles


def _tight(article: Article, name: str) -> str:
    return "".join((article.get(name) or "").split())
