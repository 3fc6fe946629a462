"""Workers: answers in order, whoever dies."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from jiaokan.batch.pool import Died, Pool, WorkError, start_method
from jiaokan.errors import JiaokanError

sys.path.insert(0, str(Path(__file__).parent))  # for workers that are not forked
from works import NeverReady, Work

METHODS = ["fork", "forkserver"] if sys.platform == "linux" else ["spawn"]


def values(pool: Pool[int, tuple[int, int]], tasks: range) -> list[int | str]:
    return [
        answer.cause if isinstance(answer, Died) else answer[0] for _, answer in pool.stream(tasks)
    ]


@pytest.mark.parametrize("jobs", [1, 2, 5])
@pytest.mark.parametrize("method", METHODS)
def test_answers_come_in_the_order_of_the_tasks(tmp_path: Path, method: str, jobs: int) -> None:
    with Pool(Work(tmp_path, slow=3), jobs, method=method) as pool:
        got = list(pool.stream(range(200)))
    assert [task for task, _ in got] == list(range(200))
    assert [answer[0] for _, answer in got if not isinstance(answer, Died)] == list(
        range(0, 400, 2)
    )
    pids = {answer[1] for _, answer in got if not isinstance(answer, Died)}
    assert os.getpid() not in pids
    assert 1 <= len(pids) <= jobs


def test_a_task_that_kills_its_worker_is_tried_twice_and_named(tmp_path: Path) -> None:
    with Pool(Work(tmp_path, killed=(7, 8, 30)), 3) as pool:
        got = values(pool, range(40))
    for task, value in enumerate(got):
        if task in (7, 8, 30):
            assert "SIGKILL" in str(value)
        else:
            assert value == 2 * task


def test_what_dies_once_only_is_done(tmp_path: Path) -> None:
    with Pool(Work(tmp_path, once=(0, 5, 19)), 2) as pool:
        assert values(pool, range(20)) == list(range(0, 40, 2))


def test_a_worker_killed_from_outside_loses_nothing(tmp_path: Path) -> None:
    with Pool(Work(tmp_path), 2) as pool:
        got = []
        killed: set[int] = set()
        for task, answer in pool.stream(range(300)):
            assert not isinstance(answer, Died)
            got.append(answer[0])
            # Answers come in order: this one may be of a worker that is killed already.
            if task in (20, 120, 250) and answer[1] not in killed:
                os.kill(answer[1], signal.SIGKILL)
                killed.add(answer[1])
    assert got == list(range(0, 600, 2))


def test_what_the_work_raises_is_told(tmp_path: Path) -> None:
    with Pool(Work(tmp_path, raised=4), 2) as pool, pytest.raises(WorkError, match="no such numb"):
        values(pool, range(9))


def test_workers_that_never_start_are_an_error() -> None:
    with (
        Pool(NeverReady(), 2, method=METHODS[-1]) as pool,
        pytest.raises(JiaokanError, match="no worker can be started: its process ended with 3"),
    ):
        list(pool.stream(range(3)))


def test_tasks_are_taken_as_they_are_needed(tmp_path: Path) -> None:
    taken = 0

    def tasks() -> Iterator[int]:
        nonlocal taken
        for number in range(10_000):
            taken += 1
            yield number

    with Pool(Work(tmp_path), 2, window=8) as pool:
        for task, _ in pool.stream(tasks()):
            assert taken <= task + 1 + 2 * 8
            if task == 100:
                break


def test_nobody_is_left_behind(tmp_path: Path) -> None:
    with Pool(Work(tmp_path, slow=1), 2) as pool:
        stream = pool.stream(range(50))
        next(stream)
        processes = [worker.process for worker in pool._workers]
    assert processes
    assert not any(process.is_alive() for process in processes)


@pytest.mark.skipif(sys.platform != "linux", reason="stops the server of forks")
def test_no_worker_outlives_a_run_that_is_killed(tmp_path: Path) -> None:
    program = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from pathlib import Path\n"
        "from jiaokan.batch.pool import Pool\n"
        "from works import Slow\n"
        "with Pool(Slow(Path(sys.argv[2])), 1, method='forkserver') as pool:\n"
        "    list(pool.stream(['done']))\n"
    )
    argv = [sys.executable, "-c", program, str(Path(__file__).parent), str(tmp_path)]
    begun = tmp_path / "begun"
    with subprocess.Popen(argv) as run:
        while not begun.exists() or not begun.read_text():
            assert run.poll() is None
            time.sleep(0.01)
        server = int(begun.read_text())
        os.kill(server, signal.SIGSTOP)  # it is slow to end: the worker must not rely on it
        run.kill()
    try:
        time.sleep(1)
        assert not (tmp_path / "done").exists()
    finally:
        os.kill(server, signal.SIGKILL)


def test_no_tasks_start_no_worker(tmp_path: Path) -> None:
    with Pool(Work(tmp_path), 2) as pool:
        assert list(pool.stream([])) == []
        assert pool._workers == []


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing is forked")
def test_a_process_of_several_threads_is_not_forked() -> None:
    done = threading.Event()
    other = threading.Thread(target=done.wait)
    other.start()
    try:
        assert start_method() == "forkserver"
    finally:
        done.set()
        other.join()
