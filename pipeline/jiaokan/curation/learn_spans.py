"""Raw spans of a page, and what several versions of the page make of them."""

from collections.abc import Sequence

from jiaokan.trace import Trace


def widened(traces: Sequence[Trace], start: int, end: int) -> tuple[int, int]:
    """The least raw span around another one in which no change is cut."""
    again = True
    while again:
        again = False
        for trace in traces:
            for change in trace.changes:
                if change.start > end:
                    break
                touches = change.start < end and start < change.end
                touches = touches or (change.start == change.end and start <= change.start <= end)
                if touches and not (start <= change.start and change.end <= end):
                    start, end = min(start, change.start), max(end, change.end)
                    again = True
    return start, end


def reading(trace: Trace, start: int, end: int) -> str:
    """What a raw span that cuts no change reads like."""
    parts: list[str] = []
    last = start
    for change in trace.changes:
        if change.start > end:
            break
        if start <= change.start and change.end <= end:
            parts += trace.raw[last : change.start], change.new
            last = change.end
    parts.append(trace.raw[last:end])
    return "".join(parts)
