"""A page as diff and explain show it: its changes and fragments, with places in the raw text."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

from jiaokan.article import Target
from jiaokan.ledger import Ledger, Placed
from jiaokan.positions import Lines
from jiaokan.trace import Trace

if TYPE_CHECKING:
    from jiaokan.inspect.model import Place


@dataclass(frozen=True)
class View:
    """A page's ledger and text."""

    ledger: Ledger
    trace: Trace

    @cached_property
    def lines(self) -> Lines:
        """The lines of the raw text."""
        return Lines(self.trace.raw)

    def spot(self, offset: int) -> str:
        """The place as people write it.

        >>> View(None, Trace("甲\\n乙丙", "")).spot(3)
        '2:2'
        """
        return "{}:{}".format(*self.lines.spot(offset))

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
