"""What is kept beside the compiled modules: the same value, or worked out anew."""

import sys
from pathlib import Path

import pytest
from jiaokan import memo
from jiaokan.memo import remembered


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(memo, "_FOLDER", tmp_path)
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


def test_a_folder_that_is_not_there(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setattr(memo, "_FOLDER", folder / "none")
    assert asked(b"1") == ("甲", 1)
