"""Pages on which an engine set a blank between all characters: 江 城 市 今 年 , 共 有 12 处 。

There a blank says nothing: no gutter shows by it, no padded name, no clause of a headline. Two
blanks and more still say what they say everywhere.
"""

from collections.abc import Iterator

from jiaokan.edit import Edit
from jiaokan.lazy_regex import lazy
from jiaokan.stages._character_kinds import CHINESE, SPACE, kinds

_FEWEST = 24
"""Blanks between Chinese characters that make a page spread, at least: more than a headline, a
list of names or a rhyme of single characters has."""
_SHARE = 0.6
"""Share of the neighbouring Chinese characters of a page that a single blank parts."""

_HAN = "\u3400-\u9fff\U00020000-\U0003ffff〇々"
_WIDE = "，。、；：？！（）《》〈〉「」『』【】〔〕〖〗“”‘’…—"
_HALF = ",;:?!()\"'"
_BLANK = "[ \xa0\u1680\u2000-\u200a\u202f\u205f]"
_FIGURE = r"[0-9０-９]+(?:[.,:][0-9]+)*[%％]?"
_YEARS = lazy(f"(?<![0-9])(?:1{_BLANK}9|2{_BLANK}0){_BLANK}[0-9]{_BLANK}[0-9]{_BLANK}?年")
"""A year whose figures were set apart, too."""
_NOISE = lazy(
    f"(?<=[{_HAN}{_WIDE}]){_BLANK}(?=[{_HAN}{_WIDE}{_HALF}])"
    f"|(?<=[{_HALF}]){_BLANK}(?=[{_HAN}{_WIDE}])"
    f"|(?<=[{_HAN}{_WIDE}]){_BLANK}(?={_FIGURE}{_BLANK}?[{_HAN}{_WIDE}{_HALF}])"
    f"|(?<=[0-9０-９%％]){_BLANK}(?=[{_HAN}{_WIDE}{_HALF}])"
)
_IN_SENTENCE = lazy(f"[{_HAN}{_WIDE}{_HALF}]{_BLANK}?{_FIGURE}\\Z")
_REACH = 16


def is_spread(text: str) -> bool:
    """Whether single blanks part most of the page's Chinese characters.

    >>> is_spread("江 城 市 今 年 新 建 口 袋 公 园 ，" * 3)
    True
    >>> is_spread("江城市今年新建口袋公园，共有十二处。苏 禾 摄")
    False
    """
    found = kinds(text)
    chinese = (found & CHINESE) != 0
    blank = (found & SPACE) != 0
    parted = int((chinese[:-2] & blank[1:-1] & chinese[2:]).sum())
    if parted < _FEWEST:
        return False
    joined = int((chinese[:-1] & chinese[1:]).sum())
    return parted >= _SHARE * (parted + joined)


def blanks(text: str) -> Iterator[Edit]:
    """The single blanks of such a page beside Chinese.

    One between a figure and Chinese goes only inside a sentence: in 1 江 城 队 12 9 it parts cells.
    Those between figures stay, but for a year's: 1 9 9 1 年.
    """
    years = {
        at
        for year in _YEARS.finditer(text)
        for at in range(year.start(), year.end())
        if text[at].isspace()
    }
    for at in sorted(years):
        yield Edit(at, at + 1, "", "spaces.spread")
    for match in _NOISE.finditer(text):
        at = match.start()
        if at in years:
            continue
        if text[at - 1].isdigit() or text[at - 1] in "%％":
            start = max(text.rfind("\n", 0, at) + 1, at - _REACH)
            if not _IN_SENTENCE.search(text[start:at]):
                continue
        yield Edit(at, at + 1, "", "spaces.spread")
