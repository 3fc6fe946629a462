"""`python -m bench [NAME…]`: measurements of accuracy and speed, each a few tables.

What was measured is kept in .bench/results.json with the machine's kind and the date;
`python -m bench --markdown` prints that as Markdown and measures nothing.
"""

import json
import os
import platform
import time
from collections.abc import Callable, Sequence
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from bench.kinds import KINDS
from bench.result import Options, Skipped, Table
from bench.tables import as_text, results_as_markdown, told

BENCHES = {
    "accuracy": "bench.accuracy",
    "stitching": "bench.stitching",
    "printed": "bench.printed",
    "clean-text": "bench.clean_text",
    "mixed-script": "bench.mixed_script",
    "speed": "bench.speed",
    "rules-speed": "bench.rules_speed",
    "page": "bench.one_page",
    "stitching-speed": "bench.stitch_speed",
    "language": "bench.language",
    "rules-accuracy": "bench.rules_accuracy",
    "rules-learn": "bench.rules_learn",
    "batch": "bench.batch",
    "beside": "bench.beside",
    "kills": "bench.soak_kills",
    "records": "bench.records",
    "ray": "bench.ray_nodes",
    "report": "bench.report_view",
}
"""Name → module with `tables(options)`, in the order of the run."""


@click.command
@click.argument("names", nargs=-1, type=click.Choice(list(BENCHES)), metavar="[NAME]...")
@click.option("--shared", type=click.Path(path_type=Path), default=Path("../shared"))
@click.option("--pages", default=40, show_default=True, help="Pages a kind (stitching, printed).")
@click.option(
    "--kinds",
    multiple=True,
    type=click.Choice(list(KINDS)),
    help="Only these kinds of pages (stitching).",
)
@click.option("--chars", default=10_000_000, show_default=True, help="Clean text (clean-text).")
@click.option("--megabytes", default=2.0, show_default=True, help="Pages, UTF-8 (speed).")
@click.option("--processes", default=2, show_default=True, help="For what is not timed.")
@click.option("--seed", default=7, show_default=True, help="Of generated pages.")
@click.option("--most-pages", default=10_000, show_default=True, help="Largest run (batch).")
@click.option("--most-bytes", default=10_000_000, show_default=True, help="Largest page (batch).")
@click.option("--out", type=click.Path(path_type=Path), default=Path(".bench/results.json"))
@click.option("--markdown", is_flag=True, help="Print what is in --out as Markdown; run nothing.")
def main(
    names: tuple[str, ...],
    shared: Path,
    pages: int,
    kinds: tuple[str, ...],
    chars: int,
    megabytes: float,
    processes: int,
    seed: int,
    most_pages: int,
    most_bytes: int,
    out: Path,
    markdown: bool,
) -> None:
    """Measure accuracy and speed: NAMEs of

    accuracy, stitching, printed, clean-text, mixed-script, speed, rules-speed, page,
    stitching-speed, language, rules-learn, rules-accuracy, batch, beside, kills, records, ray,
    report; all without NAME.

    What needs --shared and does not find it is skipped, and says so.
    """
    chosen = [name for name in BENCHES if not names or name in names]
    stored = json.loads(out.read_text("utf-8")) if out.exists() else {}
    if markdown:
        click.echo(results_as_markdown(stored, chosen))
        return
    options = Options(
        shared, pages, chars, megabytes, processes, seed, kinds, most_pages, most_bytes
    )
    machine = machine_kind()
    click.echo(f"{told(machine)}; {date.today().isoformat()}")
    for name in chosen:
        stored[name] = {"machine": machine, **measure(import_module(BENCHES[name]).tables, options)}
        click.echo(f"\n== {name} ({stored[name]['seconds']} s)\n")
        _print(stored[name])
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(json.dumps(stored, ensure_ascii=False, indent=1) + "\n", "utf-8")


def measure(tables: Callable[[Options], Sequence[Table]], options: Options) -> dict[str, Any]:
    """One measurement as it is kept; `seconds` is wall time."""
    start = time.perf_counter()
    skipped, found = "", list[Table]()
    try:
        found += tables(options)
    except Skipped as reason:
        skipped = str(reason)
    return {
        "date": date.today().isoformat(),
        "seconds": round(time.perf_counter() - start, 1),
        "skipped": skipped,
        "tables": [table.as_tree() for table in found],
    }


def machine_kind() -> dict[str, Any]:
    """Processor, cores and Python; nothing that names the machine itself."""
    cpu = platform.processor() or platform.machine()
    known = Path("/proc/cpuinfo")
    if known.exists():
        lines = known.read_text("utf-8", "replace").splitlines()
        cpu = next((s.split(":", 1)[1].strip() for s in lines if s.startswith("model name")), cpu)
    return {"cpu": cpu, "cores": os.cpu_count(), "python": platform.python_version()}


def _print(one: dict[str, Any]) -> None:
    if one["skipped"]:
        click.echo(f"skipped: {one['skipped']}")
    for tree in one["tables"]:
        click.echo(as_text(Table.of_tree(tree)) + "\n")


if __name__ == "__main__":
    main()
