"""Headlines of two clauses, which a single blank sets apart: 高温将持续一周 市民外出注意防暑.

The blank is the printer's, where the line stands as headings do and its second part does not read
as the first one's continuation. A reader that puts blanks into text has put some into the page's
long lines, too: on such a page the parts must read surely apart.
"""

from collections.abc import Sequence
from typing import NamedTuple

from jiaokan.lazy_regex import lazy

LONGEST = 34
"""Characters that a headline may have."""
TEXT = 40
"""Characters from which on a line is no heading."""
_HAN = "\u3400-\u9fff"
_PART = f"[{_HAN}“”‘’《》「」『』、：:！？!?·\\d%％]{{3,20}}"
_HEADLINE = lazy(f"{_PART}(?: {_PART}){{1,2}}")
"""Two clauses, or three."""
_LONG = 4
"""Characters of every clause by which a line is surely no list of names."""
_HANGS = "的地得和与及或是在把被将对从向为以了着过之"
"""What a headline's part does not end with."""
_PLACES = lazy("[工基场場土林营營园園产產外内內湿濕草驻駐属屬胜勝圣聖陆陸当當本各]地\\Z")
"""Words in 地 that something may well end with: 水库工地 冀有田."""
_OPENS = "的了着过和与及们"
"""What its next part does not begin with."""
_LIST = "、："
_ENDS = "。！？”’」』）…"
_BELOW = lazy("——|--|本[报報刊台]|新华社|新華社|中新社|【|（记者|文/")
"""What may stand right below a headline, whatever its length."""
_NAME = 12
"""Characters of a line below a headline that may name its author."""
APART, NOISY = 3.0, 0.0
"""Bits below which the second part reads on from the first, on a clean page and on one with blanks
in its text."""

WORD = 6.0
"""The same for a line of a few characters, as names are, on a page with blanks in its text."""


class Parted(NamedTuple):
    """A blank inside a line that may be a headline."""

    start: int
    """Where the line starts."""
    at: int
    end: int


def is_headline(text: str, start: int, end: int) -> bool:
    """Whether the line text[start:end] stands as headings do, and is made of clauses.

    >>> page = "高温将持续一周 市民外出注意防暑\\n本报讯 昨日起，"
    >>> is_headline(page, 0, 16)
    True
    """
    if end - start > LONGEST or not _HEADLINE.fullmatch(text, start, end):
        return False
    parts = text[start:end].split(" ")
    if any(part[-1] in _HANGS + _LIST and not _PLACES.search(part) for part in parts):
        return False
    if any(part[0] in _OPENS for part in parts[1:]):
        return False
    above = text[max(0, start - 2 - TEXT) : max(0, start - 1)].rpartition("\n")[2].rstrip()
    if above and not (len(above) >= TEXT and above[-1] in _ENDS):
        return False
    below = text[end + 1 : end + 2 + TEXT].partition("\n")[0].strip()
    return not below or len(below) >= TEXT or len(below) <= _NAME or bool(_BELOW.match(below))


def in_clauses(line: str) -> bool:
    """Whether a line by its wording is a headline of two clauses or three.

    >>> in_clauses("高温将持续一周 市民外出注意防暑"), in_clauses("李小明 王小芳")
    (True, False)
    """
    parts = line.split(" ")
    return len(parts) > 1 and min(map(len, parts)) >= _LONG and is_headline(line, 0, len(line))


def kept(text: str, blanks: Sequence[Parted], bound: float) -> set[int]:
    """Those of the blanks at which the line reads on by less than so many bits, by their places."""
    if not blanks:
        return set()
    import numpy as np

    from jiaokan.language import load, view
    from jiaokan.language.junctions import heads_at, runs_on, tails_at

    model = load()
    solid = "".join(f"\n{text[b.start : b.at]}{text[b.at + 1 : b.end]}" for b in blanks)
    ends, stops, at = [], [], 0
    for blank in blanks:
        ends.append(at + 1 + blank.at - blank.start)
        at += blank.end - blank.start
        stops.append(at)
    codes = view(solid)
    starts = np.array(ends, np.intp)
    tails = tails_at(codes, starts, model.order - 1)
    heads = heads_at(codes, starts, np.array(stops, np.intp))
    bits = runs_on(model, tails, heads)
    return {blank.at for blank, one in zip(blanks, bits.tolist(), strict=True) if one < bound}
