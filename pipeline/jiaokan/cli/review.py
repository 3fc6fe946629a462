"""`jiaokan review`: work through findings and unsure edits in a browser."""

import getpass
from pathlib import Path

import click

from jiaokan.cli.terminal import visible
from jiaokan.errors import JiaokanError

_FILE = Path("decisions.yaml")


@click.command
@click.argument("clean", type=click.Path(path_type=Path), default="clean")
@click.option(
    "--raw", type=click.Path(path_type=Path), help="The raw files.  [default: raw, if it is there]"
)
@click.option(
    "--decisions",
    type=click.Path(path_type=Path, dir_okay=False),
    default=_FILE,
    show_default=True,
    help="The file that decisions are written to.",
)
@click.option("--who", metavar="NAME", help="Your name in the decisions.  [default: the login's]")
@click.option(
    "--below",
    type=click.FloatRange(0, 1),
    default=0.9,
    show_default=True,
    help="Show edits and seams that are less sure than this.",
)
@click.option(
    "--rules",
    type=click.Path(path_type=Path, exists=True),
    multiple=True,
    help="More rules, as they were given to the run. May be repeated.",
)
@click.option(
    "--rule-file",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("rules/my-rules.yaml"),
    show_default=True,
    help="The file that new rules are written to.",
)
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port; else any free one.")
@click.option("--no-browser", is_flag=True, help="Only print the address.")
def command(
    clean: Path,
    raw: Path | None,
    decisions: Path,
    who: str | None,
    below: float,
    rules: tuple[Path, ...],
    rule_file: Path,
    port: int,
    no_browser: bool,
) -> None:
    """Decide about findings, unsure edits and seams, in a browser.

    CLEAN is a folder that a run wrote, or one page's .json file. Each decision is saved at
    once to a plain YAML file; `jiaokan run` repeats them all. No raw or clean file is
    edited: "run again" cleans the pages through the ordinary run, for which the raw files
    are needed. The server answers to this machine alone, and only to the address that is
    printed; Ctrl-C ends it.

    Exit 0: ended by Ctrl-C. Exit 2: it could not be started.

    \b
    Example:
      jiaokan review
      jiaokan review clean/1956 --raw raw/1956 --who Lin --no-browser
    """
    from jiaokan.cli.workspace import DECISIONS
    from jiaokan.review.app import Session
    from jiaokan.review.jobs import Jobs
    from jiaokan.review.pages import Pages
    from jiaokan.review.rules import Rules
    from jiaokan.review.serve import serve
    from jiaokan.review.session import Desk

    if raw is None and Path("raw").is_dir():
        raw = Path("raw")
    if raw is not None and not raw.exists():
        raise JiaokanError("there is no such file or folder", where=str(raw))
    others = tuple(path for path in DECISIONS if path.exists())
    desk = Desk(Pages(clean, raw, below), decisions, others, who if who is not None else _login())
    desk.start()
    session = Session(desk, Rules(rule_file, rules), Jobs())

    def ready(address: str) -> None:
        click.echo(address)
        click.echo(f"decisions go to {visible(str(decisions))}; Ctrl-C ends it", err=True)
        if not no_browser:
            import webbrowser

            webbrowser.open(address)

    serve(session, port, ready)


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""
