"""`jiaokan rules stats`: how often each rule acted."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from jiaokan.cli.terminal import count, dim, new, old, print_json, visible
from jiaokan.errors import JiaokanError

if TYPE_CHECKING:
    from jiaokan.curation.stats import Count, Shown, Stats
    from jiaokan.rulebook import Rulebook

_SILENT_SHOWN = 20


@click.command
@click.argument("clean", type=click.Path(path_type=Path), default="clean")
@click.option(
    "--rules",
    type=click.Path(path_type=Path, exists=True),
    multiple=True,
    help="More rules that are in force, above the workspace's own. May be repeated.",
)
@click.option("--all", "every", is_flag=True, help="Name every rule that never acted.")
@click.option("--json", "as_json", is_flag=True, help="Print the counts as JSON.")
@click.pass_context
def command(
    ctx: click.Context, clean: Path, rules: tuple[Path, ...], every: bool, as_json: bool
) -> None:
    """Count what each rule did in the pages of CLEAN, and name those that did nothing.

    CLEAN is a folder that a run wrote to, or one .json file in it. For each rule: edits,
    its share of all edits, pages, the edits' mean confidence, lines whose kind it told,
    findings, and up to three examples. Rules of the kind protect leave no trace in a
    ledger; they are not counted.

    Exit 1: a page could not be read. The others are counted all the same.

    \b
    Example:
      jiaokan rules stats
      jiaokan rules stats clean --json
    """
    from jiaokan.cli.records import find_record, no_ledger, records_in
    from jiaokan.cli.workspace import rule_paths
    from jiaokan.curation.stats import counted
    from jiaokan.rulebook import load

    if not clean.exists():
        raise JiaokanError("there is no such file or folder", where=str(clean))
    book = load(rule_paths(rules))
    records = [find_record(clean)] if clean.is_file() else records_in(clean)
    stats = counted(records, book)
    if not stats.pages and not stats.failed:
        raise no_ledger(clean)
    if as_json:
        print_json(_as_json(stats, book))
    else:
        _table(stats, book, every)
    for what in stats.failed:
        click.echo(f"error: {visible(what, keep=chr(10))}", err=True)
    click.echo(
        f"{count(stats.pages, 'page')}, {count(stats.edits, 'edit')}, "
        f"{count(len(stats.failed), 'page')} failed",
        err=True,
    )
    if stats.other_rules:
        click.echo(
            f"  {count(stats.other_rules, 'page')} cleaned with other rules than those in force: "
            "a new run may count otherwise",
            err=True,
        )
    ctx.exit(1 if stats.failed else 0)


def _table(stats: "Stats", book: "Rulebook", every: bool) -> None:
    from jiaokan.curation.stats import ranked, silent

    click.echo(
        f"{'edits':>7} {'share':>6} {'pages':>6} {'sure':>5} {'lines':>6} {'found':>6}  rule"
    )
    known = {rule.id for rule in book.rules}
    for name, row in ranked(stats, book):
        if not row.pages:
            continue
        told = "" if name in known or "." in name else dim("  (not in force)")
        click.echo(
            f"{row.edits:>7,} {_share(row, stats):>6.1%} {row.pages:>6,} "
            f"{_sure(row):>5} {row.lines:>6,} {row.findings:>6,}  {visible(name)}{told}"
        )
        for example in row.examples:
            click.echo(f"{'':>10}{_shown(example)}")
    quiet = silent(stats, book)
    if quiet:
        click.echo(f"never acted: {count(len(quiet), 'rule')}")
        for name in quiet if every else quiet[:_SILENT_SHOWN]:
            click.echo(f"  {visible(name)}")
        if len(quiet) > _SILENT_SHOWN and not every:
            click.echo(f"  and {len(quiet) - _SILENT_SHOWN:,} more: --all names them")


def _shown(one: "Shown") -> str:
    where = f"{one.page}:{one.line}:{one.column}" if one.line else one.page
    here = f"{old(one.old)}{new(one.new)}" if one.old != one.new else visible(one.old)
    return f"{visible(where)}  {visible(one.before)}{here}{visible(one.after)}"


def _share(row: "Count", stats: "Stats") -> float:
    return row.edits / stats.edits if stats.edits else 0.0


def _sure(row: "Count") -> str:
    return f"{row.mean:.2f}" if row.edits else ""


def _as_json(stats: "Stats", book: "Rulebook") -> dict[str, Any]:
    from jiaokan.curation.stats import ranked, silent

    kinds: dict[str, str] = {rule.id: rule.kind for rule in book.rules}
    return {
        "pages": stats.pages,
        "edits": stats.edits,
        "pages_with_other_rules": stats.other_rules,
        "failed": stats.failed,
        "rules": list(_rows(ranked(stats, book), stats, kinds)),
        "never": silent(stats, book),
    }


def _rows(
    rows: "Iterable[tuple[str, Count]]", stats: "Stats", kinds: dict[str, str]
) -> "Iterable[dict[str, Any]]":
    for name, row in rows:
        if row.pages:
            yield {
                "rule": name,
                "kind": kinds.get(name, ""),
                "in_force": name in kinds,
                "edits": row.edits,
                "share": round(_share(row, stats), 6),
                "pages": row.pages,
                "confidence": round(row.mean, 4) if row.edits else None,
                "lines": row.lines,
                "findings": row.findings,
                "examples": [example._asdict() for example in row.examples],
            }
