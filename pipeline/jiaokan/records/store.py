"""What a run over records keeps in the clean folder.

    articles.KIND, edits.KIND, pages.KIND    the tables
    .jiaokan/records.json                    which parts they are made of
    .jiaokan/parts/                          parts of a run that has not come to its end

The tables change at one moment: new ones are written beside the old ones, then a journal says that
they are whole, then they take their names. A run that is killed behind the journal is brought to
its end by the next one, before anything else.
"""

import hashlib
import os
import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from jiaokan.batch.area import FOLDER as STATE
from jiaokan.errors import JiaokanError
from jiaokan.formats.atomic import PREFIX, write_atomic
from jiaokan.records.part_status import Done, as_tree, done_of, read_done
from jiaokan.records.record import TABLES
from jiaokan.records.staged import sync
from jiaokan.records.tables import KINDS, Kind, Span, join

_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Kept:
    """A part of the tables as they stand."""

    done: Done
    spans: tuple[Span, ...]
    """One a table."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the tables are made of."""

    kind: Kind
    digests: tuple[str, ...]
    """SHA-256, one a table."""
    parts: tuple[Kept, ...]


def part_path(folder: Path, key: str, table: str, ending: str) -> Path:
    """Where a part's file lies."""
    return folder / STATE / "parts" / key[:2] / f"{key}.{table}.{ending}"


def table_path(folder: Path, table: str, kind: str) -> Path:
    """Where a table lies."""
    return folder / f"{table}.{kind}"


def finished(folder: Path, key: str) -> Done | None:
    """What became of a part, where it is finished and lies among the parts."""
    path = part_path(folder, key, "done", "json")
    try:
        return read_done(path.read_bytes(), str(path))
    except (OSError, JiaokanError):
        return None


def recover(folder: Path) -> None:
    """Bring to its end what a killed run had begun to put in place, or take away what it left."""
    journal = _journal(folder)
    try:
        tree = orjson.loads(journal.read_bytes())
    except FileNotFoundError:
        _take_new(folder)
        return
    for name in tree["outputs"]:
        new = folder / f"{PREFIX}{name}.new"
        if new.exists():
            os.replace(new, folder / name)
    for name in tree["gone"]:
        (folder / name).unlink(missing_ok=True)
    sync(folder)
    write_atomic(_manifest(folder), orjson.dumps(tree["manifest"]))
    journal.unlink()
    shutil.rmtree(folder / STATE / "parts", ignore_errors=True)


def _take_new(folder: Path) -> None:
    """Take away new tables that did not become whole."""
    for path in sorted(folder.glob(f"{PREFIX}*.new")):
        path.unlink(missing_ok=True)


def manifest_of(folder: Path) -> Manifest | None:
    """What the tables are made of; None where no run wrote them."""
    path = _manifest(folder)
    try:
        tree = orjson.loads(path.read_bytes())
        if tree["format"] != _FORMAT or tree["kind"] not in KINDS:
            return None
        parts = tuple(
            Kept(done_of(part["done"], str(path)), tuple(Span(*span) for span in part["spans"]))
            for part in tree["parts"]
        )
        return Manifest(tree["kind"], tuple(tree["digests"]), parts)
    except FileNotFoundError:
        return None
    except (OSError, KeyError, TypeError, ValueError, JiaokanError) as error:
        raise JiaokanError(
            f"is not as a run writes it: {error}",
            where=str(path),
            hint="remove it to have all pages cleaned again",
        ) from error


def edited(folder: Path, manifest: Manifest | None, kind: Kind) -> list[Path]:
    """Tables that stand there and are not what a run wrote."""
    found: list[Path] = []
    known = dict(zip(TABLES, manifest.digests, strict=True)) if manifest else {}
    for table in TABLES:
        path = table_path(folder, table, kind)
        if manifest and manifest.kind != kind:
            old = table_path(folder, table, manifest.kind)
            if old.exists() and digest_of(old) != known[table]:
                found.append(old)
            if path.exists():
                found.append(path)
        elif path.exists() and digest_of(path) != known.get(table):
            found.append(path)
    return found


def complete(folder: Path, kind: Kind) -> bool:
    """Whether all tables are there."""
    return all(table_path(folder, table, kind).exists() for table in TABLES)


def assemble(folder: Path, kind: Kind, parts: Sequence[Done], old: Manifest | None) -> int:
    """Join finished parts and parts of the old tables to new tables; how many tables changed.

    Raises JiaokanError where they cannot be written: then the old ones stand as they were.
    """
    try:
        return _assembled(folder, kind, parts, old)
    except OSError as error:
        with suppress(OSError):
            if not _journal(folder).exists():
                _take_new(folder)
        raise JiaokanError(
            f"the tables cannot be written: {error.strerror}",
            where=str(error.filename or folder),
            hint="what was cleaned stays in parts: make room, and run again",
        ) from error


def _assembled(folder: Path, kind: Kind, parts: Sequence[Done], old: Manifest | None) -> int:
    reused = {kept.done.key: kept for kept in old.parts} if old else {}
    spans: list[list[Span]] = []
    digests: list[str] = []
    for index, table in enumerate(TABLES):
        new = folder / f"{PREFIX}{table}.{kind}.new"
        sources = (_source(folder, table, index, kind, part.key, reused) for part in parts)
        spans.append(join(new, table, kind, sources))
        sync(new)
        digests.append(digest_of(new))
    manifest = _as_tree(Manifest(kind, tuple(digests), _kept(parts, spans)))
    outputs = [f"{table}.{kind}" for table in TABLES]
    changed = sum(
        old is None or old.kind != kind or before != digest
        for before, digest in zip(old.digests if old else digests, digests, strict=True)
    )
    gone = [f"{table}.{old.kind}" for table in TABLES] if old and old.kind != kind else []
    journal = {"outputs": outputs, "gone": gone, "manifest": manifest}
    _journal(folder).parent.mkdir(exist_ok=True)
    write_atomic(_journal(folder), orjson.dumps(journal))
    recover(folder)
    return changed


def _source(
    folder: Path, table: str, index: int, kind: Kind, key: str, reused: dict[str, Kept]
) -> tuple[Path, Span | None]:
    path = part_path(folder, key, table, kind)
    if path.exists() or key not in reused:
        return path, None
    return table_path(folder, table, kind), reused[key].spans[index]


def _kept(parts: Sequence[Done], spans: Sequence[Sequence[Span]]) -> tuple[Kept, ...]:
    return tuple(Kept(part, own) for part, own in zip(parts, zip(*spans, strict=True), strict=True))


def _as_tree(manifest: Manifest) -> dict[str, Any]:
    return {
        "format": _FORMAT,
        "kind": manifest.kind,
        "digests": list(manifest.digests),
        "parts": [
            {
                "done": as_tree(kept.done),
                "spans": [[span.start, span.stop] for span in kept.spans],
            }
            for kept in manifest.parts
        ],
    }


def _manifest(folder: Path) -> Path:
    return folder / STATE / "records.json"


def _journal(folder: Path) -> Path:
    return folder / STATE / "records.journal.json"


def digest_of(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
