"""`jiaokan verify`: clean files against their ledgers."""

from pathlib import Path

import click

from jiaokan.cli.terminal import count, print_json, visible
from jiaokan.errors import JiaokanError


@click.command
@click.argument("clean", type=click.Path(path_type=Path), default="clean")
@click.option("--raw", type=click.Path(path_type=Path), help="Compare with the raw files, too.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.pass_context
def command(ctx: click.Context, clean: Path, raw: Path | None, as_json: bool) -> None:
    """Check clean files against their ledgers.

    CLEAN is a folder, or one .json file. Every raw character must be accounted for,
    every change must replay, the raw bytes must come back, and no clean file may
    have been edited. None of the code that wrote the files takes part.

    With --raw, each raw file is looked for by its name in the ledger, then anywhere
    below that folder: a file of that name and with the same bytes.

    Exit 1: something is not as it must be. Exit 2: there is nothing to check.

    \b
    Example:
      jiaokan verify
      jiaokan verify clean --raw raw
    """
    from jiaokan.cli.records import no_ledger
    from jiaokan.verify import verify

    for path in (clean, raw):
        if path is not None and not path.exists():
            raise JiaokanError("there is no such file or folder", where=str(path))
    report = verify(clean, raw)
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
