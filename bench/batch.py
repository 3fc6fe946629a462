"""Whole runs: how time and memory grow, what a second worker is worth, how long a start takes.

Each run is a process of its own (`python -m bench.batch RAW CLEAN JOBS` prints JSON). Seconds are
wall time where nothing else is said; memory is the highest resident size, in 10^6 bytes.
"""

import json
import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from bench.interleave import read_files
from bench.kinds import ARTICLES
from bench.result import Cell, Options, Table
from bench.sample_pages import sample_pages

SMALL = 500
"""bytes of the pages of which there are many: what is looked at is their number"""
FEWEST = 1_000
"""bytes of the smallest page"""
WORKERS = 12
"""interleaved pages for one worker and for two"""
STARTS = 5


def tables(options: Options) -> list[Table]:
    """All of it; `most_pages` and `most_bytes` of the options say how far it goes."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        return [
            _by_workers(folder, options.seed),
            _start(folder),
            _by_size(folder, options.most_bytes),
            _by_pages(folder, options.most_pages),
        ]


def _by_pages(folder: Path, most: int) -> Table:
    rows: list[tuple[Cell, ...]] = []
    raw, count = folder / "many", 0
    for pages in _steps(1, most):
        for number in range(count, pages):
            path = raw / f"{number % 100:02}" / f"{number}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text_of(SMALL, number))
        count = pages
        clean = folder / "clean"
        shutil.rmtree(clean, ignore_errors=True)
        first, again = run(raw, clean, 1), run(raw, clean, 1)
        rows.append(
            (
                pages,
                first["wall"],
                1e3 * first["cpu"] / pages,
                first["own MB"],
                first["worker MB"],
                again["wall"],
                1e3 * again["cpu"] / pages,
            )
        )
    columns = (
        "pages",
        "s",
        "CPU ms/page",
        "MB, parent",
        "MB, worker",
        "again: s",
        "again: CPU ms/page",
    )
    title = f"pages of {SMALL / 1000} KB in order, one worker, without the network"
    notes = ("again: the same run once more; every page is up to date, all bytes are hashed.",)
    return Table(title, columns, tuple(rows), notes)


def _by_size(folder: Path, most: int) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for size in _steps(FEWEST, most):
        raw = folder / f"size-{size}"
        raw.mkdir()
        (raw / "page.txt").write_bytes(text_of(size, 0))
        (raw / "other.txt").write_bytes(text_of(FEWEST, 1))
        shutil.rmtree(folder / "clean", ignore_errors=True)
        one = run(raw, folder / "clean", 1)
        rows.append((size, one["wall"], one["cpu"], size / 1e6 / one["cpu"], one["worker MB"]))
    columns = ("bytes", "s", "CPU s", "MB/CPU s", "MB, worker")
    return Table("one page in order, start included, without the network", columns, tuple(rows))


def _by_workers(folder: Path, seed: int) -> Table:
    raw = folder / "interleaved"
    raw.mkdir()
    for number, text in enumerate(islice(sample_pages(seed), WORKERS)):
        (raw / f"{number}.txt").write_bytes(text.encode())
    rows: list[tuple[Cell, ...]] = []
    walls = []
    for jobs in (1, 2):
        shutil.rmtree(folder / "clean", ignore_errors=True)
        one = run(raw, folder / "clean", jobs, "--neural")
        walls.append(one["wall"] - one["begun"])
        rows.append((jobs, one["wall"], walls[-1], one["cpu"], WORKERS / walls[-1]))
    columns = ("workers", "s", "s without start", "CPU s", "pages/s")
    note = f"two workers do {walls[0] / walls[1]:.2f} times the work of one"
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    notes = (f"{note}; cores: {cores}; load before: {os.getloadavg()[0]:.1f}.",)
    return Table(f"{WORKERS} interleaved pages of some 20 KB", columns, tuple(rows), notes)


def _start(folder: Path) -> Table:
    raw = folder / "small.txt"
    raw.write_bytes(text_of(FEWEST, 0))
    rows: list[tuple[Cell, ...]] = []
    for what, arguments in (("--help", ["--help"]), ("one page", ["run", str(raw)])):
        walls, cpus = [], []
        for number in range(STARTS + 1):
            rest = [str(folder / f"start-{number}"), "--quiet"] if len(arguments) > 1 else []
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            begun = time.perf_counter()
            command = [sys.executable, "-m", "jiaokan", *arguments, *rest]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=_as_users())
            walls.append(time.perf_counter() - begun)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            cpus.append(_seconds(after) - _seconds(before))
        rows.append((what, median(walls[1:]), min(walls[1:]), median(cpus[1:]), min(cpus[1:])))
    columns = ("jiaokan", "s, median", "s, least", "CPU s, median", "CPU s, least")
    return Table(f"a fresh process, {STARTS} times", columns, tuple(rows))


def text_of(size: int, number: int) -> bytes:
    """A page in order, of about so many bytes: articles one after another, each with its title."""
    parts = [f"第{number}号\n\n"]
    length = 0
    for article in _endless(number):
        part = "\n\n".join((article.title, *article.paragraphs)) + "\n\n"
        parts.append(part)
        length += len(part.encode())
        if length >= size:
            break
    return "".join(parts).encode()[:size].decode("utf-8", "ignore").encode()


@cache
def _articles() -> Sequence[Any]:
    return read_files(ARTICLES).articles


def _endless(number: int) -> Iterator[Any]:
    articles = _articles()
    while True:
        yield articles[number % len(articles)]
        number += 1


def _steps(first: int, most: int) -> list[int]:
    """Powers of ten from the first to the most."""
    steps = [first]
    while steps[-1] * 10 <= most:
        steps.append(steps[-1] * 10)
    return steps


def run(raw: Path, clean: Path, jobs: int, *more: str) -> dict[str, float]:
    """What a run in a fresh process takes."""
    command = [sys.executable, "-m", "bench.batch", str(raw), str(clean), str(jobs), *more]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, env=_as_users())
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _as_users() -> dict[str, str]:
    """The environment, in which compiled modules and rules may be kept, as they are at users."""
    return {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}


def _seconds(usage: resource.struct_rusage) -> float:
    return usage.ru_utime + usage.ru_stime


def main(arguments: Sequence[str]) -> None:
    """Do a run, and say what it took."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    raw, clean, jobs, *more = arguments
    begun = time.perf_counter()
    from jiaokan.batch.plan import plan
    from jiaokan.batch.session import Session
    from jiaokan.rulebook import load
    from jiaokan.settings import Settings

    settings = Settings(neural="--neural" in more)
    session = Session(plan(Path(raw), Path(clean)), load(), settings, int(jobs))
    started = time.perf_counter() - begun
    failed = [outcome.error for outcome in session.outcomes() if outcome.error]
    if failed:
        raise SystemExit("; ".join(failed[:3]))
    wall = time.perf_counter() - begun
    own, workers = (
        resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    print(
        json.dumps(
            {
                "wall": wall,
                "begun": started,
                "cpu": _seconds(own) + _seconds(workers),
                "own MB": own.ru_maxrss * 1024 / 1e6,
                "worker MB": workers.ru_maxrss * 1024 / 1e6,
            }
        )
    )


if __name__ == "__main__":
    main(sys.argv[1:])
