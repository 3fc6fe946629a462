"""How a notice or a letter ends: who signs it, and the day. Neither line has a closing mark."""

from collections.abc import Sequence

from jiaokan.lazy_regex import lazy
from jiaokan.stitch.items import Item

_NUMBERS = "〇○零一二三四五六七八九十廿卅元"
_NUMBER = rf"[\d{_NUMBERS}]"
_YEAR = rf"(?:(?:公元|民国)?{_NUMBER}{{1,4}}年)"
_DAY = (
    rf"(?:农历|夏历)?{_NUMBER}{{1,3}}月(?:{_NUMBER}{{1,3}}|初{_NUMBER})日?(?:[晨夜晚]|凌晨|深夜)?"
)
DATE = lazy(
    rf"(?:{_YEAR}?{_DAY}|{_YEAR}(?:{_NUMBER}{{1,3}}月|[初暮仲]?[春夏秋冬])"
    r"|\d{4}[-./]\d{1,2}[-./]\d{1,2})(?:[写作改记]?于[\u3400-\u9fff]{2,12})?"
)
"""A line that is a day alone: 九月一日, 2018年9月17日, 一九九八年春于北京."""
LONGEST = 40
"""Characters that such a line has at most."""
_OPENS = frozenset("公民农夏" + _NUMBERS)
"""What it begins with, if not with a digit."""
SIGNED = lazy(r"[^。！？，、；：“”…,;:!?]{2,24}")
"""A line that may name who signs."""


def is_day(text: str) -> bool:
    """Whether a line is a day alone.

    >>> is_day("二〇一八年九月十七日"), is_day("九月一日那天，"), is_day("")
    (True, False, False)
    """
    if not text or len(text) > LONGEST or not (text[0] in _OPENS or text[0].isdecimal()):
        return False
    return DATE.fullmatch(text) is not None


def signed_off(items: Sequence[Item], texts: Sequence[str]) -> list[bool]:
    """Whether each item is a line that signs what stands above it: a day, or a name over a day.

    >>> lines = ["特此通告。", "芦岭县林业局", "九月一日", "九月一日那天，", "下了雪。"]
    >>> signed_off([Item("atom", 0, 0)] * 5, lines)
    [False, True, True, False, False]
    """
    count = len(items)
    whole = [
        item.kind == "atom" and not item.inner and not (at + 1 < count and items[at + 1].inner)
        for at, item in enumerate(items)
    ]
    days = [one and is_day(text) for one, text in zip(whole, texts, strict=True)]
    return [
        day or (at + 1 < count and whole[at] and days[at + 1] and bool(SIGNED.fullmatch(texts[at])))
        for at, day in enumerate(days)
    ]
