"""A first ranking of the places inside blocks where a seam may be, by features of each place alone.

A place's odds hang on the tails and heads elsewhere on the page, too, but those cost a look-up for
every pair. What the text around a place says tells nearly always whether its odds can be among
the best (weights as learned by `bench/fit/sight.py`); only such places are looked at closely.
"""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from jiaokan.language.towers import Seen
from jiaokan.language.walked import Heads, Walked
from jiaokan.stitch.blocks import Block
from jiaokan.stitch.learned import learned

Floats = NDArray[np.float32]
Ints = NDArray[np.intp]

MARGIN = 2
"""Characters at a block's edges where no cut is tried."""
NO_HEAD = frozenset("，。、；：？！”’）》」』〕】…—%,.;:?!)")
"""What no printed line starts with: a fragment does not either."""
NO_TAIL = frozenset("“‘（《「『〔【(")
"""What no printed line ends with."""
LIKELY = 800
"""Places that are looked at closely, at least."""
SHARE = 8
"""One place in so many is, on a long page."""
WINDOWS = (60, 150)
"""Characters on both sides whose vocabulary is compared."""
FEATURES = (
    "natural against alone",
    "paragraph start against alone",
    "paragraph end",
    "at a printed line's start",
    "natural",
    "alone",
    *(f"vocabulary changes hands, {window} characters around" for window in WINDOWS),
)
"""What a place shows without the network; with it, also how well the text runs on by it."""


class Sight(NamedTuple):
    """Places inside blocks, and what the text around each says; all in bits, but for one."""

    places: Ints
    """In the text, ascending."""
    owners: Ints
    """The body block of each."""
    natural: Floats
    """log2 P(the text behind | the text before)."""
    alone: Floats
    """log2 P(the text behind)."""
    begun: Floats
    """log2 P(the text behind | a paragraph begins)."""
    ended: Floats
    """log2 P(a paragraph ends | the text before)."""
    printed: Floats
    """Whether a printed line began here, 1 or 0."""
    hands: Floats
    """How much better two articles explain both sides than one, for each of WINDOWS."""
    read: Floats | None
    """How well the text runs on by the network."""

    @property
    def features(self) -> Floats:
        """In the order of FEATURES."""
        columns = [
            self.natural - self.alone,
            self.begun - self.alone,
            self.ended,
            self.printed,
            self.natural,
            self.alone,
            *self.hands.T,
        ]
        if self.read is not None:
            columns.append(self.read)
        return np.stack(columns, axis=1)

    def likely(self) -> "Sight":
        """The places whose odds may be among the page's best."""
        most = max(LIKELY, len(self.places) // SHARE)
        if len(self.places) <= most:
            return self
        weights = _weights(self.read is not None)
        odds = expand(self.features) @ weights
        kept = np.sort(np.argsort(-odds, kind="stable")[:most])
        return Sight(
            self.places[kept],
            self.owners[kept],
            self.natural[kept],
            self.alone[kept],
            self.begun[kept],
            self.ended[kept],
            self.printed[kept],
            self.hands[kept],
            None if self.read is None else self.read[kept],
        )


def expand(features: Floats) -> Floats:
    """The features, their squares and a constant: what the weights are for."""
    ones = np.ones((len(features), 1), np.float32)
    return np.concatenate([features, features**2 / 20, ones], axis=1)


@cache
def _weights(network: bool) -> Floats:
    return np.array(learned("sight with network" if network else "sight")["weights"], np.float32)


def at_sight(
    walked: Walked,
    text: str,
    body: Sequence[Block],
    line_starts: frozenset[int],
    bits: Floats,
    network: Seen | None = None,
) -> Sight:
    """Every place of the body where a cut may be; `bits`: see `candidates.survey`.

    Neither a mark that no line begins or ends with nor a blank stands beside it, and it is not
    inside a word of Latin letters or a number.
    """
    starts = np.array([block.start for block in body], np.intp)
    stops = np.array([block.end for block in body], np.intp)
    places, owners = _places(text, starts, stops)
    heads = Heads(places, stops[owners])
    hands = _changes_hands(bits, places, starts[owners], stops[owners])
    return Sight(
        places,
        owners,
        walked.natural(heads),
        walked.alone(heads),
        walked.begun(heads),
        walked.ended(places),
        _among(places, line_starts, len(text)),
        hands,
        network.pairs(places, places) if network else None,
    )


def _among(places: Ints, some: frozenset[int], size: int) -> Floats:
    """1 where a place is one of some, 0 elsewhere."""
    one = np.zeros(size + 1, np.float32)
    one[list(some)] = 1
    return one[places]


def _places(text: str, starts: Ints, stops: Ints) -> tuple[Ints, Ints]:
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    kinds, kind = np.unique(points, return_inverse=True)
    characters = [chr(point) for point in kinds.tolist()]
    no_head = np.array([c in NO_HEAD or c.isspace() for c in characters], np.bool_)[kind]
    no_tail = np.array([c in NO_TAIL or c.isspace() for c in characters], np.bool_)[kind]
    latin = np.array([c.isascii() and c.isalnum() for c in characters], np.bool_)[kind]
    first, last = starts + MARGIN, stops - MARGIN
    sizes = np.maximum(last + 1 - first, 0)
    owners = np.repeat(np.arange(len(starts)), sizes)
    places = np.arange(len(owners)) + np.repeat(first - np.cumsum(sizes) + sizes, sizes)
    kept = ~(no_head[places] | no_tail[places - 1] | (latin[places] & latin[places - 1]))
    return places[kept], owners[kept]


def _changes_hands(bits: Floats, places: Ints, starts: Ints, stops: Ints) -> Floats:
    """Bits by which two articles explain both sides of a place better than one, 0 to 30; for each
    of WINDOWS, shape (places, WINDOWS)."""
    gains = np.zeros((len(places), len(WINDOWS)), np.float32)
    if bits.shape[1] < 2:
        return gains
    total = np.zeros((bits.shape[1], len(bits) + 1), np.float64)
    np.cumsum(bits.T, axis=1, out=total[:, 1:])
    here = total.take(places, axis=1)
    for number, window in enumerate(WINDOWS):
        left = here - total.take(np.maximum(places - window, starts), axis=1)
        right = total.take(np.minimum(places + window, stops), axis=1) - here
        one = (left + right).max(axis=0)
        two = left.max(axis=0) + right.max(axis=0)
        gains[:, number] = np.clip(two - one, 0, 30)
    return gains
