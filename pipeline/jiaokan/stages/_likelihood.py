"""How likely a place reads one way or another, by the statistics of the language."""

from collections.abc import Sequence
from typing import NamedTuple

AHEAD = 6
"""Characters behind a place that count for its reading."""
_BEHIND = 8


class Place(NamedTuple):
    """A place, and what might stand there."""

    before: str
    """Text in front of it; the last few characters count."""
    options: Sequence[str]
    after: str
    """Text behind it; the first few characters count."""


def readings(places: Sequence[Place]) -> list[list[float]]:
    """For each place log2 P(option and what follows | what stands before), one for each option.

    All are scored in one go.
    """
    import numpy as np

    from jiaokan.language import load, view

    model = load()
    padding = "\0" * (model.order - 1)
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for place in places:
        before = padding + _solid(place.before[-2 * _BEHIND :])[-_BEHIND:]
        after = _solid(place.after[: 2 * AHEAD])[:AHEAD]
        for option in place.options:
            parts += before, option, after
            starts.append(at + len(before))
            at = starts[-1] + len(option) + len(after)
            ends.append(at)
    if not parts:
        return [[] for _ in places]
    sums = np.concatenate(([0.0], np.cumsum(model.score(view("".join(parts))), dtype=np.float64)))
    bits = iter((sums[ends] - sums[starts]).tolist())
    return [[next(bits) for _ in place.options] for place in places]


def _solid(text: str) -> str:
    """The text as the model counts it: without blanks."""
    return text.replace(" ", "").replace("\u3000", "")


UNSEEN = -2.0
"""log2 count that a pair is given which the corpus has not."""
RARE = 7.0
"""log2 count in the corpus below which a pair of characters is rare."""


def rare(text: str, places: Sequence[int]) -> list[int]:
    """Those of the places whose character is rare beside one of its neighbours."""
    import numpy as np

    from jiaokan.language import load, view

    codes = view("\n" + text + "\n")
    at = np.asarray(places, dtype=np.intp) + 1
    rows = np.stack([codes[at - 1], codes[at], codes[at + 1]], axis=1)
    counts = load().log2_count(rows.ravel(), 2).reshape(rows.shape)
    return [int(place) - 1 for place in at[counts[:, 1:].min(axis=1) < RARE]]


def surprise(text: str, places: Sequence[int], bits: float) -> set[int]:
    """Those of the places at which a character and the next one cost that many bits together."""
    import numpy as np

    from jiaokan.language import load, view
    from jiaokan.language.junctions import heads_at, tails_at

    if not places:
        return set()
    model, codes = load(), view(text + "\n")
    at = np.asarray(places, dtype=np.intp)
    heads = heads_at(codes, at, np.full(len(at), len(codes)), 2)
    cost = model.pairs(tails_at(codes, at, model.order - 1), heads)
    return {int(place) for place in at[cost <= -bits]}


def promising(text: str, repairs: Sequence[tuple[int, str]], bits: float) -> list[bool]:
    """For each (place, character that may stand there), whether it makes pairs with its
    neighbours that are, taken together, commoner by so many bits than those of the text."""
    import numpy as np

    from jiaokan.language import load, view

    if not repairs:
        return []
    model, codes = load(), view("\n" + text + "\n")
    at = np.array([place for place, _ in repairs], dtype=np.intp) + 1
    true = view("".join(repair for _, repair in repairs))
    here = np.stack([codes[at - 1], codes[at], codes[at + 1]], axis=1)
    there = np.stack([codes[at - 1], true, codes[at + 1]], axis=1)

    both = np.concatenate([here, there])
    counts = np.maximum(model.log2_count(both.ravel(), 2).reshape(both.shape), UNSEEN)
    common = counts[:, 1] + counts[:, 2]
    return [bool(more) for more in common[len(here) :] - common[: len(here)] >= bits]
