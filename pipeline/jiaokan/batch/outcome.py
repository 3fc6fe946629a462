"""What became of one page: what the stream of a run is made of."""

import errno
from dataclasses import dataclass, field
from typing import Literal

from jiaokan.batch.source import Source
from jiaokan.errors import JiaokanError

State = Literal["done", "kept", "edited", "blocked", "failed", "due", "gone", "pruned"]
"""done: cleaned now; kept: it was up to date; edited: it was up to date, and what a run had written
was edited by a person since, and stays; blocked: it must be done, but would overwrite what a person
edited; failed: see the error; due: it would be done, were this no dry run; gone: its raw file is no
longer there; pruned: so its clean files were taken away."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one page. It is small, whatever the page's size."""

    source: Source
    error: str = ""
    """Why it failed; empty where it did not."""
    encoding: str = ""
    encoding_confidence: float = 0.0
    characters: int = 0
    articles: int = 0
    changes: int = 0
    seams: int = 0
    findings: int = 0
    written: int = 0
    """How many files were new or had changed."""
    state: State = "done"
    why: str = ""
    """Why it was done, or was not."""
    size: int = 0
    """Of the raw file, in bytes."""
    rules: tuple[tuple[str, int], ...] = ()
    """(stage or rule, steps) of the changes, by name."""
    digest: str = ""
    """SHA-256 of the ledger, which speaks of the other files."""
    hopeless: bool = field(default=False, compare=False)
    """Whether what failed will fail for all other pages, too: the disk is full, or read only."""
    traceback: str = field(default="", repr=False, compare=False)


def said(error: BaseException, name: str) -> str:
    """What to tell a user about a page that failed; it names the page."""
    if isinstance(error, JiaokanError):
        return str(error) if error.where.startswith(name) else f"{name}: {error}"
    if isinstance(error, OSError):
        long = "\n  give the page a shorter name" if error.errno == errno.ENAMETOOLONG else ""
        return f"{name}: {error.strerror or error}: {error.filename or 'clean files'}{long}"
    if isinstance(error, MemoryError):
        return f"{name}: there is not enough memory for it\n  try fewer workers: --jobs 1"
    return f"{name}: a mistake in jiaokan: {type(error).__name__}: {error}"
