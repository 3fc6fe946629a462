"""What workers are given in tests; a worker that is not forked must be able to import it."""

import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Work:
    """Doubles a number. Some numbers end the process, one raises, one takes long."""

    folder: Path
    """Where it notes what it was at."""
    killed: tuple[int, ...] = ()
    """At these its process dies, each time."""
    once: tuple[int, ...] = ()
    """At these it dies the first time only."""
    raised: int = -1
    slow: int = -1

    def __call__(self, task: int) -> tuple[int, int]:
        note = self.folder / f"{task}"
        first = not note.exists()
        note.write_bytes(b"")
        if task in self.killed or (task in self.once and first):
            os.kill(os.getpid(), signal.SIGKILL)
        if task == self.raised:
            raise ValueError("no such number")
        if task == self.slow:
            time.sleep(0.3)
        return 2 * task, os.getpid()


@dataclass(frozen=True)
class NeverReady:
    """Cannot be handed to a worker that is not forked: it dies of it."""

    def __setstate__(self, state: object) -> None:
        os._exit(3)

    def __getstate__(self) -> dict[str, int]:
        return {"a": 1}

    def __call__(self, task: int) -> int:
        return task


@dataclass(frozen=True)
class Slow:
    """Notes whose child does it, takes its time, and notes that it is done."""

    folder: Path

    def __call__(self, task: str) -> str:
        (self.folder / "begun").write_text(str(os.getppid()))
        time.sleep(0.5)
        (self.folder / task).write_bytes(b"")
        return task
