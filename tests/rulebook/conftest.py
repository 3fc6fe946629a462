"""Rule files written on the spot."""

from collections.abc import Callable
from pathlib import Path

import pytest
from jiaokan.rulebook import Rulebook, load

Write = Callable[[str], Path]
Load = Callable[[str], Rulebook]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write_rules(text: str) -> Path:
        path = tmp_path / f"own{len(list(tmp_path.iterdir()))}.yaml"
        path.write_bytes(text.encode())
        return path

    return write_rules


@pytest.fixture
def load_text(write: Write) -> Load:
    return lambda text: load([write(text)])
