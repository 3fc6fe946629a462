"""Files written whole or not at all.

The bytes go to a temporary file in the same folder, are brought to the disk,
and take the file's name in one step. Whatever happens before that step, the
old file stands as it was.
"""

import itertools
import os
from pathlib import Path

PREFIX = ".jiaokan-"
"""What temporary files start with: one that lies about was left by a killed run."""

_count = itertools.count()
_BINARY = getattr(os, "O_BINARY", 0)


def write_atomic(path: Path, data: bytes) -> None:
    """Put `data` at `path`. Raises OSError, and then nothing has changed."""
    temporary = path.parent / f"{PREFIX}{os.getpid()}-{next(_count)}.tmp"
    try:
        write_new(temporary, data)
        os.replace(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def write_if_changed(path: Path, data: bytes) -> bool:
    """Put `data` at `path` unless it stands there already; whether it was written."""
    try:
        if not path.is_symlink() and path.read_bytes() == data:
            return False
    except OSError:
        pass  # not there, or not readable: writing tells
    write_atomic(path, data)
    return True


def write_new(path: Path, data: bytes) -> None:
    """Write a file that is not there yet, and bring it to the disk.

    Raises OSError; what there is of the file then is the caller's to take away.
    """
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o666)
    with os.fdopen(handle, "wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def sync_folder(folder: Path) -> None:
    """Bring new names in a folder to the disk, where the system lets folders be synced."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
