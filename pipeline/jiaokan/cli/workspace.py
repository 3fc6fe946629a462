"""A workspace: raw/, clean/ and rules/ in the folder where a command is given."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from jiaokan.decisions import Decisions

RULES = Path("rules")
DECISIONS = (Path("decisions.yaml"), Path("decisions"))
"""A file, and a folder of files, beside the rules."""


def decision_paths(asked: tuple[Path, ...] = ()) -> tuple[Path, ...]:
    """The decision files asked for; else the workspace's own, where it has any."""
    return asked or tuple(path for path in DECISIONS if path.exists())


def decisions_in_force(asked: tuple[Path, ...] = ()) -> "Decisions":
    """What people decided; that some contradict each other is said. Raises RuleError."""
    from jiaokan.cli.terminal import visible
    from jiaokan.decisions import load

    found = load(decision_paths(asked))
    for group in found.contested:
        places = " and ".join(f"{one.file}:{one.line}" for one in group)
        what = f"{places} contradict each other; none of them is carried out"
        click.echo(visible(f"warning: {what}"), err=True)
    return found


def rule_paths(more: tuple[Path, ...] = ()) -> tuple[Path, ...]:
    """The workspace's own rules, then those asked for.

    In jiaokan's own source tree ./rules is what is built in: files that are
    the built-in ones to the byte are not read a second time.
    """
    if not RULES.is_dir():
        return more
    from jiaokan.rulebook.packs import builtin

    known = {data for _, data in builtin()}
    files = sorted(path for path in RULES.rglob("*.y*ml") if path.suffix in (".yaml", ".yml"))
    own = [path for path in files if path.is_file() and path.read_bytes() not in known]
    return ((RULES,) if own == files else tuple(own)) + more
