"""Tables of rows as files: JSONL, plain or packed, and Parquet.

A table is written in parts. A part is a whole file of the same format; parts are joined without
looking at their rows. JSONL parts are joined byte by byte (gzip members and zstd frames may stand
one behind another), Parquet parts row group by row group. The same rows in the same parts give the
same bytes.
"""

import gzip
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Literal, Protocol

import orjson

from jiaokan.article import SINGLE_FIELDS
from jiaokan.errors import JiaokanError
from jiaokan.records.optional_imports import needed
from jiaokan.records.rows import Row

Kind = Literal["jsonl", "jsonl.gz", "jsonl.zst", "parquet"]
KINDS: tuple[Kind, ...] = ("jsonl", "jsonl.gz", "jsonl.zst", "parquet")

_LEVEL = 6
"""Of gzip."""
_GROUP = 16 << 20
"""Bytes of JSON after which a row group ends."""
_COPY = 1 << 20


@dataclass(frozen=True, slots=True)
class Span:
    """Where a part stands in the joined file: bytes of JSONL, row groups of Parquet."""

    start: int
    stop: int


class Writer(Protocol):
    """Takes rows."""

    def write(self, row: Row) -> None:
        """Put one more row."""


def check_kind(kind: Kind) -> None:
    """Raise JiaokanError where what the kind needs is not installed."""
    if kind == "parquet":
        needed("pyarrow.parquet", "records")
    elif kind == "jsonl.zst":
        needed("zstandard", "records")


@contextmanager
def writer(path: Path, table: str, kind: Kind) -> Iterator[Writer]:
    """Write a new file of rows."""
    if kind == "parquet":
        with _ParquetRows(path, table) as rows:
            yield rows
        return
    with path.open("xb") as file, _packed(file, kind) as stream:
        yield _JsonRows(stream)


@contextmanager
def _packed(file: IO[bytes], kind: Kind) -> Iterator[Any]:
    if kind == "jsonl.gz":
        with gzip.GzipFile("", "wb", _LEVEL, file, mtime=0) as stream:
            yield stream
    elif kind == "jsonl.zst":
        with (
            needed("zstandard", "records")
            .ZstdCompressor()
            .stream_writer(file, closefd=False) as stream
        ):
            yield stream
    else:
        yield file


class _JsonRows:
    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def write(self, row: Row) -> None:
        self._stream.write(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE))


class _ParquetRows:
    """Rows to row groups, each of a bounded size."""

    def __init__(self, path: Path, table: str) -> None:
        self._schema = schema(table)
        self._file = _parquet_writer(path, self._schema)
        self._held: list[Row] = []
        self._size = 0

    def __enter__(self) -> "_ParquetRows":
        return self

    def __exit__(self, error: object, *_: object) -> None:
        if error is None:
            self._flush()
        self._file.close()

    def write(self, row: Row) -> None:
        self._held.append(row)
        self._size += sum(len(value) if isinstance(value, str) else 8 for value in row.values())
        if self._size >= _GROUP:
            self._flush()

    def _flush(self) -> None:
        if self._held:
            arrow = needed("pyarrow", "records")
            self._file.write_table(arrow.Table.from_pylist(self._held, schema=self._schema))
        self._held, self._size = [], 0


def _parquet_writer(path: Path, schema: Any) -> Any:
    parquet = needed("pyarrow.parquet", "records")
    return parquet.ParquetWriter(path, schema, compression="zstd", version="2.6")


def schema(table: str) -> Any:
    """The columns of a table, for Parquet."""
    arrow = needed("pyarrow", "records")
    text, whole, number = arrow.string(), arrow.int64(), arrow.float64()
    texts = arrow.list_(text)
    span = [("start", whole), ("end", whole)]
    if table == "articles":
        names = ("page", "article", *SINGLE_FIELDS, "paragraphs", "text", "spans")
        kinds = {"article": arrow.int32(), "paragraphs": texts}
        kinds["spans"] = arrow.list_(arrow.struct(span))
        names += ("source", "sha256", "rules", "version")
    elif table == "edits":
        names = ("page", "start", "end", "old", "new", "stage", "rule", "confidence", "evidence")
        kinds = {"start": whole, "end": whole, "confidence": number}
    else:
        other = arrow.struct([("text", text), ("confidence", number), ("evidence", text)])
        finding = arrow.struct(
            [
                *span,
                ("rule", text),
                ("text", text),
                ("message", text),
                ("confidence", number),
                ("alternatives", arrow.list_(other)),
            ]
        )
        seam = arrow.struct(
            [
                ("article", whole),
                ("left", whole),
                ("right", whole),
                ("kind", text),
                ("joined", arrow.bool_()),
                ("doubled", text),
                ("confidence", number),
                ("evidence", texts),
            ]
        )
        names = ("page", "status", "error", "source", "sha256", "size", "characters")
        names += ("articles", "changes", "furniture", "findings", "seams", "ledger")
        kinds = dict.fromkeys(("size", "characters", "articles", "changes"), whole)
        kinds |= {"furniture": texts, "seams": arrow.list_(seam)}
        kinds["findings"] = arrow.list_(finding)
    return arrow.schema([(name, kinds.get(name, text)) for name in names])


def join(
    target: Path, table: str, kind: Kind, parts: Iterable[tuple[Path, Span | None]]
) -> list[Span]:
    """Write one file of parts, and say where each of them stands in it.

    A part is a file, or a span of one that was joined before.
    """
    if kind == "parquet":
        return _join_parquet(target, table, parts)
    spans: list[Span] = []
    with target.open("xb") as out:
        for path, span in parts:
            start = out.tell()
            with path.open("rb") as file:
                file.seek(span.start if span else 0)
                left = span.stop - span.start if span else path.stat().st_size
                while left and (data := file.read(min(left, _COPY))):
                    out.write(data)
                    left -= len(data)
            if left:
                raise JiaokanError("is shorter than it was", where=str(path))
            spans.append(Span(start, out.tell()))
    return spans


def _join_parquet(
    target: Path, table: str, parts: Iterable[tuple[Path, Span | None]]
) -> list[Span]:
    parquet = needed("pyarrow.parquet", "records")
    spans: list[Span] = []
    at = 0
    columns = schema(table)
    with _parquet_writer(target, columns) as out:
        opened: tuple[Path, Any] | None = None
        for path, span in parts:
            if opened is None or opened[0] != path:
                if opened:
                    opened[1].close()
                opened = path, parquet.ParquetFile(path)
            file = opened[1]
            groups = range(span.start, span.stop) if span else range(file.num_row_groups)
            for group in groups:
                out.write_table(file.read_row_group(group, use_threads=False).cast(columns))
            spans.append(Span(at, at + len(groups)))
            at += len(groups)
        if opened:
            opened[1].close()
    return spans


def read_rows(path: Path) -> Iterator[Row]:
    """The rows of a file that `join` or `writer` wrote, one after another."""
    if path.name.endswith(".parquet"):
        file = needed("pyarrow.parquet", "records").ParquetFile(path)
        for batch in file.iter_batches(64, use_threads=False):
            yield from batch.to_pylist()
        return
    from jiaokan.records.jsonl import located

    for line, place in located(path, path.name):
        try:
            row = orjson.loads(line.data or b"")
        except orjson.JSONDecodeError as error:
            raise JiaokanError(f"is no JSON: {error}", where=place) from error
        yield row
