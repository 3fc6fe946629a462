"""What each short line of a page shows of itself: its place, its wording, how it reads on.

The features are weighted as learned from generated pages (`bench/fit/titles.py`).
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import NDArray

from jiaokan.language.junctions import Codes
from jiaokan.language.model import Model
from jiaokan.language.walked import Heads, Walked
from jiaokan.stitch.blocks import WIDEST_TITLE, Block, closed, short
from jiaokan.stitch.marks import NUMBERED, speaker, speakers

HAN = re.compile(r"[\u3400-\u9fff]+")
OPEN_MARKS = "，、：；"
"""What a line ends with that goes on."""
LENGTHS = (2, 3, 4, 6, 9, 13, 18, 24)
"""Where classes of length end, in characters."""
VOUCHED = ("byline", "kicker", "title")
"""Roles that a rule gives a line by its own wording."""
LOW, HIGH = -10.0, 15.0
"""Bits between which differences count."""
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


class Reader:
    """What the language model says of a page's lines."""

    def __init__(self, model: Model, codes: Codes, found: Sequence[Block]) -> None:
        lines = [block for block in found if block.role != "furniture"]
        self._row = {block.start: row for row, block in enumerate(lines)}
        starts = np.array([block.start for block in lines], dtype=np.intp)
        ends = np.array([block.end for block in lines], dtype=np.intp)
        walked, heads = Walked(model, codes), Heads(starts, ends)
        begun = walked.begun(heads)
        self.opens = begun - walked.alone(heads)
        self.ends = walked.ended(ends)
        before = np.tri(len(lines), k=-1, dtype=bool).T
        self._gain = walked.joins(ends, heads, before) - begun
        text = np.array([block.role == "body" and not short(block) for block in lines], dtype=bool)
        open_ = np.array([not closed(block.text) for block in lines], dtype=bool)
        self.comes = _best(self._gain, before & open_[:, None], 0)
        self.comes_text = _best(self._gain, before & (open_ & text)[:, None], 0)
        self.goes = _best(self._gain, before & open_[:, None], 1)
        self.goes_text = _best(self._gain, before & open_[:, None] & text[None, :], 1)

    def row(self, block: Block) -> int:
        """Where the block's values stand in `opens`, `ends`, `comes` and `goes`."""
        return self._row[block.start]

    def runs_on(self, left: Block | None, right: Block | None) -> float:
        """How much better right reads behind left than as a paragraph's start, in bits."""
        if left is None or right is None or "furniture" in (left.role, right.role):
            return LOW
        return float(self._gain[self._row[left.start], self._row[right.start]])


def _best(gain: NDArray[np.float32], allowed: NDArray[np.bool_], axis: int) -> NDArray[np.float32]:
    """The best allowed gain of each row or column, LOW where there is none."""
    if not len(gain):
        return np.zeros(0, np.float32)
    best: NDArray[np.float32] = np.where(allowed, gain, np.float32(LOW)).max(axis=axis)
    return best


@dataclass(frozen=True, slots=True)
class Page:
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
    words: dict[int, frozenset[str]]
    """Of each text, by its start."""
    rarity: dict[str, float]
    """log of the texts on the page over those that have the word."""


def survey(found: Sequence[Block]) -> Page:
    """The page as its lines are to be seen on it."""
    every = runs(found)
    signed = sum(any(b.role == "byline" for b in found[start:stop]) for start, stop in every)
    words = {block.start: _pairs(block.text) for block in found if _is_text(block)}
    texts = Counter(word for pairs in words.values() for word in pairs)
    return Page(
        found,
        tuple(every),
        frozenset(speakers([block.text for block in found])) - {""},
        signed,
        len(every) - signed,
        words,
        {word: log(len(words) / count) for word, count in texts.items()},
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
    above = next((b for b in reversed(page.found[:start]) if _is_text(b)), None)
    below = next((b for b in page.found[stop:] if _is_text(b)), None)
    if above is None or below is None:
        return 0.0, 0.0
    one, other = page.words[above.start], page.words[below.start]
    both = one & other
    rare, *sums = (sum(page.rarity[word] for word in words) for words in (both, one, other))
    least = max(min(len(one), len(other)), 10)
    return 5 * len(both) / least, 5 * rare / max(min(sums), 10.0)


def _is_text(block: Block) -> bool:
    return block.role == "body" and not short(block)


def _pairs(text: str) -> frozenset[str]:
    """Neighbouring Chinese characters, in place of words."""
    return frozenset(part[at : at + 2] for part in HAN.findall(text) for at in range(len(part) - 1))


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
    """Whether a line is speech: it opens with a speaker."""
    return speaker(block.text) in labels


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
