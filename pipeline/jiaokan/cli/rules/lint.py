"""`jiaokan rules lint`: what is wrong with rules, and what is doubtful about them."""

from pathlib import Path

import click

from jiaokan.cli.terminal import count, print_json, visible


@click.command("lint")
@click.argument(
    "paths", metavar="[PATH]...", nargs=-1, type=click.Path(path_type=Path, exists=True)
)
@click.option(
    "--rules",
    type=click.Path(path_type=Path, exists=True),
    multiple=True,
    help="More rules: a YAML file or a folder of them. May be repeated; later ones win.",
)
@click.option("--json", "as_json", is_flag=True, help="Print what was found as JSON.")
@click.pass_context
def command(
    ctx: click.Context, paths: tuple[Path, ...], rules: tuple[Path, ...], as_json: bool
) -> None:
    """Look for errors and doubtful rules in the files at PATH; without PATH in all rules.

    Errors keep a file from being used. Warnings tell of rules that undo each other, that act
    on their own result, that another rule always hides, that act in none of their examples,
    and of patterns that may take too long.

    Exit 1: there is an error or a warning.

    \b
    Example:
      jiaokan rules lint
      jiaokan rules lint house-style.yaml
    """
    from jiaokan.cli.workspace import rule_paths
    from jiaokan.rulebook.lint import linted
    from jiaokan.rulebook.scope import scope

    report = linted(scope(paths, rule_paths(rules)))
    if as_json:
        print_json(report.as_tree())
    else:
        for problem in report.errors:
            click.echo(f"error: {visible(str(problem), keep=chr(10))}")
        for one in report.warnings:
            click.echo(visible(f"warning: {one.where}: {one.rule}: {one.what}"))
    click.echo(
        f"{count(report.rules, 'rule')}: {count(len(report.errors), 'error')}, "
        f"{count(len(report.warnings), 'warning')}",
        err=True,
    )
    ctx.exit(1 if report.errors or report.warnings else 0)
