"""One page in a fresh process: `python -m bench.cold RAW CLEAN` prints JSON.

CPU milliseconds since the process began, step by step, and its highest memory in 10^6 bytes.
"""

import json
import resource
import sys
import time
from collections.abc import Sequence
from pathlib import Path


def main(arguments: Sequence[str]) -> None:
    """Load what a run loads, clean the page once, say what it took."""
    raw, clean = map(Path, arguments)
    marks = [("interpreter", time.process_time())]
    import jiaokan.cli  # noqa: F401  (what the command line brings with it)
    from jiaokan.batch.plan import plan
    from jiaokan.batch.run import run
    from jiaokan.rulebook import load as load_rules
    from jiaokan.settings import Settings

    marks.append(("imports", time.process_time()))
    rules = load_rules()
    rules.protected("")
    marks.append(("rules", time.process_time()))
    from jiaokan.language import load as load_model

    load_model()
    marks.append(("model (and numpy)", time.process_time()))
    failed = [outcome.error for outcome in run(plan(raw, clean), rules, Settings())]
    marks.append(("first page", time.process_time()))
    if any(failed):
        raise SystemExit("; ".join(failed))
    last, steps = 0.0, {}
    for name, at in marks:
        steps[name], last = 1e3 * (at - last), at
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
    print(json.dumps({"ms": steps, "peak MB": peak}))


if __name__ == "__main__":
    main(sys.argv[1:])
