"""`jiaokan rules add`: a new rule in the workspace's file."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from jiaokan.cli.rules.add_ask import completed
from jiaokan.cli.terminal import visible

if TYPE_CHECKING:
    from jiaokan.curation.add import Added
    from jiaokan.curation.add_entry import Asked

_KINDS = [
    *("literal", "pattern", "phrase", "confusion", "leak", "script"),
    *("protect", "drop", "layout"),
]
_ROLES = ["kicker", "title", "byline", "affiliation", "credit", "furniture"]
_SPOTS = ["line-start", "line-end", "first-line", "last-line", "body", *_ROLES]
_BESIDE = ["edge", "kicker", "title", "byline", "body"]
_SCRIPTS = ["simplified", "traditional"]


@click.command
@click.option("--kind", type=click.Choice(_KINDS), help="Kind of rule; else the options show it.")
@click.option("--id", "name", metavar="ID", help="Its name; else made from kind and content.")
@click.option("--reason", metavar="TEXT", help="Why it is true.")
@click.option("--level", type=click.Choice(["fix", "suggest"]), help="suggest only reports.")
@click.option(
    "--pair", "pairs", metavar="WRONG=RIGHT", multiple=True, help="literal, confusion, script."
)
@click.option("--to", type=click.Choice(_SCRIPTS), help="script: to which.")
@click.option("--pattern", metavar="REGEX", help="pattern, layout, protect: what is looked for.")
@click.option("--replace", metavar="TEXT", help="pattern: what stands in its place.")
@click.option("--phrase", metavar="TEXT", help="phrase: the wording as it must be.")
@click.option("--distance", type=click.IntRange(1, 4), help="phrase: misread characters, at most.")
@click.option(
    "--margin",
    type=click.FloatRange(0),
    metavar="BITS",
    help="literal, pattern, confusion, leak: how much likelier it must be.",
)
@click.option("--word", metavar="WORD", help="leak: the foreign word.")
@click.option(
    "--candidate", "candidates", metavar="TEXT", multiple=True, help="leak: what it stands for."
)
@click.option("--protect", metavar="TEXT", multiple=True, help="protect: what nothing may touch.")
@click.option("--drop", metavar="REGEX", help="drop: the line that belongs to no article.")
@click.option("--role", type=click.Choice(_ROLES), help="layout: what such a line is.")
@click.option("--before", metavar="REGEX", help="Only where this stands right before it.")
@click.option("--after", metavar="REGEX", help="Only where this stands right after it.")
@click.option("--place", type=click.Choice(_SPOTS), multiple=True, help="Only there.")
@click.option(
    "--above", type=click.Choice(_BESIDE), multiple=True, help="drop, layout: only below such."
)
@click.option(
    "--below", type=click.Choice(_BESIDE), multiple=True, help="drop, layout: only above such."
)
@click.option("--publication", metavar="NAME", multiple=True, help="Only on its pages.")
@click.option("--date", metavar="FROM..TO", help="Only on pages of these days: 1950..1956-03.")
@click.option("--script", type=click.Choice(_SCRIPTS), help="Only on pages in this script.")
@click.option(
    "--example", "examples", metavar="RAW=CLEAN", multiple=True, help="What it must do. Repeat."
)
@click.option("--unchanged", metavar="TEXT", multiple=True, help="What it must leave. Repeat.")
@click.option(
    "--file",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("rules/my-rules.yaml"),
    show_default=True,
    help="The file it is written to.",
)
@click.option(
    "--rules",
    type=click.Path(path_type=Path, exists=True),
    multiple=True,
    help="More rules that are in force, above the workspace's own. May be repeated.",
)
@click.option("--json", "as_json", is_flag=True, help="Print what was added as JSON.")
@click.option("--dry-run", is_flag=True, help="Try it, print the entry, and write nothing.")
def command(
    name: str | None,
    pairs: tuple[str, ...],
    examples: tuple[str, ...],
    distance: int | None,
    margin: float | None,
    file: Path,
    rules: tuple[Path, ...],
    as_json: bool,
    dry_run: bool,
    **said: Any,
) -> None:
    """Add a correction rule to the workspace's file.

    What is not said is asked for, if someone sits at the terminal. The entry goes behind
    the last rule of the file; nothing else in it is touched. Nothing is written where
    the rule has no examples or fails them among all rules in force, where its id is
    taken, or where it and another rule undo or hide each other.

    In WRONG=RIGHT and RAW=CLEAN an arrow parts as well: a=b→a＝b. Options that say
    "only" are conditions; all that are given must hold, of repeated ones one.

    Exit 2: it was not added; the error says why.

    \b
    Example:
      jiaokan rules add --pair 天侯=天候 --reason "侯 for 候" \\
        --example 恶劣天侯=恶劣天候 --unchanged 诸侯
      jiaokan rules add --phrase 全心全意为人民服务 --dry-run
    """
    from jiaokan.cli.workspace import rule_paths
    from jiaokan.curation.add import added, write
    from jiaokan.curation.add_command import command_of
    from jiaokan.errors import RuleError

    asked = _asked(said, name, pairs, examples, distance, margin)
    complete = completed(asked)
    try:
        made = added(complete, file, rule_paths(rules))
    except RuleError as error:
        if complete != asked:
            error.hint = f"{error.hint}\n  what you said, to be changed: {command_of(complete)}"
        raise
    if as_json:
        _print_json(made, written=not dry_run)
    else:
        click.echo(visible(made.entry, keep="\n"), nl=False)
    if dry_run:
        click.echo("tried, and not written: --dry-run", err=True)
        return
    write(made)
    _tell(made, file, rule_paths(rules))


def _asked(
    said: Mapping[str, Any],
    name: str | None,
    pairs: Sequence[str],
    examples: Sequence[str],
    distance: int | None,
    margin: float | None,
) -> "Asked":
    """What the options say of the rule."""
    from jiaokan.curation.add_entry import Asked, kind_of, split

    asked = Asked(
        **{key: value for key, value in said.items() if value is not None},
        id=name or "",
        distance=str(distance or ""),
        margin="" if margin is None else f"{margin:g}",
        pairs=tuple(split(one, "--pair") for one in pairs),
    )
    held = kind_of(asked) == "protect"
    shown = tuple((one, one) if held else split(one, "--example") for one in examples)
    return replace(asked, examples=shown)


def _tell(made: "Added", file: Path, in_force: Sequence[Path]) -> None:
    """Where the rule stands now, and how to see what it does."""
    from jiaokan.curation.impact_books import stands_in

    click.echo(f"added to {visible(str(file))}:{made.line}", err=True)
    if all(stands_in(path, file) is None for path in in_force):
        click.echo(f"  it is in force in runs with --rules {visible(str(file))}", err=True)
        click.echo(f"  see what it does: jiaokan rules impact {visible(str(file))} raw", err=True)
    else:
        click.echo(f"  see what it does: jiaokan rules impact {made.id} raw", err=True)


def _print_json(made: "Added", *, written: bool) -> None:
    import orjson

    tree = {
        "id": made.id,
        "file": str(made.file),
        "line": made.line,
        "entry": made.entry,
        "written": written,
    }
    click.echo(orjson.dumps(tree, option=orjson.OPT_INDENT_2).decode())
