"""Checks the tables of a run over records against their ledgers, as `verify` checks clean files.

It shares no code with what wrote them either: pages and articles are read side by side, put
together again, and each page is rebuilt from them.
"""

import gzip
import io
import json
from collections.abc import Iterator
from contextlib import nullcontext
from itertools import groupby
from pathlib import Path
from typing import IO, Any

from jiaokan.verify import Problem, Report, Wrong, check_seal, count, rebuild

_ENDINGS = ("jsonl", "jsonl.gz", "jsonl.zst", "parquet")


def tables_in(clean: Path) -> tuple[Path, ...]:
    """The tables of pages that a path is or holds: runs may have written several kinds."""
    names = [f"pages.{ending}" for ending in _ENDINGS]
    if clean.is_dir():
        return tuple(clean / name for name in names if (clean / name).is_file())
    return (clean,) if clean.name in names else ()


def verify_tables(pages: Path) -> Report:
    """Check every page of a table of pages; those that failed are no problem, and not counted."""
    articles = pages.with_name(pages.name.replace("pages.", "articles.", 1))
    problems: list[Problem] = []
    done = characters = 0
    try:
        own = groupby(_rows(articles), key=lambda row: str(row["page"]))
        waiting = next(own, None)
        for row in _rows(pages):
            page = str(row["page"])
            found: list[dict[str, Any]] = []
            if waiting is not None and waiting[0] == page and row["status"] == "done":
                found = list(waiting[1])
                waiting = next(own, None)
            if row["status"] != "done":
                continue
            done += 1
            try:
                characters += _check(row, found)
            except Wrong as wrong:
                problems.append(Problem(f"{pages}, page {page!r}", str(wrong)))
        if waiting is not None:
            problems.append(Problem(str(articles), f"has articles of no page: {waiting[0]!r}"))
    except Wrong as wrong:
        problems.append(Problem(str(pages), str(wrong)))
    except (OSError, KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
        what = f"is not as a run writes it: {type(error).__name__}: {error}"
        problems.append(Problem(str(pages), what))
    return Report(done, characters, tuple(problems))


def _check(row: dict[str, Any], articles: list[dict[str, Any]]) -> int:
    """The page's characters, all of them accounted for."""
    try:
        ledger = json.loads(row["ledger"])
        if [one["article"] for one in articles] != list(range(row["articles"])):
            raise Wrong(f"has {len(articles)} articles of {row['articles']}, or not in their order")
        clean = {"source": row["page"], "articles": articles} | {
            name: row[name] for name in ("furniture", "findings", "seams")
        }
        text, _ = rebuild(ledger, clean)
        count(ledger, clean)
        check_seal(f"{row['ledger']}\n".encode())
        told = (row["sha256"], row["size"], row["characters"])
        source = ledger["source"]
        if told != (source["sha256"], source["size"], len(text)):
            raise Wrong("SHA-256, size or length are not those of the ledger")
        if any(one["sha256"] != source["sha256"] for one in articles):
            raise Wrong("an article's SHA-256 is not the page's")
        if any(one["text"] != "\n".join(one["paragraphs"]) for one in articles):
            raise Wrong("an article's text is not that of its paragraphs")
    except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
        raise Wrong(f"is not as a run writes it: {type(error).__name__}: {error}") from error
    return len(text)


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    if path.name.endswith(".parquet"):
        from pyarrow.parquet import ParquetFile

        for batch in ParquetFile(path).iter_batches(64, use_threads=False):
            yield from batch.to_pylist()
        return
    with path.open("rb") as file, _unpacked(file, path) as stream:
        for line in stream:
            row = json.loads(line)
            if not isinstance(row, dict):
                raise Wrong("a line is no JSON object")
            yield row


def _unpacked(file: IO[bytes], path: Path) -> Any:
    if path.name.endswith(".gz"):
        return gzip.open(file)
    if path.name.endswith(".zst"):
        from zstandard import ZstdDecompressor

        stream = ZstdDecompressor().stream_reader(file, read_across_frames=True, closefd=False)
        return io.BufferedReader(stream)
    return nullcontext(file)
