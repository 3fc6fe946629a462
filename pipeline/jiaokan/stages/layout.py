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

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from jiaokan.columns.mixed_lines import Mixed, mixed
from jiaokan.edit import Edit
from jiaokan.lazy_regex import lazy
from jiaokan.stages.context import Context
from jiaokan.stages.separate_lines import apart
from jiaokan.stages.split_bylines import BELOW_TITLE, NAMES, TITLE, affiliations, bylines
from jiaokan.stages.stanzas import (
    FULL,
    MARKS,
    Line,
    chinese,
    ended,
    measure_of,
    run_on,
    stanzas,
    uniform,
    without_poems,
)

RULE = "layout.unwrap"
RUNS_ON = 1.0
"""Bits a line by which a stanza must read on to be wrapped."""
SURELY = 3.0
"""The same where most of its lines end in a mark, as verse and lists do."""
ALIKE = 1.0
"""Full-width characters by which a stanza's width may differ from that of a surely wrapped one."""
MOSTLY, ANY = 0.6, 6.0
"""Share of the lines of one width that are likely wrapped from which on a page is: then it takes so
many bits a line against it to leave a stanza of that width."""
EXACT = 0.5
"""The same of lines that fill the column: verse does so by chance alone."""
INDENT = 2.0
"""By how much a paragraph is set in, which its line's width leaves out."""
SHORT = 0.6
"""Share of the width below which a line can be a heading."""
WIDER = 1.15
"""Share of the page's usual width that a line of another stanza may have."""
OPENS = "（《“「『【"
"""What no line of text ends with but one that was wrapped there."""
CLOSED = MARKS + "）)》〉%％”’"
SPEAKER = lazy(r"([^\s，。！？：；“”]{1,8})：")
"""What opens a line of an interview: 问：, 记者：."""
FILLED, LINES = 0.9, 5
"""Share of a column's full lines, and how many of them, that have one width to the character."""
SENTENCE = "。！？"
SPOKEN = ("。”", "！”", "？”", "……")
NEVER_LAST = "（(《“‘「『【〈〔—…"
NEVER_FIRST = "，。、；：？！）》〉」』】”’…—"
SHORTEST = 2.0
"""Width of the shortest line that can be a heading."""
BRIEF = 3
"""Characters of a label that is a speaker's although it stands once."""
DASH = lazy("——|--|—|－")
WORD = lazy(r"[A-Za-z]")


def run(text: str, context: Context) -> Iterator[Edit]:
    """Join the full lines of wrapped stanzas."""
    every = stanzas(text)
    lines = [line for stanza in every for line in stanza]
    taken: set[int] = set()
    for edits in (
        affiliations(text, lines),
        bylines(text, lines, context),
        _unwrapped(text, without_poems(text, every), context),
    ):
        kept = [edit for edit in edits if edit.start not in taken]
        taken |= {edit.start for edit in kept}
        yield from kept


def _unwrapped(text: str, every: list[list[Line]], context: Context) -> Iterator[Edit]:
    """Join the full lines of wrapped stanzas."""
    groups = [stanza for stanza in every if len(stanza) > 1]
    wrapped = [stanza for stanza in groups if uniform(stanza) and chinese(text, stanza)]
    if not wrapped:
        return
    gains = run_on(text, wrapped)
    kept = [
        stanza
        for stanza, gain in zip(wrapped, gains, strict=True)
        if gain > (SURELY if ended(text, stanza) else RUNS_ON)
    ]
    if not kept:
        return
    measures = [measure_of(stanza) for stanza in kept]
    usual = float(np.median(measures))
    alike = [
        any(abs(measure_of(stanza) - other) <= ALIKE for other in measures) for stanza in wrapped
    ]
    likely = [
        stanza
        for stanza, gain, same in zip(wrapped, gains, alike, strict=True)
        if gain > (RUNS_ON if ended(text, stanza) else 0.0) and same
    ]
    mostly = sum(map(len, likely)) >= MOSTLY * sum(map(len, wrapped))
    least = {True: RUNS_ON, False: -ANY if mostly else 0.0}
    kept += [
        stanza
        for stanza, gain, same in zip(wrapped, gains, alike, strict=True)
        if same
        and (
            gain > least[ended(text, stanza) and not _fills(text, stanza, usual)]
            or (mostly and _set_in(stanza, usual))
        )
    ]
    lines = [line for stanza in every for line in stanza]
    known = Known(text, every, _signed(text, lines, context))
    chosen = {id(stanza) for stanza in kept}
    tried = {id(stanza) for stanza in wrapped}
    for stanza in groups:
        if id(stanza) in chosen:
            yield from _joined(text, stanza, measure_of(stanza), context, known)
        elif (
            id(stanza) not in tried
            and max(line.width for line in stanza) <= WIDER * usual
            and chinese(text, stanza)
        ):
            yield from _joined(text, stanza, usual, context, known)


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
    filled = _filled(text, stanza)
    for at, (left, right) in enumerate(pairwise(stanza)):
        if text[left.end - 1] in OPENS and not right.indented:
            yield Edit(left.end, right.start, "", RULE, 0.95)
            continue
        if left.width < FULL * measure or right.indented:
            continue
        inside = at > 0 and text[stanza[at - 1].end - 1] not in CLOSED
        if filled and inside and _ends_paragraph(text, left, right, filled):
            continue  # a paragraph's first line may have lost its indent
        if known.gaps.at(left.start) or known.gaps.at(right.start):
            continue
        if apart(text, left.start, left.end, right.start, right.end):
            continue
        if _is_title(right, measure, known) or _stands_alone(text, stanza, at + 1, measure):
            continue
        stops = text[left.end - 1] in "。！？”"
        open_end = right is stanza[-1] and "，" in text[right.start : right.end]
        heads = not open_end and _heads(text, right, measure)
        if stops and (heads or _speaks(text, right, known)):
            continue
        if _is_subtitle(stanza, at + 1, text, context):
            continue
        heading = left is stanza[0] or _is_subtitle(stanza, at, text, context)
        below = BELOW_TITLE if heading and text[left.end - 1] not in MARKS else None
        if place(text[left.start : left.end]) or place(text[right.start : right.end], place=below):
            continue
        words = WORD.match(text[left.end - 1]) and WORD.match(text[right.start])
        yield Edit(left.end, right.start, " " if words else "", RULE, 0.95)


def _filled(text: str, stanza: list[Line]) -> float:
    """The width that all but a few of the column's lines fill to the character; 0 if none."""
    widths = Counter(line.width for line in stanza[:-1])
    width, _ = widths.most_common(1)[0]
    full = [line for line in stanza[:-1] if line.width >= FULL * width]
    exact = sum(
        abs(line.width - width) <= EXACT
        or (line.width <= width + 1 and text[line.end - 1] in MARKS)  # it hangs over the edge
        or (text[line.end - 1] in SENTENCE and line.width < width)  # a paragraph's last, perhaps
        for line in full
    )
    least = max(LINES, FILLED * len(full))
    return width if exact >= least and widths[width] >= len(full) / 2 else 0.0


def _ends_paragraph(text: str, left: Line, right: Line, width: float) -> bool:
    """Whether a sentence ends a line that one more character would have filled: a printed line is
    left so where a paragraph ends, or where a mark must not begin the next one."""
    ends = text[left.end - 1] in SENTENCE or text[left.end - 2 : left.end] in SPOKEN
    first = text[right.start : right.start + 1]
    pushed = text[right.start + 1 : right.start + 2] in NEVER_FIRST
    pushed |= first in NEVER_LAST or (first.isascii() and first.isalnum())  # it needs more room
    return ends and left.width < width - EXACT and not pushed


def _fills(text: str, stanza: list[Line], measure: float) -> bool:
    """Whether all lines but the last have the column's very width, and some end in no mark."""
    full = all(
        abs(line.width - measure - hang) <= EXACT
        for line in stanza[:-1]
        for hang in [text[line.end - 1] in MARKS and line.width > measure + EXACT]
    )  # a mark may hang over the column's edge
    return full and any(text[line.end - 1] not in MARKS for line in stanza[:-1])


def _set_in(stanza: list[Line], measure: float) -> bool:
    """Whether a stanza's first line is set in and no other one, and all but the last fill the
    column: so a paragraph stands, whatever its lines end in."""
    first, *others = stanza[:-1]
    full = all(abs(line.width - measure) <= ALIKE for line in others)
    full &= -ALIKE <= measure - first.width <= INDENT + ALIKE
    return full and first.indented and not any(line.indented for line in stanza[1:])


def _is_title(line: Line, measure: float, known: Known) -> bool:
    tight = known.signed.get(line.start)
    return tight is not None and (tight or line.width < FULL * measure)


def _is_subtitle(stanza: list[Line], at: int, text: str, context: Context) -> bool:
    """Whether a stanza's second line opens with a dash, and an author's line or nothing follows."""
    if at != 1 or not DASH.match(text, stanza[1].start) or text[stanza[1].end - 1] in CLOSED:
        return False
    if len(stanza) == 2:
        return stanza[0].width <= TITLE and text[stanza[0].end - 1] not in CLOSED
    below = text[stanza[2].start : stanza[2].end]
    match = context.rules.line_role(below, place=BELOW_TITLE) if stanza[2].width <= NAMES else None
    return match is not None and match.role == "byline"


def _stands_alone(text: str, stanza: list[Line], at: int, measure: float) -> bool:
    """Whether a line is short in the midst of a stanza and ends no sentence, as headings do."""
    if at + 1 == len(stanza) or not SHORTEST <= stanza[at].width < FULL * measure:
        return False
    if at == 1 and stanza[at + 1].indented:
        return False  # a title's second line
    return text[stanza[at].end - 1] not in CLOSED and not text[stanza[at + 1].start].isascii()


def _signed(text: str, lines: list[Line], context: Context) -> dict[int, bool]:
    """Lines that an author's line follows, and no mark ends but a title's; whether right below."""
    signed: dict[int, bool] = {}
    for line, below, behind in zip(lines, lines[1:], (*lines[2:], None), strict=False):
        if below.width > NAMES or line.width > TITLE:
            continue
        if text[line.end - 1] in CLOSED and not _asks(text, line, behind):
            continue
        match = context.rules.line_role(text[below.start : below.end], place=BELOW_TITLE)
        if match is not None and match.role == "byline":
            signed[line.start] = text.count("\n", line.end, below.start) == 1
    return signed


def _asks(text: str, line: Line, behind: Line | None) -> bool:
    """Whether a line ends in ？ or ！, and text that is as wide stands right below the next line:
    so a title does, above its author's line and a column."""
    if behind is None or text[line.end - 1] not in "？！?!":
        return False
    return behind.width >= line.width and text.count("\n", line.end, behind.start) == 2


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
