"""Which files are pages: folders, files, globs, and lists of any of them.

A page is called by its path under the folder or the fixed part of the glob that it was found in, a
file that was named by its last part, and what a list names by its path under the current folder.
With a base all are called by their paths under that.

Of a folder every `.txt` and `.text` file counts, at any depth. Left alone, and said so: hidden
files and folders, links to folders, links that lead out of it, clean files that a run wrote, and
what is no regular file. A glob goes through no link to a folder either; one with an ending of its
own (`*.ocr`) takes files of that. A file that was named may have any name.
"""

import os
from collections.abc import Iterator
from pathlib import Path, PurePath
from typing import NamedTuple

from jiaokan.batch.globs import fixed_part, has_magic, matches
from jiaokan.batch.path_lists import listed
from jiaokan.batch.source import Source
from jiaokan.errors import JiaokanError
from jiaokan.formats.ledger_head import read_head
from jiaokan.records.record import kind_of

ENDINGS = (".txt", ".text")
STDIN = "-"


class Found(NamedTuple):
    """A page that was found."""

    source: Source
    special: bool
    """Whether it was named or is a link, so that it may be a clean file itself."""


class Skipped(NamedTuple):
    """What looks like a page and is left alone."""

    path: str
    why: str


class Inputs(NamedTuple):
    """What a run was given."""

    raws: tuple[str, ...]
    """Folders, files and globs; `-` is a list from stdin."""
    lists: tuple[str, ...] = ()
    """Files that name one path a line, or one behind each NUL; `-` is stdin."""
    base: Path | None = None
    """Where pages' names begin; None: as the module says."""

    @property
    def whole(self) -> bool:
        """Whether they are folders only, so that a page which is not found is gone."""
        return not self.lists and all(raw != STDIN and Path(raw).is_dir() for raw in self.raws)


def found(inputs: Inputs, clean: Path) -> Iterator[Found | Skipped]:
    """Every page of the inputs, in no order. Raises JiaokanError."""
    for raw in inputs.raws:
        if raw == STDIN:
            yield from _of_list(STDIN, inputs.base, clean)
        else:
            yield from _of_argument(raw, inputs.base, clean)
    for name in inputs.lists:
        yield from _of_list(name, inputs.base, clean)


def _of_argument(raw: str, base: Path | None, clean: Path) -> Iterator[Found | Skipped]:
    path = Path(raw)
    if path.is_dir():
        if clean.exists() and clean.samefile(path):
            raise JiaokanError(
                "is the raw folder: clean files would stand among the raw ones",
                where=str(clean),
                hint="write to another folder, such as clean",
            )
        yield from _walk(path, base or path, clean)
    elif path.exists():
        yield Found(Source(path, _name(path, base or path.parent)), True)
    elif has_magic(raw):
        yield from _of_glob(raw, base, clean)
    else:
        raise JiaokanError(
            "there is no such file or folder",
            where=raw,
            hint="give a page or a folder of pages, or make a workspace: jiaokan init",
        )


def _of_glob(pattern: str, base: Path | None, clean: Path) -> Iterator[Found | Skipped]:
    fixed = fixed_part(pattern)
    own = PurePath(pattern).suffix
    endings = ENDINGS if not own or has_magic(own) else (own.lower(), *ENDINGS)
    target = os.path.abspath(clean)
    none = True
    for path in matches(pattern):
        if os.path.abspath(path) == target or os.path.abspath(path).startswith(target + os.sep):
            continue
        none = False
        if path.is_symlink() and path.is_dir():
            yield Skipped(str(path), _LINK)
        elif path.is_dir():
            yield from _walk(path, base or fixed, clean)
        elif path.suffix.lower() in endings:
            yield Found(Source(path, _name(path, base or fixed)), True)
    if none:
        raise JiaokanError("no file is called so", where=pattern, hint="** stands for any folders")


def _of_list(name: str, base: Path | None, clean: Path) -> Iterator[Found | Skipped]:
    for place, text in listed(name):
        path = Path(text)
        try:
            if path.is_dir():
                yield from _walk(path, base or Path(), clean)
            elif kind_of(path):
                what = f"{text} is a record file, and a list names texts"
                raise JiaokanError(what, hint=f"jiaokan run {text} {clean}")
            else:  # one that is not there fails as a page does
                yield Found(Source(path, _name(path, base or Path())), True)
        except JiaokanError as error:
            where = f"{place}: {error.where}" if error.where else place
            raise JiaokanError(error.what, where=where, hint=error.hint) from None


def _name(path: Path, base: Path) -> str:
    """A page's name: its path under the base."""
    name = os.path.relpath(os.path.abspath(path), os.path.abspath(base))
    if name.split(os.sep)[0] == os.pardir:
        raise JiaokanError(
            f"lies outside of {base}, where the pages' names begin",
            where=str(path),
            hint="say where they begin: --base FOLDER",
        )
    return name.replace(os.sep, "/")


def _walk(top: Path, base: Path, clean: Path) -> Iterator[Found | Skipped]:
    inside, target = top.resolve(), clean.resolve()
    prefix = _name(top, base)
    prefix = "" if prefix == "." else f"{prefix}/"
    folders = [top]
    while folders:
        folder = folders.pop()
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            yield Skipped(str(folder), f"{UNREAD}{error.strerror}")
            continue
        names = {entry.name for entry in entries}
        for entry in entries:
            path = Path(entry.path)
            if entry.is_dir(follow_symlinks=False) and not entry.name.startswith("."):
                if path.resolve() != target:
                    folders.append(path)
            elif why := _why_not(entry, inside):
                yield Skipped(str(path), why)
            elif path.suffix.lower() not in ENDINGS:
                continue
            elif path.stem + _LEDGER in names and _is_output(path):
                yield Skipped(str(path), _WRITTEN)
            else:
                source = Source(path, prefix + path.relative_to(top).as_posix())
                yield Found(source, entry.is_symlink())


UNREAD = "cannot be read: "
"""What is said of a folder whose pages are not known."""
_LINK = "a link to a folder"
_WRITTEN = "a run wrote it"
_LEDGER = ".ledger.json"


def _is_output(path: Path) -> bool:
    """Whether the ledger beside a file says that a run wrote it, as with `--format txt`."""
    try:
        head = read_head(path.with_name(path.stem + _LEDGER).read_bytes())
    except OSError:
        return False
    return head is not None and path.name in dict(head.outputs)


def _why_not(entry: "os.DirEntry[str]", top: Path) -> str:
    """Why a file that looks like a page is left alone; empty where it is not."""
    hidden = entry.name.startswith(".")
    if entry.is_dir():
        return "a hidden folder" if hidden else _LINK
    if Path(entry.name).suffix.lower() not in ENDINGS:
        return ""
    if hidden:
        return "a hidden file"
    if entry.is_symlink() and not Path(entry.path).resolve().is_relative_to(top):
        return "a link that leads out of the raw folder"
    if not entry.is_file():
        return "a link that leads nowhere" if entry.is_symlink() else "no regular file"
    return ""
