"""What the C library's allocator does with freed memory: keep it, or give it back to the system.

Both ask glibc; where there is another library, nothing is done.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_TRIM, _MMAP = -1, -3
"""M_TRIM_THRESHOLD and M_MMAP_THRESHOLD of malloc.h."""
_LARGEST = 32 << 20
"""Bytes: what glibc itself comes to in the end, where a process frees so large a piece."""
_SPARING = 4 << 20
"""The same while a large file is worked on: what is larger goes back as soon as it is freed."""


def keep_freed() -> None:
    """Keep what is freed, up to 64 MB: the next page asks for as much.

    Else each page takes its memory from the system anew, and has it cleared: with the network a
    tenth of the time of a page.
    """
    _keep_up_to(_LARGEST)


@contextmanager
def sparing() -> Iterator[None]:
    """Keep less while a large file is worked on: its pieces differ in size, and what one leaves the
    next one often cannot use."""
    _keep_up_to(_SPARING)
    try:
        yield
    finally:
        keep_freed()


def _keep_up_to(size: int) -> None:
    library = _library()
    if hasattr(library, "mallopt"):
        library.mallopt(_MMAP, size)
        library.mallopt(_TRIM, 2 * _LARGEST)


def trim_heap() -> None:
    """Give back what is kept for later.

    Work on a large file leaves holes all over the heap: most of what its stages took would count
    as the process's own to its end.
    """
    library = _library()
    if hasattr(library, "malloc_trim"):
        library.malloc_trim(0)


def _library() -> Any:
    if sys.platform != "linux":
        return None
    import ctypes

    return ctypes.CDLL(None)
