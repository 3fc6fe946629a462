"""diff and explain."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jiaokan.cli.patch import unified
from jiaokan.cli.view import View
from jiaokan.edit import Edit
from jiaokan.trace import Trace, advance


def test_diff_shows_changes_with_rules(jiaokan: Any, workspace: Path) -> None:
    result = jiaokan("diff", "raw", "clean")
    assert result.exit_code == 0
    assert "raw/a/b.txt → clean/a/b.json" in result.stdout
    assert "3:4  天刚亮[-,-]{+，+}集市上已经来了不" in result.stdout
    assert "punctuation" in result.stdout
    assert "\x1b" not in result.stdout
    assert "moved" not in result.stdout


@pytest.mark.parametrize("clean", ["clean", "clean/gb.json", "clean/gb.md"])
def test_diff_of_one_file(jiaokan: Any, workspace: Path, clean: str) -> None:
    result = jiaokan("diff", "raw/gb.txt", clean)
    assert result.exit_code == 0
    assert result.stdout.count("→ clean/") == 1


def test_diff_finds_a_nested_page_by_its_bytes(jiaokan: Any, workspace: Path) -> None:
    assert "clean/a/b.json" in jiaokan("diff", "raw/a/b.txt", "clean").stdout


def test_diff_exit_code(jiaokan: Any, workspace: Path) -> None:
    assert jiaokan("diff", "--exit-code").exit_code == 1
    (workspace / "raw" / "plain.txt").write_text("没有什么要改的。", "utf-8")
    assert jiaokan("run", "raw/plain.txt", "out").exit_code == 0
    assert jiaokan("diff", "raw/plain.txt", "out", "--exit-code").exit_code == 0


def test_diff_refuses_a_changed_raw_file_and_shows_the_others(
    jiaokan: Any, workspace: Path
) -> None:
    path = workspace / "raw" / "gb.txt"
    path.write_bytes(path.read_bytes() + b"a")
    result = jiaokan("diff")
    assert result.exit_code == 1
    assert "gb.txt: is not what clean/gb.json was made of" in result.stderr
    assert "raw/a/b.txt → clean/a/b.json" in result.stdout
    assert jiaokan("diff", "raw/gb.txt").exit_code == 2


def test_diff_goes_on_past_a_missing_raw_file(jiaokan: Any, workspace: Path) -> None:
    (workspace / "raw" / "a" / "b.txt").unlink()
    result = jiaokan("diff")
    assert result.exit_code == 1
    assert "error: raw/a/b.txt: there is no such raw file\n  put it back" in result.stderr
    assert "raw/gb.txt → clean/gb.json" in result.stdout
    (workspace / "raw" / "gb.txt").unlink()
    result = jiaokan("diff")
    assert (result.exit_code, result.stdout) == (2, "")


def test_diff_finds_the_raw_file_of_a_page_that_was_run_alone(
    jiaokan: Any, workspace: Path
) -> None:
    jiaokan("run", "raw/a/b.txt", "alone")
    result = jiaokan("diff", "raw", "alone")
    assert result.exit_code == 0
    assert "raw/a/b.txt → alone/b.json" in result.stdout


def test_diff_without_a_ledger_exits_2(jiaokan: Any, workspace: Path) -> None:
    (workspace / "empty").mkdir()
    result = jiaokan("diff", "raw", "empty")
    assert result.exit_code == 2
    assert "error: empty: holds no ledger" in result.stderr


def test_diff_as_json(jiaokan: Any, workspace: Path) -> None:
    pages = json.loads(jiaokan("diff", "--json").stdout)["pages"]
    assert [page["source"] for page in pages] == ["a/b.txt", "gb.txt"]
    assert pages[0]["changes"][0]["steps"][0]["rule"]
    assert {fragment["moved"] for fragment in pages[0]["fragments"]} == {False}


def test_unified_leaves_out_other_encodings(jiaokan: Any, workspace: Path) -> None:
    result = jiaokan("diff", "--unified")
    assert result.exit_code == 1
    assert "left out raw/gb.txt: it is in gb18030" in result.stderr
    assert result.stdout.startswith("--- a/raw/a/b.txt\n+++ b/raw/a/b.txt\n@@ ")


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("tool", [["git", "apply"], ["patch", "-p1", "--binary"]])
def test_unified_is_taken_by_patch_tools(
    jiaokan: Any, workspace: Path, mark: bytes, tool: list[str]
) -> None:
    path = workspace / "raw" / "a" / "b.txt"
    path.write_bytes(mark + path.read_bytes())
    assert jiaokan("run").exit_code == 0
    patch = jiaokan("diff", "raw/a/b.txt", "clean", "--unified").stdout_bytes
    (view,) = json.loads(jiaokan("diff", "raw/a/b.txt", "clean", "--json").stdout)["pages"]
    want = path.read_bytes().decode()
    for change in reversed(view["changes"]):
        start, end = (change[key] + len(mark.decode()) for key in ("start", "end"))
        want = want[:start] + change["new"] + want[end:]
    subprocess.run(tool, input=patch, cwd=workspace, check=True, capture_output=True)
    assert path.read_bytes().decode() == want


def patched(raw: str, patch: list[str]) -> str:
    """What a patch tool makes of the text; hunks without fuzz."""
    lines = raw.split("\n")
    lines = [f"{line}\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])
    out: list[str] = []
    at = 0
    for line in patch[2:]:
        if line.startswith("@@"):
            start, count = line.split()[1][1:].split(",")
            first = int(start) - (1 if int(count) else 0)
            out += lines[at:first]
            at = first
            continue
        text = line[1:].removesuffix("\n\\ No newline at end of file\n")
        if line[0] in " -":
            assert lines[at] == text
            at += 1
        if line[0] in " +":
            out.append(text)
    return "".join(out + lines[at:])


@given(st.text("甲,\n\r", max_size=30), st.data())
def test_unified_of_any_edits(raw: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(raw)), max_size=8)))
    edits = [
        Edit(start, end, data.draw(st.text("乙\n", max_size=3)), "r")
        for start, end in zip(cuts[::2], cuts[1::2], strict=False)
    ]
    trace = advance(Trace(raw, raw), "s", edits)
    patch = list(unified(raw, trace.changes, "p"))
    assert patched(raw, patch) == trace.text


def test_explain_a_page(jiaokan: Any, workspace: Path) -> None:
    result = jiaokan("explain", "clean/a/b.json")
    assert result.exit_code == 0
    assert "a/b.txt" in result.stdout
    assert "1 article\n" in result.stdout
    tree = json.loads(jiaokan("explain", "clean/a/b.md", "--json").stdout)
    assert tree["articles"][0]["title"] == "春天的集市"
    assert tree["encoding"] == "utf-8"


@pytest.mark.parametrize("file", ["clean/a/b.json", "clean/a/b.ledger.json", "raw/a/b.txt"])
@pytest.mark.parametrize("at", ["3:4", "10"])
def test_explain_a_changed_character(jiaokan: Any, workspace: Path, file: str, at: str) -> None:
    result = jiaokan("explain", file, "--at", at)
    assert result.exit_code == 0
    assert "a/b.txt 3:4 (character 10): “,” U+002C" in result.stdout
    assert "“,” → “，”" in result.stdout
    assert "stands in article 1, paragraph 1, character 3" in result.stdout


def test_explain_an_unchanged_and_a_dropped_character(jiaokan: Any, workspace: Path) -> None:
    tree = json.loads(jiaokan("explain", "clean/gb.json", "--at", 0, "--json").stdout)
    assert (tree["character"], tree["changes"]) == ("春", [])
    assert tree["places"][0]["field"] == "title"
    assert "unchanged" in jiaokan("explain", "clean/gb.json", "--at", 0).stdout
    assert "dropped" in jiaokan("explain", "clean/a/b.json", "--at", "2:1").stdout


@pytest.mark.parametrize("at", ["-1", "9999", "99:1", "1:99", "0:0", "x", "²"])
def test_explain_no_such_place(jiaokan: Any, workspace: Path, at: str) -> None:
    result = jiaokan("explain", "clean/a/b.json", f"--at={at}")
    assert result.exit_code == 2
    assert "error: " in result.stderr


def test_explain_says_which_places_there_are(jiaokan: Any, workspace: Path) -> None:
    asked = jiaokan("explain", "clean/a/b.json", "--at", "1:99")
    assert "no character at 1:99" in asked.stderr
    assert "in 5 lines, line 1 has 6 characters with its end" in asked.stderr
    assert "raw: is a folder" in jiaokan("explain", "raw").stderr
    assert "such as --at 120" in jiaokan("explain", "clean/a/b.json", "--at", "x").stderr


@pytest.mark.parametrize("command", ["diff", "report", "rules stats", "rules revert a", "review"])
def test_tables_are_told_from_an_empty_folder(jiaokan: Any, workspace: Path, command: str) -> None:
    assert jiaokan("run", "raw", "tables", "--to", "jsonl").exit_code == 0
    given = ["raw", "tables"] if command == "diff" else ["tables"]
    result = jiaokan(*command.split(), *given)
    assert result.exit_code == 2
    assert "error: tables: holds the tables of a run" in result.stderr
    assert "--to files" in result.stderr


def test_explain_every_character(jiaokan: Any, workspace: Path) -> None:
    from jiaokan.cli.character import character_at
    from jiaokan.cli.records import find_record

    record = find_record(Path("clean/a/b.json"))
    view = View(record.ledger, Trace(record.raw, record.cleaned, record.ledger.changes))
    for at, character in enumerate(record.raw):
        tree = character_at(view, record.clean, at)
        assert tree["character"] == character
        text = "".join(place["text"] for place in tree["places"])
        assert text == (tree["changes"][-1]["new"] if tree["changes"] else character)
