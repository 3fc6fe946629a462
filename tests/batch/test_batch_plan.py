"""Which raw files are pages, which clean files they give, and what is refused."""

import os
from pathlib import Path

import orjson
import pytest
from jiaokan.batch.plan import plan
from jiaokan.errors import JiaokanError
from jiaokan.formats.ledger_head import sealed


def put(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")


def names(raw: Path, clean: Path) -> list[str]:
    return [source.name for source in plan(raw, clean).sources]


def test_pages_at_any_depth(tmp_path: Path) -> None:
    put(tmp_path / "raw", "b.txt", "a/c.text", "a/b/d.TXT", "e.md", "f.pdf", "g")
    assert names(tmp_path / "raw", tmp_path / "clean") == ["a/b/d.TXT", "a/c.text", "b.txt"]


def test_one_file_of_any_name(tmp_path: Path) -> None:
    put(tmp_path, "page")
    (source,) = plan(tmp_path / "page", tmp_path / "clean").sources
    assert source.outputs == ("page.json", "page.md", "page.ledger.json")


def test_what_is_skipped_is_said(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    put(raw, "a.txt", ".hidden.txt", ".git/b.txt", "sub/c.txt")
    put(tmp_path, "outside.txt")
    (raw / "out.txt").symlink_to(tmp_path / "outside.txt")
    (raw / "in.txt").symlink_to(raw / "a.txt")
    (raw / "gone.txt").symlink_to(raw / "none.txt")
    (raw / "loop").symlink_to(raw)
    os.mkfifo(raw / "pipe.txt")
    made = plan(raw, tmp_path / "clean")
    assert [source.name for source in made.sources] == ["a.txt", "in.txt", "sub/c.txt"]
    assert {Path(path).name: why for path, why in made.skipped} == {
        ".hidden.txt": "a hidden file",
        ".git": "a hidden folder",
        "out.txt": "a link that leads out of the raw folder",
        "gone.txt": "a link that leads nowhere",
        "loop": "a link to a folder",
        "pipe.txt": "no regular file",
    }


def test_clean_inside_raw_is_not_read(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", "clean/b.txt")
    assert names(tmp_path, tmp_path / "clean") == ["a.txt"]


def test_texts_that_a_run_wrote_are_no_pages(tmp_path: Path) -> None:
    put(tmp_path, "raw/a.txt", "raw/out/b.txt")
    counts = {"articles": 0, "seams": 0, "findings": 0, "rules": {}}
    source = {"name": "a.txt", "size": 1, "sha256": "", "length": 1}
    source |= {"decoding": {"encoding": "utf-8", "confidence": 1.0}}
    outputs = {"a.json": "0", "a.txt": "0"}
    tree = {"source": source, "options": {}, "outputs": outputs, "counts": counts, "strings": []}
    put(tmp_path, "raw/out/a.txt", "raw/out/b.ledger.json")
    (tmp_path / "raw/out/a.ledger.json").write_bytes(sealed(orjson.dumps(tree)))
    made = plan(tmp_path / "raw", tmp_path / "clean")
    assert [source.name for source in made.sources] == ["a.txt", "out/b.txt"]
    assert made.skipped == ((str(tmp_path / "raw/out/a.txt"), "a run wrote it"),)


def test_a_folder_that_cannot_be_read_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, "raw/a.txt", "raw/closed/b.txt")
    close(monkeypatch, tmp_path / "raw/closed")
    made = plan(tmp_path / "raw", tmp_path / "clean")
    assert made.unread == ((str(tmp_path / "raw/closed"), "cannot be read: Permission denied"),)
    assert made.names is None, "what lies in it is not gone"


def close(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Let a folder be one that cannot be read, for root, too."""
    scandir = os.scandir

    def closed(path: Path) -> object:
        if Path(path) == folder:
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", closed)


def test_the_raw_folder_is_no_clean_folder(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", "sub/b.txt")
    (tmp_path / "link").symlink_to(tmp_path)
    for clean in (tmp_path, tmp_path / "sub" / "..", tmp_path / "link"):
        with pytest.raises(JiaokanError, match="is the raw folder"):
            plan(tmp_path, clean)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a.txt", "a.text"),
        ("a.txt", "a.ledger.txt"),
        ("s/A.txt", "s/a.txt"),
        ("\u00e9.txt", "e\u0301.txt"),
        ("a.txt", "a.md/b.txt"),
    ],
)
def test_collisions_name_both(tmp_path: Path, one: str, other: str) -> None:
    put(tmp_path / "raw", one, other)
    if len(list((tmp_path / "raw").rglob("*.t*xt"))) < 2:
        pytest.skip("this file system knows the two names as one")
    with pytest.raises(JiaokanError) as caught:
        plan(tmp_path / "raw", tmp_path / "clean")
    assert str(tmp_path / "raw" / one) in str(caught.value)
    assert str(tmp_path / "raw" / other) in str(caught.value)


@pytest.mark.parametrize("name", ["page.md", "page.json", "page.ledger.json"])
def test_a_raw_file_is_never_a_target(tmp_path: Path, name: str) -> None:
    put(tmp_path, name)
    with pytest.raises(JiaokanError, match="raw file's place"):
        plan(tmp_path / name, tmp_path)


def test_missing_and_empty(tmp_path: Path) -> None:
    with pytest.raises(JiaokanError, match="no such file"):
        plan(tmp_path / "none", tmp_path / "clean")
    (tmp_path / "raw").mkdir()
    with pytest.raises(JiaokanError, match="no pages"):
        plan(tmp_path / "raw", tmp_path / "clean")
    put(tmp_path, "raw/a.txt", "file")
    with pytest.raises(JiaokanError, match="no folder"):
        plan(tmp_path / "raw", tmp_path / "file")
