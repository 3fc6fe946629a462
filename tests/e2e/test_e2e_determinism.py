"""The same bytes anywhere: hash seed, locale, time zone, order of files, folder, second run."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import jobs
import pytest
from jiaokan.batch.plan import Plan, plan
from jiaokan.batch.run import run
from jiaokan.batch.session import Session
from jiaokan.settings import Settings

PAGES = ("columns-at-block-ends", "traditional-page", "odd-characters", "gb18030-notice")
PLACES = {
    "hash seed 0": {"PYTHONHASHSEED": "0"},
    "hash seed 4242": {"PYTHONHASHSEED": "4242"},
    "C": {"LC_ALL": "C", "LANG": "C"},
    "C.UTF-8": {"LC_ALL": "C.UTF-8"},
    "zh_CN.UTF-8": {"LC_ALL": "zh_CN.UTF-8"},
    "far east": {"TZ": "Pacific/Kiritimati"},
    "far west": {"TZ": "Pacific/Pago_Pago"},
    "one thread": {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
}

ASCII_ONLY = {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
"""A place where neither the terminal nor file names know more than ASCII."""


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A few of the samples, one of them in a folder."""
    folder = tmp_path_factory.mktemp("pages") / "raw"
    (folder / "里" / "a").mkdir(parents=True)
    for name in PAGES:
        target = folder / "里" / "a" if name == "gb18030-notice" else folder
        (target / f"{name}.txt").write_bytes((jobs.RAW / f"{name}.txt").read_bytes())
    return folder


def tree(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def pages(files: dict[str, str], *, top: bool = False) -> dict[str, str]:
    """Without what the run says about itself; of the top folder only, where that is asked."""
    return {k: v for k, v in files.items() if k[:9] != ".jiaokan/" and not (top and "/" in k)}


@pytest.fixture(scope="module")
def here(raw: Path) -> dict[str, str]:
    """What a run in this process gives."""
    clean = raw.parent / "clean"
    session = Session(plan(raw, clean), jobs.rules(), Settings())
    assert [outcome.error for outcome in session.outcomes()] == [""] * 4
    return tree(clean)


def command(cwd: Path, *args: object, **env: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "jiaokan", *map(str, args)],
        cwd=cwd,
        env={**os.environ, **env},
        capture_output=True,
        check=False,
    )


@pytest.mark.parametrize("place", PLACES)
def test_the_place_of_a_run_does_not_show(
    raw: Path, here: dict[str, str], tmp_path: Path, place: str
) -> None:
    done = command(tmp_path, "run", raw, "clean", **PLACES[place])
    assert done.returncode == 0, done.stderr
    assert tree(tmp_path / "clean") == here


@pytest.mark.parametrize("workers", [0, 1, 2, 16])
def test_the_number_of_workers_does_not_show(
    raw: Path, here: dict[str, str], tmp_path: Path, workers: int
) -> None:
    done = command(tmp_path, "run", raw, "clean", "--jobs", workers, PYTHONHASHSEED=str(workers))
    assert done.returncode == 0, done.stderr
    assert tree(tmp_path / "clean") == here


def test_shards_together_are_the_whole_run(raw: Path, here: dict[str, str], tmp_path: Path) -> None:
    for number in (3, 1, 2):
        done = command(tmp_path, "run", raw, "clean", "--shard", f"{number}/3")
        assert done.returncode == 0, done.stderr
    assert tree(tmp_path / "clean") == here


def test_relative_paths_and_another_folder(raw: Path, here: dict[str, str]) -> None:
    done = command(raw / "里", "run", "..", "../../elsewhere")
    assert done.returncode == 0, done.stderr
    assert tree(raw.parent / "elsewhere") == here


def test_the_order_of_pages_does_not_show(raw: Path, here: dict[str, str], tmp_path: Path) -> None:
    todo = plan(raw, tmp_path / "clean")
    backwards = Plan(todo.clean, tuple(todo.sources)[::-1], todo.skipped)
    assert len(list(run(backwards, jobs.rules(), Settings()))) == 4
    assert tree(tmp_path / "clean") == pages(here)


def test_a_page_alone_is_what_it_is_in_company(
    raw: Path, here: dict[str, str], tmp_path: Path
) -> None:
    for name in PAGES[:3]:
        list(run(plan(raw / f"{name}.txt", tmp_path), jobs.rules(), Settings()))
    assert tree(tmp_path) == pages(here, top=True)


def test_a_second_run_over_its_own_output_writes_nothing(
    raw: Path, here: dict[str, str], tmp_path: Path
) -> None:
    clean = tmp_path / "clean"
    assert command(tmp_path, "run", raw, clean, PYTHONHASHSEED="1").returncode == 0
    times = {path: path.stat().st_mtime_ns for path in clean.rglob("*") if path.is_file()}
    done = command(tmp_path, "run", raw, clean, PYTHONHASHSEED="2")
    assert b"0 files written" in done.stderr
    after = {path: path.stat().st_mtime_ns for path in clean.rglob("*") if path.is_file()}
    assert after == times


def test_a_place_that_knows_no_utf_8(raw: Path, here: dict[str, str], tmp_path: Path) -> None:
    """Pages with names in ASCII come out alike; the other one fails with its name, alone."""
    done = command(tmp_path, "run", raw, "clean", **ASCII_ONLY)
    assert done.returncode == 1
    assert b"3 pages cleaned, 1 failed" in done.stderr
    assert b"no valid Unicode" in done.stderr
    assert pages(tree(tmp_path / "clean")) == pages(here, top=True)


def test_restore_to_a_pipe(here: dict[str, str], raw: Path, tmp_path: Path) -> None:
    """The bytes of a GB18030 page reach stdout as they are, whatever the locale."""
    file = raw.parent / "clean" / "里" / "a" / "gb18030-notice.json"
    for env in ({}, ASCII_ONLY, PLACES["C"]):
        done = command(tmp_path, "restore", file, **env)
        assert done.returncode == 0, done.stderr
        assert done.stdout == (jobs.RAW / "gb18030-notice.txt").read_bytes()
