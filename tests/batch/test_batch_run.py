"""A run over a folder: whole, repeatable, and one page's failure is its own."""

import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from jiaokan.batch import pool as pool_module
from jiaokan.batch import process as process_module
from jiaokan.batch.plan import plan
from jiaokan.batch.pool import Died, Pool
from jiaokan.batch.run import Outcome, run
from jiaokan.batch.source import Source
from jiaokan.errors import JiaokanError
from jiaokan.rulebook import Rulebook, load
from jiaokan.settings import Settings
from jiaokan.verify import verify

PAGE = "春天的集市\n\n天刚亮,集市上已经来了不少人。卖菜的老人把青菜摆得整整齐齐。\n"


@pytest.fixture(scope="module")
def rules() -> Rulebook:
    return load()


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw"
    (folder / "a").mkdir(parents=True)
    (folder / "a" / "b.txt").write_text(PAGE, "utf-8")
    (folder / "big.txt").write_bytes(PAGE.replace("\n", "\r\n").encode("gb18030"))
    (folder / "empty.txt").write_bytes(b"")
    (folder / "mark.txt").write_bytes(b"\xef\xbb\xbf")
    return folder


def done(raw: Path, rules: Rulebook, settings: Settings | None = None) -> list[Outcome]:
    return list(run(plan(raw, raw.parent / "clean"), rules, settings or Settings()))


def tree(folder: Path) -> dict[str, tuple[str, int]]:
    return {
        path.relative_to(folder).as_posix(): (
            hashlib.sha256(path.read_bytes()).hexdigest(),
            path.stat().st_mtime_ns,
        )
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_every_page_gives_three_files_that_verify(raw: Path, rules: Rulebook) -> None:
    before = tree(raw)
    outcomes = done(raw, rules)
    assert [outcome.error for outcome in outcomes] == [""] * 4
    assert len(tree(raw.parent / "clean")) == 12
    assert verify(raw.parent / "clean", raw).problems == ()
    assert tree(raw) == before
    assert [outcome.encoding for outcome in outcomes] == ["utf-8", "gb18030", "utf-8", "utf-8"]
    assert [outcome.articles for outcome in outcomes][2:] == [0, 0]


@pytest.mark.parametrize("jobs", [1, 2, 16])
def test_workers_give_what_one_process_gives(raw: Path, rules: Rulebook, jobs: int) -> None:
    (raw / "bad.txt").write_bytes(b"%PDF-1.4")
    here = done(raw, rules)
    others = list(run(plan(raw, raw.parent / "other"), rules, Settings(), jobs=jobs))
    assert others == here
    clean, other = (
        {name: digest for name, (digest, _) in tree(raw.parent / folder).items()}
        for folder in ("clean", "other")
    )
    assert other == clean


def test_second_run_writes_nothing(raw: Path, rules: Rulebook) -> None:
    first = done(raw, rules)
    before = tree(raw.parent / "clean")
    second = done(raw, rules)
    assert tree(raw.parent / "clean") == before
    assert [outcome.written for outcome in first] == [3] * 4
    assert [outcome.written for outcome in second] == [0] * 4


def test_a_failed_page_stops_no_other(raw: Path, rules: Rulebook) -> None:
    (raw / "a.txt").write_bytes("错的字节".encode() + b"\xff\xfe\xff")
    (raw / "b.txt").write_bytes(b"%PDF-1.4")
    errors = {outcome.source.name: outcome.error for outcome in done(raw, rules)}
    assert errors["a.txt"].startswith("a.txt at byte 12: ")
    assert "PDF" in errors["b.txt"]
    assert sum(1 for error in errors.values() if not error) == 4
    assert not (raw.parent / "clean" / "a.md").exists()


def test_a_mistake_of_ours_stops_no_other(
    raw: Path, rules: Rulebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    true = process_module.clean_page

    def broken(page: object, *rest: object) -> object:
        if getattr(page, "name", "") == "big.txt":
            raise ValueError("no")
        return true(page, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(process_module, "clean_page", broken)
    errors = [outcome.error for outcome in done(raw, rules)]
    assert errors == ["", "big.txt: a mistake in jiaokan: ValueError: no", "", ""]


def test_unsure_encoding_is_a_finding(raw: Path, rules: Rulebook) -> None:
    (raw / "short.txt").write_bytes("酶的".encode("gb18030"))
    done(raw, rules)
    assert '"rule": "encoding"' in (raw.parent / "clean" / "short.json").read_text("utf-8")


@pytest.mark.parametrize("stop", [KeyboardInterrupt(), OSError(28, "No space left on device")])
def test_interrupted_run_leaves_nothing_half_written(
    raw: Path, rules: Rulebook, monkeypatch: pytest.MonkeyPatch, stop: BaseException
) -> None:
    true = os.replace
    count = 0

    def failing(source: Path, target: Path) -> None:
        nonlocal count
        count += 1
        if count == 5:
            raise stop
        true(source, target)

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", failing)
        if isinstance(stop, KeyboardInterrupt):
            with pytest.raises(KeyboardInterrupt):
                done(raw, rules)
        else:
            assert "No space left" in done(raw, rules)[1].error
    left = raw.parent / "clean"
    assert not [path for path in left.rglob("*") if path.name.startswith(".")]
    done(raw, rules)
    assert verify(left, raw).problems == ()


def test_no_clean_folder_can_be_made(raw: Path, rules: Rulebook) -> None:
    (raw.parent / "file").write_bytes(b"")
    with pytest.raises(JiaokanError, match="cannot be made"):
        list(run(plan(raw, raw.parent / "file" / "clean"), rules, Settings()))


def test_nothing_is_written_outside(raw: Path, rules: Rulebook) -> None:
    outside = raw.parent / "outside"
    outside.mkdir()
    (raw.parent / "clean").mkdir()
    (raw.parent / "clean" / "a").symlink_to(outside)
    errors = [outcome.error for outcome in done(raw, rules)]
    assert "leads out of the clean folder" in errors[0]
    assert errors[1:] == [""] * 3
    assert list(outside.iterdir()) == []


def test_a_name_that_is_no_unicode(raw: Path, rules: Rulebook) -> None:
    path = os.fsencode(raw) + b"/\xb0\xa1.txt"
    try:
        with open(path, "wb") as stream:
            stream.write(b"x")
    except OSError:
        pytest.skip("this file system takes no such name")
    errors = [outcome.error for outcome in done(raw, rules)]
    assert sum("no valid Unicode" in error for error in errors) == 1


def test_collision_on_the_way_is_one_page_s_failure(raw: Path, rules: Rulebook) -> None:
    (raw.parent / "clean" / "big.md").mkdir(parents=True)
    errors = [outcome.error for outcome in done(raw, rules)]
    assert errors[1].startswith("big.txt: ")
    assert errors[0] == errors[2] == ""


def test_a_page_that_kills_its_worker_is_a_failed_page(
    raw: Path, rules: Rulebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Dying(Pool[Source, Outcome]):
        def stream(self, tasks: Iterable[Source]) -> Iterator[tuple[Source, Outcome | Died]]:
            for task, answer in super().stream(tasks):
                yield task, Died("its process was killed") if task.name == "big.txt" else answer

    monkeypatch.setattr(pool_module, "Pool", Dying)
    found = list(run(plan(raw, raw.parent / "clean"), rules, Settings(), jobs=2))
    assert [outcome.state for outcome in found] == ["done", "failed", "done", "done"]
    assert found[1].error.startswith("big.txt: its process was killed, twice")
