"""Lists of paths: one a line, or, where there is a NUL in it, one behind each NUL.

`find … -print0` and `git ls-files -z` write the second kind, which knows names with line breaks.
"""

import os
import sys
from collections.abc import Iterator
from typing import IO

from jiaokan.errors import JiaokanError

_CHUNK = 1 << 20


def listed(name: str) -> Iterator[tuple[str, str]]:
    """(where it stands, path) of each item; `-` is stdin. Raises JiaokanError."""
    shown = "stdin" if name == "-" else name
    try:
        if name == "-":
            yield from _items(sys.stdin.buffer, shown)
        else:
            with open(name, "rb") as file:
                yield from _items(file, shown)
    except OSError as error:
        what = f"the list cannot be read: {error.strerror}"
        raise JiaokanError(what, where=shown, hint="it names one path a line") from error


def _items(file: IO[bytes], shown: str) -> Iterator[tuple[str, str]]:
    for number, item in enumerate(_split(file), 1):
        if item:
            yield f"{shown}:{number}", os.fsdecode(item)


def _split(file: IO[bytes]) -> Iterator[bytes]:
    rest = file.read(_CHUNK).removeprefix(b"\xef\xbb\xbf")
    mark = b"\0" if b"\0" in rest else b"\n"
    while rest:
        *items, rest = rest.split(mark)
        for item in items:
            yield item if mark == b"\0" else item.removesuffix(b"\r")
        more = file.read(_CHUNK)
        if not more:
            yield rest.removesuffix(b"\r") if mark == b"\n" else rest
            return
        rest += more
