"""Gaps inside a line, and the width of what stands before them.

Widths are in half-widths: 2 for a Chinese character, 1 for a Latin one.
"""

from collections.abc import Iterator
from typing import NamedTuple

from jiaokan.lazy_regex import lazy

BLANK = " \t\xa0\u2000-\u200a\u202f\u205f\u3000"
BARS = "|｜│┃¦︱丨"
LINE_END = lazy("\r\n|[\n\r\v\x85\u2028]")

INDENT = "\u3000\u3000"
RULES = "人丨"
"""Characters that engines read for the rule between two columns."""
DIRT = "”“。，、.,'`’‘·:;-"
"""Marks that an engine reads in a gutter, beside a Chinese character or two."""
SPACED = ";:,.?!)%"
"""Half-width marks behind which engines read a blank that stands for nothing."""
NEAR = 20
"""Characters in which a quotation is closed that begins a cell."""
REACH = 5 * 100
"""Width of a line behind which no gap is looked for."""

_NARROW = lazy("[\x20-\x7e\xa0\u2000-\u200a\u202f\u205f\uff61-\uffdc]")
_NOTHING = lazy("[\x00-\x08\x0e-\x1f\x7f-\x9f\u0300-\u036f\u200b-\u200f\u2060\ufe0f\ufeff]")
_GAP = lazy(f"[{BLANK}]*[{BARS}][{BLANK}]*|[{BLANK}]{{2,}}|[\t\u3000]")
_SINGLE = lazy(f"[{BLANK}](?:[^\\s{BARS}][{BLANK}])?(?=[^{BLANK}])")
_QUOTE = lazy(f'(?<=[\u3400-\u9fff，。、；])[{BLANK}]?[”“"][{BLANK}]?(?=[\u3400-\u9fff“])')
_EDGE = BARS + " \t\xa0\u3000" + "".join(map(chr, (*range(0x2000, 0x200B), 0x202F, 0x205F)))
TAB = 8


class Gap(NamedTuple):
    """What parts two cells of a line."""

    start: int
    end: int
    at: int
    """Width of what stands before it in its line."""


def width(text: str) -> int:
    """How wide a text is; a tab as wide as can be.

    >>> width("江城 2024年"), width("老 周")
    (11, 5)
    """
    narrow = len(_NARROW.findall(text)) + 2 * len(_NOTHING.findall(text))
    return 2 * len(text) - narrow + (TAB - 2) * text.count("\t")


def gaps(text: str, start: int, end: int) -> list[Gap]:
    """The plain gaps of a line, none at its ends: blanks, a tab, a bar.

    >>> [tuple(gap) for gap in gaps("老街的早市  |邻里纠纷", 0, 12)]
    [(5, 8, 10)]
    """
    start, end = content(text, start, end)
    found: list[Gap] = []
    for match in _GAP.finditer(text, start, min(end, start + REACH)):
        low, high = match.span()
        if not start < low <= high < end:
            continue
        if low - start > 2 and text[low - 1] in DIRT and text[low - 2] in BLANK:
            low -= 2
        if len(match.group()) > 3 and match.group().endswith(INDENT):
            high -= 2
        found.append(Gap(low, high, width(text[start:low])))
    return found


def content(text: str, start: int, end: int) -> tuple[int, int]:
    """A line without the blanks and bars at its ends; an indent of full-width blanks stays.

    >>> content("  | 老街的早市 |", 0, 11)
    (4, 9)
    """
    inner = text[start:end].lstrip(_EDGE)
    low = end - len(inner)
    high = low + len(inner.rstrip(_EDGE))
    return (low - 2 if text[start:low].endswith(INDENT) else low), high


def single(text: str, start: int, end: int, low: int, high: int) -> Gap | None:
    """The best gap of one blank, or of a character between two, behind text of width low to high.

    A character between blanks is what an engine makes of a gutter's dirt. It shows the gutter
    behind a shorter text, too.
    """
    best: tuple[tuple[bool, int, int], Gap] | None = None
    for gap in _singles(text, start, min(end, start + high)):
        rank = (low <= gap.at, gap.end - gap.start, gap.at)
        if rank[:2] > (False, 1) and gap.at <= high and (best is None or rank > best[0]):
            best = rank, gap
    return _with_text_kept(text, best[1]) if best else None


def singles(text: str, start: int, end: int) -> list[Gap]:
    """All gaps of one blank, of a character between two, or of a quotation mark that is none.

    A blank behind a half-width mark is no gap, nor one in the midst of single characters.

    >>> [gap.at for gap in singles("的大堤上 亩一次; 性投入", 0, 13)]
    [8]
    >>> [gap.at for gap in singles("法 院 审 理 后 认 为", 0, 13)]
    [2, 14]
    """
    start, end = content(text, start, end)
    last = min(end, start + REACH)
    found = [gap for gap in _singles(text, start, last) if text[gap.start - 1] not in SPACED]
    for match in _QUOTE.finditer(text, start + 1, last):
        low, high = between(text, start, *match.span())
        if not any(gap.start <= high and low <= gap.end for gap in found):
            found.append(Gap(low, high, width(text[start:low])))
    return sorted(_with_text_kept(text, gap) for gap in found)


def between(text: str, start: int, low: int, high: int) -> tuple[int, int]:
    """A gap that holds a quotation mark, without the mark where the text beside it wants one."""
    before, after = text[start:low], text[high : high + NEAR]
    while low < high and text[low] in '”"' and before.count("“") > before.count("”"):
        low += 1
        before = text[start:low]
    closed = after.find("”")
    if low < high and text[high - 1] == "“" and closed >= 0 and "“" not in after[:closed]:
        high -= 1
    return low, high


def dirt(text: str, start: int, end: int) -> Gap | None:
    """The first mark between two blanks.

    >>> dirt("稻田养鸭 。 史话", 0, 9)
    Gap(start=4, end=7, at=8)
    """
    marked = (gap for gap in _singles(text, start, end) if text[gap.start + 1] in DIRT)
    return next(marked, None)


def _with_text_kept(text: str, gap: Gap) -> Gap:
    """The gap; a Chinese character between blanks shows it, but may be text, and stays, unless it
    is one that engines make of a rule."""
    inside = text[gap.start + 1 : gap.end - 1]
    if len(inside) == 1 and "\u3400" <= inside <= "\u9fff" and inside not in RULES:
        return gap._replace(start=gap.start + 2)
    return gap


def _singles(text: str, start: int, end: int) -> Iterator[Gap]:
    for match in _SINGLE.finditer(text, start + 1, end):
        if _among_singles(text, start, match.start(), match.end(), end):
            continue
        yield Gap(match.start(), match.end(), width(text[start : match.start()]))


def _among_singles(text: str, start: int, low: int, high: int, end: int) -> bool:
    """Whether the characters on both sides stand apart from their other neighbours, too: where an
    engine set a blank between all characters, none of them is a gap."""
    before = low - start >= 2 and text[low - 2] in BLANK
    return before and high + 1 < end and text[high + 1] in BLANK
