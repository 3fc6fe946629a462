"""Single marks: , ; : ? ! beside Chinese, dots, dashes."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from jiaokan.code_points import points
from jiaokan.edit import Columns, Edit
from jiaokan.lazy_regex import lazy
from jiaokan.stages._character_kinds import COMMON, DASH, FOLLOWS, HALF, LEADS, has, kinds
from jiaokan.stages._surroundings import CHINESE, HAN, Surroundings, han_count, latin_words

if TYPE_CHECKING:
    from jiaokan.edit import Objects, Offsets

_MARKS, _FULL = ",;:?!", "，；：？！"
_NAMES = ("comma", "semicolon", "colon", "question", "exclamation")
_KINDS = tuple((f"punctuation.{name}", 1.0, "") for name in _NAMES)
_DOTS = lazy(r"\.(?<!\.\.)\.{2,11}(?!\.)|。(?<!。。)。{2,11}(?!。)|…(?<!……)(?!…)")
_SEVERAL = ("...", "。。。", "…")
_SPOKEN_OF = lazy("省略|刪節號|删节号")
"""What a line says that speaks of the mark: 省略号不能写成...."""
_WORD = lazy("(?<![A-Za-z.…])[A-Za-z]{2,}\\Z")
"""A word before dots, and not one between dots: for...in...循环."""
_AFTER_WORD = lazy(f"[{HAN}“‘]")
"""Behind the dots that a Latin word has: 别迷信benchmark...尤其是."""
_DASHES = ("--", "――", "──", "－－")
_DASH = lazy(r"(?<!-)-{2,4}(?!-)|(?<![―─－])([―─－])\1(?![―─－])")
_BESIDE = lazy(rf"[{CHINESE}“”‘’—…―─－,;:?!()\".-]")

_AFTER_BLANK = lazy(f"[{HAN}《〈「『【]")
_APART = lazy(f'(?<=[{HAN}”）)》」] )[;:?!](?= ?(?:[{HAN}“”‘"《〈「『【（(\\n]|$))')
"""A mark behind a blank: 问 : 当初怎么想到回来的."""
_PAUSE, _BEHIND_BLANK = lazy("[:;：；]"), lazy("(?<= )[:;]")
_OFTEN, _MOSTLY = 4, 0.75
"""Colons and semicolons behind a blank, and their share, where an engine sets marks apart."""
_BEFORE_QUESTION = lazy(rf"[{HAN}》〉」』】）)A-Za-z0-9%％“”‘’\"'….—？！?!-]")

_QUERY = lazy("[A-Za-z_][A-Za-z0-9_]{0,20}=")
"""What stands behind the question mark of an address: /测试?id=1."""
_COMMENT = lazy(r" {0,4}(?://|/\*)")
"""What stands behind a statement of a program: 甲 = 1; // 说明."""

_REACH = 60
_BLANK, _BANG, _SEMICOLON, _QUESTION, _COLON, _CLOSES = map(ord, " !;?:)")


def split(around: Surroundings) -> tuple[Columns, list[int], list[int]]:
    """Half-width , ; : ? ! of a page, most of which need no second look.

    Edits of those between common Han characters and of others that are surely Chinese, by what is
    on both sides of them; where such stand with a blank beside them; where the rest stands.
    """
    import numpy as np

    if not has(around.text, HALF):
        return _widened(around.text, np.zeros(0, np.intp)), [], []
    found, codes = kinds(around.text), points(around.text)
    at = (found & HALF).nonzero()[0]
    inside = (at > 0) & (at < found.size - 1)
    here, left, right = codes[at], found[at - 1], found.take(at + 1, mode="clip")
    between = inside & ((left & right & COMMON) != 0)
    sure = ((left & COMMON) != 0) & ((right & FOLLOWS) != 0) & (here != _SEMICOLON)
    sure |= ((left & LEADS) != 0) & ((right & COMMON) != 0) & (here < _QUESTION) & (here > _BANG)
    sure &= inside & ~between & around.surely_chinese(at)
    sure &= (here != _COLON) | (codes.take(at + 1, mode="clip") != _CLOSES)
    rest = at[~(between | sure)]
    blank = sure & (codes.take(at + 1, mode="clip") == _BLANK)  # none can lead such a mark
    edits = _widened(around.text, around.outside_code(at[(between | sure) & ~blank]))
    return edits, around.outside_code(at[blank]).tolist(), rest.tolist()


def marks(around: Surroundings, sure: list[int], rest: Iterable[int]) -> list[Edit]:
    """Half-width , ; : ? ! that are surely Chinese, and others with Chinese on one side."""
    import numpy as np

    apart = _apart(around.text)
    chinese = [*sure, *(at for at in rest if _is_chinese_mark(around, at, apart))]
    return _widened(around.text, np.array(chinese, np.intp)).edits()


def _widened(text: str, places: "Offsets") -> Columns:
    """Edits that put full-width marks there."""
    olds, news, which = _tables()
    marks = points(text).take(places)
    return Columns(
        places, places + 1, olds.take(marks), news.take(marks), which.take(marks), _KINDS
    )


@cache
def _tables() -> tuple["Objects", "Objects", "Offsets"]:
    """Code point of a mark -> the mark, the full-width one, the number of its kind."""
    import numpy as np

    olds, news = np.full((2, 128), "", np.object_)
    which = np.zeros(128, np.intp)
    for number, (mark, full) in enumerate(zip(_MARKS, _FULL, strict=True)):
        olds[ord(mark)], news[ord(mark)], which[ord(mark)] = mark, full, number
    return olds, news, which


def _apart(text: str) -> frozenset[int]:
    """Marks behind a blank, where an engine sets most of a page's so. Elsewhere such a mark is
    spoken of: 以 ; 分隔."""
    own, every = len(_BEHIND_BLANK.findall(text)), len(_PAUSE.findall(text))
    if own < max(_OFTEN, _MOSTLY * every):
        return frozenset()
    return frozenset(match.start() for match in _APART.finditer(text))


def _is_chinese_mark(around: Surroundings, at: int, apart: frozenset[int]) -> bool:
    text = around.text
    mark, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if before.isdigit() and text[at + 1 : at + 4].lstrip(" ")[:1].isdigit():
        return mark in ";?!" and around.chinese(at) and not around.protected(at)
    if (
        _is_symbol(text, at, apart)
        or _is_smile(text, at)
        or around.quoted(at)
        or around.protected(at)
    ):
        return False
    left, right = around.before(at), around.after(at + 1)
    if left == right:
        return left == "han"
    if not around.chinese(at) or (right == "latin" and mark == ":" and _is_plain(before)):
        return False
    if (left == "latin" and mark in "?!") or right == "":
        return left == "han" or (after in ("", "\n") and _ends_chinese(text, at))
    return "han" in (left, right)


def _is_symbol(text: str, at: int, apart: frozenset[int]) -> bool:
    """Whether a mark stands for itself or belongs to code: '?' , `a != b`, `!size`, `); // 注`."""
    mark, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if after in ("=", "/", "\\") or (mark == "?" and _QUERY.match(text, at + 1)):
        return True
    if _is_plain(before) and _is_plain(after) and mark != ",":
        return True
    if mark == ";" and _COMMENT.match(text, at + 1):
        return True
    if before == " ":
        return at not in apart and not _AFTER_BLANK.match(after)
    return mark in "?!" and not _BEFORE_QUESTION.match(before)


def _is_smile(text: str, at: int) -> bool:
    """Whether a colon is the eyes of :) behind what is said (难度又提高了:))."""
    if text[at : at + 2] != ":)":
        return False
    line = text[text.rfind("\n", 0, at) + 1 : at]
    return line.count("(") + line.count("（") <= line.count(")") + line.count("）")


def _is_plain(mark: str) -> bool:
    return mark.isascii() and mark.isalnum()


def _ends_chinese(text: str, at: int) -> bool:
    """Whether the sentence that ends in a Latin word is Chinese: 你用过Python?"""
    sentence = _sentence(text, at)
    return han_count(sentence) >= 2 * latin_words(sentence) > 0


def dots(around: Surroundings) -> Iterator[Edit]:
    """... 。。。 … → …… beside Chinese; …… and dots between letters or digits stay."""
    text = around.text
    if not any(run in text for run in _SEVERAL):
        return
    for match in _DOTS.finditer(text):
        start, end = match.span()
        before, after = text[start - 1 : start].strip("\n"), text[end : end + 1]
        if around.protected(start) or (after.isascii() and after.isalnum()):
            continue
        if _SPOKEN_OF.search(text, *around.line(start)):
            continue
        ends_word = bool(
            _WORD.search(text[max(0, start - 20) : start]) and _AFTER_WORD.match(after)
        )
        if (not before or ends_word or _BESIDE.match(before)) and "han" in (
            around.before(start),
            around.after(end),
        ):
            yield Edit(start, end, "……", "punctuation.ellipsis")


def dashes(around: Surroundings) -> Iterator[Edit]:
    """-- → —— with Chinese on both sides, or on the right of a line's beginning.

    A single — between Chinese joins (北京—上海) as often as it breaks a sentence: left.
    """
    text = around.text
    if not (has(text, DASH) and any(dash in text for dash in _DASHES)):
        return
    for match in _DASH.finditer(text):
        start, end = match.span()
        left = start - (text[start - 1 : start] == " ")
        right = end + (text[end : end + 1] == " ")
        before, after = text[left - 1 : left].strip("\n"), text[right : right + 1]
        if around.protected(start) or not around.chinese(start):
            continue
        beside = [bool(_BESIDE.match(mark)) for mark in (before or "，", after)]
        if all(beside) or (beside[0] and after.isdigit()) or (before.isdigit() and beside[1]):
            yield Edit(start, end, "——", "punctuation.dash")


def _sentence(text: str, at: int) -> str:
    return re.split(r"[。？！；….?!;\n]", text[max(0, at - _REACH) : at])[-1]
