"""Whether a page is up to date: its clean files as they lie there against its ledger, its raw file
and the options of the run.

Nothing is taken on trust: every file is read, and its bytes are hashed. A page is up to date where
its ledger speaks of the raw file's bytes as they are now, of all that can act on the page as it is
now, and of the clean files as they lie there.
"""

import os
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path, PurePosixPath
from stat import S_ISDIR, S_ISREG
from typing import NamedTuple

from jiaokan.batch.source import Source
from jiaokan.errors import PageError
from jiaokan.formats.ledger_head import Head, read_head
from jiaokan.options import Options

REVERTED = "reverted"
"""Option of a ledger whose rules' edits a person took out (`jiaokan rules revert`)."""
_NO_FILE = "not a file"


class Standing(NamedTuple):
    """A page's clean files as they lie there."""

    names: tuple[str, ...]
    """Under the clean folder, the ledger last."""
    digests: tuple[str, ...]
    """SHA-256 of each; empty: it is not there."""
    head: Head | None
    """Of the ledger, where it is as a run wrote it."""

    def digest(self, name: str) -> str:
        """SHA-256 of a clean file; empty where it is not there."""
        return self.digests[self.names.index(name)]

    @property
    def missing(self) -> list[str]:
        """Names of files that are not there."""
        pairs = zip(self.names, self.digests, strict=True)
        return [PurePosixPath(name).name for name, digest in pairs if not digest]

    @property
    def edited(self) -> list[str]:
        """Names of files that are not as the ledger's run wrote them.

        Where there is no ledger, nobody knows who wrote the others.
        """
        *files, ledger = zip(self.names, self.digests, strict=True)
        if self.head is None:
            return [PurePosixPath(ledger[0]).name] if ledger[1] else []
        known = dict(self.head.outputs)
        names = ((PurePosixPath(name).name, digest) for name, digest in files)
        return [name for name, digest in names if digest and digest != known.get(name)]

    @property
    def others(self) -> list[tuple[str, str]]:
        """(name, SHA-256) of files that the ledger speaks of and that are not asked for now."""
        names = {PurePosixPath(name).name for name in self.names}
        return [pair for pair in self.head.outputs if pair[0] not in names] if self.head else []

    @property
    def reverted(self) -> str:
        """Rules whose edits a person took out; empty where there are none."""
        return dict(self.head.options).get(REVERTED, "") if self.head else ""


def standing(clean: Path, source: Source) -> Standing:
    """How a page's clean files lie there. Raises OSError where that cannot be told."""
    found = [_read(clean / name) for name in source.outputs]
    digests = tuple(
        _NO_FILE if data is None else sha256(data).hexdigest() if there else ""
        for there, data in found
    )
    there, ledger = found[-1]
    return Standing(source.outputs, digests, read_head(ledger) if there and ledger else None)


def _read(path: Path) -> tuple[bool, bytes | None]:
    """Whether there is something, and its bytes; a link and the like has none."""
    try:
        kind = os.lstat(path).st_mode
        if S_ISREG(kind):
            return True, path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return False, b""
    if S_ISDIR(kind):
        raise PageError("a folder stands where a clean file must", where=str(path))
    return True, None


def reasons(found: Standing, digest: str, options: Options) -> Iterator[str]:
    """Why a page must be done; none where it is up to date.

    `digest` is the SHA-256 of its raw bytes, `options` is all that can act on it now.
    """
    if found.head is None:
        yield "it was not done before" if not found.digests[-1] else "its ledger is not whole"
        return
    if found.head.sha256 != digest:
        yield "its bytes have changed"
    before, now = dict(found.head.options), dict(options)
    before.pop(REVERTED, None)
    yield from _differences(before, now)
    if found.others:
        yield f"{_listed([name for name, _ in found.others])} is not asked for any more"
    if missing := found.missing:
        yield f"{_listed(missing)} {'is' if len(missing) == 1 else 'are'} missing"


def _differences(before: dict[str, str], now: dict[str, str]) -> Iterator[str]:
    for name in sorted(before.keys() | now.keys()):
        old, new = before.get(name, ""), now.get(name, "")
        if old == new:
            continue
        if name in _SAID:
            yield _SAID[name]
        else:
            yield f"{name.replace('_', '-')} is {new or 'not given'}, and was {old or 'not given'}"


_SAID = {
    "rules": "the rules in force on it have changed",
    "decisions": "the decisions on it have changed",
}


def _listed(names: Sequence[str]) -> str:
    return " and ".join(names) if len(names) < 3 else ", ".join(names[:-1]) + " and " + names[-1]
