"""Hard-wrapped lines become paragraphs again.

    …渡口的老槐树下常年摆着一张方⏎桌，过河的…  →  …渡口的老槐树下常年摆着一张方桌，过河的…

A stanza (lines without a blank one between) is wrapped when its lines have one
width and the language model finds that they run on into one another. Then each
full line is joined to the next.

Author lines that follow one another become one line, too, and so do the lines of an affiliation
whose bracket is closed further down.

Left alone: short lines (a paragraph's or a column's last), indented lines (a
paragraph's first), headings, bylines and furniture, verse and lists, and text
whose lines are whole paragraphs. A column's end inside a wrapped line is the
stitcher's matter.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from jiaokan.edit import Edit
from jiaokan.mixed import Mixed, mixed
from jiaokan.points import points
from jiaokan.rulebook.lines import Place
from jiaokan.stages.apart import apart
from jiaokan.stages.context import Context

RULE = "layout.unwrap"
AFFILIATION = "layout.affiliation"
FULL = 0.8
"""A line of at least this share of the stanza's width is full."""
RUNS_ON = 1.0
"""Bits a line by which a stanza must read on to be wrapped."""
SURELY = 3.0
"""The same where most of its lines end in a mark, as verse and lists do."""
ENDED = 0.5
"""Share of lines that end in a mark from which on a stanza may be verse or a list."""
ALIKE = 1.0
"""Full-width characters by which a stanza's width may differ from that of a surely wrapped one."""
MOSTLY, ANY = 0.6, 6.0
"""Share of the lines of one width that are surely wrapped from which on a page is: then it takes so
many bits a line against it to leave a stanza of that width."""
SHORT = 0.6
"""Share of the width below which a line can be a heading."""
WIDER = 1.15
"""Share of the page's usual width that a line of another stanza may have."""
NARROWEST, WIDEST = 8.0, 60.0
"""Widths, in full-width characters, that a printed column can have."""
TITLE = 34.0
"""Width of the longest line that can be a title."""
HAN = re.compile("[\u3400-\u9fff]+")
CHINESE = 0.4
"""Share of Chinese characters that wrapped prose has at least."""
BELOW_TITLE = Place("title", "title")
NAMES = 20.0
"""Width of the longest author line that is joined with the next."""
MARKS = "，。；：！？、,;:.!?…”」"
CLOSED = MARKS + "）)》〉%％”’"
INDENT = re.compile("(?:\u3000{1,4}| {2,8}|\t)(?=[^ \u3000\t])")
SPEAKER = re.compile(r"([^\s，。！？：；“”]{1,8})：")
"""What opens a line of an interview: 问：, 记者：."""
AUTHOR = "作者"
OPENED = re.compile(rf"[（(〈《【{{〔][ 　]?(?:本文)?{AUTHOR}(?:单位|系|为)[^。）)〉》】}}〕\n]*")
"""An affiliation whose bracket is not closed on its line, or is closed at its end."""
CLOSING = re.compile(r"[^。（(〈《【{〔）)〉》】}〕\n]{0,40}[）)〉》】}〕]")
"""A line that closes it."""
WITHIN = re.compile(r"[^。（(〈《【{〔）)〉》】}〕\n]{2,40}")
"""A line inside of it."""
SHORTEST = 2.0
"""Width of the shortest line that can be a heading."""
BRIEF = 3
"""Characters of a label that is a speaker's although it stands once."""
MOST = 4
"""Lines that an affiliation has at most."""
WORD = re.compile(r"[A-Za-z]")
NARROW = re.compile(r"[\x20-\x7e]")


class Line(NamedTuple):
    """A line's content, without the spaces around it."""

    start: int
    end: int
    width: float
    """In full-width characters; half-width ones count half."""
    indented: bool


def run(text: str, context: Context) -> Iterator[Edit]:
    """Join the full lines of wrapped stanzas."""
    every = stanzas(text)
    lines = [line for stanza in every for line in stanza]
    taken: set[int] = set()
    for edits in (
        _affiliations(text, lines),
        _bylines(text, lines, context),
        _unwrapped(text, every, context),
    ):
        kept = [edit for edit in edits if edit.start not in taken]
        taken |= {edit.start for edit in kept}
        yield from kept


def _unwrapped(text: str, every: list[list[Line]], context: Context) -> Iterator[Edit]:
    """Join the full lines of wrapped stanzas."""
    groups = [stanza for stanza in every if len(stanza) > 1]
    wrapped = [stanza for stanza in groups if _uniform(stanza) and _chinese(text, stanza)]
    if not wrapped:
        return
    gains = run_on(text, wrapped)
    kept = [
        stanza
        for stanza, gain in zip(wrapped, gains, strict=True)
        if gain > (SURELY if _ended(text, stanza) else RUNS_ON)
    ]
    if not kept:
        return
    measures = [_measure(stanza) for stanza in kept]
    usual = float(np.median(measures))
    mostly = sum(map(len, kept)) >= MOSTLY * sum(map(len, wrapped))
    least = {True: RUNS_ON, False: -ANY if mostly else 0.0}
    kept += [
        stanza
        for stanza, gain in zip(wrapped, gains, strict=True)
        if gain > least[_ended(text, stanza)]
        and any(abs(_measure(stanza) - other) <= ALIKE for other in measures)
    ]
    lines = [line for stanza in every for line in stanza]
    known = Known(text, every, _signed(text, lines, context))
    chosen = {id(stanza) for stanza in kept}
    tried = {id(stanza) for stanza in wrapped}
    for stanza in groups:
        if id(stanza) in chosen:
            yield from _joined(text, stanza, _measure(stanza), context, known)
        elif (
            id(stanza) not in tried
            and max(line.width for line in stanza) <= WIDER * usual
            and _chinese(text, stanza)
        ):
            yield from _joined(text, stanza, usual, context, known)


def _affiliations(text: str, lines: list[Line]) -> Iterator[Edit]:
    """Affiliations that go on over several lines become one, their brackets round ones."""
    if AUTHOR not in text:
        return
    for index, line in enumerate(lines):
        found = OPENED.search(text, line.start, line.end)
        if not found:
            continue
        rest = lines[index + 1 : index + MOST]
        last = _closing(text, found.end(), line, rest)
        if last is None:
            continue
        for mark, at in (("（", found.start()), ("）", last.end - 1)):
            if text[at] != mark:
                yield Edit(at, at + 1, mark, AFFILIATION, 0.95)
        for left, right in pairwise([line, *rest]):
            if left is last:
                break
            yield Edit(left.end, right.start, "", AFFILIATION, 0.95)


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


def _bylines(text: str, lines: list[Line], context: Context) -> Iterator[Edit]:
    """Author lines that follow one another become one, the names parted by a blank."""

    @cache
    def name(index: int) -> bool:
        line = lines[index]
        if line.width > NAMES or text[line.end - 1] in MARKS:
            return False
        match = context.rules.line_role(text[line.start : line.end], place=BELOW_TITLE)
        return match is not None and match.role == "byline"

    narrow = [line.width <= NAMES for line in lines]
    for index, both in enumerate(pairwise(narrow[1:]), 1):
        if not all(both):
            continue
        title, line, following = lines[index - 1 : index + 2]
        if title.width > TITLE:
            continue
        if text[title.end - 1] in MARKS or not (name(index) and name(index + 1)):
            continue
        listed = index + 3 < len(lines) and name(index + 2) and name(index + 3)
        if not listed and not name(index - 1):
            yield Edit(line.end, following.start, " ", "layout.bylines", 0.9)


def stanzas(text: str) -> list[list[Line]]:
    """Runs of lines without a blank line between them."""
    groups: list[list[Line]] = []
    below = -1  # where a line would start that stands right below the last one
    at = 0
    for line, width in zip(text.split("\n"), _widths(text), strict=True):
        content = line.strip()
        if content:
            if at != below:
                groups.append([])
            start = at
            indented = False
            if len(content) != len(line):
                start += len(line) - len(line.lstrip())
                width = _width(content)
                indented = bool(INDENT.match(line))
            groups[-1].append(Line(start, start + len(content), width, indented))
            below = at + len(line) + 1
        at += len(line) + 1
    return groups


def run_on(text: str, groups: Iterable[list[Line]]) -> list[float]:
    """For each stanza, how much better its lines read on than as paragraphs, in bits a line."""
    places = [_junctions(stanza) for stanza in groups]
    every = [place for one in places for place in one]
    if not every:
        return [0.0 for _ in places]
    from jiaokan.language import fold, load
    from jiaokan.language.junctions import begun, heads_at, tails_at

    model, codes = load(), fold(points(text))
    ends, starts, stops = np.array(every, np.intp).T
    tails = tails_at(codes, ends, model.order - 1)
    heads = heads_at(codes, starts, stops)
    bits = np.clip(model.pairs(tails, heads) - begun(model, heads), -8, 8)
    gains: list[float] = []
    at = 0
    for one in places:
        gains.append(float(np.mean(bits[at : at + len(one)])) if one else 0.0)
        at += len(one)
    return gains


def _junctions(stanza: list[Line]) -> list[tuple[int, int, int]]:
    """Where full lines end, and where those that are not indented start and end behind them."""
    least = FULL * _measure(stanza)
    return [
        (left.end, right.start, right.end)
        for left, right in pairwise(stanza)
        if left.width >= least and not right.indented
    ]


@dataclass(frozen=True)
class Known:
    """What the page's lines say of one another."""

    text: str
    every: list[list[Line]]
    signed: dict[int, bool]
    """Starts of lines that an author's line follows: titles, if it follows without a blank line
    (True) or they are short."""

    @cached_property
    def gaps(self) -> Mixed:
        """Lines of several columns."""
        return mixed(self.text)

    @cached_property
    def labels(self) -> frozenset[str]:
        """What opens several lines, as speakers do."""
        return _labels(self.text, self.every)


def _joined(
    text: str, stanza: list[Line], measure: float, context: Context, known: Known
) -> Iterator[Edit]:
    place = context.rules.line_role
    for at, (left, right) in enumerate(pairwise(stanza)):
        if left.width < FULL * measure or right.indented:
            continue
        if known.gaps.at(left.start) or known.gaps.at(right.start):
            continue
        if apart(text, left.start, left.end, right.start, right.end):
            continue
        if _is_title(right, measure, known) or _stands_alone(text, stanza, at + 1, measure):
            continue
        ended = text[left.end - 1] in "。！？”"
        if ended and (_heads(text, right, measure) or _speaks(text, right, known)):
            continue
        below = BELOW_TITLE if left is stanza[0] and text[left.end - 1] not in MARKS else None
        if place(text[left.start : left.end]) or place(text[right.start : right.end], place=below):
            continue
        words = WORD.match(text[left.end - 1]) and WORD.match(text[right.start])
        yield Edit(left.end, right.start, " " if words else "", RULE, 0.95)


def _is_title(line: Line, measure: float, known: Known) -> bool:
    tight = known.signed.get(line.start)
    return tight is not None and (tight or line.width < FULL * measure)


def _stands_alone(text: str, stanza: list[Line], at: int, measure: float) -> bool:
    """Whether a line is short in the midst of a stanza and ends no sentence, as headings do."""
    if at + 1 == len(stanza) or not SHORTEST <= stanza[at].width < FULL * measure:
        return False
    if at == 1 and stanza[at + 1].indented:
        return False  # a title's second line
    return text[stanza[at].end - 1] not in CLOSED and not text[stanza[at + 1].start].isascii()


def _signed(text: str, lines: list[Line], context: Context) -> dict[int, bool]:
    """Lines without a mark at their end that an author's line follows; whether right below."""
    signed: dict[int, bool] = {}
    for line, below in pairwise(lines):
        if below.width > NAMES or line.width > TITLE or text[line.end - 1] in CLOSED:
            continue
        match = context.rules.line_role(text[below.start : below.end], place=BELOW_TITLE)
        if match is not None and match.role == "byline":
            signed[line.start] = text.count("\n", line.end, below.start) == 1
    return signed


def _labels(text: str, every: list[list[Line]]) -> frozenset[str]:
    """What opens several lines, as speakers do."""
    found = (SPEAKER.match(text, line.start) for stanza in every for line in stanza)
    counts = Counter(match[1] for match in found if match)
    return frozenset(label for label, count in counts.items() if count > 1)


def _speaks(text: str, line: Line, known: Known) -> bool:
    """Whether a line opens with a speaker: a label of up to three characters, or a repeated one."""
    match = SPEAKER.match(text, line.start)
    return match is not None and (len(match[1]) <= BRIEF or match[1] in known.labels)


def _heads(text: str, line: Line, measure: float) -> bool:
    """Whether a line behind a sentence's end is a heading by its shape."""
    return line.width < SHORT * measure and text[line.end - 1] not in MARKS


def _chinese(text: str, stanza: list[Line]) -> bool:
    """Whether the lines are Chinese prose, not code or another language."""
    letters = text[stanza[0].start : stanza[-1].end]
    other = len(HAN.sub("", letters))
    return len(letters) - other >= CHINESE * len("".join(letters.split()))


def _uniform(stanza: list[Line]) -> bool:
    """Whether the lines but the last have the width of one column."""
    measure = _measure(stanza)
    if len(stanza) < 3 or not NARROWEST <= measure <= WIDEST:
        return False
    full = [line for line in stanza[:-1] if FULL * measure <= line.width <= 1.2 * measure]
    return len(full) >= 0.6 * (len(stanza) - 1)


def _ended(text: str, stanza: list[Line]) -> bool:
    """Whether most lines end in a mark, as verse and lists do and wrapped lines do not."""
    marks = sum(text[line.end - 1] in MARKS for line in stanza[:-1])
    return marks >= ENDED * (len(stanza) - 1)


def _measure(stanza: list[Line]) -> float:
    """The column's width: that of a line wider than most of the stanza's."""
    widths = sorted(line.width for line in stanza[:-1])
    index, part = divmod(3 * (len(widths) - 1), 4)
    return widths[index] + part / 4 * (widths[min(index + 1, len(widths) - 1)] - widths[index])


def _widths(text: str) -> list[float]:
    """The width of each line, the spaces around it included."""
    codes = points(text)
    ends = np.append((codes == 10).nonzero()[0], codes.size)
    starts = np.append(0, ends[:-1] + 1)
    narrow = np.append(0, np.cumsum((codes >= 0x20) & (codes <= 0x7E)))
    widths: list[float] = (ends - starts - (narrow[ends] - narrow[starts]) / 2).tolist()
    return widths


def _width(content: str) -> float:
    return len(content) - len(NARROW.findall(content)) / 2
