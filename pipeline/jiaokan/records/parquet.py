"""Parquet files: a text column and an id column."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jiaokan.errors import JiaokanError
from jiaokan.records.optional_imports import needed
from jiaokan.records.record import Fields, Record

_ROWS = 64
"""Rows that are held at a time."""
SLICE = 4096
"""Row groups are taken together up to so many rows."""


def opened(path: Path, fields: Fields) -> Any:
    """The file, its columns looked at. Raises JiaokanError where they are not as they must be."""
    arrow = needed("pyarrow", "records")
    parquet = needed("pyarrow.parquet", "records")
    try:
        file = parquet.ParquetFile(path, memory_map=True)
    except arrow.ArrowException as error:
        what = f"is no Parquet file, or damaged: {_short(error)}"
        raise JiaokanError(what, where=str(path), hint="fetch or write it again") from error
    for name, option, test in (
        (fields.text, "--text-field", _is_text),
        (fields.id, "--id-field", _is_id),
    ):
        if name not in file.schema_arrow.names:
            raise _no_column(file, path, name, option)
        kind = file.schema_arrow.field(name).type
        if not test(arrow, kind):
            wanted = "text" if option == "--text-field" else "text or whole numbers"
            raise JiaokanError(
                f"the column {name!r} holds {kind}, not {wanted}",
                where=str(path),
                hint=f"name another column: {option} NAME",
            )
    return file


def slices(file: Any) -> Iterator[tuple[int, int]]:
    """(first row, one past the last) of row groups taken together."""
    start = rows = 0
    for group in range(file.metadata.num_row_groups):
        rows += file.metadata.row_group(group).num_rows
        if rows - start >= SLICE:
            yield start, rows
            start = rows
    if rows > start:
        yield start, rows


def records(
    file: Any, path: Path, name: str, fields: Fields, start: int, stop: int
) -> Iterator[Record]:
    """The records from one row to another, numbered from 1 in their places."""
    arrow = needed("pyarrow", "records")
    groups, first = _groups(file, start, stop)
    at = first
    try:
        for batch in file.iter_batches(_ROWS, groups, [fields.id, fields.text], use_threads=False):
            low, high = max(0, start - at), min(len(batch), stop - at)
            at += len(batch)
            if low >= high:
                continue
            some = batch.slice(low, high - low)
            keys = some.column(fields.id).to_pylist()
            texts = some.column(fields.text).to_pylist()
            for row, (key, text) in enumerate(
                zip(keys, texts, strict=True), at - len(batch) + low + 1
            ):
                yield _record(f"{name}:row {row}", key, text, fields)
    except (arrow.ArrowException, UnicodeDecodeError, OSError) as error:
        what = f"cannot be read near row {at + 1}: {_short(error)}"
        raise JiaokanError(what, where=str(path), hint="fetch or write it again") from error


def _record(place: str, key: object, text: str | None, fields: Fields) -> Record:
    name = "" if key is None else str(key)
    if not name:
        return Record(place, "", "", f"has no id: nothing in column {fields.id!r}")
    if text is None:
        return Record(place, name, "", f"has no text: nothing in column {fields.text!r}")
    return Record(place, name, text)


def _groups(file: Any, start: int, stop: int) -> tuple[list[int], int]:
    """The row groups that hold the rows, and the first one's first row."""
    found: list[int] = []
    first = at = 0
    for group in range(file.metadata.num_row_groups):
        rows = file.metadata.row_group(group).num_rows
        if at < stop and at + rows > start:
            first = first if found else at
            found.append(group)
        at += rows
    return found, first


def _plain(arrow: Any, kind: Any) -> Any:
    return kind.value_type if arrow.types.is_dictionary(kind) else kind


def _is_text(arrow: Any, kind: Any) -> bool:
    kind = _plain(arrow, kind)
    types = arrow.types
    return bool(types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind))


def _is_id(arrow: Any, kind: Any) -> bool:
    return _is_text(arrow, kind) or bool(arrow.types.is_integer(_plain(arrow, kind)))


def _no_column(file: Any, path: Path, name: str, option: str) -> JiaokanError:
    names = file.schema_arrow.names
    outer = name.partition(".")[0]
    if outer in names and outer != name:
        return JiaokanError(
            f"the column {name!r} lies inside of {outer!r}; only whole columns are read",
            where=str(path),
            hint=f"write it as a column of its own first, and name that: {option} NAME",
        )
    return JiaokanError(
        f"has no column {name!r}; its columns are {', '.join(names[:20])}",
        where=str(path),
        hint=f"say which one it is: {option} NAME",
    )


def _short(error: BaseException) -> str:
    return str(error).partition("\n")[0][:200]
