"""What a run to tables says of itself: why each page was done, a table at the end, a manifest."""

import json
from pathlib import Path

import made
import pytest
from jiaokan.cli import main
from jiaokan.records import job as job_module
from jiaokan.records import parts


@pytest.fixture(autouse=True)
def _one_part_for_each_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "_LEAST", 100)
    monkeypatch.setattr(job_module, "process", made.known)


@pytest.fixture
def raw(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "raw"
    folder.mkdir()
    (folder / "a.jsonl").write_bytes(made.lines([*made.pages(5), b"no json"]))
    (folder / "b.jsonl").write_bytes(made.lines(made.pages(2, 30)))
    monkeypatch.chdir(tmp_path)
    return folder


def run(*more: str) -> object:
    """`jiaokan run raw out`; the exit code."""
    with pytest.raises(SystemExit) as left:
        main(["run", "raw", "out", "--no-neural", "-j", "0", *more])
    return left.value.code


def manifest() -> dict[str, object]:
    found: dict[str, object] = json.loads(Path("out/.jiaokan/manifest.json").read_bytes())
    return found


def said(capsys: pytest.CaptureFixture[str], *more: str) -> list[str]:
    capsys.readouterr()
    run("--explain", "--quiet", *more)
    return capsys.readouterr().out.splitlines()


def test_each_page_is_told_why(raw: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = [f"done p{n}: it was not done before" for n in range(5)]
    failed = "failed a.jsonl:6: it was not done before"
    last = [f"done p{n}: it was not done before" for n in (30, 31)]
    assert said(capsys) == [*first, failed, *last]
    kept = [f"kept p{n}: it is up to date" for n in (0, 1, 2, 3, 4)]
    assert said(capsys)[:5] == kept
    with (raw / "b.jsonl").open("ab") as file:
        file.write(made.lines(made.pages(1, 60)))
    changed = "it, or a page that is done together with it, is new or has changed"
    assert said(capsys)[6:] == [f"done p{n}: {changed}" for n in (30, 31, 60)]
    had = "it, or a page that is done together with it, had failed"
    assert f"done p0: {had}" in said(capsys, "--retry-failed")
    assert "done p30: it was asked for (--force)" in said(capsys, "--force")
    assert "done p0: script is keep, and was auto" in said(capsys, "--script", "keep")
    Path("out/edits.jsonl").unlink()
    stand = "the tables do not stand there as a run wrote them"
    assert f"done p0: {stand}" in said(capsys, "--script", "keep")
    whole = said(capsys, "--script", "keep", "--to", "parquet")
    assert f"done p0: {stand}" in whole or "done p0: tables is parquet, and was jsonl" in whole


def test_a_dry_run_writes_nothing(raw: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--dry-run") == 0
    out, err = capsys.readouterr()
    assert out.splitlines()[0] == "due p0: it was not done before"
    assert err == "8 pages would be cleaned, 0 kept\n"
    assert not Path("out").exists()
    run()
    before = {path: path.read_bytes() for path in Path("out").rglob("*") if path.is_file()}
    capsys.readouterr()
    assert run("--dry-run", "--json", "--script", "keep") == 0
    tree = json.loads(capsys.readouterr().out)
    why = "script is keep, and was auto"
    assert tree["pages"][0] == {"name": "p0", "state": "due", "why": why}
    assert tree["summary"] == {"due": 8, "kept": 0}
    assert before == {path: path.read_bytes() for path in Path("out").rglob("*") if path.is_file()}


def test_a_table_ends_the_run(raw: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run() == 1
    err = capsys.readouterr().err
    assert "failures       1  their status in pages is failed" in err
    assert "punctuation.comma" in err
    assert "pages/s" in err
    assert run("--json") == 1
    last = json.loads(capsys.readouterr().err.splitlines()[-2 + 1])
    assert last["event"] == "end"


def test_the_manifest_says_what_was_made_and_with_what(raw: Path) -> None:
    run()
    first = manifest()
    made_with, counts = first["made"], first["counts"]
    assert isinstance(made_with, dict)
    assert isinstance(counts, dict)
    assert made_with["tables"] == "jsonl"
    assert made_with["options"]["script"] == "auto"
    assert made_with["rules"]["files"]
    assert counts["pages"] == 7
    assert counts["failed"] == 1
    run("--force")
    assert manifest() == first
    for number in ("1/2", "2/2"):
        run("--shard", number, "--force")
    assert manifest() == first
    run()
    assert manifest() == first
    run("--script", "keep")
    assert manifest() != first


def test_prune_is_told_to_be_about_files(raw: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--prune") == 2
    assert "tables hold the pages that there are" in capsys.readouterr().err
