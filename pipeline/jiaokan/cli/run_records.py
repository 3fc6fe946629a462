"""`jiaokan run` over records, or to tables: what is done, and what is said of it."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from jiaokan.cli.record_options import formats_of
from jiaokan.cli.run_bar import Pace, bar, ended
from jiaokan.cli.run_options import jobs_of
from jiaokan.cli.run_view import say_skipped, summary
from jiaokan.cli.terminal import count, print_json, visible
from jiaokan.settings import Settings

if TYPE_CHECKING:
    from jiaokan.batch.inputs import Inputs
    from jiaokan.batch.plan import Plan
    from jiaokan.batch.shard import Shard
    from jiaokan.decisions.book import Decisions
    from jiaokan.records.items import Origin
    from jiaokan.records.part_status import Done
    from jiaokan.records.parts import Part
    from jiaokan.records.run import Work

_NOT_HERE = {
    "prune": "tables hold the pages that there are, and no others",
}
"""Options about files, which tables have not, and why."""


def tables_asked(records: bool, given: Mapping[str, Any]) -> bool:
    """Whether the run writes tables; `records`: whether it reads records."""
    to = given["to"] or ("tables" if records else "files")
    if to == "files" and given["engine"] == "ray":
        raise click.UsageError("--engine ray makes tables: --to jsonl or --to parquet")
    return to != "files"


def plan_files(
    inputs: "Inputs",
    clean: Path,
    given: Mapping[str, Any],
    settings: Settings,
    shard: "Shard | None",
    records: bool,
) -> "tuple[Plan, Settings]":
    """What a run to files is to do, and with which settings: of texts, or of records."""
    if not records:
        from jiaokan.batch.plan import plan_of

        return plan_of(inputs, clean, shard, formats_of(given["formats"])), settings
    from jiaokan.records.record import Fields
    from jiaokan.records.to_files import in_utf8, records_plan

    settings = in_utf8(settings)
    fields = Fields(given["text_field"], given["id_field"])
    return records_plan(inputs, clean, fields, settings, shard), settings


def run_records(
    inputs: "Inputs",
    clean: Path,
    settings: Settings,
    given: Mapping[str, Any],
    shard: "Shard | None",
    decisions: "Decisions",
) -> int:
    """Do the run; the exit code."""
    from jiaokan.records.engine import engine_of
    from jiaokan.records.origins import kind_for
    from jiaokan.records.run import carry_out, finish, held, prepare
    from jiaokan.rulebook import load

    _refuse_others(given)
    dry = given["dry_run"] and not clean.exists()
    with nullcontext() if dry else held(clean, shard):
        origins = _origins(inputs, clean, given)
        if not given["quiet"]:
            say_skipped(one for origin in origins for one in origin.skipped)
        work = prepare(
            origins,
            clean,
            given["to"] or kind_for(origins),
            load(settings.rules),
            settings,
            decisions=decisions,
            shard=shard,
            force=given["force"],
            retry_failed=given["retry_failed"],
            overwrite_edited=given["overwrite"] == "edited",
        )
        if given["dry_run"]:
            return _planned(work, given)
        if given["explain"] and not given["as_json"]:
            _explain(work, (part for part in work.parts if part.key in work.done))
        engine = engine_of(given["engine"], jobs_of(given["jobs"], len(work.todo)))
        pace = Pace(sum(part.pages for part in work.todo))
        stopped = False
        with bar(pace, as_json=given["as_json"], quiet=given["quiet"]) as step:
            for done in _told(carry_out(work, engine), pace):
                step()
                if given["explain"] and not given["as_json"]:
                    _explain(work, (part for part in work.todo if part.key == done.key))
                if done.failures and given["on_error"] == "stop":
                    stopped = True
                    break
        changed = 0 if stopped else finish(work)
    return _ended(work, given, changed, stopped, pace)


def _planned(work: "Work", given: Mapping[str, Any]) -> int:
    """Say what would be done, and why; the exit code."""
    due = sum(part.pages for part in work.todo)
    kept = sum(part.pages for part in work.parts) - due
    if given["as_json"]:
        from jiaokan.records.reasons import told

        pages = [told_page for part in work.parts for told_page in told(work, part, None)]
        rows = [{"name": one.name, "state": one.state, "why": one.why} for one in pages]
        print_json({"pages": rows, "summary": {"due": due, "kept": kept}})
    else:
        _explain(work, work.parts, dry=True)
    if not given["quiet"]:
        click.echo(f"{count(due, 'page')} would be cleaned, {kept} kept", err=True)
    return 0


def _explain(work: "Work", parts: "Iterable[Part]", *, dry: bool = False) -> None:
    """Why the pages of these parts were done, or left."""
    from jiaokan.records.reasons import told

    for part in parts:
        for one in told(work, part, None if dry else work.done.get(part.key)):
            click.echo(visible(f"{one.state} {one.name}: {one.why}"))


def _refuse_others(given: Mapping[str, Any]) -> None:
    for name, why in _NOT_HERE.items():
        if given.get(name):
            raise click.UsageError(f"--{name} is about files: {why}")


def _origins(inputs: "Inputs", clean: Path, given: Mapping[str, Any]) -> "tuple[Origin, ...]":
    from jiaokan.records.origins import origins_of
    from jiaokan.records.record import Fields

    return origins_of(inputs, clean, Fields(given["text_field"], given["id_field"]))


def _told(parts: "Iterator[Done]", pace: Pace) -> "Iterator[Done]":
    """The parts, what failed in them said in lines."""
    for done in parts:
        pace.done += done.pages
        pace.size += done.size
        pace.findings += done.findings
        pace.failed += len(done.failures)
        for failure in done.failures:
            click.echo(f"error: {visible(failure, keep=chr(10))}", err=True)
        yield done


def _ended(work: "Work", given: Mapping[str, Any], changed: int, stopped: bool, pace: Pace) -> int:
    from jiaokan.records.part_status import total

    parts = [work.done[part.key] for part in work.parts if part.key in work.done]
    sums = total(parts)
    failed = sum(len(part.failures) for part in parts)
    new = {part.key for part in work.todo}
    cleaned = sum(part.pages - len(part.failures) for part in parts if part.key in new)
    if given["as_json"]:
        names = ("pages", "characters", "articles", "changes", "seams", "findings")
        print_json(
            {name: getattr(sums, name) for name in names}
            | {"failed": failed, "cleaned": cleaned, "stopped": stopped, "rules": dict(sums.rules)}
        )
    if not given["quiet"]:
        place = visible(str(work.folder))
        wrote = f"{count(changed, 'table')} written to {place}"
        if work.shard:
            wrote = f"its parts lie in {place}; a run without --shard joins them"
        click.echo(
            f"{count(cleaned, 'page')} cleaned, {failed:,} failed, "
            f"{sums.pages - failed - cleaned:,} up to date: "
            f"{count(sums.characters, 'character')}, {count(sums.articles, 'article')}, "
            f"{count(sums.changes, 'change')}, {count(sums.findings, 'finding')}; {wrote}",
            err=True,
        )
        if given["as_json"]:
            ended(pace, "a page failed (--on-error stop)" if stopped else "")
        else:
            lie = "their status in pages is failed"
            summary(sums.pages, sums, failed, lie, pace, see="findings in pages")
    limit = given["max_findings"]
    return 1 if failed or stopped or (limit is not None and sums.findings > limit) else 0
