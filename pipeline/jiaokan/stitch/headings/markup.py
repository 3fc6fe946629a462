"""Lines that the raw page marks as headings: by Markdown's #, HTML's h1 to h6, or as bold whole.

The marks themselves are gone (`jiaokan.stages.markup`); the trace knows where they stood. A model
that writes them has seen the page, large type included, so that such a line is a heading of some
kind. Which one it is, title, kicker or sub-heading, is told by its level and by all that tells
headings on other pages.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from jiaokan.stages.markup import EMPHASIS, HEADING, TAG
from jiaokan.stitch.blocks import Block, short
from jiaokan.trace import Trace

BOLD = 9
"""The level of a line that is bold as a whole."""
TAGS = re.compile("<h([1-6])", re.I)


def marked(found: Sequence[Block], trace: Trace) -> list[Block]:
    """The blocks with the levels of the heading marks that stood before them."""
    levels = _levels(trace)
    bold = _places(trace, EMPHASIS)
    if not levels and not bold:
        return list(found)
    result: list[Block] = []
    for block in found:
        level = levels.get(block.start, 0)
        if not level and bold[block.start] and bold[block.end]:
            inside = sum(count for at, count in bold.items() if block.start <= at <= block.end)
            level = BOLD if inside == 2 else 0
        result.append(replace(block, mark=level))
    return result


def _levels(trace: Trace) -> dict[int, int]:
    """Where heading marks stood, in the text as it reads now, and their levels."""
    levels: dict[int, int] = {}
    _, ends, _ = trace.kept.spans
    for row in trace.kept.made_by(HEADING):
        levels[int(ends[row])] = trace.kept.olds[row].count("#")
    for row in trace.kept.made_by(TAG):
        tag = TAGS.search(trace.kept.olds[row])
        if tag:
            levels[int(ends[row])] = int(tag[1])
    return levels


def _places(trace: Trace, rule: str) -> Counter[int]:
    _, ends, _ = trace.kept.spans
    return Counter(ends[trace.kept.made_by(rule)].tolist())


def title_level(found: Sequence[Block]) -> int:
    """The level at which the page's titles stand, 0 where no line is marked: the deepest that has
    an author's line below it; the highest, where it heads a text; or else the highest that more
    lines than one have."""
    signed = [
        above.mark for above, below in pairwise(found) if above.mark and below.role == "byline"
    ]
    if signed:
        return max((level for level in signed if level < BOLD), default=BOLD)
    counts = Counter(block.mark for block in found if block.mark)
    first = next((at for at, block in enumerate(found[:-1]) if block.mark), None)
    if first is not None and found[first].mark == min(counts):
        below = found[first + 1]
        if below.role == "body" and not below.mark and not short(below):
            return found[first].mark
    often = [level for level, count in counts.items() if count > 1]
    return min(often or counts, default=0)
