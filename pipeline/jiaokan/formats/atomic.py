"""Files written whole or not at all.

The bytes go to a temporary file in the same folder, are brought to the disk,
and take the file's name in one step. Whatever happens before that step, the
old file stands as it was.
"""

import itertools
import os
from pathlib import Path

from jiaokan.errors import JiaokanError

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


def write_where_asked(path: Path, data: bytes) -> None:
    """Put `data` where a person asked for it, and make the folder. Raises JiaokanError.

    Of a link the file that it leads to is written. A device or a pipe, such as /dev/stdout, is
    written to: a file in its place would take it away from everybody.
    """
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            path.write_bytes(data)
        else:
            target = path.resolve()
            target.parent.mkdir(parents=True, exist_ok=True)
            write_atomic(target, data)
    except BrokenPipeError:
        raise  # who read it has gone, as with `| head`
    except OSError as error:
        raise JiaokanError(
            f"cannot be written: {error.strerror or error}",
            where=str(path),
            hint="name a file in a folder that can be written to",
        ) from error


def write_new(path: Path, data: bytes) -> None:
    """Write a file that is not there yet, and bring it to the disk.

    Raises OSError; what there is of the file then is the caller's to take away.
    """
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o666)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(handle, rest) :]
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_folder(folder: Path) -> None:
    """Bring new names in a folder to the disk, where the system lets folders be synced."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
