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

from functools import cache
from typing import TYPE_CHECKING, Literal

from jiaokan.stages.variants import simplified_only, traditional_only

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_LEAST = 5
_CLEAR_SHARE = 0.6


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

    points = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), dtype="<u2")
    kinds = np.bincount(_kinds()[points], minlength=3)
    return int(kinds[1]), int(kinds[2])


@cache
def _kinds() -> "NDArray[np.uint8]":
    """Code unit -> 0 for both scripts or neither, 1 for simplified, 2 for traditional."""
    import numpy as np

    kinds = np.zeros(1 << 16, dtype=np.uint8)
    for kind, characters in ((1, simplified_only()), (2, traditional_only())):
        kinds[[ord(c) for c in characters if c < "\U00010000"]] = kind
    return kinds
