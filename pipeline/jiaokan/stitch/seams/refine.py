"""Cuts that a first reading of the page shows: where a block's vocabulary changes hands.

The first reading says which article each item belongs to. Each block is then
read character by character: which article's vocabulary speaks here? Where the
answer changes, the places around that join best become candidates, too.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from jiaokan.stitch.blocks import Block
from jiaokan.stitch.items import BODY_ROLES
from jiaokan.stitch.seams.candidates import Places
from jiaokan.stitch.search.decide import Prepared, Reading
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
    body = [block for block in found if block.role in BODY_ROLES]
    for number, at, left, right in _changes(bits, [(block.start, block.end) for block in body]):
        block = body[number]
        middle = block.start + at
        low = np.searchsorted(places.offsets, max(middle - AROUND, block.start))
        high = np.searchsorted(places.offsets, min(middle + AROUND, block.end))
        offsets = places.offsets[low:high]
        if not len(offsets):
            continue
        own = bits[block.start : block.end]
        turn = np.cumsum(own[:, left] - own[:, right])  # the more text goes left, the more
        score = join[low:high] + turn[offsets - block.start - 1]
        best = np.argsort(-score, kind="stable")[:TRIED]
        cuts |= {int(offset) for offset in offsets[best]}
    return cuts


def _used(reading: Reading, index: int) -> bool:
    """Whether the item starts inside a block and another stream stops there."""
    item = reading.items[index]
    return item.inner and reading.stream[index] != reading.stream[index - 1]


Change = tuple[int, int, int, int]
"""Number of a block, place in it, stream before it, stream behind."""


def _changes(bits: NDArray[np.float32], blocks: Sequence[tuple[int, int]]) -> list[Change]:
    """The changes along the best path through each block's streams.

    Blocks of about the same length are read side by side.
    """
    if bits.shape[1] < 2:
        return []
    alike: dict[int, list[int]] = {}
    for number, (start, end) in enumerate(blocks):
        own = bits[start:end]
        if own.max(axis=1).sum() - own.sum(axis=0).max() > CHANGE:  # else no change can pay
            alike.setdefault((end - start).bit_length() // 2, []).append(number)
    found: list[Change] = []
    for numbers in alike.values():
        for row, at, left, right in _abreast(bits, [blocks[number] for number in numbers]):
            found.append((numbers[row], at, left, right))
    return sorted(found)


def _abreast(bits: NDArray[np.float32], blocks: Sequence[tuple[int, int]]) -> Iterator[Change]:
    """Viterbi through several blocks at once; the shorter ones end in places that say nothing."""
    count, streams = len(blocks), bits.shape[1]
    length = max(end - start for start, end in blocks)
    scores = np.zeros((length, count, streams))
    for row, (start, end) in enumerate(blocks):
        scores[: end - start, row] = bits[start:end]
    for at in range(1, length):
        before = scores[at - 1]
        floor = np.maximum.reduce(before, axis=1, keepdims=True) - CHANGE
        scores[at] += np.maximum(floor, before)
    best = scores[:-1].argmax(axis=2)
    changed = scores[:-1].max(axis=2, keepdims=True) - CHANGE > scores[:-1]
    places = np.arange(1, length, dtype=np.int32)[:, None, None]
    # where each stream was last changed to, at each place or before it
    last = np.maximum.accumulate(np.where(changed, places, np.int32(0)), axis=0)
    for row, stream in enumerate(scores[-1].argmax(axis=1).tolist()):
        at = length
        while at > 1 and (at := int(last[at - 2, row, stream])):
            left = int(best[at - 1, row])
            yield row, at, left, stream
            stream = left
