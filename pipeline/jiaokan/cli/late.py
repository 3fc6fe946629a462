"""A group whose commands are read when they are asked for."""

import importlib
from collections.abc import Mapping
from typing import ClassVar

import click


class LateGroup(click.Group):
    """A group of commands, each in a module of its own, as `command`."""

    modules: ClassVar[Mapping[str, str]] = {}
    """Every command and its module, in the order of the help."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands."""
        return list(self.modules)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        if cmd_name not in self.modules:
            return None
        command = importlib.import_module(self.modules[cmd_name]).command
        assert isinstance(command, click.Command)
        return command
