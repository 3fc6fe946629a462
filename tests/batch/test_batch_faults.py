"""Whatever step a run is stopped at, nothing is half written, and the next run ends it."""

import errno
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from disturbed import Disturbance, disturbed, page, remembered, run, session, tree
from jiaokan.batch import job
from jiaokan.errors import JiaokanError
from jiaokan.rulebook import Rulebook, load
from jiaokan.verify import verify

pytestmark = pytest.mark.skipif(os.name == "nt", reason="runs are forked")


@pytest.fixture(scope="module")
def rules() -> Rulebook:
    return load()


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    remembered(monkeypatch)
    monkeypatch.setattr(os, "fsync", lambda handle: None)


@pytest.fixture
def raw(tmp_path: Path, rules: Rulebook) -> Path:
    """Pages of which one is new, one has changed, and one is as it was when it was cleaned."""
    folder = tmp_path / "raw"
    (folder / "a").mkdir(parents=True)
    (folder / "a" / "kept.txt").write_bytes(page(1))
    (folder / "changed.txt").write_bytes(page(2, "白菜"))
    run(folder, rules)
    (folder / "changed.txt").write_bytes(page(2, "萝卜"))
    (folder / "new" / "b").mkdir(parents=True)
    (folder / "new" / "b" / "new.txt").write_bytes(page(3))
    shutil.copytree(tmp_path / "clean", tmp_path / "before")
    return folder


@pytest.fixture
def ended(raw: Path, rules: Rulebook) -> dict[str, str]:
    """The tree that an undisturbed run makes."""
    run(raw, rules)
    found = tree(raw.parent / "clean")
    _back(raw)
    return found


def _back(raw: Path) -> None:
    """As it was before the run."""
    shutil.rmtree(raw.parent / "clean")
    shutil.copytree(raw.parent / "before", raw.parent / "clean")


def _steps(raw: Path, rules: Rulebook) -> Disturbance:
    counted = Disturbance(raw.parent / "clean")
    with disturbed(counted):
        run(raw, rules)
    _back(raw)
    return counted


def _assert_whole(raw: Path, ended: dict[str, str]) -> None:
    """Every clean file is the old one or the new one."""
    before = tree(raw.parent / "before")
    for name, digest in tree(raw.parent / "clean").items():
        if not name.startswith(".jiaokan/"):
            assert digest in (before.get(name), ended.get(name)), name
    for note in (raw.parent / "clean" / ".jiaokan").glob("*.json*"):
        assert [json.loads(text) for text in _texts(note)]


def _texts(note: Path) -> list[str]:
    text = note.read_text("utf-8")
    return text.splitlines() if note.suffix == ".jsonl" else [text]


def _assert_ends(raw: Path, rules: Rulebook, ended: dict[str, str]) -> None:
    """The next run makes what an undisturbed one makes."""
    assert {outcome.state for outcome in run(raw, rules)} <= {"done", "kept"}
    assert tree(raw.parent / "clean") == ended
    assert not (raw.parent / "clean" / ".jiaokan" / "work").exists()
    assert verify(raw.parent / "clean", raw).problems == ()


def test_killed_at_every_step(raw: Path, rules: Rulebook, ended: dict[str, str]) -> None:
    raws = tree(raw)
    counted = _steps(raw, rules)
    assert {"open", "write", "fsync", "replace", "unlink", "mkdir", "rmdir"} <= set(counted.names)
    for at in range(counted.count):
        if (child := os.fork()) == 0:
            with disturbed(Disturbance(raw.parent / "clean", at, lambda: os._exit(9))):
                run(raw, rules)
            os._exit(0)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9, counted.names[at]
        _assert_whole(raw, ended)
        _assert_ends(raw, rules, ended)
        _back(raw)
    assert tree(raw) == raws


@pytest.mark.parametrize(("code", "lasting"), [(errno.ENOSPC, True), (errno.EIO, False)])
def test_an_error_at_every_step(
    raw: Path, rules: Rulebook, ended: dict[str, str], code: int, lasting: bool
) -> None:
    def fail() -> None:
        raise OSError(code, os.strerror(code))

    counted = _steps(raw, rules)
    for at in range(counted.count):
        with disturbed(Disturbance(raw.parent / "clean", at, fail, lasting)):
            said = _said(raw, rules)
        assert all(os.strerror(code) in error for error in said)
        _assert_whole(raw, ended)
        _assert_ends(raw, rules, ended)
        _back(raw)


def _said(raw: Path, rules: Rulebook) -> list[str]:
    """All errors of a run."""
    try:
        return [outcome.error for outcome in run(raw, rules) if outcome.error]
    except JiaokanError as error:
        return [str(error)]


def test_killed_again_and_again_with_other_pages_each_time(
    raw: Path, rules: Rulebook, ended: dict[str, str]
) -> None:
    """What a first killed run left of a page is still known when a second one was killed, too."""
    changed = raw / "changed.txt"
    last = changed.read_bytes()
    for number, at in enumerate(_moments(raw, rules)):
        changed.write_bytes(page(2, f"第{number}种菜"))
        if os.fork() == 0:
            with disturbed(Disturbance(raw.parent / "clean", at, lambda: os._exit(9))):
                run(raw, rules)
            os._exit(0)
        os.wait()
    changed.write_bytes(last)
    _assert_ends(raw, rules, ended)


def _moments(raw: Path, rules: Rulebook) -> Iterator[int]:
    """The steps right behind a file's taking its place."""
    counted = _steps(raw, rules)
    yield from (at + 1 for at, name in enumerate(counted.names) if name == "replace")


def test_a_full_disk_stops_the_run(raw: Path, rules: Rulebook) -> None:
    def full() -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    one = session(raw, rules)
    first = _steps(raw, rules).names.index("write")
    with disturbed(Disturbance(raw.parent / "clean", first, full, True)):
        outcomes = list(one.outcomes())
    assert [outcome.state for outcome in outcomes] == ["kept", "failed"]
    said = f"{raw.parent / 'clean'}: cannot be written to: No space left on device"
    assert outcomes[-1].error.startswith(f"changed.txt: {said}")
    assert "make room" in outcomes[-1].error
    assert one.stopped == "nothing more can be written"


def test_a_target_that_is_closed_to_the_run_is_named(raw: Path, rules: Rulebook) -> None:
    def closed() -> None:
        raise OSError(errno.EACCES, os.strerror(errno.EACCES))

    first = _steps(raw, rules).names.index("write")
    with (
        disturbed(Disturbance(raw.parent / "clean", first, closed, True)),
        pytest.raises(JiaokanError) as error,
    ):
        list(session(raw, rules).outcomes())
    assert error.value.where == str(raw.parent / "clean")
    assert str(error.value).startswith(f"{error.value.where}: cannot be written to: Permission")
    assert "another folder" in str(error.value)


def test_a_target_closed_from_the_start_stops_the_run_before_a_page_is_cleaned(
    raw: Path, rules: Rulebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    make = Path.mkdir

    def closed(self: Path, *args: Any, **named: Any) -> None:
        if self.parent.name == ".jiaokan":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(self))
        make(self, *args, **named)

    before = tree(raw.parent / "clean")
    monkeypatch.setattr(Path, "mkdir", closed)
    monkeypatch.setattr(job, "process", lambda *_: pytest.fail("a page was cleaned"))
    one = session(raw, rules)
    outcomes = list(one.outcomes())
    assert [outcome.state for outcome in outcomes] == ["kept", "failed"]
    assert one.stopped == "nothing more can be written"
    said = f"{raw.parent / 'clean'}: cannot be written to: Permission denied"
    assert outcomes[-1].error.startswith(f"changed.txt: {said}")
    assert "another folder" in outcomes[-1].error
    assert tree(raw.parent / "clean") == before


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_fails_its_pages_only(raw: Path, rules: Rulebook) -> None:
    target = raw.parent / "clean" / "new"
    target.mkdir()
    target.chmod(0o500)
    states = [outcome.state for outcome in run(raw, rules)]
    target.chmod(0o700)
    assert states == ["kept", "done", "failed"]


def test_a_source_that_vanishes_fails_alone(raw: Path, rules: Rulebook) -> None:
    one = session(raw, rules)
    (raw / "changed.txt").unlink()
    outcomes = list(one.outcomes())
    assert [outcome.state for outcome in outcomes] == ["kept", "failed", "done"]
    assert "No such file" in outcomes[1].error
    assert (raw.parent / "clean" / "changed.md").exists()
