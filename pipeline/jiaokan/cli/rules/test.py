"""`jiaokan rules test`: do the rules what their examples say?"""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from jiaokan.cli.terminal import count, print_json, visible

if TYPE_CHECKING:
    from jiaokan.rulebook.example_runs import Failed


@click.command("test")
@click.argument(
    "paths", metavar="[PATH]...", nargs=-1, type=click.Path(path_type=Path, exists=True)
)
@click.option("--rule", "only", metavar="ID", multiple=True, help="Only this rule.")
@click.option(
    "--rules",
    type=click.Path(path_type=Path, exists=True),
    multiple=True,
    help="More rules: a YAML file or a folder of them. May be repeated; later ones win.",
)
@click.option("--json", "as_json", is_flag=True, help="Print what was found as JSON.")
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[Path, ...],
    only: tuple[str, ...],
    rules: tuple[Path, ...],
    as_json: bool,
) -> None:
    """Run the examples of the rules at PATH, without PATH of all rules, with all rules in force.

    Every example goes through the stages that a page goes through. It must come out as it
    says, and what stands under `unchanged` must stay.

    Exit 1: something came out otherwise.

    \b
    Example:
      jiaokan rules test
      jiaokan rules test house-style.yaml --rule own-weather
    """
    from jiaokan.cli.workspace import rule_paths
    from jiaokan.rulebook.example_runs import tried
    from jiaokan.rulebook.scope import scope

    report = tried(scope(paths, rule_paths(rules)), only)
    if as_json:
        print_json(report.as_tree())
    else:
        for one in report.failed:
            _print(one)
    click.echo(
        f"{count(report.rules, 'rule')}: {count(report.examples, 'example')}, "
        f"{count(report.unchanged, 'text')} to stay, "
        f"{count(len(report.failed), 'failure')}",
        err=True,
    )
    ctx.exit(1 if report.failed else 0)


def _print(one: "Failed") -> None:
    failure = one.failure
    click.echo(f"{visible(one.where)}: {failure.rule}: {failure.key}")
    for name in ("text", "expected", "got"):
        click.echo(f"  {name:<8}  {visible(getattr(failure, name))}")
    if failure.why:
        click.echo(f"  {'because':<8}  {visible(failure.why)}")
