"""Globs: what they name, and where their fixed part ends.

`scans/**/*.txt` has the fixed part `scans`. Python's own globs go through links to folders, and
name a file once for each way to it; here such a link is a match, and nothing behind it is one.
"""

import glob
from collections.abc import Iterator
from functools import cache, partial
from pathlib import Path, PurePath

has_magic = glob.has_magic


def fixed_part(pattern: str) -> Path:
    """The part of a glob above what it names.

    >>> fixed_part("scans/1995/**/*.txt").as_posix(), fixed_part("*.txt").as_posix()
    ('scans/1995', '.')
    """
    fixed = Path()
    for part in PurePath(pattern).parts[:-1]:
        if has_magic(part):
            break
        fixed /= part
    return fixed


def matches(pattern: str) -> Iterator[Path]:
    """What a glob names, in no order; of a link to a folder, and all behind it, the link alone."""
    fixed = fixed_part(pattern)
    link_to = cache(partial(_link, fixed))
    links: set[Path] = set()
    for match in glob.iglob(pattern, recursive=True):
        path = Path(match)
        link = link_to(path if path.is_dir() else path.parent)
        if link is None:
            yield path
        elif link not in links:
            links.add(link)
            yield link


def _link(fixed: Path, folder: Path) -> Path | None:
    """The first link on the way from the fixed part to a folder, itself one of them."""
    way = [one for one in (folder, *folder.parents) if one.is_relative_to(fixed) and one != fixed]
    return next((one for one in reversed(way) if one.is_symlink()), None)
