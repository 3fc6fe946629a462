"""`jiaokan decisions undo`: take the last decisions of a file back."""

from pathlib import Path

import click

from jiaokan.cli.terminal import visible


@click.command
@click.argument(
    "file", type=click.Path(path_type=Path, dir_okay=False, exists=True), default="decisions.yaml"
)
@click.option(
    "--count", "-n", type=click.IntRange(1), default=1, show_default=True, help="How many."
)
def command(file: Path, count: int) -> None:
    """Take the last decisions of FILE back.

    They are printed, so that they can be put back by hand. The rest of the file, its
    comments too, stays as it is to the byte.

    Exit 2: there are not so many.

    \b
    Example:
      jiaokan decisions undo
      jiaokan decisions undo decisions/lin.yaml -n 3
    """
    from jiaokan.decisions.file import open_file, text_of, undone

    before = open_file(file)
    undone(before, count)
    gone = before.decisions[-count:]
    click.echo(visible(text_of(gone).decode(), keep="\n"), nl=False)
    click.echo(f"taken back: {len(gone)}; see what changes: jiaokan run", err=True)
