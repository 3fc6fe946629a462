"""How likely a place reads one way or another, by the statistics of the language."""

from collections.abc import Sequence
from typing import NamedTuple

from jiaokan.lazy_regex import lazy

AHEAD = 6
"""Characters behind a place that count for its reading."""
NEAR = 4
"""Characters by which the model knows a place: what stands farther off tells it nothing."""
_WINDOW = 16
"""Characters beside a place among which the nearest that are no blanks are looked for."""
_SKIPPED = frozenset(" \u3000\n")
"""What does not count beside a place, or does so only where the sentence ends."""
_OPEN_END = lazy(r"(?<![。！？…”’：；\n])\n(?!\n)")
"""A line end where the sentence may go on."""


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


def gains(text: str, spans: Sequence[tuple[int, int]], repairs: Sequence[str]) -> list[float]:
    """By how many bits each span would be likelier if its repair stood there.

    What is compared is the place and NEAR characters behind it, after NEAR characters before it;
    line ends at which a sentence goes on do not count, as blanks do not.
    """
    if not spans:
        return []
    import numpy as np

    from jiaokan.language import load, view

    parts: list[str] = []
    lengths: list[int] = []
    for (start, end), repair in zip(spans, repairs, strict=True):
        before, behind = _before(text, start), _behind(text, end)
        parts += before, text[start:end], behind, before, repair, behind
        lengths += end - start + len(behind), len(repair) + len(behind)
    codes = view("".join(parts))
    ends = np.cumsum(np.array(lengths) + NEAR)
    sums = np.append(0.0, np.cumsum(load().score(codes), dtype=np.float64))
    bits = sums[ends] - sums[ends - lengths]
    found: list[float] = (bits[1::2] - bits[::2]).tolist()
    return found


def _before(text: str, at: int) -> str:
    """The NEAR characters before a place that count; where there are fewer, they are padded."""
    near = text[at - NEAR : at] if at >= NEAR else ""
    if near and _SKIPPED.isdisjoint(near):
        return near
    return _solid(_joined(text[max(0, at - _WINDOW) : at]))[-NEAR:].rjust(NEAR, "\0")


def _behind(text: str, at: int) -> str:
    """The same behind it, not padded."""
    near = text[at : at + NEAR]
    if _SKIPPED.isdisjoint(near):
        return near
    return _solid(_joined(text[at : at + _WINDOW])[: 2 * AHEAD])[:NEAR]


def _joined(text: str) -> str:
    """The text without line ends at which the sentence goes on."""
    return _OPEN_END.sub("", text) if "\n" in text else text


def _solid(text: str) -> str:
    """The text as the model counts it: without blanks."""
    return text.replace(" ", "").replace("\u3000", "")


def surprising(text: str, places: Sequence[int], bits: float) -> set[int]:
    """Those of the places at which a character and the next one cost that many bits together."""
    if not places:
        return set()

    from jiaokan.language import load, view

    model = load()
    near = model.order - 1
    padded = "\0" * near + text + "\n\0"
    rows = "".join(padded[at : at + near + 2] for at in places)
    cost = model.score(view(rows)).reshape(len(places), -1)[:, near:].sum(axis=1)
    return {at for at, one in zip(places, cost, strict=True) if one <= -bits}
