"""Pages whose raw file is gone, failures, shards, and what a run says about itself."""

import json
from pathlib import Path
from typing import Any

import pytest
from disturbed import page, remembered, run, session, tree
from jiaokan.batch import failures, manifest
from jiaokan.batch.area import Area
from jiaokan.batch.inputs import Inputs
from jiaokan.batch.plan import plan, plan_of
from jiaokan.batch.run import Way
from jiaokan.batch.session import Session
from jiaokan.batch.shard import Shard
from jiaokan.errors import JiaokanError
from jiaokan.rulebook import Rulebook, load
from jiaokan.settings import Settings


@pytest.fixture(scope="module")
def rules() -> Rulebook:
    return load()


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    remembered(monkeypatch)


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw"
    for number in range(8):
        path = folder / f"{number % 3}" / f"p{number}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(page(number))
    return folder


def told(raw: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        (raw.parent / "clean" / ".jiaokan" / "manifest.json").read_bytes()
    )
    return found


def test_prune_takes_only_what_a_run_wrote(raw: Path, rules: Rulebook) -> None:
    run(raw, rules)
    clean = raw.parent / "clean"
    for name in ("0/p0", "1/p1", "2/p2", "2/p5"):
        (raw / f"{name}.txt").unlink()
    (clean / "1" / "p1.md").write_text("改过的", "utf-8")
    (clean / "0" / "note.txt").write_text("我的", "utf-8")
    (clean / "0" / "other.json").write_text("{}", "utf-8")
    before = tree(clean)
    listed = [one.source.name for one in run(raw, rules) if one.state == "gone"]
    assert listed == ["0/p0.txt", "1/p1.txt", "2/p2.txt", "2/p5.txt"]
    assert {k for k in before if k[0] != "."} == {k for k in tree(clean) if k[0] != "."}
    found = {one.source.name: one for one in run(raw, rules, prune=True) if one.state[-1] == "d"}
    states = {name: one.state for name, one in found.items()}
    assert states == {"0/p0.txt": "pruned", "2/p2.txt": "pruned", "2/p5.txt": "pruned"}
    assert (clean / "1" / "p1.md").read_text("utf-8") == "改过的"
    assert not (clean / "2").exists()
    assert sorted(path.name for path in (clean / "0").glob("[no]*")) == ["note.txt", "other.json"]


def test_prune_needs_to_know_all_pages(raw: Path, rules: Rulebook) -> None:
    todo = plan_of(Inputs((str(raw / "0" / "p0.txt"),)), raw.parent / "clean")
    with pytest.raises(JiaokanError, match="not known which pages are gone"):
        list(Session(todo, rules, Settings(), prune=True).outcomes())


def test_failures_are_listed_and_retried_alone(raw: Path, rules: Rulebook) -> None:
    (raw / "0" / "p3.txt").write_bytes(b"%PDF-1.4")
    (raw / "2" / "p2.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
    run(raw, rules)
    area = Area(raw.parent / "clean")
    assert [name for name, _ in failures.read(area)] == ["0/p3.txt", "2/p2.txt"]
    assert told(raw)["counts"]["failed"] == 2
    (raw / "0" / "p3.txt").write_bytes(page(3))
    (raw / "0" / "p0.txt").write_bytes(page(0, "白菜"))
    again = Way(only=frozenset(name for name, _ in failures.read(area)))
    states = {one.source.name: one.state for one in run(raw, rules, again)}
    assert states.pop("0/p3.txt") == "done"
    assert states.pop("2/p2.txt") == "failed"
    assert set(states.values()) == {"kept"}
    (raw / "2" / "p2.txt").write_bytes(page(2))
    run(raw, rules)
    assert not failures.path_of(area).exists()


def test_a_run_that_stops_keeps_the_failures_behind_it(raw: Path, rules: Rulebook) -> None:
    for name in ("0/p0", "2/p2"):
        (raw / f"{name}.txt").write_bytes(b"%PDF-1.4")
    run(raw, rules)
    one = session(raw, rules, stop=True)
    assert [outcome.state for outcome in one.outcomes()] == ["failed"]
    assert one.stopped
    area = Area(raw.parent / "clean")
    assert [name for name, _ in failures.read(area)] == ["0/p0.txt", "2/p2.txt"]


def test_a_broken_list_of_failures_is_named(raw: Path) -> None:
    area = Area(raw.parent / "clean")
    area.folder.mkdir(parents=True)
    failures.path_of(area).write_bytes(b'{"name": "a.txt", "error": ""}\n{"na')
    with pytest.raises(JiaokanError, match=r"failures\.jsonl:2"):
        list(failures.read(area))


@pytest.mark.parametrize("count", [1, 2, 5])
def test_shards_are_the_whole_run(raw: Path, rules: Rulebook, count: int) -> None:
    run(raw, rules)
    whole = tree(raw.parent / "clean")
    parts = raw.parent / "parts"
    names: list[str] = []
    for number in range(count, 0, -1):
        todo = plan_of(Inputs((str(raw),)), parts, Shard(number, count))
        session = Session(todo, rules, Settings(neural=False))
        names += [one.source.name for one in session.outcomes()]
    assert sorted(names) == sorted(source.name for source in plan(raw, parts).sources)
    assert tree(parts) == whole


def test_shards_that_were_run_otherwise_are_not_merged(raw: Path, rules: Rulebook) -> None:
    clean = raw.parent / "clean"
    for number, script in ((1, "auto"), (2, "keep")):
        todo = plan_of(Inputs((str(raw),)), clean, Shard(number, 2))
        settings = Settings(neural=False, script=script)  # type: ignore[arg-type]
        assert list(Session(todo, rules, settings).outcomes())
    names = sorted(path.name for path in (clean / ".jiaokan").iterdir())
    assert names == ["manifest-1-of-2.json", "manifest-2-of-2.json"]
    one, other = (manifest.read(clean / ".jiaokan" / name) for name in names)
    with pytest.raises(JiaokanError, match="not run alike"):
        manifest.merge([one, other])


def test_manifest_is_the_same_in_one_step_and_in_many(raw: Path, rules: Rulebook) -> None:
    run(raw, rules)
    whole = told(raw)
    assert whole["counts"]["pages"] == 8
    assert sum(whole["edits"].values()) == whole["counts"]["changes"] > 0
    assert {one.state for one in run(raw, rules)} == {"kept"}
    assert told(raw) == whole
    (raw / "0" / "p0.txt").write_bytes(page(0, "白菜"))
    run(raw, rules)
    assert told(raw)["tree"] != whole["tree"]


def test_two_runs_do_not_write_to_one_folder(
    raw: Path, rules: Rulebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jiaokan.batch.area._PATIENCE", 0.1)
    first = session(raw, rules).outcomes()
    next(first)
    with pytest.raises(JiaokanError, match="another run writes to this folder"):
        run(raw, rules)
    shard = plan_of(Inputs((str(raw),)), raw.parent / "clean", Shard(1, 2))
    with pytest.raises(JiaokanError, match="another run writes"):
        list(Session(shard, rules, Settings(neural=False)).outcomes())
    assert len(list(first)) == 7
    assert {one.state for one in run(raw, rules)} == {"kept"}
