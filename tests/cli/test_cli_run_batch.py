"""jiaokan run over many pages: what it says, which code it leaves with, how it is ended."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

PAGE = "春天的集市\n\n天刚亮,第{}个人来了.\n"


def test_explain_says_why(jiaokan: Any, workspace: Path) -> None:
    (workspace / "raw" / "gb.txt").write_text(PAGE.format(1), "utf-8")
    result = jiaokan("run", "--explain", "--quiet")
    assert result.stdout.splitlines() == [
        "kept a/b.txt: it is up to date",
        "done gb.txt: its bytes have changed",
    ]


def test_a_dry_run_says_what_would_be_done(jiaokan: Any, workspace: Path) -> None:
    result = jiaokan("run", "raw", "nowhere", "-n")
    assert result.stdout.count("due ") == 2
    assert "2 pages would be cleaned" in result.stderr
    assert not (workspace / "nowhere").exists()


def test_the_summary_is_a_table(jiaokan: Any, workspace: Path) -> None:
    for number in range(4):
        (workspace / "raw" / f"{number}.txt").write_text(PAGE.format(number), "utf-8")
    said = jiaokan("run").stderr.splitlines()
    assert any(line.startswith("articles") and line.split()[1] == "6" for line in said)
    assert any("punctuation.comma" in line for line in said)
    assert said[-1].startswith("in ")
    assert "pages/s" in said[-1]


def test_json_is_one_document_and_its_progress_lines(jiaokan: Any, workspace: Path) -> None:
    (workspace / "raw" / "bad.txt").write_bytes(b"%PDF-1.4")
    result = jiaokan("run", "--json")
    found = json.loads(result.stdout)
    assert [page["state"] for page in found["pages"]] == ["kept", "failed", "kept"]
    assert found["summary"]["states"] == {"failed": 1, "kept": 2}
    assert found["summary"]["pages"] == 3
    last = json.loads(result.stderr.splitlines()[-1])
    assert (last["event"], last["done"], last["pages"], last["failed"]) == ("end", 3, 3, 1)
    assert result.exit_code == 1


def test_json_of_many_pages_is_written_page_by_page(jiaokan: Any, workspace: Path) -> None:
    assert json.loads(jiaokan("run", "--json", "-q").stdout)["pages"][1]["name"] == "gb.txt"


def test_stop_at_the_first_failure_then_retry(jiaokan: Any, workspace: Path) -> None:
    (workspace / "raw" / "a" / "a.txt").write_bytes(b"%PDF-1.4")
    (workspace / "raw" / "new.txt").write_text(PAGE.format(2), "utf-8")
    result = jiaokan("run", "--on-error", "stop", "--jobs", 0)
    assert result.exit_code == 1
    assert "stopped: a page failed (--on-error stop); 3 pages not looked at" in result.stderr
    assert not (workspace / "clean" / "new.md").exists()
    (workspace / "raw" / "a" / "a.txt").write_text(PAGE.format(3), "utf-8")
    result = jiaokan("run", "--retry-failed", "--explain")
    assert result.exit_code == 0
    assert "done a/a.txt" in result.stdout
    assert "done new.txt" in result.stdout
    assert "kept gb.txt: it had not failed" in result.stdout


def test_blocked_pages_exit_1_and_edited_ones_do_not(jiaokan: Any, workspace: Path) -> None:
    path = workspace / "clean" / "gb.md"
    path.write_bytes(path.read_bytes() + b"x")
    result = jiaokan("run")
    assert (result.exit_code, "edited gb.txt: gb.md was edited" in result.stderr) == (0, True)
    (workspace / "raw" / "gb.txt").write_text(PAGE.format(4), "utf-8")
    result = jiaokan("run")
    assert (result.exit_code, "blocked gb.txt" in result.stderr) == (1, True)
    result = jiaokan("run", "--quiet")
    says = "blocked gb.txt: its bytes have changed, but gb.md was edited (--overwrite edited"
    assert (result.exit_code, says in result.stderr) == (1, True)
    assert jiaokan("run", "--overwrite", "edited").exit_code == 0


def test_taken_out_edits_stay_until_asked(jiaokan: Any, workspace: Path) -> None:
    assert jiaokan("rules", "revert", "punctuation.comma", "clean").exit_code == 0
    path = workspace / "clean" / "a" / "b.md"
    before = path.read_bytes()
    assert "2 up to date" in jiaokan("run").stderr
    result = jiaokan("run", "--script", "keep")
    assert result.exit_code == 1
    assert "edits of punctuation.comma were taken out by hand" in result.stderr
    assert path.read_bytes() == before
    assert jiaokan("run", "--overwrite", "edited").exit_code == 0
    assert path.read_bytes() != before


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (("--shard", "3/2"), "is no shard"),
        (("--jobs", "-1"), "not in the range"),
        (("--retry-failed", "--force"), "do not go together"),
        (("-", "clean", "--files-from", "-"), "stdin (-) can be read once only"),
        (("raw", "-"), "and - is none"),
        (("raw/gb.txt", "clean", "--prune"), "it is not known which pages are gone"),
        (("raw/a", "raw/gb.txt"), "is no folder to write clean files to"),
        (("raw/*.none", "clean"), "no file is called so"),
    ],
)
def test_refused(jiaokan: Any, workspace: Path, arguments: tuple[str, ...], what: str) -> None:
    result = jiaokan("run", *arguments)
    assert (result.exit_code, what in result.stderr) == (2, True), result.stderr


def heard() -> None:
    """Ctrl-C is heard also where the tests were started in the background of a shell."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=["Ctrl-C", "SIGTERM"]
)
def test_ended_from_outside(tmp_path: Path, number: int, code: int) -> None:
    """What is there is whole, nothing else lies about, and the next run goes on."""
    (tmp_path / "raw").mkdir()
    for page in range(800):
        (tmp_path / "raw" / f"{page}.txt").write_text(PAGE.format(page), "utf-8")
    command = [sys.executable, "-m", "jiaokan", "run", "--jobs", "2", "--no-neural", "--quiet"]
    running = subprocess.Popen(
        command,
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        start_new_session=True,
        preexec_fn=heard,
    )
    clean = tmp_path / "clean"
    while not list(clean.glob("*.ledger.json")):
        assert running.poll() is None
        time.sleep(0.02)
    os.killpg(running.pid, number) if number == signal.SIGINT else running.send_signal(number)
    _, said = running.communicate(timeout=60)
    assert running.returncode == code, said
    assert b"Traceback" not in said
    assert {path.name for path in clean.iterdir() if path.name[0] == "."} <= {".jiaokan"}
    assert not list((clean / ".jiaokan").glob("[lw]*"))
    done = len(list(clean.glob("*.ledger.json")))
    assert 0 < done < 800
    check = subprocess.run([sys.executable, "-m", "jiaokan", "verify"], cwd=tmp_path, check=True)
    assert check.returncode == 0


def test_a_run_to_tables_says_what_it_leaves_alone(jiaokan: Any, workspace: Path) -> None:
    (workspace / "raw" / "gone.txt").symlink_to("nowhere")
    for to in ("files", "jsonl"):
        told = jiaokan("run", "raw", to, "--to", to).stderr
        assert "skipped raw/gone.txt: a link that leads nowhere\n" in told
        assert "skipped" not in jiaokan("run", "raw", to, "--to", to, "--quiet").stderr
