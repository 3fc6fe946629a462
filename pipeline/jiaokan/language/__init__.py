"""Statistics of Chinese prose: how likely characters follow one another.

>>> model = load()
>>> good, bad = (model.score(view(text)).sum() for text in ("中华人民共和国", "国和共民人华中"))
>>> bool(good > bad + 20)
True
"""

from functools import cache, lru_cache
from pathlib import Path

from .model import Model
from .view import Codes, fold, rows, view
from .walked import Walked

__all__ = ["Codes", "Model", "Walked", "fold", "load", "rows", "view", "walk"]


@cache
def load() -> Model:
    """The shipped model; read once, its table mapped into memory."""
    from .store import read

    return read(Path(__file__).parent / "data")


@lru_cache(maxsize=1)
def walk(text: str) -> Walked:
    """The text as the shipped model knows it; the last one is kept."""
    return Walked(load(), view(text))
