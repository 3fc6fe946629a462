"""Pages that show no sign of interleaving keep their order, without any search.

Columns that ran into each other break sentences off: a block stops in
mid-sentence and the next one does not take it up. Where every block ends as a
paragraph does, or runs on into the next, the page is in order.
"""

import numpy as np

from jiaokan.stitch.decide import Prepared, Reading
from jiaokan.stitch.joins import weigh
from jiaokan.stitch.weights import Weights

RUNS_ON = -2.0
"""Bits by which the next block must read better as a continuation than as a paragraph's start."""
LIST_FOLLOWS = "：:；;"
"""Marks behind which a list's or a speech's next line stands."""


def in_order(page: Prepared, text: str, weights: Weights) -> Reading | None:
    """The page as it stands; None where something shows that it is not in order."""
    if not _unbroken(page, text):
        return None
    items, streams = page.items, len(page.headings) + 1
    stream: list[int] = []
    previous: list[int] = []
    last = [len(items)] * streams
    closed: set[int] = set()
    current = streams - 1
    for index, item in enumerate(items):
        if item.kind == "heading":
            current = item.article
        elif item.kind == "affiliation":
            if current in closed or current == streams - 1:
                without = [k for k in range(streams - 1) if k not in closed and last[k] < index]
                if not without:
                    return None
                current = without[-1]
            closed.add(current)
        elif current in closed:
            return None  # text behind an article's end
        stream.append(current)
        previous.append(last[current])
        last[current] = index
    shares = np.zeros((len(items), streams), np.float32)
    shares[np.arange(len(items)), stream] = 1
    return Reading(
        items,
        page.headings,
        weigh(items, page.facts, weights),
        tuple(stream),
        tuple(previous),
        tuple({before: 1.0} for before in previous),
        shares,
    )


def _unbroken(page: Prepared, text: str) -> bool:
    """Whether no atom breaks off without the next item's taking it up."""
    facts = page.facts
    for index, item in enumerate(page.items):
        if item.kind != "atom" or item.subhead or facts.stops[index]:
            continue
        following = page.items[index + 1] if index + 1 < len(page.items) else None
        if following is None or following.kind != "atom":
            return False
        if text[item.end - 1] in LIST_FOLLOWS:
            continue
        if facts.glued[index, index + 1] - facts.starts[index + 1] < RUNS_ON:
            return False
    return True
