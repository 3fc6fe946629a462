"""Cuts that a first reading of the page shows: where a block's vocabulary changes hands.

The first reading says which article each item belongs to. Each block is then
read character by character: which article's vocabulary speaks here? Where the
answer changes, the places around that join best become candidates, too.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from jiaokan.stitch.blocks import Block
from jiaokan.stitch.candidates import Places
from jiaokan.stitch.decide import Prepared, Reading
from jiaokan.stitch.items import BODY_ROLES
from jiaokan.stitch.weights import Weights

KINSHIP = 0.2
"""What a bit of kinship counts here, place by place."""
CHANGE = 8.0
"""Bits that a change of article inside a block costs."""
AROUND = 60
"""Characters on both sides of a change where the cut may be."""
TRIED = 8
"""Best places that are tried for each change."""


def refined(
    page: Prepared,
    reading: Reading,
    found: Sequence[Block],
    places: Places,
    weights: Weights,
) -> set[int]:
    """The cuts that the reading uses, and those that its vocabulary asks for."""
    bits = KINSHIP * page.pairs.by_place(reading.shares)[:, :-1]
    cuts = {item.start for index, item in enumerate(page.items) if _used(reading, index)}
    join = np.clip(places.features[:, 1], -30, 10) + np.clip(places.features[:, 3], -15, 15)
    for block in found:
        if block.role not in BODY_ROLES:
            continue
        own = bits[block.start : block.end]
        for at, left, right in _changes(own):
            middle = block.start + at
            low = np.searchsorted(places.offsets, max(middle - AROUND, block.start))
            high = np.searchsorted(places.offsets, min(middle + AROUND, block.end))
            offsets = places.offsets[low:high]
            if not len(offsets):
                continue
            turn = np.cumsum(own[:, left] - own[:, right])  # the more text goes left, the more
            score = join[low:high] + turn[offsets - block.start - 1]
            best = np.argsort(-score, kind="stable")[:TRIED]
            cuts |= {int(offset) for offset in offsets[best]}
    return cuts


def _used(reading: Reading, index: int) -> bool:
    """Whether the item starts inside a block and another stream stops there."""
    item = reading.items[index]
    return item.inner and reading.stream[index] != reading.stream[index - 1]


def _changes(bits: NDArray[np.float32]) -> list[tuple[int, int, int]]:
    """(place, stream before, stream behind) along the best path through a block's streams."""
    length, streams = bits.shape
    if streams < 2 or length < 2:
        return []
    if bits.max(axis=1).sum() - bits.sum(axis=0).max() <= CHANGE:
        return []  # no change can pay
    score: list[float] = bits[0].tolist()
    came: list[list[int]] = [list(range(streams))]
    for row in bits[1:].tolist():
        best = max(range(streams), key=score.__getitem__)
        floor = score[best] - CHANGE
        came.append([best if floor > own else stream for stream, own in enumerate(score)])
        score = [max(floor, own) + bit for own, bit in zip(score, row, strict=True)]
    stream = max(range(streams), key=score.__getitem__)
    changes: list[tuple[int, int, int]] = []
    for at in range(length - 1, 0, -1):
        before = came[at][stream]
        if before != stream:
            changes.append((at, before, stream))
        stream = before
    return changes[::-1]
