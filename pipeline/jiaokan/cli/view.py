"""A page as diff and explain show it: its changes and fragments, with places in the raw text."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

from jiaokan.article import Target
from jiaokan.ledger import Ledger, Placed
from jiaokan.trace import Trace

if TYPE_CHECKING:
    from jiaokan.inspect.model import Place

_LINE_END = re.compile(r"\r\n|\r|\n")


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


def where(target: "Target | Place") -> str:
    """A place in the output, in words.

    >>> where(Target(1, "paragraphs", 2, 0)), where(Target(0, "title", 0, 0))
    ('article 2, paragraph 3', 'article 1, title')
    """
    if target.article < 0:
        return f"furniture {target.index + 1}"
    if target.field == "paragraphs":
        return f"article {target.article + 1}, paragraph {target.index + 1}"
    return f"article {target.article + 1}, {target.field}"
