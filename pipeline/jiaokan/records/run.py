"""Pages of any origin to tables: plan, carry out, finish.

    with held(folder):
        work = prepare(origins, folder, kind, rules, settings)
        for done in carry_out(work, engine): …
        finish(work)

Killed at any moment, the same run goes on where it stopped: finished parts are found again by their
keys. The tables take their names at the very end, all at once.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from jiaokan.batch import manifest as manifests
from jiaokan.batch.area import Area
from jiaokan.batch.pool import Died
from jiaokan.batch.shard import Shard
from jiaokan.decisions.book import NO_DECISIONS, Decisions
from jiaokan.errors import JiaokanError
from jiaokan.records.engine import Engine
from jiaokan.records.items import Item, Origin, items_between
from jiaokan.records.job import Answer, PartJob, Task
from jiaokan.records.part_status import Done, total
from jiaokan.records.parts import Part, planned
from jiaokan.records.reasons import why_due
from jiaokan.records.store import (
    Manifest,
    assemble,
    complete,
    edited,
    finished,
    manifest_of,
    recover,
)
from jiaokan.records.tables import Kind, check_kind
from jiaokan.rulebook import Rulebook
from jiaokan.settings import Settings


@dataclass(frozen=True)
class Work:
    """What a run is to do, and what it finds done."""

    folder: Path
    kind: Kind
    rules: Rulebook
    settings: Settings
    decisions: Decisions
    parts: tuple[Part, ...]
    todo: tuple[Part, ...]
    """Those of the parts that are not done yet."""
    shard: Shard | None
    old: Manifest | None
    """What the tables in the folder are made of."""
    intact: bool
    """Whether the tables stand as a run wrote them, and are of the kind asked for."""
    made: dict[str, Any]
    """With what the run works, as its manifest says."""
    whys: dict[str, str]
    """Key → why a part is to be done."""
    done: dict[str, Done] = field(default_factory=dict)
    """Key → what became of the part. It fills while the run goes on."""


def prepare(
    origins: Sequence[Origin],
    folder: Path,
    kind: Kind,
    rules: Rulebook,
    settings: Settings,
    *,
    decisions: Decisions = NO_DECISIONS,
    shard: Shard | None = None,
    force: bool = False,
    retry_failed: bool = False,
    overwrite_edited: bool = False,
) -> Work:
    """Read all pages once, and see what is to be done. Raises JiaokanError.

    `force` does all parts again, `retry_failed` those in which pages failed. Tables that a person
    edited are an error, unless `overwrite_edited` says that they may go.
    """
    check_kind(kind)
    recover(folder)
    old = manifest_of(folder)
    changed = edited(folder, old, kind)
    if changed and not overwrite_edited:
        raise JiaokanError(
            f"{' and '.join(str(path) for path in changed)} would be overwritten, and no run wrote "
            "them as they stand",
            hint="move them away, or let them go: --overwrite edited",
        )
    parts = planned(origins, rules, settings, kind, shard, decisions)
    intact = old is not None and old.kind == kind and not changed and complete(folder, kind)
    usable = {kept.done.key: kept.done for kept in old.parts} if old and intact else {}
    made = made_with(kind, rules, settings, decisions)
    due = why_due(manifests.made_before(Area(folder)) if old else {}, made, stands=intact)
    done: dict[str, Done] = {}
    whys: dict[str, str] = {}
    for part in parts:
        known = finished(folder, part.key) or usable.get(part.key)
        if known is None:
            whys[part.key] = due
        elif force:
            whys[part.key] = "it was asked for (--force)"
        elif retry_failed and known.failures:
            whys[part.key] = "it, or a page that is done together with it, had failed"
        else:
            done[part.key] = known
    todo = tuple(part for part in parts if part.key in whys)
    return Work(
        folder, kind, rules, settings, decisions, parts, todo, shard, old, intact, made, whys, done
    )


def made_with(
    kind: Kind, rules: Rulebook, settings: Settings, decisions: Decisions
) -> dict[str, Any]:
    """With what a run works, the kind of its tables included."""
    return {"tables": kind} | manifests.made_with(rules, settings, decisions)


def carry_out(work: Work, engine: Engine) -> Iterator[Done]:
    """Do what is to be done; each part as it is finished, in order.

    Raises JiaokanError where a part cannot be written or read: what was done before stays.
    """
    job = PartJob(work.folder, work.kind, work.rules, work.settings, work.decisions)
    for task, answer in engine(job, [Task(part) for part in work.todo]):
        if isinstance(answer, Died):
            answer = _without_deadly(work, engine, job, task.part)
        if answer.done is None:
            raise JiaokanError(answer.error, hint="what was done before stays: run again")
        work.done[task.part.key] = answer.done
        yield answer.done


def finish(work: Work) -> int:
    """Put the tables in place; how many of them changed. A shard of several leaves its parts."""
    if work.shard:
        return 0
    parts = [work.done[part.key] for part in work.parts]
    old = work.old
    changed = 0
    if not (old and work.intact and parts == [kept.done for kept in old.parts]):
        changed = assemble(work.folder, work.kind, parts, old)
    _note(work, parts)
    return changed


def _note(work: Work, parts: Sequence[Done]) -> None:
    """Write the run's manifest, where it is not there already. Raises JiaokanError."""
    tables = manifest_of(work.folder)
    digests = "\n".join(tables.digests if tables else ())
    sums = total(parts)
    failed = sum(len(part.failures) for part in parts)
    counts = {
        "pages": sums.pages - failed,
        "failed": failed,
        "bytes": sums.size,
        "characters": sums.characters,
        "articles": sums.articles,
        "changes": sums.changes,
        "seams": sums.seams,
        "findings": sums.findings,
    }
    tree = int.from_bytes(sha256(digests.encode()).digest())
    made = manifests.Manifest(work.made, counts, dict(sums.rules), tree)
    manifests.write(Area(work.folder), made)


def _without_deadly(work: Work, engine: Engine, job: PartJob, part: Part) -> Answer:
    """The part, without the pages at which workers die: each page is tried alone first."""
    pages = list(_items(work, part))
    tried = engine(job, [Task(part, only=item.at) for item in pages])
    deadly = tuple(
        (task.only, f"{answer.cause}, at this page alone")
        for task, answer in tried
        if isinstance(answer, Died) and task.only is not None
    )
    ((_, answer),) = engine(job, [Task(part, deadly)])
    if isinstance(answer, Died):
        where = pages[0].place if pages else str(part.origin.path)
        return Answer(None, f"{where}: {answer.cause}, with the {part.pages} pages from there on")
    return answer


def _items(work: Work, part: Part) -> Iterator[Item]:
    return items_between(part.origin, part.start, part.stop, part.number, work.settings)


@contextmanager
def held(folder: Path, shard: Shard | None = None) -> Iterator[None]:
    """The folder, made and held for this run alone, or for shards. Raises JiaokanError."""
    if folder.exists() and not folder.is_dir():
        raise JiaokanError("is no folder to write tables to", where=str(folder))
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        hint = "name a folder that can be written to, and no link that leads nowhere"
        what = f"cannot be made: {error.strerror}"
        raise JiaokanError(what, where=str(folder), hint=hint) from error
    with Area(folder, shard).held():
        yield
