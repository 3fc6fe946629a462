"""What is no page, or no page that can be read: said so, alone, and nothing half written."""

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

PAGE = "春天的集市\n\n天刚亮,集市上已经来了不少人。卖菜的老人把青菜摆得整整齐齐。\n"
ENDINGS = {".json", ".md", ".ledger.json"}


class Done(NamedTuple):
    code: int
    out: bytes
    err: str


def jiaokan(cwd: Path, *args: object) -> Done:
    done = subprocess.run(
        [sys.executable, "-m", "jiaokan", *map(str, args)],
        cwd=cwd,
        capture_output=True,
        check=False,
    )
    err = done.stderr.decode()
    assert "Traceback" not in err
    return Done(done.returncode, done.stdout, err)


def whole(clean: Path) -> set[str]:
    """Pages of a clean folder; every one has its three files, and nothing else lies about."""
    files = [path for path in clean.rglob("*") if path.is_file() and path.parent.name != ".jiaokan"]
    stems: dict[str, set[str]] = {}
    for path in files:
        ending = next(e for e in (".ledger.json", ".json", ".md") if path.name.endswith(e))
        stem = path.relative_to(clean).as_posix().removesuffix(ending)
        stems.setdefault(stem, set()).add(ending)
    assert all(endings == ENDINGS for endings in stems.values()), stems
    return set(stems)


REFUSED = {
    "truncated utf-8": (PAGE.encode()[:-2], "at byte"),
    "a byte gone wrong": (PAGE.encode()[:40] + b"\xff" + PAGE.encode()[40:], "at byte"),
    "two encodings": (PAGE.encode() + PAGE.encode("gb18030"), "at byte"),
    "odd utf-16": (b"\xff\xfe" + PAGE.encode("utf-16-le")[:-1], "at byte"),
    "surrogate in utf-16": (
        b"\xff\xfe" + "字".encode("utf-16-le") + b"\x00\xd8\x2e\x4e",
        "at byte",
    ),
    "surrogate in utf-8": ("字".encode() + b"\xed\xa0\x80" + "字".encode(), "at byte"),
    "overlong utf-8": (PAGE.encode() + b"\xc0\xaf", "at byte"),
    "pdf": (b"%PDF-1.7\n1 0 obj", "PDF"),
    "png": (b"\x89PNG\r\n\x1a\n\x00\x00", "PNG"),
    "zip": (b"PK\x03\x04" + bytes(30), "ZIP"),
    "gzip": (b"\x1f\x8b\x08" + bytes(20), "gzip"),
    "nul bytes": (bytes(4000), "NUL"),
    "random bytes": (bytes(range(256)) * 8, "at byte"),
}
READ = {
    "empty": b"",
    "only a mark": b"\xef\xbb\xbf",
    "only a utf-16 mark": b"\xff\xfe",
    "only newlines": b"\n" * 500,
    "only blanks": " \t\u3000\r\n".encode() * 50,
    "many blank lines": b"\n" * 200_000 + PAGE.encode() + b"\r\n" * 100_000,
    "one character": "字".encode(),
    "some nul bytes": (PAGE * 3).replace("的", "\0的").encode(),
    "escape sequences": ("\x1b[31m红\x1b[0m" * 20).encode(),
    "no newline at its end": PAGE.rstrip().encode(),
    "mixed line ends": PAGE.encode().replace(b"\n", b"\r") + PAGE.encode() + b"\r\n\n\r",
    "a page in english": b"Nothing Chinese stands here, and nothing is to be done.\n",
    "bidi and zero width": "\u202e左\u202c右\u200b\u200d\ufeff中\u2066".encode(),
    "noncharacters": "字\ufffe\uffff\U0010ffff字".encode(),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Done]:
    """One run over all of these and two good pages."""
    top = tmp_path_factory.mktemp("malformed")
    (top / "raw").mkdir()
    for name, (data, _) in REFUSED.items():
        (top / "raw" / f"{name}.txt").write_bytes(data)
    for name, data in READ.items():
        (top / "raw" / f"{name}.txt").write_bytes(data)
    (top / "raw" / "aaa good.txt").write_bytes(PAGE.encode())
    (top / "raw" / "zzz good.txt").write_bytes(PAGE.encode("gb18030"))
    return top, jiaokan(top, "run")


def test_a_run_over_bad_pages_exits_1_and_counts_them(folder: tuple[Path, Done]) -> None:
    _, done = folder
    assert done.code == 1
    assert done.out == b""
    assert f"{len(READ) + 2} pages cleaned, {len(REFUSED)} failed" in done.err


def test_only_good_pages_are_written_and_whole(folder: tuple[Path, Done]) -> None:
    top, _ = folder
    assert whole(top / "clean") == {*READ, "aaa good", "zzz good"}


@pytest.mark.parametrize("name", REFUSED)
def test_a_refused_page_is_named_with_the_reason(folder: tuple[Path, Done], name: str) -> None:
    _, done = folder
    lines = [line for line in done.err.splitlines() if line.startswith(f"error: {name}.txt")]
    assert len(lines) == 1, done.err
    assert REFUSED[name][1] in lines[0]


@pytest.mark.parametrize("name", READ)
def test_an_odd_page_is_read_and_given_back(folder: tuple[Path, Done], name: str) -> None:
    top, _ = folder
    done = jiaokan(top, "restore", f"clean/{name}.json")
    assert (done.code, done.err) == (0, "")
    assert done.out == READ[name]


def test_verify_is_content_with_what_was_written(folder: tuple[Path, Done]) -> None:
    top, _ = folder
    done = jiaokan(top, "verify", "clean", "--raw", "raw")
    assert (done.code, done.out) == (0, b""), done.err


def test_raw_files_stay(folder: tuple[Path, Done]) -> None:
    top, _ = folder
    assert {path.stem for path in (top / "raw").iterdir()} == {
        *READ, *REFUSED, "aaa good", "zzz good",
    }  # fmt: skip
    for name, data in READ.items():
        assert (top / "raw" / f"{name}.txt").read_bytes() == data


def test_a_line_of_a_megabyte(tmp_path: Path) -> None:
    line = "卖菜的老人把青菜摆得整整齐齐，买菜的人都是熟人。" * 14_600
    assert len(line.encode()) > 1_000_000
    (tmp_path / "a.txt").write_text(line, "utf-8")
    assert jiaokan(tmp_path, "run", "a.txt", "clean").code == 0
    assert jiaokan(tmp_path, "restore", "clean/a.json").out == line.encode()


# what cannot be done as asked


def test_a_missing_file(tmp_path: Path) -> None:
    done = jiaokan(tmp_path, "run", "nowhere.txt")
    assert done.code == 2
    assert "nowhere.txt: there is no such file or folder" in done.err
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("inside", [[], ["a.pdf", "b.md"], [".hidden.txt"]])
def test_a_folder_without_pages(tmp_path: Path, inside: list[str]) -> None:
    (tmp_path / "raw").mkdir()
    for name in inside:
        (tmp_path / "raw" / name).write_bytes(PAGE.encode())
    done = jiaokan(tmp_path, "run")
    assert done.code == 2
    assert "there are no pages in it" in done.err
    assert not (tmp_path / "clean").exists()


@pytest.mark.parametrize(
    "pair", [("a.txt", "a.text"), ("Ａ.txt", "a.ledger.txt", "a.txt"), ("页.txt", "页.text")]
)
def test_collisions_name_both_files(tmp_path: Path, pair: tuple[str, ...]) -> None:
    (tmp_path / "raw").mkdir()
    for name in pair:
        (tmp_path / "raw" / name).write_bytes(PAGE.encode())
    done = jiaokan(tmp_path, "run")
    assert done.code == 2
    assert all(name in done.err for name in pair[-2:])
    assert not (tmp_path / "clean").exists()


def test_output_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(PAGE.encode())
    (tmp_path / "out").write_bytes(b"mine")
    done = jiaokan(tmp_path, "run", "a.txt", "out")
    assert done.code == 2
    assert "out: is no folder" in done.err
    assert (tmp_path / "out").read_bytes() == b"mine"


def test_a_folder_of_the_output_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "raw" / "a").mkdir(parents=True)
    (tmp_path / "raw" / "a" / "b.txt").write_bytes(PAGE.encode())
    (tmp_path / "raw" / "c.txt").write_bytes(PAGE.encode())
    (tmp_path / "clean").mkdir()
    (tmp_path / "clean" / "a").write_bytes(b"mine")
    done = jiaokan(tmp_path, "run")
    assert done.code == 1
    assert "error: a/b.txt" in done.err
    assert (tmp_path / "clean" / "a").read_bytes() == b"mine"
    assert (tmp_path / "clean" / "c.json").is_file()


@pytest.mark.parametrize("taken", ["a.json", "a.md", "a.ledger.json"])
def test_a_folder_stands_where_a_clean_file_goes(tmp_path: Path, taken: str) -> None:
    (tmp_path / "raw").mkdir()
    for name in ("a", "b"):
        (tmp_path / "raw" / f"{name}.txt").write_bytes(PAGE.encode())
    (tmp_path / "clean" / taken).mkdir(parents=True)
    done = jiaokan(tmp_path, "run")
    assert done.code == 1
    assert "error: a.txt" in done.err
    assert (tmp_path / "clean" / "b.ledger.json").is_file()
    assert list((tmp_path / "clean").rglob(".jiaokan-*")) == []


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_read_only_output(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(PAGE.encode())
    (tmp_path / "out").mkdir(mode=0o555)
    done = jiaokan(tmp_path, "run", "a.txt", "out")
    assert done.code in (1, 2)
    assert "a.txt" in done.err
    assert os.listdir(tmp_path / "out") == []


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="there is no /proc here")
def test_output_that_cannot_be_written_at_all(tmp_path: Path) -> None:
    """A file system that takes no new files, whoever asks."""
    (tmp_path / "a.txt").write_bytes(PAGE.encode())
    done = jiaokan(tmp_path, "run", "a.txt", "/proc/jiaokan-clean")
    assert done.code == 2
    assert "/proc/jiaokan-clean: cannot be made" in done.err


def test_raw_and_clean_in_one_folder(tmp_path: Path) -> None:
    """Clean files among the raw ones are refused, and nothing is written."""
    (tmp_path / "a.txt").write_bytes(PAGE.encode())
    done = jiaokan(tmp_path, "run", ".", ".")
    assert done.code == 2
    assert "raw folder" in done.err
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


@pytest.mark.parametrize(
    "args",
    [
        ["run", "a.txt", "out", "--encoding", "klingon"],
        ["run", "a.txt", "out", "--script", "cursive"],
        ["run", "a.txt", "out", "--min-confidence", "2"],
        ["run", "a.txt", "out", "--rules", "nowhere.yaml"],
        ["restore", "nowhere.json"],
        ["restore", "a.txt"],
        ["verify", "nowhere"],
        ["diff", "nowhere", "clean"],
        ["explain", "nowhere.json"],
        ["fly"],
    ],
)
def test_what_cannot_be_done_exits_2_with_a_message(tmp_path: Path, args: list[str]) -> None:
    (tmp_path / "a.txt").write_bytes(PAGE.encode())
    done = jiaokan(tmp_path, *args)
    assert (done.code, done.out) == (2, b"")
    assert "error:" in done.err
    assert os.listdir(tmp_path) == ["a.txt"]
