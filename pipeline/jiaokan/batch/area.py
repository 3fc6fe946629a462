"""CLEAN/.jiaokan: what a run needs beside the clean files, and what it says about itself.

    lock            held by the run; gone when it ends
    work/           temporary files, and the ledgers of pages that are being written; gone, too
    manifest.json   what the last run made (`batch.manifest`)
    failures.jsonl  pages that failed, with the reason (`batch.failures`)

A shard has a lock and a work folder of its own, so that shards can run side by side.

A page's ledger is written before its other files, under a name in work/, and takes its place after
them. Where a run was killed in between, that ledger tells which files are its own: they are taken
away again (`recover`), and the page counts as not done. Nothing else is ever taken away. A page
that `jiaokan rules revert` was rewriting is finished (`batch.together`).
"""

import errno
import itertools
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path, PurePosixPath
from time import monotonic, sleep
from typing import NamedTuple

from jiaokan.batch.shard import Shard
from jiaokan.batch.source import Source
from jiaokan.batch.transaction import PREFIX as TOGETHER
from jiaokan.batch.transaction import go_on
from jiaokan.errors import JiaokanError
from jiaokan.formats.atomic import sync_folder, write_new
from jiaokan.formats.ledger_head import read_head

FOLDER = ".jiaokan"
_PATIENCE = 10.0
"""Seconds to wait for a run that is ending, such as a killed one whose workers still live."""
_PENDING = "ledger-"
_count = itertools.count()


class Area(NamedTuple):
    """The paths. It is given to workers."""

    clean: Path
    shard: Shard | None = None

    @property
    def folder(self) -> Path:
        """CLEAN/.jiaokan."""
        return self.clean / FOLDER

    @property
    def work(self) -> Path:
        """For temporary files."""
        return self.folder / f"work{self.suffix}"

    @property
    def suffix(self) -> str:
        """What tells a shard's files from other shards'."""
        return f"-{self.shard.number}-of-{self.shard.count}" if self.shard else ""

    def temporary(self) -> Path:
        """A path for a temporary file, never given twice."""
        return self.work / f"file-{os.getpid()}-{next(_count)}"

    def pending(self, source: Source) -> Path:
        """Where a page's ledger lies while its files are written."""
        return self.work / f"{_PENDING}{sha256(source.name.encode()).hexdigest()[:32]}"

    def note(self, path: Path, data: bytes) -> None:
        """Put a file of the run's own in its place, if it is not there already. Raises OSError."""
        if path.exists() and path.read_bytes() == data:
            return
        self.work.mkdir(parents=True, exist_ok=True)
        temporary = self.temporary()
        write_new(temporary, data)
        os.replace(temporary, path)
        sync_folder(path.parent)

    @contextmanager
    def held(self) -> Iterator[None]:
        """This run's alone: the lock is held, and nothing of a killed run is left.

        Raises JiaokanError where another run writes to the folder.
        """
        if self.folder.is_symlink():
            what = "is a link; what a run notes down would stand elsewhere"
            raise JiaokanError(what, where=str(self.folder), hint="take the link away")
        with _locked(self):
            try:
                recover_all(self)
            except OSError as error:
                what = f"what a killed run left cannot be taken away: {error.strerror}"
                raise JiaokanError(what, where=str(error.filename)) from error
            try:
                yield
            finally:
                with suppress(OSError):
                    recover_all(self)


def area_of(path: Path) -> Area:
    """The area that a clean file or a folder of such lies in: the nearest in which a run noted down
    what it did."""
    folder = path if path.is_dir() else path.parent
    around = (one for one in (folder, *folder.absolute().parents) if (one / FOLDER).is_dir())
    return Area(next(around, folder))


def unwritable(area: Area, error: OSError) -> JiaokanError:
    """What to say where a run cannot note down what it did."""
    full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    return JiaokanError(
        f"cannot be written to: {error.strerror}; what of its pages was written is whole",
        where=str(area.clean),
        hint="make room on its disk, and run again"
        if full
        else "run again with the right to write there, or into another folder",
    )


def recover(clean: Path, pending: Path) -> None:
    """Take away what a killed run had written of a page before its ledger took its place."""
    try:
        data = pending.read_bytes()
    except FileNotFoundError:
        return
    head = read_head(data)  # torn: then none of the page's files was in place yet
    if head:
        folder = clean / PurePosixPath(head.name).parent
        ledger = clean / Source(pending, head.name).outputs[-1]
        before = dict(_outputs(ledger))
        for name, digest in head.outputs:
            path = folder / name
            if before.get(name) != digest and _digest(path) == digest:
                path.unlink()
    pending.unlink()


def recover_all(area: Area) -> None:
    """Take away what killed runs left, and the work folder when it is empty then."""
    folders = [area.work] if area.shard else sorted(area.folder.glob("work*"))
    for folder in folders:
        try:
            names = sorted(os.listdir(folder))
        except OSError:
            continue
        for name in names:
            if name.startswith(_PENDING):
                recover(area.clean, folder / name)
            elif name.startswith(TOGETHER):
                go_on(area.clean, folder / name)
            else:
                (folder / name).unlink(missing_ok=True)
        folder.rmdir()


def _outputs(ledger: Path) -> tuple[tuple[str, str], ...]:
    try:
        head = read_head(ledger.read_bytes())
    except OSError:
        return ()
    return head.outputs if head else ()


def _digest(path: Path) -> str:
    try:
        return "" if path.is_symlink() else sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


@contextmanager
def _locked(area: Area) -> Iterator[None]:
    """The folder's lock: alone, or together with other shards; and the shard's own."""
    if not area.shard:
        with _lock(area.folder / "lock"):
            yield
        return
    with _lock(area.folder / "lock", shared=True), _lock(area.folder / f"lock{area.suffix}"):
        yield


@contextmanager
def _lock(path: Path, *, shared: bool = False) -> Iterator[None]:
    """The lock, where the system has locks and lets files be made there."""
    try:
        import fcntl
    except ImportError:  # Windows
        yield
        return
    kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
    until = monotonic() + _PATIENCE
    while (handle := _opened(path)) is not None:
        try:
            fcntl.flock(handle, kind | fcntl.LOCK_NB)
            if _same(handle, path):
                break
        except BlockingIOError:
            if monotonic() > until:
                os.close(handle)
                raise JiaokanError(
                    "another run writes to this folder",
                    where=str(path.parent.parent),
                    hint="wait for its end, or let both be shards: --shard 1/2",
                ) from None
            sleep(0.05)
        except OSError:
            break  # a file system that knows no locks
        os.close(handle)
    try:
        yield
    finally:
        if handle is not None:
            with suppress(OSError):
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)  # of shards the last one only
                path.unlink()
            os.close(handle)
            with suppress(OSError):
                path.parent.rmdir()  # where there is nothing else in it


def _opened(path: Path) -> int | None:
    """The lock's file; None where nobody can write to the folder, and nothing needs a lock."""
    try:
        path.parent.mkdir(exist_ok=True)
        return os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
            return None
        raise JiaokanError(f"cannot be made: {error.strerror}", where=str(path)) from error


def _same(handle: int, path: Path) -> bool:
    """Whether the locked file is still the one of that name."""
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False
