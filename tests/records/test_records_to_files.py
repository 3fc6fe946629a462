"""Records whose pages become files: names that lead nowhere, and the same run as for texts."""

import json
from hashlib import sha256
from pathlib import Path

import made
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jiaokan.cli import main
from jiaokan.records.file_names import file_name
from jiaokan.verify import verify


def run(*arguments: object) -> int:
    with pytest.raises(SystemExit) as left:
        main(["run", *map(str, arguments), "--to", "files", "--no-neural"])
    assert isinstance(left.value.code, int)
    return left.value.code


def test_each_record_gets_its_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    raw, clean = tmp_path / "a.jsonl.gz", tmp_path / "clean"
    made.packed(raw, made.lines([*made.pages(3), b"no json"]))
    assert run(raw, clean, "--format", "tei", "--jobs", 2) == 1
    assert "a.jsonl.gz:4: is no JSON" in capsys.readouterr().err
    names = sorted(path.name for path in (clean / "a").iterdir())
    assert names == [
        f"p{n}{ending}" for n in range(3) for ending in (".json", ".ledger.json", ".tei.xml")
    ]
    assert verify(clean).problems == ()
    ledger = json.loads((clean / "a" / "p1.ledger.json").read_bytes())
    assert ledger["source"]["sha256"] == sha256(made.text(1).encode()).hexdigest()
    run(raw, clean, "--format", "tei", "--explain")
    assert "kept a/p1.txt: it is up to date" in capsys.readouterr().out


def test_shards_make_the_same_files(tmp_path: Path) -> None:
    raw = tmp_path / "a.jsonl"
    raw.write_bytes(made.lines(made.pages(6)))
    run(raw, tmp_path / "whole")
    for number in (1, 2):
        run(raw, tmp_path / "shards", "--shard", f"{number}/2")
    whole, shards = made.tree(tmp_path / "whole"), made.tree(tmp_path / "shards")
    assert {k: v for k, v in whole.items() if k[0] != "."} == {
        k: v for k, v in shards.items() if k[0] != "."
    }


def test_an_id_that_occurs_twice_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    raw = tmp_path / "a.jsonl"
    raw.write_bytes(made.lines([*made.pages(3), *made.pages(1, 2)]))
    assert run(raw, tmp_path / "clean") == 2
    assert "'p2': a.jsonl:3 and a.jsonl:4" in capsys.readouterr().err


def test_hostile_ids_stay_in_the_clean_folder(tmp_path: Path) -> None:
    ids = ["../../x", "/abs", "a\0b", "..", "甲" * 5000, "P1", "p1", "C:\\x", "con", " "]
    raw = tmp_path / "raw" / "a.jsonl"
    raw.parent.mkdir()
    raw.write_bytes(made.lines([{"id": one, "text": "天气,"} for one in ids]))
    assert run(raw, tmp_path / "clean") == 0
    ledgers = [name for name in made.tree(tmp_path) if name.endswith(".ledger.json")]
    assert len(ledgers) == len(ids)
    assert all(name.startswith("clean/a/") for name in ledgers)


def test_an_encoding_of_records_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    raw = tmp_path / "a.jsonl"
    raw.write_bytes(made.lines(made.pages(1)))
    assert run(raw, tmp_path / "clean", "--encoding", "big5") == 2
    assert "leave --encoding out" in capsys.readouterr().err


@given(st.text(min_size=1, max_size=200), st.text(min_size=1, max_size=200))
def test_names_are_harmless_and_differ(one: str, other: str) -> None:
    name = file_name(one)
    assert name
    assert "/" not in name
    assert not name.startswith((".", "-"))
    assert name.isprintable()
    assert len(f"{name}.ledger.json".encode()) < 256
    assert (name.casefold() == file_name(other).casefold()) == (one == other)
    assert file_name(name) != name or name == one
