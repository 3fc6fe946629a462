"""A bar that was read from a column's rule and stands glued to text: 消失。| 有人 → 消失。有人.

Only where it can part nothing: alone on its line, at the line's edge or behind a sentence's end,
and with no bar in the lines beside it. Bars of tables, gutters and running heads stay.
"""

from collections.abc import Iterator

from jiaokan.edit import Edit
from jiaokan.late import late
from jiaokan.stages._kinds import BAR, has
from jiaokan.stages._surroundings import HAN

RULE = "punctuation.bar"
_BARS = "|｜│"
_BAR = late(
    f"^[ ]?[{_BARS}][ ]?(?=[{HAN}“《「])"
    f"|(?<=[{HAN}，。；：？！、”）》」])[ ]?[.]?[{_BARS}][ ]?$"
    f"|(?<=[。！？；”」])[ ]?[{_BARS}][ ]?(?=[{HAN}“《「])"
)
_SHORTEST = 16
"""Characters of a line that is text: in a shorter one a bar parts cells or a section's name."""
_MOST = 2


def bars(text: str) -> Iterator[Edit]:
    """Drop the bars that part nothing."""
    if not has(text, BAR):
        return
    lines = [line for line in _lines(text) if line[1].strip()]
    counts = [sum(map(line.count, _BARS)) for _, line in lines]
    for number, ((start, line), count) in enumerate(zip(lines, counts, strict=True)):
        beside = counts[max(number - 1, 0) : number] + counts[number + 1 : number + 2]
        if not 0 < count <= _MOST or any(beside) or len(line) < _SHORTEST:
            continue
        found = list(_BAR.finditer(line))
        if len(found) == count:
            for match in found:
                yield Edit(start + match.start(), start + match.end(), "", RULE, 0.9)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    at = 0
    for line in text.split("\n"):
        yield at, line
        at += len(line) + 1
