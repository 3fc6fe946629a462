"""A page is done again when something that it hangs on has changed, and only then."""

import os
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from disturbed import page, tree
from jiaokan import options as options_module
from jiaokan.batch.plan import plan
from jiaokan.batch.run import Way
from jiaokan.batch.session import Session
from jiaokan.decisions.book import Decisions, Known
from jiaokan.decisions.file import shown_text
from jiaokan.decisions.model import Decision
from jiaokan.rulebook import Rulebook, load
from jiaokan.settings import Settings

SETTINGS = Settings(neural=False)
RULE = """\
- id: {id}
  kind: literal
  reason: a test
  pairs: {{青菜: 菠菜}}
  {when}
  examples: {{一把青菜: 一把菠菜}}
  unchanged: [青豆]
"""


@pytest.fixture(scope="module")
def rules() -> Rulebook:
    return load()


@pytest.fixture
def raw(tmp_path: Path, rules: Rulebook) -> Path:
    """Two pages that were cleaned."""
    folder = tmp_path / "raw"
    folder.mkdir()
    for number in (1, 2):
        (folder / f"p{number}.txt").write_bytes(page(number))
    assert states(folder, rules) == ["done", "done"]
    return folder


def states(raw: Path, rules: Rulebook, **more: Any) -> list[str]:
    return [outcome.state for outcome in outcomes(raw, rules, **more)]


def outcomes(
    raw: Path, rules: Rulebook, settings: Settings = SETTINGS, way: Way | None = None, **more: Any
) -> list[Any]:
    todo = plan(raw, raw.parent / "clean")
    return list(Session(todo, rules, settings, way=way or Way(), **more).outcomes())


def own(raw: Path, when: str = "", name: str = "own") -> Rulebook:
    """The built-in rules and one more."""
    path = raw.parent / f"{name}.yaml"
    path.write_text(RULE.format(id=name, when=when), "utf-8")
    return load([path])


def _same_size_same_time(raw: Path) -> None:
    """One byte altered, with nothing else to tell it."""
    path = raw / "p1.txt"
    before = path.stat()
    path.write_bytes(path.read_bytes().replace(b",", b".", 1))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size


Change = Callable[[Path], dict[str, Any] | None]
ALTERED: dict[str, tuple[Change, list[str], str]] = {
    "a byte": (_same_size_same_time, ["done", "kept"], "its bytes have changed"),
    "an output": (
        lambda raw: (raw.parent / "clean" / "p2.md").unlink(),
        ["kept", "done"],
        "p2.md is missing",
    ),
    "a ledger": (
        lambda raw: (raw.parent / "clean" / "p2.ledger.json").unlink(),
        ["kept", "done"],
        "it was not done before",
    ),
    "an option": (
        lambda raw: {"settings": replace(SETTINGS, script="keep")},
        ["done", "done"],
        "script is keep, and was auto",
    ),
    "a rule": (
        lambda raw: {"rules": own(raw)},
        ["done", "done"],
        "the rules in force on it have changed",
    ),
    "a fact": (
        lambda raw: (raw / "page.yaml").write_text("publication: 江城日报\n", "utf-8") and None,
        ["done", "done"],
        "publication is 江城日报, and was not given",
    ),
}


@pytest.mark.parametrize("what", ALTERED)
def test_done_again(raw: Path, rules: Rulebook, what: str) -> None:
    alter, expected, why = ALTERED[what]
    asked = {"rules": rules} | (alter(raw) or {})
    found = outcomes(raw, **asked)
    assert [outcome.state for outcome in found] == expected
    assert {outcome.why for outcome in found if outcome.state == "done"} == {why}
    assert states(raw, **asked) == ["kept", "kept"]


def test_done_again_with_another_version(
    raw: Path, rules: Rulebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(options_module, "VERSION", "9.9.9")
    assert {o.why for o in outcomes(raw, rules)} == {"version is 9.9.9, and was 0.1.0"}


def test_done_again_with_a_decision_on_it(raw: Path, rules: Rulebook) -> None:
    data = (raw / "p2.txt").read_bytes()
    text = data.decode()
    start = text.index(",")
    shown = shown_text(text, start, start + 1)
    decision = Decision("reject", sha256(data).hexdigest(), start, start + 1, shown)
    decided = Decisions((Known(decision, "decisions.yaml", 1),))
    found = outcomes(raw, rules, decisions=decided)
    assert [outcome.state for outcome in found] == ["kept", "done"]
    assert found[1].why == "the decisions on it have changed"
    assert states(raw, rules, decisions=decided) == ["kept", "kept"]
    assert states(raw, rules) == ["kept", "done"]


LEFT: dict[str, Change] = {
    "touched": lambda raw: os.utime(raw / "p1.txt", (1, 1)),
    "an output touched": lambda raw: os.utime(raw.parent / "clean" / "p1.json", (1, 1)),
    "a rule for another publication": lambda raw: {
        "rules": own(raw, "when: {publication: 别的报}")
    },
    "a rule for another script": lambda raw: {"rules": own(raw, "when: {script: traditional}")},
    "another file": lambda raw: (raw / "note.md").write_bytes(b"x") and None,
    "the folder moved": lambda raw: None,
}


@pytest.mark.parametrize("what", LEFT)
def test_left_alone(raw: Path, rules: Rulebook, what: str) -> None:
    asked = {"rules": rules} | (LEFT[what](raw) or {})
    if what == "the folder moved":
        raw.parent.joinpath("elsewhere").mkdir()
        for name in ("raw", "clean"):
            raw.parent.joinpath(name).rename(raw.parent / "elsewhere" / name)
        raw = raw.parent / "elsewhere" / "raw"
    before = {path: path.stat().st_mtime_ns for path in raw.parent.rglob("*.json")}
    assert states(raw, **asked) == ["kept", "kept"]
    after = {path: path.stat().st_mtime_ns for path in raw.parent.rglob("p*.json")}
    assert after.items() <= before.items()


def test_force_does_all_and_writes_nothing_new(raw: Path, rules: Rulebook) -> None:
    found = outcomes(raw, rules, way=Way(force=True))
    assert [(outcome.state, outcome.written) for outcome in found] == [("done", 0)] * 2


@pytest.mark.parametrize("name", ["p1.md", "p1.json", "p1.ledger.json"])
def test_what_a_person_edited_stays(raw: Path, rules: Rulebook, name: str) -> None:
    path = raw.parent / "clean" / name
    path.write_bytes(path.read_bytes() + b"\n")
    edited = path.read_bytes()
    for _ in range(2):
        assert states(raw, rules)[0] in ("edited", "blocked")
    (raw / "p1.txt").write_bytes(page(1, "白菜"))
    before = tree(raw.parent / "clean")
    (first, second) = outcomes(raw, rules)
    assert (first.state, second.state) == ("blocked", "kept")
    assert name in first.why
    assert path.read_bytes() == edited
    after = tree(raw.parent / "clean")
    assert {k: v for k, v in after.items() if k[0] == "p"} == {
        k: v for k, v in before.items() if k[0] == "p"
    }
    assert states(raw, rules, way=Way(overwrite_edited=True)) == ["done", "kept"]
    assert states(raw, rules) == ["kept", "kept"]


def test_edits_of_a_person_go_where_that_is_asked(raw: Path, rules: Rulebook) -> None:
    before = tree(raw.parent / "clean")
    path = raw.parent / "clean" / "p1.md"
    path.write_bytes(path.read_bytes() + b"\n")
    first, second = outcomes(raw, rules, way=Way(overwrite_edited=True))
    assert (first.state, second.state) == ("done", "kept")
    assert first.why == "p1.md was edited"
    assert tree(raw.parent / "clean") == before


def test_what_no_run_wrote_stays(raw: Path, rules: Rulebook) -> None:
    (raw / "p3.txt").write_bytes(page(3))
    mine = raw.parent / "clean" / "p3.md"
    mine.write_text("我的笔记", "utf-8")
    found = outcomes(raw, rules)
    assert [outcome.state for outcome in found] == ["kept", "kept", "blocked"]
    assert found[2].why == "it was not done before, but p3.md was not written by a run"
    assert mine.read_text("utf-8") == "我的笔记"
    assert not (raw.parent / "clean" / "p3.json").exists()


def test_a_link_in_a_clean_file_s_place_is_not_followed(raw: Path, rules: Rulebook) -> None:
    path = raw.parent / "clean" / "p1.md"
    target = raw.parent / "target"
    target.write_bytes(path.read_bytes())
    path.unlink()
    path.symlink_to(target)
    assert states(raw, rules) == ["edited", "kept"]
    assert states(raw, rules, way=Way(overwrite_edited=True, force=True)) == ["done", "done"]
    assert not path.is_symlink()


def test_a_dry_run_writes_nothing(raw: Path, rules: Rulebook) -> None:
    (raw / "p1.txt").write_bytes(page(1, "白菜"))
    (raw / "p2.txt").unlink()
    before = tree(raw.parent)
    assert states(raw, rules, way=Way(dry=True)) == ["due", "gone"]
    assert tree(raw.parent) == before
    assert not (raw.parent / "clean" / ".jiaokan" / "lock").exists()
