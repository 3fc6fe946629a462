"""Where inside a block a seam may be: the places where the text runs on worst.

For each place p of a body block: how much better do the text before p and the
text behind p join with other blocks' heads and tails than with one another?
Only the places where the text surprises the model are looked at in full.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from jiaokan.language.junctions import Codes, heads_at, openings, tails_at
from jiaokan.language.model import Model
from jiaokan.stitch.blocks import Block, closed
from jiaokan.stitch.items import BODY_ROLES

LOOKED_AT = 1200
"""Most surprising places of a page that are compared with other blocks."""
MARGIN = 2
"""Characters at a block's edges where no cut is tried."""
NO_HEAD = frozenset("，。、；：？！”’）》」』〕】…—%,.;:?!)")
"""What no printed line starts with: a fragment does not either."""
NO_TAIL = frozenset("“‘（《「『〔【(")
"""What no printed line ends with."""


def candidates(
    model: Model,
    codes: Codes,
    text: str,
    found: Sequence[Block],
    line_starts: frozenset[int],
    most: int,
) -> list[int]:
    """The best places for cuts inside body blocks, at most `most`, in text order."""
    body = [block for block in found if block.role in BODY_ROLES]
    places, block_of = _places(text, body)
    if not len(places) or len(body) < 2:
        return []
    width = model.order - 1
    stops = np.array([body[index].end for index in block_of])
    tails = tails_at(codes, places, width)
    heads = heads_at(codes, places, stops)
    natural = model.pairs(tails, heads)
    alone = openings(model, tails, heads).alone
    surprise = alone - natural  # the more, the worse the text runs on here
    at_line = np.isin(places, list(line_starts))
    order = np.argsort(-(surprise + 4 * at_line))[:LOOKED_AT]
    places, block_of = places[order], block_of[order]
    tails, heads, natural = tails[order], heads[order], natural[order]
    gain = _gain(model, codes, body, places, block_of, tails, heads, natural)
    gain += 4 * at_line[order]
    best = order_by(gain, most)
    return sorted(int(place) for place in places[best])


def order_by(gain: NDArray[np.float32], most: int) -> NDArray[np.intp]:
    """Indices of the greatest gains, ties broken by place."""
    return np.argsort(-gain, kind="stable")[:most]


def _places(text: str, body: Sequence[Block]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    places: list[int] = []
    owners: list[int] = []
    for index, block in enumerate(body):
        for place in range(block.start + MARGIN, block.end - MARGIN + 1):
            left, right = text[place - 1], text[place]
            if right in NO_HEAD or left in NO_TAIL:
                continue
            if left.isascii() and right.isascii() and left.isalnum() and right.isalnum():
                continue
            places.append(place)
            owners.append(index)
    return np.array(places, dtype=np.intp), np.array(owners, dtype=np.intp)


def _gain(
    model: Model,
    codes: Codes,
    body: Sequence[Block],
    places: NDArray[np.intp],
    block_of: NDArray[np.intp],
    tails: Codes,
    heads: Codes,
    natural: NDArray[np.float32],
) -> NDArray[np.float32]:
    """Bits won by cutting at each place: best other tail and best other head, less what is."""
    width = model.order - 1
    starts = np.array([block.start for block in body])
    ends = np.array([block.end for block in body])
    open_ends = np.array([not closed(block.text) for block in body])
    block_tails = tails_at(codes, ends, width)
    block_heads = heads_at(codes, starts, ends)
    into = model.joins(block_tails, heads)  # (blocks, places)
    before = np.arange(len(body))[:, None] < block_of[None, :]
    into = np.where(before & open_ends[:, None], into, -np.inf)
    out = model.joins(tails, block_heads)  # (places, blocks)
    out = np.where(np.arange(len(body))[None, :] > block_of[:, None], out, -np.inf)
    head_alone = openings(model, block_tails, block_heads)
    out_gain = np.max(out - head_alone.starts[None, :], axis=1)
    in_best = np.maximum(np.max(into, axis=0), openings(model, tails, heads).starts)
    in_gain = in_best - natural
    out_gain = np.where(np.isfinite(out_gain), out_gain, -20)
    return (in_gain + np.clip(out_gain, -20, 20)).astype(np.float32)
