"""How well each item goes on from each other, in bits: the matrix that the search reads."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jiaokan.language.junctions import HEAD, Codes, heads_at, openings, tails_at
from jiaokan.language.model import Model
from jiaokan.stitch.blocks import closed
from jiaokan.stitch.items import Item
from jiaokan.stitch.lines import NUMBERED
from jiaokan.stitch.weights import Weights

IMPOSSIBLE = -200.0
IN_ORDER = 6.0
"""Bits that must speak besides for a character read twice between neighbours on the page."""
LINE_END = -3.0
"""What it costs at most to end a paragraph where a line of the page ends, for its neighbour."""
SUBHEAD_END = -2.0
"""What it costs at most to end a sub-heading: its line stood alone."""


@dataclass(frozen=True, slots=True)
class Joins:
    """Rows are tails (the items, then the carried-over stream's start), columns heads."""

    score: NDArray[np.float32]
    """log2 P(head | tail) under the best reading, shape (items + 1, items)."""
    glued: NDArray[np.bool_]
    """Whether the best reading runs on in the same paragraph, same shape."""
    doubled: NDArray[np.bool_]
    """Whether it takes the tail's last character as read twice, same shape."""
    ends: NDArray[np.float32]
    """log2 P(an article ends behind this tail), shape (items + 1,)."""
    closed: NDArray[np.bool_]
    """Whether the tail ends a paragraph, shape (items + 1,)."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What the language model says of a page's items, before any weight. In bits."""

    glued: NDArray[np.float32]
    """log2 P(head | tail), shape (items, items)."""
    twice: NDArray[np.float32]
    """The same with the head's first character read again, -inf where it is another."""
    ends: NDArray[np.float32]
    """log2 P(a paragraph ends | tail), shape (items,)."""
    starts: NDArray[np.float32]
    """log2 P(head | a paragraph begins), shape (items,)."""
    alone: NDArray[np.float32]
    """log2 P(head), shape (items,)."""
    stops: NDArray[np.bool_]
    """Whether the tail's last character can end a paragraph, shape (items,)."""
    colons: NDArray[np.bool_]
    """Whether a list may follow the tail, shape (items,)."""
    numbered: NDArray[np.bool_]
    """Whether the head is numbered as a list's part, shape (items,)."""
    latin_tails: NDArray[np.bool_]
    """Whether the tail ends in a Latin letter, a digit or a sign of code, shape (items,)."""
    latin_heads: NDArray[np.bool_]
    """Whether the head begins with one, shape (items,)."""


def measure(model: Model, codes: Codes, text: str, items: Sequence[Item]) -> Measured:
    """Ask the model about every pair of items."""
    starts = np.array([item.start for item in items])
    ends = np.array([item.end for item in items])
    tails = tails_at(codes, ends, model.order - 1)
    heads = heads_at(codes, starts, ends)
    own = openings(model, tails, heads)
    return Measured(
        model.joins(tails, heads),
        _twice(model, codes, text, items, tails),
        own.ends,
        own.starts,
        own.alone,
        np.array([closed(text[item.start : item.end]) for item in items]),
        np.array([text[item.end - 1] in "：；:;" for item in items]),
        np.array([bool(NUMBERED.match(text, item.start)) for item in items]),
        np.array([text[item.end - 1].isascii() for item in items]),
        np.array([text[item.start].isascii() for item in items]),
    )


def weigh(items: Sequence[Item], facts: Measured, weights: Weights) -> Joins:
    """Score every pair of items; headings open their article, affiliations close theirs."""
    count = len(items)
    atom = np.array([item.kind == "atom" for item in items])
    heading = np.array([item.kind == "heading" for item in items])
    affiliation = np.array([item.kind == "affiliation" for item in items])
    subhead = np.array([item.subhead for item in items])
    inner = np.array([item.inner for item in items])
    ends = np.where(subhead, np.maximum(facts.ends, SUBHEAD_END), facts.ends)
    stops = facts.stops | subhead

    latin = facts.latin_tails[:, None] & facts.latin_heads[None, :]
    ended = stops | facts.colons
    stands_alone = (ended[:, None] | (subhead | facts.numbered)[None, :] | latin) & ~inner[None, :]
    glued = facts.glued - weights.paragraph * stands_alone
    parted = ends[:, None] + facts.starts[None, :]
    next_door = np.arange(count - 1)
    line_end = np.maximum(ends[:-1], LINE_END) + facts.starts[1:]
    parted[next_door, next_door + 1] = np.where(
        inner[1:], parted[next_door, next_door + 1], line_end
    )
    twice = facts.twice - weights.doubled
    twice[np.arange(count - 1), np.arange(1, count)] -= IN_ORDER  # text in order is left alone
    run_on = np.maximum(glued, twice)

    score = np.full((count + 1, count), IMPOSSIBLE, np.float32)
    between = np.maximum(run_on, parted)
    score[:count] = np.where(atom[:, None] & atom[None, :], between, IMPOSSIBLE)
    score[:count][np.ix_(heading, atom)] = facts.starts[atom][None, :]
    score[:count][np.ix_(heading, affiliation)] = -weights.bodiless
    score[:count][np.ix_(atom, affiliation)] = ends[atom][:, None]
    score[:count][np.ix_(affiliation, atom)] = facts.alone[atom][None, :] - weights.reopened
    stray = np.maximum(facts.alone, facts.starts)
    score[count] = np.where(atom, stray, -weights.reopened)
    finish = np.where(heading, -weights.bodiless, np.where(affiliation, 0.0, ends))
    return Joins(
        score,
        _pad(run_on >= parted),
        _pad((twice > glued) & (twice >= parted)),
        np.append(finish, 0.0).astype(np.float32),
        np.append(np.where(atom, stops, True), True),
    )


def _pad(matrix: NDArray[np.bool_]) -> NDArray[np.bool_]:
    return np.concatenate([matrix, np.zeros((1, matrix.shape[1]), np.bool_)])


def _twice(
    model: Model, codes: Codes, text: str, items: Sequence[Item], tails: Codes
) -> NDArray[np.float32]:
    """Scores where the head's first character is taken as the tail's last one read again."""
    starts = np.array([item.start for item in items])
    ends = np.array([item.end for item in items])
    last = np.array([ord(text[item.end - 1]) for item in items])
    first = np.array([ord(text[item.start]) for item in items])
    score = np.full((len(items), len(items)), -np.inf, np.float32)
    han = (first >= 0x3400) & (first < 0xA000)
    same = (last[:, None] == first[None, :]) & han[None, :]
    np.fill_diagonal(same, False)
    for row in range(1, len(items)):
        if items[row].inner:
            same[row - 1, row] = False  # it stands so in one line
    rows, columns = np.nonzero(same)
    if len(rows):
        shifted = heads_at(codes, starts + 1, ends, HEAD - 1)
        score[rows, columns] = model.pairs(tails[rows], shifted[columns])
    return score
