"""What a run is to do: each raw file, and the clean files it gives.

`batch.inputs` says what is a page, and how it is called. CLEAN may lie inside RAW; it is not read.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Protocol

from jiaokan.batch.inputs import ENDINGS, UNREAD, Inputs, Skipped, found
from jiaokan.batch.names import Names
from jiaokan.batch.shard import Shard
from jiaokan.batch.source import FORMATS, USUAL, Source
from jiaokan.errors import JiaokanError

__all__ = ["ENDINGS", "Inputs", "Plan", "Source", "Sources", "plan", "plan_of"]


class Sources(Protocol):
    """Pages in an order; a tuple is one."""

    def __iter__(self) -> Iterator[Source]: ...

    def __len__(self) -> int: ...


class Plan(NamedTuple):
    """What a run is to do."""

    clean: Path
    sources: Sources
    """By name."""
    skipped: tuple[tuple[str, str], ...]
    """(path, why) of what looks like a page and is left alone."""
    shard: Shard | None = None
    """The part of a run that it is; None: all of it."""
    names: Names | None = None
    """Every page there is, those of other shards, too; None where the run was given only some of
    them, so that it cannot be said which are gone."""

    @property
    def unread(self) -> tuple[tuple[str, str], ...]:
        """(path, why) of the folders whose pages are not known, since they cannot be read."""
        return tuple((path, why) for path, why in self.skipped if why.startswith(UNREAD))


def plan(raw: Path, clean: Path) -> Plan:
    """What a run over RAW is to do. Raises JiaokanError where that is not clear."""
    return plan_of(Inputs((str(raw),)), clean)


def plan_of(
    inputs: Inputs, clean: Path, shard: Shard | None = None, formats: tuple[str, ...] = USUAL
) -> Plan:
    """What a run over the inputs is to do. Raises JiaokanError where that is not clear."""
    if clean.exists() and not clean.is_dir():
        hint = "the last path is the folder to write to; put globs in quotation marks"
        raise JiaokanError("is no folder to write clean files to", where=str(clean), hint=hint)
    names, skipped, inside = Names(), list[Skipped](), list[Source]()
    target = clean.resolve()
    for one in found(inputs, clean):
        if isinstance(one, Skipped):
            skipped.append(one)
        else:
            names.add(one.source)
            if one.special and one.source.path.resolve().is_relative_to(target):
                inside.append(one.source)
    if not len(names):
        raise JiaokanError(
            f"there are no pages in it ({', '.join(ENDINGS)})",
            where=", ".join((*inputs.raws, *inputs.lists)),
            hint="; ".join(f"{name}: {why}" for name, why in skipped[:5])
            or "a file of any other name is read where it is named itself",
        )
    names.close()
    _refuse_overwriting(inside, names, target, formats)
    sources = names if shard is None else _Part(names, shard)
    made = Plan(clean, sources, tuple(sorted(set(skipped))), shard, names)
    return made if inputs.whole and not made.unread else made._replace(names=None)


@dataclass(frozen=True, slots=True)
class _Part:
    """The pages of a shard."""

    names: Names
    shard: Shard

    def __iter__(self) -> Iterator[Source]:
        return (source for source in self.names if self.shard.has(source.name))

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _refuse_overwriting(
    inside: list[Source], names: Names, clean: Path, formats: tuple[str, ...]
) -> None:
    """No clean file may take a raw file's place; `inside` are raw files in the clean folder."""
    for raw in inside:
        path = raw.path.resolve()
        for output in (".ledger.json", ".json", *(FORMATS[name] for name in formats)):
            stem = path.relative_to(clean).as_posix()
            if stem.endswith(output) and names.has(stem.removesuffix(output)):
                raise JiaokanError(
                    f"the clean file {path} would take a raw file's place",
                    where=str(raw.path),
                    hint="write to another folder",
                )
