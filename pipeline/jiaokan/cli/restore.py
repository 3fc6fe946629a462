"""`jiaokan restore`: the raw bytes of a clean page."""

from pathlib import Path

import click


@click.command
@click.argument("file", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write there, not to stdout.")
def command(file: Path, output: Path | None) -> None:
    """Print the raw bytes of a clean page.

    FILE is CLEAN/a/b.json. The bytes are rebuilt from the clean file and the ledger
    beside it alone, and printed only where they are the raw file's to the last
    byte.

    \b
    Example:
      jiaokan restore clean/a/b.json | cmp - raw/a/b.txt
      jiaokan restore clean/a/b.json -o again.txt
    """
    from jiaokan.cli.records import find_record
    from jiaokan.formats.atomic import write_atomic
    from jiaokan.restore import restore

    record = find_record(file)
    data = restore(record.ledger, record.clean)
    if output:
        write_atomic(output, data)
    else:
        click.echo(data, nl=False)
