"""Memory that is freed is kept for the next page, and given back where that is asked."""

import subprocess
import sys

import pytest
from jiaokan import malloc

PAGES = """
import resource, numpy, sys
from jiaokan import malloc
if sys.argv[1] in ("keep", "sparing"):
    malloc.keep_freed()
if sys.argv[1] == "sparing":
    with malloc.sparing():
        for _ in range(4):
            large = numpy.ones(20 << 20, numpy.uint8)
            held = int(open("/proc/self/statm").read().split()[1])
            del large
            assert held - int(open("/proc/self/statm").read().split()[1]) > 4_000

def page():
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    parts = [numpy.ones((30 << 20) - 4096, numpy.uint8) for _ in range(2)]
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before

faults = [page() for _ in range(4)]
held = int(open("/proc/self/statm").read().split()[1])
malloc.trim_heap()
print(faults[-1], held - int(open("/proc/self/statm").read().split()[1]))
"""


def faults_and_given(how: str) -> tuple[int, int]:
    """Pages of memory that the last of some alike allocations took anew, and that were given
    back in the end."""
    command = [sys.executable, "-c", PAGES, how]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    taken, given = map(int, done.stdout.split())
    return taken, given


@pytest.mark.skipif(
    not hasattr(malloc._library(), "mallopt"), reason="not the C library that can be asked"
)
def test_what_a_page_freed_serves_the_next_one() -> None:
    kept, given = faults_and_given("keep")
    without, _ = faults_and_given("")
    assert kept * 10 < without
    assert given > 10_000
    again, _ = faults_and_given("sparing")
    assert again * 10 < without, "behind a large file memory is kept again"


def test_where_the_library_cannot_be_asked_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    malloc.keep_freed()
    with malloc.sparing():
        malloc.trim_heap()
