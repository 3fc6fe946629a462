"""What takes long to work out and is the same each time, kept beside the compiled modules.

As Python keeps a module's byte code in `__pycache__` (or under PYTHONPYCACHEPREFIX), so does this
keep tables that hang on nothing but files of the program. A key over all that a value hangs on
stands before it: where the key is another one, the value is worked out anew. Where nothing can be
kept (PYTHONDONTWRITEBYTECODE, a folder that cannot be written), everything works, and takes longer.
"""

import os
import pickle
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from hashlib import sha256
from importlib.util import cache_from_source
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

_FOLDER = Path(cache_from_source(__file__)).parent


def remembered(name: str, key: bytes, make: Callable[[], T]) -> T:
    """The value that `make` gives, from where it was kept for this key."""
    with suppress(OSError, pickle.UnpicklingError, EOFError, AttributeError, ImportError):
        data = _path(name).read_bytes()
        if data[:32] == sha256(key).digest() and data[32:64] == sha256(data[64:]).digest():
            value: T = pickle.loads(data[64:])
            return value
    value = make()
    keep(name, key, value)
    return value


def keep(name: str, key: bytes, value: object) -> None:
    """Keep a value for this key, where anything can be kept."""
    if can_keep():
        data = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
        with suppress(OSError):
            _write(_path(name), sha256(key).digest() + sha256(data).digest() + data)


def can_keep() -> bool:
    """Whether values can be kept here at all."""
    if not sys.dont_write_bytecode:
        with suppress(OSError):
            _FOLDER.mkdir(parents=True, exist_ok=True)
    return not sys.dont_write_bytecode and os.access(_FOLDER, os.W_OK)


def state_of(modules: Iterable[Path]) -> bytes:
    """What changes when one of the files is written anew."""
    stats = ((path.name, path.stat()) for path in sorted(modules))
    return repr([(name, stat.st_size, stat.st_mtime_ns) for name, stat in stats]).encode()


def _path(name: str) -> Path:
    return _FOLDER / f"{name}.{sys.implementation.cache_tag}.memo"


def _write(path: Path, data: bytes) -> None:
    temporary = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        temporary.write_bytes(data)
        os.replace(temporary, path)
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
