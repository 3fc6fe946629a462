"""What holds for every command: help with an example, light start, errors, exit codes."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import jiaokan
import pytest
from jiaokan.cli import COMMANDS
from jiaokan.version import VERSION

HEAVY = ("numpy", "opencc", "pydantic", "regex", "rapidfuzz", "yaml", "orjson", "jiaokan.cleaning")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_an_example(jiaokan: Any, name: str) -> None:
    result = jiaokan(name, "--help")
    assert result.exit_code == 0
    assert "Example:\n" in result.stdout
    assert f"jiaokan {name}" in result.stdout


def test_help_is_what_no_arguments_give(jiaokan: Any) -> None:
    assert jiaokan().stdout == jiaokan("--help").stdout
    assert all(name in jiaokan("-h").stdout for name in COMMANDS)


def test_version(jiaokan: Any) -> None:
    assert VERSION in jiaokan("--version").stdout


@pytest.mark.parametrize("args", [["--help"], ["run", "--help"], ["explain", "--help"]])
def test_help_reads_nothing_heavy(args: list[str]) -> None:
    code = (
        "import sys, contextlib\n"
        "from jiaokan.cli import main\n"
        f"with contextlib.suppress(SystemExit): main({args})\n"
        f"print([name for name in {HEAVY} if name in sys.modules], file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"


@pytest.mark.parametrize(
    "args",
    [
        ["nonsense"],
        ["run", "--nonsense"],
        ["run", "none"],
        ["run", "--script", "latin"],
        ["run", "--encoding", "klingon", "raw"],
        ["run", "--rules", "none.yaml"],
        ["restore", "none.json"],
        ["restore", "none.txt"],
        ["verify", "none"],
        ["diff", "none", "none"],
        ["explain", "none.json"],
        ["explain", "none.txt"],
    ],
)
def test_what_cannot_be_done_exits_2(jiaokan: Any, tmp_path: Path, args: list[str]) -> None:
    (tmp_path / "raw").mkdir()
    result = jiaokan(*args)
    assert result.exit_code == 2
    assert "error: " in result.stderr
    assert "Traceback" not in result.stderr
    assert result.stdout == ""


def test_a_misspelt_command_is_guessed(jiaokan: Any) -> None:
    assert "did you mean 'restore'?" in jiaokan("restroe", "a").stderr
    assert "did you mean 'list'?" in jiaokan("rules", "lst").stderr
    assert "jiaokan rules --help lists them" in jiaokan("rules", "xyzxyz").stderr


def test_a_path_that_looks_like_an_option(jiaokan: Any, tmp_path: Path) -> None:
    (tmp_path / "-p.txt").write_text("渡口。", "utf-8")
    result = jiaokan("run", "-p.txt", "clean")
    assert result.exit_code == 2
    assert "a path that begins with a hyphen is written ./-p.txt" in result.stderr
    assert jiaokan("run", "./-p.txt", "clean").exit_code == 0
    assert "hyphen" not in jiaokan("run", "-p", "clean").stderr


def test_what_the_system_refuses_is_no_mistake_of_ours(
    jiaokan: Any, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("jiaokan.verify.verify", full)
    result = jiaokan("verify")
    assert result.exit_code == 2
    assert result.stderr == "error: what was asked for is not whole: No space left on device\n"


def test_a_mistake_of_ours_is_no_traceback(
    jiaokan: Any, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("no")

    monkeypatch.setattr("jiaokan.verify.verify", broken)
    result = jiaokan("verify")
    assert (result.exit_code, "ZeroDivisionError: no" in result.stderr) == (2, True)
    assert isinstance(jiaokan("--debug", "verify").exception, ZeroDivisionError)


def test_interrupted(jiaokan: Any, workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("jiaokan.verify.verify", stopped)
    result = jiaokan("verify")
    assert (result.exit_code, "interrupted" in result.stderr) == (130, True)


def unread(cwd: Path, *args: str, stderr: bool = False) -> tuple[int, str]:
    """The exit code of a command whose stdout (or stderr) no one reads, and what else it says."""
    read, write = os.pipe()
    os.close(read)
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    streams["stderr" if stderr else "stdout"] = write
    command = [sys.executable, "-m", "jiaokan", *args]
    path = {"PYTHONPATH": str(Path(jiaokan.__file__).parents[1])}
    with subprocess.Popen(
        command, cwd=cwd, encoding="utf-8", env=os.environ | path, **streams
    ) as process:
        os.close(write)
        said = process.communicate(timeout=60)
    return process.returncode, (said[0] or "") + (said[1] or "")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipe that tells")
@pytest.mark.parametrize("args", ["rules list", "rules list --json", "--help", "diff"])
def test_a_reader_that_has_gone_ends_a_command_quietly(workspace: Path, args: str) -> None:
    assert unread(workspace, *args.split()) == (141, "")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipe that tells")
def test_a_run_that_no_one_reads_leaves_whole_files(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.txt").write_text("江城今年办了三件实事。\n", "utf-8")
    assert unread(tmp_path, "run", "raw", "clean", stderr=True) == (141, "")
    again = subprocess.run(
        [sys.executable, "-m", "jiaokan", "run", "raw", "clean"], cwd=tmp_path, timeout=60
    )
    assert again.returncode == 0
    assert (tmp_path / "clean" / "a.md").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipe that tells")
def test_an_error_that_no_one_reads_is_still_one(tmp_path: Path) -> None:
    assert unread(tmp_path, "run", "nowhere", stderr=True) == (2, "")
