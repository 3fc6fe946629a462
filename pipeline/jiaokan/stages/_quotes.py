"""Straight quotation marks → curly ones, where every pairing of a paragraph is certain."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from jiaokan.edit import Edit
from jiaokan.finding import Finding
from jiaokan.lazy_regex import lazy
from jiaokan.stages._character_kinds import QUOTE, has
from jiaokan.stages._surroundings import HAN, Surroundings

_TOKEN = lazy(r"[\"“”]")
_SINGLE = lazy(r"(?<![A-Za-z0-9])'|'(?![A-Za-z0-9])")
_HAN_CHAR = lazy(f"[{HAN}]")
_NOT_OPENING = lazy(r"[，。、；：？！）》」』〉,;:?!)%\n]")
"""What cannot follow an opening mark."""
_NOT_CLOSING = lazy(r"[（《「『〈(：:\n]")
"""What cannot precede a closing mark."""
_CODE = lazy(r"[={}<>\\`|]")
_TURNED = lazy(rf"”(?:(?<=^”)|(?<=[：:]”))(?=[{HAN}])[^“”\n]{{1,200}}”", re.MULTILINE)
_TURNED_MARKS = ("\n”", "：”", ":”")
"""What hardly any page has: then the pattern above is not tried."""
_PAIR = "“”"
_CURLY = lazy("[“”]")
_ENDS_QUOTED = lazy(r"[，。、；：？！）》」』〉…,;:?!)%①-⑳\n]|\Z")
"""What stands behind a mark that closes, and behind none that opens."""
_OPEN = lazy("“[^“”]{1,400}(?<![。！？…：]\n)(?<![。！？…：]\n　　)(?<!\n\n)(?=“)")
_INNER = lazy(f"‘(?=[{HAN}])[^‘’“”\\n]{{1,60}}‘(?=[{HAN}])")
_OUTER = lazy(
    f"(?<=[{HAN}，。：；、！？])'(?=[{HAN}])[^'\"\\n]{{0,30}}(?<=[{HAN}！？。…])'(?=[{HAN}，。：；、！？])"
)
"""Chinese between single straight marks that stand in Chinese: 他嫌'太慢'，."""
_SPEECH_ENDS = ("。", "！", "？", "…")
_SENTENCE = lazy("[。！？；]")
_SAYS = lazy(f"[{HAN}][：:][{HAN}][^：:]*\\Z")
"""What says something, its quotation without a mark."""
_TERM = lazy(f"[{HAN}]{{2,10}}")
"""What is quoted as a word, and is no speech."""
_LISTED = lazy(f"[{HAN}]{{0,8}}[等两兩二三四五六七八九十]")
"""What stands behind the last one of several terms."""
_FEW = 2
"""Marks of a paragraph that may be turned by their terms alone."""
_SHORTEST_WRAPPED = 7
_LONGEST_WRAPPED = 60
"""Letters in a line of a hard-wrapped paragraph."""


class _Pair(NamedTuple):
    opening: int
    closing: int


def quotes(around: Surroundings, *, corners: bool) -> Iterator[Edit | Finding]:
    """Edits for the marks of certain pairs, one finding for each paragraph left as it is.

    With `corners` the page quotes with 「」: which marks straight ones stand for is unknown.
    """
    text = around.text
    mended = list(_turned(around))
    yield from mended
    apart = {around.line(edit.start)[0] for edit in mended}
    told: set[int] = set()
    turned = text.startswith("”") or any(mark in text for mark in _TURNED_MARKS)
    for match in _TURNED.finditer(text) if turned else ():
        at = match.start()
        message = "a closing quotation mark stands where one opens"
        if around.line(at)[0] not in apart:
            told.add(around.line(at)[0])
            yield Finding(at, at + 1, "punctuation.quote", "”", message, 0.8)
    known = [one for one in _left_open(text) if around.line(one.start)[0] not in apart]
    yield from known
    begun = {one.start for one in known}
    yield from (one for one in _alone(around, apart | told) if one.start not in begun)
    if not has(text, QUOTE):
        return
    last = -1
    for match in re.finditer(r"[\"']", text):
        if match.start() < last:
            continue
        start, last = _paragraph(around, match.start())
        yield from _in_paragraph(around, start, last, corners=corners)


def _turned(around: Surroundings) -> Iterator[Edit]:
    """Curly marks that were read the wrong way round, where all of a paragraph then pair.

    “ turns before what only stands behind a quotation, where one is open already, or behind a stop
    where it is the only one to turn; ” turns behind a speech's colon or at a line's beginning,
    where none is open. One or two of a paragraph turn where they make a term's quotation, too.

    >>> [one.start for one in _turned(Surroundings("他说：”好。”又说“不好。“"))]
    [3, 13]
    >>> [one.start for one in _turned(Surroundings("警惕”打卡式”阅读。整治“内卷式”竞争。"))]
    [2]
    >>> list(_turned(Surroundings("“甲，他说“乙，”丙。")))
    []
    """
    text = around.text
    every = "".join(_CURLY.findall(text))
    if every == _PAIR * (len(every) // 2):
        return
    last = -1
    for match in _CURLY.finditer(text):
        if match.start() < last:
            continue
        start, last = _paragraph(around, match.start())
        marks = [one.start() for one in _CURLY.finditer(text, start, last)]
        yield from _paired(text, start, marks)


def _paired(text: str, start: int, marks: list[int]) -> list[Edit]:
    """The turns that make all marks of a paragraph pair; none where they do not."""
    if len(marks) % 2 or '"' in text[start : marks[-1]]:
        return []
    wrong = [(at, place % 2) for place, at in enumerate(marks) if text[at] != _PAIR[place % 2]]
    turned = {marks.index(at) // 2 for at, _ in wrong}  # of both marks of one, neither may be
    few = len(wrong) <= _FEW and len(turned) == len(wrong)
    if few and all(_quotes_term(text, marks, marks.index(at)) for at, _ in wrong):
        return [Edit(at, at + 1, _PAIR[side], "punctuation.quote", 0.9) for at, side in wrong]
    if not all(_turns(text, at, start, len(wrong), closes=bool(side)) for at, side in wrong):
        return []
    return [Edit(at, at + 1, _PAIR[side], "punctuation.quote", 0.95) for at, side in wrong]


def _quotes_term(text: str, marks: list[int], place: int) -> bool:
    """Whether a mark and its partner hold a term: “内卷式“竞争. Beside another quotation, and where
    terms are listed (二号”九号”等品种), lost marks are as likely as a turned one."""
    low, high = sorted((marks[place], marks[place ^ 1]))
    apart = text[low - 1 : low] not in ("“", "”") and text[high + 1 : high + 2] not in ("“", "”")
    if not apart or _LISTED.match(text, high + 1):
        return False
    return _TERM.fullmatch(text, low + 1, high) is not None


def _turns(text: str, at: int, start: int, wrong: int, *, closes: bool) -> bool:
    """Whether what stands around a mark, of so many wrong ones, shows that it closes, or opens."""
    if closes:
        ends = _ENDS_QUOTED.match(text, at + 1) or (wrong == 1 and text[at - 1] in "。！？…")
        return bool(ends) and not _NOT_CLOSING.match(text, at - 1)
    opens = not text[start:at].strip() or text[at - 1] in "：:"
    return opens and bool(_HAN_CHAR.match(text, at + 1))


def _left_open(text: str) -> Iterator[Finding]:
    """Opening marks behind which another one opens before any closes: engines lose closing marks.

    A quotation of several paragraphs opens in each of them, and closes in the last one only.

    >>> [one.start for one in _left_open("他说“好。她问“不好？”")]
    [2]
    >>> list(_left_open("“甲。\\n“乙。”"))
    []
    """
    for match in _INNER.finditer(text) if "‘" in text else ():
        at = match.start()
        message = "the inner quotation that begins here is not closed before another one opens"
        yield Finding(at, at + 1, "punctuation.quote", "‘", message, 0.7)
    if text.count("“") == text.count("”"):
        return
    for match in _OPEN.finditer(text):
        at = match.start()
        message = "the quotation that begins here is not closed before another one opens"
        yield Finding(at, at + 1, "punctuation.quote", "“", message, 0.7)


def _alone(around: Surroundings, apart: set[int]) -> Iterator[Finding]:
    """Curly marks whose partner an engine lost, where no column's break can have torn it off.

    A mark that closes has none if one closed right before it, if its sentence begins in the same
    paragraph, or, behind a sentence, if a colon stands before that one. One that opens has none if
    its paragraph ends with a sentence, and the next one does not go on with the quotation.

    >>> [one.start for one in _alone(Surroundings("下雨了。他成了旱桥”，走了。"), set())]
    [9]
    >>> list(_alone(Surroundings("他成了旱桥”，走了。"), set()))
    []
    """
    text = around.text
    marks = [match.start() for match in _CURLY.finditer(text)]
    start, end, straight = 0, -1, False
    for before, at, after in zip([-1, *marks], marks, [*marks[1:], len(text)], strict=False):
        closes = text[at] == "”"
        partner = text[before] == "“" if closes and before >= 0 else text[after : after + 1] == "”"
        if partner:
            continue
        if at > end:
            start, end = _paragraph(around, at)
            straight = '"' in text[start:end]
        if straight or around.line(at)[0] in apart:
            continue
        if closes and _lacks_opening(text, max(start, before + 1), at, closed=before >= start):
            message = "a quotation ends here that nothing opens"
            yield Finding(at, at + 1, "punctuation.quote", "”", message, 0.7)
        elif not closes and after >= end and _ends(text, end):
            message = "the quotation that begins here is not closed in its paragraph"
            yield Finding(at, at + 1, "punctuation.quote", "“", message, 0.7)


def _lacks_opening(text: str, start: int, at: int, *, closed: bool) -> bool:
    if closed:
        return True
    if text[at - 1] in _SPEECH_ENDS:
        return _SAYS.search(text, start, at) is not None
    return _SENTENCE.search(text, start, at) is not None


def _ends(text: str, end: int) -> bool:
    """Whether a paragraph ends with a sentence, and no quotation goes on behind it."""
    below = text[end : end + 8].lstrip()
    return text[end - 1 : end] in _SPEECH_ENDS and below[:1] not in ("“", "‘")


def _paragraph(around: Surroundings, at: int) -> tuple[int, int]:
    """The line, together with its neighbours where they are lines of one hard-wrapped paragraph."""
    start, end = around.line(at)
    text = around.text
    while start > 1 and _goes_on(around, start - 1):
        start = around.line(start - 1)[0]
    while end + 1 < len(text) and _goes_on(around, end):
        end = around.line(end + 1)[1]
    return start, end


def _goes_on(around: Surroundings, newline: int) -> bool:
    """Whether the lines left and right of a line end belong to one hard-wrapped paragraph."""
    length, other = _letters(around, newline), _letters(around, newline + 1)
    if not _SHORTEST_WRAPPED <= length <= _LONGEST_WRAPPED or not 0 < other <= length + 3:
        return False
    return around.text[newline - 1] not in '。？！”….?!"'


def _letters(around: Surroundings, at: int) -> int:
    """How many letters and digits the line has: its length, whatever its marks look like."""
    start, end = around.line(at)
    if end - start > 3 * _LONGEST_WRAPPED:
        return end - start
    return sum(map(str.isalnum, around.text[start:end]))


def _in_paragraph(
    around: Surroundings, start: int, end: int, *, corners: bool
) -> Iterator[Edit | Finding]:
    text = around.text
    tokens = list(_tokens(around, _TOKEN, start, end))
    straight = [at for at in tokens if text[at] == '"']
    pairs: list[_Pair] | None = []
    if straight:
        pairs = None if corners else _pairs(text, tokens, start, end)
        if pairs is None:
            if around.chinese(straight[0]) and _HAN_CHAR.search(text, start, end):
                yield _finding(text, straight[0], start, end)
            return
        for pair in pairs:
            yield from _pair_edits(around, pair)
    else:
        pairs = _pairs(text, tokens, start, end) or []
    yield from _singles(around, pairs)
    if not corners:
        yield from _outer(around, start, end, pairs)


def _tokens(around: Surroundings, pattern: re.Pattern[str], start: int, end: int) -> Iterator[int]:
    for match in pattern.finditer(around.text, start, end):
        if not around.protected(match.start()):
            yield match.start()


def _pairs(text: str, tokens: list[int], start: int, end: int) -> list[_Pair] | None:
    """Pairs of double marks that alternate without contradiction, or None."""
    pairs: list[_Pair] = []
    opening: int | None = None
    for at in tokens:
        if opening is None:
            if text[at] == "”" or (text[at] == '"' and not _may_open(text, at, end)):
                return None
            opening = at
        else:
            if text[at] == "“" or (text[at] == '"' and not _may_close(text, at, start)):
                return None
            if at == opening + 1:
                return None
            pairs.append(_Pair(opening, at))
            opening = None
    return None if opening is not None else pairs


def _may_open(text: str, at: int, end: int) -> bool:
    after = text[at + 1 : at + 2]
    if at and text[at - 1].isascii() and text[at - 1].isdigit():
        return False  # inches or seconds of arc: 5'10"
    if at + 1 >= end or _NOT_OPENING.match(after):
        return False
    return after != " " or text[at - 1 : at] == " "


def _may_close(text: str, at: int, start: int) -> bool:
    before = text[at - 1 : at]
    if at <= start or _NOT_CLOSING.match(before):
        return False
    return before != " " or text[at + 1 : at + 2] in (" ", "", "\n")


def _pair_edits(around: Surroundings, pair: _Pair) -> Iterator[Edit]:
    text = around.text
    content = text[pair.opening + 1 : pair.closing]
    if not _is_chinese(around, pair, content):
        return
    for at, mark in ((pair.opening, "“"), (pair.closing, "”")):
        if text[at] == '"':
            yield Edit(at, at + 1, mark, "punctuation.quote")


def _is_chinese(around: Surroundings, pair: _Pair, content: str) -> bool:
    """Whether a pair quotes Chinese, or quotes something in a Chinese sentence."""
    text = around.text
    if "“" in (text[pair.opening],) or text[pair.closing] == "”":
        return True
    if not around.chinese(pair.opening) or _CODE.search(content):
        return False
    if _HAN_CHAR.search(content):
        return True
    return "han" in (around.before(pair.opening), around.after(pair.closing + 1))


def _singles(around: Surroundings, pairs: list[_Pair]) -> Iterator[Edit]:
    """Single marks inside a double pair, where they pair up."""
    text = around.text
    for pair in pairs:
        if "'" not in text[pair.opening : pair.closing]:
            continue
        inner = list(_tokens(around, _SINGLE, pair.opening + 1, pair.closing))
        if len(inner) % 2:
            continue
        for opening, closing in zip(inner[::2], inner[1::2], strict=True):
            if not _HAN_CHAR.search(text, opening, closing):
                continue
            if _may_open(text, opening, pair.closing) and _may_close(text, closing, pair.opening):
                yield Edit(opening, opening + 1, "‘", "punctuation.quote")
                yield Edit(closing, closing + 1, "’", "punctuation.quote")


def _outer(around: Surroundings, start: int, end: int, pairs: list[_Pair]) -> Iterator[Edit]:
    """Single marks around Chinese that no double pair holds."""
    if around.text.count("'", start, end) % 2:
        return
    for match in _OUTER.finditer(around.text, start, end):
        opening, closing = match.start(), match.end() - 1
        inside = any(pair.opening < opening < pair.closing for pair in pairs)
        if not (inside or around.protected(opening) or around.protected(closing)):
            yield Edit(opening, opening + 1, "‘", "punctuation.quote")
            yield Edit(closing, closing + 1, "’", "punctuation.quote")


def _finding(text: str, at: int, start: int, end: int) -> Finding:
    count = text.count('"', start, end)
    return Finding(
        at,
        at + 1,
        "punctuation.quote",
        text[at],
        f"{count} straight quotation marks whose pairing is not certain",
    )
