"""What an item's first and last characters ask for: marks left open, numbers, speakers."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from jiaokan.lazy_regex import lazy

OPENING = "“‘（《「『〈【〔("
CLOSING = "”’）》」』〉】〕)"
ANY = lazy(f"[{re.escape(OPENING + CLOSING)}]")
PARTNER = dict(zip(CLOSING, OPENING, strict=True))

SPEAKER = lazy(r"[^：，。？！“”《》 ]{1,8}：")
DIGITS = "一二三四五六七八九十"
NUMBER = lazy(
    r"(?P<before>[（(]|第)?(?P<chinese>[一二三四五六七八九十]{1,3})(?P<after>[）)、，．.]|[是要]|(?<=第.)[章节条]|(?<=第..)[章节条])"
    r"|(?P<left>[（(])?(?P<digits>\d{1,2})(?P<right>[）)]|[、．.](?!\d))"
)
NUMBERED = lazy(
    r"(?:[（(]?[一二三四五六七八九十]{1,3}[）)、．.]|第[一二三四五六七八九十百]+[章节条、]|\d{1,2}[、．.]"
    r"|其[一二三四五六七八九十]{1,2}(?=[：、　 ]|$))"
)
"""What a numbered line opens with, whatever its number."""
ORDINALS = {"首先": 1, "其次": 2, "再次": 3}


class Marks(NamedTuple):
    """The quotation marks and brackets of an item."""

    left_open: str
    """The last mark that is opened and not closed, or nothing."""
    wanted: str
    """The opening mark that its first unopened closing mark asks for, or nothing."""
    opens: str
    """The marks that it opens before it closes any that it has not opened."""
    any: bool


def marks(text: str) -> Marks:
    """Read the marks of an item's text.

    >>> marks("好。”他说：“走")
    Marks(left_open='“', wanted='“', opens='', any=True)
    """
    stack: list[str] = []
    wanted, opens = "", ""
    found = ANY.findall(text)
    for mark in found:
        if mark in OPENING:
            stack.append(mark)
            if not wanted:
                opens += mark
        elif stack and stack[-1] == PARTNER[mark]:
            stack.pop()
        elif not stack and not wanted:
            wanted = PARTNER[mark]
    return Marks(stack[-1] if stack else "", wanted, opens, bool(found))


def number(text: str) -> tuple[str, int] | None:
    """The style and the value of the number that opens a paragraph.

    >>> number("（二）加强领导"), number("第三，"), number("12. 附件"), number("一只碗")
    (('（）', 2), ('第，', 3), ('.', 12), None)
    """
    for word, value in ORDINALS.items():
        if text.startswith(word):
            return "首先", value
    match = NUMBER.match(text)
    if not match:
        return None
    if match["digits"]:
        return (match["left"] or "") + match["right"], int(match["digits"])
    value = _value(match["chinese"])
    return ((match["before"] or "") + match["after"], value) if value else None


def _value(digits: str) -> int:
    """Up to 99; 0 for what is no number."""
    tens, ten, ones = digits.partition("十")
    if not ten:
        return DIGITS.index(tens) + 1 if len(tens) == 1 else 0
    if len(tens) > 1 or len(ones) > 1 or ones == "十":
        return 0
    return 10 * (DIGITS.index(tens) + 1 if tens else 1) + (DIGITS.index(ones) + 1 if ones else 0)


def speaker(text: str) -> str:
    """The label with a colon that opens a text, or nothing.

    >>> speaker("问：累吗？"), speaker("他说：“累。”")
    ('问：', '他说：')
    """
    match = SPEAKER.match(text)
    return match.group() if match else ""


def speakers(texts: Sequence[str]) -> list[str]:
    """The label that opens each text, where it opens several of them, as 问 and 答 do.

    >>> speakers(["问：累吗？", "答：不累。", "问：苦吗？", "注意：有雨。"])
    ['问：', '', '问：', '']
    """
    labels = [speaker(text) for text in texts]
    often = Counter(labels)
    return [label if often[label] > 1 else "" for label in labels]
