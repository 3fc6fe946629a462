"""Edits put into a page's cleaned text, and its articles made anew from the pieces.

Pieces stay where they went: an edit may make a piece longer or shorter, and moves what stands
behind it in the same paragraph. It never moves text to another place.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from jiaokan.article import SINGLE_FIELDS, Article, Field
from jiaokan.formats.clean_json import Clean
from jiaokan.ledger import Placed
from jiaokan.restore import string_at

Part = tuple[Placed, str]
"""A piece and its text."""
_BREAKS = frozenset("\n\r\v\f\x85\u2028\u2029")


def parts_of(pieces: Sequence[Placed], clean: Clean) -> list[Part]:
    """Each piece with its text."""
    parts: list[Part] = []
    for piece in pieces:
        if piece.target is None:
            parts.append((piece, piece.text))
        else:
            whole = string_at(clean, piece.target)
            parts.append((piece, whole[piece.target.offset :][: piece.length]))
    return parts


class Draft:
    """A cleaned text in its pieces, while edits are put into it, the last one first."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self.parts = list(parts)
        self._ends: list[int] = []
        at = 0
        for _, text in parts:
            at += len(text)
            self._ends.append(at)

    def refusal(self, start: int, end: int, old: str, new: str) -> str:
        """Why only stitching the page anew could tell what becomes of it; empty: it is clear."""
        found = self._touched(start, end)
        if not found:
            return "no text is left beside it"
        if _BREAKS.isdisjoint(old) != _BREAKS.isdisjoint(new):
            return "it parts or joins lines"
        if len(found) > 1 and len(old) != len(new):
            return "its text went to several places"
        piece, text = self.parts[found[0]]
        if piece.target and not new and text == old:
            return "nothing would be left in its place"
        return ""

    def put(self, start: int, end: int, new: str) -> None:
        """Make an edit that is not refused."""
        found = self._touched(start, end)
        for index in found:
            piece, text = self.parts[index]
            first = self._ends[index - 1] if index else 0
            low, high = max(start, first), min(end, self._ends[index])
            own = new if len(found) == 1 else new[low - start : high - start]
            self.parts[index] = piece, text[: low - first] + own + text[high - first :]

    def _touched(self, start: int, end: int) -> list[int]:
        """Numbers of the pieces that an edit touches. An insertion goes to what it stands beside:
        the output before it, else the output behind it, else what was dropped."""
        if start < end:
            return list(range(bisect_right(self._ends, start), bisect_left(self._ends, end) + 1))
        first = bisect_left(self._ends, start)
        both = start < len(self) and self._ends[first : first + 1] == [start]
        near = [first, first + 1] if both else [first]
        near = [index for index in near if index < len(self.parts)]
        return [index for index in near if self.parts[index][0].target][:1] or near[:1]

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0


def rebuilt(clean: Clean, parts: Sequence[Part]) -> tuple[Clean, tuple[Placed, ...]]:
    """The clean file and the pieces, made of the pieces' texts."""
    strings: dict[tuple[int, Field, int], str] = {}
    pieces: list[Placed | None] = [None] * len(parts)
    for number in sorted(range(len(parts)), key=lambda number: _offset(parts[number])):
        piece, text = parts[number]
        if not text:
            continue
        if piece.target is None:
            pieces[number] = replace(piece, length=len(text), text=text)
            continue
        key = piece.target.article, piece.target.field, piece.target.index
        so_far = strings.get(key, "")
        target = replace(piece.target, offset=len(so_far))
        pieces[number] = replace(piece, length=len(text), target=target)
        strings[key] = so_far + text
    articles = tuple(
        _article(number, article, strings) for number, article in enumerate(clean.articles)
    )
    lines = (strings.get((-1, "furniture", index), "") for index in range(len(clean.furniture)))
    made = replace(clean, articles=articles, furniture=tuple(lines))
    return made, tuple(piece for piece in pieces if piece is not None)


def _offset(part: Part) -> int:
    target = part[0].target
    return target.offset if target else 0


def _article(number: int, article: Article, strings: dict[tuple[int, Field, int], str]) -> Article:
    single = {name: strings.get((number, name, 0), "") for name in SINGLE_FIELDS}
    paragraphs = tuple(_paragraphs(number, len(article.paragraphs), strings))
    return Article(**single, paragraphs=paragraphs)


def _paragraphs(
    number: int, count: int, strings: dict[tuple[int, Field, int], str]
) -> Iterator[str]:
    for index in range(count):
        yield strings.get((number, "paragraphs", index), "")
