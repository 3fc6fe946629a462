"""Features of the short lines of a page, by which headings are labelled: place, wording, how they
read on.

The features are weighted as learned from generated pages (`bench/fit/titles.py`).
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from jiaokan.lazy_regex import lazy
from jiaokan.stitch.blocks import WIDEST_TITLE, Block, closed, is_text, short
from jiaokan.stitch.headings.common_words import CommonWords
from jiaokan.stitch.headings.poems import signed_verse
from jiaokan.stitch.headings.reader import HIGH, LOW, Reader
from jiaokan.stitch.seams.open_marks import NUMBERED, speaker, speakers

HAN = lazy(r"[\u3400-\u9fff]+")
OPEN_MARKS = "，、：；"
"""What a line ends with that goes on."""
LENGTHS = (2, 3, 4, 6, 9, 13, 18, 24)
"""Where classes of length end, in characters."""
VOUCHED = ("byline", "kicker", "title")
"""Roles that a rule gives a line by its own wording."""
ASKED = ("问：", "答：", "問：")
"""What a question and its answer open with, if they are the only ones on the page."""
PACKED = 3
"""Lines without a blank one between them that make verse, a list or a table."""

PLACES = ("nothing", "furniture", "an affiliation", "open text", "closed text", "a short line")
"""What may stand above or below a line."""
FEATURES = (
    "any line",
    "a rule says byline by its label",
    "a rule says byline by its names",
    "a rule says byline by its blank",
    "a rule says kicker",
    "a rule says title",
    "first of the run",
    "last of the run",
    *(f"at most {most} characters" for most in LENGTHS),
    "blank line above",
    "blank line below",
    *(f"{place} above" for place in PLACES),
    *(f"{place} below" for place in PLACES),
    "how the text below opens",
    "how the text below the run opens",
    "the texts above and below the run share words",
    "they share words that are rare on the page",
    "a run of one line",
    "other runs of the page have a rule's byline",
    "other runs of the page have none",
    "other runs have a byline and this one has none",
    "the texts share words and that above is closed",
    "a rule's byline in the run below",
    "a rule's kicker in the run above",
    "runs on from the line above",
    "on to the line below",
    "from the best open text above",
    "surely from open text above",
    "on to the best text below",
    "surely on to text below",
    "from the best open line above",
    "on to the best line below",
    "opens",
    "ends",
    "numbered",
    "ends in ？ or ！",
    "ends in another mark",
    "ends open",
    "comma inside",
    "blank inside",
    "colon inside",
    "quotation or book inside",
    "begins with a quotation",
    "digits or letters",
    "Chinese characters alone",
    "three or four characters alone above text",
    "three packed lines",
    "longer than the line above",
    "longer than the line below",
    "closes a quotation begun above",
)
EDGES = ("any", "blank line between", "runs on", "runs on over a blank line")
"""Features of two neighbouring lines of a run."""


class Page(NamedTuple):
    """What the lines of a page have in common."""

    found: Sequence[Block]
    runs: tuple[tuple[int, int], ...]
    """Neighbouring blocks that could be headings, as (start, stop)."""
    speakers: frozenset[str]
    """Labels before a colon that open several blocks, as 问 and 答 do in an interview."""
    signed: int
    """Runs with a byline by a rule."""
    bare: int
    """Runs without one."""
    words: CommonWords
    """Of the texts, by their starts."""
    poems: frozenset[int]
    """The starts of lines of verse below an author."""
    loose: bool
    """Whether blank lines part most of its texts."""


def survey(found: Sequence[Block]) -> Page:
    """The page as its lines are to be seen on it."""
    every = runs(found)
    texts = [block for block in found if is_text(block)]
    signed = sum(any(b.role == "byline" for b in found[start:stop]) for start, stop in every)
    return Page(
        found,
        tuple(every),
        frozenset(speakers([block.text for block in found if block.role != "byline"])) - {""},
        signed,
        len(every) - signed,
        CommonWords({block.start: block.text for block in texts}),
        signed_verse(found),
        2 * sum(block.blanks > 0 for block in texts) > len(texts),
    )


def runs(found: Sequence[Block]) -> list[tuple[int, int]]:
    """Runs of neighbouring blocks that could be headings, as (start, stop)."""
    result: list[tuple[int, int]] = []
    for index, block in enumerate(found):
        if may_head(block):
            if result and result[-1][1] == index:
                result[-1] = (result[-1][0], index + 1)
            else:
                result.append((index, index + 1))
    return result


def line_features(page: Page, start: int, stop: int, reader: Reader) -> NDArray[np.float32]:
    """What each line of the run found[start:stop] shows; shape (lines, FEATURES)."""
    found = page.found
    after = found[stop] if stop < len(found) else None
    after = after if after is not None and after.role == "body" else None
    packed = packed_lines(found, start, stop, PACKED)
    whole = [_opens(after, reader), *_whole(page, start, stop)]
    rows = []
    for at in range(start, stop):
        block = found[at]
        above = found[at - 1] if at else None
        below = found[at + 1] if at + 1 < len(found) else None
        bare = len(block.text)
        rows.append(
            [
                1,
                *_rule(block),
                at == start,
                at == stop - 1,
                *(bare <= most for most in LENGTHS),
                block.blanks > 0,
                below is not None and below.blanks > 0,
                *_place(above),
                *_place(below),
                _opens(below, reader),
                *whole,
                any(b.role == "byline" for b in found[at + 1 : stop]),
                any(b.role == "kicker" for b in found[start:at]),
                *_reading(block, above, below, reader),
                *_wording(block),
                3 <= bare <= 4 and bool(HAN.fullmatch(block.text)) and at == stop - 1,
                at in packed,
                above is not None and bare > len(above.text),
                below is not None and bare > len(below.text),
                unopened(block),
            ]
        )
    return np.array(rows, np.float32)


def _whole(page: Page, start: int, stop: int) -> list[float | bool]:
    """What the whole run shows."""
    found = page.found
    signed = any(block.role == "byline" for block in found[start:stop])
    others = min(page.signed - signed, 6) / 3
    bare = min(page.bare - (not signed), 6) / 3
    kin, rare = _kin(page, start, stop)
    apart = start > 0 and found[start - 1].role == "body" and closed(found[start - 1].text)
    return [kin, rare, stop - start == 1, others, bare, 0.0 if signed else others, kin * apart]


def _kin(page: Page, start: int, stop: int) -> tuple[float, float]:
    """Share of their words, and of rare ones, that the texts above and below have in common."""
    found = page.found
    above = next((at for at in range(start - 1, -1, -1) if is_text(found[at])), None)
    below = next((at for at in range(stop, len(found)) if is_text(found[at])), None)
    if above is None or below is None:
        return 0.0, 0.0
    return page.words.kin(found[above].start, found[below].start)


def edge_features(
    found: Sequence[Block], start: int, stop: int, reader: Reader
) -> NDArray[np.float32]:
    """What stands between the neighbours of the run; shape (lines - 1, EDGES)."""
    rows = []
    for at in range(start + 1, stop):
        blank = found[at].blanks > 0
        bits = _clipped(reader.runs_on(found[at - 1], found[at]))
        rows.append([1, blank, bits, bits * blank])
    return np.array(rows, np.float32).reshape(-1, len(EDGES))


def _rule(block: Block) -> list[bool]:
    byline = block.role == "byline"
    padded = byline and block.rule.endswith("byline-padded")
    named = byline and block.rule.endswith("byline-name")
    return [
        byline and not padded and not named,
        named,
        padded,
        block.role == "kicker",
        block.role == "title",
    ]


def _place(block: Block | None) -> list[bool]:
    """Which of PLACES the neighbour is."""
    if block is None:
        return [place == "nothing" for place in PLACES]
    if block.role in ("furniture", "affiliation"):
        return [place.endswith(block.role) for place in PLACES]
    if block.role in VOUCHED or short(block):
        return [place == "a short line" for place in PLACES]
    kind = "closed text" if closed(block.text) else "open text"
    return [place == kind for place in PLACES]


def _opens(block: Block | None, reader: Reader) -> float:
    """How well the text begins a paragraph."""
    if block is None or block.role == "furniture":
        return 0.0
    return min(max(float(reader.opens[reader.row(block)]), -6.0), 8.0) / 4


def _reading(
    block: Block, above: Block | None, below: Block | None, reader: Reader
) -> list[float | bool]:
    row = reader.row(block)
    comes, goes = float(reader.comes_text[row]), float(reader.goes_text[row])
    return [
        _clipped(reader.runs_on(above, block)),
        _clipped(reader.runs_on(block, below)),
        _clipped(comes),
        comes > 6,
        _clipped(goes),
        goes > 6,
        _clipped(float(reader.comes[row])),
        _clipped(float(reader.goes[row])),
        _opens(block, reader),
        max(float(reader.ends[row]), -12.0) / 4,
    ]


def _wording(block: Block) -> list[bool]:
    text = block.text
    return [
        numbered(block),
        text[-1] in "？！?!",
        text[-1] in "”’」』）)》…",
        text[-1] in OPEN_MARKS,
        "，" in text[:-1] or "," in text[:-1],
        " " in text or "\u3000" in text,
        "：" in text[:-1],
        any(mark in text for mark in "“”《》「」"),
        text[0] in "“「『‘",
        any(char.isascii() and char.isalnum() for char in text),
        bool(HAN.fullmatch(text)),
    ]


def _clipped(bits: float) -> float:
    return min(max(bits, LOW), HIGH) / 5


def packed_lines(found: Sequence[Block], start: int, stop: int, most: int) -> set[int]:
    """Lines of verse, lists and tables: `most` and more without a blank line between them."""
    packed: set[int] = set()
    group: list[int] = []
    for at in range(start, stop):
        if found[at].blanks > 0:
            group = []
        group.append(at)
        if len(group) >= most and all(found[one].role == "body" for one in group):
            packed |= set(group)
    return packed


def spoken(block: Block, labels: frozenset[str]) -> bool:
    """Whether a line is speech: it opens with a speaker, or with 问 or 答."""
    return speaker(block.text) in labels or block.text[:2] in ASKED


def numbered(block: Block) -> bool:
    """Whether the line has a number before it, as sub-headings have.

    >>> numbered(Block(0, 7, "2、先查清事实", 1)), numbered(Block(0, 8, "1.2万户用上新水", 1))
    (True, False)
    """
    match = NUMBERED.match(block.text)
    return match is not None and not block.text[match.end() : match.end() + 1].isdigit()


def unopened(block: Block) -> bool:
    """Whether the line closes a quotation that was begun above."""
    return block.text.count("”") > block.text.count("“")


def may_head(block: Block) -> bool:
    """Whether a line can be part of a heading: short, or a title's first line up to a comma.

    >>> may_head(Block(0, 6, "少一张表格，", 1)), may_head(Block(0, 6, "他没有来。", 1))
    (True, False)
    """
    if block.role in VOUCHED:
        return True
    if block.role != "body":
        return False
    text = block.text
    comma = 4 <= len(text) <= WIDEST_TITLE // 2 + 4 and text[-1] in "，、"
    return short(block) or (comma and HAN.match(text) is not None and "。" not in text)
