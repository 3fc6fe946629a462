"""Where things stand on a page: raw text, cleaned text and articles, told in one another."""

from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise

from jiaokan.decisions.model import Reads
from jiaokan.decisions.text import text_offset
from jiaokan.finding import Finding
from jiaokan.inspect import FragmentView, PageView, Stretch
from jiaokan.ledger import Ledger
from jiaokan.stitch.blocks import SENTENCE_END
from jiaokan.trace import Trace

_HEADING = ("the heading “", "”")
_TAIL = ("“…", "”")


@dataclass(frozen=True)
class Frame:
    """A page's coordinates."""

    view: PageView
    ledger: Ledger

    @cached_property
    def trace(self) -> Trace:
        """Raw and cleaned text, and the changes between them."""
        return Trace(self.view.raw, self.view.cleaned, self.ledger.changes)

    @cached_property
    def cleaned_at(self) -> dict[tuple[int, str, int, int], int]:
        """Place in the output -> where its text starts in the cleaned text."""
        lengths = (piece.length for piece in self.ledger.pieces)
        starts = accumulate(lengths, initial=0)
        return {
            (piece.target.article, piece.target.field, piece.target.index, piece.target.offset): at
            for at, piece in zip(starts, self.ledger.pieces, strict=False)
            if piece.target
        }

    def at(self, stretch: Stretch) -> int:
        """Where a stretch starts in the cleaned text."""
        place = stretch.place
        return self.cleaned_at[place.article, place.field, place.index, place.start]

    def raw_start(self, at: int) -> int:
        """Where text that starts here in the cleaned text starts in the raw text."""
        return self.trace.raw_offset(at)

    def raw_end(self, at: int) -> int:
        """Where text that ends here in the cleaned text ends in the raw text."""
        return self.trace.raw_offset(at, end=True)

    @cached_property
    def reading(self) -> list[tuple[int, Stretch]]:
        """Every stretch of a body with its article, as the articles read."""
        return [
            (article.number, stretch)
            for article in self.view.articles
            for field in article.fields
            if field.name == "paragraphs"
            for stretch in field.stretches
        ]

    def fragment_at(self, offset: int) -> FragmentView | None:
        """The fragment that holds a raw offset."""
        holding = (one for one in self.view.fragments if one.start <= offset < one.end)
        return next(holding, None)

    def before(self, offset: int) -> int | None:
        """Where the text ends, raw, that an article has before the text at this raw offset; None:
        it is the article's first."""
        _, pair = self._pair(offset)
        if pair is None:
            return None
        last, here = pair
        return offset if last is here else last.end

    def joined(self, offset: int) -> bool:
        """Whether the text at this raw offset runs on in its paragraph."""
        joined, _ = self._pair(offset)
        return joined

    def _pair(self, offset: int) -> tuple[bool, tuple[Stretch, Stretch] | None]:
        found = [stretch for _, stretch in self.reading]
        for stretch in found:
            if stretch.start < offset < stretch.end:
                return True, (stretch, stretch)
        for (one, left), (other, right) in pairwise(self.reading):
            if one == other and right.start <= offset < right.end:
                return left.place.string == right.place.string, (left, right)
        return False, None

    def choices(self, finding: Finding) -> tuple[int | None, ...]:
        """The raw offset that each alternative of an uncertain seam speaks of; None where it is
        not on the page, or cannot be told."""
        return tuple(self._place(one.text, finding.start) for one in finding.alternatives)

    def read_on(self, place: int) -> Reads:
        """How text reads behind this raw offset: a sentence that has not ended runs on."""
        before = self.view.raw[:place].rstrip()
        heads = (
            s.end
            for a in self.view.articles
            for f in a.fields
            for s in f.stretches
            if f.name not in ("paragraphs", "affiliation")
        )
        if place in set(heads) or before[-1:] in SENTENCE_END:
            return "paragraph"
        return "on"

    def _place(self, said: str, apart: int) -> int | None:
        for opening, closing in (_HEADING, _TAIL):
            if said.startswith(opening) and said.endswith(closing):
                words = said[len(opening) : -len(closing)]
                return self._ending(words, apart)
        return None

    def _ending(self, words: str, apart: int) -> int | None:
        """Where the words end on the page; of several places one where a stretch ends, too."""
        text = self.view.cleaned.replace("\n", " ")
        found: list[int] = []
        at = text.find(words) if words else -1
        while at >= 0:
            found.append(at + len(words))
            at = text.find(words, at + 1)
        if len(found) > 1:
            ends = self._ends
            found = [one for one in found if one in ends] or found
        return self.raw_end(found[0]) if len(found) == 1 else None

    @cached_property
    def _ends(self) -> frozenset[int]:
        return frozenset(
            self.at(stretch) + len(stretch.text)
            for article in self.view.articles
            for field in article.fields
            for stretch in field.stretches
        )

    def cleaned(self, offset: int, *, end: bool = False) -> int:
        """Where a raw offset lies in the cleaned text; inside a change, its start (its end)."""
        return text_offset(self.trace, offset, end=end)


def context(text: str, start: int, end: int, size: int = 40) -> tuple[str, str]:
    """What stands around text[start:end], up to the line's ends."""
    before = text[max(0, start - size) : start].rsplit("\n", 1)[-1]
    behind = text[end : end + size].split("\n", 1)[0]
    return before, behind
