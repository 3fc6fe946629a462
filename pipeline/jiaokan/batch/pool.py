"""Workers: processes that do tasks, and the stream of their answers in the order of the tasks.

Tasks and answers are small: paths and ranges go out, counts come back. What all tasks need (rules,
models) is in the `work`, which each worker gets once: by fork it is shared as it lies in memory,
else it is pickled.

A worker that dies takes no run with it. The task that it was at is done once more, alone, so that
nothing else competes for memory; if that worker dies, too, the answer is `Died`. What only waited
in the dead worker's queue goes to another one.
"""

import multiprocessing
import os
import signal
import sys
import threading
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from time import monotonic
from typing import Any, Generic, TypeVar

from jiaokan.errors import JiaokanError

T = TypeVar("T")
R = TypeVar("R")

_QUICK = 0.02
"""Seconds: to a worker whose answers come faster, a few tasks are given at a time."""
_AHEAD = 4
"""Tasks given at a time to such a worker; else one."""
_WINDOW = 64
"""Tasks a worker that may be taken before their answers are given out, in order."""
_FALSE_STARTS = 3
"""Workers that may die one after another before they are ready."""


@dataclass(frozen=True, slots=True)
class Died:
    """A task's worker died at it, and so did the next one, which had nothing else to do."""

    cause: str


class WorkError(Exception):
    """The work raised what it should have answered; the text is the worker's traceback."""


@dataclass(slots=True, eq=False)
class _Worker:
    process: Any
    connection: Connection
    tasks: deque[int] = field(default_factory=deque)
    """Numbers of what it was given, the one that it is at first."""
    ready: bool = False
    quick: bool = False
    since: float = 0.0


class Pool(Generic[T, R]):
    """A few workers. Use it in a `with` block: its end ends them."""

    def __init__(
        self, work: Callable[[T], R], jobs: int, *, window: int = _WINDOW, method: str = ""
    ) -> None:
        """`jobs` workers at most; `method` is how they start: fork, forkserver or spawn, else
        what is safe here."""
        self._work = work
        self._jobs = jobs
        self._window = window * jobs
        self._context: Any = multiprocessing.get_context(method or start_method())
        self._workers: list[_Worker] = []
        self._tasks: dict[int, T] = {}
        self._answers: dict[int, R | Died] = {}
        self._again: deque[int] = deque()
        self._suspects: deque[int] = deque()
        self._tried: set[int] = set()
        self._false_starts = 0

    def __enter__(self) -> "Pool[T, R]":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def stream(self, tasks: Iterable[T]) -> Iterator[tuple[T, R | Died]]:
        """Each task with its answer, in the order of the tasks, as they come.

        Raises JiaokanError where no worker can be started, WorkError where the work raises.
        """
        source = enumerate(tasks)
        following = 0
        while True:
            self._feed(source)
            while following in self._answers:
                yield self._tasks.pop(following), self._answers.pop(following)
                following += 1
                self._feed(source)
            if not self._tasks:
                return
            self._hear()

    def close(self) -> None:
        """End the workers at once; what they are at is not answered."""
        for worker in self._workers:
            worker.connection.close()
            worker.process.kill() if worker.tasks else worker.process.terminate()
        for worker in self._workers:
            worker.process.join()
        self._workers.clear()

    def _feed(self, source: Iterator[tuple[int, T]]) -> None:
        """Give out what can be given out."""
        if self._suspects:
            if not any(worker.tasks for worker in self._workers):
                self._tried.add(self._suspects[0])
                self._give(self._free() or self._start(), self._suspects[0])
            return
        while len(self._workers) < self._jobs or self._free():
            if (number := self._next(source)) is None:
                return
            self._give(self._free() or self._start(), number)

    def _next(self, source: Iterator[tuple[int, T]]) -> int | None:
        """The number of the next task; None where there is none, or too many wait to be heard."""
        if self._again:
            return self._again.popleft()
        if len(self._tasks) < self._window:
            for number, task in source:
                self._tasks[number] = task
                return number
        return None

    def _free(self) -> _Worker | None:
        """The worker with the least to do, where one may be given more."""
        free = [one for one in self._workers if len(one.tasks) < (_AHEAD if one.quick else 1)]
        worker = min(free, key=lambda one: len(one.tasks), default=None)
        busy = worker is not None and worker.tasks and len(self._workers) < self._jobs
        return None if busy else worker

    def _start(self) -> _Worker:
        here, there = self._context.Pipe()
        forker = os.getpid() if self._context.get_start_method() == "fork" else 0
        arguments = (there, self._work, forker)
        process = self._context.Process(target=_serve, args=arguments, daemon=True)
        process.start()
        there.close()
        worker = _Worker(process, here)
        self._workers.append(worker)
        return worker

    def _give(self, worker: _Worker, number: int) -> None:
        if not worker.tasks:
            worker.since = monotonic()
        worker.tasks.append(number)
        with suppress(OSError):  # where it died, its end of the pipe will tell
            worker.connection.send((number, self._tasks[number]))

    def _hear(self) -> None:
        """Wait for what workers say, and take it in."""
        heard = wait([worker.connection for worker in self._workers])
        for worker in [one for one in self._workers if one.connection in heard]:
            try:
                message = worker.connection.recv()
            except (EOFError, OSError):
                self._bury(worker)
            else:
                self._take(worker, message)

    def _take(self, worker: _Worker, message: Any) -> None:
        if message is None:
            worker.ready = True
            self._false_starts = 0
            return
        number, answer, error = message
        if error:
            raise WorkError(error)
        now = monotonic()
        worker.quick = now - worker.since < _QUICK
        worker.since = now
        worker.tasks.remove(number)
        self._answer(number, answer)

    def _answer(self, number: int, answer: "R | Died") -> None:
        self._answers[number] = answer
        self._tried.discard(number)
        if self._suspects and self._suspects[0] == number:
            self._suspects.popleft()

    def _bury(self, worker: _Worker) -> None:
        """Go on without a worker that died."""
        self._workers.remove(worker)
        worker.connection.close()
        worker.process.join()
        cause = _cause(worker.process.exitcode)
        if not worker.ready:
            self._false_starts += 1
            if self._false_starts >= _FALSE_STARTS:
                raise JiaokanError(
                    f"no worker can be started: {cause}", hint="try fewer workers: --jobs 1"
                )
        elif worker.tasks:
            number = worker.tasks.popleft()
            if number in self._tried:
                self._answer(number, Died(cause))
            else:
                self._suspects.append(number)
        waiting = [number for number in worker.tasks if number not in self._tried]
        self._again.extendleft(reversed(waiting))


def start_method() -> str:
    """How workers can be started safely: by fork where this process has one thread only."""
    if sys.platform != "linux":
        return "spawn"
    try:
        alone = len(os.listdir("/proc/self/task")) == 1
    except OSError:
        alone = threading.active_count() == 1
    return "fork" if alone else "forkserver"


def _serve(connection: Connection, work: Callable[[Any], Any], forker: int) -> None:
    """A worker's life. Ctrl-C is its parent's to answer.

    `forker` is the run where it forked this process itself, else 0.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _die_with_parent(forker)
    connection.send(None)
    while True:
        try:
            number, task = connection.recv()
        except (EOFError, OSError):
            return
        try:
            message = (number, work(task), "")
        except Exception:
            message = (number, None, traceback.format_exc())
        try:
            connection.send(message)
        except OSError:
            return


def _die_with_parent(forker: int) -> None:
    """End this process when the run that it works for ends, however that ended.

    A killed run that is started again must not find its old workers still writing.
    """
    if forker and sys.platform == "linux":  # workers forked later hold the pipe that would tell
        import ctypes

        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # 1: PR_SET_PDEATHSIG
        if os.getppid() != forker:  # it was killed before that could be asked for
            os._exit(1)
    elif run := multiprocessing.parent_process():
        threading.Thread(target=_end_after, args=(run,), daemon=True).start()


def _end_after(run: Any) -> None:
    run.join()
    os._exit(1)


def _cause(code: int | None) -> str:
    """Why a process ended, for people."""
    if code is None or code >= 0:
        return f"its process ended with {code}"
    try:
        name = signal.Signals(-code).name
    except ValueError:
        name = f"signal {-code}"
    why = ", perhaps for want of memory" if name == "SIGKILL" else ""
    return f"its process was killed by {name}{why}"
