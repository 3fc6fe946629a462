"""`jiaokan restore`: the raw bytes of a clean page."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from jiaokan.formats.clean_json import Clean
    from jiaokan.ledger import Ledger


@click.command
@click.argument("file", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write there, not to stdout.")
@click.option("--id", "page", metavar="ID", help="Which page, where FILE is a table of pages.")
def command(file: Path, output: Path | None, page: str | None) -> None:
    """Print the raw bytes of a clean page.

    FILE is CLEAN/a/b.json, or the table of pages that a run with --to wrote: then --id
    names the page, and what comes back is its text in UTF-8. The bytes are rebuilt from
    the clean file and the ledger beside it alone, and printed only where they are the
    raw file's to the last byte.

    \b
    Example:
      jiaokan restore clean/a/b.json | cmp - raw/a/b.txt
      jiaokan restore clean/a/b.json -o again.txt
      jiaokan restore out/pages.jsonl --id 1956-03-12/2
    """
    from jiaokan.formats.atomic import write_where_asked
    from jiaokan.restore import restore

    data = restore(*(_of_table(file, page) if _is_table(file, page) else _of_file(file)))
    if output:
        write_where_asked(output, data)
    else:
        click.echo(data, nl=False)


def _is_table(file: Path, page: str | None) -> bool:
    from jiaokan.records.lookup import pages_table

    table = pages_table(file)
    if table is None and page is not None:
        raise click.UsageError(f"--id asks for a table of pages, and {file} is none")
    if table is not None and page is None:
        raise click.UsageError(f"{table} is a table of pages: which one? --id ID")
    return table is not None


def _of_table(file: Path, page: str | None) -> "tuple[Ledger, Clean]":
    from jiaokan.records.lookup import find_page, pages_table

    return find_page(pages_table(file) or file, page or "")


def _of_file(file: Path) -> "tuple[Ledger, Clean]":
    from jiaokan.cli.records import find_record

    record = find_record(file)
    return record.ledger, record.clean
