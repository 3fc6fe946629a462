"""The whole job on one interleaved page of 20 KB: read, clean, account, write.

CPU time, everything loaded, the median of RUNS; its parts; what loading takes in a fresh process.
"""

import json
import subprocess
import sys
from collections import Counter
from itertools import islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from jiaokan.batch.plan import plan
from jiaokan.batch.run import run
from jiaokan.rulebook import Rulebook, load
from jiaokan.settings import Settings

from bench.clock import Clock, Hook, cpu
from bench.result import Options, Table
from bench.sample_pages import sample_pages

RUNS = 10
COLD = 3
"""fresh processes"""
BYTES = 20_000
"""of UTF-8 that the page should have"""
CHOICE = 30
"""pages among which the nearest to BYTES is taken"""

HOOKS: tuple[Hook, ...] = (
    ("jiaokan.batch.source", "Source.read", "read"),
    ("jiaokan.cleaning", "run_stages", "stages"),
    ("jiaokan.stitch", "blocks", "blocks and headings"),
    ("jiaokan.stitch", "with_headings", "blocks and headings"),
    ("jiaokan.stitch", "survey", "cuts"),
    ("jiaokan.stitch", "read", "network"),
    ("jiaokan.stitch", "candidates", "cuts"),
    ("jiaokan.stitch", "refined", "cuts"),
    ("jiaokan.stitch.search.decide", "cut_up", "cuts"),
    ("jiaokan.stitch.search.decide", "measure", "joins"),
    ("jiaokan.stitch.search.decide", "weigh", "joins"),
    ("jiaokan.stitch.search.decide", "Vocabulary", "kinship"),
    ("jiaokan.stitch.search.decide", "titled", "kinship"),
    ("jiaokan.stitch.search.decide", "kin", "kinship"),
    ("jiaokan.stitch.seams.kinship", "Vocabulary.kinship", "kinship"),
    ("jiaokan.stitch.seams.kinship", "Vocabulary.by_place", "kinship"),
    ("jiaokan.stitch.search.decide", "search", "search"),
    ("jiaokan.stitch.search.decide", "marginals", "chances"),
    ("jiaokan.stitch.search.decide", "best_path", "chances"),
    ("jiaokan.stitch", "write", "articles and seams"),
    ("jiaokan.batch.job", "PageJob._write", "account and write"),
)


def tables(options: Options) -> list[Table]:
    """The job, its parts, and the start."""
    rules = load()
    texts = islice(sample_pages(options.seed), CHOICE)
    page = min(texts, key=lambda raw: abs(len(raw.encode()) - BYTES))
    pages = {"generated": page.encode()}
    theory = options.shared / "pages" / "theory-page" / "raw.txt"
    if theory.exists():
        pages["theory page"] = theory.read_bytes()
    with TemporaryDirectory() as name:
        folder = Path(name)
        raws = {}
        for kind, data in pages.items():
            raws[kind] = folder / f"{kind.split()[0]}.txt"
            raws[kind].write_bytes(data)
        return [
            _whole(raws, rules, folder),
            _parts(raws, rules, folder),
            _start(raws["generated"], folder),
        ]


def _job(raw: Path, rules: Rulebook, clean: Path) -> None:
    for outcome in run(plan(raw, clean), rules, Settings()):
        if outcome.error:
            raise RuntimeError(outcome.error)


def _whole(raws: dict[str, Path], rules: Rulebook, folder: Path) -> Table:
    rows = []
    for kind, raw in raws.items():
        spent = [
            cpu(lambda number=number, raw=raw: _job(raw, rules, folder / f"{raw.stem}-{number}"))
            for number in range(RUNS + 1)
        ][1:]
        size = raw.stat().st_size
        rows.append((kind, size, median(spent), min(spent), max(spent)))
    columns = ("page", "bytes", "CPU s, median", "least", "most")
    return Table(f"one page, whole job, {RUNS} runs, loaded", columns, tuple(rows))


def _parts(raws: dict[str, Path], rules: Rulebook, folder: Path) -> Table:
    found: list[Counter[str]] = []
    missing: list[str] = []
    for raw in raws.values():
        clock = Clock()
        with clock.around(HOOKS):
            whole = sum(
                cpu(lambda n=n, raw=raw: _job(raw, rules, folder / f"{raw.stem}-parts-{n}"))
                for n in range(RUNS)
            )
        clock.seconds["the rest"] = whole - clock.seconds.total()
        found.append(clock.seconds)
        missing = clock.missing
    parts = [*dict.fromkeys(part for _, _, part in HOOKS), "the rest"]
    rows = [(part, *(1e3 * spent[part] / RUNS for spent in found)) for part in parts]
    rows.append(("all", *(1e3 * spent.total() / RUNS for spent in found)))
    notes = tuple(f"no longer there: {name}" for name in missing)
    return Table(f"its parts, CPU ms, mean of {RUNS}", ("part", *raws), tuple(rows), notes)


def _start(raw: Path, folder: Path) -> Table:
    """Loading, and the first page, in processes of their own."""
    found = []
    for number in range(COLD):
        command = [sys.executable, "-m", "bench.cold", str(raw), str(folder / f"cold-{number}")]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        found.append(json.loads(done.stdout))
    steps = {step: median(one["ms"][step] for one in found) for step in found[0]["ms"]}
    rows = [*steps.items(), ("all", sum(steps.values()))]
    peak = median(one["peak MB"] for one in found)
    note = f"highest memory: {peak:.0f} MB, the mapped part of the language model in it"
    title = f"start, CPU ms in a fresh process, median of {COLD}"
    return Table(title, ("step", "ms"), tuple(rows), (note,))
