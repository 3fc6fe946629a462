"""--format: which files a page gets beside JSON and ledger; old ones do not stay behind."""

from pathlib import Path

import pytest
from jiaokan.cli import main
from jiaokan.verify import verify


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw"
    folder.mkdir()
    (folder / "a.txt").write_text("渡口夜航\n\n夜班船晚上十点开船,风大时停航.\n", "utf-8")
    return folder


def run(raw: Path, *options: str) -> int:
    with pytest.raises(SystemExit) as left:
        main(["run", str(raw), str(raw.parent / "clean"), "--no-neural", *options])
    assert isinstance(left.value.code, int)
    return left.value.code


def names(raw: Path) -> list[str]:
    return sorted(path.name for path in (raw.parent / "clean").iterdir() if path.is_file())


def test_each_format_has_its_file_and_all_verify(raw: Path) -> None:
    assert run(raw, "--format", "json, TEI,txt,md") == 0
    assert names(raw) == ["a.json", "a.ledger.json", "a.md", "a.tei.xml", "a.txt"]
    text = (raw.parent / "clean" / "a.txt").read_text("utf-8")
    assert text.endswith("夜班船晚上十点开船，风大时停航。\n")
    assert b"<corr" in (raw.parent / "clean" / "a.tei.xml").read_bytes()
    assert verify(raw.parent / "clean").problems == ()
    (raw.parent / "clean" / "a.txt").write_text("other", "utf-8")
    assert len(verify(raw.parent / "clean").problems) == 1


def test_a_second_run_does_nothing(raw: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(raw, "--format", "txt")
    capsys.readouterr()
    run(raw, "--format", "txt", "--explain")
    assert capsys.readouterr().out == "kept a.txt: it is up to date\n"


def test_a_format_that_is_added_or_left_out(raw: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(raw, "--format", "tei")
    assert names(raw) == ["a.json", "a.ledger.json", "a.tei.xml"]
    capsys.readouterr()
    run(raw, "--format", "md,txt", "--explain")
    told = "done a.txt: a.tei.xml is not asked for any more, a.md and a.txt are missing\n"
    assert capsys.readouterr().out == told
    assert names(raw) == ["a.json", "a.ledger.json", "a.md", "a.txt"]


def test_what_a_person_edited_is_not_taken_away(raw: Path) -> None:
    run(raw, "--format", "tei")
    (raw.parent / "clean" / "a.tei.xml").write_bytes(b"<TEI/>")
    run(raw)
    assert (raw.parent / "clean" / "a.tei.xml").read_bytes() == b"<TEI/>"


def test_json_alone(raw: Path) -> None:
    assert run(raw, "--format", "json") == 0
    assert names(raw) == ["a.json", "a.ledger.json"]


def test_a_raw_file_is_never_written_over(raw: Path, capsys: pytest.CaptureFixture[str]) -> None:
    clean = raw.parent / "clean"
    clean.mkdir()
    inside = clean / "b.txt"
    inside.write_text("甲,乙", "utf-8")
    with pytest.raises(SystemExit) as left:
        main(["run", str(inside), str(clean), "--format", "txt"])
    assert left.value.code == 2
    assert "would take a raw file's place" in capsys.readouterr().err
    assert inside.read_text("utf-8") == "甲,乙"


def test_an_unknown_format_is_named(raw: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(raw, "--format", "docx") == 2
    assert "'docx' is none of json, md, txt, tei" in capsys.readouterr().err
