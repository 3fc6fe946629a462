"""How well each item goes on from each other, in bits: the matrix that the search reads.

An item goes on from its predecessor in one of three readings: the text runs on
(`glued`), it runs on and a character is read twice (`twice`), or a paragraph
ends and another one begins (`parted`). Each reading is a sum of evidence, each
piece with a weight of its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from jiaokan.language.junctions import HEAD
from jiaokan.language.towers import Seen
from jiaokan.language.walked import Heads, Walked
from jiaokan.stitch.blocks import closed
from jiaokan.stitch.headings.sign_offs import signed_off
from jiaokan.stitch.items import Item
from jiaokan.stitch.seams.open_marks import NUMBERED, Marks, marks, number, speakers
from jiaokan.stitch.weights import REOPENED, Weights

Floats = NDArray[np.float32]
Bools = NDArray[np.bool_]

IMPOSSIBLE = -200.0
BITS = 25.0
"""A junction's bits count up to here."""
STRAY = frozenset("，。、；：,;:")
"""Marks that no paragraph begins with."""
INSIDE = "，、；"
"""Marks inside a sentence, which no line begins with unless one was read twice."""
READINGS = ("glued", "twice", "parted")
PERHAPS_TWICE = len(READINGS)
"""Where `Joins.reading` says that the text runs on, perhaps with a character read twice."""
SURELY_TWICE = 1.0
"""Bits by which a character read twice must be likelier than one that the language doubles
(摆|摆手) to be dropped. On 450 generated pages 7 characters of the latter kind have .9 at most; of
80 of the former 5 have less than this."""


class Joins(NamedTuple):
    """Rows are tails (the items, then the start of a stream), columns heads."""

    score: Floats
    """Bits for the head behind the tail under the best reading, shape (items + 1, items)."""
    reading: NDArray[np.int8]
    """Which of READINGS is the best one, or PERHAPS_TWICE, same shape; -1 where none is asked
    for."""
    ends: Floats
    """Bits for an article's ending behind this tail, shape (items + 1,)."""
    closed: Bools
    """Whether the tail ends a paragraph, shape (items + 1,)."""

    def glued(self, left: int, right: int) -> bool:
        """Whether `right` runs on in the paragraph of `left`."""
        return bool(self.reading[left, right] in (0, 1, PERHAPS_TWICE))

    def doubled(self, left: int, right: int) -> bool:
        """Whether the character between them is taken as read twice."""
        return bool(self.reading[left, right] == 1)

    def perhaps_doubled(self, left: int, right: int) -> bool:
        """Whether it may have been, and is as likely not: it stays."""
        return bool(self.reading[left, right] == PERHAPS_TWICE)


class Measured(NamedTuple):
    """What the language model and the marks say of a page's items, before any weight."""

    glued: Floats
    """log2 P(head | tail) - log2 P(head), shape (items, items)."""
    network: Floats
    """The same by the network, up to a constant; 0 without it."""
    twice: Floats
    """The same with the head's first character read again, -inf where it is another."""
    ends: Floats
    """log2 P(a paragraph ends | tail), shape (items,)."""
    starts: Floats
    """log2 P(head | a paragraph begins) - log2 P(head), shape (items,)."""
    stops: Bools
    """Whether the tail can end a paragraph by its last character, or signs what stands above it;
    shape (items,)."""
    stray: Bools
    """Whether the head begins with a mark that no paragraph begins with, shape (items,)."""
    colons: Bools
    """Whether a list may follow the tail, shape (items,)."""
    numbered: Bools
    """Whether the head is numbered as a list's part, shape (items,)."""
    latin: Bools
    """Whether tail and head are both Latin letters, digits or code, shape (items, items)."""
    fits: Bools
    """Whether the head closes the mark that the tail leaves open, shape (items, items)."""
    breaks: Bools
    """Whether their marks do not go together, shape (items, items)."""
    dangling: Bools
    """Whether the tail leaves a mark open, shape (items,)."""
    answers: Bools
    """Whether two different speakers speak, shape (items, items)."""
    spoken: Bools
    """Whether the item is a speaker's paragraph, shape (items,)."""
    before: tuple[tuple[int, ...], ...]
    """Of each item, those that bear the number before its own."""


def measure(
    walked: Walked,
    text: str,
    items: Sequence[Item],
    network: Seen | None = None,
) -> Measured:
    """Ask the models about every pair of items, and read their marks.

    An item's predecessor stands above it: pairs the other way round are not looked at closely.
    """
    starts = np.array([item.start for item in items])
    ends = np.array([item.end for item in items])
    heads = Heads(starts, ends)
    alone = walked.alone(heads)
    atom = np.array([item.kind == "atom" for item in items])
    forth = np.triu(atom[:, None] & atom[None, :], 1)
    texts = [text[item.start : item.end] for item in items]
    latin_tails = np.array([part[-1:].isascii() for part in texts])
    latin_heads = np.array([part[:1].isascii() for part in texts])
    fits, breaks, dangling = _pairs([marks(part) for part in texts], items)
    labels = speakers(
        [
            part if item.kind == "atom" and not item.inner else ""
            for item, part in zip(items, texts, strict=True)
        ]
    )
    says = np.array(labels)
    return Measured(
        walked.joins(ends, heads, forth) - alone,
        network.joins(ends, starts) if network else np.zeros((len(items), len(items)), np.float32),
        _twice(walked, text, items) - alone,
        walked.ended(ends),
        walked.begun(heads) - alone,
        np.array([closed(part) for part in texts]) | np.array(signed_off(items, texts)),
        np.array([part[:1] in STRAY for part in texts]),
        np.array([part[-1:] in ("：", "；", ":", ";") for part in texts]),
        np.array([bool(NUMBERED.match(part)) for part in texts]),
        latin_tails[:, None] & latin_heads[None, :],
        fits,
        breaks,
        dangling,
        (says[:, None] != says[None, :]) & (says != "")[:, None] & (says != "")[None, :],
        says != "",
        _before(texts, items),
    )


def _pairs(found: Sequence[Marks], items: Sequence[Item]) -> tuple[Bools, Bools, Bools]:
    """Which marks fit across each junction, which break, and which tails leave one open."""
    left = np.array([mark.left_open for mark in found])
    wanted = np.array([mark.wanted for mark in found])
    known = np.array([mark.any or not item.inner for mark, item in zip(found, items, strict=True)])
    fits = (left[:, None] == wanted[None, :]) & (left != "")[:, None]
    unopened = (known & (left == ""))[:, None] & (wanted != "")[None, :]
    again = np.zeros(fits.shape, np.bool_)
    for one in sorted({mark.left_open for mark in found} - {""}):
        again[left == one] = [one in mark.opens for mark in found]
    again &= (wanted == "")[None, :]
    return fits, unopened | again, left != ""


def _before(texts: Sequence[str], items: Sequence[Item]) -> tuple[tuple[int, ...], ...]:
    numbers = [
        None if item.inner or item.kind != "atom" else number(part)
        for item, part in zip(items, texts, strict=True)
    ]
    result: list[tuple[int, ...]] = []
    for index, own in enumerate(numbers):
        wanted = own and (own[0], own[1] - 1)
        result.append(tuple(at for at in range(index) if numbers[at] == wanted) if wanted else ())
    return tuple(result)


Term = tuple[str, Floats | Bools]
"""A weight's name, and how much of it each junction has; broadcasts to (items, items)."""


@dataclass(frozen=True, slots=True)
class Readings:
    """The evidence of each reading, and where a reading can be."""

    glued: tuple[Term, ...]
    twice: tuple[Term, ...]
    parted: tuple[Term, ...]
    possible: Bools = field(repr=False)
    """Whether the second reading can be, shape (items, items)."""


def readings(items: Sequence[Item], facts: Measured) -> Readings:
    """What speaks for each reading of each junction of two atoms."""
    count = len(items)
    alone = np.array([item.alone for item in items])
    subhead = np.array([item.subhead for item in items])
    inner = np.array([item.inner for item in items])
    next_door = np.eye(count, k=1, dtype=bool)
    stops = facts.stops | subhead
    begins = alone | facts.numbered | facts.spoken
    ended = (facts.stops | facts.colons)[:, None] | begins[None, :] | facts.latin
    pairs: tuple[Term, ...] = (("quote_fits", facts.fits), ("quote_breaks", facts.breaks))
    run_on = ended & ~inner[None, :]
    lone = (subhead & ~facts.stops)[:, None] & ~inner[None, :]
    broken = ~(stops | facts.colons)[:, None]
    network = np.clip(facts.network, -BITS, BITS)
    glued = (
        ("join", np.clip(facts.glued, -BITS, BITS)),
        ("network", network),
        ("run_on", run_on),
        ("lone", lone),
        *pairs,
    )
    possible = np.isfinite(facts.twice)
    twice = (
        ("join", np.clip(np.where(possible, facts.twice, 0), -BITS, BITS)),
        ("network", network),
        ("run_on", run_on),
        ("lone", lone),
        *pairs,
        ("doubled", np.ones((1, 1), bool)),
        ("doubled_next", next_door),
    )
    parted = (
        ("starts", facts.starts[None, :]),
        ("ends", np.maximum(np.where(subhead, 0, facts.ends), -BITS)[:, None]),
        ("parted", np.ones((1, 1), bool)),
        ("broken", broken),
        ("broken_next", broken & next_door & ~inner[None, :]),
        ("colon", (facts.colons & ~stops)[:, None]),
        ("parted_inside", inner[None, :]),
        ("quote_breaks", facts.dangling[:, None]),
        ("answers", facts.answers),
        ("silent", facts.spoken[:, None] & ~(facts.spoken | inner | facts.numbered)[None, :]),
    )
    return Readings(glued, twice, parted, possible)


def weigh(items: Sequence[Item], facts: Measured, weights: Weights) -> Joins:
    """Score every pair of items; headings open their article, affiliations close theirs."""
    count = len(items)
    atom = np.array([item.kind == "atom" for item in items])
    heading = np.array([item.kind == "heading" for item in items])
    affiliation = np.array([item.kind == "affiliation" for item in items])
    closes = facts.stops | np.array([item.subhead for item in items])

    said = readings(items, facts)
    bits = _sum(said.glued, weights, count)
    twice = np.where(said.possible, _sum(said.twice, weights, count), np.float32(IMPOSSIBLE))
    parted = _sum(said.parted, weights, count)
    behind = [index for index, item in enumerate(items) if item.inner]
    parted[[index - 1 for index in behind], behind] = IMPOSSIBLE  # one line is one paragraph
    parted[:, facts.stray] = IMPOSSIBLE
    best = (twice > bits).astype(np.int8)
    unsure = (twice > bits) & (twice <= bits + SURELY_TWICE) & ~facts.stray[None, :]
    best[unsure] = PERHAPS_TWICE
    np.maximum(bits, twice, out=bits)
    np.copyto(best, READINGS.index("parted"), where=parted > bits)
    np.maximum(bits, parted, out=bits)
    both = atom[:, None] & atom[None, :]
    score = np.full((count + 1, count), IMPOSSIBLE, np.float32)
    score[:count] = np.where(both, bits, IMPOSSIBLE)
    opening = weights.starts * facts.starts
    score[:count][np.ix_(heading, atom)] = opening[atom][None, :]
    score[:count][np.ix_(heading, affiliation)] = weights.bodiless
    open_end = np.where(closes, 0.0, weights.affiliation_open)
    score[:count][np.ix_(atom, affiliation)] = open_end[atom][:, None]
    score[:count][np.ix_(affiliation, atom)] = REOPENED
    score[count] = np.where(atom, np.maximum(opening, 0), REOPENED)
    reading = np.full((count + 1, count), -1, np.int8)
    reading[:count] = np.where(both, best, -1)
    finish = np.where(closes, 0.0, weights.end_open)
    finish = np.where(heading, weights.bodiless, np.where(affiliation, 0.0, finish))
    return Joins(
        score,
        reading,
        np.append(finish, 0.0).astype(np.float32),
        np.append(np.where(atom, closes, True), True),
    )


def _sum(terms: Sequence[Term], weights: Weights, count: int) -> Floats:
    """The weighted evidence; what hangs on the tail or the head alone is added up first."""
    total = np.zeros((count, count), np.float32)
    tails, heads = np.zeros((count, 1), np.float32), np.zeros((1, count), np.float32)
    for name, amount in terms:
        part = np.float32(getattr(weights, name)) * amount
        if amount.shape == total.shape:
            total += part
        elif amount.shape[0] == count:
            tails += part
        else:
            heads += part
    total += tails
    total += heads
    return total


def _twice(walked: Walked, text: str, items: Sequence[Item]) -> Floats:
    """Scores where the head's first character is taken as the tail's last one read again."""
    starts = np.array([item.start for item in items])
    ends = np.array([item.end for item in items])
    last = np.array([ord(text[item.end - 1]) for item in items])
    first = np.array([ord(text[item.start]) for item in items])
    read = ((first >= 0x3400) & (first < 0xA000)) | np.isin(first, [ord(mark) for mark in INSIDE])
    same = np.triu((last[:, None] == first[None, :]) & read[None, :], 1)
    for row in range(1, len(items)):
        if items[row].inner:
            same[row - 1, row] = False  # it stands so in one line
    score = np.full(same.shape, -np.inf, np.float32)
    if same.any():
        score[same] = walked.joins(ends, Heads(starts + 1, ends, HEAD - 1), same)[same]
    return score
