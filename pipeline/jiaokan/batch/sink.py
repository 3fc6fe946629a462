"""A page's clean files put in their places: all of them, or as if nothing had been done.

The ledger is written first, under a name in CLEAN/.jiaokan/work, and takes its place last.
`batch.area` says what that is good for.
"""

import os
from collections.abc import Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path, PurePosixPath

from jiaokan.batch.area import Area
from jiaokan.batch.source import Source
from jiaokan.batch.up_to_date import Standing
from jiaokan.errors import PageError
from jiaokan.formats.atomic import sync_folder, write_new


def put(area: Area, source: Source, files: Sequence[tuple[str, bytes]], found: Standing) -> int:
    """Write the files that differ from what lies there; how many they were.

    `files` are (name under the clean folder, bytes), the ledger last. Raises OSError, PageError.
    """
    changed = [
        (area.clean / name, data)
        for name, data in files
        if sha256(data).hexdigest() != found.digest(name)
    ]
    if not changed:
        return 0
    folder = changed[0][0].parent
    if not folder.resolve().is_relative_to(area.clean.resolve()):
        raise PageError(f"{folder} leads out of the clean folder", where=source.name)
    folder.mkdir(parents=True, exist_ok=True)
    area.work.mkdir(parents=True, exist_ok=True)
    temporaries = [area.temporary() for _ in changed]
    if changed[-1][0] == area.clean / source.outputs[-1]:
        temporaries[-1] = area.pending(source)
    _place(list(zip(temporaries, (path for path, _ in changed), strict=True)), changed)
    sync_folder(folder)
    return len(changed)


def take_away(area: Area, source: Source, found: Standing) -> None:
    """Remove what the last run wrote in formats that are not asked for any more.

    What a person edited stays. Raises OSError.
    """
    folder = (area.clean / source.outputs[-1]).parent
    for name, digest in found.others:
        path = folder / PurePosixPath(name).name
        with suppress(FileNotFoundError):
            if not path.is_symlink() and sha256(path.read_bytes()).hexdigest() == digest:
                path.unlink()


def _place(moves: list[tuple[Path, Path]], files: Sequence[tuple[Path, bytes]]) -> None:
    """Write all files where nobody looks, the last one first, then give each its name."""
    left = list(moves)
    try:
        for (temporary, _), (_, data) in zip(reversed(moves), reversed(files), strict=True):
            write_new(temporary, data)
        for temporary, path in moves:
            os.replace(temporary, path)
            del left[0]
    except BaseException:
        if len(left) < len(moves):
            del left[-1:]  # the ledger tells the next run which files are its own
        for temporary, _ in left:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
        raise
