"""Pages that show no sign of interleaving keep their order, unless very much speaks against it.

Columns that ran into each other break sentences off: a block stops in
mid-sentence and the next one does not take it up. Where every block ends as a
paragraph does, or runs on into the next, the page is in order as far as one
can see; what could still be wrong is seams inside of lines and at paragraphs'
ends.
"""

from collections.abc import Sequence

import numpy as np

from jiaokan.language.towers import Seen
from jiaokan.stitch.confidence import trusted
from jiaokan.stitch.decide import Prepared, Reading, inside, worth
from jiaokan.stitch.items import Item
from jiaokan.stitch.joins import weigh
from jiaokan.stitch.weights import Weights

RUNS_ON = -2.0
"""Bits by which the next block must read better as a continuation than as a paragraph's start."""
READS_ON = 2.0
"""Bits of the network from which on it does. Of generated pages in order each break had more; of
200 whose columns ran into each other few had as much at every break."""
SURE = 20.0
"""Bits by which another reading of such a page must be better than its order."""
RATHER = 6.0
"""The same for a page that shows breaks."""
ASSURED = 0.6
"""Confidence of one seam at least without which a page keeps its order."""
LIST_FOLLOWS = "：:；;"
"""Marks behind which a list's or a speech's next line stands."""


def in_place(page: Prepared, weights: Weights) -> Reading | None:
    """The page as it stands; None where no article can stand in one piece."""
    stream = natural(page.items, len(page.headings) + 1)
    return None if stream is None else as_it_stands(page, stream, weights)


def natural(items: Sequence[Item], streams: int) -> list[int] | None:
    """The stream of each item where every article stands in one piece behind its heading."""
    result: list[int] = []
    seen: set[int] = set()
    closed: set[int] = set()
    current = streams - 1
    for item in items:
        if item.kind == "heading":
            current = item.article
        elif item.kind == "affiliation":
            if current in closed or current == streams - 1:
                without = [k for k in range(streams - 1) if k not in closed and k in seen]
                if not without:
                    return None
                current = without[-1]
            closed.add(current)
        elif current in closed:
            return None  # text behind an article's end
        result.append(current)
        seen.add(current)
    return result


def as_it_stands(page: Prepared, stream: Sequence[int], weights: Weights) -> Reading:
    """The reading of these streams, each sure."""
    count, streams = len(page.items), len(page.headings) + 1
    last = [count] * streams
    previous: list[int] = []
    for index, one in enumerate(stream):
        previous.append(last[one])
        last[one] = index
    shares = np.zeros((count, streams), np.float32)
    shares[np.arange(count), list(stream)] = 1
    return Reading(
        page.items,
        page.headings,
        weigh(page.items, page.facts, weights),
        tuple(stream),
        tuple(previous),
        tuple({before: 1.0} for before in previous),
        shares,
    )


def interleaved(page: Prepared, reading: Reading, weights: Weights, margin: float) -> bool:
    """Whether the reading is better than the page's own order, by so many bits."""
    stream = natural(page.items, len(page.headings) + 1)
    if stream is None:
        return True
    return worth(page, weights, reading.stream) - worth(page, weights, stream) > margin


def assured(reading: Reading) -> bool:
    """Whether the reading joins two parts of which it is fairly sure: a page whose columns ran into
    each other has one such seam at least, and doubts alone are no ground to leave the order."""
    items = reading.items
    return any(
        trusted(reading.chances[right].get(left, 0.0), inside(items, left, right)) >= ASSURED
        for right, left in enumerate(reading.previous)
        if left != right - 1 and left < len(items)
        if items[left].kind == items[right].kind == "atom"
    )


def unbroken(page: Prepared, text: str, network: Seen | None = None) -> bool:
    """Whether no atom breaks off without the next item's taking it up.

    The network sees whole lines: where it reads on, the counts' five characters prove no break.
    """
    facts = page.facts
    for index, item in enumerate(page.items):
        if item.kind != "atom" or item.subhead or facts.stops[index]:
            continue
        following = page.items[index + 1] if index + 1 < len(page.items) else None
        if following is None or following.kind != "atom":
            return False
        if text[item.end - 1] in LIST_FOLLOWS:
            continue
        if facts.glued[index, index + 1] - facts.starts[index + 1] < RUNS_ON and not (
            network and _reads_on(network, item, following)
        ):
            return False
    return True


def _reads_on(network: Seen, item: Item, following: Item) -> bool:
    return float(network.pairs(np.array([item.end]), np.array([following.start]))[0]) >= READS_ON
