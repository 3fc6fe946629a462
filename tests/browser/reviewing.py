"""Review servers for tests: a process of their own, as users have it."""

import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

PAGES = Path(__file__).parent / "pages"
COLUMNS = Path(__file__).parents[2] / "raw" / "columns-at-block-ends.txt"
"""A sample page on which the search is sure of what `--min-confidence 1` keeps it from."""


@dataclass
class Server:
    """A review that runs."""

    address: str
    process: "subprocess.Popen[str]"


def jiaokan(folder: Path, *args: str) -> "subprocess.CompletedProcess[str]":
    """Give a command in a folder."""
    command = [sys.executable, "-m", "jiaokan", *args]
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False
    )


def started(folder: Path, *args: str) -> Server:
    """A review of the folder's workspace."""
    command = [sys.executable, "-m", "jiaokan", "review", "--no-browser", "--who", "Lin", *args]
    process = subprocess.Popen(
        command,
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    assert process.stdout
    address = process.stdout.readline().strip()
    assert address, process.communicate()[1]
    return Server(address, process)


def ended(server: Server) -> int:
    """Ctrl-C; the exit code."""
    if server.process.poll() is None:
        server.process.send_signal(signal.SIGINT)
    try:
        server.process.communicate(timeout=20)
    except subprocess.TimeoutExpired:
        server.process.kill()
        raise
    return server.process.returncode
