"""How likely a place reads one way or another, by the statistics of the language."""

from collections.abc import Sequence
from typing import NamedTuple

AHEAD = 6
"""Characters behind a place that count for its reading."""
NEAR = 4
"""Characters by which the model knows a place: what stands farther off tells it nothing."""
_WINDOW = 16
"""Characters before a place among which the nearest that are no blanks are looked for."""


class Place(NamedTuple):
    """A place, and what might stand there."""

    before: str
    """Text in front of it; the last few characters count."""
    options: Sequence[str]
    after: str
    """Text behind it; the first few characters count."""


def readings(places: Sequence[Place], ahead: int = AHEAD) -> list[list[float]]:
    """For each place log2 P(option and what follows | what stands before), one for each option.

    All are scored in one go. Where only the options of a place are compared, NEAR characters
    ahead say as much as more do.
    """
    if not places:
        return []
    import numpy as np

    from jiaokan.language import load, view

    model = load()
    padding = "\0" * NEAR
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for place in places:
        before = (padding + _solid(place.before[-_WINDOW:])[-NEAR:])[-NEAR:]
        after = _solid(place.after[: 2 * AHEAD])[:ahead]
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
