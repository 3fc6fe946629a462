"""Pages that show no sign of interleaving keep their order, unless very much speaks against it.

Columns that ran into each other break sentences off: a block stops in
mid-sentence and the next one does not take it up. Where every block ends as a
paragraph does, or runs on into the next, the page is in order as far as one
can see; what could still be wrong is seams inside of lines and at paragraphs'
ends.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from jiaokan.language.towers import Seen
from jiaokan.stitch.blocks import WIDEST_TITLE, Block, closed, short
from jiaokan.stitch.confidence import trusted
from jiaokan.stitch.decide import Prepared, Reading, inside, prepare, worth
from jiaokan.stitch.items import BODY_ROLES, Item
from jiaokan.stitch.joins import weigh
from jiaokan.stitch.lines import numbered
from jiaokan.stitch.weights import Weights

RUNS_ON = -2.0
"""Bits by which the next block must read better as a continuation than as a paragraph's start."""
READS_ON = 2.0
"""Bits of the network from which on it does. Of generated pages in order each break had more; of
200 whose columns ran into each other few had as much at every break."""
SURE, PERHAPS = 20.0, 10.0
"""Bits by which another reading of such a page must be better than its order: by what reads it
last, and by the counts where the network is asked next."""
RATHER = 6.0
"""The same for a page that shows breaks."""
UNTITLED = -10.0
"""The same by the counts where the order has articles without a title: those would explain any
part that went astray. Of pages in order all have less, of others few."""
ASSURED = 0.6
"""Confidence of one seam at least without which a page keeps its order."""
BROKEN_OFF = 0.3
"""The same of one seam at least that takes up a sentence: columns end wherever their last line
does. Where all seams lie between paragraphs, nothing but what they are about speaks for them:
articles of one subject would change their paragraphs."""
PLAIN, PLAIN_SEAMS = 0.85, 2
"""Seams of at least this confidence, so many of them, prove that columns ran into each other where
text stands behind an article's end: an engine that mixes zones reads affiliations too early."""
TORN = 2
"""Breaks that a page has at least whose columns ran into each other at blocks' ends."""
LIST_FOLLOWS = "：:；;"
"""Marks behind which a list's or a speech's next line stands."""


def has_order(page: Prepared) -> bool:
    """Whether every article can stand in one piece: no text stands behind an article's end."""
    return natural(page.items, len(page.headings) + 1) is not None


def in_place(page: Prepared, weights: Weights) -> Reading | None:
    """The page as it stands; None where it has no order."""
    stream = natural(page.items, len(page.headings) + 1)
    return None if stream is None else as_it_stands(page, stream, weights)


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


def beats_order(
    text: str,
    found: Sequence[Block],
    whole: Prepared,
    page: Prepared,
    reading: Reading,
    weights: Weights,
    network: Seen | None = None,
    *,
    asked_next: bool = False,
    doubted: bool = False,
) -> bool:
    """Whether a reading of the page is better than its own order by as much as is asked for.

    `whole`: the page in whole blocks; `page`: with the reading's cuts. A page that is torn and has
    no order is read in any way that there is; one without an order is torn, too, where its seams
    are so sure that the columns surely ran into each other. `asked_next`: what the counts find is
    read by the network, too. `doubted`: the counts found nothing.
    """
    if has_order(whole):
        margin = RATHER
        if unbroken(whole, text, network):
            margin = PERHAPS if asked_next else SURE
    elif torn(whole, text) or plainly_mixed(reading):
        return True
    else:
        margin = RATHER if network else UNTITLED
    if doubted:
        margin = SURE
    return _better_by(text, found, page, reading, weights, network) > margin


def _better_by(
    text: str,
    found: Sequence[Block],
    page: Prepared,
    reading: Reading,
    weights: Weights,
    network: Seen | None = None,
) -> float:
    """Bits by which the reading is better than the page's own order."""
    streams: Sequence[int] = reading.stream
    joins, idle = reading.joins, 0
    if not has_order(page):
        page, streams = _with_untitled(text, found, page, reading, network)
        idle = len(page.headings) - len(reading.headings)
        joins = weigh(page.items, page.facts, weights)
    order = natural(page.items, len(page.headings) + 1) or streams
    bits = worth(page, weights, joins, streams) - idle * weights.bodiless
    return bits - worth(page, weights, joins, order)


def _with_untitled(
    text: str, found: Sequence[Block], page: Prepared, reading: Reading, network: Seen | None
) -> tuple[Prepared, list[int]]:
    """The page with the reading's cuts alone and its articles without a title, and the reading's
    streams on it: those articles have none of the text."""
    cuts = {
        item.start: item.odds
        for at, item in enumerate(reading.items)
        if item.inner and reading.stream[at] != reading.stream[at - 1]
    }
    wider = prepare(text, found, cuts, network, untitled=True) or page
    heads = {item.start: item.article for item in wider.items if item.kind == "heading"}
    moved = {one.article: heads[one.start] for one in reading.items if one.kind == "heading"}
    moved[len(reading.headings)] = len(wider.headings)
    starts = np.array([item.start for item in reading.items])
    streams = [
        item.article
        if item.kind == "heading"
        else moved[reading.stream[int(starts.searchsorted(item.start, side="right")) - 1]]
        for item in wider.items
    ]
    return wider, streams


def assured(reading: Reading) -> bool:
    """Whether the reading joins two parts of which it is fairly sure: a page whose columns ran into
    each other has one such seam at least, and doubts alone are no ground to leave the order."""
    seams = list(_trust(reading))
    return any(chance >= ASSURED for chance, _ in seams) and any(
        chance >= BROKEN_OFF for chance, broken in seams if broken
    )


def plainly_mixed(reading: Reading) -> bool:
    """Whether so many seams are sure that the columns surely ran into each other."""
    return sum(chance >= PLAIN for chance, _ in _trust(reading)) >= PLAIN_SEAMS


def mends_two(reading: Reading) -> bool:
    """Whether two sentences at least are taken up by seams that are fairly sure."""
    return sum(chance >= ASSURED and broken for chance, broken in _trust(reading)) > 1


def _trust(reading: Reading) -> Iterator[tuple[float, bool]]:
    """The confidence of each seam that moves text, and whether it takes up a broken sentence.

    Text right above a heading that becomes its article's first paragraphs stays in order: that is
    no such seam.
    """
    items = reading.items
    for right, left in enumerate(reading.previous):
        if left == right - 1 or left >= len(items):
            continue
        if not items[left].kind == items[right].kind == "atom":
            continue
        if not _over_heading(reading, left, right):
            chance = reading.chances[right].get(left, 0.0)
            yield trusted(chance, inside(items, left, right)), not reading.joins.closed[left]


def _over_heading(reading: Reading, left: int, right: int) -> bool:
    """Whether nothing but their article's heading stands between two paragraphs."""
    between = reading.items[left + 1 : right]
    return all(
        item.kind == "heading" and item.article == reading.stream[right] for item in between
    ) and not reading.joins.glued(left, right)


def unbroken(page: Prepared, text: str, network: Seen | None = None) -> bool:
    """Whether no atom breaks off without the next item's taking it up.

    The network sees whole lines: where it reads on, the counts' five characters prove no break.
    """
    return not any(_breaks(page, text, network))


def torn(page: Prepared, text: str) -> bool:
    """Whether the page is seen at once to be none in order: every second atom that stops in
    mid-sentence, and two at least, are not taken up."""
    breaks = list(_breaks(page, text))
    return sum(breaks) >= max(TORN, len(breaks) / 2)


def stops_short(page: Prepared) -> bool:
    """Whether a text stops in mid-sentence right above another article's heading."""
    return any(
        item.kind == "atom" and below.kind == "heading" and not item.subhead and not stops
        for (item, below), stops in zip(pairwise(page.items), page.facts.stops, strict=False)
    )


def _breaks(page: Prepared, text: str, network: Seen | None = None) -> Iterator[bool]:
    """For each atom that stops in mid-sentence, whether the next item does not take it up."""
    facts = page.facts
    for index, item in enumerate(page.items):
        if item.kind != "atom" or item.subhead or facts.stops[index]:
            continue
        following = page.items[index + 1] if index + 1 < len(page.items) else None
        if following is None or following.kind != "atom":
            yield True
        elif text[item.end - 1] not in LIST_FOLLOWS:
            opens = facts.glued[index, index + 1] - facts.starts[index + 1] < RUNS_ON
            yield bool(opens and not (network and _reads_on(network, item, following)))


def _reads_on(network: Seen, item: Item, following: Item) -> bool:
    return float(network.pairs(np.array([item.end]), np.array([following.start]))[0]) >= READS_ON
