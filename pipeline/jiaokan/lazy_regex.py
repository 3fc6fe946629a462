"""Regular expressions that are compiled on first use, and not again in the next run.

Python compiles a class of all Chinese characters in a millisecond or two, and the stages have
dozens of patterns with such classes: a sixth of the time that one small page takes. So a pattern
is compiled when it is first used (`lazy`), and what the compiler makes of it, a list of numbers,
is kept as byte code is (`jiaokan.disk_cache`), and only where a pattern built from it is equal to
the one that `re` gives. Where Python has other insides than those known here, patterns are
compiled as ever.

>>> lazy("[天地]+").findall("天地玄黄")
['天地']
>>> cached_compile("[天地]+") == re.compile("[天地]+")
True
"""

import atexit
import os
import re
import sys
from array import array
from contextlib import suppress
from functools import cache
from typing import Any, NamedTuple, cast

from jiaokan.disk_cache import can_keep, keep, remembered

_MOST = 2_000
"""Patterns that are kept. Where there are more, those of one run begin anew: rules change."""


class _Code(NamedTuple):
    """What `_sre.compile` asks for, beside the pattern."""

    flags: int
    numbers: bytes
    groups: int
    names: dict[str, int]
    by_number: tuple[str | None, ...]


_Codes = dict[tuple[str, int], _Code]


def lazy(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """What `re.compile` gives, as far as its methods go; compiled when one of them is asked for."""
    return cast(re.Pattern[str], _Lazy(pattern, flags))


class _Lazy:
    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self.flags = flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if name == "compiled":
            found: Any = cached_compile(self.pattern, self.flags)
        else:
            found = getattr(self.compiled, name)
        setattr(self, name, found)  # next time it is there
        return found


def cached_compile(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """What `re.compile` gives, from an earlier run where it is known there."""
    code = _known().get((pattern, flags))
    if code is not None:
        with suppress(Exception):  # not what this Python takes; compiled anew it is the same
            return _built(pattern, code)
    found = re.compile(pattern, flags)
    if not _new:
        atexit.register(_keep, os.getpid())
    _new.append((pattern, flags))
    return found


_new: list[tuple[str, int]] = []
"""Patterns that were compiled in this run."""


def _key() -> bytes:
    """What the compiler's numbers hang on."""
    sre = sys.modules["_sre"]
    return f"{sys.version} {getattr(sre, 'MAGIC', '')} {getattr(sre, 'CODESIZE', '')}".encode()


@cache
def _known() -> _Codes:
    return remembered("patterns", _key(), dict)


def _keep(process: int) -> None:
    """Keep what was compiled in this run for the next one."""
    if os.getpid() != process or not can_keep():
        return
    known, new = _known(), {key: code for key in _new if (code := _code(*key))}
    if new:
        keep("patterns", _key(), {**known, **new} if len(known) + len(new) <= _MOST else new)


def _code(pattern: str, flags: int) -> _Code | None:
    """The numbers of a pattern; None where they do not make the same pattern."""
    try:
        from re import _compiler, _parser  # type: ignore[attr-defined]

        parsed = _parser.parse(pattern, flags)
        state = parsed.state
        names: dict[str, int] = state.groupdict
        by_number: list[str | None] = [None] * state.groups
        for name, number in names.items():
            by_number[number] = name
        numbers = array("I", _compiler._code(parsed, flags)).tobytes()
        code = _Code(flags | state.flags, numbers, state.groups - 1, names, tuple(by_number))
        return code if _built(pattern, code) == re.compile(pattern, flags) else None
    except Exception:  # other insides than those known here
        return None


def _built(pattern: str, code: _Code) -> re.Pattern[str]:
    sre: Any = sys.modules["_sre"]
    numbers = array("I", code.numbers).tolist()
    built = sre.compile(pattern, code.flags, numbers, code.groups, code.names, code.by_number)
    return cast(re.Pattern[str], built)
