"""Runs killed at random moments: `python -m bench.soak_kills --kills 1000`.

A folder of generated pages is cleaned by workers. Again and again the whole run, or one of its
workers, is killed (SIGKILL) at a random moment; between the kills pages change, come and go. What
counts: no clean file is ever half written, no raw file is touched, and the run that is let end
makes the tree that an undisturbed one makes. Exits with 1 where that fails.
"""

import contextlib
import json
import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # a process of one thread can be forked

import click
from jiaokan.batch.area import FOLDER, Area
from jiaokan.batch.job import PageJob
from jiaokan.batch.plan import plan
from jiaokan.batch.session import Session
from jiaokan.formats.ledger_head import is_whole
from jiaokan.rulebook import Rulebook, load
from jiaokan.settings import Settings
from jiaokan.verify import verify

from bench.result import Options, Table

SETTINGS = Settings(neural=False)
WORDS = ("青菜", "渡船", "茶馆", "粮仓", "石桥", "灯塔", "布店", "药铺")


@dataclass(slots=True)
class Soak:
    """Kills and what they showed."""

    folder: Path
    rules: Rulebook
    dice: random.Random
    pages: int
    kills: int = 0
    """Of the whole run."""
    workers: int = 0
    """Of one worker."""
    ended: int = 0
    """Runs that were through before the kill came."""
    faults: list[str] = field(default_factory=list)

    @property
    def raw(self) -> Path:
        """The pages."""
        return self.folder / "raw"

    @property
    def clean(self) -> Path:
        """What the runs write."""
        return self.folder / "clean"

    def write(self, number: int) -> None:
        """Give a page a new text."""
        path = self.raw / f"{number % 5}" / f"{number}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        word = self.dice.choice(WORDS)
        path.write_bytes(f"集市之{number}\n\n天刚亮,{word}边上来了{number}个人.\n".encode())

    def change(self) -> None:
        """Some pages change, one goes."""
        for number in self.dice.sample(range(self.pages), 3):
            self.write(number)
        gone = self.dice.choice(sorted(self.raw.rglob("*.txt")))
        gone.unlink()

    def started(self, clean: Path) -> int:
        """A run in a process of its own; its number."""
        child = os.fork()
        if child == 0:
            os.setsid()
            _run(self.raw, clean, self.rules)
            os._exit(0)
        return child

    def killed(self, longest: float) -> None:
        """Start a run, and kill it or one of its workers."""
        child = self.started(self.clean)
        time.sleep(self.dice.uniform(0, longest))
        workers = _children(child)
        if workers and self.dice.random() < 0.3:
            self.workers += 1
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.dice.choice(workers), signal.SIGKILL)
            os.waitpid(child, 0)
            return
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status):
            self.kills += 1
        else:
            self.ended += 1

    def check(self) -> None:
        """Every clean file is whole."""
        for path in self.clean.rglob("*"):
            try:
                data = path.read_bytes() if path.is_file() else b""
            except FileNotFoundError:
                continue  # a worker of the killed run still ends
            if FOLDER in path.relative_to(self.clean).parts or not path.is_file():
                continue
            if path.name.endswith(".ledger.json"):
                whole = is_whole(data)
            else:
                whole = data.endswith(b"\n") and (path.suffix != ".json" or _is_json(data))
            if not whole:
                self.faults.append(f"{path} is half written after kill {self.kills}")

    def end(self) -> None:
        """Let a run end, and compare."""
        _run(self.raw, self.clean, self.rules)
        other = self.folder / "undisturbed"
        shutil.rmtree(other, ignore_errors=True)
        _run(self.raw, other, self.rules)
        for name in sorted(_tree(self.clean).items() ^ _tree(other).items()):
            self.faults.append(f"{name[0]} differs from what an undisturbed run makes")
        self.faults += [f"{one.file}: {one.what}" for one in verify(self.clean, self.raw).problems]


def soak(folder: Path, kills: int, pages: int, seed: int) -> Soak:
    """Kill so many runs or workers."""
    one = Soak(folder, load(), random.Random(seed), pages)
    PageJob(Area(folder), one.rules, SETTINGS).warm()
    for number in range(pages):
        one.write(number)
    begun = time.monotonic()
    os.waitpid(one.started(folder / "first"), 0)
    longest = time.monotonic() - begun
    raws: dict[str, str] = {}
    while one.kills + one.workers < kills:
        if one.dice.random() < 0.3:
            one.change()
        elif one.dice.random() < 0.1:
            shutil.rmtree(one.clean, ignore_errors=True)
        raws = _tree(one.raw)
        one.killed(longest)
        one.check()
        if one.dice.random() < 0.1:
            one.end()
        if _tree(one.raw) != raws:
            one.faults.append("a raw file was touched")
        if one.faults:
            break
    one.end()
    return one


def tables(options: Options) -> list[Table]:
    """Two hundred kills, as part of `python -m bench`."""
    with TemporaryDirectory() as folder:
        return [_table(soak(Path(folder), 200, 12, options.seed))]


def _run(raw: Path, clean: Path, rules: Rulebook) -> None:
    session = Session(plan(raw, clean), rules, SETTINGS, jobs=2, prune=True)
    for _ in session.outcomes():
        pass


def _children(parent: int) -> list[int]:
    try:
        text = Path(f"/proc/{parent}/task/{parent}/children").read_text()
    except OSError:
        return []
    return [int(number) for number in text.split()]


def _is_json(data: bytes) -> bool:
    try:
        json.loads(data)
    except ValueError:
        return False
    return True


def _tree(folder: Path) -> dict[str, str]:
    return dict(_files(folder))


def _files(folder: Path) -> Iterator[tuple[str, str]]:
    for path in folder.rglob("*"):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), sha256(path.read_bytes()).hexdigest()


def _table(one: Soak) -> Table:
    columns = ("what", "number")
    rows = (
        ("runs killed", one.kills),
        ("workers killed", one.workers),
        ("runs that were through before", one.ended),
        ("faults", len(one.faults)),
    )
    return Table("killed at random, then ended", columns, rows, tuple(one.faults[:10]))


@click.command
@click.option("--kills", default=1000, show_default=True)
@click.option("--pages", default=24, show_default=True)
@click.option("--seed", default=7, show_default=True)
def main(kills: int, pages: int, seed: int) -> None:
    """Kill runs at random moments, and see that nothing is lost."""
    from bench.tables import as_text

    begun = time.monotonic()
    with TemporaryDirectory() as folder:
        one = soak(Path(folder), kills, pages, seed)
    click.echo(as_text(_table(one)))
    click.echo(f"  {time.monotonic() - begun:.0f} s")
    sys.exit(1 if one.faults else 0)


if __name__ == "__main__":
    main()
