"""The full stop that was read as a point."""

import re
from collections.abc import Iterator

from jiaokan.edit import Edit
from jiaokan.finding import Alternative, Finding
from jiaokan.stages._likelihood import AHEAD, Place, readings
from jiaokan.stages._surroundings import HAN, Surroundings, han_count

_STOP = re.compile(
    rf"(?<=[{HAN}0-9%％”》）」』)\"])\.(?=(?P<end>[”」』）)\"]*(?:\n|\Z))| ?[{HAN}“《「（(\"])"
)
_CLAUSE_END = re.compile(r"[，。；：？！,;:?!\n]")
_MARKS = ("。", "，", "、", "·", "：")
_MARGIN = 3.0
"""By how many bits a stop must be likelier than any other mark between two characters."""
_QUOTES = re.compile('["“”]')
_LONG_CLAUSE = 4
_REACH = 60


def stops(around: Surroundings) -> Iterator[Edit | Finding]:
    """A point after Chinese that ends a sentence: at the line's end, or as the language has it.

    Between two Han characters it may be a stop, a comma or the dot of a name (约翰.克利斯朵夫).
    Where the statistics leave that open, it is left and reported. The point of a number stays,
    and so does that of an item (1. 总则, 一.总则).
    """
    text = around.text
    doubtful: list[int] = []
    for match in _STOP.finditer(text):
        at = match.start()
        if around.protected(at) or not around.chinese(at):
            continue
        clause = _CLAUSE_END.split(text[max(0, at - _REACH) : at])[-1]
        enough = han_count(clause) >= _LONG_CLAUSE or bool(clause and _in_prose(text, at))
        if match["end"] is not None:
            if enough:
                yield Edit(at, at + 1, "。", "punctuation.stop", 0.95)
        elif enough and not (text[at - 1].isdigit() and clause.isascii()):
            doubtful.append(at)
    yield from _by_language(text, doubtful)


def _by_language(text: str, doubtful: list[int]) -> Iterator[Edit | Finding]:
    places = [
        Place(_QUOTES.sub("", text[max(0, at - 16) : at]), _MARKS, _next(text, at))
        for at in doubtful
    ]
    for at, bits in zip(doubtful, readings(places) if places else [], strict=True):
        margin = bits[0] - max(bits[1:])
        if margin >= _MARGIN:
            yield Edit(at, at + 1, "。", "punctuation.stop", 0.9, f"likelier by {margin:.1f} bits")
            continue
        best = sorted(zip(bits, _MARKS, strict=True), reverse=True)[:2]
        total = sum(2.0 ** (one - max(bits)) for one in bits)
        alternatives = tuple(
            Alternative(mark, round(2.0 ** (one - max(bits)) / total, 3)) for one, mark in best
        )
        message = "a point between Chinese: a stop, another mark, or the dot of a name"
        yield Finding(at, at + 1, "punctuation.stop", ".", message, 0.8, alternatives)


def _next(text: str, at: int) -> str:
    return _QUOTES.sub("", text[at + 1 : at + 2 + 2 * AHEAD].split("\n")[0])


def _in_prose(text: str, at: int) -> bool:
    """Whether a short clause before a point has a Chinese comma before it on its line."""
    start = max(text.rfind("\n", max(0, at - _REACH), at) + 1, at - _REACH)
    return bool(re.search(r"[，；：,;:][^，；：,;:]*$", text[start:at]))
