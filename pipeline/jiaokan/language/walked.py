"""A text whose n-grams were looked up once, so that scores between many of its places are cheap.

All n-grams inside a text are looked up in one walk. How its characters read on, and how its heads
stand alone, are sums over that; only n-grams that cross from a tail to a head elsewhere are looked
up pair by pair, and only as long as the shorter ones were found (see `jiaokan.language.joins`).
"""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .cells import LEVELS, States, begin, extend, log2_of
from .fuse import Keys
from .junctions import HEAD, PARAGRAPH
from .mixture import Floats
from .model import Model
from .view import Codes

Places = NDArray[np.intp]

CHUNK = 1 << 17
"""Pairs of tail and head that are scored at once: some 20 MB."""


class Heads(NamedTuple):
    """Places from which the next characters are scored, up to a stop behind each."""

    starts: Places
    stops: Places
    width: int = HEAD
    """Characters that are scored at most."""

    @property
    def sizes(self) -> Places:
        """Characters that are scored of each."""
        sizes: Places = np.minimum(self.stops - self.starts, self.width)
        return sizes


class Named(NamedTuple):
    """The different n-grams of Chinese characters in a text."""

    numbers: Places
    """Of the n-gram that starts at each place; -1 where a character is no Chinese one."""
    counts: Floats
    """log2 count of each in the corpus, -inf where it is not known."""
    order: Places
    """Where they start, by their numbers; those of one number ascend."""


@dataclass(frozen=True)
class Tails:
    """The last 1, 2, … characters of each tail: item t - 1, shape (tails,)."""

    keys: list[Keys]
    states: list[States]

    def __len__(self) -> int:
        return len(self.keys[0])

    def of(self, rows: "NDArray[np.bool_] | slice") -> "Tails":
        """Some of them."""
        return Tails([keys[rows] for keys in self.keys], [states[rows] for states in self.states])


class _Asked(NamedTuple):
    """What was asked, and the answer."""

    ends: Places
    heads: Heads
    wanted: NDArray[np.bool_]
    bits: Floats

    def find(
        self, ends: Places, heads: Heads, wanted: NDArray[np.bool_]
    ) -> tuple[Floats | None, NDArray[np.bool_] | None]:
        """The bits that are known of what is wanted, and where; nothing where nothing is."""
        row, same_end = _places_of(self.ends, ends)
        column, same_start = _places_of(self.heads.starts, heads.starts)
        if not (same_end.any() and same_start.any()):
            return None, None
        same_start &= self.heads.sizes[column] == heads.sizes
        there = wanted & self.wanted[row][:, column]
        there &= same_end[:, None] & same_start[None, :]
        return self.bits[row][:, column], there


def _places_of(known: Places, asked: Places) -> tuple[Places, NDArray[np.bool_]]:
    """Where each place stands among those that are known, and whether it does at all."""
    order = known.argsort(kind="stable")
    at = order.take(known.searchsorted(asked, sorter=order), mode="clip")
    return at, known.take(at, mode="clip") == asked if len(known) else np.zeros(
        len(asked), np.bool_
    )


class Walked:
    """Tails are told by where they end in the text, heads by where they start."""

    def __init__(self, model: Model, codes: Codes) -> None:
        self.model = model
        self.codes = codes
        rows = codes.reshape(1, -1)
        walk = model.grams.walk(rows, model.order)
        self._keys = [keys[0] for keys in walk.keys]
        self._states = [states[0] for states in walk.states]
        chances = [model.chances(rows)]
        for n in range(2, model.order + 1):
            better = model.mixture.better(chances[-1], walk.contexts(n), walk.states[n - 1], n)
            chances.append(better)
        self._chances = np.concatenate(chances)
        self._named: dict[int, Named] = {}
        self._asked: dict[int, _Asked] = {}
        """By how many characters of a head were scored."""
        self._bits = np.where(codes > 0, np.log2(self._chances), np.float32(0))

    def named(self, n: int) -> Named:
        """The n-grams of Chinese characters, numbered; n is 1 or 2."""
        if n not in self._named:
            self._named[n] = self._name(n)
        return self._named[n]

    def _name(self, n: int) -> Named:
        han = (self.codes >= 0x3400) & (self.codes < 0xA000)
        codes = np.where(han, self.codes, 0).astype(np.uint16)
        grams = codes.astype(np.uint32)
        if n == 2:
            grams = grams[:-1] << np.uint32(16) | grams[1:]
            han = han[:-1] & han[1:]
        order = np.flatnonzero(han)
        for place in reversed(range(n)):
            order = order.take(codes.take(order + place).argsort(kind="stable"))
        ranked = grams.take(order)
        new = np.ones(len(order), np.bool_)
        new[1:] = ranked[1:] != ranked[:-1]
        numbers = np.full(len(grams), -1, np.intp)
        numbers[order] = new.cumsum() - 1
        return Named(numbers, self.log2_count(n).take(order[new] + n - 1), order)

    def log2_count(self, n: int) -> Floats:
        """As `Model.log2_count`."""
        return self.model.log2_count(self.codes, 1) if n == 1 else log2_of(self._states[n - 1])

    def natural(self, heads: Heads) -> Floats:
        """log2 P(head | the text before it), shape (heads,)."""
        ends = np.minimum(heads.starts + heads.width, heads.stops)
        return (self._total[ends] - self._total[heads.starts]).astype(np.float32)

    def alone(self, heads: Heads) -> Floats:
        """log2 P(head) without any context, shape (heads,)."""
        bits = np.zeros(len(heads.starts), np.float32)
        for j in range(heads.width):
            bits += self._inside(heads.starts, heads.stops, j)
        return bits

    def begun(self, heads: Heads) -> Floats:
        """log2 P(head | a paragraph begins), shape (heads,)."""
        newline = np.full(1, PARAGRAPH, np.uint32)
        tail = Tails(
            [extend(begin(1), newline)], [self.model.grams.singles[newline].astype(np.int16)]
        )
        bits: Floats = self._joined(tail, heads, np.ones((1, len(heads.starts)), np.bool_))[0]
        return bits

    def ended(self, ends: Places) -> Floats:
        """log2 P(a paragraph ends here | tail), shape (ends,)."""
        grams, mixture = self.model.grams, self.model.mixture
        newline = np.full(len(ends), PARAGRAPH, np.uint32)
        chances = self.model.chances(newline)
        suffix = grams.singles[newline]
        tails = self.tails(ends)
        for t, (keys, context) in enumerate(zip(tails.keys, tails.states, strict=True), 1):
            found = np.zeros(len(ends), np.int16)
            at = np.flatnonzero((context >= LEVELS) & (suffix > 0))
            longer = extend(keys[at], newline[at])
            found[at] = grams.find(longer, context[at], suffix[at], t + 1)
            chances = mixture.better(chances, context, found, t + 1)
            suffix = found
        return np.asarray(np.log2(chances), np.float32)

    def joins(self, ends: Places, heads: Heads, wanted: NDArray[np.bool_]) -> Floats:
        """log2 P(head | tail) where it is wanted, shape (ends, heads).

        Pairs that were asked for the last time are remembered: a page is cut up more than once,
        at mostly the same places.
        """
        before = self._asked.get(heads.width)
        known, there = before.find(ends, heads, wanted) if before else (None, None)
        if there is None or known is None:
            bits = self._looked_up(ends, heads, wanted)
        else:
            bits = self._looked_up(ends, heads, wanted & ~there)
            np.copyto(bits, known, where=there)
        self._asked[heads.width] = _Asked(ends, heads, wanted, bits)
        return bits

    def _looked_up(self, ends: Places, heads: Heads, wanted: NDArray[np.bool_]) -> Floats:
        rows, columns = np.flatnonzero(wanted.any(axis=1)), np.flatnonzero(wanted.any(axis=0))
        if 2 * len(rows) * len(columns) < wanted.size:
            few = Heads(heads.starts.take(columns), heads.stops.take(columns), heads.width)
            every: Floats = np.zeros(wanted.shape, np.float32)
            there = np.ix_(rows, columns)
            if len(rows):
                every[there] = self._looked_up(ends.take(rows), few, wanted[there])
            return every
        return self.joined(self.tails(ends), heads, wanted)

    def joined(self, tails: Tails, heads: Heads, wanted: NDArray[np.bool_]) -> Floats:
        """log2 P(head | tail) where it is wanted, for tails of any text; shape (tails, heads)."""
        step = max(1, CHUNK // max(1, wanted.shape[1]))
        parts = [
            self._joined(tails.of(slice(low, low + step)), heads, wanted[low : low + step])
            for low in range(0, max(1, len(tails)), step)
        ]
        return parts[0] if len(parts) == 1 else np.concatenate(parts)

    @cached_property
    def _total(self) -> NDArray[np.float64]:
        return np.append(0, np.cumsum(self._bits[-1], dtype=np.float64))

    def tails(self, ends: Places) -> Tails:
        """The last 1, 2, … characters before each end; nothing is known before the text."""
        orders = range(self.model.order - 1)
        last = np.maximum(ends - 1, 0)
        known = ends > 0
        return Tails(
            [np.where(known, self._keys[n][last], np.uint64(0)) for n in orders],
            [np.where(known, self._states[n][last], 0).astype(np.int16) for n in orders],
        )

    def _inside(self, starts: Places, stops: Places, j: int) -> Floats:
        """Bits of each head's character j by those of the head before it; 0 behind its stop."""
        at = starts + j
        bits = self._bits[min(j, self.model.order - 1)][np.minimum(at, len(self.codes) - 1)]
        return np.where(at < stops, bits, np.float32(0))

    def _joined(self, tails: Tails, heads: Heads, wanted: NDArray[np.bool_]) -> Floats:
        """log2 P(head | tail), shape (tails, heads); only where it is wanted by long n-grams."""
        there = heads.starts < heads.stops
        first = np.where(there, self.codes[np.minimum(heads.starts, len(self.codes) - 1)], 0)
        codes, column = np.unique(first, return_inverse=True)
        asked = np.zeros((len(tails), len(codes)), np.bool_)
        rows, columns = np.nonzero(wanted)
        pairs = rows * len(codes) + column.take(columns)  # of a tail and a character
        asked.ravel()[pairs] = True
        chances, contexts = self._first(tails, codes, asked)
        single = self._inside(heads.starts, heads.stops, 0)
        bits = np.where(codes > 0, np.log2(chances), 0)[:, column]
        bits += self.alone(heads) - single
        goes_on = np.any([context >= LEVELS for context in contexts], axis=0)
        at = np.flatnonzero(goes_on.take(pairs) & (heads.starts + 1 < heads.stops).take(columns))
        if len(at):
            rows, columns, pairs = rows.take(at), columns.take(at), pairs.take(at)
            states = [context.take(pairs) for context in contexts]
            bits[rows, columns] += self._further(tails, heads, rows, columns, states)
        return bits

    def _first(
        self, tails: Tails, codes: Codes, asked: NDArray[np.bool_]
    ) -> tuple[Floats, list[States]]:
        """P(character | tail), and the states of the 2-, 3-, … grams; shape (tails, codes)."""
        grams, mixture = self.model.grams, self.model.mixture
        # tails whose last characters are the same are looked up once
        _, first, same = np.unique(tails.keys[0], return_index=True, return_inverse=True)
        order = same.argsort(kind="stable")
        asked_once = np.logical_or.reduceat(
            asked[order], same[order].searchsorted(range(len(first)))
        )
        suffix, chances = self._single(codes)[None, :], self.model.chances(codes)[None, :]
        contexts: list[States] = []
        for t, (keys, states) in enumerate(zip(tails.keys, tails.states, strict=True), 1):
            one = t == 1
            keys, states = (keys[first], states[first]) if one else (keys, states)
            found = np.zeros((len(keys), len(codes)), np.int16)
            wanted = asked_once if one else asked
            row, column = np.nonzero((states >= LEVELS)[:, None] & (suffix > 0) & wanted)
            longer = extend(keys[row], codes[column])
            shorter = suffix[0 if one else row, column]
            found[row, column] = grams.find(longer, states[row], shorter, t + 1)
            chances = mixture.better(chances, states[:, None], found, t + 1)
            if one:
                found, chances = found[same], chances[same]
            contexts.append(found)
            suffix = found
        return chances, contexts

    def _further(
        self, tails: Tails, heads: Heads, rows: Places, columns: Places, contexts: list[States]
    ) -> Floats:
        """Bits by which the heads' second and further characters are likelier for the tails.

        Shape (pairs,). The further a character is, the fewer n-grams still reach the tail.
        """
        grams, mixture = self.model.grams, self.model.mixture
        starts, stops = heads.starts[columns], heads.stops[columns]
        bits = np.zeros(len(rows), np.float32)
        at = np.arange(len(rows))
        for j in range(1, min(heads.width, grams.order - 1)):
            contexts = contexts[: grams.order - 1 - j]
            goes_on = np.any([context >= LEVELS for context in contexts], axis=0)
            open_ = np.flatnonzero(goes_on & (starts.take(at) + j < stops.take(at)))
            at, contexts = at.take(open_), [context.take(open_) for context in contexts]
            place = starts.take(at) + j
            chances, suffix = self._chances[j].take(place), self._states[j].take(place)
            longer: list[States] = []
            for t, context in enumerate(contexts, 1):
                found = np.zeros_like(context)
                seen = np.flatnonzero((context >= LEVELS) & (suffix > 0))
                pairs = at.take(seen)
                keys, first = tails.keys[t - 1].take(rows.take(pairs)), starts.take(pairs)
                for step in range(j + 1):
                    keys = extend(keys, self.codes.take(first + step))
                found[seen] = grams.find(keys, context.take(seen), suffix.take(seen), t + j + 1)
                chances = mixture.better(chances, context, found, t + j + 1)
                longer.append(found)
                suffix = found
            bits[at] += np.log2(chances) - self._bits[j].take(place)
            contexts = longer
        return bits

    def _single(self, codes: Codes) -> States:
        singles = self.model.grams.singles
        known = singles[np.minimum(codes, len(singles) - 1)]
        return np.where(codes < len(singles), known, 0).astype(np.int16)
