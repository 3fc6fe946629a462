"""`jiaokan review` where it cannot start."""

import socket
from pathlib import Path

import pytest
from click.testing import CliRunner
from jiaokan.cli import main

PAGE = "春天的集市\n\n天刚亮，集市上来了人。\n"


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one page that was run."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.txt").write_text(PAGE, "utf-8")
    assert CliRunner().invoke(main, ["run", "-q", "--no-neural"]).exit_code == 0
    return tmp_path


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("nowhere",), "there is no such file or folder"),
        (("raw",), "holds no ledger"),
        (("clean", "--raw", "nowhere"), "there is no such file or folder"),
        (("clean", "--decisions", "bad.yaml"), "bad.yaml:1:7: do: unknown decision 'maybe'"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_served(
    workspace: Path, args: tuple[str, ...], said: str
) -> None:
    (workspace / "bad.yaml").write_text("- do: maybe\n", "utf-8")
    done = CliRunner().invoke(main, ["review", "--no-browser", *args])
    assert done.exit_code == 2
    assert said in done.output
    assert "http://" not in done.output


def test_a_port_that_is_taken_is_said(workspace: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        done = CliRunner().invoke(main, ["review", "--no-browser", "--port", port])
    assert done.exit_code == 2
    assert f"port {port} cannot be used" in done.output
