"""Runs that are disturbed: one step of the file system fails, or is the last one."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from jiaokan.batch import job as job_module
from jiaokan.batch.outcome import Outcome
from jiaokan.batch.plan import plan
from jiaokan.batch.process import Result, process
from jiaokan.batch.run import Way
from jiaokan.batch.session import Session
from jiaokan.page import Page
from jiaokan.rulebook import Rulebook
from jiaokan.settings import Settings

STEPS = ("open", "write", "fsync", "replace", "unlink", "mkdir", "rmdir")
"""Functions of `os` that change something on the disk, or make sure of it."""


def page(number: int, word: str = "青菜") -> bytes:
    """A small page."""
    return f"集市之{number}\n\n天刚亮,卖菜的老人把{word}摆得整整齐齐.\n".encode()


def session(raw: Path, rules: Rulebook, way: Way | None = None, **more: Any) -> Session:
    """A whole run, in this process where nothing else is asked."""
    return Session(
        plan(raw, raw.parent / "clean"), rules, Settings(neural=False), **more, way=way or Way()
    )


def run(raw: Path, rules: Rulebook, way: Way | None = None, **more: Any) -> list[Outcome]:
    """What became of each page."""
    return list(session(raw, rules, way, **more).outcomes())


def tree(folder: Path) -> dict[str, str]:
    """SHA-256 of every file, by path."""
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Clean each page once only, however many runs there are: they are about files."""
    known: dict[tuple[str, bytes], Result] = {}

    def lookup(page: Page, *rest: Any) -> Result:
        key = (page.name, page.data)
        if key not in known:
            known[key] = process(page, *rest)
        return known[key]

    monkeypatch.setattr(job_module, "process", lookup)


@dataclass
class Disturbance:
    """Counts the steps; at one of them, or from it on, it does something else."""

    folder: Path
    """Where steps count; a path relative to nothing in it is none of them."""
    at: int = -1
    act: Callable[[], None] = lambda: None
    lasting: bool = False
    """Also at every step behind it that would take room."""
    count: int = 0
    names: list[str] = field(default_factory=list)

    def step(self, name: str) -> None:
        """A step is about to be done."""
        number = self.count
        self.count += 1
        self.names.append(name)
        if number == self.at or (
            self.lasting and number > self.at >= 0 and name in ("open", "write", "mkdir")
        ):
            self.act()


@contextmanager
def disturbed(disturbance: Disturbance) -> Iterator[None]:
    """Have every step go by the disturbance."""
    true = {name: getattr(os, name) for name in STEPS}

    def wrapped(name: str) -> Callable[..., Any]:
        def function(*args: Any, **named: Any) -> Any:
            reads = name == "open" and not (len(args) > 1 and args[1] & os.O_CREAT)
            if not reads:
                disturbance.step(name)
            return true[name](*args, **named)

        return function

    with pytest.MonkeyPatch.context() as patch:
        for name in STEPS:
            patch.setattr(os, name, wrapped(name))
        yield
