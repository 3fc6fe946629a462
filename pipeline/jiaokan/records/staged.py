"""New files that take their names whole or not at all, however large they are."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from jiaokan.formats.atomic import PREFIX

_numbers = count()


@contextmanager
def staged(path: Path) -> Iterator[Path]:
    """A name to write to; at the block's end the file is brought to the disk and takes `path`.

    Where the block raises, nothing is left of it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.parent / f"{PREFIX}{os.getpid()}-{next(_numbers)}-r.tmp"
    try:
        yield temporary
        sync(temporary)
        os.replace(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def sync(path: Path) -> None:
    """Bring a file, or a folder's names, to the disk."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
