"""Records in, tables out: CPU time and bytes a page, and how memory grows with their number.

What `docs/scale.md` computes with is measured here. One process, CPU seconds; the pages are the
generated ones of the other measurements.
"""

import resource
import subprocess
import sys
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import orjson
from jiaokan.batch.inputs import Inputs
from jiaokan.records.engine import engine_of
from jiaokan.records.origins import origins_of
from jiaokan.records.record import TABLES, Fields
from jiaokan.records.run import carry_out, finish, held, prepare
from jiaokan.records.tables import KINDS, Kind
from jiaokan.rulebook import load
from jiaokan.settings import Settings
from jiaokan.verify_tables import verify_tables

from bench.clock import cpu
from bench.result import Options, Skipped, Table
from bench.sample_pages import sample_pages

SIZES = (1_000, 10_000, 100_000)
"""records of the files whose planning is measured"""
_PLAN = (
    "import sys; from pathlib import Path; from bench.records import highest, plan_alone; "
    "plan_alone(Path(sys.argv[1]), Path(sys.argv[2])); print(highest())"
)


def tables(options: Options) -> list[Table]:
    """What a page costs, what its rows weigh, what planning takes."""
    texts = list(islice(sample_pages(options.seed), options.pages))
    with TemporaryDirectory() as name:
        folder = Path(name)
        raw = folder / "pages.jsonl"
        _write(raw, texts, len(texts))
        return [
            _work(raw, texts, folder),
            _sizes(raw, texts, folder),
            _proof(raw, texts, folder),
            _memory(texts, folder),
        ]


def _write(raw: Path, texts: list[str], count: int) -> None:
    with raw.open("wb") as file:
        for number in range(count):
            row = {"id": f"p{number}", "text": texts[number % len(texts)]}
            file.write(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE))


def _run(raw: Path, out: Path, kind: Kind, *, neural: bool) -> None:
    with held(out):
        origins = origins_of(Inputs((str(raw),)), out, Fields())
        work = prepare(origins, out, kind, load(), Settings(neural=neural))
        for done in carry_out(work, engine_of("local", 0)):
            if done.failures:
                raise RuntimeError(done.failures[0])
        finish(work)


def _work(raw: Path, texts: list[str], folder: Path) -> Table:
    load()
    size = sum(len(text.encode()) for text in texts)
    rows = []
    for title, neural in (("with the network", True), ("with counts alone", False)):
        _run(raw, folder / f"warm-{neural}", "jsonl", neural=neural)
        spent = cpu(lambda neural=neural: _run(raw, folder / f"{neural}", "jsonl", neural=neural))
        hours = spent / len(texts) * 1e6 / 3600
        rows.append((title, len(texts), size / len(texts) / 1e3, spent / len(texts), hours))
    columns = ("whole job", "pages", "KB a page", "CPU s a page", "CPU hours a million pages")
    return Table("records to tables, one process", columns, tuple(rows))


def _sizes(raw: Path, texts: list[str], folder: Path) -> Table:
    size = sum(len(text.encode()) for text in texts)
    rows = []
    for kind in KINDS:
        out = folder / f"size-{kind}"
        _run(raw, out, kind, neural=False)
        weights = [(out / f"{table}.{kind}").stat().st_size / size for table in TABLES]
        rows.append((kind, *weights, sum(weights)))
    return Table(
        "bytes of the tables for each byte of raw text", ("kind", *TABLES, "all"), tuple(rows)
    )


def _proof(raw: Path, texts: list[str], folder: Path) -> Table:
    """What it takes to check all pages of a table."""
    _run(raw, folder / "proof", "parquet", neural=False)
    pages = folder / "proof" / "pages.parquet"
    verify_tables(pages)
    spent = cpu(lambda: verify_tables(pages))
    hours = spent / len(texts) * 1e6 / 3600
    row = ("jiaokan verify", len(texts), spent / len(texts), hours)
    columns = ("", "pages", "CPU s a page", "CPU hours a million pages")
    return Table("every page rebuilt and compared", columns, (row,))


def plan_alone(raw: Path, out: Path) -> None:
    """Read all records once, as every run does first."""
    with held(out):
        origins = origins_of(Inputs((str(raw),)), out, Fields())
        prepare(origins, out, "jsonl", load(), Settings(neural=False))


def highest() -> float:
    """MB that this process ever had in memory. What it was forked from does not count."""
    status = Path("/proc/self/status")
    if not status.exists():
        raise Skipped("no /proc to read the highest memory from")
    line = next(one for one in status.read_text().splitlines() if one.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def _memory(texts: list[str], folder: Path) -> Table:
    rows = []
    short = [text[:300] for text in texts]
    for count in SIZES:
        raw = folder / f"{count}.jsonl"
        _write(raw, short, count)
        argv = [sys.executable, "-c", _PLAN, str(raw), str(folder / f"plan-{count}")]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run(argv, capture_output=True, text=True, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        megabytes = raw.stat().st_size / 1e6
        rows.append((count, megabytes, spent, float(done.stdout)))
        raw.unlink()
    columns = ("records", "MB", "CPU s, start included", "highest memory, MB")
    return Table("planning alone, in a process of its own", columns, tuple(rows))
