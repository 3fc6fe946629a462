"""`jiaokan rules revert`: a rule's edits out of a finished batch, and nothing else."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from jiaokan.cli import main
from jiaokan.curation.revert_steps import undone
from jiaokan.edit import Edit
from jiaokan.trace import Trace, advance

Command = Callable[..., Result]

RULES = """\
- id: own-weather
  kind: literal
  reason: 侯 for 候
  pairs: {天侯: 天候}
  examples: {恶劣天侯: 恶劣天候}
  unchanged: [诸侯]
- id: own-noise
  kind: pattern
  reason: A mark that the scanner leaves.
  pattern: '(?<=\\p{Han})※'
  replace: ''
  examples: {露水※。: 露水。}
  unchanged: [※注]
- id: own-doubt
  kind: literal
  level: suggest
  reason: Perhaps another word.
  pairs: {露水: 露珠}
  examples: {露水: 露珠}
  unchanged: [露天]
"""
PAGE = """\
春天的集市

天刚亮,集市上已经来了不少人。卖菜的老人把青菜摆得整整齐齐,每一棵都带着露水※。恶劣天侯里,也有人来。

买菜的人都是熟人※,见了面先问一声好,再说一句天侯如何。
"""


LEFT = (
    *("春天来了，河边的柳树发", "芽了，孩子们在堤上放着", "风筝，老人坐在门口晒着"),
    *("太阳，说这样的恶劣天侯", "今年不会再有了，大家都", "可以安心地下田去种庄稼"),
    *("了，种子已经备好，农具", "也修理过，只等一场好雨。"),
)
RIGHT = (
    *("村里修了新路，汽车可以", "一直开到家门口，卖菜的", "人再也不用挑着重重担子"),
    *("走十里山路去赶集了，大", "家都说这是一件大好事情", "，从前遇到恶劣天侯，路"),
    *("上全是泥，车轮陷在里面", "半天也出不来，人也着急。"),
)


@pytest.fixture
def jiaokan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    monkeypatch.chdir(tmp_path)
    return lambda *args: CliRunner().invoke(main, [str(arg) for arg in args])


@pytest.fixture
def workspace(tmp_path: Path, jiaokan: Command) -> Path:
    (tmp_path / "raw" / "a").mkdir(parents=True)
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "own.yaml").write_text(RULES, "utf-8")
    (tmp_path / "raw" / "a" / "b.txt").write_bytes(PAGE.encode())
    (tmp_path / "raw" / "gb.txt").write_bytes(
        PAGE.replace("※", "").replace("\n", "\r\n").encode("gb18030")
    )
    (tmp_path / "raw" / "other.txt").write_bytes("今天没有什么事。\n".encode())
    assert jiaokan("run").exit_code == 0
    return tmp_path


def snapshot(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.mark.parametrize("ids", [["own-weather"], ["own-noise"], ["own-weather", "own-noise"]])
def test_pages_read_as_if_the_rule_had_not_acted(
    workspace: Path, jiaokan: Command, ids: list[str]
) -> None:
    done = jiaokan("rules", "revert", *ids, "clean")
    assert done.exit_code == 0, done.output
    (workspace / "rules" / "own.yaml").write_text(
        f"off: []\nrules:\n{indented(RULES, ids)}", "utf-8"
    )
    assert jiaokan("run", "raw", "anew").exit_code == 0
    for name in ("a/b", "gb", "other"):
        for ending in (".md", ".json"):
            found = (workspace / "clean" / f"{name}{ending}").read_bytes()
            assert found == (workspace / "anew" / f"{name}{ending}").read_bytes(), name
        ledgers = [
            json.loads((workspace / folder / f"{name}.ledger.json").read_bytes())
            for folder in ("clean", "anew")
        ]
        assert ledgers[0]["changes"] == ledgers[1]["changes"]
        assert ledgers[0]["outputs"] == ledgers[1]["outputs"]


def indented(rules: str, without: list[str]) -> str:
    entries = ["- id:" + part for part in rules.split("- id:")[1:]]
    kept = [part for part in entries if part.split()[2] not in without]
    return "".join(f"  {line}\n" for part in kept for line in part.splitlines())


def test_the_raw_bytes_still_come_back(workspace: Path, jiaokan: Command) -> None:
    jiaokan("rules", "revert", "own-weather", "own-noise", "clean")
    checked = jiaokan("verify", "clean", "--raw", "raw")
    assert checked.exit_code == 0, checked.output
    again = jiaokan("restore", "clean/a/b.json")
    assert again.stdout_bytes == PAGE.encode()


def test_every_place_is_told_and_pages_without_one_stay(workspace: Path, jiaokan: Command) -> None:
    before = snapshot(workspace / "clean")
    done = jiaokan("rules", "revert", "own-weather", "clean")
    assert "a/b.txt:3:44  [-候-]{+侯+}  own-weather" in done.stdout
    assert done.stdout.count("own-weather") == 4
    assert "4 edits and 0 findings taken out of 2 pages" in done.stderr
    after = snapshot(workspace / "clean")
    changed = {name for name in after if after[name] != before[name]}
    assert len(changed) == 6
    assert not any("other" in name for name in changed)


def test_the_second_time_does_nothing(workspace: Path, jiaokan: Command) -> None:
    jiaokan("rules", "revert", "own-weather", "clean")
    before = snapshot(workspace / "clean")
    done = jiaokan("rules", "revert", "own-weather", "clean")
    assert done.exit_code == 0
    assert "0 edits and 0 findings taken out of 0 pages" in done.stderr
    assert snapshot(workspace / "clean") == before


def test_a_dry_run_writes_nothing(workspace: Path, jiaokan: Command) -> None:
    before = snapshot(workspace / "clean")
    done = jiaokan("rules", "revert", "own-weather", "clean", "--dry-run", "--json")
    assert done.exit_code == 0
    told = json.loads(done.stdout)
    assert sum(len(page["taken"]) for page in told["pages"]) == 4
    assert snapshot(workspace / "clean") == before


def test_what_a_rule_only_reported_goes_too(workspace: Path, jiaokan: Command) -> None:
    done = jiaokan("rules", "revert", "own-doubt", "clean")
    assert "0 edits and 2 findings taken out of 2 pages" in done.stderr
    assert "own-doubt" not in (workspace / "clean" / "gb.json").read_text("utf-8")
    assert jiaokan("verify").exit_code == 0


@pytest.mark.parametrize("ending", [".md", ".json"])
def test_a_page_that_a_person_edited_stays(workspace: Path, jiaokan: Command, ending: str) -> None:
    path = workspace / "clean" / "a" / f"b{ending}"
    path.write_text(path.read_text("utf-8").replace("青菜", "白菜"), "utf-8")
    before = snapshot(workspace / "clean" / "a")
    done = jiaokan("rules", "revert", "own-weather", "clean")
    assert done.exit_code == 1
    assert f"clean/a/b{ending}: was edited after the run" in done.stderr
    assert snapshot(workspace / "clean" / "a") == before
    assert "天侯" in (workspace / "clean" / "gb.md").read_text("utf-8")


def test_an_edit_that_a_later_step_worked_upon_stays_and_is_named(
    workspace: Path, jiaokan: Command
) -> None:
    # the half-width comma of gb.txt becomes a full-width one: then the rule takes it away
    rule = """\
- id: own-comma
  kind: literal
  reason: r
  pairs: {里，也: 里也}
  examples: {"里，也": 里也}
  unchanged: [里]
"""
    (workspace / "rules" / "comma.yaml").write_text(rule, "utf-8")
    jiaokan("run")
    done = jiaokan("rules", "revert", "punctuation.comma", "clean")
    assert done.exit_code == 1
    assert "a later step worked on what it left" in done.stderr
    assert jiaokan("verify", "clean", "--raw", "raw").exit_code == 0
    both = jiaokan("rules", "revert", "punctuation.comma", "own-comma", "clean")
    assert both.exit_code == 0
    assert "恶劣天候里,也有人来" in (workspace / "clean" / "a" / "b.md").read_text("utf-8")
    assert jiaokan("verify", "clean", "--raw", "raw").exit_code == 0


def test_lines_that_a_rule_placed_are_named_and_stay(workspace: Path, jiaokan: Command) -> None:
    (workspace / "raw" / "f.txt").write_bytes(f"第3版\n\n{PAGE}".encode())
    jiaokan("run")
    done = jiaokan("rules", "revert", "furniture-page", "clean")
    assert done.exit_code == 1
    assert "f.txt:1:1: left: 第3版  furniture-page: it says what a line is" in done.stderr


def test_columns_side_by_side_are_taken_back_in_their_place(
    workspace: Path, jiaokan: Command
) -> None:
    page = "\n".join(f"{one}　　　　{other}" for one, other in zip(LEFT, RIGHT, strict=True))
    (workspace / "raw" / "c.txt").write_bytes((page + "\n").encode())
    jiaokan("run")
    assert "layout.gutter" in (workspace / "clean" / "c.ledger.json").read_text("utf-8")
    done = jiaokan("rules", "revert", "own-weather", "clean/c.json")
    assert "c.txt:4:11" in done.stdout
    assert "c.txt:6:24" in done.stdout
    text = (workspace / "clean" / "c.md").read_text("utf-8")
    assert "说这样的恶劣天侯今年不会再有了" in text
    assert "从前遇到恶劣天侯，路上全是泥" in text
    assert jiaokan("verify", "clean", "--raw", "raw").exit_code == 0


def test_an_id_that_nobody_knows_is_an_error(workspace: Path, jiaokan: Command) -> None:
    done = jiaokan("rules", "revert", "own-wether", "clean")
    assert done.exit_code == 2
    assert "did you mean 'own-weather'?" in done.stderr


def test_bad_ledgers_stop_no_other_page(workspace: Path, jiaokan: Command) -> None:
    (workspace / "clean" / "a" / "b.ledger.json").write_bytes(b"{}")
    done = jiaokan("rules", "revert", "own-weather", "clean")
    assert done.exit_code == 1
    assert "clean/a/b.ledger.json" in done.stderr
    assert "2 edits and 0 findings taken out of 1 page" in done.stderr


@pytest.mark.parametrize("args", [("own-weather",), ("own-weather", "nowhere"), ("x", "raw")])
def test_wrong_usage_is_explained(workspace: Path, jiaokan: Command, args: tuple[str, ...]) -> None:
    done = jiaokan("rules", "revert", *args)
    assert done.exit_code == 2
    assert done.stderr.count("error:") == 1


def test_a_full_disk_leaves_the_page_as_it_was(
    workspace: Path, jiaokan: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    from jiaokan.batch import transaction

    before = snapshot(workspace / "clean")
    replace = transaction.os.replace

    def full(source: Path, path: Path) -> None:
        if path.name.endswith(".ledger.json"):
            raise OSError(28, "No space left on device")
        replace(source, path)

    monkeypatch.setattr(transaction.os, "replace", full)
    done = jiaokan("rules", "revert", "own-weather", "clean")
    assert done.exit_code == 1
    assert "No space left on device" in done.stderr
    assert snapshot(workspace / "clean") == before


@pytest.mark.parametrize("after", [("rules", "revert", "own-weather", "clean"), ("run", "-q")])
@pytest.mark.parametrize("step", range(8))
def test_killed_at_any_step_the_next_command_finds_whole_pages(
    workspace: Path,
    jiaokan: Command,
    monkeypatch: pytest.MonkeyPatch,
    step: int,
    after: tuple[str, ...],
) -> None:
    from jiaokan.batch import area, transaction

    before = snapshot(workspace / "clean")
    steps = iter([False] * step + [True])

    class Killed(BaseException):
        pass

    def dying(what: Callable[..., None]) -> Callable[..., None]:
        def one(*args: object) -> None:
            if next(steps, False):
                raise Killed
            what(*args)

        return one

    with monkeypatch.context() as patch:
        for name in ("write_new", "sync_folder"):
            patch.setattr(transaction, name, dying(getattr(transaction, name)))
        patch.setattr(area, "recover_all", lambda area: None)
        with pytest.raises(Killed):
            main(["rules", "revert", "own-weather", "clean/a/b.json"], standalone_mode=False)
    assert jiaokan(*after).exit_code == 0
    checked = jiaokan("verify", "clean", "--raw", "raw")
    assert checked.exit_code == 0, checked.output
    left = {name for name in snapshot(workspace / "clean") if "work" in name}
    assert left == set()
    if after[0] == "run":
        now = snapshot(workspace / "clean")
        page = {name for name in before if "a/b." in name}
        whole = {now[name] == before[name] for name in page if name.endswith((".json", ".md"))}
        assert len(whole) == 1


SAMPLES = sorted(path.name for path in (Path(__file__).parents[2] / "clean").glob("*.ledger.json"))


@pytest.mark.parametrize("name", SAMPLES)
def test_any_rule_of_any_sample_page_can_be_taken_out(
    name: str, jiaokan: Command, tmp_path: Path
) -> None:
    clean = Path(__file__).parents[2] / "clean"
    ledger = json.loads((clean / name).read_bytes())
    for rule in sorted({ledger["strings"][index] for index in ledger["steps"]["rule"]}):
        shutil.rmtree("c", ignore_errors=True)
        Path("c").mkdir()
        for path in clean.glob(name.removesuffix(".ledger.json") + ".*"):
            shutil.copy(path, "c")
        done = jiaokan("rules", "revert", rule, "c")
        assert done.exit_code in (0, 1), done.output
        checked = jiaokan("verify", "c")
        assert checked.exit_code == 0, (rule, checked.output)


@st.composite
def traces(draw: st.DrawFn) -> Trace:
    raw = draw(st.text("甲乙丙,\n", max_size=12))
    trace = Trace(raw, raw)
    for _ in range(draw(st.integers(1, 5))):
        edits, last = [], 0
        while last <= len(trace.text) and draw(st.booleans()):
            start = draw(st.integers(last, len(trace.text)))
            end = draw(st.integers(start, min(len(trace.text), start + 3)))
            new = draw(st.text("甲丁戊", max_size=3))
            edits.append(Edit(start, end, new, draw(st.sampled_from("abc"))))
            last = end + 1
        trace = advance(trace, "stage", edits)
    return trace


@given(traces(), st.sets(st.sampled_from("abc"), min_size=1))
def test_what_is_left_of_a_change_replays(trace: Trace, ids: set[str]) -> None:
    for change in trace.changes:
        found = undone(change, ids)
        text = change.new
        for start, end, new in reversed(found.edits):
            text = text[:start] + new + text[end:]
        built, last = "", change.start
        for one in found.changes:
            assert one.old == trace.raw[one.start : one.end]
            here = one.old
            for step in one.steps:
                assert here[step.at : step.at + len(step.old)] == step.old
                here = here[: step.at] + step.new + here[step.at + len(step.old) :]
            assert here == one.new != one.old
            built += trace.raw[last : one.start] + one.new
            last = one.end
        assert built + trace.raw[last : change.end] == text
        own = [step for step in change.steps if step.rule in ids]
        assert len(found.taken) + len(found.stuck) == len(own)
