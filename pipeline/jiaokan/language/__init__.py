"""Statistics of Chinese prose: how likely characters follow one another.

>>> model = load()
>>> good, bad = (model.score(view(text)).sum() for text in ("中华人民共和国", "国和共民人华中"))
>>> bool(good > bad + 20)
True
"""

from functools import cache
from pathlib import Path

from .model import Model
from .view import Codes, fold, rows, view

__all__ = ["Codes", "Model", "fold", "load", "rows", "view"]


@cache
def load() -> Model:
    """The shipped model; read once, its table mapped into memory."""
    from .store import read

    return read(Path(__file__).parent / "data")
