"""`jiaokan report`: a batch as one HTML file."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from jiaokan.cli.terminal import count, visible
from jiaokan.errors import JiaokanError

if TYPE_CHECKING:
    from jiaokan.cli.records import Record
    from jiaokan.report.build import Report
    from jiaokan.report.geometry import Geometry

_MANY = 6
"""So many pages make a progress bar worth its line."""


@click.command
@click.argument("clean", type=click.Path(path_type=Path), default="clean")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    default="report.html",
    show_default=True,
    help="The file to write.",
)
@click.option(
    "--raw",
    type=click.Path(path_type=Path),
    default="raw",
    show_default=True,
    help="Where the raw files are; read only for pages whose clean file was edited by hand.",
)
@click.option(
    "--rules",
    type=click.Path(path_type=Path, exists=True),
    multiple=True,
    help="More rules that are in force, above the workspace's own. May be repeated.",
)
@click.option(
    "--layout",
    "layouts",
    type=click.Path(path_type=Path, exists=True),
    help="A folder of hOCR or ALTO files, named as the pages are: a/b.hocr for a/b.txt.",
)
@click.option(
    "--images",
    type=click.Path(path_type=Path, exists=True),
    help="A folder of the pages' pictures, named likewise; they are put into the report.",
)
@click.option("--title", help="What to call it; without it, the name of CLEAN.")
@click.pass_context
def command(
    ctx: click.Context,
    clean: Path,
    output: Path,
    raw: Path,
    rules: tuple[Path, ...],
    layouts: Path | None,
    images: Path | None,
    title: str | None,
) -> None:
    """Write what was done to the pages of CLEAN as one HTML file, to be looked at in a browser.

    CLEAN is a folder that a run wrote to, or one file in it. The report shows the batch in
    numbers, the pages that need a person first, and each page as a map: the raw text with
    its fragments in their articles' colours, arrows as each article reads on, the articles
    beside it, every edit with its rule and reason. It fetches nothing from a network.

    With --layout, pages are drawn in their geometry, too, over their pictures with
    --images. A layout must tell the raw text's own characters, in their order.

    Exit 1: pages could not be read; the report names them, and shows the others. Or a
    layout or a picture does not fit; stderr names it, its page is shown without.

    \b
    Example:
      jiaokan report clean -o report.html
      jiaokan report clean --layout hocr --images scans
      jiaokan report clean/a/b.json -o b.html
    """
    from jiaokan.cli.workspace import rule_paths
    from jiaokan.formats.atomic import write_where_asked
    from jiaokan.inspect import rule_notes
    from jiaokan.report.build import Report, html
    from jiaokan.report.geometry import Geometry
    from jiaokan.rulebook import load

    records = _records(clean)
    if images and not layouts:
        raise click.UsageError("--images needs --layout")
    if len(records) > 1 and any(one and one.is_file() for one in (layouts, images)):
        raise click.UsageError("one layout or picture cannot be that of many pages: give a folder")
    geometry = Geometry(layouts, images) if layouts else None
    book = load(rule_paths(rules))
    report = Report(title or clean.name or str(clean), rule_notes(book))
    unfit: list[str] = []
    with _progress(records) as steps:
        for record in steps:
            _add(report, record, raw, geometry, unfit)
    kinds = [(rule.id, str(rule.kind)) for rule in book.rules]
    write_where_asked(output, html(report, kinds))
    for file, what in report.batch.failed:
        click.echo(visible(f"error: {file}: {what}", keep="\n"), err=True)
    for told in unfit:
        click.echo(visible(f"error: {told}", keep="\n"), err=True)
    failed = len(report.batch.failed)
    pages = count(len(report.blocks), "page")
    click.echo(f"{pages}, {failed:,} failed; written to {visible(str(output))}", err=True)
    ctx.exit(1 if failed or unfit else 0)


def _records(clean: Path) -> "list[Record]":
    from jiaokan.cli.records import find_record, no_ledger, records_in

    if not clean.exists():
        raise JiaokanError("there is no such file or folder", where=str(clean))
    records = [find_record(clean)] if clean.is_file() else list(records_in(clean))
    if not records:
        raise no_ledger(clean)
    return records


def _add(
    report: "Report", record: "Record", raw: Path, geometry: "Geometry | None", unfit: list[str]
) -> None:
    from jiaokan.curation.learn_files import edited_files
    from jiaokan.inspect import read_page

    try:
        ask = raw.exists() and record.json in edited_files(record)[0]
        page = read_page(record, raw if ask else None, report.notes)
    except JiaokanError as error:
        report.failed(error.where or str(record.json), error.what)
        return
    try:
        page = (geometry and geometry.of(page)) or page
    except JiaokanError as error:
        unfit.append(str(error))
    report.add(page)


@contextmanager
def _progress(records: "list[Record]") -> "Iterator[Iterator[Record]]":
    if len(records) < _MANY or not sys.stderr.isatty():
        yield iter(records)
        return
    with click.progressbar(records, label="pages", file=sys.stderr) as bar:
        yield iter(bar)
