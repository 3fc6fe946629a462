"""Results to files and back; restore is exact; the verifier agrees, and sees every change."""

import json
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from generated_results import results
from hypothesis import given
from jiaokan.article import Arrangement, Article, Piece, Target
from jiaokan.cleaning import Cleaned
from jiaokan.edit import Edit
from jiaokan.errors import LedgerError
from jiaokan.formats.clean_json import clean_of, read_clean, write_clean
from jiaokan.formats.decode import decode
from jiaokan.formats.ledger_json import read_ledger, write_ledger
from jiaokan.formats.markdown import write_markdown
from jiaokan.ledger import account
from jiaokan.page import Page
from jiaokan.restore import restore
from jiaokan.trace import Trace, advance
from jiaokan.verify import verify


def files_of(cleaned: Cleaned) -> tuple[bytes, bytes, bytes]:
    """JSON, Markdown and ledger, as a run writes them."""
    clean, text = write_clean(clean_of(cleaned)), write_markdown(cleaned.arrangement.articles)
    outputs = (("p.json", sha256(clean).hexdigest()), ("p.md", sha256(text).hexdigest()))
    ledger = replace(account(cleaned, [("version", "1")]), outputs=outputs)
    return clean, text, write_ledger(ledger)


def put(folder: Path, cleaned: Cleaned) -> None:
    for name, data in zip(("p.json", "p.md", "p.ledger.json"), files_of(cleaned), strict=True):
        (folder / name).write_bytes(data)


@given(results())
def test_restore_is_exact(cleaned: Cleaned) -> None:
    clean, _, ledger = files_of(cleaned)
    assert restore(read_ledger(ledger, "l"), read_clean(clean, "c")) == cleaned.page.data


@given(results())
def test_files_read_back_write_the_same(cleaned: Cleaned) -> None:
    clean, _, ledger = files_of(cleaned)
    assert write_clean(read_clean(clean, "c")) == clean
    assert write_ledger(read_ledger(ledger, "l")) == ledger


@given(cleaned=results())
def test_verifier_agrees(tmp_path_factory: pytest.TempPathFactory, cleaned: Cleaned) -> None:
    folder = tmp_path_factory.mktemp("clean")
    put(folder, cleaned)
    report = verify(folder)
    assert report.problems == ()
    assert report.characters == len(cleaned.page.text)


def sample() -> Cleaned:
    data = "各级级的目标and人民.\n完".encode("gb18030")
    decoding, text = decode(data, "gb18030")
    trace = advance(Trace(text, text), "leaks", [Edit(6, 9, "和", "leak.and", 0.9, "counted")])
    trace = advance(trace, "punctuation", [Edit(9, 10, "。", "punctuation.stop")])
    pieces = (
        Piece(0, 2, "stitch.body", Target(0, "paragraphs", 0, 0)),
        Piece(2, 3, "stitch.doubled"),
        Piece(3, 10, "stitch.body", Target(0, "paragraphs", 0, 2)),
        Piece(10, 11, "layout.blank"),
        Piece(11, 12, "layout.title", Target(0, "title", 0, 0)),
    )
    article = Article(title="完", paragraphs=("各级的目标和人民。",))
    return Cleaned(
        Page("p.txt", data, decoding, text), trace, Arrangement((article,), (), pieces, ()), ()
    )


def test_sample_is_sound(tmp_path: Path) -> None:
    put(tmp_path, sample())
    assert verify(tmp_path).problems == ()


@pytest.mark.parametrize("name", ["p.json", "p.md"])
def test_verify_sees_one_altered_character(tmp_path: Path, name: str) -> None:
    put(tmp_path, sample())
    path = tmp_path / name
    path.write_text(path.read_text("utf-8").replace("民", "氏"), "utf-8")
    problems = verify(tmp_path).problems
    assert any(p.file == str(path) and "edited after the run" in p.what for p in problems)


LedgerEdit = Callable[[dict[str, Any]], Any]


@pytest.mark.parametrize(
    ("edit", "what"),
    [
        (lambda t: [column.pop(0) for k, column in t["pieces"].items() if k != "dropped"], "by no"),
        (lambda t: t["pieces"]["offset"].__setitem__(2, 1), "twice"),
        (lambda t: t["pieces"]["dropped"].__setitem__(0, "及"), "SHA-256"),
        (lambda t: t["pieces"]["dropped"].append("及"), "dropped text"),
        (lambda t: t["steps"]["new"].__setitem__(0, "与"), "steps of the change"),
        (lambda t: t["steps"]["old"].__setitem__(0, "or"), "does not fit"),
        (lambda t: t["steps"]["at"].__setitem__(0, 7), "does not fit"),
        (lambda t: t["steps"]["rule"].__setitem__(0, 99), "not as a run writes it|no name"),
        (lambda t: t["changes"]["steps"].__setitem__(1, 2), "lacks steps"),
        (lambda t: t["changes"]["new"].__setitem__(0, "与"), "give '和', not '与'"),
        (lambda t: t["changes"]["start"].__setitem__(1, 3), "out of order"),
        (lambda t: t["source"].__setitem__("size", 3), "SHA-256"),
        (lambda t: t["source"].__setitem__("length", 3), "characters of 3"),
        (lambda t: t["source"].__setitem__("name", "q.txt"), "speaks of"),
        (lambda t: t["source"]["decoding"].__setitem__("encoding", "ascii"), "written back"),
        (lambda t: t.pop("pieces"), "not as a run writes it"),
        (lambda t: t.__setitem__("outputs", {}), "no clean files"),
        (lambda t: t["counts"].__setitem__("findings", 7), "counts 7 findings"),
        (lambda t: t["counts"]["rules"].clear(), "counts by rule"),
        (lambda t: t["options"].__setitem__("version", "2"), "seal"),
    ],
)
def test_verify_sees_an_altered_ledger(tmp_path: Path, edit: LedgerEdit, what: str) -> None:
    put(tmp_path, sample())
    path = tmp_path / "p.ledger.json"
    tree = json.loads(path.read_bytes())
    edit(tree)
    path.write_text(json.dumps(tree), "utf-8")
    (problem,) = verify(tmp_path).problems
    assert problem.file == str(path)
    assert re.search(what, problem.what)


def test_verify_sees_missing_files(tmp_path: Path) -> None:
    for name in ("p.json", "p.md", "p.ledger.json"):
        put(tmp_path, sample())
        (tmp_path / name).unlink()
        assert any("cannot be read" in problem.what for problem in verify(tmp_path).problems)


def test_verify_compares_raw_files(tmp_path: Path) -> None:
    clean, raw = tmp_path / "clean", tmp_path / "raw"
    clean.mkdir()
    raw.mkdir()
    put(clean, sample())
    assert "cannot be read" in verify(clean, raw).problems[0].what
    (raw / "p.txt").write_bytes(sample().page.data)
    assert verify(clean, raw).problems == ()
    assert verify(clean / "p.json", raw / "p.txt").problems == ()
    (raw / "p.txt").write_bytes(b"other")
    assert "not the one that was cleaned" in verify(clean, raw).problems[0].what


@pytest.mark.parametrize("data", [b"", b"[]", b"{", b"\xff", b"[" * 100_000, b'{"format": 2}'])
def test_what_is_no_ledger(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(LedgerError, match="p"):
        read_ledger(data, "p")
    with pytest.raises(LedgerError, match="p"):
        read_clean(data, "p")
    put(tmp_path, sample())
    (tmp_path / "p.ledger.json").write_bytes(data)
    assert len(verify(tmp_path).problems) == 1


def _every_value(tree: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    items: Any = tree.items() if isinstance(tree, dict) else enumerate(tree)
    paths = []
    for key, value in items:
        paths.append((*path, key))
        if isinstance(value, dict | list):
            paths += _every_value(value, (*path, key))
    return paths


@pytest.mark.parametrize("wrong", [None, -1, "x", [1], {"a": 1}, 1.5, True, 10**6])
def test_any_value_of_a_ledger_may_be_wrong(wrong: Any) -> None:
    clean, _, ledger = files_of(sample())
    for path in _every_value(json.loads(ledger)):
        tree = json.loads(ledger)
        inner = tree
        for key in path[:-1]:
            inner = inner[key]
        inner[path[-1]] = wrong
        with suppress(LedgerError):
            restore(read_ledger(json.dumps(tree).encode(), "l"), read_clean(clean, "c"))


@pytest.mark.parametrize("wrong", [None, -1, "x", [1], {"a": 1}, 1.5])
def test_any_value_of_a_clean_file_may_be_wrong(wrong: Any) -> None:
    clean, _, ledger = files_of(sample())
    for path in _every_value(json.loads(clean)):
        tree = json.loads(clean)
        inner = tree
        for key in path[:-1]:
            inner = inner[key]
        inner[path[-1]] = wrong
        with suppress(LedgerError):
            restore(read_ledger(ledger, "l"), read_clean(json.dumps(tree).encode(), "c"))


def test_restore_refuses_an_edited_clean_file() -> None:
    cleaned = sample()
    ledger = account(cleaned)
    clean = clean_of(cleaned)
    for paragraph in ("各级的目标和人民", "各级的目标与人民。", "各氏的目标和人民。"):
        edited = replace(clean, articles=(Article(title="完", paragraphs=(paragraph,)),))
        with pytest.raises(LedgerError):
            restore(ledger, edited)
    with pytest.raises(LedgerError):
        restore(ledger, replace(clean, articles=()))
