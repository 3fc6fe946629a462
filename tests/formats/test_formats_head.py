"""The ledger's head and its seal."""

import json

import pytest
from generated_results import results
from hypothesis import given
from hypothesis import strategies as st
from jiaokan.cleaning import Cleaned
from jiaokan.formats.ledger_head import is_whole, read_head, sealed
from jiaokan.formats.ledger_json import read_ledger, write_ledger
from jiaokan.ledger import account


@given(results())
def test_head_says_what_the_ledger_says(cleaned: Cleaned) -> None:
    data = write_ledger(account(cleaned, [("version", '1","strings":[')]))
    head = read_head(data)
    assert head
    ledger = read_ledger(data, "l")
    source = ledger.source
    assert (head.name, head.sha256, head.size) == (source.name, source.sha256, source.size)
    assert (head.length, head.encoding) == (source.length, source.decoding.encoding)
    assert (head.options, head.outputs) == (ledger.options, ledger.outputs)
    assert (head.articles, head.seams, head.findings) == (
        ledger.counts.articles,
        ledger.counts.seams,
        ledger.counts.findings,
    )
    assert sum(count for _, count in head.rules) == sum(len(c.steps) for c in ledger.changes)


@given(results(), st.data())
def test_one_altered_byte_breaks_the_seal(cleaned: Cleaned, data: st.DataObject) -> None:
    ledger = bytearray(write_ledger(account(cleaned)))
    at = data.draw(st.integers(0, len(ledger) - 1))
    ledger[at] ^= 1 << data.draw(st.integers(0, 7))
    assert read_head(bytes(ledger)) is None
    assert read_head(bytes(ledger[:at])) is None


@pytest.mark.parametrize("tree", [{"a": 1, "strings": []}, {"source": 1, "strings": []}])
def test_a_whole_file_of_another_form_has_no_head(tree: dict[str, object]) -> None:
    data = sealed(json.dumps(tree, separators=(",", ":")).encode())
    assert is_whole(data)
    assert read_head(data) is None
    assert read_head(b"") is None


def test_a_ledger_of_0_1_0_is_read() -> None:
    data = json.dumps(OLD, ensure_ascii=False).encode()
    head = read_head(data)
    assert head
    assert (head.outputs, head.articles) == ((("p.json", "00"),), 0)
    assert read_ledger(data, "l").counts.articles == 0


STEPS = ("stage", "rule", "at", "old", "new", "confidence", "evidence", "turn")
PIECES = ("length", "rule", "article", "field", "index", "offset", "dropped")
OLD = {
    "format": 1,
    "source": {
        "name": "p.txt",
        "size": 0,
        "sha256": "00",
        "length": 0,
        "decoding": {"encoding": "utf-8", "by": "utf-8", "confidence": 1, "bom": "", "patches": []},
    },
    "options": {"version": "0.1.0"},
    "strings": [],
    "changes": {"start": [], "end": [], "old": [], "new": [], "steps": []},
    "steps": {name: [] for name in STEPS},
    "pieces": {name: [] for name in PIECES},
    "outputs": {"p.json": "00"},
}
