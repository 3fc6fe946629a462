"""一一 that an engine read for ——, by the statistics of the language.

Measured on 70 M characters of print: of the places where 一一 is meant (一一列举), none is likelier
as a dash by 13 bits, and of the dashes every second one is. Two in one sentence are dashes at a
good deal less, since no sentence says 一一 twice (一个桥墩一一就是江心那个一一歪了).
"""

import re
from collections.abc import Iterator

from jiaokan.edit import Edit
from jiaokan.finding import Alternative, Finding
from jiaokan.lazy_regex import lazy
from jiaokan.stages._likelihood import Place, readings
from jiaokan.stages._surroundings import HAN

RULE = "punctuation.dash"
SURELY, LAST, TWICE, PERHAPS = 13.0, 9.0, 4.0, 7.0
"""Bits by which a dash must be likelier: alone, at a quotation's end, where no verb follows that
一一 could belong to, beside another one in its sentence, to be told."""
_DIGIT = "[〇零一二三四五六七八九]"
_ONES = lazy(
    f"一一(?<=[{HAN}]一一)(?<!一一一)(?=[{HAN}”’」])(?!一)(?!(?<={_DIGIT}一一)(?:{_DIGIT}|[号年月日室”’」事案]))"
)
"""Not the figures of a number that is read one by one: 二一一号, “九一一”."""
_ENDS = lazy("[。！？\n]")
_REACH = 16
_MESSAGE = "一一 may be a dash"


def ones(text: str) -> Iterator[Edit | Finding]:
    """Dashes for 一一 where they are far likelier."""
    if "一一" not in text:
        return
    found = list(_ONES.finditer(text))
    places = [
        Place(text[max(0, m.start() - _REACH) : m.start()], ("一一", "——"), _after(text, m.end()))
        for m in found
    ]
    margins = [bits[1] - bits[0] for bits in readings(places)]
    for number, (match, margin) in enumerate(zip(found, margins, strict=True)):
        near = [
            other
            for at, other in ((number - 1, number), (number + 1, number))
            if 0 <= at < len(found) and _one_sentence(text, found[at], found[other])
            if margins[at] >= TWICE
        ]
        alone = LAST if text[match.end()] in "”’」" else SURELY
        if margin >= (TWICE if near else alone):
            evidence = f"likelier by {margin:.1f} bits"
            yield Edit(*match.span(), "——", RULE, 0.9, evidence)
        elif margin >= PERHAPS:
            chance = min(round(1 / (1 + 2.0**-margin), 3), 0.9)  # the counts know few such places
            yield Finding(*match.span(), RULE, "一一", _MESSAGE, 0.6, (Alternative("——", chance),))


def _after(text: str, at: int) -> str:
    return text[at : at + _REACH].split("\n")[0]


def _one_sentence(text: str, one: re.Match[str], other: re.Match[str]) -> bool:
    low, high = sorted((one, other), key=lambda match: match.start())
    return _ENDS.search(text, low.end(), high.start()) is None
