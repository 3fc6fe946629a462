"""The bar of a run that goes on: what it shows fits into the terminal."""

import io
import re

import pytest
from jiaokan.cli.run_bar import Pace, bar


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        (30, ()),
        (40, ("pages/s",)),
        (60, ("pages/s", "MB/s")),
        (80, ("pages/s", "MB/s", "findings/s")),
        (200, ("pages/s", "MB/s", "findings/s")),
    ],
)
def test_the_count_and_the_time_left_are_always_seen(
    columns: int, told: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setenv("TERM", "xterm")
    pace = Pace(180)
    with bar(pace, as_json=False, quiet=False) as step:
        pace.done, pace.size, pace.findings = 180, 1_000_000, 90
        pace.begun -= 20
        step()
    plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", terminal.getvalue())
    last = [part for part in re.split(r"[\r\n]+", plain) if part.strip()][-1]
    assert len(last.rstrip()) <= columns
    assert "…" not in last
    assert "━" in last
    assert re.search(r"180/180.* \d:\d\d:\d\d\s*$", last)
    assert re.findall(r"[a-zA-Z]+/s", last) == list(told)
