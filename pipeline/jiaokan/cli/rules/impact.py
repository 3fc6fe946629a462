"""`jiaokan rules impact`: what a rule would do to a batch."""

import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from jiaokan.cli.run_options import day_of
from jiaokan.cli.run_view import say_skipped
from jiaokan.cli.terminal import count, dim, heading, new, old, shorten, visible
from jiaokan.errors import JiaokanError

if TYPE_CHECKING:
    from jiaokan.batch.source import Source
    from jiaokan.curation.impact import Impact
    from jiaokan.curation.impact_books import Compared
    from jiaokan.curation.impact_model import Place

_GROUPS = {
    "changes": "changes",
    "reports": "would only be reported",
    "line": "lines that are taken for something else",
    "follows": "other rules and stages do something else because of it",
    "already": "right by another rule already",
    "otherwise": "another rule decides otherwise",
}
_MANY = 5


@click.command
@click.argument("rule")
@click.argument("raw", nargs=-1, type=click.Path(path_type=Path))
@click.option("--clean", type=click.Path(path_type=Path), help="Ask pages edited by hand, too.")
@click.option(
    "--limit",
    type=click.IntRange(0),
    default=20,
    show_default=True,
    help="Show so many places of each group; 0: all. JSON has all.",
)
@click.option(
    "--rules",
    type=click.Path(path_type=Path, exists=True),
    multiple=True,
    help="More rules that are in force, above the workspace's own. May be repeated.",
)
@click.option("--encoding", metavar="NAME", help="Encoding of the raw files; else found out.")
@click.option(
    "--script",
    type=click.Choice(["auto", "simplified", "traditional", "keep"]),
    default="auto",
    show_default=True,
    help="Script to bring each page to; auto: the one it is mostly in.",
)
@click.option("--publication", metavar="NAME", help="What the pages are from, for rules that ask.")
@click.option("--date", metavar="DATE", help="When the pages date from: 1956-03-12, 1956-03, 1956.")
@click.option("--exit-code", is_flag=True, help="Exit 1 where it would break what is right.")
@click.option("--json", "as_json", is_flag=True, help="Print every place as JSON.")
@click.pass_context
def command(
    ctx: click.Context,
    rule: str,
    raw: tuple[Path, ...],
    clean: Path | None,
    limit: int,
    rules: tuple[Path, ...],
    encoding: str | None,
    script: Any,
    publication: str | None,
    date: str | None,
    exit_code: bool,
    as_json: bool,
) -> None:
    """Show what RULE would do to the pages RAW, before it counts.

    RULE is the id of a rule in force, or a YAML file of new or changed rules. RAW are
    pages or folders of pages (default raw). Each page is read with the rule and
    without it; nothing is written. First come the places where it would break what is
    right: where the language model, the words of written Chinese, a protect rule, other
    places of the batch, or (with --clean) a person who edited the page speak for the text as it
    stands.

    Exit 1: a page could not be read; with --exit-code, there are places that it would
    break. The other pages are looked at all the same.

    \b
    Example:
      jiaokan rules impact my-first-rule raw
      jiaokan rules impact new-rules.yaml raw/1995 raw/1996 --clean clean
    """
    from jiaokan.cli.workspace import rule_paths
    from jiaokan.curation.impact import Impact, impact
    from jiaokan.curation.impact_books import compared
    from jiaokan.formats.decode import known_encoding
    from jiaokan.rulebook.facts import normal_name
    from jiaokan.settings import Settings

    if clean is not None and not clean.is_dir():
        raise JiaokanError("there is no such folder", where=str(clean))
    books = compared(rule, rule_paths(rules))
    sources = list(_sources(raw or (Path("raw"),), clean))
    settings = Settings(
        encoding and known_encoding(encoding),
        script,
        publication=normal_name(publication or ""),
        date=day_of(date),
    )
    found = Impact()
    for _ in _progress(impact(found, books, sources, settings, clean), len(sources)):
        pass
    try:
        breaks = _json(found, books) if as_json else _text(found, limit)
        _summary(found, breaks)
    finally:
        found.close()
    ctx.exit(1 if found.failed or (exit_code and breaks) else 0)


def _progress(steps: "Iterator[Source]", many: int) -> "Iterator[Source]":
    """The steps, with a bar on stderr where there are many and someone looks."""
    if many <= _MANY or not sys.stderr.isatty():
        yield from steps
        return
    with click.progressbar(steps, length=many, label="pages", file=sys.stderr) as bar:
        yield from bar


def _sources(raw: tuple[Path, ...], clean: Path | None) -> "Iterator[Source]":
    from jiaokan.batch.plan import plan

    for path in raw:
        todo = plan(path, clean or Path("clean"))
        say_skipped(todo.skipped)
        yield from todo.sources


def _text(found: "Impact", limit: int) -> int:
    """Print the places, those that it would break first; how many these are."""
    breaks = _group(found, "would break what is right", limit, lambda place: place.breaks)
    for what, title in _GROUPS.items():
        _group(
            found, title, limit, lambda place, what=what: place.what == what and not place.breaks
        )
    acting = (row for row in found.files() if row[1] or row[2])
    files = list(islice(acting, limit or None))
    if files:
        click.echo(heading("by file"))
    for file, acts, broken in files:
        click.echo(
            f"{acts:>7,} {'' if not broken else f'({broken:,} against)':<13} {visible(file)}"
        )
    return breaks


def _group(found: "Impact", title: str, limit: int, belongs: Any) -> int:
    number = 0
    for place in found.places():
        if not belongs(place):
            continue
        number += 1
        if number == 1:
            click.echo(heading(title))
        if not limit or number <= limit:
            _show(place)
    if limit and number > limit:
        click.echo(dim(f"  and {number - limit:,} more: --limit 0 shows them"))
    return number


def _show(place: "Place") -> None:
    where = f"{place.file}:{place.line}:{place.column}"
    if place.text:
        roles = place.old if place.old == place.new else f"{place.old} → {place.new}"
        shown = f"{shorten(place.text, 40)}: {roles}"
    elif place.old == place.new or place.what == "already":
        shown = visible(f"{place.left}{place.old}{place.right}")
    else:
        before = f"{visible(place.left)}{old(place.old)}{new(place.new)}{visible(place.right)}"
        shown = before
    by = f"  ({', '.join(place.by)})" if place.by else ""
    click.echo(f"  {visible(where)}  {shown}  {visible(place.rule)}{visible(by)}")
    for why in (*place.against, *place.support):
        click.echo(f"      {visible(why)}")


def _json(found: "Impact", books: "Compared") -> int:
    """Print everything as one JSON object, without holding it; how many places it would break."""
    import orjson

    from jiaokan.curation.impact_model import as_row

    def piece(text: str) -> None:
        click.echo(text.encode(), nl=False)

    head = {"ids": sorted(books.ids), "pages": found.pages, "failed": found.failed}
    counts = {"counts": dict(sorted(found.counts.items()))}
    piece(orjson.dumps(head | counts).decode()[:-1] + ',"files":[')
    for number, (file, acts, broken) in enumerate(found.files()):
        row = {"file": file, "places": acts, "breaks": broken}
        piece(("," if number else "") + "\n" + orjson.dumps(row).decode())
    breaks = number = 0
    piece('],"places":[')
    for first in (True, False):
        for place in found.places():
            if place.breaks is first:
                piece(("," if number else "") + "\n" + orjson.dumps(as_row(place)).decode())
                number += 1
                breaks += place.breaks
    piece("]}\n")
    return breaks


def _summary(found: "Impact", breaks: int) -> None:
    from jiaokan.curation.impact_model import ACTS

    for what in found.failed:
        click.echo(f"error: {visible(what, keep=chr(10))}", err=True)
    acts = sum(found.counts.get(what, 0) for what in ACTS)
    others = sum(found.counts.values()) - acts
    click.echo(
        f"{count(found.pages, 'page')}: {count(acts, 'place')} where it makes a difference, "
        f"{count(others, 'place')} where another rule decides; "
        f"{breaks:,} would break what is right; {count(len(found.failed), 'page')} failed",
        err=True,
    )
    if found.elsewhere:
        click.echo(
            f"not in force on {count(found.elsewhere, 'page')}: the publication or date is not the "
            "rule's, or not known (--publication and --date say it)",
            err=True,
        )
