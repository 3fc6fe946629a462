"""How likely a place reads one way or another, by the statistics of the language."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from jiaokan.late import late
from jiaokan.points import members, points

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from jiaokan.language import Codes

AHEAD = 6
"""Characters behind a place that count for its reading."""
NEAR = 4
"""Characters by which the model knows a place: what stands farther off tells it nothing."""
_WINDOW = 16
"""Characters beside a place among which the nearest that are no blanks are looked for."""
_SKIPPED = " \u3000\n"
"""What does not count beside a place, or does so only where the sentence ends."""
_OPEN_END = late(r"(?<![。！？…”’：；\n])\n(?!\n)")
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

    before, behind, count = _beside(text, spans)
    options = [text[start:end] for start, end in spans] + list(repairs)
    longest = max(map(len, options))
    rows = np.zeros((len(options), NEAR + longest + NEAR), np.uint32)
    rows[:, :NEAR] = np.tile(before, (2, 1))
    middle = view("".join(option.ljust(longest, "\0") for option in options))
    rows[:, NEAR:-NEAR] = middle.reshape(-1, longest)
    lengths = np.array(list(map(len, options)))
    behind = np.tile(behind, (2, 1))
    for length in np.unique(lengths).tolist():
        such = lengths == length
        rows[such, NEAR + length : NEAR + length + NEAR] = behind[such]
    counted = np.arange(longest + NEAR) < (lengths + np.tile(count, 2))[:, None]
    bits = load().score_rows(rows, NEAR).sum(axis=1, where=counted, dtype=np.float64)
    read, repaired = bits.reshape(2, -1)
    found: list[float] = (repaired - read).tolist()
    return found


def _beside(
    text: str, spans: Sequence[tuple[int, int]]
) -> tuple["Codes", "Codes", "NDArray[np.intp]"]:
    """NEAR codes before each span, padded at the left, NEAR behind it, padded at the right, and how
    many of those behind it are none of the padding."""
    import numpy as np

    from jiaokan.language import fold, view

    starts, ends = np.array(spans, np.intp).T
    codes, skipped = points(text), members(_SKIPPED)
    before = codes.take(starts[:, None] + np.arange(-NEAR, 0), mode="clip")
    behind = codes.take(ends[:, None] + np.arange(NEAR), mode="clip")
    count = np.full(len(spans), NEAR)
    sparse = skipped.take(before).any(axis=1) | (starts < NEAR)
    before = fold(before)
    for at in sparse.nonzero()[0].tolist():
        near = _solid(_joined(text[max(0, starts[at] - _WINDOW) : starts[at]]))[-NEAR:]
        before[at] = view(near.rjust(NEAR, "\0"))
    sparse = skipped.take(behind).any(axis=1) | (ends > len(text) - NEAR)
    behind = fold(behind)
    for at in sparse.nonzero()[0].tolist():
        near = _solid(_joined(text[ends[at] : ends[at] + _WINDOW])[: 2 * AHEAD])[:NEAR]
        behind[at] = view(near.ljust(NEAR, "\0"))
        count[at] = len(near)
    return before, behind, count


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
