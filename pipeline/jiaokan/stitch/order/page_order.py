"""The page's own order as a reading of it, and where that order breaks. Whether the page leaves it,
`jiaokan.stitch.order.gate` says.

Columns that ran into each other break sentences off: a block stops in
mid-sentence and the next one does not take it up. Where every block ends as a
paragraph does, or runs on into the next, the page is in order as far as one
can see; what could still be wrong is seams inside of lines and at paragraphs'
ends.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from jiaokan.language.towers import Seen
from jiaokan.stitch.blocks import WIDEST_TITLE, Block, closed, short
from jiaokan.stitch.headings.features import numbered
from jiaokan.stitch.items import BODY_ROLES, Item
from jiaokan.stitch.seams.joins import weigh
from jiaokan.stitch.search.decide import Prepared, Reading, prepare
from jiaokan.stitch.weights import Weights

RUNS_ON = -2.0
"""Bits by which the next block must read better as a continuation than as a paragraph's start."""
READS_ON = 2.0
"""Bits of the network from which on it does. Of generated pages in order each break had more; of
200 whose columns ran into each other few had as much at every break."""
LIST_FOLLOWS = "：:；;"
"""Marks behind which a list's or a speech's next line stands."""


def has_order(page: Prepared) -> bool:
    """Whether every article can stand in one piece: no text stands behind an article's end."""
    return natural(page.items, len(page.headings) + 1) is not None


def ends_twice(page: Prepared) -> int:
    """How many articles end again behind text below their end; 0 where not just as many others
    never end.

    Where every article is signed at its end, so many columns ran into each other.
    """
    untitled = len(page.headings)
    closed: set[int] = set()
    current, again, behind = untitled, 0, False
    for item in page.items:
        if item.kind == "heading":
            current, behind = item.article, False
        elif item.kind == "affiliation":
            again += behind
            closed.add(current)
            behind = False
        else:
            behind = current in closed
    return again if again == len(page.headings) - len(closed - {untitled}) else 0


def put_in_place(
    text: str,
    found: Sequence[Block],
    page: Prepared,
    weights: Weights,
    network: Seen | None = None,
) -> Reading:
    """The page as it stands, in any case: text behind an article's end is an article whose title
    is missing or was not seen."""
    if not has_order(page):
        page = prepare(text, _titles_behind_ends(found), {}, network, untitled=True) or page
    return as_it_stands(page, _standing(page.items, len(page.headings) + 1)[0], weights)


def _titles_behind_ends(found: Sequence[Block]) -> list[Block]:
    """The blocks; a short line between an article's end and text is that text's title."""
    result = list(found)
    near = [at for at, block in enumerate(found) if block.role != "furniture"]
    for above, at, below in zip(near, near[1:], near[2:], strict=False):
        line, text = found[at], found[below]
        if (
            found[above].role in ("affiliation", "signature")
            and line.role in BODY_ROLES
            and short(line)
            and not numbered(line)
            and text.role == "body"
            and (len(text.text) > WIDEST_TITLE or closed(text.text))
        ):
            result[at] = replace(line, role="title", rule="layout.title")
    return result


def natural(items: Sequence[Item], streams: int) -> list[int] | None:
    """The stream of each item where every article stands in one piece behind its heading; None
    where text stands behind an article's end."""
    stream, whole = _standing(items, streams)
    return stream if whole else None


def _standing(items: Sequence[Item], streams: int) -> tuple[list[int], bool]:
    """The stream of each item as the page stands, and whether no text is behind an article's end.

    An affiliation behind another one, as at the page's foot, is the last article's that lacks one.
    """
    result: list[int] = []
    closed: set[int] = set()
    current, whole = streams - 1, True
    for item in items:
        if item.kind == "heading":
            current = item.article
        elif item.kind == "affiliation":
            if current in closed or current == streams - 1:
                lacking = set(result) - closed - {streams - 1}
                current = max(lacking, default=current)
            closed.add(current)
        else:
            whole &= current not in closed
        result.append(current)
    return result, whole


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


def breaks(
    page: Prepared, text: str, network: Seen | None = None, longer: int = 0
) -> Iterator[bool]:
    """For each atom of more characters than `longer` that stops in mid-sentence, whether the next
    item does not take it up.

    The network sees whole lines: where it reads on, the counts' five characters prove no break.
    Nothing runs on into a speaker's label (记者：).
    """
    facts = page.facts
    for index, item in enumerate(page.items):
        if item.kind != "atom" or item.subhead or facts.stops[index]:
            continue
        if item.end - item.start <= longer:
            continue
        following = page.items[index + 1] if index + 1 < len(page.items) else None
        if following is None or following.kind != "atom":
            yield True
        elif text[item.end - 1] not in LIST_FOLLOWS:
            opens = facts.glued[index, index + 1] - facts.starts[index + 1] < RUNS_ON
            reads_on = network is not None and _reads_on(network, item, following)
            yield bool(facts.spoken[index + 1] or (opens and not reads_on))


def _reads_on(network: Seen, item: Item, following: Item) -> bool:
    return float(network.pairs(np.array([item.end]), np.array([following.start]))[0]) >= READS_ON
