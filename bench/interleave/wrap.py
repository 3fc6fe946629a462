"""Printed lines: where a paragraph breaks at a given width, as a newspaper's compositor would.

Width counts Chinese characters; an ASCII character is half of one. A line never starts with a
closing mark (it hangs over instead) nor ends with an opening one, and no Latin word or number is
broken.
"""

import re
from functools import lru_cache

_TOKEN = re.compile(r"[A-Za-z0-9][A-Za-z0-9.%/+'-]*|……|——|.", re.S)
_CLOSING = frozenset("，。；：？！、”’）》」』…%％")
_OPENING = frozenset("“‘（《「『")


@lru_cache(maxsize=20_000)
def line_ends(text: str, width: int, indent: int = 0) -> tuple[int, ...]:
    """Offsets at which the printed lines of `text` end; `indent` shortens the first line.

    >>> line_ends("他说：“来。”我不来。", 4)
    (3, 7, 11)
    """
    ends: list[int] = []
    used, start = float(indent), 0
    for match in _TOKEN.finditer(text):
        token = match.group()
        size = len(token) * (0.5 if token.isascii() else 1.0)
        if used + size > width and token[0] not in _CLOSING and match.start() > start:
            end = match.start()
            while end - 1 > start and text[end - 1] in _OPENING:
                end -= 1
            ends.append(end)
            used, start = float(match.start() - end), end
        used += size
    return (*ends, len(text))
