"""The registers of the corpus as codes, cut into counted, tuning and held-out parts.

register.txt.xz -> one stream of codes a part: each paragraph followed by a newline, blanks beside
Chinese characters and marks removed, as `jiaokan.language.view` reads it.
"""

import lzma
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from jiaokan.language.view import Codes, read, view
from numpy.typing import NDArray

REGISTERS = ("official", "law", "literature", "news", "technical", "general")
SHARE = 0.02
"""share of a register's characters in each of the two parts that are never counted"""

_BLANK = re.compile(r"(?<![0a]) +| +(?![0a])")


@dataclass(frozen=True)
class Register:
    """One register of the corpus, in three parts that do not overlap."""

    name: str
    counted: Codes
    """what the n-grams are counted from"""
    tuning: Codes
    """2 % from the middle: weights of the orders, of the registers, size"""
    heldout: Codes
    """the last 2 %: only for the figures"""


def load(folder: Path) -> list[Register]:
    """All registers; raises FileNotFoundError with a hint where one is absent."""
    return [_load(folder, name) for name in REGISTERS]


def stream(text: str) -> Codes:
    """The codes of a text of one paragraph a line, beginning and ending with a newline.

    >>> stream("甲 乙 A b\\n丙").tobytes().decode("utf-32-le")
    '\\n甲乙a a\\n丙\\n'
    """
    seen = _BLANK.sub("", read(text))
    return view("\n" + re.sub(r"\n+", "\n", seen).strip("\n") + "\n")


def _load(folder: Path, name: str) -> Register:
    path = folder / f"{name}.txt.xz"
    if not path.is_file():
        raise FileNotFoundError(f"{path}: not there; give the corpus folder with --corpus")
    codes = stream(lzma.decompress(path.read_bytes()).decode("utf-8"))
    ends = np.flatnonzero(codes == ord("\n"))
    middle, after, last = (
        _next(ends, codes.size * share) for share in (0.5 - SHARE / 2, 0.5 + SHARE / 2, 1 - SHARE)
    )
    counted = np.concatenate([codes[:middle], codes[after:last]])
    return Register(name, counted, codes[middle:after], codes[last:])


def _next(ends: NDArray[np.intp], position: float) -> int:
    return int(ends[np.searchsorted(ends, position)])
