"""Files of a page replaced in one transaction: if it is cut short, the next command ends it.

Their bytes are written to a folder of their own in CLEAN/.jiaokan/work, and last a list of what
they are. From then on they count: each takes its place, the ledger last, and where that is cut
short the next command that writes to CLEAN goes on with it. Without a list none had a place yet,
and the folder is taken away. What a person wrote in between stays.
"""

import itertools
import os
from collections.abc import Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from shutil import rmtree
from typing import TYPE_CHECKING, Any

import orjson

from jiaokan.formats.atomic import sync_folder, write_atomic, write_new

if TYPE_CHECKING:
    from jiaokan.batch.area import Area

PREFIX = "together-"
_LIST = "list"
_count = itertools.count()


def put_together(area: "Area", files: Sequence[tuple[Path, bytes]]) -> None:
    """Replace files of one page, the ledger last. Raises OSError, and then all are as before."""
    folder = area.work / f"{PREFIX}{os.getpid()}-{next(_count)}"
    clean = area.clean.absolute()
    before = [(path, path.read_bytes()) for path, _ in files]
    try:
        folder.mkdir(parents=True)
        rows = [
            {"path": path.absolute().relative_to(clean).as_posix(), "was": _digest(old)}
            for path, old in before
        ]
        for number, (_, data) in enumerate(files):
            write_new(folder / str(number), data)
        write_new(folder / _LIST, orjson.dumps(rows))
        sync_folder(folder)
        go_on(area.clean, folder)
    except OSError:
        rmtree(folder, ignore_errors=True)
        for path, old in before:
            if path.read_bytes() != old:
                write_atomic(path, old)
        with suppress(OSError):
            area.work.rmdir()
        raise


def go_on(clean: Path, folder: Path) -> None:
    """Give the files in a folder their places, if all of them are there, and take it away."""
    for number, row in enumerate(_rows(folder)):
        new, path = folder / str(number), clean / row["path"]
        inside = path.resolve().is_relative_to(clean.resolve())
        if inside and new.exists() and _digest_of(path) == row["was"]:
            os.replace(new, path)
            sync_folder(path.parent)
    rmtree(folder)


def _rows(folder: Path) -> list[dict[str, Any]]:
    try:
        rows: list[dict[str, Any]] = orjson.loads((folder / _LIST).read_bytes())
    except (FileNotFoundError, ValueError):
        return []
    return rows


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()


def _digest_of(path: Path) -> str:
    try:
        return "" if path.is_symlink() else _digest(path.read_bytes())
    except OSError:
        return ""
