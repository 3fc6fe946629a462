"""What a measurement is asked for and what it gives: options in, tables out."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

Cell = str | int | float


@dataclass(frozen=True, slots=True)
class Options:
    """What `python -m bench` was asked for; every measurement reads what concerns it."""

    shared: Path = Path("../shared")
    """Pages, corpus and confusions that are not part of the project; may be absent."""
    pages: int = 40
    """Generated pages of a kind (stitching)."""
    characters: int = 10_000_000
    """Of clean corpus (clean-text)."""
    megabytes: float = 2.0
    """Of generated pages, in 10^6 bytes of UTF-8 (speed)."""
    processes: int = 2
    """Processes for what is not timed."""
    seed: int = 7
    """Of generated pages."""
    kinds: tuple[str, ...] = ()
    """Kinds of generated pages (stitching); all where none is named."""
    most_pages: int = 10_000
    """Of the largest run (batch)."""
    most_bytes: int = 10_000_000
    """Of the largest page (batch)."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of figures; units stand in the column's head."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()
    """What must be known to read it; why it is empty where it is."""

    def as_tree(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)

    @staticmethod
    def of_tree(tree: dict[str, Any]) -> "Table":
        """The way back from JSON."""
        return Table(
            tree["title"],
            tuple(tree["columns"]),
            tuple(tuple(row) for row in tree["rows"]),
            tuple(tree["notes"]),
        )


class Skipped(Exception):
    """A measurement cannot be made here; its message says why."""


def needed(path: Path, what: str) -> Path:
    """The path. Raises Skipped where it is absent."""
    if not path.exists():
        raise Skipped(f"{what} is not there: {path} (give --shared)")
    return path
