"""`jiaokan diff`: what was done to pages, from their ledgers."""

import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from jiaokan.cli.terminal import colours, print_json, visible
from jiaokan.errors import JiaokanError

if TYPE_CHECKING:
    from jiaokan.cli.records import Record
    from jiaokan.inspect.filters import Wanted
    from jiaokan.inspect.model import PageView

KINDS = (
    *("literal", "pattern", "phrase", "confusion", "leak", "script", "drop", "layout", "stage"),
    *("moved", "furniture", "dropped", "person"),
)
"""What `--kind` may ask for; a test holds it against the rules' kinds."""
_CONTEXT, _LINES = 8, 3
"""Characters around a change; lines around it in a patch."""


class Page(NamedTuple):
    """A raw file and what was done to it."""

    path: Path
    record: "Record"
    view: "PageView"


@dataclass(slots=True)
class _Outcome:
    """What came of showing the pages."""

    shown: int = 0
    failed: int = 0
    left_out: bool = False
    changed: bool = False
    passed: bool = False
    """Whether there was anything that the filters, if any, let through; True without filters."""
    rows: list[dict[str, Any]] = field(default_factory=list)


@click.command
@click.argument("raw", type=click.Path(path_type=Path), default="raw")
@click.argument("clean", type=click.Path(path_type=Path), default="clean")
@click.option(
    "--rule",
    "rules",
    multiple=True,
    metavar="ID",
    help="Only what this rule did; also punctuation.* and the like. May be repeated.",
)
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    type=click.Choice(KINDS),
    help="Only this kind: of rules, or of what happened. May be repeated.",
)
@click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    default=0.0,
    help="Only what is at least as sure.",
)
@click.option(
    "--max-confidence", type=click.FloatRange(0, 1), default=1.0, help="Only what is not surer."
)
@click.option(
    "--context",
    type=click.IntRange(0, 10_000),
    help="Characters shown around a change (8); with --unified, lines (3).",
)
@click.option("--unified", is_flag=True, help="A patch of the raw files' characters.")
@click.option("--stat", is_flag=True, help="Counts alone: by page, by stage, by rule.")
@click.option("--json", "as_json", is_flag=True, help="All as JSON; with --stat, the counts.")
@click.option(
    "--pager/--no-pager", default=None, help="Whether to page; without it, in a terminal."
)
@click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    help="When to use colours.",
)
@click.option("--exit-code", is_flag=True, help="Exit 1 where anything was changed.")
@click.pass_context
def command(
    ctx: click.Context,
    raw: Path,
    clean: Path,
    rules: tuple[str, ...],
    kinds: tuple[str, ...],
    min_confidence: float,
    max_confidence: float,
    context: int | None,
    unified: bool,
    stat: bool,
    as_json: bool,
    pager: bool | None,
    color: str,
    exit_code: bool,
) -> None:
    """Show what was changed, and which rule did it.

    RAW and CLEAN are files or folders. Nothing is compared: what is shown stands in
    the ledgers. Old text is struck out in red, or stands in [-…-]; new text is
    green, or stands in {+…+}. A fragment that stands elsewhere now is shown as
    moved. Only where a clean file was edited after the run is it compared with what
    the run wrote, and shown as done by hand.

    With --unified, a patch of the characters in the raw order, for `patch -p1` or
    `git apply`; pages that are not in UTF-8 are left out, and exit is 1.

    Exit 1: a page's raw file is missing or was changed (it is named on stderr, the
    others are shown); with --exit-code, something was changed, by a rule or by hand,
    that the filters let through. Exit 2: no page could be shown.

    \b
    Example:
      jiaokan diff raw clean
      jiaokan diff raw clean --max-confidence 0.9 --kind literal
      jiaokan diff raw clean --stat
      jiaokan diff raw/a/b.txt clean --unified | git apply
    """
    from jiaokan.inspect.filters import Wanted

    if unified and (stat or as_json):
        raise click.UsageError("--unified goes neither with --stat nor with --json")
    if color != "auto" or os.environ.get("NO_COLOR"):
        ctx.color = color == "always"
    wanted = Wanted(rules, kinds, min_confidence, max_confidence)
    outcome = _Outcome()
    pages = _narrowed(raw, clean, wanted, outcome)
    if stat:
        _stat(pages, as_json)
    elif as_json:
        _json(pages)
    elif unified:
        _unified(pages, raw, _LINES if context is None else context, outcome)
    else:
        _text(pages, _CONTEXT if context is None else context, pager, wanted != Wanted())
    if outcome.shown and not outcome.passed:
        click.echo("nothing passes the filters", err=True)
    if outcome.failed and not outcome.shown:
        ctx.exit(2)
    wrong = outcome.failed or outcome.left_out or (exit_code and outcome.changed)
    ctx.exit(1 if wrong else 0)


def _pages(raw: Path, clean: Path) -> Iterator[Callable[[], Page]]:
    """Each raw file with its record, to be read; reading one may raise JiaokanError."""
    from jiaokan.cli.records import find_record, no_ledger, raw_of, record_of, records_in
    from jiaokan.inspect import read_page, rule_notes

    for path in (raw, clean):
        if not path.exists():
            raise JiaokanError("there is no such file or folder", where=str(path))
    notes = rule_notes()
    if raw.is_file():
        record = find_record(clean) if clean.is_file() else record_of(raw, clean)
        page = Page(raw, record, read_page(record, raw, notes))
        yield lambda: page
        return
    records: list[Record] = [find_record(clean)] if clean.is_file() else [*records_in(clean)]
    if not records:
        raise no_ledger(clean)
    for record in records:

        def read(record: "Record" = record) -> Page:
            path = raw_of(record, raw)
            return Page(path, record, read_page(record, path, notes))

        yield read


def _narrowed(raw: Path, clean: Path, wanted: "Wanted", outcome: _Outcome) -> Iterator[Page]:
    """The pages with what is asked for; what is wrong with single ones goes to stderr."""
    from jiaokan.inspect.filters import Wanted, narrowed

    for read in _pages(raw, clean):
        try:
            page = read()
        except JiaokanError as error:
            outcome.failed += 1
            click.echo(visible(f"error: {error}", keep="\n"), err=True)
            continue
        view = narrowed(page.view, wanted)
        outcome.shown += 1
        moved = any(fragment.moved for fragment in view.fragments)
        outcome.changed = outcome.changed or bool(view.edits or view.hand) or moved
        there = bool(view.edits or view.asides or view.hand or moved)
        outcome.passed = outcome.passed or there or wanted == Wanted()
        yield page._replace(view=view)


def _text(pages: Iterator[Page], context: int, pager: bool | None, filtered: bool) -> None:
    """With filters, pages of which nothing is left are not named."""
    lines = (f"{line}\n" for line in _lines(pages, context, filtered))
    if pager is None:
        pager = sys.stdout.isatty() and sys.stdin.isatty()
    if not pager:
        for line in lines:
            click.echo(line, nl=False)
        return
    os.environ.setdefault("LESS", "FRX")  # one screen is not paged, colours pass
    click.echo_via_pager(lines, color=colours())


def _lines(pages: Iterator[Page], context: int, filtered: bool) -> Iterator[str]:
    from jiaokan.cli.diff_lines import lines_of

    for page in pages:
        lines = lines_of(page.path, page.record.json, page.view, context)
        head, first = next(lines), next(lines, None)
        if first is not None or not filtered:
            yield head
        if first is not None:
            yield first
        yield from lines


def _json(pages: Iterator[Page]) -> None:
    from jiaokan.cli.diff_forms import as_json

    print_json({"pages": [as_json(page.path, page.record.json, page.view) for page in pages]})


def _stat(pages: Iterator[Page], as_json: bool) -> None:
    from jiaokan.cli.diff_forms import stat_json, stat_lines
    from jiaokan.report.batch import Batch

    batch = Batch()
    for page in pages:
        batch.add(page.view)
    if as_json:
        print_json(stat_json(batch))
    elif batch.pages:
        click.echo("\n".join(stat_lines(batch)))


def _unified(pages: Iterator[Page], raw: Path, context: int, outcome: _Outcome) -> None:
    from jiaokan.cli.diff_forms import patch_name, patch_of

    for page in pages:
        decoding = page.record.ledger.source.decoding
        if decoding.encoding != "utf-8":
            name = visible(str(page.path))
            click.echo(f"left out {name}: it is in {decoding.encoding}", err=True)
            outcome.left_out = True
            continue
        name = patch_name(page.path, raw)
        click.echo(patch_of(page.view, decoding.bom.decode(), name, context), nl=False)
