"""A text as an array of code points, and where characters of a set stand in it.

For stages that look at every character of a page: numpy does so a hundred times as fast as Python,
and what was worked out for a text is kept until another one is asked about.

>>> places("天,地.", members(",."))
[1, 3]
"""

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Points = NDArray[np.uint32]
    Members = NDArray[np.bool_]

A = TypeVar("A")
B = TypeVar("B")

CODE_POINTS = 0x110000
"""How many there are in Unicode."""


_forgetting: list[Callable[[], None]] = []


def forget() -> None:
    """Let go of all that was worked out for texts: of a large one it is larger than the text."""
    for let_go in _forgetting:
        let_go()


def of_latest(
    count: int, *, lasting: bool = False
) -> Callable[[Callable[[A], B]], Callable[[A], B]]:
    """Keeps a function's results for the last `count` arguments: for no object but these very ones.

    To hash a page, as a dictionary would, takes as long as to find its line ends. `lasting`: the
    arguments are no texts, and `forget` leaves the results.
    """

    def keeping(make: Callable[[A], B]) -> Callable[[A], B]:
        known: tuple[tuple[A, B], ...] = ()

        def let_go() -> None:
            nonlocal known
            known = ()

        if not lasting:
            _forgetting.append(let_go)

        def kept(one: A) -> B:
            nonlocal known
            for other, value in known:
                if other is one:
                    return value
            value = make(one)
            known = ((one, value), *known[: count - 1])
            return value

        return kept

    return keeping


@of_latest(1)
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
        for first, last in spans(text):
            table[first : last + 1] = True
    table.setflags(write=False)
    return table


def one_of(characters: Iterable[str]) -> "Members":
    """The same of single characters; for large sets, and not kept.

    >>> bool(one_of("a-c")[ord("b")])
    False
    """
    import numpy as np

    table = np.zeros(CODE_POINTS, dtype=np.bool_)
    table[list(map(ord, characters))] = True
    table.setflags(write=False)
    return table


def places(text: str, table: "Members") -> list[int]:
    """Where the characters of a set stand, in order."""
    found: list[int] = table.take(points(text)).nonzero()[0].tolist()
    return found


def spans(text: str) -> Iterable[tuple[int, int]]:
    """The first and the last code point of each range of a character class, unescaped.

    >>> list(spans("a-cx"))
    [(97, 99), (120, 120)]
    """
    at = 0
    while at < len(text):
        wide = text[at + 1 : at + 2] == "-" and at + 2 < len(text)
        yield ord(text[at]), ord(text[at + 2 if wide else at])
        at += 3 if wide else 1
