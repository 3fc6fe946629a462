"""Where pairs of characters stand in a long text that tell where words may stand.

A word is looked for by the pair in it that the language has least often: a misreading has one that
hardly any right text has. numpy finds the pairs, all at once, by a table that fits the processor's
cache; where that leaves many places, what must stand beside a pair, and what may not, is asked of
all of them at once, too. Other pairs that look alike to the tables are among what is found.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from jiaokan.code_points import points

if TYPE_CHECKING:
    from jiaokan.code_points import Points

_CHUNK = 1 << 17
"""Characters that are searched at once: it takes memory for each."""
_FEW = 40
"""Places in a part of a text that are not asked what stands beside them."""
_NEAREST, _FARTHEST = -1, 6
"""Where a character beside a pair can be asked for, counted from the pair."""
_BITS = 17
_SPREAD = 367
_MASK = (1 << _BITS) - 1


class Mark(NamedTuple):
    """By what a word is found."""

    pair: str
    at: int
    """Where in the word the pair stands."""
    beside: str = ""
    """A character that must stand beside it; empty: none is asked for."""
    where: tuple[int, ...] = ()
    """Where that may stand, counted from the pair."""
    turned: str = ""
    """A character that may not stand just before the pair; empty: any may."""

    @property
    def asks(self) -> bool:
        """Whether what stands beside it can be asked of many places at once."""
        return bool(self.beside) and min(self.where) >= _NEAREST and max(self.where) <= _FARTHEST


def marks(words: Sequence[str]) -> list[Mark]:
    """By what words of two characters and more are found."""
    found: list[Mark] = []
    for word, at in zip(words, _rarest(words), strict=True):
        behind = at + 2 < len(word)
        beside = word[at + 2] if behind else word[at - 1] if at else ""
        found.append(Mark(word[at : at + 2], at, beside, (2 if behind else -1,)))
    return found


def _rarest(words: Sequence[str]) -> list[int]:
    """Where in each word the pair stands that the language has least often, the first of them. Of
    pairs that it never had, that of the rarer characters: pages have 溅囗 less often than 砖溅."""
    from jiaokan.language import load, view

    new = [word for word in words if word not in KNOWN]
    codes = view("".join(new))
    model = load()
    counts: list[float] = model.log2_pairs(codes[:-1], codes[1:]).tolist() if new else []
    each = model.log2_count(codes, 1) if new else codes
    chances: list[float] = (each[:-1] + each[1:]).tolist()
    begin = 0
    for word in new:
        pairs = range(begin, begin + len(word) - 1)
        KNOWN[word] = min(pairs, key=lambda at: (counts[at], chances[at])) - begin
        begin += len(word)
    return [KNOWN[word] for word in words]


KNOWN: dict[str, int] = {}
"""What was found out about words: where the pair stands by which each is found."""


class Pairs:
    """Pairs of characters, found in one pass."""

    def __init__(self, wanted: Iterable[Mark]) -> None:
        import numpy as np

        self._spread, self._mask = np.uint32(_SPREAD), np.uint32(_MASK)
        self._known = np.zeros(1 << _BITS, np.bool_)
        """Two characters, made one number → whether they are a pair."""
        self._always = np.zeros(1 << _BITS, np.bool_)
        """The same → whether it is wanted whatever stands beside it."""
        self._beside = np.zeros(1 << _BITS, np.uint8)
        """The same and one beside them → where that may stand, a bit each."""
        self._turned = np.zeros(1 << _BITS, np.uint32)
        """The same → the code point that may not stand just before them; 0: any may."""
        asked: set[int] = set()
        turned: defaultdict[int, set[str]] = defaultdict(set)
        for mark in wanted:
            number = _number(ord(mark.pair[0]), ord(mark.pair[1]))
            self._known[number] = True
            # Before the first character numpy sees the first once more.
            turned[number].add("" if mark.turned == mark.pair[0] else mark.turned)
            if not mark.asks:
                self._always[number] = True
                continue
            for place in mark.where:
                self._beside[min(number ^ ord(mark.beside), _MASK)] |= _bit(place)
            asked.update(mark.where)
        for number, characters in turned.items():
            if len(characters) == 1 and characters != {""}:
                self._turned[number] = ord(*characters)
        if self._turned.any():
            asked.add(_NEAREST)
        self._places = np.array(sorted(asked), np.intp)[:, None]
        self._bits = np.array([_bit(place) for place in sorted(asked)], np.uint8)[:, None]
        self._some_always = bool(self._always.any())
        self._some_turned = bool(self._turned.any())
        self._any = np.bitwise_or.reduce

    def find(self, text: str) -> Iterable[int]:
        """Where a pair may stand, in order: most of what stands there is one."""
        codes = points(text)
        if len(text) <= _CHUNK:
            return self._in_part(codes, 0)
        return chain.from_iterable(self._in_part(codes, n) for n in range(0, len(text), _CHUNK))

    def _in_part(self, codes: "Points", low: int) -> list[int]:
        part = codes[low : low + _CHUNK + 1]
        numbers = part[:-1] * self._spread
        numbers += part[1:]
        numbers &= self._mask
        at = self._known.take(numbers, mode="clip").nonzero()[0]
        if at.size > _FEW and self._places.size:
            here = numbers.take(at)
            beside = codes.take(at + (self._places + low if low else self._places), mode="clip")
            free = beside[0] != self._turned.take(here) if self._some_turned else None
            beside ^= here
            seen = self._beside.take(beside, mode="clip")
            seen &= self._bits
            good = self._any(seen)
            if self._some_always:
                good |= self._always.take(here)
            if free is not None:
                good *= free
            at = at.compress(good)
        if low:
            at += low
        found: list[int] = at.tolist()
        return found


def _number(left: int, right: int) -> int:
    return (left * _SPREAD + right) & _MASK


def _bit(place: int) -> int:
    return 1 << (place - _NEAREST)
