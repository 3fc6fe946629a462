"""`jiaokan decisions merge`: several people's files as one."""

from pathlib import Path

import click

from jiaokan.cli.terminal import count, visible
from jiaokan.errors import JiaokanError


@click.command
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--output", "-o", type=click.Path(path_type=Path), help="Write to this file, not to stdout."
)
@click.option(
    "--prefer",
    type=click.Path(path_type=Path),
    help="Of decisions that contradict each other, this file's stand alone.",
)
@click.pass_context
def command(
    ctx: click.Context, files: tuple[Path, ...], output: Path | None, prefer: Path | None
) -> None:
    """Put several people's decision files together.

    The result is the same in whatever order the files are given, and given again it stays
    as it is. Comments are not taken over. Decisions that contradict each other all stand
    in the result, are told, and a run carries out none of them until one is taken out
    (or --prefer says whose counts). Of one person's own decisions about a place the
    latest counts.

    Exit 1: some contradict each other.

    \b
    Example:
      jiaokan decisions merge lin.yaml wang.yaml -o decisions.yaml
      jiaokan decisions merge lin.yaml wang.yaml --prefer lin.yaml -o decisions.yaml
    """
    from jiaokan.decisions.load import decisions_in, files_of
    from jiaokan.decisions.merge import merge, written
    from jiaokan.formats.atomic import write_where_asked

    if prefer is not None and prefer not in files:
        raise JiaokanError("is none of the files", where=str(prefer), hint="--prefer one of them")
    merged = merge(
        [decisions_in(file.read_bytes(), str(file)) for file in files_of(files)],
        str(prefer or ""),
    )
    data = written(merged)
    if output is None:
        click.echo(data.decode(), nl=False)
    else:
        write_where_asked(output, data)
    for group in merged.contested:
        click.echo("these contradict each other:", err=True)
        for one in group:
            decision = one.decision
            words = decision.new or decision.text
            said = f"{decision.about}{f' “{words}”' if words else ''}, {decision.by}"
            click.echo(f"  {visible(f'{one.file}:{one.line}: {said}')}", err=True)
    conflicts = count(len(merged.contested), "contradiction")
    click.echo(f"{count(len(merged.known), 'decision')}, {conflicts}", err=True)
    ctx.exit(1 if merged.contested else 0)
