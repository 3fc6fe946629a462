"""Several folders, globs, lists and bases: which pages there are, and how they are called."""

import io
import os
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from jiaokan.batch.inputs import Inputs
from jiaokan.batch.plan import plan_of
from jiaokan.batch.shard import Shard, shard_of
from jiaokan.errors import JiaokanError


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with some pages."""
    for name in ("s/1995/a.txt", "s/1995/b.ocr", "s/1996/c.txt", "s/1996/x.png", "t/d.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def names(*raws: str, lists: tuple[str, ...] = (), base: str = "") -> list[str]:
    inputs = Inputs(raws, lists, Path(base) if base else None)
    return [source.name for source in plan_of(inputs, Path("out")).sources]


def stdin(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data)))


@pytest.mark.parametrize(
    ("raws", "base", "expected"),
    [
        (("s",), "", ["1995/a.txt", "1996/c.txt"]),
        (("s/1995", "t"), "", ["a.txt", "d.txt"]),
        (("s/1995", "s/1996", "t"), ".", ["s/1995/a.txt", "s/1996/c.txt", "t/d.txt"]),
        (("s/1995/b.ocr",), "", ["b.ocr"]),
        (("s/1995/b.ocr",), "s", ["1995/b.ocr"]),
        (("s/*/*.txt",), "", ["1995/a.txt", "1996/c.txt"]),
        (("**/*.ocr",), "", ["s/1995/b.ocr"]),
        (("s/19*",), "", ["1995/a.txt", "1996/c.txt"]),
        (("**",), "", ["s/1995/a.txt", "s/1996/c.txt", "t/d.txt"]),
        (("s", "s/1995/a.txt", "s/*/a.txt"), "s", ["1995/a.txt", "1996/c.txt"]),
    ],
)
def test_names(here: Path, raws: tuple[str, ...], base: str, expected: list[str]) -> None:
    assert names(*raws, base=base) == expected


@pytest.mark.parametrize(
    "data",
    [
        b"s/1996\ns/1995/b.ocr\n\n./t/d.txt",
        b"s/1996\r\ns/1995/b.ocr\r\nt/d.txt\r\n",
        b"\xef\xbb\xbfs/1996\ns/1995/b.ocr\nt/d.txt\n",
        b"s/1996\0s/1995/b.ocr\0t/d.txt\0",
    ],
)
def test_lists(here: Path, monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    stdin(monkeypatch, data)
    assert names("-") == ["s/1995/b.ocr", "s/1996/c.txt", "t/d.txt"]
    (here / "list").write_bytes(data)
    assert names(lists=("list",)) == ["s/1995/b.ocr", "s/1996/c.txt", "t/d.txt"]


def test_a_long_list_is_split_at_the_right_places(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jiaokan.batch.path_lists._CHUNK", 7)
    wanted = [f"pages/第{number}页.txt" for number in range(50)]
    stdin(monkeypatch, "\n".join(wanted).encode())
    assert names("-") == sorted(wanted)


def test_a_name_with_a_line_break(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stdin(monkeypatch, b"t/d.txt\0odd\nname.txt\0")
    assert names("-") == ["odd\nname.txt", "t/d.txt"]


def test_absolute_paths_in_a_list_need_a_base_elsewhere(
    here: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    line = f"{here}/s/1995/a.txt\n".encode()
    stdin(monkeypatch, line)
    assert names("-") == ["s/1995/a.txt"]
    os.chdir(tmp_path_factory.mktemp("elsewhere"))
    stdin(monkeypatch, b"\n" + line)
    with pytest.raises(JiaokanError, match=r"stdin:2: .*a\.txt: lies outside of \.") as caught:
        names("-")
    assert "--base" in caught.value.hint
    stdin(monkeypatch, line)
    assert names("-", base=str(here / "s")) == ["1995/a.txt"]


@pytest.mark.parametrize(
    ("raws", "lists", "what"),
    [
        (("s/*.none",), (), r"s/\*\.none: no file is called so"),
        (("none",), (), "none: there is no such file or folder"),
        ((), ("none",), "none: the list cannot be read"),
        ((), ("empty",), "empty: there are no pages in it"),
        (("s/1995/a.txt", "t/a.txt"), (), r"s/1995/a\.txt and t/a\.txt would both give a\.json"),
        (("s/1995", "s/1996"), (), "would both give"),
    ],
)
def test_refused(here: Path, raws: tuple[str, ...], lists: tuple[str, ...], what: str) -> None:
    (here / "t" / "a.txt").write_bytes(b"y")
    (here / "s" / "1996" / "a.txt").write_bytes(b"y")
    (here / "empty").write_bytes(b"\n\n")
    with pytest.raises(JiaokanError, match=what):
        names(*raws, lists=lists)


def test_a_glob_goes_through_no_link_to_a_folder(here: Path) -> None:
    (here / "s" / "again").symlink_to("1995")
    (here / "u").symlink_to("t")
    assert names("s/**/*.txt") == names("s/*/*.txt") == ["1995/a.txt", "1996/c.txt"]
    assert names("s/*") == ["1995/a.txt", "1996/c.txt"]
    assert names("u/*.txt") == ["d.txt"], "a link above what the glob leaves open was asked for"
    skipped = plan_of(Inputs(("s/**/*.txt",)), Path("out")).skipped
    assert skipped == (("s/again", "a link to a folder"),)


def test_clean_files_of_the_run_are_no_pages_of_a_glob(here: Path) -> None:
    (here / "out").mkdir()
    (here / "out" / "d.md").write_bytes(b"x")
    (here / "t" / "e.md").write_bytes(b"x")
    assert names("**/*.md") == ["t/e.md"]


@pytest.mark.parametrize("raws", [("s/1995/a.txt",), ("s/*/a.txt",)])
def test_where_only_some_pages_are_given_none_is_gone(here: Path, raws: tuple[str, ...]) -> None:
    assert plan_of(Inputs(raws), Path("out")).names is None
    assert plan_of(Inputs(("s", "t")), Path("out")).names is not None


def test_a_folder_of_the_run_s_own_is_refused(here: Path) -> None:
    (here / ".jiaokan").mkdir()
    (here / ".jiaokan" / "a.txt").write_bytes(b"x")
    with pytest.raises(JiaokanError, match="where a run keeps its own"):
        names(".jiaokan/a.txt", base=".")


def test_shards_part_the_pages(here: Path) -> None:
    for number in range(40):
        (here / "t" / f"{number}.txt").write_bytes(b"x")
    whole = names("t")
    parts = [
        [source.name for source in plan_of(Inputs(("t",)), Path("out"), Shard(n, 3)).sources]
        for n in (1, 2, 3)
    ]
    assert sorted(name for part in parts for name in part) == whole
    assert all(5 <= len(part) <= 25 for part in parts)


@pytest.mark.parametrize("text", ["0/3", "4/3", "1", "a/b", "1/0", "-1/3", "1/3/5"])
def test_no_shards(text: str) -> None:
    with pytest.raises(ValueError, match="is no shard"):
        shard_of(text)
