"""`jiaokan run`: raw pages in, clean articles and their ledgers out."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from jiaokan.cli.terminal import count, print_json, visible
from jiaokan.settings import Settings

if TYPE_CHECKING:
    from jiaokan.batch.plan import Plan
    from jiaokan.batch.run import Outcome

_MANY = 5
"""From more pages than this on, a bar shows how far the run is."""


class _Share(click.FloatRange):
    """A number from 0 to 1; nan is none."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """The number that the text names."""
        number = float(super().convert(value, param, ctx))
        if number != number:
            self.fail(f"{value!r} is not in the range {self._describe_range()}.", param, ctx)
        return number


@click.command
@click.argument("raw", type=click.Path(path_type=Path), default="raw")
@click.argument("clean", type=click.Path(path_type=Path), default="clean")
@click.option("--encoding", metavar="NAME", help="Encoding of the raw files; else found out.")
@click.option(
    "--script",
    type=click.Choice(["auto", "simplified", "traditional", "keep"]),
    default="auto",
    show_default=True,
    help="Script to bring each page to; auto: the one it is mostly in.",
)
@click.option(
    "--rules",
    type=click.Path(path_type=Path, exists=True),
    multiple=True,
    help="More rules: a YAML file or a folder of them. May be repeated; later ones win.",
)
@click.option("--publication", metavar="NAME", help="What the pages are from, for rules that ask.")
@click.option("--date", metavar="DATE", help="When the pages date from: 1956-03-12, 1956-03, 1956.")
@click.option(
    "--min-confidence",
    type=_Share(0, 1),
    default=0.5,
    show_default=True,
    help="Seams below it are reported as findings.",
)
@click.option(
    "--neural/--no-neural",
    default=True,
    show_default=True,
    help="Whether the network may read pages that are not in order; slower, and better.",
)
@click.option("--max-findings", type=click.IntRange(0), help="Exit 1 where there are more.")
@click.option("--json", "as_json", is_flag=True, help="Print what became of each page as JSON.")
@click.option("--quiet", "-q", is_flag=True, help="Say nothing but errors.")
@click.pass_context
def command(
    ctx: click.Context,
    raw: Path,
    clean: Path,
    encoding: str | None,
    script: Any,
    rules: tuple[Path, ...],
    publication: str | None,
    date: str | None,
    min_confidence: float,
    neural: bool,
    max_findings: int | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Clean the pages of RAW into the folder CLEAN.

    RAW is a page, or a folder of pages (.txt, .text). For RAW/a/b.txt it writes
    CLEAN/a/b.md (for people), CLEAN/a/b.json (for machines) and
    CLEAN/a/b.ledger.json (what became of each character). Raw files are never
    written to; clean files that would not change stay as they are. Rules in ./rules
    apply above the built-in ones, --rules above both.

    Exit 1: pages failed, or there are more findings than --max-findings.

    \b
    Example:
      jiaokan run
      jiaokan run scans/1995 out --encoding gb18030 --rules house-style.yaml
    """
    from jiaokan.batch.plan import plan
    from jiaokan.batch.run import run
    from jiaokan.cli.workspace import rule_paths
    from jiaokan.formats.decode import known_encoding
    from jiaokan.rulebook import load
    from jiaokan.rulebook.facts import normal_name

    settings = Settings(
        encoding and known_encoding(encoding),
        script,
        rule_paths(rules),
        min_confidence,
        neural,
        normal_name(publication or ""),
        _day(date),
    )
    todo = plan(raw, clean)
    debug = bool(ctx.parent and ctx.parent.params["debug"])
    with _progress(run(todo, load(settings.rules), settings), todo, quiet) as outcomes:
        done = [_told(outcome, debug) for outcome in outcomes]
    if as_json:
        print_json({"pages": [_as_json(outcome) for outcome in done]})
    if not quiet:
        _summary(todo, done)
    failed = any(outcome.error for outcome in done)
    findings = sum(outcome.findings for outcome in done)
    ctx.exit(1 if failed or (max_findings is not None and findings > max_findings) else 0)


def _day(date: str | None) -> str:
    from jiaokan.rulebook.facts import normal_date

    try:
        return normal_date(date) if date else ""
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="'--date'") from None


@contextmanager
def _progress(
    outcomes: "Iterable[Outcome]", todo: "Plan", quiet: bool
) -> "Iterator[Iterable[Outcome]]":
    """The outcomes, with a bar on stderr where there are many and someone looks."""
    many = len(todo.sources)
    if quiet or many <= _MANY or not sys.stderr.isatty():
        yield outcomes
        return
    with click.progressbar(outcomes, length=many, label="pages", file=sys.stderr) as bar:
        yield bar


def _told(outcome: "Outcome", debug: bool) -> "Outcome":
    if outcome.error:
        click.echo(f"error: {visible(outcome.error, keep=chr(10))}", err=True)
        if debug and outcome.traceback:
            click.echo(visible(outcome.traceback, keep=chr(10)), err=True)
    return outcome


def _summary(todo: "Plan", done: "list[Outcome]") -> None:
    for name, why in todo.skipped:
        click.echo(f"skipped {visible(name)}: {why}", err=True)
    failed = sum(1 for outcome in done if outcome.error)
    total = {
        name: sum(getattr(outcome, name) for outcome in done)
        for name in ("characters", "articles", "changes", "findings", "written")
    }
    click.echo(
        f"{count(len(done) - failed, 'page')} cleaned, {failed} failed: "
        f"{count(total['characters'], 'character')}, {count(total['articles'], 'article')}, "
        f"{count(total['changes'], 'change')}, {count(total['findings'], 'finding')}; "
        f"{count(total['written'], 'file')} written to {visible(str(todo.clean))}",
        err=True,
    )


def _as_json(outcome: "Outcome") -> dict[str, Any]:
    names = "error encoding encoding_confidence characters articles changes seams findings written"
    return {"name": outcome.source.name} | {name: getattr(outcome, name) for name in names.split()}
