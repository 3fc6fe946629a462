"""`jiaokan decisions COMMAND`: what people decided about pages."""

import click

from jiaokan.cli.lazy_group import LazyGroup

COMMANDS: dict[str, str] = {
    "list": "jiaokan.cli.decisions.list",
    "merge": "jiaokan.cli.decisions.merge",
    "undo": "jiaokan.cli.decisions.undo",
}
"""Every command and the module that holds it as `command`, in the order of the help."""


class DecisionCommands(LazyGroup):
    """The group of the commands about decisions."""

    modules = COMMANDS


@click.group(cls=DecisionCommands, invoke_without_command=True)
@click.pass_context
def command(context: click.Context) -> None:
    """List and check people's decisions, merge their files, take the last one back.

    \b
    Example:
      jiaokan decisions list --raw raw
      jiaokan decisions merge lin.yaml wang.yaml -o decisions.yaml
      jiaokan decisions undo
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())
