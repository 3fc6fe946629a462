"""One raw file: where it lies, what it is called, and which clean files it gives."""

from dataclasses import dataclass
from pathlib import Path, PurePosixPath


@dataclass(frozen=True, slots=True)
class Source:
    """One page to clean."""

    path: Path
    name: str
    """Its path under the raw folder, with forward slashes."""

    @property
    def stem(self) -> str:
        """Its name without the ending; what the clean files' names begin with.

        >>> Source(Path("raw/a/b.txt"), "a/b.txt").stem
        'a/b'
        """
        return PurePosixPath(self.name).with_suffix("").as_posix()

    @property
    def outputs(self) -> tuple[str, str, str]:
        """The clean files under the clean folder: JSON, Markdown, ledger.

        >>> Source(Path("raw/a/b.txt"), "a/b.txt").outputs
        ('a/b.json', 'a/b.md', 'a/b.ledger.json')
        """
        return f"{self.stem}.json", f"{self.stem}.md", f"{self.stem}.ledger.json"
