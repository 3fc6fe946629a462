"""Characters of the other script that are spoken of, not used: they stay, and are reported."""

import re
from bisect import bisect_left
from functools import lru_cache

from jiaokan.edit import Edit
from jiaokan.finding import Alternative, Finding
from jiaokan.lazy_regex import lazy
from jiaokan.stages.variants import simplified_only, traditional_only

_SCRIPTS = lazy(
    '[繁简簡正][体體]字?|异体|異體|俗字|本字|(?:写作|寫作)(?=[“‘「『"])|写成|寫成|简作|簡作|[并並]作(?=[“‘「『"])|简化(?:作|时|字)|字形|印刷[体體]|[并並][见見]于|款识|款識|落款|题款|題款|碑文|铭文|銘文|印文|钤印|鈐印|匾'
)
"""What a paragraph says that speaks of how something is written."""
_ENTRY = lazy(r"\s{0,4}(?:[\[［〔][0-9]{1,3}[\]］〕]|[①-⑳]|（[0-9]{1,3}）)")
_PUBLISHED = lazy(
    "(?:出版社|[书書]局|[书書]店|印[书書][馆館]|[学學][报報]|[研][究]所).{0,24}[0-9一二三四五六七八九〇○]{4}"
)
_BETWEEN = lazy("[，。、：；,:;《》〈〉“”]")
_QUOTED = 24
"""Characters within which a quotation opens and closes."""
_OPENS, _CLOSES = "“‘「『", "”’」』"
_OPENING = frozenset(_OPENS)
OPENING, CLOSING = "“‘「『\"'", "”’」』\"'"
"""Marks between which a character is spoken of."""


def as_mention(edit: Edit, text: str) -> Edit | Finding:
    """A single character between quotation marks is spoken of, not used: 由“發”和“髮”合并.

    So is a quotation in a paragraph that speaks of scripts: “師範”二字用的是繁体.
    """
    before, after = text[max(0, edit.start - 1) : edit.start], text[edit.end : edit.end + 1]
    alone = bool(before and after) and before in OPENING and after in CLOSING
    if alone and edit.end - edit.start == 1:
        why = (
            "a character of the other script stands alone between quotation marks: it may be meant"
        )
    elif _is_cited(edit, text):
        why = "a quotation in a paragraph that speaks of scripts: it may be meant as it stands"
    elif _is_of_an_entry(edit, text):
        why = "a book's name or author in its own script, in an entry of a bibliography"
    else:
        return edit
    return Finding(
        edit.start,
        edit.end,
        "script.mentioned",
        text[edit.start : edit.end],
        why,
        0.5,
        (Alternative(edit.new, 0.5, "the page's own script"),),
    )


def _is_of_an_entry(edit: Edit, text: str) -> bool:
    """Whether an edit lies in a piece of a bibliography's entry that is all in the other script:
    [5] 陳垣：《史諱舉例》，科学出版社，1958年，第9页。"""
    start, end = text.rfind("\n", 0, edit.start) + 1, text.find("\n", edit.end)
    end = end if end >= 0 else len(text)
    if not _ENTRY.match(text, start, end) or not _PUBLISHED.search(text, start, end):
        return False
    low = max((found.end() for found in _BETWEEN.finditer(text, start, edit.start)), default=start)
    between = _BETWEEN.search(text, edit.end, end)
    piece = text[low : between.start() if between else end]
    own = simplified_only() if text[edit.start] in traditional_only() else traditional_only()
    return own.isdisjoint(piece)


def _is_cited(edit: Edit, text: str) -> bool:
    """Whether an edit lies in a short quotation all in the other script, and its line speaks of
    scripts or inscriptions."""
    start = max(0, edit.start - _QUOTED)
    start = text.rfind("\n", start, edit.start) + 1 or start
    end = edit.start + _QUOTED
    stop = text.find("\n", edit.end, end)
    near, at = text[start : stop if stop >= 0 else end], edit.start - start
    if '"' in near:
        line = text.rfind("\n", 0, start) + 1
        quotes = _quotes(text)
        near = _curly(near, bisect_left(quotes, start) - bisect_left(quotes, line))
    if _OPENING.isdisjoint(near[:at]):
        return False
    opened = max(near.rfind(mark, 0, at) for mark in _OPENS)
    closed = max(near.rfind(mark, 0, at) for mark in _CLOSES)
    closes = [near.find(mark, at) for mark in _CLOSES]
    if opened <= closed or max(closes) < 0:
        return False
    cited = near[opened + 1 : min(close for close in closes if close >= 0)]
    own = simplified_only() if text[edit.start] in traditional_only() else traditional_only()
    return own.isdisjoint(cited) and _speaks_of_scripts(text, edit)


@lru_cache(maxsize=1)
def _quotes(text: str) -> list[int]:
    """Where straight quotation marks stand: of a long line they are asked for at each edit."""
    return [found.start() for found in re.finditer('"', text)]


def _speaks_of_scripts(text: str, edit: Edit) -> bool:
    """Whether the edit's line does."""
    start, end = text.rfind("\n", 0, edit.start) + 1, text.find("\n", edit.end)
    line = text[start : end if end >= 0 else len(text)]
    return _SCRIPTS.search(_curly(line, 0)) is not None


def _curly(text: str, before: int) -> str:
    """A text with its straight quotation marks in pairs; so many stand before it in its line."""
    parts = text.split('"')
    return "".join(part + "“”"[at % 2] for at, part in enumerate(parts, before))[:-1]
