"""What is kept beside the compiled modules: the same value, or worked out anew."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from jiaokan import disk_cache
from jiaokan.disk_cache import remembered


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(disk_cache, "_FOLDER", tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return tmp_path


def asked(key: bytes, value: str = "甲") -> tuple[str, int]:
    """The value, and how often it was worked out."""
    count = 0

    def make() -> str:
        nonlocal count
        count += 1
        return value

    return remembered("x", key, make), count


def test_kept_for_its_key_only() -> None:
    assert asked(b"1") == ("甲", 1)
    assert asked(b"1", "乙") == ("甲", 0)
    assert asked(b"2", "乙") == ("乙", 1)


@pytest.mark.parametrize("change", [lambda d: d[:40], lambda d: b"", lambda d: d[:-1] + b"?"])
def test_a_damaged_file_is_worked_out_anew(folder: Path, change: "object") -> None:
    asked(b"1")
    (file,) = folder.iterdir()
    file.write_bytes(change(file.read_bytes()))  # type: ignore[operator]
    assert asked(b"1", "乙") == ("乙", 1)
    assert list(folder.iterdir()) == [file]


def test_nothing_is_kept_where_python_keeps_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert asked(b"1") == ("甲", 1)
    assert asked(b"1") == ("甲", 1)
    assert list(folder.iterdir()) == []


def test_a_folder_that_is_not_there_is_made(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk_cache, "_FOLDER", folder / "none" / "yet")
    assert asked(b"1") == ("甲", 1)
    assert asked(b"1") == ("甲", 0)


def test_a_folder_that_cannot_be_made(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    (folder / "file").write_text("")
    monkeypatch.setattr(disk_cache, "_FOLDER", folder / "file")
    assert asked(b"1") == ("甲", 1)
    assert asked(b"1") == ("甲", 1)
    monkeypatch.setattr(disk_cache, "_FOLDER", folder / "file" / "none")
    assert asked(b"1") == ("甲", 1)


def test_it_stands_where_python_keeps_its_byte_code(folder: Path) -> None:
    code = "from jiaokan.disk_cache import remembered; remembered('here', b'1', str)"
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(folder)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    subprocess.run([sys.executable, "-c", code], env=environment, check=True)
    (kept,) = folder.rglob("here.*.memo")
    assert list(kept.parent.glob("disk_cache.*.pyc"))
