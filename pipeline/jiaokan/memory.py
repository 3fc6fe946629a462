"""Memory that was freed, given back to the system."""

import sys


def give_back() -> None:
    """Give back what the C library keeps for later, where it lets itself be asked (glibc).

    Work on a large file leaves holes all over the heap: most of what its stages took would count
    as the process's own to its end.
    """
    if sys.platform != "linux":
        return
    import ctypes

    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
