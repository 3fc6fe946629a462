"""Single marks: , ; : ? ! beside Chinese, dots, dashes."""

import re
from collections.abc import Iterator

from jiaokan.edit import Edit
from jiaokan.stages._surroundings import CHINESE, HAN, Surroundings, han_count, latin_words

_MARK = re.compile(r"[,;:?!]")
_FULL = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}
_NAMES = {",": "comma", ";": "semicolon", ":": "colon", "?": "question", "!": "exclamation"}
_POINTS = re.compile(r"(?<!\.)\.{3,12}(?!\.)|(?<!。)。{3,12}(?!。)|(?<!…)…(?!…)")
_DASH = re.compile(r"(?<!-)-{2,4}(?!-)|(?<![―─－])([―─－])\1(?![―─－])")
_BESIDE = re.compile(rf"[{CHINESE}“”‘’—…―─－,;:?!()\".-]")

_AFTER_BLANK = re.compile(f"[{HAN}《〈「『【]")
_BEFORE_QUESTION = re.compile(rf"[{HAN}》〉」』】）)A-Za-z0-9%％“”‘’\"'….—？！?!-]")

_REACH = 60


def marks(around: Surroundings) -> Iterator[Edit]:
    """Half-width , ; : ? ! with Chinese on one side at least."""
    text = around.text
    for match in _MARK.finditer(text):
        at = match.start()
        if _is_chinese_mark(around, at):
            mark = text[at]
            yield Edit(at, at + 1, _FULL[mark], f"punctuation.{_NAMES[mark]}")


def _is_chinese_mark(around: Surroundings, at: int) -> bool:
    text = around.text
    mark, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if _is_han(before) and _is_han(after):
        return not around.protected(at)
    if before.isdigit() and text[at + 1 : at + 4].lstrip(" ")[:1].isdigit():
        return mark in ";?!" and around.chinese(at) and not around.protected(at)
    if _is_symbol(text, at) or around.quoted(at) or around.protected(at):
        return False
    left, right = around.before(at), around.after(at + 1)
    if left == right:
        return left == "han"
    if not around.chinese(at) or (right == "latin" and mark == ":" and _is_plain(before)):
        return False
    if (left == "latin" and mark in "?!") or right == "":
        return left == "han" or (after in ("", "\n") and _ends_chinese(text, at))
    return "han" in (left, right)


def _is_symbol(text: str, at: int) -> bool:
    """Whether a mark stands for itself or belongs to code: '?' , `a != b`, `变量 !size`."""
    mark, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if after in ("=", "/", "\\") or (_is_plain(before) and _is_plain(after) and mark != ","):
        return True
    if before == " ":
        return not _AFTER_BLANK.match(after)
    return mark in "?!" and not _BEFORE_QUESTION.match(before)


def _is_han(mark: str) -> bool:
    """Whether it is one of the common Han characters: a quick way through most marks."""
    return "\u4e00" <= mark <= "\u9fff"


def _is_plain(mark: str) -> bool:
    return mark.isascii() and mark.isalnum()


def _ends_chinese(text: str, at: int) -> bool:
    """Whether the sentence that ends in a Latin word is Chinese: 你用过Python?"""
    sentence = _sentence(text, at)
    return han_count(sentence) >= 2 * latin_words(sentence) > 0


def points(around: Surroundings) -> Iterator[Edit]:
    """... 。。。 … → …… beside Chinese; …… and dots between letters or digits stay."""
    text = around.text
    for match in _POINTS.finditer(text):
        start, end = match.span()
        before, after = text[start - 1 : start].strip("\n"), text[end : end + 1]
        if around.protected(start) or (after.isascii() and after.isalnum()):
            continue
        if (not before or _BESIDE.match(before)) and "han" in (
            around.before(start),
            around.after(end),
        ):
            yield Edit(start, end, "……", "punctuation.ellipsis")


def dashes(around: Surroundings) -> Iterator[Edit]:
    """-- → —— with Chinese on both sides, or on the right of a line's beginning.

    A single — between Chinese joins (北京—上海) as often as it breaks a sentence: left.
    """
    text = around.text
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
