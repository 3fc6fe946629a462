"""A normalised reading of a text, one code for each code point, for scoring only.

text -> uint32 codes of the same length, so that position i of the codes is position i of the
text. Nothing of it ever reaches a clean page.

Folded: digits to ``0``, Latin letters to ``a``, half-width marks to the full-width Chinese ones,
corner and vertical quotation marks to curly ones, traditional characters to simplified ones
(character by character; the pairs are OpenCC's ``t2s``, taken by ``bench/fit``), every kind of
blank to a space. Left alone: the full stop ``.`` (it may be a decimal point), straight quotation
marks (their side is unknown), the newline (it ends a paragraph), every other character.

>>> read("2024年，國家ＡＢ")
'0000年，国家aa'
>>> read("「好」,他說.")
'“好”，他说.'
"""

from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.uint32]
"""Codes of a view: code points; 0 stands for padding and is never counted."""

_PAIRS = {
    ",;:?!()": "，；：？！（）",
    "「」『』﹁﹂﹃﹄〝〞„‟": "“”‘’“”‘’“”“”",
    "―─－–‐‑‒": "——-----",
    "⋯•・‧∙⋅~｡､﹐﹑﹔﹕﹖﹗﹙﹚": "…·····～。、，、；：？！（）",
    "\t\v\f\r\u00a0\u2002\u2003\u2007\u2009\u200b\u3000\ufeff": " " * 12,
    "\u0085\u2028\u2029": "\n\n\n",
}
_KEPT_WIDE = "，；：？！（）～"
_TABLE_SIZE = 0x2FA20


def view(text: str) -> Codes:
    """The codes of `text` as the language model reads it, shape (len(text),).

    >>> view("a1").tolist()
    [97, 48]
    """
    return fold(np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4"))


def fold(points: NDArray[np.uint32]) -> Codes:
    """The codes of code points, of the same shape.

    >>> fold(np.array([0x5ff5, 0x41], np.uint32)).tolist() == view("念A").tolist()
    True
    """
    table = _table()
    if points.size and points.max() >= table.size:
        known = np.minimum(points, table.size - 1)
        return np.where(points < table.size, table[known], points).astype(np.uint32)
    codes: Codes = table.take(points)
    return codes


def read(text: str) -> str:
    """`view` as a string, for people and for tests."""
    return view(text).astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")


def rows(texts: list[str], width: int, *, tails: bool) -> Codes:
    """The views of many short texts as one matrix, shape (len(texts), width).

    With `tails` the last `width` codes of each, padded with 0 at the left; otherwise the first
    `width` codes, padded with 0 at the right: what `Model.joins` and `Model.pairs` take.
    """
    out = np.zeros((len(texts), width), dtype=np.uint32)
    for row, text in zip(out, texts, strict=True):
        if tails and text:
            codes = view(text[-width:])
            row[width - codes.size :] = codes
        else:
            codes = view(text[:width])
            row[: codes.size] = codes
    return out


@cache
def _table() -> Codes:
    table = np.arange(_TABLE_SIZE, dtype=np.uint32)
    wide = np.arange(0xFF01, 0xFF5F)
    table[wide] = wide - 0xFEE0
    for mark in _KEPT_WIDE:
        table[ord(mark)] = ord(mark)
    with (Path(__file__).parent / "data" / "simplified.npy").open("rb") as source:
        traditional, simplified = np.load(source)
    table[traditional] = simplified
    for before, after in _PAIRS.items():
        for old, new in zip(before, after, strict=True):
            table[ord(old)] = ord(new)
    for base in (0x30, 0xFF10):
        table[base : base + 10] = ord("0")
    for base in (0x41, 0x61, 0xFF21, 0xFF41):
        table[base : base + 26] = ord("a")
    table.setflags(write=False)
    return table
