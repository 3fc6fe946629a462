"""The full stop that was read as a point."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from jiaokan.edit import Edit
from jiaokan.finding import Alternative, Finding
from jiaokan.lazy_regex import lazy
from jiaokan.stages._likelihood import AHEAD, Place, readings
from jiaokan.stages._surroundings import HAN, Surroundings, han_count

_STOP = lazy(
    rf"(?:\.(?<=[{HAN}0-9A-Za-z%％℃”》）」』)\"]\.)|．(?<=[{HAN}”》）」』]．))(?="
    rf"(?P<end>[”」』）)\"\]］】]*(?:\n|\Z))"
    rf"|[”」』）)\"]{{0,2}} ?(?:(?P<han>[{HAN}“《「（(\"])|[0-9A-Z]))"
)
_WIDE = lazy(f"．(?<=[{HAN}”》）」』]．)")
_PARTED = lazy(r"\n\d{1,6}(?:个百分点|個百分點|[%％万萬亿億元倍度米吨噸亩畝]|公里|千米|公顷|平方)")
"""What stands behind a decimal point at a wrapped line's end: 水平1. over 9个百分点."""
_RARELY = 2
"""Stops to each full-width point behind Chinese, from which on such points were read for stops;
where a paper ends its sentences with them they are its own."""
_QUOTED_END = frozenset("”」』")
_POINT = r"(?<![0-9])\.|\.(?![0-9])"
_CLAUSE_END = lazy(rf"[，。；：？！,;:?!\n]|{_POINT}")
_MARKS = ("。", "，", "、", "：", "·")
_MARGIN = 3.0
"""By how many bits a stop must be likelier than any other mark between two characters."""
_FOREIGN = 5.0
"""Bits more, where both sides look like a foreign name's syllables."""
_MOST = 14.0
"""Bits for a stop on a page that writes all its stops as points."""
_TELLING = 5.0
"""Bits at which the page's habit counts even for what is hardly a sentence."""
_SURELY_COMMA = -12.0
_LONG_CLAUSE = 4
_REACH = 60
_REFERENCE = lazy(r"[\[［](?:[MJNDCRSPGZA]|(?:EB|DB|CP|J|N|M|R|Z)/OL)[\]］]")
"""The mark of an entry's kind in a list of references: 王力.古代汉语[M].北京. There points stay."""
_BEHIND_TITLE, _BEFORE_MARK = 100, 80
"""Characters of an entry behind its mark, and before it."""
_QUOTES = lazy('["“”「」『』]')
_FULL = str.maketrans(",;:?!()", "，；：？！（）")
_BARE_POINT = lazy(_POINT)
_NUMERAL = lazy(r"[〇零一二三四五六七八九十百千万亿两]")
_ENUMERATOR = lazy(
    r"第?[〇零一二三四五六七八九十百0-9]+[章节条款项编]?|[甲乙丙丁戊己庚辛壬癸A-Za-z]"
)
_ABBREVIATION = lazy(
    r"(?:[A-Za-z]|Co|Corp|Inc|Ltd|Dr|Mr|Mrs|Ms|No|Vol|Prof|St|Jr|Sr|Fig|Ph|vs|etc|al|pp|ed|eds)"
)
_WORD = lazy(r"[A-Za-z]+\Z")
_SYLLABLE = lazy(
    "[斯尔德克拉翰罗马米卡姆赫哈奥夫波尼巴勒曼弗廉伊托萨摩威霍恩麦希谢杜娜迪塞朗吉丝丁鲁洛兹诺冯凯沃艾"
    "凡穆埃雅贝皮塔卢伦辛梅雷佩莉蒙戴戈琳韦柯娅莱芬妮帕玛桑乔蒂亨菲伽鲍茨吕珂葛贾彼布里利特亚达格科维普"
    "扎费兰纳瓦基查伯佛图森温丽汉戚]"
)


class _Point(NamedTuple):
    at: int
    at_end: bool
    """Whether it stands at its line's end."""
    enough: bool
    """Whether what it ends is long enough for a sentence, whatever the page does elsewhere."""
    usual: bool
    """Whether Chinese stands on both sides, as it mostly does."""


class _Weighed(NamedTuple):
    point: _Point
    bits: list[float]
    """One for each of the marks."""

    @property
    def lead(self) -> float:
        """Bits by which a stop is likelier than a comma or its like."""
        return self.bits[0] - max(self.bits[1:4])

    @property
    def name(self) -> float:
        """Bits by which a stop is likelier than the dot of a name."""
        return self.bits[0] - self.bits[4]


def stops(around: Surroundings) -> Iterator[Edit | Finding]:
    """A point after Chinese that ends a sentence: at the line's end, or as the language has it.

    Between two Han characters it may be a stop, a comma or the dot of a name (约翰.克利斯朵夫).
    What is certain by itself shows the page's habit: where stops are written as points throughout,
    a point is taken for one more readily, though never for less than the dot of a name. Where that
    leaves it open, it is left and reported. The point of a number stays, where a line ends in it,
    too, and so does that of an item (1. 总则, 一.总则), and so do those of a reference
    (王力.古代汉语[M].北京).
    """
    points = list(_points(around))
    if not points:
        return
    weighed = _weighed(around.text, [point for point in points if not point.at_end])
    prior = _habit(around.text, points, weighed)
    for point in points:
        if point.at_end and (point.enough or prior >= _TELLING):
            yield Edit(point.at, point.at + 1, "。", "punctuation.stop", 0.95)
    for one in weighed:
        yield from _judged(around.text, one, prior)


def _points(around: Surroundings) -> Iterator[_Point]:
    text = around.text
    full = text.count("。") >= _RARELY * len(_WIDE.findall(text)) if "．" in text else False
    if "." not in text and not full:
        return
    for match in _STOP.finditer(text):
        at = match.start()
        if around.protected(at) or not around.chinese(at) or _in_reference(around, at):
            continue
        if text[at] == "．" and not full:
            continue
        if text[at - 1].isdigit() and _PARTED.match(text, at + 1):
            continue
        clause = _CLAUSE_END.split(text[max(0, at - _REACH) : at])[-1].strip(" \u3000“”\"'（(「")
        at_end = match["end"] is not None
        if _ENUMERATOR.fullmatch(clause) or (text[at - 1].isdigit() and clause.isascii()):
            if at_end and clause and _in_prose(text, at):
                yield _Point(at, at_end, True, True)
            continue
        if text[at - 1].isdigit() and not at_end and han_count(clause) < _LONG_CLAUSE:
            continue
        latin = _WORD.search(clause)
        if latin and (_ABBREVIATION.fullmatch(latin[0]) or han_count(clause) < _LONG_CLAUSE):
            continue
        quoted = text[at + 1 : at + 2] in _QUOTED_END
        usual = not latin and (at_end or quoted or match["han"] is not None)
        if not usual and match["han"] is None and not at_end and not han_count(text[at - 1]):
            continue
        enough = usual and (
            han_count(clause) >= _LONG_CLAUSE or bool(clause and _in_prose(text, at))
        )
        yield _Point(at, at_end, enough, usual)


def _in_reference(around: Surroundings, at: int) -> bool:
    """Whether an entry of a list of references holds the point: its style sets points."""
    start, end = around.line(at)
    low, high = max(start, at - _BEHIND_TITLE), min(end, at + _BEFORE_MARK)
    return _REFERENCE.search(around.text, low, high) is not None


def _weighed(text: str, points: Sequence[_Point]) -> list[_Weighed]:
    places = [
        Place(_plain(text[max(0, p.at - 16) : p.at].rpartition("\n")[2]), _MARKS, _next(text, p.at))
        for p in points
    ]
    bits = readings(places) if places else []
    return [_Weighed(point, one) for point, one in zip(points, bits, strict=True)]


def _habit(text: str, points: Sequence[_Point], weighed: Sequence[_Weighed]) -> float:
    """Bits for a stop that the page's other points and stops give."""
    sure = sum(point.at_end and point.enough for point in points)
    sure += sum(one.point.enough and one.lead >= _MARGIN and one.name >= _MARGIN for one in weighed)
    commas = sum(one.lead <= _SURELY_COMMA and one.name >= _MARGIN for one in weighed)
    return _MOST * sure / (sure + text.count("。") / 8 + 4 * commas + 1)


def _judged(text: str, one: _Weighed, prior: float) -> Iterator[Edit | Finding]:
    point, bits = one.point, one.bits
    at = point.at
    if not point.enough and prior < _TELLING:
        return
    margin = min(one.lead + prior, one.name - _foreign(text, at))
    if not point.usual:
        margin = margin if prior >= _TELLING else float("-inf")
    if margin >= _MARGIN and not (_NUMERAL.match(text[at - 1]) and _NUMERAL.match(text[at + 1])):
        evidence = f"likelier by {margin:.1f} bits, {prior:.1f} of them by the page's other points"
        yield Edit(at, at + 1, "。", "punctuation.stop", 0.9, evidence)
        return
    if not point.usual:
        return
    best = sorted(zip(bits, _MARKS, strict=True), reverse=True)[:2]
    total = sum(2.0 ** (bit - max(bits)) for bit in bits)
    alternatives = tuple(
        Alternative(mark, round(2.0 ** (bit - max(bits)) / total, 3)) for bit, mark in best
    )
    message = "a point between Chinese: a stop, another mark, or the dot of a name"
    yield Finding(at, at + 1, "punctuation.stop", text[at], message, 0.8, alternatives)


def _foreign(text: str, at: int) -> float:
    """Bits against a stop between what may be syllables of a foreign name."""
    beside = (_SYLLABLE.match(text[at - 1]), _SYLLABLE.match(text[at + 1]))
    return _FOREIGN if all(beside) else 0.0


def _plain(text: str) -> str:
    """The text as it will stand afterwards, near enough: full-width marks, no quotation marks."""
    return _BARE_POINT.sub("。", _QUOTES.sub("", text)).translate(_FULL)


def _next(text: str, at: int) -> str:
    return _plain(text[at + 1 : at + 2 + 2 * AHEAD].split("\n")[0])


def _in_prose(text: str, at: int) -> bool:
    """Whether a short clause before a point has a Chinese comma before it on its line."""
    start = max(text.rfind("\n", max(0, at - _REACH), at) + 1, at - _REACH)
    return bool(re.search(r"[，；：,;:][^，；：,;:]*$", text[start:at]))
