"""One large page in a fresh process: `python -m bench.grown SEED BYTES` prints JSON.

CPU seconds of the character stages and the ledger, and the process's highest memory in 10^6 bytes.
"""

import json
import resource
import sys
from collections.abc import Sequence

from jiaokan.page import Decoding, Page
from jiaokan.rulebook import load

from bench.clock import cpu
from bench.sample_pages import sample_pages
from bench.speed import ROUNDS, ledger_of


def main(arguments: Sequence[str]) -> None:
    """Put pages together until there are enough bytes, and clean what came of it."""
    seed, size = map(int, arguments)
    parts: list[str] = []
    left = size
    for raw in sample_pages(seed):
        part = raw.encode()[:left].decode("utf-8", "ignore")
        parts.append(part)
        left -= len(part.encode())
        if left < 3:
            break
    text = "".join(parts)
    page = Page("page.txt", text.encode(), Decoding("utf-8", "utf-8"), text)
    rules = load()
    ledger_of(Page("small.txt", b"", page.decoding, parts[0][:2000]), rules)
    seconds = min(cpu(lambda: ledger_of(page, rules)) for _ in range(ROUNDS))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
    print(json.dumps({"bytes": len(page.data), "seconds": seconds, "peak MB": peak}))


if __name__ == "__main__":
    main(sys.argv[1:])
