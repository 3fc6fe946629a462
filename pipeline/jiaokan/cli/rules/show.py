"""`jiaokan rules show`: one rule, and all that is known about it."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from jiaokan.cli.terminal import dim, heading, print_json, visible

if TYPE_CHECKING:
    from jiaokan.rulebook.inventory import Shown


@click.command("show")
@click.argument("rule", metavar="[ID]", required=False)
@click.option(
    "--rules",
    type=click.Path(path_type=Path, exists=True),
    multiple=True,
    help="More rules: a YAML file or a folder of them. May be repeated; later ones win.",
)
@click.option("--schema", is_flag=True, help="Print the JSON Schema of rule files instead.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def command(rule: str | None, rules: tuple[Path, ...], schema: bool, as_json: bool) -> None:
    """Show the rule ID: its entry, where it stands, and what keeps it from acting.

    \b
    Example:
      jiaokan rules show lookalike-hou
      jiaokan rules show --schema > rules/rules.schema.json
    """
    if schema:
        from jiaokan.rulebook.schema import published

        click.echo(published(), nl=False)
        return
    if rule is None:
        raise click.UsageError("name a rule: jiaokan rules show ID; jiaokan rules list names all")
    from jiaokan.cli.workspace import rule_paths
    from jiaokan.rulebook.inventory import shown
    from jiaokan.rulebook.packs import whole

    every = shown(whole(rule_paths(rules)), rule)
    if as_json:
        print_json({"rules": [_as_json(one) for one in every]})
        return
    for number, one in enumerate(every):
        if number:
            click.echo()
        _print(one)


def _print(one: "Shown") -> None:
    row = one.row
    click.echo(f"{heading(row.id)}  {row.kind}, {row.level}  {dim(row.where)}")
    if one.off:
        click.echo(f"switched off by {visible(one.off)}")
    for what in one.hidden:
        click.echo(visible(what))
    click.echo()
    click.echo(visible(one.entry, keep="\n"), nl=False)


def _as_json(one: "Shown") -> dict[str, Any]:
    from dataclasses import asdict

    tree = asdict(one)
    return {**tree.pop("row"), **tree}
