"""Stanzas: runs of lines without a blank line between them, and which of them are wrapped.

A stanza of prose that was hard-wrapped has lines of one width that run on into one another; verse,
lists and code have not.
"""

from collections.abc import Iterable
from functools import partial
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from jiaokan.code_points import members, points
from jiaokan.lazy_regex import lazy

FULL = 0.8
"""A line of at least this share of the stanza's width is full."""
ENDED = 0.5
"""Share of lines that end in a mark from which on a stanza may be verse or a list."""
NARROWEST, WIDEST = 8.0, 60.0
"""Widths, in full-width characters, that a printed column can have."""
HAN = lazy("[\u3400-\u9fff]+")
CHINESE = 0.4
"""Share of Chinese characters that wrapped prose has at least."""
MARKS = "，。；：！？、,;:.!?…”」"
INDENT = lazy("(?:\u3000{1,4}| {2,8}|\t)(?=[^ \u3000\t])")
NARROW = lazy(r"[\x20-\x7e]")
SPACES = " \t\n\v\f\r\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
"""What `str.strip` takes away."""


POEMS = (
    r"[（(](?:外[一二三四五六七八]首|[组組][诗詩]|散文[诗詩]|[诗詩][二三四五六七八九十]首"
    r"|[二两兩三四五六七八九十]{1,2}首|歌[词詞])[)）]"
)
ANNOUNCED = lazy(r"[^\n]{1,20}" + POEMS)
"""A title that announces poems: 立冬（外二首）."""
SAID = lazy(POEMS)
"""What no page without such a title holds: sought for by itself it is found ten times as fast."""
VERSE = 24
"""Width of the longest line of verse."""
INSIDE = 3
"""Lines within paragraphs that tell a column's width by themselves."""
COLUMN = 5
"""Lines of one width that are a column's and no poem's."""


class Line(NamedTuple):
    """A line's content, without the spaces around it."""

    start: int
    end: int
    width: float
    """In full-width characters; half-width ones count half."""
    indented: bool


_line = partial(tuple.__new__, Line)


def stanzas(text: str) -> list[list[Line]]:
    """Runs of lines without a blank line between them."""
    groups: list[list[Line]] = []
    below = -1  # where a line would start that stands right below the last one
    for start, end, width, spaced in _lines(text):
        first, after, indented = start, end, False
        if spaced:
            line = text[start:end]
            content = line.strip()
            if not content:
                continue
            first += len(line) - len(line.lstrip())
            after = first + len(content)
            width = _width(content)
            indented = bool(INDENT.match(line))
        if start != below:
            groups.append([])
        below = end + 1
        groups[-1].append(_line((first, after, width, indented)))
    return groups


def without_poems(text: str, every: list[list[Line]]) -> list[list[Line]]:
    """The stanzas but those below a title that announces poems, up to what is no verse: modern
    verse has neither marks nor widths that would tell it."""
    if SAID.search(text) is None:
        return every
    result: list[list[Line]] = []
    poems = False
    for stanza in every:
        column = len(stanza) >= COLUMN and uniform(stanza) and not _ragged(stanza)
        poems &= not column and max(line.width for line in stanza) <= VERSE
        if not poems:
            result.append(stanza)
        poems |= any(ANNOUNCED.fullmatch(text, line.start, line.end) for line in stanza)
    return result


def _ragged(stanza: list[Line]) -> bool:
    widths = [line.width for line in stanza[:-1]]
    return max(widths) - min(widths) > 2


def run_on(text: str, groups: Iterable[list[Line]]) -> list[float]:
    """For each stanza, how much better its lines read on than as paragraphs, in bits a line."""
    places = [_junctions(stanza) for stanza in groups]
    every = [place for one in places for place in one]
    if not every:
        return [0.0 for _ in places]
    from jiaokan.language import fold, load
    from jiaokan.language.junctions import heads_at, runs_on, tails_at

    model, codes = load(), fold(points(text))
    ends, starts, stops = np.array(every, np.intp).T
    tails = tails_at(codes, ends, model.order - 1)
    heads = heads_at(codes, starts, stops)
    bits = np.clip(runs_on(model, tails, heads), -8, 8)
    gains: list[float] = []
    at = 0
    for one in places:
        gains.append(float(np.mean(bits[at : at + len(one)])) if one else 0.0)
        at += len(one)
    return gains


def _junctions(stanza: list[Line]) -> list[tuple[int, int, int]]:
    """Where full lines end, and where those that are not indented start and end behind them."""
    least = FULL * measure_of(stanza)
    return [
        (left.end, right.start, right.end)
        for left, right in pairwise(stanza)
        if left.width >= least and not right.indented
    ]


def chinese(text: str, stanza: list[Line]) -> bool:
    """Whether the lines are Chinese prose, not code or another language."""
    letters = text[stanza[0].start : stanza[-1].end]
    other = len(HAN.sub("", letters))
    return len(letters) - other >= CHINESE * len("".join(letters.split()))


def uniform(stanza: list[Line]) -> bool:
    """Whether the lines but the last have the width of one column. A line above one that is set in
    may be a paragraph's last, and as short as it likes."""
    measure = measure_of(stanza)
    if len(stanza) < 3 or not NARROWEST <= measure <= WIDEST:
        return False
    inside = [line for line, below in pairwise(stanza) if not below.indented]
    return _mostly_full(stanza[:-1], measure) or (
        len(inside) >= INSIDE and _mostly_full(inside, measure)
    )


def _mostly_full(lines: list[Line], measure: float) -> bool:
    full = [line for line in lines if FULL * measure <= line.width <= 1.2 * measure]
    return len(full) >= 0.6 * len(lines)


def ended(text: str, stanza: list[Line]) -> bool:
    """Whether most lines end in a mark, as verse and lists do and wrapped lines do not."""
    marks = sum(text[line.end - 1] in MARKS for line in stanza[:-1])
    return marks >= ENDED * (len(stanza) - 1)


def measure_of(stanza: list[Line]) -> float:
    """The column's width: that of a line wider than most of the stanza's."""
    widths = sorted(line.width for line in stanza[:-1])
    index, part = divmod(3 * (len(widths) - 1), 4)
    return widths[index] + part / 4 * (widths[min(index + 1, len(widths) - 1)] - widths[index])


def _lines(text: str) -> Iterable[tuple[int, int, float, bool]]:
    """Where each line that is not empty starts and ends, its width, the spaces around it included,
    and whether there are any."""
    codes = points(text)
    ends = np.concatenate(((codes == 10).nonzero()[0], [codes.size]))
    starts = np.concatenate(([0], ends[:-1] + 1))
    full = starts < ends
    starts, ends = starts[full], ends[full]
    narrow = ((codes >= 0x20) & (codes <= 0x7E)).nonzero()[0]
    count = narrow.searchsorted(ends) - narrow.searchsorted(starts)
    widths = ends - starts - count / 2
    spaces = members(SPACES)
    spaced = spaces.take(codes[starts]) | spaces.take(codes[ends - 1])
    return zip(starts.tolist(), ends.tolist(), widths.tolist(), spaced.tolist(), strict=True)


def _width(content: str) -> float:
    return len(content) - len(NARROW.findall(content)) / 2
