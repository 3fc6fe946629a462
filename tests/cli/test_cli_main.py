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


def test_a_reader_that_goes_away_is_no_traceback(workspace: Path) -> None:
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [sys.executable, "-c", "from jiaokan.cli import main; main()", "diff"],
        stdout=write,
        stderr=subprocess.PIPE,
        cwd=workspace,
        env=os.environ | {"PYTHONPATH": str(Path(jiaokan.__file__).parents[1])},
        check=False,
    )
    os.close(write)
    assert (done.returncode, done.stderr) == (1, b"")
