"""`jiaokan run`: raw pages in, clean articles and their ledgers out."""

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import click

from jiaokan.cli.record_options import RECORDS, formats_of
from jiaokan.cli.run_options import (
    BATCH,
    PAGES,
    TEXT,
    TOLD,
    jobs_of,
    options,
    paths_of,
    settings_of,
    shard_of,
    way_of,
)


@click.command
@click.argument("paths", nargs=-1, metavar="[RAW]... [CLEAN]")
@options(PAGES, TEXT, RECORDS, BATCH, TOLD)
@click.pass_context
def command(ctx: click.Context, /, paths: tuple[str, ...], **given: Any) -> None:
    """Clean the pages of RAW into the folder CLEAN.

    RAW is a page, a folder of pages (.txt, .text), a glob in quotation marks, or - for a
    list of them on stdin. For RAW/a/b.txt it writes CLEAN/a/b.md (for people),
    CLEAN/a/b.json (for machines) and CLEAN/a/b.ledger.json (what became of each
    character). Raw files are never written to. Pages that are up to date are not done
    again, and what a person edited stays. Rules in ./rules apply above the built-in ones,
    --rules above both. What people decided about pages (./decisions.yaml, ./decisions) is
    carried out and shown in the ledger.

    RAW may also be JSONL or Parquet, a page in each record: then, and with --to, CLEAN gets
    three tables, articles, edits and pages.

    A run can be killed at any moment: nothing is half written, and the next one goes on.

    Exit 1: pages failed or could not be done without overwriting what a person edited, or
    there are more findings than --max-findings. Exit 130: Ctrl-C. Exit 143: SIGTERM.

    \b
    Example:
      jiaokan run
      jiaokan run scans/1995 scans/1996 out --base scans --encoding gb18030
      jiaokan run pages.jsonl.zst out --text-field ocr --id-field page --to parquet
      find scans -name '*.txt' -print0 | jiaokan run - out --jobs 8
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # each worker has one core
    from jiaokan.batch.area import Area
    from jiaokan.batch.session import Session
    from jiaokan.cli.run_records import plan_files, run_records, tables_asked
    from jiaokan.cli.run_view import RunView
    from jiaokan.cli.workspace import decisions_in_force
    from jiaokan.records.origins import has_records
    from jiaokan.rulebook import load

    settings = settings_of(given)
    inputs, clean = paths_of(paths, given)
    shard = shard_of(given["shard"])
    decisions = decisions_in_force(given["decisions"])
    records = has_records(inputs.raws, clean)
    if tables_asked(records, given):
        with _ended_by_sigterm():
            code = run_records(inputs, clean, settings, given, shard, decisions)
        ctx.exit(code)
    way = replace(way_of(given, Area(clean, shard)), formats=formats_of(given["formats"]))
    todo, settings = plan_files(inputs, clean, given, settings, shard, records)
    pages = len(todo.sources)
    session = Session(
        todo,
        load(settings.rules),
        settings,
        jobs_of(given["jobs"], pages),
        way,
        decisions,
        given["on_error"] == "stop",
        given["prune"],
    )
    debug = bool(ctx.parent and ctx.parent.params["debug"])
    view = RunView(
        session, pages, given["as_json"], given["quiet"], given["explain"] or way.dry, debug
    )
    with _ended_by_sigterm():
        view.show()
    tally, limit = session.tally, given["max_findings"]
    person = tally.failed or tally.states["blocked"] or session.stopped or todo.unread
    ctx.exit(1 if person or (limit is not None and tally.findings > limit) else 0)


@contextmanager
def _ended_by_sigterm() -> Iterator[None]:
    """Schedulers end a job with SIGTERM; it ends as cleanly as with Ctrl-C."""

    def end(*_: object) -> None:
        sys.exit(128 + signal.SIGTERM)

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
