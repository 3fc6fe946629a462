"""Stitching alone by the page's size: time and memory, interleaved and in order.

Each page in a fresh process; character stages are over, models are loaded. The last column says how
fast the machine was at that moment: times compare by it.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench.result import Cell, Options, Table
from bench.sized_pages import ON_PAGE, sized_page

RUNS = 3
"""of which the median is taken"""


def tables(options: Options) -> list[Table]:
    """By size, and what loading the models takes."""
    rows: list[tuple[Cell, ...]] = []
    loads = [_asked() for _ in range(RUNS)]
    with TemporaryDirectory() as folder:
        for interleaved in (True, False):
            for kilobytes, articles in ON_PAGE.items():
                raw = Path(folder, "page.txt")
                raw.write_text(sized_page(kilobytes, interleaved, options.seed), "utf-8")
                found = stitched(raw)
                rows.append(
                    (
                        "interleaved" if interleaved else "in order",
                        raw.stat().st_size,
                        articles,
                        found["counts"],
                        found["counts: peak MB"],
                        found["network"],
                        found["network: peak MB"],
                        "yes" if found["asked"] else "no",
                        found["opencc"],
                    )
                )
    columns = (
        "page",
        "bytes",
        "articles",
        "counts, CPU ms",
        "peak MB",
        "with network, CPU ms",
        "peak MB, with network",
        "network asked",
        "opencc meanwhile, MB/s",
    )
    loaded = [
        ("counts", median(one["counts"] for one in loads)),
        ("network, only where it is asked", median(one["network"] for one in loads)),
    ]
    return [
        Table(f"stitching alone, median of {RUNS}, by the page's size", columns, tuple(rows)),
        Table("loading the models, CPU ms", ("model", "ms"), tuple(loaded)),
    ]


def stitched(raw: Path) -> dict[str, float]:
    """What `bench.stitch_cold` says of a page; one thread for matrix products."""
    return _asked(str(raw), str(RUNS))


def _asked(*arguments: str) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.stitch_cold", *arguments]
    alone = os.environ | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=alone)
    found: dict[str, float] = json.loads(done.stdout)
    return found
