"""Plain, gzip and zstd files, read as streams of bytes.

Both formats may hold several members or frames one after another, as `cat` makes them. A file that
ends in the middle of one is an error: what came before is right, and what is missing is not told.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jiaokan.errors import JiaokanError
from jiaokan.records.optional_imports import needed

_PLAIN = 1 << 20
_PACKED = 1 << 14
"""So few packed bytes at a time cannot become very many at once."""


def chunks(path: Path, start: int = 0) -> Iterator[bytes]:
    """What the file says from a byte on (counted unpacked). Raises JiaokanError, OSError."""
    packing = path.suffix.lower()
    if packing not in (".gz", ".zst"):
        with path.open("rb") as file:
            file.seek(start)
            while data := file.read(_PLAIN):
                yield data
        return
    skipped = 0
    for data in _unpacked(path, packing):
        if skipped + len(data) <= start:
            skipped += len(data)
            continue
        yield data[max(0, start - skipped) :]
        skipped += len(data)


def _unpacked(path: Path, packing: str) -> Iterator[bytes]:
    member: Any = None
    at = 0
    with path.open("rb") as file:
        while data := file.read(_PACKED):
            at += len(data)
            while data:
                if member is None:
                    if packing == ".gz" and not data.strip(b"\0"):
                        break  # padding behind the last member
                    member = _member(packing)
                try:
                    yield member.decompress(data)
                except Exception as error:  # each format has errors of its own
                    what = f"is damaged near byte {at - len(data)}: {error}"
                    raise JiaokanError(what, where=str(path), hint=_hint(packing)) from error
                data = member.unused_data if member.eof else b""
                member = None if member.eof else member
    if member is not None:
        raise JiaokanError(
            f"ends too early, after {at} bytes: the {packing[1:]} stream is cut off",
            where=str(path),
            hint="fetch the file again, or save what can be read: " + _saved(path, packing),
        )


def _member(packing: str) -> Any:
    if packing == ".gz":
        from zlib import decompressobj

        return decompressobj(wbits=31)
    return needed("zstandard", "records").ZstdDecompressor().decompressobj()


def _hint(packing: str) -> str:
    return f"fetch the file again; {'gzip' if packing == '.gz' else 'zstd'} -t tests it"


def _saved(path: Path, packing: str) -> str:
    return f"{'zcat' if packing == '.gz' else 'zstdcat'} {path.name} | sed '$d' > saved.jsonl"
