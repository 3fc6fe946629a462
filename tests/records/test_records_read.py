"""Record files: what is read, what fails alone, what is refused, with its place."""

import gzip
import os
from pathlib import Path

import made
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jiaokan.batch.inputs import Inputs
from jiaokan.batch.plan import plan_of
from jiaokan.errors import JiaokanError
from jiaokan.records.jsonl import Line, lines
from jiaokan.records.record import Fields


@pytest.mark.parametrize("name", ["a.jsonl", "a.ndjson", "a.jsonl.gz", "a.jsonl.zst", "A.JSONL.GZ"])
def test_packed_or_not_all_pages_are_read(tmp_path: Path, name: str) -> None:
    raw = made.packed(tmp_path / name, made.lines(made.pages(3)))
    if name.endswith(".GZ"):
        raw.write_bytes(gzip.compress(raw.read_bytes()))
    made.done(raw, tmp_path / "out")
    assert [row["page"] for row in made.rows(tmp_path / "out", "pages")] == ["p0", "p1", "p2"]
    assert made.rows(tmp_path / "out", "articles")[2]["paragraphs"] == [
        "第2班夜船晚上十点开船，风大时停航。"
    ]


@pytest.mark.parametrize("ending", ["gz", "zst"])
def test_members_one_behind_another_are_one_file(tmp_path: Path, ending: str) -> None:
    one = made.packed(tmp_path / f"1.jsonl.{ending}", made.lines(made.pages(2)))
    two = made.packed(tmp_path / f"2.jsonl.{ending}", made.lines(made.pages(2, 2)))
    raw = tmp_path / f"all.jsonl.{ending}"
    raw.write_bytes(one.read_bytes() + two.read_bytes())
    assert made.work(raw, tmp_path / "out").parts[0].pages == 4


@pytest.mark.parametrize("ending", ["gz", "zst"])
@pytest.mark.parametrize("cut", [1, 30])
def test_a_packed_file_that_is_cut_off_is_refused(tmp_path: Path, ending: str, cut: int) -> None:
    raw = made.packed(tmp_path / f"a.jsonl.{ending}", made.lines(made.pages(200)))
    raw.write_bytes(raw.read_bytes()[:-cut])
    with pytest.raises(JiaokanError, match=rf"a\.jsonl\.{ending}: ends too early, after \d+ bytes"):
        made.work(raw, tmp_path / "out")


@pytest.mark.parametrize("ending", ["gz", "zst"])
def test_a_damaged_packed_file_is_refused(tmp_path: Path, ending: str) -> None:
    raw = made.packed(tmp_path / f"a.jsonl.{ending}", made.lines(made.pages(200)))
    data = bytearray(raw.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 40] = bytes(40)
    raw.write_bytes(data)
    with pytest.raises(JiaokanError, match=rf"a\.jsonl\.{ending}"):
        made.work(raw, tmp_path / "out")


def test_what_is_no_page_fails_alone_with_its_line(tmp_path: Path) -> None:
    bad = [
        b'{"id": oops',
        b"[1, 2]",
        b"\xc4\xe3\xba\xc3",
        {"text": "甲"},
        {"id": "", "text": "甲"},
        {"id": 1.5, "text": "甲"},
        {"id": ["a"], "text": "甲"},
        {"id": "no-text"},
        {"id": "null", "text": None},
        {"id": "list", "text": ["甲"]},
        b'{"id": "half", "text": "\\ud800"}',
        b"",
    ]
    raw = tmp_path / "a.jsonl"
    raw.write_bytes(made.lines([{"id": "good", "text": "天气"}, *bad, {"id": 7, "text": ""}]))
    told = made.failures(made.done(raw, tmp_path / "out"))
    assert [one.partition(": ")[0] for one in told] == [f"a.jsonl:{n}" for n in range(2, 13)]
    says = ["no JSON", "no JSON object", "no UTF-8 at byte 0", "has no id", "is empty", "a number"]
    says += [
        "a list, not a string",
        "no field 'text'",
        "its field 'text' is null",
        "a list, not a string",
        "no JSON",
    ]
    assert all(word in one for word, one in zip(says, told, strict=True))
    done = [row for row in made.rows(tmp_path / "out", "pages") if row["status"] == "done"]
    assert [row["page"] for row in done] == ["good", "7"]


def test_windows_line_ends_a_mark_and_no_last_line_end(tmp_path: Path) -> None:
    raw = tmp_path / "a.jsonl"
    raw.write_bytes(b"\xef\xbb\xbf" + made.lines(made.pages(2)).replace(b"\n", b"\r\n")[:-2])
    assert not made.failures(made.done(raw, tmp_path / "out"))
    assert len(made.rows(tmp_path / "out", "pages")) == 2


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (made.lines(made.pages(3)).decode().encode("gb18030"), r"a\.jsonl:3: is not in UTF-8.*"),
        (made.lines(made.pages(3)).decode().encode("utf-16"), r"UTF-16.*"),
        (b'[{"id": "a", "text": "b"}]', r"a\.jsonl:1: is one JSON list"),
        (b'{"id": "a", "page": {"text": "b"}}', r"lies inside of 'page'"),
    ],
    ids=["gb18030", "utf-16", "list", "nested"],
)
def test_a_file_that_is_something_else_is_refused(tmp_path: Path, data: bytes, says: str) -> None:
    raw = tmp_path / "a.jsonl"
    raw.write_bytes(data)
    with pytest.raises(JiaokanError, match=says) as error:
        made.work(raw, tmp_path / "out", fields=Fields("page.text" if b"page" in data else "text"))
    assert error.value.hint


def test_fields_of_other_names(tmp_path: Path) -> None:
    raw = tmp_path / "a.jsonl"
    raw.write_bytes(made.lines([{"nr": 12, "ocr": "天气,"}]))
    made.done(raw, tmp_path / "out", fields=Fields("ocr", "nr"))
    assert made.rows(tmp_path / "out", "pages")[0]["page"] == "12"


@pytest.mark.parametrize("second", ["a.jsonl", "b.jsonl"])
def test_an_id_that_occurs_twice_names_both_places(tmp_path: Path, second: str) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "a.jsonl").write_bytes(made.lines(made.pages(40)))
    again = made.lines([{"id": 100, "text": "甲"}, {"id": "p3", "text": "乙"}])
    with (raw / second).open("ab") as file:
        file.write(again)
    at = 42 if second == "a.jsonl" else 2
    with pytest.raises(JiaokanError, match=rf"'p3': a\.jsonl:4 and {second}:{at}"):
        made.work(raw, tmp_path / "out")
    assert not list((tmp_path / "out").rglob("*.jsonl"))


def test_hostile_ids_become_no_paths(tmp_path: Path) -> None:
    ids = ["../../etc/passwd", "/abs", "a\0b", "..", "甲" * 5000, "a/b", "C:\\x", "\x1b[2J", " "]
    raw = tmp_path / "raw" / "a.jsonl"
    raw.parent.mkdir()
    raw.write_bytes(made.lines([{"id": one, "text": "天气,"} for one in ids]))
    made.done(raw, tmp_path / "out")
    assert [row["page"] for row in made.rows(tmp_path / "out", "pages")] == ids
    assert sorted(made.tree(tmp_path)) == [
        "out/.jiaokan/manifest.json",
        "out/.jiaokan/records.json",
        "out/articles.jsonl",
        "out/edits.jsonl",
        "out/pages.jsonl",
        "raw/a.jsonl",
    ]


def test_parquet_gives_what_jsonl_gives(tmp_path: Path) -> None:
    rows = made.pages(30)
    (tmp_path / "a.jsonl").write_bytes(made.lines(rows))
    columns = {"text": [row["text"] for row in rows], "id": [row["id"] for row in rows]}
    made.parquet(tmp_path / "a.parquet", columns, rows=7)
    made.done(tmp_path / "a.jsonl", tmp_path / "1")
    made.done(tmp_path / "a.parquet", tmp_path / "2")
    edits = [made.rows(tmp_path / name, "edits") for name in "12"]
    assert edits[0] == edits[1] != []


def test_parquet_rows_without_text_or_id_fail_alone(tmp_path: Path) -> None:
    raw = made.parquet(tmp_path / "a.parquet", {"id": [1, None, 3], "text": ["甲", "乙", None]})
    told = made.failures(made.done(raw, tmp_path / "out"))
    assert [one[:28] for one in told] == [
        "a.parquet:row 2: has no id: ",
        "a.parquet:row 3: has no text",
    ]


@pytest.mark.parametrize(
    ("columns", "says"),
    [
        ({"id": ["a"], "text": [1]}, "column 'text' holds int64, not text"),
        ({"id": ["a"], "text": [b"x"]}, "column 'text' holds binary, not text"),
        ({"id": [1.5], "text": ["x"]}, "column 'id' holds double, not text or whole numbers"),
        ({"id": ["a"], "words": ["x"]}, "has no column 'text'; its columns are id, words"),
    ],
)
def test_parquet_columns_of_other_kinds_are_refused(
    tmp_path: Path, columns: dict[str, list[object]], says: str
) -> None:
    raw = made.parquet(tmp_path / "a.parquet", columns)
    with pytest.raises(JiaokanError, match=says) as error:
        made.work(raw, tmp_path / "out")
    assert "-field NAME" in error.value.hint


def test_what_is_no_parquet_is_refused(tmp_path: Path) -> None:
    raw = tmp_path / "a.parquet"
    raw.write_bytes(b"PAR1 and nothing")
    with pytest.raises(JiaokanError, match=r"a\.parquet: is no Parquet file"):
        made.work(raw, tmp_path / "out")


def test_a_missing_library_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from jiaokan.records import optional_imports

    def absent(name: str) -> object:
        raise ImportError(name)

    raw = made.packed(tmp_path / "a.jsonl.zst", made.lines(made.pages(1)))
    monkeypatch.setattr(optional_imports, "import_module", absent)
    with pytest.raises(JiaokanError, match=r"zstandard(.|\n)*pip install 'jiaokan\[records\]'"):
        made.work(raw, tmp_path / "out")


def test_texts_beside_record_files_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("甲", "utf-8")
    (tmp_path / "b.jsonl").write_bytes(made.lines(made.pages(1)))
    with pytest.raises(JiaokanError, match=r"a\.txt is a text, and .*b\.jsonl a record file"):
        made.origin_names(tmp_path, tmp_path / "out")


def test_hidden_files_and_the_clean_folder_are_left_alone(tmp_path: Path) -> None:
    made.done(_raw(tmp_path / "raw" / "deep" / "a.jsonl"), tmp_path / "raw" / "out")
    _raw(tmp_path / "raw" / ".hidden.jsonl")
    assert list(made.origin_names(tmp_path / "raw", tmp_path / "raw" / "out")) == ["deep/a.jsonl"]


def test_tables_that_a_run_wrote_are_no_records(tmp_path: Path) -> None:
    made.done(_raw(tmp_path / "raw" / "a.jsonl"), tmp_path / "raw" / "out")
    _raw(tmp_path / "raw" / "mine" / "pages.jsonl")
    found = made.origin_names(tmp_path / "raw", tmp_path / "other")
    assert list(found) == ["a.jsonl", "mine/pages.jsonl"]


def test_tables_are_not_made_without_a_folder_that_cannot_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _raw(tmp_path / "raw" / "a.jsonl")
    closed = tmp_path / "raw" / "closed"
    closed.mkdir()
    scandir = os.scandir

    def refusing(path: str) -> object:
        if Path(path) == closed:
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    with pytest.raises(JiaokanError, match=r"closed: cannot be read: Permission denied"):
        made.origin_names(tmp_path / "raw", tmp_path / "out")


def _raw(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(made.lines(made.pages(2)))
    return path


@given(st.binary(max_size=60), st.lists(st.integers(1, 9), max_size=20))
def test_lines_are_the_same_however_the_file_is_read(data: bytes, sizes: list[int]) -> None:
    parts: list[bytes] = []
    at = 0
    for size in [*sizes, 60]:
        parts.append(data[at : at + size])
        at += size
    found = list(lines(parts))
    assert [line.data for line in found] == (data + b"\n").split(b"\n")[: len(found)]
    assert all(line == Line(line.start, data[line.start :].split(b"\n")[0]) for line in found)


def test_a_line_without_end_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    from jiaokan.records import jsonl

    monkeypatch.setattr(jsonl, "LONGEST", 10)
    found = list(lines([b"x" * 6, b"x" * 6, b"x" * 6 + b"\nab\n"]))
    assert [tuple(line) for line in found] == [(0, None), (19, b"ab")]


def test_globs_and_files_that_are_not_there(tmp_path: Path) -> None:
    for name in ("1956/a.jsonl", "1956/b.txt", "1957/a.jsonl", "c.jsonl"):
        _raw(tmp_path / "raw" / name)
    found = made.origin_names(tmp_path / "raw" / "19*" / "*.jsonl", tmp_path / "out")
    assert list(found) == ["1956/a.jsonl", "1957/a.jsonl"]
    with pytest.raises(JiaokanError, match=r"no\.jsonl: there is no such file"):
        made.origin_names(tmp_path / "no.jsonl", tmp_path / "out")


def test_a_list_that_names_a_record_file_is_refused(tmp_path: Path) -> None:
    raw = _raw(tmp_path / "a.jsonl")
    (tmp_path / "list").write_text(f"{raw}\n", "utf-8")
    with pytest.raises(JiaokanError, match=r"list:1: .*a\.jsonl is a record file"):
        plan_of(Inputs((), (str(tmp_path / "list"),)), tmp_path / "out")
