"""What OCR does to characters: clean text → damaged text, a line or a heading at a time.

Changed: punctuation to ASCII, words to traditional characters, look-alikes, spaces, 和 → and.
Left alone: everything where its probability is 0; with `Damage()` the text returns unchanged.
"""

from collections.abc import Mapping
from functools import cache
from itertools import takewhile
from pathlib import Path
from random import Random
from typing import Any

from bench.interleave.options import Damage

Confusions = Mapping[str, tuple[tuple[str, ...], tuple[int, ...]]]
"""true character → what it was read as, and how often"""

_FULL = "；：？！（）"
_HALF = dict(zip(_FULL, ";:?!()", strict=True))


def damage_text(text: str, damage: Damage, confusions: Confusions, rng: Random) -> str:
    """`text` as it would be read, without blanks at its end.

    >>> damage_text("去年：三人，四马", Damage(half_width=1), {}, Random(0))
    '去年:三人，四马'
    """
    if damage == _NONE:
        return text
    out: list[str] = []
    i = 0
    while i < len(text):
        char = text[i]
        if _is_chinese(char) and rng.random() < damage.traditional:
            word = "".join(takewhile(_is_chinese, text[i : i + rng.randint(2, 4)]))
            out.append(_converter().convert(word))
            i += len(word)
            continue
        out.append(_char(text, i, damage, confusions, rng))
        if rng.random() < damage.space and _is_chinese(char) and _is_chinese(text[i + 1 : i + 2]):
            out.append(" ")
        i += 1
    read = "".join(out)
    if damage.dash and "——" in read and rng.random() < damage.dash:
        read = read.replace("——", "一一")
    return read.rstrip(" ")


def read_confusions(path: Path) -> Confusions:
    """The table of a TSV file with the columns read, true, count."""
    found: dict[str, list[tuple[str, int]]] = {}
    for row in path.read_text("utf-8").splitlines()[1:]:
        read, true, count = row.split("\t")
        found.setdefault(true, []).append((read, int(count)))
    return {
        true: (tuple(r for r, _ in reads), tuple(n for _, n in reads))
        for true, reads in found.items()
    }


_NONE = Damage()


def _char(text: str, i: int, damage: Damage, confusions: Confusions, rng: Random) -> str:
    char = text[i]
    if char in _HALF or char == "，":
        rate = damage.half_comma if char == "，" else damage.half_width
        if rng.random() >= rate:
            return char
        spaced = rng.random() < damage.half_space and char != "（"
        return _HALF.get(char, ",") + " " * spaced
    if char == "”":
        return "" if rng.random() < damage.lost_quote else char
    if char == "和" and 0 < i < len(text) - 1 and rng.random() < damage.leaked_and:
        return " and "
    if char in confusions and rng.random() < damage.confusion:
        reads, counts = confusions[char]
        return rng.choices(reads, counts)[0]
    return char


def _is_chinese(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff" if char else False


@cache
def _converter() -> Any:
    import opencc

    return opencc.OpenCC("s2t")
