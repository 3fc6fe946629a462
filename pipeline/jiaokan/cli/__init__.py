"""The command line: `jiaokan COMMAND`.

Each command is a file of its own, read when it is asked for; what it needs of
the pipeline is read when it runs. Data goes to stdout, everything else to
stderr. Exit 0: done; 1: done, and something needs a person; 2: could not be
done as asked; 130: ended by Ctrl-C; 141: who read its output has gone.
"""

import atexit
import gc
import os
import sys
from contextlib import suppress
from typing import Any

import click

from jiaokan.cli.lazy_group import LazyGroup
from jiaokan.errors import JiaokanError
from jiaokan.version import VERSION

COMMANDS = {
    "init": "jiaokan.cli.init",
    "run": "jiaokan.cli.run",
    "diff": "jiaokan.cli.diff",
    "report": "jiaokan.cli.report",
    "explain": "jiaokan.cli.explain",
    "restore": "jiaokan.cli.restore",
    "verify": "jiaokan.cli.verify",
    "rules": "jiaokan.cli.rules",
    "decisions": "jiaokan.cli.decisions",
    "review": "jiaokan.cli.review",
}
"""Every command and the module that holds it as `command`, in the order of the help."""


_OBJECTS = 100_000
"""New objects after which Python looks for garbage. What a start loads is none: with the usual 700
it is searched again and again, which takes a tenth of a short run. One small page has fewer."""


READER_GONE = 141
"""The exit code of what SIGPIPE ends, as in `… | head -1`."""


class _ReaderGone(Exception):
    """No one reads stdout or stderr any more."""


class Commands(LazyGroup):
    """The group of all commands: says errors in one way."""

    modules = COMMANDS

    def make_context(self, *args: Any, **extra: Any) -> click.Context:
        """The context; a help text that no one reads ends the program."""
        try:
            return super().make_context(*args, **extra)
        except BrokenPipeError:
            raise _reader_gone() from None

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; click would end it with 1, as if something needed a person."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise _reader_gone() from None

    def main(self, *given: Any, **extra: Any) -> Any:
        """Run, and leave by the contract's exit codes; no traceback unless --debug asks."""
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="backslashreplace")
        asked = given[0] if given else extra.pop("args", None)
        args = list(sys.argv[1:] if asked is None else asked)
        debug = args[:1] == ["--debug"]
        gc.set_threshold(_OBJECTS)
        atexit.register(gc.freeze)  # what is left goes with the process, garbage or not
        try:
            extra |= {"prog_name": "jiaokan", "standalone_mode": False}
            code = super().main(args or ["--help"], **extra)
        except click.UsageError as error:
            usage = f"{error.ctx.get_usage()}\n" if error.ctx else ""
            code = _failed(f"{usage}error: {error.format_message()}{_dashed(args)}")
        except click.ClickException as error:
            code = _failed(f"error: {error.format_message()}")
        except _ReaderGone:
            _silence()
            code = READER_GONE
        except (click.Abort, KeyboardInterrupt):
            _failed("error: interrupted; what was written is whole")
            code = 130
        except JiaokanError as error:
            if debug:
                raise
            code = _failed(f"error: {error}")
        except OSError as error:
            if debug:
                raise
            where = f"{error.filename}: " if error.filename else "what was asked for is not whole: "
            code = _failed(f"error: {where}{error.strerror or error}")
        except Exception as error:
            if debug:
                raise
            name = type(error).__name__
            code = _failed(f"error: {name}: {error}\n  to see where: jiaokan --debug …")
        sys.exit(code if isinstance(code, int) else 0)


def _dashed(args: list[str]) -> str:
    """What to do where a file's name was taken for an option; empty where none was."""
    named = next((arg for arg in args if arg.startswith("-") and os.path.exists(arg)), "")
    return f"\n  a path that begins with a hyphen is written ./{named}" if named else ""


def _reader_gone() -> Exception:
    """What a broken pipe means: no one reads stdout or stderr; else it was another's, a fault."""
    if any(_unread(stream) for stream in (sys.stdout, sys.stderr)):
        return _ReaderGone()
    return JiaokanError("another process has gone", hint="give the command again")


def _unread(stream: Any) -> bool:
    """Whether what is written there goes nowhere; where that cannot be asked, it does."""
    import select

    if not hasattr(select, "poll"):
        return True
    poll = select.poll()
    try:
        poll.register(stream.fileno(), 0)
    except (OSError, ValueError):
        return False
    return any(event & select.POLLERR for _, event in poll.poll(0))


def _silence() -> None:
    """Let go of what is still to be written, which Python would try as it ends."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _failed(message: str) -> int:
    from jiaokan.cli.terminal import visible

    try:
        click.echo(visible(message, keep="\n"), err=True)
    except BrokenPipeError:
        _silence()
    return 2


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option("--debug", is_flag=True, help="Show tracebacks. Stands before the command.")
@click.version_option(VERSION, prog_name="jiaokan")
def main(debug: bool) -> None:
    """Clean OCR'd Chinese pages and put their articles together again (校勘).

    Every change is accounted for in a ledger that gives the raw bytes back.

    \b
    Example:
      jiaokan init newspaper && cd newspaper
      jiaokan run
      jiaokan diff raw clean
    """
