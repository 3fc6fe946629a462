"""The seams of a generated page against those that a run reports.

A seam counts as found when a reported one lies within NEAR characters of it on both sides, blanks
beside the ends ignored. Columns of one article that are neighbours on the page need no seam.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from operator import add

from jiaokan.article import Seam

from bench.interleave import GeneratedPage

NEAR = 1
"""characters"""

Place = tuple[int, int]
"""Raw offsets at which a seam leaves and goes on, blanks left out."""

BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
"""Lower ends of the classes of confidence."""


@dataclass(frozen=True)
class SeamScore:
    """Sums over pages; add scores for the sums over all of them."""

    true: Counter[str] = field(default_factory=Counter)
    """By the kind of break: block, line, glued."""
    found: Counter[str] = field(default_factory=Counter)
    """The same, of those that a run reports."""
    reported: Counter[str] = field(default_factory=Counter)
    """By the kind that the run gives: block, inline."""
    invented: Counter[str] = field(default_factory=Counter)
    """The same, of those that are no true seam."""
    said: Counter[int] = field(default_factory=Counter)
    """Reported seams by class of confidence, as index of BINS."""
    right: Counter[int] = field(default_factory=Counter)
    """The same, of those that are true."""
    trust: Counter[int] = field(default_factory=Counter)
    """The same, confidences summed, in thousandths."""

    def __add__(self, other: "SeamScore") -> "SeamScore":
        return SeamScore(*map(add, vars(self).values(), vars(other).values()))


def seam_score(page: GeneratedPage, seams: Sequence[Seam]) -> SeamScore:
    """One page; `seams` count in its raw text."""
    true = list(true_seams(page))
    said = [_place(page.raw, seam.left, seam.right) for seam in seams]
    score = SeamScore()
    for kind, place in true:
        score.true[kind] += 1
        score.found[kind] += any(_near(place, other) for other in said)
    for seam, place in zip(seams, said, strict=True):
        right = any(_near(place, other) for _, other in true)
        number = sum(seam.confidence >= low for low in BINS) - 1
        score.reported[seam.kind] += 1
        score.invented[seam.kind] += not right
        score.said[number] += 1
        score.right[number] += right
        score.trust[number] += round(1000 * seam.confidence)
    return score


def true_seams(page: GeneratedPage) -> Iterable[tuple[str, Place]]:
    """Kind and place of each seam between which something else stands on the page."""
    parts = [f for f in page.fragments if f.kind not in ("furniture", "gutter")]
    follows = {(a.end, b.start) for a, b in pairwise(parts)}
    for seam in page.seams:
        if (seam.left, seam.right) not in follows:
            kinds = (seam.kind, seam.right_kind)
            kind = next(kind for kind in ("glued", "gutter", "line", "block") if kind in kinds)
            yield kind, _place(page.raw, seam.left, seam.right)


def _place(raw: str, left: int, right: int) -> Place:
    while left > 0 and raw[left - 1].isspace():
        left -= 1
    while right < len(raw) and raw[right].isspace():
        right += 1
    return left, right


def _near(one: Place, other: Place) -> bool:
    return abs(one[0] - other[0]) <= NEAR and abs(one[1] - other[1]) <= NEAR
