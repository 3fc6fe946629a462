"""`jiaokan verify`: clean files against their ledgers."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from jiaokan.cli.terminal import count, print_json, visible
from jiaokan.errors import JiaokanError

if TYPE_CHECKING:
    from jiaokan.verify import Report


@click.command
@click.argument("clean", type=click.Path(path_type=Path), default="clean")
@click.option("--raw", type=click.Path(path_type=Path), help="Compare with the raw files, too.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.pass_context
def command(ctx: click.Context, clean: Path, raw: Path | None, as_json: bool) -> None:
    """Check clean files against their ledgers.

    CLEAN is a folder, one .json file, or a table of pages that a run with --to wrote.
    Of a folder both its files and its tables are checked. Every raw character must be
    accounted for, every change must replay, the raw bytes must come back, and no clean
    file may have been edited. None of the code that wrote the files takes part.

    With --raw, each raw file is looked for by its name in the ledger, then anywhere
    below that folder: a file of that name and with the same bytes. Tables are checked
    without.

    Exit 1: something is not as it must be. Exit 2: there is nothing to check.

    \b
    Example:
      jiaokan verify
      jiaokan verify clean --raw raw
    """
    from jiaokan.cli.records import no_ledger

    for path in (clean, raw):
        if path is not None and not path.exists():
            raise JiaokanError("there is no such file or folder", where=str(path))
    report = _checked(clean, raw)
    if not report.pages:
        raise no_ledger(clean)
    if as_json:
        problems = [problem._asdict() for problem in report.problems]
        print_json({"pages": report.pages, "characters": report.characters, "problems": problems})
    for problem in report.problems:
        click.echo(visible(f"{problem.file}: {problem.what}"), err=as_json)
    click.echo(
        f"{count(report.pages, 'page')}, "
        f"{count(report.characters, 'raw character')} accounted for, "
        f"{count(len(report.problems), 'problem')}",
        err=True,
    )
    ctx.exit(1 if report.problems else 0)


def _checked(clean: Path, raw: Path | None) -> "Report":
    """What is to be said of all that runs wrote there: tables, and files of pages."""
    from jiaokan.verify import Report, holds_ledgers, verify
    from jiaokan.verify_tables import tables_in, verify_tables

    tables = tables_in(clean)
    if not tables:
        return verify(clean, raw)
    files = clean.is_dir() and holds_ledgers(clean)
    if raw is not None and not files:
        raise JiaokanError(
            "is a table of pages: there are no raw files to compare with",
            where=str(tables[0]),
            hint="leave --raw out; each page's text comes back with jiaokan restore --id",
        )
    reports = [verify_tables(pages) for pages in tables] + [
        verify(clean, raw, beside_tables=True)
    ] * files
    return Report(
        sum(report.pages for report in reports),
        sum(report.characters for report in reports),
        tuple(problem for report in reports for problem in report.problems),
    )
