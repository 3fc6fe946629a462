"""How well text runs on from one place to another, in bits.

A *tail* is the last characters before a place, a *head* the first ones behind
it. Two readings of a junction are compared: the text is glued (the head goes
on in the tail's paragraph), or parted (the tail ends its paragraph and the
head opens one).
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from jiaokan.language.model import Model

Codes = NDArray[np.uint32]
Bits = NDArray[np.float32]

HEAD = 6
"""Characters of a head that are scored."""

PARAGRAPH = 10
"""The code of a paragraph's end: a newline."""


def tails_at(codes: Codes, ends: NDArray[np.intp], width: int) -> Codes:
    """The `width` codes before each end, 0 where there are none. Shape (len(ends), width)."""
    padded = np.concatenate([np.zeros(width, np.uint32), codes])
    tails: Codes = padded[ends[:, None] + np.arange(width)]
    return tails


def heads_at(
    codes: Codes, starts: NDArray[np.intp], stops: NDArray[np.intp], width: int = HEAD
) -> Codes:
    """The `width` codes from each start, 0 from its stop on. Shape (len(starts), width)."""
    padded = np.concatenate([codes, np.zeros(width, np.uint32)])
    places = starts[:, None] + np.arange(width)
    return np.where(places < stops[:, None], padded[np.minimum(places, len(codes))], 0).astype(
        np.uint32
    )


class Openings(NamedTuple):
    """What every tail and every head says by itself."""

    ends: Bits
    """log2 P(a paragraph ends here | tail), shape (T,)."""
    starts: Bits
    """log2 P(head | a paragraph begins), shape (H,)."""
    alone: Bits
    """log2 P(head) without any context, shape (H,)."""


def openings(model: Model, tails: Codes, heads: Codes) -> Openings:
    """Paragraph ends, paragraph starts and plain frequencies of tails and heads."""
    newline = np.full((len(tails), 1), PARAGRAPH, np.uint32)
    nothing = np.zeros((len(heads), model.order - 1), np.uint32)
    return Openings(model.pairs(tails, newline), begun(model, heads), model.pairs(nothing, heads))


def runs_on(model: Model, tails: Codes, heads: Codes) -> Bits:
    """By how many bits each head reads better behind its tail than at a paragraph's start."""
    begin = np.zeros_like(tails)
    begin[:, -1] = PARAGRAPH
    both = model.pairs(np.concatenate((tails, begin)), np.concatenate((heads, heads)))
    gains: Bits = both[: len(tails)] - both[len(tails) :]
    return gains


def begun(model: Model, heads: Codes) -> Bits:
    """log2 P(head | a paragraph begins), shape (H,)."""
    begin = np.zeros((len(heads), model.order - 1), np.uint32)
    begin[:, -1] = PARAGRAPH
    return model.pairs(begin, heads)
