"""Character stages with their ledger, beside OpenCC alone and the chain that a user would build.

All in one run on one core, in turns, best of ROUNDS; CPU time of the process, everything loaded.
"""

import json
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from jiaokan.article import Arrangement, Piece, Target
from jiaokan.cleaning import Cleaned, run_stages
from jiaokan.formats.decode import decode
from jiaokan.formats.ledger_json import write_ledger
from jiaokan.ledger import Ledger, account
from jiaokan.page import Page
from jiaokan.rulebook import Rulebook, load
from jiaokan.stages import STAGES
from jiaokan.stages.context import Context
from jiaokan.stages.dominant_script import dominant_script

from bench.chain import chain, diff
from bench.clock import Clock, Hook, cpu
from bench.result import Cell, Options, Table
from bench.sample_pages import sample_pages

ROUNDS = 3

KINDS = (
    ("dense: each mark damaged", "theory", "columns"),
    ("usual damage", "light", "columns"),
    ("clean, in order", "off", "in-order"),
)
"""Of pages: name, damage, preset. The first is measured most closely."""
SIZES = (1_000, 10_000, 100_000, 1_000_000, 10_000_000)
"""Bytes of UTF-8 of one page."""

HOOKS: tuple[Hook, ...] = (
    ("bench.speed", "dominant_script", "dominant script"),
    ("jiaokan.rulebook.book", "Rulebook.protected", "protected places"),
    ("jiaokan.cleaning", "advance", "trace"),
    ("jiaokan.cleaning", "_in_raw", "findings' places"),
    ("bench.speed", "account", "account"),
)


@dataclass(frozen=True, slots=True)
class Material:
    """The pages, and how much they are."""

    kind: str
    pages: tuple[Page, ...]
    megabytes: float
    """10^6 bytes of UTF-8."""


def tables(options: Options) -> list[Table]:
    """Throughput, and where the stages' time goes."""
    rules = load()
    dense, *others = (_material(options, *kind) for kind in KINDS)
    return [
        _throughput(dense, rules),
        _kinds([dense, *others], rules),
        _growth(options),
        _profile(dense, rules),
    ]


def ledger_of(page: Page, rules: Rulebook) -> Ledger:
    """The character stages over a page, and the account of every character."""
    text = page.text
    context = Context(dominant_script(text), rules)
    trace, findings = run_stages(text, context)
    length = len(trace.text)
    whole = Piece(0, length, "stitch.body", Target(0, "paragraphs", 0, 0))
    arrangement = Arrangement((), (), (whole,) if length else (), ())
    return account(Cleaned(page, trace, arrangement, tuple(findings)))


def _material(options: Options, kind: str, damage: str, preset: str) -> Material:
    pages: list[Page] = []
    size = 0
    for number, raw in enumerate(sample_pages(options.seed, damage, preset)):
        data = raw.encode()
        pages.append(Page(f"{number}.txt", data, *decode(data)))
        size += len(data)
        if size >= options.megabytes * 1e6:
            break
    return Material(kind, tuple(pages), size / 1e6)


def _all(results: Iterable[object]) -> None:
    """Each result, let go before the next one is worked out, as a run does it."""
    deque(results, maxlen=0)


def _throughput(material: Material, rules: Rulebook) -> Table:
    from opencc import OpenCC

    convert, clean = OpenCC("t2s").convert, chain()
    texts = [page.text for page in material.pages]

    def with_diff() -> int:
        return sum(len(diff(text, clean(text))) for text in texts)

    jobs: dict[str, Callable[[], object]] = {
        "opencc t2s alone": lambda: _all(map(convert, texts)),
        "opencc + autocorrect + 50 rules": lambda: _all(map(clean, texts)),
        "… + rapidfuzz opcodes as ledger": with_diff,
        "jiaokan stages with ledger": lambda: _all(ledger_of(p, rules) for p in material.pages),
    }
    best = {name: cpu(job) for name, job in jobs.items()}
    for _ in range(ROUNDS):
        for name, job in jobs.items():
            best[name] = min(best[name], cpu(job))
    ledgers = [ledger_of(page, rules) for page in material.pages]
    written = "jiaokan: that ledger as JSON"
    best[written] = min(cpu(lambda: _all(map(write_ledger, ledgers))) for _ in range(ROUNDS))
    edits = dict.fromkeys(best, 0) | {"… + rapidfuzz opcodes as ledger": with_diff()}
    for name in ("jiaokan stages with ledger", written):
        edits[name] = sum(len(change.steps) for ledger in ledgers for change in ledger.changes)
    base, other = best["opencc t2s alone"], best["… + rapidfuzz opcodes as ledger"]
    rows = []
    for name, spent in best.items():
        each: Cell = 1e6 * spent / edits[name] if edits[name] else "-"
        count: Cell = edits[name] or "-"
        row = (name, material.megabytes / spent, base / spent, other / spent, count, each)
        rows.append(row)
    columns = ("what", "MB/s", "× opencc", "× chain with ledger", "edits", "µs an edit")
    size = f"{len(texts)} pages, {material.megabytes:.2f} MB of UTF-8; best of {ROUNDS}"
    return Table("throughput, MB of UTF-8 a CPU second", columns, tuple(rows), (size,))


def _kinds(materials: Sequence[Material], rules: Rulebook) -> Table:
    """The same on pages that need less."""
    clean = chain()
    rows = []
    for one in materials:
        texts = [page.text for page in one.pages]
        jobs: tuple[Callable[[], object], ...] = (
            lambda texts=texts: _all(map(clean, texts)),
            lambda texts=texts: _all(diff(text, clean(text)) for text in texts),
            lambda one=one: _all(ledger_of(page, rules) for page in one.pages),
        )
        best = [min(cpu(job) for _ in range(ROUNDS)) for job in jobs]
        edits = sum(len(ledger_of(page, rules).changes) for page in one.pages)
        speeds = [one.megabytes / spent for spent in best]
        ratios = best[0] / best[2], best[1] / best[2]
        rows.append((one.kind, edits / one.megabytes, *speeds, *ratios))
    columns = (
        "pages",
        "changes/MB",
        "chain",
        "… with ledger",
        "jiaokan",
        "× chain",
        "× with ledger",
    )
    return Table("by kind of page, MB a CPU second", columns, tuple(rows))


def _growth(options: Options) -> Table:
    """How time and memory grow with one page, each in a process of its own."""
    rows = []
    for size in SIZES:
        command = [sys.executable, "-m", "bench.grown", str(options.seed), str(size)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        found = json.loads(done.stdout)
        rows.append(
            (
                found["bytes"],
                found["seconds"],
                found["bytes"] / found["seconds"] / 1e6,
                found["peak MB"],
            )
        )
    columns = ("bytes", "CPU s", "MB/s", "peak MB")
    note = "dense pages put together to one; stages and ledger, everything loaded; best of 3"
    return Table("one page, growing", columns, tuple(rows), (note,))


def _profile(material: Material, rules: Rulebook) -> Table:
    clocks = []
    for _ in range(ROUNDS):
        clock = Clock()
        with clock.around(HOOKS), clock.around_stages():
            whole = cpu(lambda: _all(ledger_of(page, rules) for page in material.pages))
        clocks.append((whole, clock))
    whole, clock = min(clocks, key=lambda pair: pair[0])
    parts = [stage.name for stage in STAGES]
    parts += [part for part in clock.seconds if part not in parts]
    rows = [_row(part, clock.seconds[part], clock.edits[part], whole, material) for part in parts]
    rest = whole - sum(clock.seconds.values())
    rows.append(_row("the rest", rest, 0, whole, material))
    rows.append(_row("all", whole, clock.edits.total(), whole, material))
    columns = ("part", "ms/MB", "share", "edits", "µs an edit")
    notes = tuple(f"no longer there: {name}" for name in clock.missing)
    return Table("where the stages' CPU time goes", columns, tuple(rows), notes)


def _row(part: str, spent: float, edits: int, whole: float, material: Material) -> tuple[Cell, ...]:
    each: Cell = 1e6 * spent / edits if edits else "-"
    return part, 1e3 * spent / material.megabytes, spent / whole, edits or "-", each
