"""Work that takes its time: running pages again, and what a new rule would do. One at a time."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from jiaokan.errors import JiaokanError


@dataclass
class Job:
    """A piece of work and how far it is."""

    kind: str
    total: int
    done: int = 0
    state: str = "working"
    """working, done, failed or stopped."""
    result: dict[str, Any] = field(default_factory=dict)
    error: str = ""
    stop: threading.Event = field(default_factory=threading.Event)

    def as_row(self) -> dict[str, Any]:
        """What the browser is told."""
        names = ("kind", "total", "done", "state", "result", "error")
        return {name: getattr(self, name) for name in names}


@dataclass
class Jobs:
    """The work of a session."""

    current: Job | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _thread: threading.Thread | None = None

    def start(self, job: Job, steps: Callable[[Job], Iterator[None]]) -> Job:
        """Do the work in a thread of its own. Raises JiaokanError where some is under way."""
        with self._lock:
            if self.current is not None and self.current.state == "working":
                raise JiaokanError("something else is under way", hint="wait until it is done")
            self.current = job
            self._thread = threading.Thread(target=_work, args=(job, steps), daemon=True)
            self._thread.start()
        return job

    def close(self) -> None:
        """Stop what is under way, and wait for it: what is being written gets whole."""
        if self.current is not None:
            self.current.stop.set()
        if self._thread is not None:
            self._thread.join(timeout=60)


def _work(job: Job, steps: Callable[[Job], Iterator[None]]) -> None:
    try:
        for _ in steps(job):
            job.done += 1
            if job.stop.is_set():
                job.state = "stopped"
                return
        job.state = "done"
    except JiaokanError as error:
        job.error, job.state = str(error), "failed"
    except Exception as error:  # it must be told, not lost with the thread
        job.error, job.state = f"{type(error).__name__}: {error}", "failed"
