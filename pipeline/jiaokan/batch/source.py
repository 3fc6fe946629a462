"""One raw file: where it lies, what it is called, and which clean files it gives."""

from dataclasses import dataclass
from pathlib import Path, PurePosixPath

FORMATS = {"md": ".md", "txt": ".txt", "tei": ".tei.xml"}
"""What may be written beside JSON and ledger, and the ending of its files."""
USUAL = ("md",)


@dataclass(frozen=True, slots=True)
class Source:
    """One page to clean."""

    path: Path
    name: str
    """Its path under the raw folder, with forward slashes."""
    formats: tuple[str, ...] = USUAL
    """What is written beside JSON and ledger; in the order of FORMATS."""

    def read(self) -> bytes:
        """The raw bytes. Raises PageError where they cannot be read."""
        from jiaokan.formats.decode import read_bytes

        return read_bytes(self.path, self.name)

    @property
    def stem(self) -> str:
        """Its name without the ending; what the clean files' names begin with.

        >>> Source(Path("raw/a/b.txt"), "a/b.txt").stem
        'a/b'
        """
        return PurePosixPath(self.name).with_suffix("").as_posix()

    @property
    def outputs(self) -> tuple[str, ...]:
        """The clean files under the clean folder: JSON, the other formats, the ledger last.

        >>> Source(Path("raw/a/b.txt"), "a/b.txt").outputs
        ('a/b.json', 'a/b.md', 'a/b.ledger.json')
        """
        endings = (".json", *(FORMATS[name] for name in self.formats), ".ledger.json")
        return tuple(self.stem + ending for ending in endings)
