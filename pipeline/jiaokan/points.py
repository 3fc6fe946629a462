"""A text as an array of code points, and where characters of a set stand in it.

For stages that look at every character of a page: numpy does so a hundred times as fast as Python,
and what was worked out for a text is kept until the next but one is asked about.

>>> places("天,地.", members(",."))
[1, 3]
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Points = NDArray[np.uint32]
    Members = NDArray[np.bool_]

CODE_POINTS = 0x110000
"""How many there are in Unicode."""


@lru_cache(maxsize=2)
def points(text: str) -> "Points":
    """The code points of a text, shape (len(text),); not to be written to."""
    import numpy as np

    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")


@lru_cache(maxsize=64)
def members(*ranges: str) -> "Members":
    """Whether each code point is one of a set: the inside of a character class, unescaped.

    >>> bool(members("a-c")[ord("b")]), bool(members("a-c", "-")[ord("-")])
    (True, True)
    """
    import numpy as np

    table = np.zeros(CODE_POINTS, dtype=np.bool_)
    for text in ranges:
        for first, last in _spans(text):
            table[first : last + 1] = True
    table.setflags(write=False)
    return table


def places(text: str, table: "Members") -> list[int]:
    """Where the characters of a set stand, in order."""
    found: list[int] = table[points(text)].nonzero()[0].tolist()
    return found


def _spans(text: str) -> Iterable[tuple[int, int]]:
    at = 0
    while at < len(text):
        wide = text[at + 1 : at + 2] == "-" and at + 2 < len(text)
        yield ord(text[at]), ord(text[at + 2 if wide else at])
        at += 3 if wide else 1
