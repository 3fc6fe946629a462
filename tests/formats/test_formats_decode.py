"""Bytes to text and back: every encoding, every line end, everything malformed."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from generated_results import BOMS, raw_files
from hypothesis import given
from hypothesis import strategies as st
from jiaokan.errors import JiaokanError, PageError
from jiaokan.formats.decode import ENCODINGS, decode, doubt, known_encoding, read_page
from jiaokan.formats.encode import encode
from jiaokan.page import Page

SIMPLIFIED = "完善基层治理，需要各方的共同努力。这是我们的一个重要目标。\r\n第二行\r第三行\n"
TRADITIONAL = "完善基層治理，需要各方的共同努力。這是我們的一個重要目標。\r\n第二行\r第三行\n"


@given(raw_files())
def test_declared_bytes_come_back(file: tuple[bytes, str]) -> None:
    data, codec = file
    decoding, text = decode(data, codec)
    assert (decoding.encoding, decoding.by) == (codec, "declared")
    assert encode(text, decoding) == data


@given(st.sampled_from(["big5", "cp950", "big5hkscs", "gb18030", "gbk"]), st.data())
def test_any_sequence_that_reads_comes_back(codec: str, data: st.DataObject) -> None:
    pair = st.tuples(st.integers(0x81, 0xFE), st.integers(0x40, 0xFE)).map(bytes)
    units = data.draw(st.lists(st.one_of(pair, st.just(b"\r\n"), st.just(b"a")), max_size=30))
    raw = b"".join(unit for unit in units if _reads(unit, codec))
    decoding, text = decode(raw, codec)
    assert encode(text, decoding) == raw


def _reads(unit: bytes, codec: str) -> bool:
    try:
        unit.decode(codec)
    except UnicodeDecodeError:
        return False
    return True


@pytest.mark.parametrize(("codec", "unit"), [("cp950", "a2cc"), ("big5hkscs", "8862")])
def test_sequences_with_two_spellings(codec: str, unit: str) -> None:
    raw = b"a" + bytes.fromhex(unit) + "人".encode(codec)
    decoding, text = decode(raw, codec)
    assert encode(text, decoding) == raw


@pytest.mark.parametrize(
    ("codec", "text"),
    [
        ("gb18030", SIMPLIFIED),
        ("gb18030", TRADITIONAL),
        ("cp950", TRADITIONAL),
        ("utf-16-le", SIMPLIFIED),
        ("utf-16-be", TRADITIONAL),
    ],
)
def test_detected(codec: str, text: str) -> None:
    data = text.encode(codec)
    decoding, found = decode(data)
    assert (decoding.encoding, decoding.by) == (codec, "detected")
    assert decoding.confidence > 0.9
    assert found == text
    assert doubt(Page("a", data, decoding, found)) is None


def test_hong_kong_characters_are_big5hkscs() -> None:
    text = TRADITIONAL + "佢哋喺度嘅嘢"
    decoding, found = decode(text.encode("big5hkscs"))
    assert (decoding.encoding, found) == ("big5hkscs", text)


@pytest.mark.parametrize("codec", BOMS)
@pytest.mark.parametrize("text", ["", SIMPLIFIED])
def test_mark_settles_it(codec: str, text: str) -> None:
    data = BOMS[codec] + text.encode(codec)
    decoding, found = decode(data)
    assert (decoding.encoding, decoding.by, decoding.bom) == (codec, "bom", BOMS[codec])
    assert found == text
    assert encode(found, decoding) == data


def test_second_mark_is_text() -> None:
    decoding, text = decode(b"\xef\xbb\xbf" * 2 + b"a")
    assert text == "\ufeffa"
    assert encode(text, decoding) == b"\xef\xbb\xbf" * 2 + b"a"


def test_utf8_before_anything_else() -> None:
    decoding, text = decode(SIMPLIFIED.encode())
    assert (decoding.encoding, decoding.by, decoding.confidence) == ("utf-8", "utf-8", 1.0)
    assert text == SIMPLIFIED


@pytest.mark.parametrize("name", ["utf-16", "UTF16"])
@pytest.mark.parametrize("order", ["utf-16-le", "utf-16-be"])
def test_declared_utf16_without_order(name: str, order: str) -> None:
    data = SIMPLIFIED.encode(order)
    decoding, text = decode(data, name)
    assert (decoding.encoding, text) == (order, SIMPLIFIED)


def test_empty_and_ascii() -> None:
    assert decode(b"")[1] == ""
    assert decode(b"plain")[0].encoding == "utf-8"


def test_short_is_not_sure() -> None:
    data = "酶".encode("gb18030") + "的".encode("gb18030")
    decoding, text = decode(data)
    found = doubt(Page("a", data, decoding, text))
    assert found is not None
    assert found.rule == "encoding"


def test_few_nuls_are_characters() -> None:
    text = SIMPLIFIED + "\0" + SIMPLIFIED
    decoding, found = decode(text.encode())
    assert (decoding.encoding, found) == ("utf-8", text)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n", "PDF"),
        (b"PK\x03\x04\x14\0", "ZIP"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "JPEG"),
        (b"\x1f\x8b\x08\0", "gzip"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\0\x01\0\x02ab", "NUL"),
    ],
)
def test_no_text(data: bytes, kind: str) -> None:
    with pytest.raises(PageError, match=kind):
        decode(data)


@pytest.mark.parametrize(
    ("bad", "at"),
    [
        (b"\xed\xa0\x80", 0),  # a surrogate
        (b"\xc0\xaf", 0),  # overlong
        (b"\xf5\x80\x80\x80", 0),  # past the last character
        (b"\xe4\xb8", 0),  # cut off
        (b"\xff", 0),
    ],
)
def test_damaged_utf8_names_the_byte(bad: bytes, at: int) -> None:
    before = SIMPLIFIED.encode()
    for encoding in (None, "utf-8"):
        with pytest.raises(PageError) as caught:
            decode(before + bad + SIMPLIFIED.encode(), encoding)
        assert caught.value.where == f"byte {len(before) + at}"


def test_wrong_declaration_hints_at_the_right_one() -> None:
    with pytest.raises(PageError) as caught:
        decode(SIMPLIFIED.encode("gb18030"), "utf-8")
    assert "--encoding gb18030" in caught.value.hint


def test_declaration_against_the_mark() -> None:
    with pytest.raises(PageError, match="mark of utf-8"):
        decode(b"\xef\xbb\xbf" + SIMPLIFIED.encode(), "gb18030")


@pytest.mark.parametrize("data", [b"\x80\xff\x81\xff", bytes(range(128, 256)) * 3])
def test_neither_is_an_error_with_a_hint(data: bytes) -> None:
    with pytest.raises(PageError) as caught:
        decode(data)
    assert "--encoding" in caught.value.hint


@pytest.mark.parametrize(
    ("taken_for", "named"), [("cp1125", ""), ("gb18030", "takes it for gb18030"), (None, "")]
)
def test_the_hint_names_only_encodings_that_can_be_declared(
    monkeypatch: pytest.MonkeyPatch, taken_for: str | None, named: str
) -> None:
    best = SimpleNamespace(encoding=taken_for) if taken_for else None
    monkeypatch.setattr(
        "charset_normalizer.from_bytes", lambda data: SimpleNamespace(best=lambda: best)
    )
    with pytest.raises(PageError) as caught:
        decode(b"\x80\xff\x81\xff")
    assert named in caught.value.hint
    assert ("takes it" in caught.value.hint) == bool(named)


@given(st.binary(max_size=60))
def test_any_bytes_give_a_page_or_a_page_error(data: bytes) -> None:
    try:
        decoding, text = decode(data)
    except PageError:
        return
    assert encode(text, decoding) == data


def test_known_encodings() -> None:
    assert all(known_encoding(name) == name for name in ENCODINGS)
    for name in ("rot13", "klingon", "", "utf-7", "a\0b"):
        with pytest.raises(JiaokanError, match="not known"):
            known_encoding(name)


def test_read_page_names_file_and_byte(tmp_path: Path) -> None:
    path = tmp_path / "b.txt"
    path.write_bytes(b"abc\xff")
    with pytest.raises(PageError) as caught:
        read_page(path, "a/b.txt", "utf-8")
    assert caught.value.where == "a/b.txt at byte 3"
    with pytest.raises(PageError, match="cannot be read"):
        read_page(tmp_path / "none.txt", "none.txt")
