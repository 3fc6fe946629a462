"""JSONL files: one JSON object a line, in UTF-8.

A line that is no record fails alone. Blank lines are no records. A file that is in another encoding
altogether, or that is cut off, is an error.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import orjson

from jiaokan.errors import JiaokanError
from jiaokan.records.compression import chunks
from jiaokan.records.record import Fields, Record, record_of

LONGEST = 1 << 28
"""Bytes that a line may have; a longer one fails, and is not kept in memory."""
_FIRST = 3
"""So many lines that are no UTF-8, before any that is, settle that the file is not."""
_MARKS = ((b"\xff\xfe", "UTF-16 or UTF-32"), (b"\xfe\xff", "UTF-16"), (b"\0\0\xfe\xff", "UTF-32"))


class Line(NamedTuple):
    """A line and where it starts in the file, unpacked."""

    start: int
    data: bytes | None
    """None: it is too long."""


def lines(parts: Iterable[bytes], start: int = 0) -> Iterator[Line]:
    """Each line of a file that is read in stretches, without its end.

    >>> [tuple(line) for line in lines([b"a\\nb", b"c\\n\\nd"])]
    [(0, b'a'), (2, b'bc'), (5, b''), (6, b'd')]
    """
    held: list[bytes] = []
    size = 0
    at = start
    for part in parts:
        first, *rest = part.split(b"\n")
        if size <= LONGEST:
            held.append(first)
        size += len(first)
        for piece in rest:
            yield Line(at, b"".join(held) if size <= LONGEST else None)
            at += size + 1
            held, size = [piece], len(piece)
    if size:
        yield Line(at, b"".join(held) if size <= LONGEST else None)


def located(path: Path, name: str, start: int = 0, number: int = 1) -> Iterator[tuple[Line, str]]:
    """Each line that is not blank, with its place; `number` is the first line's."""
    for count, line in enumerate(lines(chunks(path, start), start), number):
        data = line.data
        if line.start == 0 and data is not None:
            _refuse_marks(data, path)
            data = data.removeprefix(b"\xef\xbb\xbf")
        if data is None or data.strip():
            yield Line(line.start, data), f"{name}:{count}"


def parsed(data: bytes | None, place: str, fields: Fields) -> Record:
    """The record that a line holds, or what is wrong with it."""
    if data is None:
        return Record(place, "", "", f"is longer than {LONGEST >> 20} MB")
    try:
        return record_of(orjson.loads(data), place, fields)
    except orjson.JSONDecodeError as error:
        return Record(place, "", "", _no_json(data, error))


def _no_json(data: bytes, error: orjson.JSONDecodeError) -> str:
    try:
        data.decode()
    except UnicodeDecodeError as wrong:
        from jiaokan.formats.detect import guess

        found = guess(data)
        other = found.encoding if found and found.encoding != "utf-8" else ""
        hint = f"\n  it may be {other}: iconv -f {other} -t utf-8" if other else ""
        return f"is no UTF-8 at byte {wrong.start} of the line{hint}"
    return f"is no JSON: {error.msg} at column {error.colno}"


class Watch:
    """Tells a file that is in another encoding from one with a few bad lines."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._bad = 0
        self._settled = False

    def see(self, data: bytes | None, place: str) -> None:
        """One more line. Raises JiaokanError where the first ones are all no UTF-8."""
        if self._settled or data is None or data.isascii():
            return
        try:
            data.decode()
            self._settled = True
        except UnicodeDecodeError as error:
            self._bad += 1
            if self._bad < _FIRST:
                return
            from jiaokan.formats.detect import guess

            found = guess(data)
            other = found.encoding if found else "gb18030"
            raise JiaokanError(
                "is not in UTF-8, as JSONL must be",
                where=place,
                hint=f"rewrite it first: iconv -f {other} -t utf-8 {self._path.name}",
            ) from error


def _refuse_marks(data: bytes, path: Path) -> None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            raise JiaokanError(
                f"is in {encoding}; JSONL must be in UTF-8",
                where=f"{path} at byte 0",
                hint=f"rewrite it first: iconv -f {encoding.split()[0]} -t utf-8 {path.name}",
            )
    if data.startswith(b"["):
        raise JiaokanError(
            "is one JSON list, not a JSON object on each line",
            where=f"{path}:1",
            hint=f"rewrite it first: jq -c '.[]' {path.name}",
        )
