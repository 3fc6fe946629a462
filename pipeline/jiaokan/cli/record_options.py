"""Options of `jiaokan run` about records: JSONL and Parquet in, tables out."""

import click

from jiaokan.batch.source import FORMATS

RECORDS = (
    click.option(
        "--to",
        type=click.Choice(["files", "jsonl", "jsonl.gz", "jsonl.zst", "parquet"]),
        help="Write files for each page, or tables of all pages.  [default: as what is read]",
    ),
    click.option(
        "--format",
        "formats",
        default="md",
        show_default=True,
        metavar="LIST",
        help="Files for each page, beside JSON and ledger: md, txt, tei; with commas.",
    ),
    click.option(
        "--text-field",
        default="text",
        show_default=True,
        metavar="NAME",
        help="Field or column of a record that holds the page's text.",
    ),
    click.option(
        "--id-field",
        default="id",
        show_default=True,
        metavar="NAME",
        help="Field or column of a record that names the page.",
    ),
    click.option(
        "--engine",
        type=click.Choice(["local", "ray"]),
        default="local",
        show_default=True,
        help="Who does the work of tables: workers on this machine, or a Ray cluster.",
    ),
)
"""Records, tables, files."""


def formats_of(text: str) -> tuple[str, ...]:
    """The formats that a list names, in the order of FORMATS; json is written in any case."""
    names = {name.strip().lower() for name in text.split(",") if name.strip()} - {"json"}
    if unknown := sorted(names - FORMATS.keys()):
        known = ", ".join(["json", *FORMATS])
        raise click.BadParameter(f"{unknown[0]!r} is none of {known}", param_hint="'--format'")
    if "tei" in names:
        from jiaokan.records.optional_imports import needed

        needed("lxml.etree", "tei")
    return tuple(name for name in FORMATS if name in names)
