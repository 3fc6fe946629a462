"""One page of the tables that a run over records wrote, found by its id."""

from collections.abc import Iterator
from pathlib import Path

from jiaokan.article import SINGLE_FIELDS
from jiaokan.errors import JiaokanError, LedgerError
from jiaokan.formats.clean_json import Clean, clean_from
from jiaokan.formats.ledger_json import read_ledger
from jiaokan.ledger import Ledger
from jiaokan.records.optional_imports import needed
from jiaokan.records.rows import Row
from jiaokan.records.tables import KINDS, read_rows


def pages_table(path: Path) -> Path | None:
    """The table of pages that a path is or holds; None where it is something else."""
    if path.is_dir():
        return next(
            (path / f"pages.{kind}" for kind in KINDS if (path / f"pages.{kind}").exists()), None
        )
    return path if path.name in {f"pages.{kind}" for kind in KINDS} else None


def find_page(pages: Path, page: str) -> tuple[Ledger, Clean]:
    """Ledger and articles of a page. Raises JiaokanError where there is none, or it failed."""
    row = next(_rows(pages, page), None)
    if row is None:
        raise JiaokanError(
            f"holds no page with the id {page!r}",
            where=str(pages),
            hint="ids are those of the records that were cleaned; they stand in the column page",
        )
    if row["status"] != "done":
        raise JiaokanError(f"the page {page!r} failed: {row['error']}", where=str(pages))
    articles = pages.with_name(pages.name.replace("pages.", "articles.", 1))
    if not articles.exists():
        raise LedgerError(
            "is not there, and a page cannot be rebuilt without its articles",
            where=str(articles),
            hint="the tables that a run writes belong together: articles, edits, pages",
        )
    where = f"{pages}, page {page!r}"
    tree = {
        "source": page,
        "articles": [_article(one) for one in _rows(articles, page)],
        **{name: row[name] for name in ("furniture", "findings", "seams")},
    }
    return read_ledger(f"{row['ledger']}\n".encode(), where), clean_from(tree, where)


def _article(row: Row) -> Row:
    return {name: row[name] for name in (*SINGLE_FIELDS, "paragraphs")}


def _rows(path: Path, page: str) -> Iterator[Row]:
    if path.name.endswith(".parquet"):
        parquet = needed("pyarrow.parquet", "records")
        table = parquet.read_table(path, filters=[("page", "==", page)])
        yield from table.to_pylist()
        return
    yield from (row for row in read_rows(path) if row.get("page") == page)
