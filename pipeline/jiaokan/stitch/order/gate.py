"""Whether a page leaves its own order: what another reading of it shows → odds that its columns ran
into each other.

Bits alone do not tell. A page in order has its doubtful places, the more the longer it is: a
heading that was missed, paragraphs of one subject, a line that was lost. There another reading
moves a whole paragraph or two. Columns that ran into each other stop in mid-sentence wherever their
last line does: there several broken sentences are taken up further down, each surely. What each
sign counts was learned on pages in order and on interleaved ones (`bench/fit/gate.py`): once for
what the counts read, which says whether the network is asked, and once for what the network reads.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from math import log2
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from jiaokan.language.towers import Seen
from jiaokan.stitch.blocks import Block
from jiaokan.stitch.confidence.curves import trusted
from jiaokan.stitch.learned import learned
from jiaokan.stitch.order.page_order import breaks, ends_twice, has_order, natural
from jiaokan.stitch.seams.joins import weigh
from jiaokan.stitch.search.decide import Prepared, Reading, inside, prepare, worth
from jiaokan.stitch.weights import Weights

ASKED = -2.5
"""Log odds from which on what the counts find is read by the network, too: few pages in order have
as much, and hardly an interleaved one has less."""
LEFT, BY_COUNTS = -1.0, 1.0
"""The same from which on a page leaves its order, by the network and by the counts alone. By it and
all else that is asked for leave it 6 of 1,889 generated pages in order, half of them with misread
characters and a third with a lost heading; 30 of 1,633 texts of the web, each one article; all but
27 of 1,242 interleaved pages."""
BETTER, MIXED, PLAIN = 10.0, 6.0, 0.85
"""Bits by which the network's reading is better at least; the same where the page's order is none
of the paper's; the confidence of two seams that take up sentences, which is enough, too. Where
headings are lost, columns show that they ran into each other, and yet no reading has an article
for each of them, while in the order untitled articles explain anything."""
BROKEN_OFF = 0.3
"""Confidence of one seam at least that takes up a sentence or a short line, unless articles end
twice. Where all lie between paragraphs, nothing but what they are about speaks for them: articles
of one subject would change paragraphs."""
SHORT = 30
"""Characters of a line of text that is short."""
TORN = 3
"""Breaks of a page that shows at once that the network is to be asked."""
JUDGED = 0.5
"""The smallest confidence of the readings that were learned on. Whether a page leaves its order
does not hang on what a user asks for: where that is more, text stays, and is reported."""
MOST = 64.0
"""Bits beyond which more prove no more: a heading without a body costs the order as much."""
SIGNS = (
    "constant",
    "bits by which the reading is better than the order",
    "broken sentences that it takes up",
    "the surest of them",
    "the second",
    "whole paragraphs that it moves",
    "breaks in the order",
    "text behind an article's end",
    "articles that end twice, where as many others do not end",
    "parts that may leave the order",
    "parts",
    "headings",
    "headings that may be none",
    "short lines that it goes on from",
    "characters of a stretch that it moves",
)
"""What is weighed; numbers count by their logarithm."""
BITS, TAKEN_UP, SUREST, SECOND, PARTED, BREAKS, TWICE, LINES = 1, 2, 3, 4, 5, 6, 8, 13
"""Where those stand that are asked for by themselves."""


class Shown(NamedTuple):
    """What a reading shows. How much better it is takes two more looks at the whole page."""

    plain: NDArray[np.float32]
    """The SIGNS, as if it were no better; shape (SIGNS,)."""
    better_by: Callable[[], float]
    """Bits by which it is better."""

    def signs(self, bits: float | None = None) -> NDArray[np.float32]:
        """The SIGNS, shape (SIGNS,); with so many bits, if given."""
        found = self.plain.copy()
        found[BITS] = _much(min(self.better_by() if bits is None else bits, MOST))
        return found

    def speaks_for(self, what: Callable[[NDArray[np.float32]], bool]) -> bool:
        """Whether the signs do. Bits never speak against: they are asked for where they decide."""
        return what(self.plain) or (what(self.signs(MOST)) and what(self.signs()))


def torn(whole: Prepared, text: str) -> bool:
    """Whether so many sentences are not taken up, and half of those that break off at least, that
    the counts need not read the page first."""
    found = list(breaks(whole, text))
    return sum(found) >= max(TORN, len(found) / 2)


def possibly(shown: NDArray[np.float32], network: bool = False) -> bool:
    """Whether what a reading shows may come of columns that ran into each other. However small the
    page is, one that moves nothing of an order without breaks shows nothing."""
    return odds(shown, network) >= ASKED and bool(shown[[TAKEN_UP, PARTED, BREAKS, LINES]].any())


def leaves(shown: NDArray[np.float32], network: bool = False, *, mixed: bool = False) -> bool:
    """Whether the page is read otherwise than in its order. `mixed`: that is none of the paper's,
    so that a reading that is better is enough."""
    bits = MIXED if mixed else BETTER
    better = bool(shown[BITS] >= _much(bits) or shown[SECOND] >= PLAIN)
    if mixed:
        return better
    if not (shown[TWICE] or shown[SUREST] >= BROKEN_OFF or shown[LINES] >= _much(BROKEN_OFF)):
        return False
    if network:
        return better and odds(shown, network) >= LEFT
    return odds(shown, network) >= BY_COUNTS


def odds(shown: NDArray[np.float32], network: bool) -> float:
    """Log odds (e) that the page's columns ran into each other. `shown`: SIGNS."""
    return float(shown @ _weights("gate with network" if network else "gate"))


@cache
def _weights(part: str) -> NDArray[np.float32]:
    return np.array(learned(part)["weights"], np.float32)


def shown(
    text: str,
    found: Sequence[Block],
    whole: Prepared,
    page: Prepared,
    reading: Reading,
    weights: Weights,
    network: Seen | None = None,
) -> Shown:
    """What a reading shows.

    `whole`: the page in whole blocks; `page`: with the reading's cuts.
    """
    trust = list(_trust(reading))
    broken = sorted((sure for sure, kind in trust if kind == "broken"), reverse=True)
    parted, lines = (sum(s for s, kind in trust if kind == one) for one in ("parted", "short"))
    surest, second, *_ = [*broken, 0.0, 0.0]
    plain = (
        1.0,
        0.0,
        _much(sum(broken)),
        surest,
        second,
        _much(parted),
        _much(sum(breaks(whole, text, network, SHORT))),
        float(not has_order(whole)),
        _much(ends_twice(whole)),
        _much(_leaving(reading)),
        _much(sum(item.kind == "atom" for item in whole.items)),
        _much(len(whole.headings)),
        _much(sum(1 - _sure(heading) for heading in whole.headings)),
        _much(lines),
        _much(_moved(reading)),
    )
    better_by = partial(_better_by, text, found, page, reading, weights, network)
    return Shown(np.array(plain, np.float32), better_by)


def _much(number: float) -> float:
    return log2(1 + max(number, 0.0))


def _sure(heading: Sequence[Block]) -> float:
    """How probable it is that a heading is one; what a rule says is sure."""
    chances = [block.title for block in heading if block.role == "title"]
    return max(chances, default=1.0) or 1.0


def _moved(reading: Reading) -> float:
    """Characters of a stretch of text that does not stand behind what it goes on from, in the mean:
    columns are long."""
    lengths: list[int] = []
    moved = False
    for right, left in enumerate(reading.previous):
        item = reading.items[right]
        if item.kind != "atom":
            moved = False
        elif left != right - 1 and left < len(reading.items) and reading.items[left].kind == "atom":
            lengths.append(0)
            moved = True
        if moved:
            lengths[-1] += item.end - item.start
    return sum(lengths) / len(lengths) if lengths else 0.0


def _leaving(reading: Reading) -> float:
    """How many parts go on from another one than the part right above, by their probability."""
    items = reading.items
    return sum(
        1 - reading.chances[at].get(at - 1, 0.0)
        for at in range(1, len(items))
        if items[at].kind == items[at - 1].kind == "atom"
    )


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


def _trust(reading: Reading) -> Iterator[tuple[float, Literal["broken", "short", "parted"]]]:
    """The confidence of each seam that moves text, and whether it takes up a broken sentence, a
    short line that ends none, or parts paragraphs.

    Text right above a heading that becomes its article's first paragraphs stays in order: that is
    no such seam.
    """
    items = reading.items
    for right, left in enumerate(reading.previous):
        if left == right - 1 or left >= len(items):
            continue
        if not items[left].kind == items[right].kind == "atom":
            continue
        if _over_heading(reading, left, right):
            continue
        sure = trusted(reading.chances[right].get(left, 0.0), inside(items, left, right))
        in_line = items[left].inner or (left + 1 < len(items) and items[left + 1].inner)
        if reading.joins.closed[left]:
            yield sure, "parted"
        elif in_line or items[left].end - items[left].start > SHORT:
            yield sure, "broken"
        else:
            yield sure, "short"


def _over_heading(reading: Reading, left: int, right: int) -> bool:
    """Whether nothing but their article's heading stands between two paragraphs."""
    between = reading.items[left + 1 : right]
    return all(
        item.kind == "heading" and item.article == reading.stream[right] for item in between
    ) and not reading.joins.glued(left, right)
