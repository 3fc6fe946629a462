"""A fragment that begins no paragraph → behind the text that breaks off, if one surely goes on so.

    …舍不得扔，也舍不得 / B … / …走得很远。 / 咬。 / …   →   …舍不得扔，也舍不得咬。 / …
    …不舍得 / B …直接挂 / 咬。 / A … / 急诊。 / B …   →   …不舍得咬。 / A …;  …直接挂急诊。 / B …

The search leaves such a page in its order: a few characters say too little for a seam that costs as
much as any. But a whole paragraph above it, and a sentence that stops elsewhere on the page with
nothing behind it, say that it is no paragraph, and whose end it is. So do two such lines, of which
the first stands below a text that goes on with the second.

Left alone: what opens with a number, a speaker or a quotation mark, since paragraphs do; what two
texts that break off could go on with.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from math import exp, log
from operator import mul
from typing import NamedTuple

import numpy as np

from jiaokan.language.towers import Seen
from jiaokan.stitch.blocks import Block
from jiaokan.stitch.confidence.curves import trusted
from jiaokan.stitch.items import Item
from jiaokan.stitch.learned import learned
from jiaokan.stitch.seams.joins import weigh
from jiaokan.stitch.seams.open_marks import NUMBERED, OPENING, SPEAKER
from jiaokan.stitch.search.decide import Prepared, Reading, prepare, stands_alone, worth
from jiaokan.stitch.weights import weights

SURE = 0.85
"""Chance from which on a fragment is moved."""
OPENS = 1.0
"""Bits by which it may read as a paragraph's start, at most."""
NEXT = 3
"""Fragments further down that are asked whether they end the text above one."""
LONGEST = 30
"""Characters of a fragment: of longer ones the search can judge."""
ALONE = 2.0
"""By how much no other text that breaks off may come near."""
RIVAL = 1.5
"""The same of another line, its length left out."""
EVIDENCE = ("constant", "length", "network", "network, from above", "counts", "begins a paragraph")
"""What the log odds are made of (`bench/fit/strays.py`): the logarithm of the fragment's length;
bits by which the network reads it on from the text that breaks off, and from the paragraph above
it; by which the counts do; by which it begins a paragraph."""
OF_READING = slice(2, None)
"""What hangs on how it reads."""


class Fragment(NamedTuple):
    """A line of an article's text."""

    first: int
    """Its first item."""
    stop: int
    """Behind its last one."""
    between: bool = False
    """Stands between two lines of which the first breaks off and may go on with the second."""
    until: int = 0
    """The first item of another fragment further down, if the line above it may go on with that."""


class Move(NamedTuple):
    """A fragment and where it belongs."""

    tail: int
    """The item that breaks off."""
    fragment: Fragment
    odds: float
    """Natural logarithm of the odds that the one goes on with the other."""

    @property
    def chance(self) -> float:
        return 1 / (1 + exp(-self.odds))


def possible(text: str, found: Sequence[Block], reading: Reading) -> bool:
    """Whether there is any such fragment below a text that breaks off; the network is not asked."""
    tails = _tails(reading)
    return any(
        _below(reading, tails, tail, one)
        for tail in tails
        for one in _fragments(text, found, reading)
    )


def taken_up(
    text: str,
    found: Sequence[Block],
    reading: Reading,
    network: Seen,
    min_confidence: float,
) -> Reading:
    """The reading, with such fragments in their places."""
    cuts = {item.start: item.odds for item in reading.items if item.inner}
    page = prepare(text, found, cuts, network)
    if page is None or page.items != reading.items:
        return reading  # an article without a title was made of it
    values = weights(network=True)
    reading = reading._replace(joins=weigh(page.items, page.facts, values))
    for move in _moves(text, found, page, reading):
        tails = _tails(reading)
        if trusted(move.chance, False, reading.mixed) < min_confidence:
            continue
        if not _below(reading, tails, move.tail, move.fragment):
            continue  # it was taken
        ways = [_moved(reading, move, stop) for stop in _stops(reading, tails, move)]
        reading = max(ways, key=lambda way: worth(page, values, way.joins, way.stream))
    return reading


def _tails(reading: Reading) -> dict[int, int]:
    """Items that break off, and what follows them in their article further down: -1, if nothing."""
    after = {left: right for right, left in enumerate(reading.previous)}
    found: dict[int, int] = {}
    for index, item in enumerate(reading.items):
        if item.kind != "atom" or item.subhead or reading.joins.closed[index]:
            continue
        following = after.get(index, -1)
        if following < 0 and not stands_alone(reading, index):
            found[index] = -1
        elif following > index + 1 and reading.items[following].kind == "atom":
            found[index] = following
    return found


def _line(items: Sequence[Item], first: int) -> Fragment:
    """The line that begins with an item."""
    stop = first + 1
    while stop < len(items) and items[stop].inner:
        stop += 1
    return Fragment(first, stop)


def _whole(reading: Reading, line: Fragment) -> bool:
    """Whether a line is in one piece, and goes on from the one above it."""
    return all(reading.previous[at] == at - 1 for at in range(line.first, line.stop))


def _fragments(text: str, found: Sequence[Block], reading: Reading) -> Iterator[Fragment]:
    """Lines that end a sentence and stand below another line of their article.

    That ends a paragraph, or goes on with the line below the fragment.
    """
    items = reading.items
    begins = {block.end for block in found if block.begins}
    for first, item in enumerate(items):
        if not first or item.kind != "atom" or item.inner or item.subhead:
            continue
        line, above = _line(reading.items, first), items[first - 1]
        if above.kind != "atom" or above.subhead or not _whole(reading, line):
            continue
        own = text[item.start : items[line.stop - 1].end]
        opens = own[0] in OPENING or NUMBERED.match(own) or SPEAKER.match(own)
        if opens or len(own) > LONGEST or not reading.joins.closed[line.stop - 1]:
            continue
        verse = above.end in begins and "\n\n" in text[above.end : item.start]
        if reading.joins.closed[first - 1] or verse:
            yield line
            continue
        if _onward(reading, line):
            yield line._replace(between=True)
        for other in islice(_ends(text, reading, line), NEXT):
            yield line._replace(until=other.first)


def _ends(text: str, reading: Reading, line: Fragment) -> Iterator[Fragment]:
    """Fragments below a line and in its article, with nothing of another one between."""
    items, last = reading.items, line
    while last.stop < len(items) and items[last.stop].kind == "atom":
        following = _line(reading.items, last.stop)
        if not _whole(reading, following) or items[following.first].subhead:
            return
        own = text[items[following.first].start : items[following.stop - 1].end]
        ended = reading.joins.closed[following.stop - 1] and reading.joins.closed[last.stop - 1]
        if ended and last is not line and len(own) <= LONGEST and own[0] not in OPENING:
            yield following
        last = following


def _onward(reading: Reading, line: Fragment) -> bool:
    """Whether the line above a fragment could go on with the one below it."""
    below = line.stop
    if below >= len(reading.items) or reading.items[below].kind != "atom":
        return False
    return reading.previous[below] == below - 1 and reading.joins.glued(line.first - 1, below)


def _below(reading: Reading, tails: Mapping[int, int], tail: int, fragment: Fragment) -> bool:
    """Whether the one could go on with the other by their places."""
    if tail >= fragment.first or reading.stream[tail] == reading.stream[fragment.first]:
        return False
    return tails.get(tail) in (-1, fragment.stop)


def _moves(text: str, found: Sequence[Block], page: Prepared, reading: Reading) -> Iterator[Move]:
    """The fragments that surely belong elsewhere, the surest first."""
    tails = _tails(reading)
    moves: list[Move] = []
    for line in _fragments(text, found, reading):
        near = sorted(
            (
                Move(tail, line, _both(page, tail, line))
                for tail in tails
                if _below(reading, tails, tail, line) and reading.joins.glued(tail, line.first)
            ),
            key=lambda move: -move.odds,
        )
        if not near or near[0].chance < SURE or page.facts.starts[line.first] > OPENS:
            continue
        if not _leaves_sense(page, reading, line) or _rivalled(page, found, near[0]):
            continue
        if len(near) == 1 or near[1].odds < near[0].odds - ALONE:
            moves.append(near[0])
    return iter(sorted(moves, key=lambda move: -move.odds))


def _both(page: Prepared, tail: int, line: Fragment) -> float:
    """The odds of a fragment, and of the other one that takes its place, if both speak for it."""
    odds = _odds(page, tail, line)
    if not line.until or odds < 0:
        return odds
    return odds + max(_odds(page, line.first - 1, _line(page.items, line.until)), 0.0)


def _leaves_sense(page: Prepared, reading: Reading, line: Fragment) -> bool:
    """Whether what stands around a fragment reads as well without it."""
    if line.until:
        other = _line(reading.items, line.until)
        starts = page.facts.starts[other.first]
        return bool(starts <= OPENS and _odds(page, line.first - 1, other) > 0)
    return not line.between or _odds(page, line.first - 1, _line(reading.items, line.stop)) > 0


def _rivalled(page: Prepared, found: Sequence[Block], move: Move) -> bool:
    """Whether another line of whatever length goes on with the text that breaks off as well: one
    further down that is no verse, stands below no sub-heading and not right below the fragment."""
    best = _reads_on(page, move.tail, move.fragment.first)
    apart = {block.start for block in found if block.begins}
    items = page.items
    return any(
        _reads_on(page, move.tail, at) > best - RIVAL
        for at in range(move.tail + 2, len(items))
        if at not in (move.fragment.first, move.fragment.stop, move.fragment.until)
        and items[at].kind == items[at - 1].kind == "atom"
        and not (items[at].inner or items[at].subhead or items[at - 1].subhead)
        and items[at].start not in apart
    )


def evidence(page: Prepared, tail: int, head: int, size: int) -> tuple[float, ...]:
    """What speaks for a line of so many characters as the end of a text that breaks off: EVIDENCE.

    `tail`: the item that breaks off; `head`: the line's first one.
    """
    facts = page.facts
    return (
        1.0,
        log(size),
        float(facts.network[tail, head]),
        float(facts.network[head - 1, head]),
        float(facts.glued[tail, head]),
        float(facts.starts[head]),
    )


def _odds(page: Prepared, tail: int, line: Fragment) -> float:
    size = page.items[line.stop - 1].end - page.items[line.first].start
    odds: float = sum(map(mul, _weights(), evidence(page, tail, line.first, size)))
    return odds


def _reads_on(page: Prepared, tail: int, head: int) -> float:
    """How well a line goes on with a text that breaks off, and not with what stands above it."""
    said = evidence(page, tail, head, 1)[OF_READING]
    odds: float = sum(map(mul, _weights()[OF_READING], said))
    return odds


def _weights() -> list[float]:
    weights: list[float] = learned("strays")["weights"]
    return weights


def _stops(reading: Reading, tails: Mapping[int, int], move: Move) -> Iterator[int]:
    """Behind which items what goes with the fragment may end: it, and the lines that follow it on
    the page and in its article."""
    stop = move.fragment.stop
    if move.fragment.until:
        yield move.fragment.until
        return
    yield stop
    if tails[move.tail] >= 0 or move.fragment.between:
        return
    while stop < len(reading.items) and reading.items[stop].kind == "atom":
        line = _line(reading.items, stop)
        if not _whole(reading, line):
            return
        stop = line.stop
        yield stop


def _moved(reading: Reading, move: Move, stop: int) -> Reading:
    """The reading, with the fragment's items, and others up to `stop`, behind the tail."""
    first = move.fragment.first
    stream, previous = list(reading.stream), list(reading.previous)
    chances = [dict(one) for one in reading.chances]
    shares = reading.shares.copy()
    stream[first:stop] = [stream[move.tail]] * (stop - first)
    shares[first:stop] = np.eye(shares.shape[1], dtype=np.float32)[stream[move.tail]]
    changed = {at: stop - 1 for at, left in enumerate(previous) if left == move.tail}
    changed |= {
        at: first - 1 for at, left in enumerate(previous) if left == stop - 1 and at >= stop
    }
    changed[first] = move.tail
    for at, left in changed.items():
        previous[at] = left
        chances[at] = {left: move.chance}
    chances[first][first - 1] = 1 - move.chance
    return reading._replace(
        stream=tuple(stream), previous=tuple(previous), chances=chances, shares=shares
    )
