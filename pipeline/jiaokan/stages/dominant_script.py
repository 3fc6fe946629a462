"""Which script a page is in: the one that most of its telling characters belong to.

国家发展 → simplified, 國家發展 → traditional. Only characters that one script alone has are
counted; all others (人, 山, and 后, 里, 干, which both have) say nothing.

Left open ("keep") where fewer than five such characters stand on the page, or where both scripts
have a share between 40 and 60 %: then no side is the page's own.

>>> dominant_script("国家发展与社会建设，见闻广远，見於青島")
'simplified'
>>> dominant_script("國家發展與社會建設")
'traditional'
>>> dominant_script("山水")
'keep'
"""

from typing import Literal

from jiaokan.stages._character_kinds import SIMPLIFIED, TRADITIONAL, kinds

OneScript = Literal["simplified", "traditional"]

_LEAST = 5
_CLEAR_SHARE = 0.6
_LEAST_OF_LINE = 10
_SHARE_OF_LINE = 0.9


def dominant_script(text: str) -> Literal["simplified", "traditional", "keep"]:
    """The script of the page, or "keep" where there is too little to go by."""
    simplified, traditional = count(text)
    total = simplified + traditional
    if total < _LEAST:
        return "keep"
    if simplified >= _CLEAR_SHARE * total:
        return "simplified"
    if traditional >= _CLEAR_SHARE * total:
        return "traditional"
    return "keep"


def count(text: str) -> tuple[int, int]:
    """How many characters belong to simplified and to traditional text alone."""
    import numpy as np

    found = kinds(text)
    simplified, traditional = found & SIMPLIFIED, found & TRADITIONAL
    return int(np.count_nonzero(simplified)), int(np.count_nonzero(traditional))


def lines_with_strays(text: str) -> dict[OneScript, list[tuple[int, int]]]:
    """Of each script the lines, as (start, end), that are surely in it and hold some of the other.

    >>> lines_with_strays("國家發展\\n这个国家发展经济，开创历史，见闻广远，青島在东边")
    {'simplified': [(5, 29)], 'traditional': []}
    """
    import numpy as np

    lines: dict[OneScript, list[tuple[int, int]]] = {"simplified": [], "traditional": []}
    found = kinds(text)
    at = (found & (SIMPLIFIED | TRADITIONAL)).nonzero()[0]
    is_simplified = (found[at] & SIMPLIFIED) != 0
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        low, high = np.searchsorted(at, (start, end))
        simplified, total = int(is_simplified[low:high].sum()), int(high - low)
        if total >= _LEAST_OF_LINE and 0 < simplified < total:
            if simplified >= _SHARE_OF_LINE * total:
                lines["simplified"].append((start, end))
            elif total - simplified >= _SHARE_OF_LINE * total:
                lines["traditional"].append((start, end))
        start = end + 1
    return lines
