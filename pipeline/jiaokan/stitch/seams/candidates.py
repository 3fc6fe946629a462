"""Where inside a block a seam may be.

For each place of a body block: how do the text before it and the text behind
it join with one another, and with the heads and tails of other blocks? These
bits, weighted as learned from generated pages (`bench/fit/cuts.py`), rank the
places; the search decides among the best.
"""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from jiaokan.language.towers import Seen
from jiaokan.language.walked import Heads, Walked
from jiaokan.stitch.blocks import Block, closed
from jiaokan.stitch.items import BODY_ROLES
from jiaokan.stitch.learned import learned
from jiaokan.stitch.seams import trees
from jiaokan.stitch.seams.first_ranking import WINDOWS, Sight, at_sight, expand

HEADS = 16
"""Blocks whose heads are tried behind a place: those that least begin a paragraph."""
FAR = 30.0
"""Bits that stand for: there is no such block."""


class Settled(NamedTuple):
    """Blocks that a first reading joined well: they need no partner inside another block."""

    tails: frozenset[int]
    """Starts of the blocks whose end goes on well."""
    heads: frozenset[int]
    """Starts of the blocks whose start is gone on to well."""


class Places(NamedTuple):
    """Places where a cut may be, and what speaks for each."""

    offsets: NDArray[np.intp]
    """In the text, ascending."""
    features: NDArray[np.float32]
    """Shape (places, FEATURES); see `_measure`."""


FEATURES = (
    "natural against alone",
    "best tail against natural",
    "best tail against alone",
    "best head against its paragraph start",
    "paragraph start against alone",
    "paragraph end",
    "at a printed line's start",
    "natural",
    "alone",
    "best tail and best head together",
    *(f"vocabulary changes hands, {window} characters around" for window in WINDOWS),
    "doublings of the characters before it in its block",
    "doublings of the characters behind it",
    "behind a comma",
    "doublings of the blocks that break off above it",
    "doublings of the likely heads below it",
)
NETWORK_FEATURES = (
    "network: natural",
    "network: best tail",
    "network: best tail against natural",
    "network: best head",
    "network: best tail and best head together",
    "network: best place before it that may be a cut",
    "network: best place behind it that may be a cut",
)
"""What the network adds."""
COMMAS = frozenset("，；：、,;:")
TORN = 500
"""Places that may be partners of each other: those where the text runs on least."""


def candidates(places: Places, most: int) -> dict[int, float]:
    """The best places for cuts, at most `most`, with the log2 odds that a seam is there."""
    odds = rank(places.features)
    best = np.argsort(-odds, kind="stable")[:most]
    return {int(places.offsets[at]): float(odds[at]) for at in best}


def survey(
    walked: Walked,
    text: str,
    found: Sequence[Block],
    line_starts: frozenset[int],
    bits: NDArray[np.float32],
    settled: Settled,
    network: Seen | None = None,
    *,
    every: bool = False,
) -> Places | None:
    """The likely places, or every one, and their features; None where there is nothing to cut.

    `bits`: how well each character fits each article, shape (text, articles).
    """
    body = [block for block in found if block.role in BODY_ROLES]
    sight = at_sight(walked, text, body, line_starts, bits, network)
    if not len(sight.places):
        return None
    if not every:
        sight = sight.likely()
    partners = _partners(walked, body, settled)
    columns = [
        _measure(walked, _heads(body), sight, partners),
        _around(text, body, sight, partners),
    ]
    if network and sight.read is not None:
        columns.append(_read(network, body, sight, sight.read, partners))
        columns.append(_torn(network, sight.places, sight.read, columns[0][:, 0]))
    return Places(sight.places, np.concatenate(columns, axis=1))


@cache
def _weights(name: str) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
    table = learned(name)
    return (
        np.array(table["mean"], np.float32),
        np.array(table["scale"], np.float32),
        np.array(table["weights"], np.float32),
    )


def rank(features: NDArray[np.float32]) -> NDArray[np.float32]:
    """log2 of the odds that each place is a seam."""
    if features.shape[1] > len(FEATURES):
        return trees.load().odds(features)
    mean, scale, weights = _weights("cuts")
    return np.asarray(np.dot((expand(features) - mean) / scale, weights) / np.log(2), np.float32)


class Partners(NamedTuple):
    """The blocks that a place inside another block may go with, by their numbers."""

    tails: NDArray[np.intp]
    """Those that break off."""
    heads: NDArray[np.intp]
    """Those that least begin a paragraph."""


def _partners(walked: Walked, body: Sequence[Block], settled: Settled) -> Partners:
    heads = _heads(body)
    opens = (walked.begun(heads) - walked.alone(heads)).tolist()
    broken = [
        index
        for index, block in enumerate(body)
        if not closed(block.text) and block.start not in settled.tails
    ]
    loose = [index for index, block in enumerate(body) if block.start not in settled.heads]
    loose.sort(key=opens.__getitem__)
    return Partners(np.array(broken, np.intp), np.array(sorted(loose[:HEADS]), np.intp))


def _heads(body: Sequence[Block]) -> Heads:
    starts = np.array([block.start for block in body], np.intp)
    return Heads(starts, np.array([block.end for block in body], np.intp))


def _read(
    network: Seen,
    body: Sequence[Block],
    sight: Sight,
    natural: NDArray[np.float32],
    partners: Partners,
) -> NDArray[np.float32]:
    """What the network says of each place, in the order of NETWORK_FEATURES."""
    heads, places, owners = _heads(body), sight.places, sight.owners
    tail = head = np.full(len(places), -FAR, np.float32)
    if len(partners.tails):
        into = network.joins(heads.stops[partners.tails], places)
        tail = np.where(partners.tails[:, None] < owners[None, :], into, -FAR).max(axis=0)
    if len(partners.heads):
        out = network.joins(places, heads.starts[partners.heads])
        head = np.where(partners.heads[None, :] > owners[:, None], out, -FAR).max(axis=1)
    both = np.minimum(tail, 12) + np.minimum(head, 12) - natural
    return np.stack([natural, tail, tail - natural, head, both], axis=1).astype(np.float32)


def _torn(
    network: Seen,
    places: NDArray[np.intp],
    own: NDArray[np.float32],
    natural: NDArray[np.float32],
) -> NDArray[np.float32]:
    """How well each place goes with another one inside a block, where two seams are glued.

    `own` and `natural`: how well the text runs on there by the network and by the counts, in bits.
    """
    torn = np.sort(np.argsort(own + natural, kind="stable")[:TORN])
    gain = network.joins(places[torn], places[torn])
    before = np.tri(len(torn), k=-1, dtype=bool).T
    head = np.where(before, gain - own[torn][None, :], -FAR).max(axis=1)
    tail = np.where(before, gain - own[torn][:, None], -FAR).max(axis=0)
    found = np.full((len(places), 2), -FAR, np.float32)
    found[torn] = np.maximum(np.stack([tail, head], axis=1), -FAR)
    return found


def _around(
    text: str, body: Sequence[Block], sight: Sight, partners: Partners
) -> NDArray[np.float32]:
    """Where in its block each place is, and how many partners it may have."""
    heads = _heads(body)
    comma = np.array([text[at - 1] in COMMAS for at in sight.places.tolist()], np.float32)
    above = np.searchsorted(partners.tails, sight.owners)
    below = len(partners.heads) - np.searchsorted(partners.heads, sight.owners, side="right")
    columns = [
        np.log2(sight.places - heads.starts[sight.owners] + 1),
        np.log2(heads.stops[sight.owners] - sight.places + 1),
        comma,
        np.log2(above + 1),
        np.log2(below + 1),
    ]
    return np.stack(columns, axis=1).astype(np.float32)


def _measure(
    walked: Walked, blocks: Heads, sight: Sight, partners: Partners
) -> NDArray[np.float32]:
    """The features of each place, in the order of FEATURES; all but one in bits."""
    natural, alone, begun = sight.natural, sight.alone, sight.begun
    tail = np.full(len(sight.places), -2 * FAR, np.float32)
    head = np.full(len(sight.places), -FAR, np.float32)
    tailed, likely = partners.tails, partners.heads
    if len(tailed):
        before = tailed[:, None] < sight.owners[None, :]
        heads = Heads(sight.places, blocks.stops[sight.owners])
        into = walked.joins(blocks.stops[tailed], heads, before)
        tail = np.where(before, into, -2 * FAR).max(axis=0)
    if len(likely):
        behind = likely[None, :] > sight.owners[:, None]
        first = Heads(blocks.starts[likely], blocks.stops[likely])
        out = walked.joins(sight.places, first, behind) - walked.begun(first)
        head = np.where(behind, out, -FAR).max(axis=1)
    columns = [
        natural - alone,
        np.maximum(tail, begun) - natural,
        tail - alone,
        head,
        begun - alone,
        sight.ended,
        sight.printed,
        natural,
        alone,
        np.minimum(tail - natural, 10) + np.minimum(head, 15),
        *sight.hands.T,
    ]
    return np.stack(columns, axis=1).astype(np.float32)
