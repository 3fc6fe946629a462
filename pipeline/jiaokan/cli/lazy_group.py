"""A group whose commands are read when they are asked for."""

import importlib
from collections.abc import Mapping
from typing import ClassVar

import click


class LazyGroup(click.Group):
    """A group of commands, each in a module of its own, as `command`."""

    modules: ClassVar[Mapping[str, str]] = {}
    """Every command and its module, in the order of the help."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands."""
        return list(self.modules)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the arguments begin with; of a misspelt one, what may be meant."""
        if args[0] not in self.modules and not args[0].startswith("-"):
            from jiaokan.rulebook.problems import nearest

            meant = nearest(args[0], self.modules)
            ctx.fail(
                f"there is no command {args[0]!r}{meant}\n  {ctx.command_path} --help lists them"
            )
        return super().resolve_command(ctx, args)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        if cmd_name not in self.modules:
            return None
        command = importlib.import_module(self.modules[cmd_name]).command
        assert isinstance(command, click.Command)
        return command
