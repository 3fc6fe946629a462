"""`jiaokan rules list`: which rules there are."""

from dataclasses import asdict
from pathlib import Path

import click

from jiaokan.cli.terminal import count, print_json, table

_KINDS = (
    "literal",
    "pattern",
    "phrase",
    "confusion",
    "leak",
    "script",
    "protect",
    "drop",
    "layout",
)
"""As in jiaokan.rulebook.rule, which is not read for --help; a test compares them."""


@click.command("list")
@click.option("--kind", multiple=True, type=click.Choice(_KINDS), help="Only this kind.")
@click.option(
    "--level",
    type=click.Choice(["fix", "suggest", "off"]),
    help="Only rules that act, that only report, or that are switched off.",
)
@click.option("--pack", metavar="TEXT", help="Only packs with this in their name.")
@click.option("--text", metavar="TEXT", help="Only rules with this in their entry.")
@click.option(
    "--rules",
    type=click.Path(path_type=Path, exists=True),
    multiple=True,
    help="More rules: a YAML file or a folder of them. May be repeated; later ones win.",
)
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON.")
def command(
    kind: tuple[str, ...],
    level: str | None,
    pack: str | None,
    text: str | None,
    rules: tuple[Path, ...],
    as_json: bool,
) -> None:
    """List the rules: built-in ones, those in ./rules, and those of --rules.

    \b
    Example:
      jiaokan rules list --kind leak
      jiaokan rules list --pack my-rules --text 天候
    """
    from jiaokan.cli.workspace import rule_paths
    from jiaokan.rulebook.inventory import listed
    from jiaokan.rulebook.packs import whole

    survey = whole(rule_paths(rules))
    rows = list(listed(survey, kinds=kind, level=level, pack=pack, text=text))
    if as_json:
        print_json({"rules": [asdict(row) for row in rows]})
        return
    heads = ("id", "kind", "level", "pack", "reason")
    for line in table(heads, [[getattr(row, head) for head in heads] for row in rows]):
        click.echo(line)
    click.echo(count(len(rows), "rule"), err=True)
