"""Finds ids that occur twice, in memory that does not grow with their number.

The hashes of all ids go to a few files on the disk, by their first bits. Each file is then looked
through by itself; what has a hash in common is read again and compared.
"""

from array import array
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

import numpy as np

_FILES = 64
_HELD = 4096
"""Hashes that are held in memory for each file."""


class Ids:
    """Ids as they are seen. Use it in a `with` block: its files go with it."""

    def __init__(self) -> None:
        self._folder = TemporaryDirectory(prefix="jiaokan-ids-")
        self._held = [array("Q") for _ in range(_FILES)]
        self._spilled = False

    def __enter__(self) -> "Ids":
        return self

    def __exit__(self, *_: object) -> None:
        self._folder.cleanup()

    def add(self, key: str) -> None:
        """One more id."""
        number = hash_of(key)
        held = self._held[number % _FILES]
        held.append(number)
        if len(held) >= _HELD:
            self._spilled = True
            with self._file(number % _FILES, "ab") as file:
                held.tofile(file)
            del held[:]

    def doubtful(self) -> frozenset[int]:
        """Hashes that more than one id has."""
        found: set[int] = set()
        for index, held in enumerate(self._held):
            numbers = np.frombuffer(held.tobytes(), np.uint64)
            if self._path(index).exists():
                numbers = np.concatenate([np.fromfile(self._path(index), np.uint64), numbers])
            numbers = np.sort(numbers)
            found.update(numbers[1:][numbers[1:] == numbers[:-1]].tolist())
        return frozenset(found)

    def _path(self, index: int) -> Path:
        return Path(self._folder.name, f"{index:02}")

    def _file(self, index: int, mode: str) -> IO[bytes]:
        return self._path(index).open(mode)


def hash_of(key: str) -> int:
    """An id in 64 bits.

    >>> hash_of("a") == hash_of("a") != hash_of("b")
    True
    """
    return int.from_bytes(blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest())


def first_twice(
    keys: Iterable[tuple[str, str]], doubtful: frozenset[int]
) -> Iterator[tuple[str, str, str]]:
    """(id, place, other place) of ids that really occur twice, among (id, place)."""
    seen: dict[str, str] = {}
    for key, place in keys:
        if hash_of(key) in doubtful:
            if key in seen:
                yield key, seen[key], place
            else:
                seen[key] = place
