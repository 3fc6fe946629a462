"""Record files of short invented pages, and runs over them."""

import gzip
import json
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jiaokan.batch.inputs import Inputs
from jiaokan.batch.process import Result, process
from jiaokan.decisions.book import Decisions
from jiaokan.page import Page
from jiaokan.records.engine import engine_of
from jiaokan.records.items import Origin
from jiaokan.records.origins import origins_of
from jiaokan.records.record import Fields
from jiaokan.records.run import Work, carry_out, finish, held, prepare
from jiaokan.records.tables import Kind
from jiaokan.rulebook import Rulebook, load
from jiaokan.rulebook.facts import PageFacts
from jiaokan.settings import Settings

PLAIN = Settings(neural=False)


@cache
def rules() -> Rulebook:
    """The built-in rules."""
    return load()


_KNOWN: dict[object, Result] = {}


def known(
    page: Page, book: Rulebook, settings: Settings, facts: PageFacts, decisions: Decisions
) -> Result:
    """`process`, once for each page: most tests are about what is done with its result."""
    key = page.name, page.data, settings, facts, decisions
    if key not in _KNOWN:
        _KNOWN[key] = process(page, book, settings, facts, decisions)
    return _KNOWN[key]


def text(number: int) -> str:
    """A short page; each number gives another one."""
    return f"渡口夜航\n\n第{number}班夜船晚上十点开船,风大时停航.\n"


def lines(rows: Iterable[Any]) -> bytes:
    """JSONL of rows; a row that is bytes stands as it is."""
    return b"".join(
        (row if isinstance(row, bytes) else json.dumps(row, ensure_ascii=False).encode()) + b"\n"
        for row in rows
    )


def pages(count: int, first: int = 0) -> list[dict[str, str]]:
    """Rows of short pages."""
    return [{"id": f"p{number}", "text": text(number)} for number in range(first, first + count)]


def parquet(path: Path, columns: dict[str, Any], rows: int = 1 << 20) -> Path:
    """A Parquet file, so many rows a group."""
    import pyarrow
    import pyarrow.parquet

    pyarrow.parquet.write_table(pyarrow.table(columns), path, row_group_size=rows)
    return path


def packed(path: Path, data: bytes) -> Path:
    """A file, packed as its ending says."""
    if path.suffix == ".gz":
        data = gzip.compress(data)
    elif path.suffix == ".zst":
        import zstandard

        data = zstandard.ZstdCompressor().compress(data)
    path.write_bytes(data)
    return path


def work(raw: Path, folder: Path, kind: Kind = "jsonl", **more: Any) -> Work:
    """A run that is planned."""
    fields = more.pop("fields", Fields())
    found = origins_of(Inputs((str(raw),)), folder, fields)
    book = more.pop("rules", None) or rules()
    return prepare(found, folder, kind, book, more.pop("settings", PLAIN), **more)


def done(raw: Path, folder: Path, kind: Kind = "jsonl", jobs: int = 0, **more: Any) -> Work:
    """A run from its plan to its end."""
    with held(folder, more.get("shard")):
        planned = work(raw, folder, kind, **more)
        for _ in carry_out(planned, engine_of("local", jobs)):
            pass
        finish(planned)
    return planned


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def failures(planned: Work) -> list[str]:
    """What is told of pages that failed, in order."""
    return [told for part in planned.parts for told in planned.done[part.key].failures]


def rows(folder: Path, table: str) -> list[dict[str, Any]]:
    """The rows of a table in JSONL."""
    return [json.loads(line) for line in (folder / f"{table}.jsonl").read_bytes().splitlines()]


def origin_names(raw: Path, clean: Path) -> Iterator[str]:
    """The names of what a run over RAW reads."""
    found: tuple[Origin, ...] = origins_of(Inputs((str(raw),)), clean, Fields())
    return (origin.name for origin in found)
