"""Which pages a run is to read: record files, or folders of texts."""

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from jiaokan.batch.area import FOLDER
from jiaokan.batch.globs import fixed_part, has_magic, matches
from jiaokan.batch.inputs import STDIN, UNREAD, Inputs, Skipped, found
from jiaokan.batch.plan import plan_of
from jiaokan.errors import JiaokanError
from jiaokan.records.items import Origin
from jiaokan.records.record import ENDINGS, PACKINGS, TABLES, Fields, kind_of

if TYPE_CHECKING:
    from jiaokan.records.tables import Kind

_NAMES = (*ENDINGS, *PACKINGS)
_TABLES = tuple(f"{table}." for table in TABLES)


def record_files(raw: Path, clean: Path) -> list[Path]:
    """Every record file that RAW is, that it names as a glob, or that lies in it; by name.

    Left alone: hidden files and folders, links that lead out of RAW, the clean folder, and tables
    that a run wrote. Raises JiaokanError where a folder cannot be read.
    """
    if raw.is_dir():
        return sorted(
            _inside(raw, clean, _refuse), key=lambda path: path.relative_to(raw).as_posix()
        )
    if kind_of(raw) and not raw.exists() and not has_magic(str(raw)):
        raise JiaokanError("there is no such file or folder", where=str(raw))
    return sorted(_named(raw))


def has_records(raws: Sequence[str], clean: Path) -> bool:
    """Whether one of the inputs is a record file, or holds one."""
    paths = [Path(raw) for raw in raws if raw != STDIN]
    return any(
        any(_inside(raw, clean)) if raw.is_dir() else kind_of(raw) or any(_named(raw))
        for raw in paths
    )


def _named(raw: Path) -> Iterator[Path]:
    """The record files that a path or a glob names, in no order."""
    if raw.exists():
        if kind_of(raw):
            yield raw
        return
    for match in matches(str(raw)):
        if kind_of(match) and match.is_file():
            yield match


def _refuse(error: OSError) -> None:
    raise _not_whole(str(error.filename), f"{UNREAD}{error.strerror}") from error


def _not_whole(path: str, why: str) -> JiaokanError:
    """What to say of a folder whose pages are not known: tables hold all pages, or are not made."""
    return JiaokanError(why, where=path, hint="let it be read, or move it out of the raw folder")


def _inside(
    raw: Path, clean: Path, unread: Callable[[OSError], None] | None = None
) -> Iterator[Path]:
    """A folder's record files, in no order; `unread` is told of folders that cannot be read."""
    top, target = raw.resolve(), clean.resolve()
    for folder, folders, files in os.walk(raw, onerror=unread):
        inside = Path(folder)
        folders[:] = [
            name
            for name in folders
            if not name.startswith(".") and (inside / name).resolve() != target
        ]
        for name in files:
            if name.startswith(".") or not name.lower().endswith(_NAMES):
                continue
            if name.startswith(_TABLES) and (inside / FOLDER).is_dir():
                continue
            path = inside / name
            if kind_of(path) and path.is_file() and path.resolve().is_relative_to(top):
                yield path


def record_origins(raw: Path, files: Sequence[Path], fields: Fields) -> tuple[Origin, ...]:
    """An origin for each record file; its name is its path under RAW, or its own."""
    top = raw if raw.is_dir() else fixed_part(str(raw))
    return tuple(
        Origin(
            path,
            path.relative_to(top).as_posix(),
            "parquet" if kind_of(path) == "parquet" else "jsonl",
            fields,
        )
        for path in files
    )


def origins_of(inputs: Inputs, clean: Path, fields: Fields) -> tuple[Origin, ...]:
    """Where the pages of the inputs come from: record files, or texts.

    Raises JiaokanError where there are both, or neither.
    """
    raws = [Path(raw) for raw in inputs.raws if raw != STDIN]
    files = {raw: record_files(raw, clean) for raw in raws}
    if not any(files.values()):
        todo = plan_of(inputs, clean)
        for path, why in todo.unread:
            raise _not_whole(path, why)
        top, texts = raws[0] if raws else Path(), tuple(todo.sources)
        return (Origin(top, "", "files", sources=texts, skipped=todo.skipped),)
    first = next(file for found in files.values() for file in found)
    others = [raw for raw in raws if not raw.is_dir() and not files[raw]]
    if text := str(others[0]) if others else _text_in([raw for raw in raws if raw.is_dir()], clean):
        raise JiaokanError(
            f"{text} is a text, and {first} a record file",
            hint="clean them one after another: give the record files, or a folder of one kind",
        )
    return tuple(one for raw in raws for one in record_origins(raw, files[raw], fields))


def kind_for(origins: Sequence[Origin]) -> "Kind":
    """The tables' kind where none is asked for: as what is read."""
    return "parquet" if all(origin.kind == "parquet" for origin in origins) else "jsonl"


def _text_in(folders: Sequence[Path], clean: Path) -> str:
    """The first text that lies in the folders; empty where there is none."""
    for one in found(Inputs(tuple(map(str, folders))), clean):
        if not isinstance(one, Skipped):
            return str(one.source.path)
    return ""
