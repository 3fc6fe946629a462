"""What kinds of characters stand on a page, and where: found out in one pass for all stages.

A stage whose kind is not there has nothing to do, and one whose kind is looks at those places only.

>>> has("天,地", HALF), has("天,地", SPACE), kind_places("天,地", HALF)
(True, False, [1])
"""

from functools import cache
from typing import TYPE_CHECKING

from jiaokan.code_points import CODE_POINTS, of_latest, points, spans
from jiaokan.stages.variants import simplified_only, traditional_only

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Kinds = NDArray[np.uint16]

LINE_END, ODD, SPACE, LATIN, HALF, SIMPLIFIED, TRADITIONAL, COMMON, CHINESE, LEADS, FOLLOWS = (
    1 << bit for bit in range(11)
)
DASH, BRACKET, QUOTE, BAR, CODE = (1 << bit for bit in range(11, 16))

SETS: tuple[tuple[int, str], ...] = (
    (LINE_END, "\r\v\f\x85\u2028\u2029"),
    (
        ODD,
        "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f"
        "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb"
        "\U000e0000-\U000e0fff\u061c\xad\u2e80-\u2fdf\ud800-\uf8ff\uf900-\ufaff\ufb00-\ufb06"
        "\ufdd0-\ufdef\ufe10-\ufe19\ufe30-\ufe6b\uff0e\uff10-\uff19\uff21-\uff3a\uff41-\uff5a"
        "\ufffd-\uffff\U0002f800-\U0002fa1f\U000f0000-\U0010ffff",
    ),
    (SPACE, " \t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000"),
    (LATIN, "A-Za-z"),
    (HALF, ",;:?!"),
    (COMMON, "\u4e00-\u9fff"),
    (LEADS, "”’》）)%％"),
    (DASH, "-―─－"),
    (BRACKET, "()〈"),
    (QUOTE, "\"'"),
    (BAR, "|｜│"),
    (CODE, "`{(<=:"),
    (FOLLOWS, " \n\u3000“”‘’《》（）()"),
    (
        CHINESE,
        "\u3400-\u9fff\U00020000-\U0003ffff〇々，。、；：？！（）《》〈〉「」『』【】〔〕〖〗“”‘’",
    ),
)
"""Kind → its characters, as ranges.

LINE_END: line ends that are no line feed; ODD: what `characters` looks at; COMMON: common Han
characters; CHINESE: Chinese characters and marks; LEADS, FOLLOWS: what stands left of a mark before
Han, or right of one behind Han, and leaves no doubt that it is a mark of Chinese; DASH, BRACKET,
QUOTE, BAR: the marks that the steps of `punctuation` look for; CODE: what all code has. Characters
of the basic plane that only one script has are of kind SIMPLIFIED or TRADITIONAL.
"""


@of_latest(1)
def kinds(text: str) -> "Kinds":
    """The kinds of each character of a text, one bit each."""
    return _table().take(points(text))


@of_latest(1)
def _present(text: str) -> int:
    import numpy as np

    return int(np.bitwise_or.reduce(kinds(text)))


def has(text: str, kind: int) -> bool:
    """Whether the text holds a character of the kind."""
    return bool(_present(text) & kind)


def kind_places(text: str, kind: int) -> list[int]:
    """Where the characters of a kind stand, in order."""
    if not has(text, kind):
        return []
    found: list[int] = (kinds(text) & kind).nonzero()[0].tolist()
    return found


@cache
def _table() -> "Kinds":
    """Code point -> its kinds."""
    import numpy as np

    table = np.zeros(CODE_POINTS, dtype=np.uint16)
    for kind, text in SETS:
        for first, last in spans(text):
            table[first : last + 1] |= kind
    for kind, characters in ((SIMPLIFIED, simplified_only()), (TRADITIONAL, traditional_only())):
        table[[ord(c) for c in characters if c < "\U00010000"]] |= kind
    return table
