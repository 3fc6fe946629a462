"""Evidence for the labels of heading lines that counts beside what the chain learned.

Generated pages have no datelines, no marks of Markdown, no verse: what these say was not learned
there. All amounts are natural logarithms, and were set by hand.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from jiaokan.lazy_regex import lazy
from jiaokan.stages._headlines import in_clauses
from jiaokan.stitch.blocks import Block, breaks_off, closed, short, usual_indent
from jiaokan.stitch.headings.chain import NEVER, Scores
from jiaokan.stitch.headings.far_lines import names_author
from jiaokan.stitch.headings.features import ASKED, Page, spoken
from jiaokan.stitch.headings.labels import BYLINE, KICKER, LABELS, MORE, SUBHEAD, TEXT, TITLE
from jiaokan.stitch.headings.markup import BOLD, title_level
from jiaokan.stitch.headings.paragraph_starts import verse
from jiaokan.stitch.headings.poems import announces_poems, poem_lines
from jiaokan.stitch.headings.reader import Reader
from jiaokan.stitch.headings.short_news import short_news
from jiaokan.stitch.headings.wording import BOOK, dated, parts_named, salutes, signs_notice

DATED = 4.0
"""For a title above a dateline, a salutation, poems or a text's named parts, and below who signs a
notice."""
DOCUMENT = 1.5
"""For a title's line where a rule says by the wording that it is a notice's."""
NOTICES = ("title-padded", "title-of-notice", "title-of-short-news")
"""Rules that know a notice's name alone on its line."""
NAMED = 3.0
"""For an author's line with a label or a workplace of its own, and for a column's name that is
known."""
WORKPLACES = ("byline-unit", "byline-class", "byline-reader")
"""Rules that know an author's line by what stands before the name."""
DASHED = 2.0
"""For a title right above a subtitle."""
PARTED = 2.0
"""For a title of two clauses that a blank parts."""
SILENT, HEARD = 2.5, 3
"""For a title where an interview stands above it and none below it, and how many paragraphs below
tell."""
ANSWERS = lazy(
    "[\u3400-\u9fff]{0,6}(?:信箱|[问問]答|答[问問疑]|[热熱][线線]|[门門][诊診]|咨询[台室]?|諮詢[台室]?|知[识識]|常[识識]|[释釋]疑"
    "|解[疑惑]|[顾顧][问問]|[诊診][所室]|[课課]堂|百科|你[问問]我答|有[问問]必答"
    "|[请請]?[问問](?:[医醫]生|律[师師]|[专專]家|名[医醫]|大夫))"
)
"""What a column is called in which readers' questions are answered."""
EVEN = 1.0
"""Against a kicker, for a title on two lines, where two long lines without a blank one between them
are as good as equal in length: so a headline is broken, and a kicker is not."""
HIGHER, DEEPER = 2.0, 3.0
"""For a title where the raw page marks a line as a heading of its titles' level, and for a
sub-heading where it marks it as a deeper one."""
BOLD_LINE = 2.0
"""Against text where the raw page sets a line in bold as a whole."""
HALVES = lazy(r"[\u3400-\u9fff]{3}[ \u3000][\u3400-\u9fff]{3}")
LONG, UNEVEN = 8, 2
"""Characters of lines that can be a headline's halves, and by how many they may differ."""
HEADS = 3
"""Lines of a headline on two lines and its author's."""
TOP, TOPMOST = 2.0, 4.0
"""Against text, on the page's first line where another one and an author's stand right below it,
and where two others stand below it, the author's counted."""
TWO = 2
ALIKE, BEGUN = 3.0, 2
"""For a sub-heading, and against text, where lines that stand alone begin with the same characters,
and how many: 坚持以人为本，…, 坚持以用促保，…"""
NO_TEXT = 2.0
"""Against text, for a line that says what a whole text below it says again."""
SET_IN = 6.0
"""Against headings where the page sets its paragraphs in and a line is set in alike."""


class Shown(NamedTuple):
    """What the page shows of all its lines."""

    level: int
    """Of the marks that its titles have, 0 if none."""
    indent: int
    """By how much its paragraphs are set in, 0 if not."""
    verse: frozenset[int]
    """The starts of lines of verse."""
    parts: frozenset[int]
    """The starts of lines that name the parts of a text: 【案情】."""
    alike: frozenset[int]
    """The starts of lines between texts that begin alike."""
    news: Mapping[int, float]
    """What speaks for lines being titles of short news, by where they start."""


def shows(page: Page, reader: Reader) -> Shown:
    """The same, of a page."""
    found = page.found
    parts = frozenset(found[at].start for at in parts_named(found))
    poems = verse(found) | poem_lines(found) | page.poems
    news = short_news(page, reader)
    return Shown(title_level(found), usual_indent(found), poems, parts, _alike(found), news)


def _alike(found: Sequence[Block]) -> frozenset[int]:
    """The lines that stand alone between whole paragraphs and begin as another one does."""
    alone: defaultdict[str, list[Block]] = defaultdict(list)
    for above, block, below in zip(found, found[1:], found[2:], strict=False):
        apart = block.role == "body" and block.blanks > 0 < below.blanks and short(block)
        texts = above.role == below.role == "body" and not short(above) and not short(below)
        if apart and texts and closed(above.text) and len(block.text) > LONG:
            alone[block.text[:BEGUN]].append(block)
    return frozenset(one.start for some in alone.values() if len(some) > 1 for one in some)


def said(page: Page, start: int, stop: int, shown: Shown) -> Scores:
    """What wording, marks and place say for each label of found[start:stop]."""
    lines = page.found[start:stop]
    told = _by_marks(lines, shown.level) + _by_place(page.found, start, stop, shown)
    signed = lines[-1].role == "byline" and len(lines) > 1
    below = page.found[stop] if stop < len(page.found) else None
    told[-1 - signed, TITLE] += DATED * (below is not None and (dated(below) or salutes(below)))
    told[-1, TITLE] += DATED * _breaks_for_rows(page, start, stop)
    if below is not None and BOOK.fullmatch(below.text):
        told[-1, TITLE] += DATED  # 新书架
    top = all(block.role == "furniture" for block in page.found[:start])
    told[0, TEXT] -= TOP * (top and signed and not lines[1].blanks)
    told[0, TEXT] -= TOPMOST * (top and len(lines) > TWO and lines[0].role == "body")
    told[0, TITLE] += SILENT * _ends_interview(page, start, stop)
    if lines[0].start in shown.news:
        told[0, TEXT] -= NO_TEXT
        told[0, TITLE] += shown.news[lines[0].start]
    for row, block in enumerate(lines):
        told[row, TITLE] += DATED * signs_notice(page.found, start + row - 1)
        told[row, TITLE] += DATED * any(map(dated, lines[row + 1 : row + 2]))
        told[row, TITLE] += DATED * _answers_readers(page, start + row)
        if block.start in shown.alike:
            told[row, [TEXT, SUBHEAD]] += -ALIKE, ALIKE
        if block.role == "title":
            told[row, [TITLE, MORE]] += DATED if block.rule in NOTICES else DOCUMENT
        elif announces_poems(block):
            told[row, TITLE] += DATED
        elif block.role == "body" and (in_clauses(block.text) or _halves(lines, row)):
            told[row, TITLE] += PARTED
            told[row, KICKER] -= PARTED * (row > 0 and _halves(lines, row))  # it has one above
        if len(lines) <= HEADS and row + 1 < len(lines) and _even(block, lines[row + 1]):
            told[row, [KICKER, TITLE]] += -EVEN, EVEN
            told[row + 1, MORE] += EVEN
    told[:, BYLINE] += [NAMED * _places_author(block) for block in lines]
    told[:, KICKER] += [NAMED * (block.role == "kicker") for block in lines]
    return told


def _breaks_for_rows(page: Page, start: int, stop: int) -> bool:
    """Whether found[start:stop] stands above the rows of a list or a table, and apart from text
    that breaks off above it: what heads a part of an article stands below whole paragraphs."""
    found = page.found
    if not 0 < start < stop < len(found) or not found[start].blanks:
        return False
    above, below = found[start - 1], found[stop]
    row = below.role == "signature" and below.rule == "layout.body"
    return row and breaks_off(above)


def _answers_readers(page: Page, at: int) -> bool:
    """Whether a line is the name of a column in which questions are answered, right above one, and
    nobody asks above it."""
    if at + 1 >= len(page.found) or not page.found[at + 1].text.startswith(ASKED):
        return False
    above = page.found[max(at - 2, 0) : at]
    silent = not any(spoken(block, page.speakers) for block in above)
    return silent and ANSWERS.fullmatch(page.found[at].text) is not None


def _ends_interview(page: Page, start: int, stop: int) -> bool:
    """Whether speakers speak above found[start:stop], and nobody below."""
    above = [block for block in page.found[max(start - 2, 0) : start] if block.role == "body"]
    below = [block for block in page.found[stop : stop + HEARD + 2] if block.role == "body"][:HEARD]
    silent = len(below) == HEARD and not any(spoken(block, page.speakers) for block in below)
    return silent and any(spoken(block, page.speakers) for block in above)


def _halves(lines: Sequence[Block], row: int) -> bool:
    """Whether a line is two halves of a slogan, 抢开局 赶进度, and no names: a headline's next line
    and a labelled author's stand right below."""
    below = lines[row + 1 : row + 3]
    tight = len(below) == 2 and names_author(below[1]) and not any(one.blanks for one in below)
    return tight and HALVES.fullmatch(lines[row].text) is not None


def _even(above: Block, below: Block) -> bool:
    lengths = len(above.text), len(below.text)
    tight = above.blanks > 0 == below.blanks and above.role == below.role == "body"
    return tight and min(lengths) >= LONG and abs(lengths[0] - lengths[1]) <= UNEVEN


def _places_author(block: Block) -> bool:
    """Whether a line names an author by a label, or by where he works or goes to school."""
    return names_author(block) or (block.role == "byline" and block.rule in WORKPLACES)


def _by_marks(lines: Sequence[Block], level: int) -> Scores:
    """What the marks of the raw page say for each label of each line; `level`: of titles."""
    told = np.zeros((len(lines), len(LABELS)))
    for row, block in enumerate(lines):
        if block.mark == BOLD:
            told[row, TEXT] -= BOLD_LINE
        elif block.mark:
            told[row, [TEXT, BYLINE]] = NEVER
            told[row, TITLE] += HIGHER * (block.mark <= level)
            if block.mark > level:
                told[row, [SUBHEAD, TITLE]] += DEEPER, -DEEPER
        if block.mark and not (row and lines[row - 1].mark == block.mark):
            told[row, MORE] -= DEEPER  # a title's lines are marked alike
    return told


def _by_place(found: Sequence[Block], start: int, stop: int, shown: Shown) -> Scores:
    """What the way the lines stand says against headings."""
    told = np.zeros((stop - start, len(LABELS)))
    signed = False
    for row, block in enumerate(found[start:stop]):
        below = found[start + row + 1] if start + row + 1 < len(found) else None
        if block.start in shown.parts:
            told[row, [TEXT, *range(KICKER, len(LABELS))]] = NEVER
        elif below is not None and below.start in shown.parts:
            told[row, TITLE] += DATED
        if block.start in shown.verse or (
            signed and below is not None and below.start in shown.verse
        ):
            told[row, KICKER:] = NEVER  # verse, or what stands above one poem of several
        above_author = any(map(_places_author, found[start + row + 1 : stop]))
        if block.role != "byline" and (
            above_author or (row and found[start + row - 1].role == "byline")
        ):
            told[row, BYLINE] -= NAMED  # whoever else wrote it would be named as he is
        if (
            shown.indent
            and block.indent == shown.indent
            and block.role == "body"
            and not block.mark
        ):
            told[row, KICKER:] -= SET_IN
        signed |= block.role == "byline"
    return told
