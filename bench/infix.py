"""How far a piece of text is from what stands somewhere in a longer one."""

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.uint32]


def codes(text: str) -> Codes:
    """The text's characters as numbers."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def infix_distance(piece: str, text: Codes) -> int:
    """Characters to insert, delete or replace in `piece` so that it stands in the text.

    >>> infix_distance("天侯", codes("恶劣天候")), infix_distance("甲", codes(""))
    (1, 1)
    """
    steps = np.arange(len(text) + 1)
    row = np.zeros(len(text) + 1, np.int64)
    for number, code in enumerate(codes(piece), 1):
        fresh = np.empty_like(row)
        fresh[0] = number
        fresh[1:] = np.minimum(row[:-1] + (text != code), row[1:] + 1)
        row = np.minimum.accumulate(fresh - steps) + steps
    return int(row.min())
