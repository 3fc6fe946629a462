"""Lines of a heading or a signature that were read one by one and are one.

Author lines that follow one another, and the lines of an affiliation whose bracket is closed
further down.
"""

from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from operator import attrgetter

from jiaokan.edit import Edit
from jiaokan.lazy_regex import lazy
from jiaokan.rulebook.lines import Place
from jiaokan.stages.context import Context
from jiaokan.stages.separate_lines import LABEL
from jiaokan.stages.stanzas import MARKS, Line

AFFILIATION = "layout.affiliation"
TITLE = 34.0
"""Width of the longest line that can be a title."""
BELOW_TITLE = Place("title", "title")
NAMES = 20.0
"""Width of the longest author line that is joined with the next."""
AUTHOR = "作者"
OPENED = lazy(rf"[（(〈《【{{〔][ 　]?(?:本文)?{AUTHOR}(?:单位|系|为)[^。）)〉》】}}〕\n]*")
"""An affiliation whose bracket is not closed on its line, or is closed at its end."""
CLOSING = lazy(r"[^。（(〈《【{〔）)〉》】}〕\n]{0,40}[）)〉》】}〕]")
"""A line that closes it."""
WITHIN = lazy(r"[^。（(〈《【{〔）)〉》】}〕\n]{2,40}")
"""A line inside of it."""
PRINTED = (("【", "】"), ("〔", "〕"))
"""Brackets that papers print around an affiliation; one of them alone is a misread round one."""
MOST = 4
"""Lines that an affiliation has at most."""


def affiliations(text: str, lines: list[Line]) -> Iterator[Edit]:
    """Affiliations that go on over several lines become one, misread brackets round ones."""
    for index in _with_author(text, lines):
        line = lines[index]
        found = OPENED.search(text, line.start, line.end)
        if not found:
            continue
        rest = lines[index + 1 : index + MOST]
        last = _closing(text, found.end(), line, rest)
        if last is None:
            continue
        around = text[found.start()], text[last.end - 1]
        for mark, seen, at in zip("（）", around, (found.start(), last.end - 1), strict=True):
            if seen != mark and around not in PRINTED:
                yield Edit(at, at + 1, mark, AFFILIATION, 0.95)
        for left, right in pairwise([line, *rest]):
            if left is last:
                break
            yield Edit(left.end, right.start, "", AFFILIATION, 0.95)


def _with_author(text: str, lines: list[Line]) -> Iterator[int]:
    """The lines, by their numbers, that speak of an author."""
    at = text.find(AUTHOR)
    while at >= 0:
        index = bisect_right(lines, at, key=_start) - 1
        yield index
        at = text.find(AUTHOR, lines[index].end)


_start = attrgetter("start")


def _closing(text: str, end: int, line: Line, rest: list[Line]) -> Line | None:
    """The line that closes the bracket; None where that is not sure."""
    if end == line.end - 1:
        return line
    if end != line.end:
        return None
    for left, right in pairwise([line, *rest]):
        if text.count("\n", left.end, right.start) > 2:
            return None
        if CLOSING.fullmatch(text, right.start, right.end):
            return right
        if not WITHIN.fullmatch(text, right.start, right.end):
            return None
    return None


def bylines(text: str, lines: list[Line], context: Context) -> Iterator[Edit]:
    """Author lines that follow one another become one, the names parted by a blank."""

    short = {
        index
        for index, line in enumerate(lines)
        if line.width <= NAMES and text[line.end - 1] not in MARKS
    }

    @cache
    def name(index: int) -> bool:
        if index not in short:
            return False
        line = lines[index]
        match = context.rules.line_role(text[line.start : line.end], place=BELOW_TITLE)
        return match is not None and match.role == "byline"

    for index in sorted(short):
        if index == 0 or index + 1 not in short:
            continue
        above = lines[index - 1]
        if above.width > TITLE or text[above.end - 1] in MARKS:
            continue
        if not (name(index) and name(index + 1)):
            continue
        if all(LABEL.match(text, line.start, line.end) for line in lines[index - 1 : index + 2]):
            continue  # minutes: 地点：…, 主持人：…, 记录人：…
        listed = index + 3 < len(lines) and name(index + 2) and name(index + 3)
        if not listed and not name(index - 1):
            yield Edit(lines[index].end, lines[index + 1].start, " ", "layout.bylines", 0.9)
