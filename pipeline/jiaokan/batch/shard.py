"""A part of a run's pages, told by their names, so that any scheduler can do the parts."""

import re
from dataclasses import dataclass
from hashlib import sha256

_FORM = re.compile(r"(\d{1,6})/(\d{1,6})")


@dataclass(frozen=True, slots=True)
class Shard:
    """Shard `number` of `count`, from 1."""

    number: int
    count: int

    def has(self, name: str) -> bool:
        """Whether a page is in it. It hangs on the page's name and on nothing else.

        >>> [Shard(number, 3).has("a/b.txt") for number in (1, 2, 3)]
        [False, False, True]
        """
        head = sha256(name.encode("utf-8", "surrogateescape")).digest()[:8]
        return int.from_bytes(head) % self.count == self.number - 1


def shard_of(text: str) -> Shard:
    """The shard that a text names. Raises ValueError.

    >>> shard_of("3/8")
    Shard(number=3, count=8)
    """
    found = _FORM.fullmatch(text.strip())
    number, count = map(int, found.groups()) if found else (0, 0)
    if not 1 <= number <= count:
        raise ValueError(f"{text!r} is no shard; write 1/8 for the first of eight")
    return Shard(number, count)
