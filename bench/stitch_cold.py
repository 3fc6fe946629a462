"""Stitching one page in a fresh process: `python -m bench.stitch_cold RAW RUNS` prints JSON.

CPU milliseconds of stitching alone, by counts and with the network, the median of RUNS; the highest
memory so far, in 10^6 bytes; and how fast this machine is at that moment: MB of UTF-8 that OpenCC
converts in a CPU second, of the same page. Without arguments: CPU milliseconds that loading the
models takes.
"""

import json
import math
import resource
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from bench.clock import cpu

PACED = 4.0
"""MB that are converted to see how fast the machine is"""


def main(arguments: Sequence[str]) -> None:
    """Load, stitch, say what it took."""
    from jiaokan.language import load, towers

    if not arguments:
        loads = {"counts": 1e3 * cpu(load), "network": 1e3 * cpu(towers.load)}
        print(json.dumps(loads))
        return
    raw, runs = Path(arguments[0]).read_text("utf-8"), int(arguments[1])
    found: dict[str, float] = {}
    from jiaokan.cleaning import context_of, run_stages
    from jiaokan.columns.unfold import unfold
    from jiaokan.rulebook import load as load_rules
    from jiaokan.settings import Settings
    from jiaokan.stitch.stitching import stitch

    context = context_of(raw, load_rules(), "auto")
    unfolded = unfold(raw, neural=False)
    trace, _ = run_stages(unfolded.text, context, unfolded.allows)
    for name, settings in (("counts", Settings(neural=False)), ("network", Settings())):
        stitch(trace, context, settings)
        asked = towers.load.cache_info().currsize > 0
        spent = [
            cpu(lambda settings=settings: stitch(trace, context, settings)) for _ in range(runs)
        ]
        found |= {name: 1e3 * median(spent), f"{name}: peak MB": peak(), "asked": float(asked)}
    print(json.dumps(found | {"opencc": pace(raw)}))


def pace(raw: str) -> float:
    """MB of the page's UTF-8 that OpenCC converts in a CPU second."""
    from opencc import OpenCC

    convert, size = OpenCC("t2s").convert, len(raw.encode()) / 1e6
    times = math.ceil(PACED / size)

    def often() -> None:
        for _ in range(times):
            convert(raw)

    often()
    return times * size / cpu(often)


def peak() -> float:
    """The process's highest memory so far, in 10^6 bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6


if __name__ == "__main__":
    main(sys.argv[1:])
