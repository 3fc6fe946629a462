"""The pages of an origin, one after another, whatever it is: a record file or a folder of texts."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from jiaokan.batch.facts import Finder
from jiaokan.batch.outcome import said
from jiaokan.batch.source import Source
from jiaokan.errors import JiaokanError, PageError
from jiaokan.formats.decode import page_of
from jiaokan.page import Page
from jiaokan.records import jsonl, parquet
from jiaokan.records.record import Fields, Record
from jiaokan.rulebook.facts import NO_FACTS, PageFacts, date_in_name
from jiaokan.settings import Settings

FIELDS = Fields()
_SLICE = 256 << 20
"""Bytes of a JSONL file (unpacked) whose records are dealt out together."""


class Origin(NamedTuple):
    """Where pages come from."""

    path: Path
    name: str
    """As rows name it: its path under the raw folder."""
    kind: Literal["jsonl", "parquet", "files"]
    fields: Fields = FIELDS
    sources: tuple[Source, ...] = ()
    """The texts, by name, where it is a folder of them."""
    skipped: tuple[tuple[str, str], ...] = ()
    """(path, why) of what looks like a text there and is left alone."""


class Item(NamedTuple):
    """One page, as it was read, or why it could not be."""

    place: str
    """Where it stands, for people."""
    at: int
    """Byte of the line, row, or number of the file: what parts count in."""
    slice: int
    """Number of the slice of its origin that it belongs to; parts do not reach across."""
    id: str
    data: bytes = b""
    error: str = ""
    source: str = ""
    """The file that it comes from, as rows name it."""
    facts: PageFacts = NO_FACTS

    def page(self, settings: Settings, *, decoded: bool) -> Page:
        """The page; `decoded`: its bytes are those of a text that was text already."""
        if decoded:
            return Page.of(self.data.decode(), self.id)
        return page_of(self.data, self.id, settings.encoding)


def items(origin: Origin, settings: Settings) -> Iterator[Item]:
    """Every page of an origin. Raises JiaokanError where the origin cannot be read."""
    if origin.kind == "files":
        yield from _texts(origin, 0, origin.sources, settings)
    elif origin.kind == "parquet":
        file = parquet.opened(origin.path, origin.fields)
        for number, (start, stop) in enumerate(parquet.slices(file)):
            yield from _rows(origin, file, number, start, stop, settings)
    else:
        watch = jsonl.Watch(origin.path)
        for line, place in jsonl.located(origin.path, origin.name):
            watch.see(line.data, place)
            record = jsonl.parsed(line.data, place, origin.fields)
            yield _item(origin, record, line.start, line.start // _SLICE, settings)


def items_between(
    origin: Origin, start: int, stop: int, number: int, settings: Settings
) -> Iterator[Item]:
    """The pages of an origin from one place to another; `number` is the first line's, from 1."""
    if origin.kind == "files":
        yield from _texts(origin, start, origin.sources, settings)
    elif origin.kind == "parquet":
        file = parquet.opened(origin.path, origin.fields)
        yield from _rows(origin, file, 0, start, stop, settings)
    else:
        for line, place in jsonl.located(origin.path, origin.name, start, number):
            if line.start >= stop:
                return
            record = jsonl.parsed(line.data, place, origin.fields)
            yield _item(origin, record, line.start, 0, settings)


def _rows(
    origin: Origin, file: object, number: int, start: int, stop: int, settings: Settings
) -> Iterator[Item]:
    found = parquet.records(file, origin.path, origin.name, origin.fields, start, stop)
    for row, record in enumerate(found, start):
        yield _item(origin, record, row, number, settings)


def _item(origin: Origin, record: Record, at: int, number: int, settings: Settings) -> Item:
    if record.error:
        error = f"{record.place}: {record.error}"
        return Item(record.place, at, number, record.id, error=error, source=origin.name)
    date = settings.date or date_in_name(record.id)
    return Item(
        record.place,
        at,
        number,
        record.id,
        record.text.encode(),
        source=origin.name,
        facts=PageFacts(settings.publication, date),
    )


def _texts(
    origin: Origin, first: int, sources: Sequence[Source], settings: Settings
) -> Iterator[Item]:
    finder = Finder(settings)
    for at, source in enumerate(sources, first):
        name, slice_ = source.name, at // 4096
        try:
            name.encode()
            facts = finder.facts(source)
            data = source.path.read_bytes()
        except UnicodeEncodeError:
            shown = name.encode("utf-8", "backslashreplace").decode()
            error = f"{shown}: the file's name is no valid Unicode"
            yield Item(shown, at, slice_, shown, error=error, source=shown)
        except OSError as wrong:
            error = f"{name}: cannot be read: {wrong.strerror}"
            yield Item(name, at, slice_, name, error=error, source=name)
        except PageError as wrong:
            yield Item(name, at, slice_, name, error=said(wrong, name), source=name)
        else:
            yield Item(name, at, slice_, name, data, source=name, facts=facts)


def same_as_planned(origin: Origin) -> JiaokanError:
    """What to say of an origin that has become another one while it was read."""
    return JiaokanError(
        "was changed while it was read",
        where=str(origin.path),
        hint="run again: what was done stays",
    )
