"""Clean files of pages that are no longer there: found, and taken away where that is asked.

A file is a run's own where a whole ledger beside it speaks of it with the SHA-256 that it has.
Nothing else is ever taken away.
"""

import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from jiaokan.batch.area import FOLDER
from jiaokan.batch.plan import Plan
from jiaokan.formats.ledger_head import Head, read_head

_LEDGER = ".ledger.json"


class Gone(NamedTuple):
    """A page that is no longer there, and what a run had made of it."""

    name: str
    stem: Path
    """CLEAN/a/b, to which the endings are put."""
    head: Head


def gone(plan: Plan) -> Iterator[Gone]:
    """The clean files whose raw file is gone, by path; none where not all pages are known."""
    if plan.names is None:
        return
    for path in _ledgers(plan.clean):
        stem = path.with_name(path.name.removesuffix(_LEDGER))
        if plan.names.has(stem.relative_to(plan.clean).as_posix()):
            continue
        try:
            head = read_head(path.read_bytes())
        except OSError:
            continue
        if head and (plan.shard is None or plan.shard.has(head.name)):
            yield Gone(head.name, stem, head)


def prune(clean: Path, one: Gone) -> list[str]:
    """Take a page's clean files away, the ledger last, and the folders that are empty then.

    Returns the files that stay, since a person edited them. Raises OSError.
    """
    stay = []
    for name, digest in one.head.outputs:
        path = one.stem.with_name(name)
        try:
            own = not path.is_symlink() and sha256(path.read_bytes()).hexdigest() == digest
        except FileNotFoundError:
            continue
        if own:
            path.unlink()
        else:
            stay.append(str(path))
    if not stay:
        one.stem.with_name(one.stem.name + _LEDGER).unlink()
        _take_empty(one.stem.parent, clean)
    return stay


def _ledgers(clean: Path) -> Iterator[Path]:
    """Every ledger below, by path; links to folders are not followed."""
    for folder, folders, files in os.walk(clean):
        folders[:] = sorted(name for name in folders if name != FOLDER)
        yield from (Path(folder, name) for name in sorted(files) if name.endswith(_LEDGER))


def _take_empty(folder: Path, clean: Path) -> None:
    while folder != clean and not any(os.scandir(folder)):
        folder.rmdir()
        folder = folder.parent
