"""`jiaokan rules learn`: rules from what a person did to clean files."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from jiaokan.cli.terminal import count, heading, print_json, visible

if TYPE_CHECKING:
    from jiaokan.curation.learn_model import Learnt, Proposal

_SHOWN = 20


@click.command
@click.argument("raw", type=click.Path(path_type=Path), default="raw")
@click.argument("clean", type=click.Path(path_type=Path), default="clean")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the proposals to a new rule file, and ask nothing.",
)
@click.option("--accept", type=click.Choice(["all"]), help="Adopt all, and ask nothing.")
@click.option(
    "--min-support",
    type=click.IntRange(1),
    default=2,
    show_default=True,
    help="Places that a rule must rest on for --accept all.",
)
@click.option(
    "--rules",
    type=click.Path(path_type=Path, exists=True),
    multiple=True,
    help="More rules that are in force: a YAML file or a folder of them. May be repeated.",
)
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON; adopt nothing.")
@click.pass_context
def command(
    ctx: click.Context,
    raw: Path,
    clean: Path,
    output: Path | None,
    accept: str | None,
    min_support: int,
    rules: tuple[Path, ...],
    as_json: bool,
) -> None:
    """Propose rules from what you corrected in clean files.

    Edit .md or .json files in CLEAN after a run, then give this command. It compares
    them with what the run wrote, and proposes rules of the fitting kinds. Each was
    tried on your pages with all rules in force: it makes corrections of yours, and
    changes nothing that you left, but for places that look like those you corrected:
    you may have overlooked them, and they are shown. Nothing is learnt from files
    that nobody edited.

    On a terminal it asks about one proposal after another: y adopts it, n does not,
    e adopts it under another id, q stops; what was decided before counts. Adopted
    rules go to rules/my-rules.yaml. Where no one can be asked, the proposals are
    printed.

    Exit 1: pages could not be read; the others were.

    \b
    Example:
      jiaokan rules learn
      jiaokan rules learn raw clean -o proposed.yaml
      jiaokan rules learn --accept all --min-support 3
    """
    from jiaokan.cli.workspace import rule_paths
    from jiaokan.curation.learn import learn
    from jiaokan.rulebook import load

    if as_json and (accept or output):
        raise click.UsageError("--json adopts nothing: leave out --accept and -o")
    paths = rule_paths(rules)
    book = load(paths)
    found = learn(raw, clean, book)
    for text in found.failed:
        click.echo(f"error: {visible(text, keep=chr(10))}", err=True)
    if as_json:
        print_json(_tree(found))
    else:
        known = {rule.id for rule in book.rules}
        _decide(found, rules, output, min_support if accept else 0, known)
    ctx.exit(1 if found.failed else 0)


def _decide(
    found: "Learnt", rules: tuple[Path, ...], output: Path | None, least: int, known: set[str]
) -> None:
    """Adopt, write or print, as was asked; `least`: the support that all are adopted from."""
    _tell(found)
    chosen = [one for one in found.proposals if one.support >= least]
    if output or least:
        if len(chosen) < len(found.proposals):
            left = len(found.proposals) - len(chosen)
            click.echo(f"{count(left, 'proposal')} left out: too few places", err=True)
    elif _interactive() and chosen:
        chosen = _asked(chosen, known)
    else:
        click.echo("\n".join(_shown(chosen)), nl=bool(chosen))
        return
    _write(chosen, rules, output)


def _write(chosen: "Sequence[Proposal]", rules: tuple[Path, ...], output: Path | None) -> None:
    from jiaokan.cli.workspace import rule_paths
    from jiaokan.curation.learn_write import adopt, write_rules

    if not chosen:
        click.echo("nothing was written", err=True)
        return
    if output:
        write_rules(output, chosen, rule_paths(rules))
    written = [output] if output else adopt(chosen, rules)
    where = ", ".join(visible(str(path)) for path in written)
    click.echo(f"{count(len(chosen), 'rule')} written to {where}", err=True)


def _tell(found: "Learnt") -> None:
    """What was found, on stderr."""
    for text in found.notes:
        click.echo(f"note: {visible(text)}", err=True)
    for place in found.overlooked[:_SHOWN]:
        click.echo(f"perhaps overlooked: {visible(place)}", err=True)
    if len(found.overlooked) > _SHOWN:
        left = len(found.overlooked) - _SHOWN
        click.echo(f"perhaps overlooked: {left} more (see --json)", err=True)
    for one in found.unlearnt[:_SHOWN]:
        click.echo(f"not learnt: {visible(one.what)}: {visible(one.why)}", err=True)
    if len(found.unlearnt) > _SHOWN:
        click.echo(f"not learnt: {len(found.unlearnt) - _SHOWN} more (see --json)", err=True)
    click.echo(
        f"{count(len(found.edited), 'edited page')} of {found.pages:,}, "
        f"{count(found.corrections, 'correction')}, {count(len(found.proposals), 'proposal')}",
        err=True,
    )


def _interactive() -> bool:
    import sys

    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))


def _asked(proposals: "Sequence[Proposal]", known: set[str]) -> "list[Proposal]":
    """Those that the person adopts."""
    taken: list[Proposal] = []
    for number, one in enumerate(proposals, 1):
        click.echo("\n".join(_shown([one], f"{number}/{len(proposals)} ")))
        try:
            answer = click.prompt(
                "adopt?  y yes, n no, e another id, q stop here",
                type=click.Choice(["y", "n", "e", "q"]),
                default="n",
                show_choices=False,
            )
            if answer == "e":
                one = _renamed(one, known | {other.id for other in taken})
        except click.Abort:
            click.echo()
            return taken
        if answer == "q":
            break
        if answer in ("y", "e"):
            taken.append(one)
    return taken


def _renamed(one: "Proposal", taken: set[str]) -> "Proposal":
    import re

    if one.kind == "off":
        click.echo("switching a rule off has no id of its own")
        return one
    while True:
        name = str(click.prompt("id", default=one.id)).strip()
        if name in taken:
            click.echo(f"{visible(name)} is taken")
        elif not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", name):
            click.echo("lower-case letters, digits and single hyphens only")
        else:
            return replace(one, id=name, entry={**one.entry, "id": name})


def _shown(proposals: "Sequence[Proposal]", before: str = "") -> list[str]:
    """The proposals for people to read."""
    from jiaokan.curation.add_text import lines_of
    from jiaokan.curation.learn_proof import texts
    from jiaokan.curation.learn_write import told

    lines: list[str] = []
    for one in proposals:
        lines.append(heading(f"{before}{one.id} ({one.kind})"))
        lines += [f"  {text}" for text in told(one)]
        lines += [f"    {visible(text)}" for text in lines_of(texts(one.entry))]
    return lines


def _tree(found: "Learnt") -> dict[str, object]:
    from jiaokan.curation.learn_write import as_tree

    return {
        "pages": found.pages,
        "edited": list(found.edited),
        "corrections": found.corrections,
        "proposals": [as_tree(one) for one in found.proposals],
        "overlooked": list(found.overlooked),
        "not_learnt": [{"what": one.what, "why": one.why} for one in found.unlearnt],
        "notes": list(found.notes),
        "failed": list(found.failed),
    }
