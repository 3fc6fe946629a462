"""Which pages a run is to read: record files, or folders of texts."""

import os
from collections.abc import Sequence
from pathlib import Path

from jiaokan.errors import JiaokanError
from jiaokan.records.items import Origin
from jiaokan.records.record import Fields, kind_of


def record_files(raw: Path, clean: Path) -> list[Path]:
    """Every record file that RAW is, or that lies in it at any depth; by name.

    Left alone: hidden files and folders, links that lead out of RAW, and the clean folder.
    """
    if not raw.is_dir():
        return [raw] if kind_of(raw) else []
    top, target = raw.resolve(), clean.resolve()
    found: list[Path] = []
    for folder, folders, files in os.walk(raw):
        inside = Path(folder)
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".") and (inside / name).resolve() != target
        )
        for name in files:
            path = inside / name
            if name.startswith(".") or not kind_of(path) or not path.is_file():
                continue
            if path.resolve().is_relative_to(top):
                found.append(path)
    return sorted(found, key=lambda path: path.relative_to(raw).as_posix())


def record_origins(raw: Path, files: Sequence[Path], fields: Fields) -> tuple[Origin, ...]:
    """An origin for each record file."""
    return tuple(
        Origin(
            path,
            path.relative_to(raw).as_posix() if path != raw else path.name,
            "parquet" if kind_of(path) == "parquet" else "jsonl",
            fields,
        )
        for path in files
    )


def origins_of(raw: Path, clean: Path, fields: Fields) -> tuple[Origin, ...]:
    """Where the pages of RAW come from: its record files, or its texts.

    Raises JiaokanError where RAW holds both, or neither.
    """
    from jiaokan.batch.plan import plan

    files = record_files(raw, clean)
    if not files:
        todo = plan(raw, clean)
        return (Origin(raw, raw.name, "files", sources=tuple(todo.sources)),)
    if raw.is_dir():
        try:
            texts = tuple(plan(raw, clean).sources)
        except JiaokanError:
            texts = ()
        if texts:
            raise JiaokanError(
                f"holds both texts ({texts[0].name}) and record files ({files[0].name})",
                where=str(raw),
                hint="clean them one after another: give the record files, or a folder of one kind",
            )
    return record_origins(raw, files, fields)
