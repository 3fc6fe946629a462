"""How well each printed line of a text goes on from one above it, in bits.

The n-gram counts see the last characters of one line and the first ones of the other. Where
lines surely need to be dealt out, the network of two towers sees both lines whole. The
width speaks, too: a compositor sets a paragraph's first line in by two characters, so that a
full line that is narrower by just so much opens a paragraph.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from jiaokan.columns.turns.line_roles import FOLLOWS, HEADING, looks, roles
from jiaokan.columns.turns.printed_lines import Run
from jiaokan.language import load, towers, view
from jiaokan.language.junctions import Codes, Openings, heads_at, openings, tails_at
from jiaokan.language.model import Model
from jiaokan.language.towers import Seen

Bits = NDArray[np.float64]
Indices = NDArray[np.intp]

LOW, HIGH = -3.9, 10.0
"""Bits that one join can say."""
ENDED = 2.0
"""Bits against a paragraph that ends with a full line."""
HEADED, OPENED = 1.0, -1.0
"""Bits at least by which a heading, and any line, follow a paragraph's end."""
TORN = 5.0
"""Bits against a line that is set in below one that is open."""
PIECE = 3.0
"""Bits against a short line that is a piece of one."""
COUNTED, READ = 0.6, 0.5
"""What counts and network say of a join together, as shares of what each says alone."""


class Onward(NamedTuple):
    """Asks how lines go on; `read` and `skimmed` make it."""

    run: Run
    places: NDArray[np.intp]
    """Where each line starts and ends in what was read, shape (lines, 2)."""
    model: Model
    tails: Codes
    heads: Codes
    each: Openings
    seen: Seen | None
    """Read by the network, where it was asked."""
    roles: Indices
    """What each line is."""

    def part(self, first: int, last: int) -> "Onward":
        """Lines first to last - 1."""
        kept = slice(first, last)
        each = Openings(self.each.ends[kept], self.each.starts[kept], self.each.alone[kept])
        return Onward(
            self.run.part(first, last),
            self.places[kept],
            self.model,
            self.tails[kept],
            self.heads[kept],
            each,
            self.seen,
            self.roles[kept],
        )

    def bits(self, above: Indices, below: Indices) -> Bits:
        """Bits by which each line of `below` goes on behind its one of `above`."""
        run, each = self.run, self.each
        alone, narrower = each.alone[below], run.narrower[below]
        opens = each.starts[below] + np.minimum(narrower, 0)
        parted = each.ends[above] - ENDED + opens
        glued = self._behind(above, below) - np.maximum(narrower, 0)
        behind_full = np.where(run.indented[below], parted, np.maximum(glued, parted))
        behind_short = np.where(run.heading[above], np.maximum(glued - PIECE, opens), opens)
        bits = np.where(run.full[above], behind_full, behind_short) - alone
        least = np.where(run.open[above], LOW, np.where(run.heading[below], HEADED, OPENED))
        one, other = self.roles[above], self.roles[below]
        two_lines = (one == HEADING) & (other == HEADING)
        bits = np.where(two_lines, np.maximum(bits, glued - alone), bits)
        torn = TORN * (run.open[above] & run.indented[below])
        found: Bits = np.clip(bits, least, HIGH) - torn + FOLLOWS[one, other]
        return found

    def glued(self, above: Indices, below: Indices) -> Bits:
        """Bits by which each line of `below` goes on in the sentence of its one of `above`."""
        bits: Bits = self._behind(above, below) - self.each.alone[below]
        return bits

    def _behind(self, above: Indices, below: Indices) -> Bits:
        """log2 P of each line of `below` in the sentence of its one of `above`."""
        counted: Bits = self.model.pairs(self.tails[above], self.heads[below]).astype(np.float64)
        if self.seen is None:
            return counted
        alone = self.each.alone[below]
        read = self.seen.pairs(self.places[above, 1], self.places[below, 0])
        together: Bits = alone + COUNTED * (counted - alone) + READ * read
        return together

    def by_lag(self, most: int) -> Bits:
        """Bits by which each line goes on behind the one `lag` lines above, for all lags up to
        `most`; shape (lines, most + 1), 0 where there is no such line."""
        count = len(self.run)
        joins = np.zeros((count, most + 1))
        for lag in range(1, min(most, count - 1) + 1):
            joins[lag:, lag] = self.bits(np.arange(count - lag), np.arange(lag, count))
        return joins


def skimmed(text: str, run: Run) -> Onward:
    """The lines of a text, read by the counts alone."""
    codes, places = _placed(text, run)
    starts, ends = places.T
    model = load()
    tails = tails_at(codes, ends, model.order - 1)
    heads = heads_at(codes, starts, ends)
    return Onward(run, places, model, tails, heads, openings(model, tails, heads), None, looks(run))


def read(text: str, run: Run, neural: bool) -> Onward:
    """The lines of a text, read by their wording, too, and by the network if `neural`."""
    known = roles(text, run)
    if not neural:
        return skimmed(text, run)._replace(roles=known)
    codes, places = _placed(text, run)
    seen = towers.load().read(codes, places.tolist())
    return skimmed(text, run)._replace(seen=seen, roles=known)


def _placed(text: str, run: Run) -> tuple[Codes, NDArray[np.intp]]:
    """The lines' characters, and where each line starts and ends in them."""
    low = run.spans[0][0]
    return view(text[low : run.spans[-1][1]]), np.array(run.spans) - low
