"""Options of `jiaokan run` about records: JSONL and Parquet in, tables out."""

import click

RECORDS = (
    click.option(
        "--to",
        type=click.Choice(["files", "jsonl", "jsonl.gz", "jsonl.zst", "parquet"]),
        help="Write files for each page, or tables of all pages.  [default: as what is read]",
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
"""Records and tables."""
