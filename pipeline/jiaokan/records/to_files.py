"""Records whose pages become files, as those of texts do: the same run, other sources."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from jiaokan.batch.inputs import Inputs
from jiaokan.batch.plan import Plan
from jiaokan.batch.shard import Shard
from jiaokan.batch.source import Source
from jiaokan.errors import JiaokanError, PageError
from jiaokan.records.file_names import file_name
from jiaokan.records.items import Item, Origin, items
from jiaokan.records.origins import origins_of
from jiaokan.records.parts import refuse_twice
from jiaokan.records.record import Fields
from jiaokan.settings import Settings


@dataclass(frozen=True, slots=True)
class RecordSource(Source):
    """One record. It brings its text along."""

    data: bytes = b""
    error: str = ""
    """Why it is no page; empty where it is one."""

    def read(self) -> bytes:
        """The page's bytes: its text in UTF-8. Raises PageError."""
        if self.error:
            raise PageError(self.error)
        return self.data


@dataclass(frozen=True, slots=True)
class Records:
    """The records of a run, in their order; read anew each time, so that none is kept."""

    origins: tuple[Origin, ...]
    settings: Settings
    shard: Shard | None
    count: int

    def __len__(self) -> int:
        return self.count

    def __iter__(self) -> Iterator[Source]:
        return (source for source in self._all() if not self.shard or self.shard.has(source.name))

    def _all(self) -> Iterator[RecordSource]:
        for origin in self.origins:
            for item in items(origin, self.settings):
                yield _source(origin, item)


def records_plan(
    inputs: Inputs, clean: Path, fields: Fields, settings: Settings, shard: Shard | None
) -> Plan:
    """What a run over records to files is to do. Reads all of them once.

    The pages of `a.jsonl` go to `CLEAN/a/`; `file_name` says how they are called. Raises
    JiaokanError, for ids that occur twice as well.
    """
    if clean.exists() and not clean.is_dir():
        raise JiaokanError("is no folder to write clean files to", where=str(clean))
    origins = origins_of(inputs, clean, fields)
    _refuse_same(origins)
    refuse_twice(origins, settings)
    whole = Records(origins, settings, None, 0)
    count = sum(1 for source in whole if not shard or shard.has(source.name))
    return Plan(clean, Records(origins, settings, shard, count), (), shard)


def in_utf8(settings: Settings) -> Settings:
    """The settings for records, whose texts are UTF-8. Raises JiaokanError."""
    if settings.encoding not in (None, "utf-8"):
        raise JiaokanError(
            f"records are text already, not {settings.encoding}", hint="leave --encoding out"
        )
    return replace(settings, encoding="utf-8")


def _source(origin: Origin, item: Item) -> RecordSource:
    stem = item.id and file_name(item.id)
    name = stem or f"record-{item.place.rpartition(':')[2].removeprefix('row ')}"
    folder = _folder(origin)
    return RecordSource(
        origin.path / f"{name}.txt",
        f"{folder}/{name}.txt",
        data=item.data,
        error=item.error,
    )


def _folder(origin: Origin) -> str:
    """The folder of an origin's pages: its name without endings."""
    path = PurePosixPath(origin.name)
    return (path.parent / path.name.partition(".")[0]).as_posix()


def _refuse_same(origins: tuple[Origin, ...]) -> None:
    known: dict[str, Origin] = {}
    for origin in origins:
        other = known.setdefault(_folder(origin).casefold(), origin)
        if other is not origin:
            raise JiaokanError(
                f"{other.path} and {origin.path} would both give {_folder(origin)}/",
                hint="rename one of the two",
            )
