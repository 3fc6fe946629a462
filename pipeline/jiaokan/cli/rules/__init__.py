"""`jiaokan rules COMMAND`: see, check, add, try, learn and take back correction rules."""

import click

from jiaokan.cli.lazy_group import LazyGroup

COMMANDS: dict[str, str] = {
    "list": "jiaokan.cli.rules.list",
    "show": "jiaokan.cli.rules.show",
    "lint": "jiaokan.cli.rules.lint",
    "test": "jiaokan.cli.rules.test",
    "add": "jiaokan.cli.rules.add",
    "impact": "jiaokan.cli.rules.impact",
    "learn": "jiaokan.cli.rules.learn",
    "revert": "jiaokan.cli.rules.revert",
    "stats": "jiaokan.cli.rules.stats",
}
"""Every command and the module that holds it as `command`, in the order of the help."""


class RulesCommands(LazyGroup):
    """The group of the commands about rules."""

    modules = COMMANDS


@click.group(cls=RulesCommands, invoke_without_command=True)
@click.pass_context
def command(context: click.Context) -> None:
    """See, check, add, try, learn and take back correction rules.

    \b
    Example:
      jiaokan rules list
      jiaokan rules test
      jiaokan rules add --pair 天侯=天候 --reason "侯 for 候" --example 恶劣天侯=恶劣天候
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())
