"""A new rule in the workspace's file: put in, tried among all rules in force, then written."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from jiaokan.curation.add_check import check
from jiaokan.curation.add_entry import Asked, entry_of
from jiaokan.curation.add_file import with_entry
from jiaokan.curation.add_text import lines_of
from jiaokan.curation.impact_books import bytes_of
from jiaokan.errors import RuleError
from jiaokan.formats.atomic import write_where_asked
from jiaokan.rulebook.schema import FILE, MODELINE

_HEAD = b"# Rules of this workspace; they apply above the built-in ones.\n"


@dataclass(frozen=True, slots=True)
class Added:
    """A rule that may be written."""

    id: str
    entry: str
    """Its YAML text, as a list of one."""
    file: Path
    line: int
    """Where it begins in the file."""
    before: bytes | None
    """The file's bytes as they were read; None: there was no file."""
    data: bytes
    """Its bytes with the rule."""


def added(asked: Asked, file: Path, paths: Sequence[Path]) -> Added:
    """The rule in its file, tried among the rules at the paths. Raises RuleError."""
    entry = entry_of(asked)
    if file.suffix not in (".yaml", ".yml"):
        raise RuleError(
            "is no YAML file", where=str(file), hint="name one that ends in .yaml, as --file"
        )
    before = _read(file)
    data, line = with_entry(_head(file) if before is None else before, entry, str(file))
    name = str(entry["id"])
    check(data, name, file, paths)
    return Added(name, "\n".join(lines_of(entry)) + "\n", file, line, before, data)


def _head(file: Path) -> bytes:
    """The first lines of a new file; with the schema's name where the schema lies beside it."""
    schema = f"{MODELINE}\n".encode() if file.with_name(FILE).exists() else b""
    return schema + _HEAD


def write(made: Added) -> None:
    """Put the file in place. Raises JiaokanError where it was changed meanwhile, or cannot be."""
    if _read(made.file) != made.before:
        raise RuleError(
            "was changed while the rule was tried; nothing was written",
            where=str(made.file),
            hint="give the command again",
        )
    write_where_asked(made.file, made.data)


def _read(file: Path) -> bytes | None:
    return bytes_of(file) if file.exists() or file.is_symlink() else None
