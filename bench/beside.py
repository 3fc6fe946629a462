"""Whole runs beside the script that a user would write today: files in, files and a ledger out.

Both read and write every page, by one process on one core; CPU seconds, everything loaded, the best
of ROUNDS. The script is `bench.chain` and makes its ledger afterwards, by a comparison of old and
new text. It puts no articles together, keeps nothing safe from a kill, and does every page again
each time.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from jiaokan.batch.plan import plan
from jiaokan.batch.run import Way, run
from jiaokan.rulebook import load
from jiaokan.settings import Settings

from bench.batch import text_of
from bench.chain import Opcodes, chain, diff
from bench.clock import cpu
from bench.result import Cell, Options, Table
from bench.sample_pages import sample_pages

ROUNDS = 2
PAGES = 12
SLOW = 2
"""pages for difflib, which takes seconds a page"""

Differ = Callable[[str, str], Opcodes]


@dataclass(frozen=True, slots=True)
class Timed:
    """One way to do the pages."""

    what: str
    seconds: float
    """Of CPU."""
    megabytes: float
    edits: int

    @property
    def speed(self) -> float:
        """MB a CPU second."""
        return self.megabytes / self.seconds


def tables(options: Options) -> list[Table]:
    """Pages in order, and interleaved ones."""
    in_order = [text_of(20_000, number) for number in range(PAGES)]
    woven = [text.encode() for text in islice(sample_pages(options.seed), PAGES)]
    kinds = (("pages in order", in_order), ("interleaved pages", woven))
    return [_beside(kind, pages) for kind, pages in kinds]


def _beside(kind: str, pages: list[bytes]) -> Table:
    with TemporaryDirectory() as name:
        folder = Path(name)
        raw = folder / "raw"
        raw.mkdir()
        for number, data in enumerate(pages):
            (raw / f"{number:02}.txt").write_bytes(data)
        timed = [*_scripts(raw, folder / "script"), *_runs(raw, folder)]
    size = sum(map(len, pages)) / 1e6
    chains = [1 / one.speed for one in timed if one.what.startswith("chain")]
    rows: list[tuple[Cell, ...]] = []
    for one in timed:
        each: Cell = 1e6 * one.seconds / one.edits if one.edits else "-"
        against = [spent * one.speed for spent in chains]
        rows.append((one.what, one.speed, 1e3 / one.speed, each, *against))
    columns = ("what", "MB/CPU s", "CPU ms/MB", "µs an edit", *(f"× {name}" for name in CHAINS))
    note = f"{len(pages)} pages of {1e3 * size / len(pages):.0f} KB ({SLOW} of them for difflib)"
    return Table(f"{kind}, files in, files out", columns, tuple(rows), (note,))


def _scripts(raw: Path, out: Path) -> Iterator[Timed]:
    clean = chain()
    for what, differ in CHAINS.items():
        paths = sorted(raw.glob("*.txt"))[: SLOW if differ is _difflib else None]

        def once(paths: list[Path] = paths, differ: Differ | None = differ) -> int:
            return script(paths, out, clean, differ)

        yield _timed(what, once, paths)


def _runs(raw: Path, folder: Path) -> Iterator[Timed]:
    rules = load()
    for what, neural in (("jiaokan", True), ("jiaokan --no-neural", False)):

        def once(what: str = what, neural: bool = neural) -> int:
            todo = plan(raw, folder / what)
            outcomes = run(todo, rules, Settings(neural=neural), way=Way(force=True))
            return sum(outcome.changes for outcome in outcomes)

        yield _timed(what, once, sorted(raw.glob("*.txt")))


def _timed(what: str, once: Callable[[], int], paths: list[Path]) -> Timed:
    edits = once()
    seconds = min(cpu(once) for _ in range(ROUNDS))
    return Timed(what, seconds, sum(path.stat().st_size for path in paths) / 1e6, edits)


def script(paths: list[Path], out: Path, clean: Callable[[str], str], differ: Differ | None) -> int:
    """What a user's script does; how many edits its ledger has."""
    out.mkdir(exist_ok=True)
    edits = 0
    for path in paths:
        text = path.read_bytes().decode()
        new = clean(text)
        (out / path.name).write_bytes(new.encode())
        if differ:
            found = differ(text, new)
            ledger = [(*op, text[op[1] : op[2]], new[op[3] : op[4]]) for op in found]
            edits += len(ledger)
            data = json.dumps(ledger, ensure_ascii=False).encode()
            (out / f"{path.stem}.ledger.json").write_bytes(data)
    return edits


def _difflib(old: str, new: str) -> Opcodes:
    found = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [op for op in found if op[0] != "equal"]


CHAINS: dict[str, Differ | None] = {
    "chain, no ledger": None,
    "chain + rapidfuzz": diff,
    "chain + difflib": _difflib,
}
