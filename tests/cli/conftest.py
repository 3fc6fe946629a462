"""A workspace with pages that were run, and a way to give commands in it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from jiaokan.cli import main

Command = Callable[..., Result]

PAGE = """\
春天的集市

天刚亮,集市上已经来了不少人。卖菜的老人把青菜摆得整整齐齐,每一棵都带着露水。

买菜的人 and 卖菜的人都是熟人,见了面先问一声好。
"""


@pytest.fixture
def jiaokan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Run a command in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return lambda *args: CliRunner().invoke(main, [str(arg) for arg in args])


@pytest.fixture
def workspace(tmp_path: Path, jiaokan: Command) -> Path:
    """The folder, with raw/ and the clean/ that a run made of it."""
    (tmp_path / "raw" / "a").mkdir(parents=True)
    (tmp_path / "raw" / "a" / "b.txt").write_bytes(PAGE.encode())
    (tmp_path / "raw" / "gb.txt").write_bytes(PAGE.replace("\n", "\r\n").encode("gb18030"))
    assert jiaokan("run").exit_code == 0
    return tmp_path
