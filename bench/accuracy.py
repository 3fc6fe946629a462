"""Whole runs against gold: the project's own samples, and the pages that lie in --shared."""

import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from jiaokan.batch.plan import plan
from jiaokan.batch.run import run
from jiaokan.rulebook import load
from jiaokan.settings import Settings

from bench.real_lines import real_lines
from bench.result import Cell, Options, Table
from bench.score import COLUMNS, Score, score_folders

ROOT = Path(__file__).parents[1]
GOLD = ROOT / "tests" / "gold"


def tables(options: Options) -> list[Table]:
    """Own samples page by page; pages of --shared by kind, by our scorer and by its own."""
    with TemporaryDirectory() as folder:
        found = [_samples(Path(folder) / "samples")]
        pages = options.shared / "pages"
        if pages.is_dir():
            found += _shared(options.shared, Path(folder) / "shared")
        else:
            note = f"skipped: the pages are not there: {pages} (give --shared)"
            found.append(Table("pages of --shared", (), (), (note,)))
    return found


def clean_folder(raw: Path, clean: Path) -> tuple[str, ...]:
    """Run over a folder as `jiaokan run` does; the errors of pages that failed."""
    outcomes = run(plan(raw, clean), load(), Settings())
    return tuple(outcome.error for outcome in outcomes if outcome.error)


def score_table(title: str, scores: dict[str, Score], notes: tuple[str, ...] = ()) -> Table:
    """Scores as a table, one row a kind."""
    rows = tuple((kind, *score.cells()) for kind, score in scores.items())
    return Table(title, ("kind", *COLUMNS), rows, notes)


def _samples(folder: Path) -> Table:
    errors = clean_folder(ROOT / "raw", folder)
    return score_table("own samples: raw/ against tests/gold", _scores(GOLD, folder), errors)


def _scores(gold: Path, clean: Path) -> dict[str, Score]:
    return score_folders(gold, clean, lambda stem: stem)


def _shared(shared: Path, folder: Path) -> list[Table]:
    raw, gold, clean = (folder / name for name in ("raw", "gold", "clean"))
    for path in (raw, gold):
        path.mkdir(parents=True)
    pages = shared / "pages"
    shutil.copy(pages / "theory-page" / "raw.txt", raw / "theory-page.txt")
    shutil.copy(pages / "theory-page" / "gold.json", gold / "theory-page.json")
    for path in (pages / "ocr" / "raw").glob("*.txt"):
        shutil.copy(path, raw)
        shutil.copy(pages / "ocr" / "gold" / f"{path.stem}.json", gold)
    errors = clean_folder(raw, clean)
    own = score_folders(gold, clean, lambda stem: stem.split("-")[0])
    return [
        score_table("pages of --shared", own, errors),
        _judged(shared / "score.py", gold, clean),
        real_lines(pages / "ocr"),
    ]


def _judged(script: Path, gold: Path, clean: Path) -> Table:
    """What the scorer of --shared says."""
    title = "the same by score.py of --shared"
    if not script.exists():
        return Table(title, (), (), (f"skipped: it is not there: {script}",))
    command = [sys.executable, str(script), str(gold), str(clean)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode:
        return Table(title, (), (), (f"it failed: {done.stderr.strip().splitlines()[-1]}",))
    head, *rows = (line.split() for line in done.stdout.splitlines() if line.strip())
    return Table(title, tuple(head), tuple(tuple(map(_cell, row)) for row in rows))


def _cell(text: str) -> Cell:
    try:
        return int(text) if text.isdigit() else float(text)
    except ValueError:
        return text
