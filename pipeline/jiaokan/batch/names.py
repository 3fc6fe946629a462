"""The pages of a run, by name; two that would share a clean file are refused.

They lie in a private SQLite table, which goes to the disk where it grows large: a run over a
million pages needs no more memory than one over ten.
"""

import os
import sqlite3
import unicodedata
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from jiaokan.batch.area import FOLDER
from jiaokan.batch.source import Source
from jiaokan.errors import JiaokanError

_LEDGER = ".ledger"
_ENDINGS = (".ledger.json", ".json", ".md")


class Names:
    """Sources, each once; iterated by name, whatever the order that they came in."""

    def __init__(self) -> None:
        self._table = sqlite3.connect("", check_same_thread=False)
        self._table.execute(
            "CREATE TABLE pages (stem BLOB PRIMARY KEY, name BLOB, path BLOB) WITHOUT ROWID"
        )
        self._table.execute("CREATE TABLE folders (name BLOB PRIMARY KEY, path BLOB) WITHOUT ROWID")
        self._ledgers: list[Source] = []
        self._folder = b""

    def __iter__(self) -> Iterator[Source]:
        rows = self._table.execute("SELECT name, path FROM pages ORDER BY name")
        return (Source(Path(os.fsdecode(path)), os.fsdecode(name)) for name, path in rows)

    def __len__(self) -> int:
        (number,) = self._table.execute("SELECT count(*) FROM pages").fetchone()
        return int(number)

    def add(self, source: Source) -> None:
        """Take a page in; one that is there already counts once. Raises JiaokanError."""
        if PurePosixPath(source.name).parts[0].casefold() == FOLDER:
            what = f"its clean files would stand in {FOLDER}, where a run keeps its own"
            raise JiaokanError(what, where=str(source.path), hint="rename the folder")
        stem = _folded(source.stem)
        row = (stem, os.fsencode(source.name), os.fsencode(source.path))
        try:
            self._table.execute("INSERT INTO pages VALUES (?, ?, ?)", row)
        except sqlite3.IntegrityError:
            self._refuse_other(self._at(stem), source)
            return
        if stem.endswith(_LEDGER.encode()):
            self._ledgers.append(source)
        self._add_folders(source)

    def close(self) -> None:
        """Refuse what only shows when all are there. Raises JiaokanError."""
        self._table.execute("CREATE INDEX by_name ON pages (name)")
        for source in self._ledgers:
            stem = source.stem[: -len(_LEDGER)]
            if other := self._find(_folded(stem)):
                _collide(other, source, f"{source.stem}.json")
        for name, path in self._table.execute("SELECT name, path FROM folders"):
            for ending in _ENDINGS:
                owner = self._find(name.removesuffix(ending.encode()))
                if owner and name.endswith(ending.encode()):
                    folder = Source(Path(os.fsdecode(path)), os.fsdecode(name))
                    _collide(owner, folder, owner.stem + ending)

    def has(self, stem: str) -> bool:
        """Whether a page gives clean files of this stem."""
        return self._find(_folded(stem)) is not None

    def _add_folders(self, source: Source) -> None:
        folder = _folded(str(PurePosixPath(source.name).parent))
        if folder == self._folder:
            return  # the one before lies in it, too
        self._folder = folder
        names = [_folded(str(one)) for one in PurePosixPath(source.name).parents]
        rows = [(name, os.fsencode(source.path)) for name in names]
        self._table.executemany("INSERT OR IGNORE INTO folders VALUES (?, ?)", rows)

    def _refuse_other(self, known: Source, source: Source) -> None:
        if known != source and not _same(known.path, source.path):
            _collide(known, source, source.outputs[0])

    def _at(self, stem: bytes) -> Source:
        found = self._find(stem)
        assert found is not None
        return found

    def _find(self, stem: bytes) -> Source | None:
        rows = self._table.execute("SELECT name, path FROM pages WHERE stem = ?", (stem,))
        row = rows.fetchone()
        return Source(Path(os.fsdecode(row[1])), os.fsdecode(row[0])) if row else None


def _folded(name: str) -> bytes:
    """A name as the least distinguishing file system knows it."""
    folded = unicodedata.normalize("NFC", name).casefold()
    return folded.encode("utf-8", "surrogateescape")


def _same(one: Path, other: Path) -> bool:
    return os.path.abspath(one) == os.path.abspath(other)


def _collide(one: Source, other: Source, output: str) -> None:
    raise JiaokanError(
        f"{one.path} and {other.path} would both give {output}",
        hint="rename one of the two; of pages in several folders --base FOLDER keeps the paths",
    )
