"""What a run over records is to do: parts, each a few pages that follow one another.

Where a part ends hangs on the pages in it and not on where they stand: pages that are put in or
taken out change the parts around them, and no others. A part is known by a hash of all that can act
on it, so that finished parts are found again, whoever did them.
"""

from collections.abc import Callable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from hashlib import sha256
from zlib import crc32

from jiaokan.batch.process import decided_on
from jiaokan.batch.shard import Shard
from jiaokan.decisions.book import NO_DECISIONS, Decisions
from jiaokan.errors import JiaokanError
from jiaokan.options import options_of
from jiaokan.records.duplicate_ids import Ids, first_twice
from jiaokan.records.items import Item, Origin, items
from jiaokan.rulebook import Rulebook
from jiaokan.settings import Settings

FORMAT = 1
"""Of the rows; another one makes every part another."""

_LEAST = 8
_MOST = 256
_EVERY = 32
"""After `_LEAST` pages one page of so many ends a part."""
_LARGEST = 4 << 20
"""Bytes after which a part ends in any case."""
_TOLD = 5
"""Ids that are named where several occur twice."""


@dataclass(frozen=True, slots=True)
class Part:
    """Pages that are done together."""

    key: str
    """Hash of the pages and of all that can act on them."""
    origin: Origin
    start: int
    """Where its first page stands; see `Item.at`."""
    stop: int
    """One past the last place that it may read."""
    number: int
    """The line of its first page, from 1; 0 where pages have no lines."""
    pages: int
    size: int
    """Bytes of text."""


def salt(rules: Rulebook, settings: Settings, kind: str) -> str:
    """What acts on pages alike; all rules, those that ask what a page is from included."""
    return repr((FORMAT, kind, rules.fingerprint, options_of(rules, settings)))


def digest(salt: str, origin: Origin, decisions: Decisions) -> "Digest":
    """An empty digest of a part."""
    return Digest(f"{salt}{origin.name!r}{origin.kind}", decisions)


class Digest:
    """The key of a part, page by page."""

    def __init__(self, start: str, decisions: Decisions) -> None:
        self._decisions = decisions
        self._hash = sha256(start.encode("utf-8", "surrogatepass"))

    def add(self, item: Item) -> int:
        """One more page; a checksum of it."""
        decided = decided_on(sha256(item.data).hexdigest(), self._decisions)
        facts = item.facts
        told = repr((item.id, item.error, facts.publication, facts.date, decided, len(item.data)))
        told_bytes = told.encode("utf-8", "surrogatepass")
        self._hash.update(told_bytes)
        self._hash.update(item.data)
        return crc32(item.data, crc32(told_bytes))

    def copy(self) -> "Digest":
        """The same, to go on with separately."""
        other = copy(self)
        other._hash = self._hash.copy()
        return other

    @property
    def key(self) -> str:
        """The key of the pages so far."""
        return self._hash.hexdigest()[:40]


def planned(
    origins: Sequence[Origin],
    rules: Rulebook,
    settings: Settings,
    kind: str,
    shard: Shard | None = None,
    decisions: Decisions = NO_DECISIONS,
) -> tuple[Part, ...]:
    """All parts of a run, in order. Reads every page once, and refuses ids that occur twice.

    Raises JiaokanError where an origin cannot be read, or two pages have one id.
    """
    start = salt(rules, settings, kind)
    found: list[Part] = []
    number, count = (shard.number, shard.count) if shard else (1, 1)
    by_file = len(origins) >= count
    slices = 0
    with Ids() as ids:
        for index, origin in enumerate(origins):
            if by_file and index % count != number - 1:
                continue
            last = -1
            mine = True
            cut = _Cutter(digest(start, origin, decisions).copy, origin)
            for item in items(origin, settings):
                if item.slice != last:
                    found += cut.end(item)
                    last = item.slice
                    mine = by_file or slices % count == number - 1
                    slices += 1
                if mine:
                    if item.id:
                        ids.add(item.id)
                    found += cut.take(item)
            found += cut.end(None)
        if doubtful := ids.doubtful():
            _refuse_twice(origins, settings, doubtful)
    return tuple(found)


class _Cutter:
    """Puts pages together to parts."""

    def __init__(self, fresh: Callable[[], Digest], origin: Origin) -> None:
        self._fresh, self._origin = fresh, origin
        self._reset()

    def _reset(self) -> None:
        self._digest = self._fresh()
        self._first: Item | None = None
        self._pages = self._size = 0
        self._full = False

    def take(self, item: Item) -> Iterator[Part]:
        """One more page; the part before it, where that has come to its end."""
        if self._full:
            yield from self.end(item)
        self._first = self._first or item
        check = self._digest.add(item)
        self._pages += 1
        self._size += len(item.data)
        self._full = (
            self._pages >= _MOST
            or self._size >= _LARGEST
            or (self._pages >= _LEAST and check % _EVERY == 0)
        )

    def end(self, following: Item | None) -> Iterator[Part]:
        """The part up to here, if there are pages in it."""
        first = self._first
        if first is None:
            return
        origin = self._origin
        stop = following.at if following else 1 << 62
        number = 0
        if origin.kind == "jsonl":
            number = int(first.place.rpartition(":")[2])
        elif origin.kind == "files":
            own = origin.sources[first.at : first.at + self._pages]
            origin = origin._replace(sources=own, skipped=())
        yield Part(self._digest.key, origin, first.at, stop, number, self._pages, self._size)
        self._reset()


def refuse_twice(origins: Sequence[Origin], settings: Settings) -> None:
    """Read all pages once. Raises JiaokanError where two have the same id."""
    with Ids() as ids:
        for origin in origins:
            for item in items(origin, settings):
                if item.id:
                    ids.add(item.id)
        if doubtful := ids.doubtful():
            _refuse_twice(origins, settings, doubtful)


def _refuse_twice(origins: Sequence[Origin], settings: Settings, doubtful: frozenset[int]) -> None:
    """Raise JiaokanError where ids of which the hashes are alike are alike, too."""
    keys = (
        (item.id, item.place) for origin in origins for item in items(origin, settings) if item.id
    )
    told: list[str] = []
    for key, one, other in first_twice(keys, doubtful):
        told.append(f"{key[:80]!r}: {one} and {other}")
        if len(told) > _TOLD:
            told[_TOLD:] = ["…"]
            break
    if told:
        raise JiaokanError(
            "ids occur twice, and each must name one page:\n  " + "\n  ".join(told),
            hint="rename one of the two, or name another column: --id-field NAME",
        )
