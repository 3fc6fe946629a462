"""Bytes to text, so that the way back is exact.

Read: UTF-8, UTF-16 and UTF-32 with or without a mark, GB18030, Big5; declared,
or told by the mark, or strict UTF-8, or found out (`formats.detect`).

Left alone: line ends, NUL characters here and there, every character that the
codec gives. Refused, with the place: bytes that the codec cannot read, and
files that are no text at all.
"""

import codecs
from dataclasses import replace
from pathlib import Path

from jiaokan.errors import JiaokanError, PageError
from jiaokan.finding import Finding
from jiaokan.formats.detect import CANDIDATES, guess
from jiaokan.formats.encode import encode, patches_for
from jiaokan.page import DecodedBy, Decoding, Page

ENCODINGS = (
    "utf-8",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "utf-32",
    "utf-32-le",
    "utf-32-be",
    "gb18030",
    "gbk",
    "gb2312",
    "big5",
    "cp950",
    "big5hkscs",
)
"""What `--encoding` takes, by these names or by any other that Python has for them."""

SURE = 0.9
"""Below it, what was found out is reported."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)

_MAGIC = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive (or a Word, Excel or EPUB file)"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh91AY&SY", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word or Excel file"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x7fELF", "a program"),
    (b"{\\rtf", "an RTF document"),
)


def known_encoding(name: str) -> str:
    """The name used here for a codec that a user calls `name`.

    >>> known_encoding("UTF_16LE"), known_encoding("GB18030"), known_encoding("utf8")
    ('utf-16-le', 'gb18030', 'utf-8')
    """
    try:
        found = codecs.lookup(name).name
    except (LookupError, ValueError):
        found = ""
    if found not in ENCODINGS:
        raise JiaokanError(
            f"the encoding {name!r} is not known", hint=f"known are: {', '.join(ENCODINGS)}"
        )
    return found


def read_page(path: Path, name: str, encoding: str | None = None) -> Page:
    """The page that a file holds. Raises PageError where it cannot be read."""
    return page_of(read_bytes(path, name), name, encoding)


def read_bytes(path: Path, name: str) -> bytes:
    """A raw file's bytes. Raises PageError where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise PageError(f"cannot be read: {error.strerror}", where=name) from error


def page_of(data: bytes, name: str, encoding: str | None = None) -> Page:
    """The page that bytes are. Raises PageError where they are no text."""
    try:
        decoding, text = decode(data, encoding)
    except PageError as error:
        where = f"{name} at {error.where}" if error.where else name
        raise PageError(error.what, where=where, hint=error.hint) from error
    return Page(name, data, decoding, text)


def decode(data: bytes, encoding: str | None = None) -> tuple[Decoding, str]:
    """How the bytes read, and what they say.

    >>> decode("中文".encode("utf-16"))[0].by
    'bom'
    >>> decode(b"abc")
    (Decoding(encoding='utf-8', by='utf-8', confidence=1.0, bom=b'', patches=()), 'abc')
    """
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            raise PageError(f"is no text: it seems to be {kind}")
    decoding = _declared(data, encoding) if encoding else _found(data)
    text = _strict(data, decoding, declared=encoding is not None)
    if text.count("\0") * 10 > len(text):
        raise PageError(
            "is no text: more than a tenth of it is NUL characters",
            hint="if it is text in UTF-16, say so: --encoding utf-16-le (or utf-16-be)",
        )
    decoding = replace(decoding, patches=patches_for(data, decoding, text))
    if encode(text, decoding) != data:
        raise PageError(f"its bytes cannot be given back exactly from {decoding.encoding}")
    return decoding, text


def doubt(page: Page) -> Finding | None:
    """What to report where the encoding is not sure."""
    decoding = page.decoding
    if decoding.by != "detected" or decoding.confidence >= SURE:
        return None
    return Finding(
        0,
        len(page.text),
        "encoding",
        page.text[:20],
        f"read as {decoding.encoding}, which is not sure: too little tells it from others",
        round(1 - decoding.confidence, 3),
    )


def _mark(data: bytes) -> tuple[bytes, str]:
    for mark, name in _MARKS:
        if not data.startswith(mark):
            continue
        if name == "utf-32-le" and len(data) % 4:
            continue  # UTF-16 whose first character is NUL
        return mark, name
    return b"", ""


def _declared(data: bytes, encoding: str) -> Decoding:
    name = known_encoding(encoding)
    mark, marked = _mark(data)
    if marked == name or (name in ("utf-16", "utf-32") and marked.startswith(name)):
        return Decoding(marked, "declared", bom=mark)
    if mark and not (name.startswith("utf-16") and marked == "utf-32-le"):
        raise PageError(
            f"it starts with the mark of {marked}, which --encoding {encoding} gainsays",
            where="byte 0",
            hint="leave --encoding out for this file",
        )
    if name in ("utf-16", "utf-32"):
        by_evidence = guess(data, (f"{name}-le", f"{name}-be"))
        name += "-be" if by_evidence and by_evidence.encoding.endswith("be") else "-le"
    return Decoding(name, "declared")


def _found(data: bytes) -> Decoding:
    mark, marked = _mark(data)
    if mark:
        return Decoding(marked, "bom", bom=mark)
    by: DecodedBy = "utf-8"
    try:
        data.decode("utf-8")
        if b"\0" not in data:
            return Decoding("utf-8", by)
    except UnicodeDecodeError:
        by = "detected"
    found = guess(data, CANDIDATES)
    if found and found.encoding != "utf-8":
        return Decoding(found.encoding, "detected", found.confidence)
    return Decoding("utf-8", by)


def _strict(data: bytes, decoding: Decoding, *, declared: bool) -> str:
    try:
        return data[len(decoding.bom) :].decode(decoding.encoding)
    except UnicodeDecodeError as error:
        at = error.start + len(decoding.bom)
        found = error.object[error.start : error.end][:4].hex(" ")
        raise PageError(
            f"the bytes {found} are not {decoding.encoding}",
            where=f"byte {at}",
            hint=_hint(data, decoding, declared),
        ) from error


def _hint(data: bytes, decoding: Decoding, declared: bool) -> str:
    """What to try instead, where something can be said for it."""
    found = guess(data)
    if declared and found and found.encoding != decoding.encoding:
        return f"try --encoding {found.encoding}, or leave --encoding out"
    if decoding.encoding != "utf-8":
        return "leave --encoding out" if declared else "the file seems to be damaged"
    if found:
        return "the file seems to be UTF-8 with damaged bytes"
    from charset_normalizer import from_bytes

    other = from_bytes(data[:100_000]).best()
    tip = "if the file is not UTF-8, try --encoding gb18030 or --encoding big5"
    name = _accepted(other.encoding) if other else ""
    return f"{tip} (charset-normalizer takes it for {name})" if name else tip


def _accepted(name: str) -> str:
    """The name used here for a codec, or nothing where `--encoding` does not take it."""
    try:
        return known_encoding(name)
    except JiaokanError:
        return ""
