"""A page as diff and explain show it: its changes and fragments, with places in the raw text."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from jiaokan.article import SINGLE_FIELDS, Target
from jiaokan.ledger import Ledger, Placed
from jiaokan.trace import Trace

_LINE_END = re.compile(r"\r\n|\r|\n")
_READING = ("furniture", *SINGLE_FIELDS[:4], "paragraphs", "affiliation")


@dataclass(frozen=True, slots=True)
class Fragment:
    """A run of the cleaned text that stands in one piece in the output, too."""

    start: int
    """In the cleaned text."""
    end: int
    target: Target
    """Where its first character went."""
    moved: bool
    """Whether it stands elsewhere among the others than it did in the raw text."""


@dataclass(frozen=True)
class View:
    """A page's ledger and text."""

    ledger: Ledger
    trace: Trace

    @cached_property
    def _lines(self) -> list[int]:
        return [0, *(match.end() for match in _LINE_END.finditer(self.trace.raw))]

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset in the raw text, both from 1."""
        line = bisect_right(self._lines, offset)
        return line, offset - self._lines[line - 1] + 1

    def spot(self, offset: int) -> str:
        """The place as people write it.

        >>> View(None, Trace("甲\\n乙丙", "")).spot(3)
        '2:2'
        """
        return "{}:{}".format(*self.place(offset))

    def offset(self, line: int, column: int) -> int | None:
        """The offset of a place; None where the raw text has not such a place."""
        if not 1 <= line <= len(self._lines) or column < 1:
            return None
        at = self._lines[line - 1] + column - 1
        end = self._lines[line] if line < len(self._lines) else len(self.trace.raw)
        return at if at < end else None

    @cached_property
    def pieces(self) -> list[tuple[int, Placed]]:
        """Each piece with its start in the cleaned text."""
        lengths = (piece.length for piece in self.ledger.pieces)
        return list(zip(accumulate(lengths, initial=0), self.ledger.pieces, strict=False))

    def dropped(self) -> Iterator[tuple[int, Placed]]:
        """Dropped pieces that show something, with their starts in the cleaned text."""
        for start, piece in self.pieces:
            if piece.target is None and piece.text.strip():
                yield start, piece

    def furniture(self) -> Iterator[tuple[int, Placed]]:
        """Pieces set aside as the page's furniture."""
        for start, piece in self.pieces:
            if piece.target is not None and piece.target.article < 0:
                yield start, piece

    def fragments(self) -> list[Fragment]:
        """The articles' fragments in the raw order, those that moved marked."""
        placed = [(s, p, p.target) for s, p in self.pieces if p.target and p.target.article >= 0]
        reading = sorted(range(len(placed)), key=lambda index: _key(placed[index][2]))
        rank = [0] * len(placed)
        for position, index in enumerate(reading):
            rank[index] = position
        articles = [target.article for _, _, target in placed]
        runs: list[tuple[int, int]] = []  # first and last piece
        for index in range(len(placed)):
            if (
                runs
                and rank[index] == rank[index - 1] + 1
                and articles[index] == articles[index - 1]
            ):
                runs[-1] = runs[-1][0], index
            else:
                runs.append((index, index))
        sizes = [sum(placed[i][1].length for i in range(a, b + 1)) for a, b in runs]
        stays = heaviest_rise([rank[first] for first, _ in runs], sizes)
        return [
            Fragment(
                placed[first][0],
                placed[last][0] + placed[last][1].length,
                placed[first][2],
                number not in stays,
            )
            for number, (first, last) in enumerate(runs)
        ]


def where(target: Target) -> str:
    """A place in the output, in words.

    >>> where(Target(1, "paragraphs", 2, 0)), where(Target(0, "title", 0, 0))
    ('article 2, paragraph 3', 'article 1, title')
    """
    if target.article < 0:
        return f"furniture {target.index + 1}"
    if target.field == "paragraphs":
        return f"article {target.article + 1}, paragraph {target.index + 1}"
    return f"article {target.article + 1}, {target.field}"


def heaviest_rise(ranks: Sequence[int], weights: Sequence[int]) -> set[int]:
    """Which items of the rising subsequence of greatest weight stay where they are.

    >>> sorted(heaviest_rise([0, 2, 1, 3], [5, 9, 4, 7]))
    [0, 1, 3]
    """
    best = list(weights)
    before = [-1] * len(ranks)
    for index, rank in enumerate(ranks):
        for earlier in range(index):
            total = best[earlier] + weights[index]
            if ranks[earlier] < rank and total > best[index]:
                best[index], before[index] = total, earlier
    stays: set[int] = set()
    index = max(range(len(ranks)), key=best.__getitem__, default=-1)
    while index >= 0:
        stays.add(index)
        index = before[index]
    return stays


def _key(target: Target) -> tuple[int, int, int, int]:
    return target.article, _READING.index(target.field), target.index, target.offset
