"""Round brackets, in pairs."""

from collections.abc import Iterator, Sequence

from jiaokan.edit import Edit
from jiaokan.finding import Finding
from jiaokan.lazy_regex import lazy
from jiaokan.stages._character_kinds import BRACKET, has
from jiaokan.stages._surroundings import CHINESE, Surroundings, han_count

_MARK = lazy("[()（）〈〉]")
_MARK_OR_END = lazy(r"[()（）〈〉\n]")
_OPENS = "(（〈"
_CLOSES = ")）〉"
_CODE = lazy(r"[=^_{}\\<>|\[\]\"'`*]")
_CODE_WITH_HAN = lazy(r"[=_{}\\\[\]`]")
_ENUMERATOR = lazy(
    r"(?:^|[\s，。；：、,;:])(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,4}|[一二三四五六七八九十]{1,3})\Z"
)
_REMARK = lazy(
    "[0-9A-Za-z%]|以下|下称|下稱|[简簡][称稱]|[记記]者|[实實][习習]|[通][讯訊]|即|[见見]|不?含|包括|其中|不[包计計]|共[计計0-9]"
    "|[约約][0-9]|注[：:]|[图圖]|[摄攝]影|[据據]|[责責]|作者|[编編]者|上接|下[转轉]|新[华華]社|本[报報]|[一二三四五六七八九十]{1,2}[)）]"
)
"""What a remark in brackets begins with, and no title does."""
_NUMBER = r"[-+−±]?(?:\d+(?:\.\d+)?)?(?:[a-zπ∞]|(?<=\d))(?:/\d+)?"
_FORMULA = lazy(rf"(?!\d{{1,3}}(?:,\d{{3}})+\Z){_NUMBER}(?:, ?{_NUMBER})+")
"""A point or an interval, 点(3,-2), 区间(0,1): brackets of mathematics; (1,200) is a number."""
_GOES_ON = lazy("[²³¹⁰ⁿ⁻⁺′℃°‰%×÷A-Za-z0-9]")
_AREA = lazy(r"[(（]0\d{2,3}\) ?-?\d")
_OPERATORS = "×÷±√≈≤≥≠−"
_COUNTED = lazy(r"\d{1,2}|(?:19|20)\d{2}|[A-Za-z]")
"""What numbers an item, or a year: (1)CPI, (2019)12号."""
_HALF_OPEN = lazy(rf"\[{_NUMBER}, ?{_NUMBER}\)|\({_NUMBER}, ?{_NUMBER}\]")
_INTERVAL = 24
_LEFT_OPEN = lazy(r"[^()（）〈〉\n]{0,200}(?:[(（〈\n]|\Z)")
"""What follows where no bracket closes before the next one opens."""
_QUOTED = '”"》'
_WRAPPED = lazy(rf"[{CHINESE}A-Za-z0-9,;:?!()\".…—“”‘’-]")
_LONGEST = 1000
_WRAPPED_LINE = 60

Pair = tuple[int, int]


def brackets(around: Surroundings) -> Iterator[Edit | Finding]:
    """( ) around Chinese, or in it → （ ）, 〈 before a remark that ） ends, and 〉 behind one that
    ( begins; what has no partner is reported."""
    text = around.text
    if not has(text, BRACKET):
        return
    pairs, lonely = _match(around)
    for opening, closing in pairs:
        if _is_chinese_pair(around, opening, closing):
            for at, mark in ((opening, "（"), (closing, "）")):
                if text[at] in "()〈〉":
                    yield Edit(at, at + 1, mark, "punctuation.bracket")
    for at in lonely:
        if _is_doubtful(around, at):
            yield Finding(
                at, at + 1, "punctuation.bracket", text[at], "a bracket without a partner"
            )


def _match(around: Surroundings) -> tuple[list[Pair], list[int]]:
    """Pairs of round brackets and the half-width ones that are left over.

    A pair does not leave its line, unless the line is one of a hard-wrapped paragraph.
    """
    text = around.text
    pairs: list[Pair] = []
    lonely: list[int] = []
    stack: list[int] = []
    at = -1
    while match := (_MARK_OR_END if stack else _MARK).search(text, at + 1):
        at, mark = match.start(), match[0]
        if mark == "\n":
            if not _is_wrapped(text, around.line(at)[0], at, stack):
                lonely += stack
                stack.clear()
        elif text[at - 1 : at] not in ("(", "（") and around.quoted(at):
            continue
        elif mark in _OPENS:
            stack.append(at)
        elif stack and (
            (text[stack[-1]] == "〈") == (mark == "〉") or _is_misread(text, stack, at)
        ):
            opening = stack.pop()
            if at - opening <= _LONGEST and text[opening] + mark != "〈〉":
                pairs.append((opening, at))
        else:
            lonely.append(at)
    lonely += stack
    return pairs, sorted(at for at in lonely if text[at] in "()" or text[at] == "〈")


def _is_misread(text: str, stack: Sequence[int], closing: int) -> bool:
    """Whether 〈 was read for （: it closes as one, around what no title begins with; or 〉 for ）:
    the bracket was opened as one, no 〈 stands in it, and nothing else closes it."""
    if text[closing] == "〉":
        inside = any(text[at] == "〈" for at in stack)
        return not inside and _LEFT_OPEN.match(text, closing + 1) is not None
    return _REMARK.match(text, stack[-1] + 1, closing) is not None


def _is_wrapped(text: str, start: int, end: int, stack: list[int]) -> bool:
    """Whether a line that ends inside a bracket goes on in the next one."""
    if end - start > _WRAPPED_LINE or end - stack[0] > 2 * _WRAPPED_LINE:
        return False
    return bool(_WRAPPED.match(text[end - 1 : end]) and _WRAPPED.match(text[end + 1 : end + 2]))


def _is_chinese_pair(around: Surroundings, opening: int, closing: int) -> bool:
    text = around.text
    if (text[opening], text[closing]) == ("（", "）") or any(
        around.protected(at) for at in (opening, closing)
    ):
        return False
    if text[opening] == "（" or text[closing] == "）":
        return True
    content = text[opening + 1 : closing]
    before = text[opening - 1 : opening]
    if not content.strip() or not around.chinese(opening):
        return False
    left_is_chinese = before != "" and (before in _QUOTED or han_count(before) > 0)
    called = before != "" and before.isascii() and (before.isalnum() or before in "_]")
    if han_count(content):
        return not (called and _CODE_WITH_HAN.search(content))
    if _CODE.search(content.strip("\"'") if left_is_chinese else content):
        return False
    if _FORMULA.fullmatch(content) or _is_part(text, opening, closing):
        return False
    if called:
        return before.isdigit() and around.after(closing + 1) == "han" and content.isalnum()
    left = around.before(opening)
    if before in ("", "\n"):
        return around.after(closing + 1) == "han"
    if before == " " and left != "han":
        return False
    return left == "han" and (before == " " or not before.isascii() or before in '%()",;:?!.-')


def _is_part(text: str, opening: int, closing: int) -> bool:
    """Whether a bracket without Chinese belongs to what goes on behind it: (a+b)², (20±5)℃, a
    telephone's (010)6234; or to the sign before it: 4×(1/2)."""
    if (opening and text[opening - 1] in _OPERATORS) or _AREA.match(text, opening):
        return True
    counted = _COUNTED.fullmatch(text, opening + 1, closing)
    return counted is None and _GOES_ON.match(text, closing + 1) is not None


def _is_doubtful(around: Surroundings, at: int) -> bool:
    """Whether a bracket without a partner is worth a look: not a), :) or code."""
    text = around.text
    if around.protected(at) or not around.chinese(at):
        return False
    if _in_interval(text, at):
        return False
    if text[at] == ")":
        head = text[max(around.line(at)[0], at - 6) : at]
        return not (_ENUMERATOR.search(head) or head.endswith((":", ";", "-")))
    return text[at] != "〈" or "）" in text[at : min(at + 60, around.line(at)[1])]


def _in_interval(text: str, at: int) -> bool:
    """Whether a bracket closes or opens an interval that one end is no part of: [0,1)."""
    near = text[max(0, at - _INTERVAL) : at + 1] if text[at] == ")" else text[at : at + _INTERVAL]
    return any(
        (match.end() == len(near)) if text[at] == ")" else match.start() == 0
        for match in _HALF_OPEN.finditer(near)
    )
