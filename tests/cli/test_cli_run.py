"""run, restore, verify, init."""

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
from jiaokan.rulebook.packs import builtin


def test_run_says_what_it_did_on_stderr(jiaokan: Any, workspace: Path) -> None:
    result = jiaokan("run")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "0 pages cleaned, 0 failed, 2 up to date: " in result.stderr
    assert "0 files written" in result.stderr
    assert jiaokan("run", "--quiet").stderr == ""


def test_run_as_json(jiaokan: Any, workspace: Path) -> None:
    result = jiaokan("run", "--json", "--quiet")
    pages = {page["name"]: page for page in json.loads(result.stdout)["pages"]}
    assert pages["gb.txt"]["encoding"] == "gb18030"
    assert pages["a/b.txt"]["error"] == ""
    assert pages["a/b.txt"]["articles"] == 1


def test_failed_pages_exit_1(jiaokan: Any, workspace: Path) -> None:
    (workspace / "raw" / "c.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
    result = jiaokan("run")
    assert result.exit_code == 1
    assert "error: c.txt: is no text: it seems to be a PNG image" in result.stderr
    assert "0 pages cleaned, 1 failed, 2 up to date" in result.stderr


def test_findings_exit_1_only_where_asked(jiaokan: Any, workspace: Path) -> None:
    (workspace / "raw" / "c.txt").write_bytes("酶的".encode("gb18030"))
    assert jiaokan("run").exit_code == 0
    assert jiaokan("run", "--max-findings", 0).exit_code == 1


def test_collision_exits_2_and_writes_nothing(jiaokan: Any, tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    for name in ("a.txt", "a.text"):
        (tmp_path / "raw" / name).write_bytes(b"x")
    result = jiaokan("run")
    assert result.exit_code == 2
    assert "a.txt" in result.stderr
    assert "a.text" in result.stderr
    assert not (tmp_path / "clean").exists()


def test_declared_encoding(jiaokan: Any, workspace: Path) -> None:
    result = jiaokan("run", "raw/gb.txt", "out", "--encoding", "utf8")
    assert result.exit_code == 1
    assert "gb.txt at byte 0" in result.stderr
    assert "--encoding gb18030" in result.stderr
    assert jiaokan("run", "raw/gb.txt", "out", "--encoding", "GB18030").exit_code == 0
    assert '"by":"declared"' in (workspace / "out" / "gb.ledger.json").read_text("utf-8")


def test_own_rules_apply(jiaokan: Any, workspace: Path) -> None:
    (workspace / "rules").mkdir()
    (workspace / "rules" / "mine.yaml").write_text(
        "- id: my-word\n  kind: literal\n  reason: a test\n  pairs: {集市上: 市集上}\n"
        "  examples: [{raw: 集市上, clean: 市集上}]\n  unchanged: [集市]\n",
        "utf-8",
    )
    assert jiaokan("run").exit_code == 0
    assert "市集上已经来了" in (workspace / "clean" / "a" / "b.md").read_text("utf-8")
    assert "my-word" in jiaokan("explain", "clean/a/b.json", "--at", "3:5").stdout


def test_built_in_rules_beside_the_pages_are_not_read_twice(jiaokan: Any, workspace: Path) -> None:
    before = (workspace / "clean" / "a" / "b.ledger.json").read_bytes()
    (workspace / "rules").mkdir()
    for name, data in builtin():
        (workspace / name).write_bytes(data)
    assert jiaokan("run").exit_code == 0
    assert (workspace / "clean" / "a" / "b.ledger.json").read_bytes() == before


def test_wrong_rules_exit_2(jiaokan: Any, workspace: Path) -> None:
    (workspace / "bad.yaml").write_text("- id: x\n  kind: nonsense\n", "utf-8")
    result = jiaokan("run", "--rules", "bad.yaml")
    assert result.exit_code == 2
    assert "bad.yaml:2" in result.stderr


def test_terminal_commands_in_names_do_nothing(jiaokan: Any, tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a\x1b[31m.txt").write_bytes(b"%PDF-1.4")
    result = jiaokan("run")
    assert "\x1b" not in result.stderr
    assert "␛[31m" in result.stderr


def test_a_line_break_in_a_name_makes_no_second_line(jiaokan: Any, tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a\nb.txt").write_text("渡口。", "utf-8")
    assert jiaokan("run", "--explain").stdout == "done a⏎b.txt: it was not done before\n"


def test_a_name_that_is_too_long_says_what_to_do(jiaokan: Any, tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / ("a" * 251 + ".txt")).write_text("渡口。", "utf-8")
    result = jiaokan("run")
    assert result.exit_code == 1
    assert "File name too long" in result.stderr
    assert "give the page a shorter name" in result.stderr


def test_a_folder_that_cannot_be_read_is_an_error_and_the_rest_is_done(
    jiaokan: Any, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scandir = os.scandir

    def refusing(path: Any) -> Any:
        if Path(path) == Path("raw/a"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    result = jiaokan("run", "--quiet", "--force", "--explain", "--jobs", "0")
    assert (result.exit_code, result.stdout) == (1, "done gb.txt: it was asked for (--force)\n")
    assert result.stderr == "error: raw/a: cannot be read: Permission denied\n"
    refused = jiaokan("run", "--prune")
    assert refused.exit_code == 2
    assert (
        "raw/a: cannot be read" in refused.stderr.split("it is not known which pages are gone")[1]
    )


def test_restore_to_a_place_that_cannot_be_written(jiaokan: Any, workspace: Path) -> None:
    result = jiaokan("restore", "clean/gb.json", "-o", "raw/gb.txt/again")
    assert result.exit_code == 2
    assert "error: raw/gb.txt/again: cannot be written: " in result.stderr
    assert "name a file in a folder" in result.stderr


@pytest.mark.parametrize("name", ["a/b", "gb"])
def test_restore_gives_the_raw_bytes(jiaokan: Any, workspace: Path, name: str) -> None:
    raw = (workspace / "raw" / f"{name}.txt").read_bytes()
    assert jiaokan("restore", f"clean/{name}.json").stdout_bytes == raw
    assert jiaokan("restore", f"clean/{name}.md", "-o", "again").stdout_bytes == b""
    assert (workspace / "again").read_bytes() == raw


def test_restore_refuses_an_edited_file(jiaokan: Any, workspace: Path) -> None:
    path = workspace / "clean" / "a" / "b.json"
    path.write_text(path.read_text("utf-8").replace("露水", "雨水"), "utf-8")
    result = jiaokan("restore", path)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "SHA-256" in result.stderr


def test_verify(jiaokan: Any, workspace: Path) -> None:
    result = jiaokan("verify", "clean", "--raw", "raw")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "2 pages" in result.stderr
    path = workspace / "clean" / "gb.md"
    path.write_bytes(path.read_bytes() + b"\n")
    result = jiaokan("verify")
    assert result.exit_code == 1
    assert re.search(r"gb\.md: was edited after the run", result.stdout)
    assert json.loads(jiaokan("verify", "--json").stdout)["problems"][0]["file"] == "clean/gb.md"


def test_verify_without_a_ledger_exits_2(jiaokan: Any, workspace: Path) -> None:
    (workspace / "empty").mkdir()
    result = jiaokan("verify", "empty")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "error: empty: holds no ledger" in result.stderr
    assert "jiaokan run raw empty" in result.stderr


def test_verify_finds_the_raw_file_of_a_page_that_was_run_alone(
    jiaokan: Any, workspace: Path
) -> None:
    jiaokan("run", "raw/a/b.txt", "alone")
    assert jiaokan("verify", "alone", "--raw", "raw").exit_code == 0
    assert jiaokan("verify", "alone", "--raw", "raw/a/b.txt").exit_code == 0
    path = workspace / "raw" / "a" / "b.txt"
    path.write_bytes(path.read_bytes() + b"a")
    result = jiaokan("verify", "alone", "--raw", "raw")
    assert result.exit_code == 1
    assert "raw/b.txt: the raw file cannot be read" in result.stdout


def test_init_makes_a_workspace_that_runs(jiaokan: Any, tmp_path: Path) -> None:
    assert jiaokan("init", "new").exit_code == 0
    os.chdir(tmp_path / "new")
    (tmp_path / "new" / "raw" / "a.txt").write_text("他舍已为人。", "utf-8")
    assert jiaokan("rules", "lint").exit_code == 0
    assert jiaokan("run").exit_code == 0
    assert "舍己为人" in (tmp_path / "new" / "clean" / "a.md").read_text("utf-8")


def test_init_overwrites_nothing(jiaokan: Any, tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("mine", "utf-8")
    result = jiaokan("init")
    assert result.exit_code == 0
    assert "kept README.md" in result.stderr
    assert (tmp_path / "README.md").read_text("utf-8") == "mine"


REFUSED = {
    "nan": (("run", "--min-confidence", "nan"), "'nan' is not in the range 0<=x<=1"),
    "above 1": (("run", "--min-confidence", "1.1"), "1.1 is not in the range 0<=x<=1"),
    "no number": (("run", "--min-confidence", "half"), "'half' is not a valid float"),
    "clean is raw": (("run", "raw", "raw"), "raw: is the raw folder"),
    "clean is raw by another name": (("run", "raw", "raw/a/.."), "is the raw folder"),
    "rules in no file": (("run", "--rules", os.devnull), "neither a file nor a folder"),
    "rules not there": (("run", "--rules", "none.yaml"), "'none.yaml' does not exist"),
    "a workspace in a file": (("init", "raw/gb.txt/x"), "cannot be made: Not a directory"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused_with_exit_2(jiaokan: Any, workspace: Path, case: str) -> None:
    command, message = REFUSED[case]
    before = {path: path.read_bytes() for path in workspace.rglob("*") if path.is_file()}
    result = jiaokan(*command)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr
    assert "Error:" not in result.stderr
    assert before == {path: path.read_bytes() for path in workspace.rglob("*") if path.is_file()}


@pytest.mark.parametrize("share", [0, 0.5, 1])
def test_a_share_from_0_to_1_is_taken(jiaokan: Any, workspace: Path, share: float) -> None:
    assert jiaokan("run", "--min-confidence", share).exit_code == 0
