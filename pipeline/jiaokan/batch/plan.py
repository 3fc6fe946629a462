"""What a run is to do: each raw file, and the clean files it gives.

RAW is one file of any name, or a folder: then every `.txt` and `.text` file in
it, at any depth. Left alone, and said so: hidden files and folders, links to
folders, links that lead out of RAW, and what is no regular file. Files with
other endings are no pages and are not spoken of. CLEAN may lie inside RAW; it
is not read.
"""

import os
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from jiaokan.batch.shard import Shard
from jiaokan.batch.source import Source
from jiaokan.errors import JiaokanError

ENDINGS = (".txt", ".text")


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run is to do."""

    clean: Path
    sources: tuple[Source, ...]
    """By name."""
    skipped: tuple[tuple[str, str], ...]
    """(path, why) of what looks like a page and is left alone."""
    shard: Shard | None = None
    """The part of a run that it is; None: all of it."""


def plan(raw: Path, clean: Path) -> Plan:
    """What a run over RAW is to do. Raises JiaokanError where that is not clear."""
    if not raw.exists():
        raise JiaokanError(
            "there is no such file or folder",
            where=str(raw),
            hint="give a page or a folder of pages, or make a workspace: jiaokan init",
        )
    if clean.exists() and not clean.is_dir():
        raise JiaokanError("is no folder to write clean files to", where=str(clean))
    if clean.exists() and clean.samefile(raw):
        raise JiaokanError(
            "is the raw folder: clean files would stand among the raw ones",
            where=str(clean),
            hint="write to another folder, such as clean",
        )
    skipped: list[tuple[str, str]] = []
    if raw.is_dir():
        sources = sorted(_walk(raw, clean, skipped), key=lambda source: source.name)
    else:
        sources = [Source(raw, raw.name)]
    if not sources:
        raise JiaokanError(
            f"there are no pages in it ({', '.join(ENDINGS)})",
            where=str(raw),
            hint="; ".join(f"{name}: {why}" for name, why in skipped[:5]),
        )
    _refuse_collisions(sources)
    _refuse_overwriting(sources, clean)
    return Plan(clean, tuple(sources), tuple(sorted(skipped)))


def _walk(raw: Path, clean: Path, skipped: list[tuple[str, str]]) -> Iterator[Source]:
    top, target = raw.resolve(), clean.resolve()
    folders = [raw]
    while folders:
        folder = folders.pop()
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            skipped.append((str(folder), f"cannot be read: {error.strerror}"))
            continue
        for entry in entries:
            path = Path(entry.path)
            if entry.is_dir(follow_symlinks=False) and not entry.name.startswith("."):
                if path.resolve() != target:
                    folders.append(path)
            elif why := _why_not(entry, top):
                skipped.append((str(path), why))
            elif path.suffix.lower() in ENDINGS:
                yield Source(path, path.relative_to(raw).as_posix())


def _why_not(entry: "os.DirEntry[str]", top: Path) -> str:
    """Why a file that looks like a page is left alone; empty where it is not."""
    hidden = entry.name.startswith(".")
    if entry.is_dir():
        return "a hidden folder" if hidden else "a link to a folder"
    if Path(entry.name).suffix.lower() not in ENDINGS:
        return ""
    if hidden:
        return "a hidden file"
    if entry.is_symlink() and not Path(entry.path).resolve().is_relative_to(top):
        return "a link that leads out of the raw folder"
    if not entry.is_file():
        return "a link that leads nowhere" if entry.is_symlink() else "no regular file"
    return ""


def _folded(name: str) -> str:
    """A name as the least distinguishing file system knows it."""
    return unicodedata.normalize("NFC", name).casefold()


def _refuse_collisions(sources: list[Source]) -> None:
    """Two raw files must not give the same clean file, nor one a folder of another's."""
    owners: dict[str, Source] = {}
    for source in sources:
        for output in source.outputs:
            other = owners.setdefault(_folded(output), source)
            if other is not source:
                _collide(other, source, output)
    for source in sources:
        for folder in PurePosixPath(source.name).parents:
            if owner := owners.get(_folded(folder.as_posix())):
                _collide(owner, source, folder.as_posix())


def _collide(one: Source, other: Source, output: str) -> None:
    raise JiaokanError(
        f"{one.path} and {other.path} would both give {output}",
        hint="rename one of the two",
    )


def _refuse_overwriting(sources: list[Source], clean: Path) -> None:
    """No clean file may take a raw file's place."""
    raw = {source.path.resolve() for source in sources}
    for source in sources:
        for output in source.outputs:
            if (clean / output).resolve() in raw:
                raise JiaokanError(
                    f"the clean file {clean / output} would take a raw file's place",
                    where=str(source.path),
                    hint="write to another folder",
                )
