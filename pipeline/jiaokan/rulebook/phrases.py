"""Phrase rules: near misses of a canonical wording, repaired where that is safe.

网络化管理、精细化服务 → 网格化管理、精细化服务

A miss that differs in at most `distance` characters leaves one of `distance` + 1 disjoint pieces
of the phrase intact, so that only places where a piece stands are compared. A difference is
repaired only where it looks like a misreading of single characters:

- the first and the last character stand, and no two neighbours differ: 发展思想 / 发展理念 is
  another wording;
- nothing that counts, denies or only holds words together differs, and no two have changed
  places: 二中全会 / 三中全会, 可以 / 不可以, 德治相结合 / 德治结合, 国内国际 / 国际国内;
- a character too many repeats its neighbour or is no Chinese character at all;
- the language model finds the canonical wording likelier in its context by MARGIN bits;
- the miss is not common wording itself: no three characters in it, the difference among them,
  are often seen together (为农民服务 is as good as 为人民服务). Where QUOTED characters and more
  agree, the phrase is being quoted, and this does not count;
- what stands there makes no word with its neighbour (为牧民服务, 不忘初衷), unless the rules know
  that it is read for what should stand there, as 络 for 格;
- what stands there is none of the rule's `unless`.

Punctuation may differ and is left as it stands.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from jiaokan.edit import Edit
from jiaokan.rulebook.confusable import Alike
from jiaokan.rulebook.likelihood import together
from jiaokan.rulebook.rule import PhraseRule
from jiaokan.rulebook.trigger_words import Call

if TYPE_CHECKING:
    from jiaokan.language import Model

MARGIN = 8.0
"""Bits by which the repair must be likelier than what stands there."""

QUOTED = 18
"""So many characters that agree are a quotation."""

_WORD = 4.5
"""Bits by which two characters stand together oftener than by chance, if they are a word."""

_CONTEXT = 8
_PUNCTUATION = "，,、；;：:。.·・—-–()（）《》〈〉“”\"'‘’「」『』"
_FOLD = {ord(char): "，" for char in _PUNCTUATION}
_WEIGHTY = frozenset(
    "0123456789０１２３４５６７８９〇零一二三四五六七八九十百千万亿两"
    "不无未非没的地得之了着过和与及或并以在于相而等更为"
)


class Repair(NamedTuple):
    """A near miss and the edits that mend it."""

    start: int
    end: int
    edits: tuple[Edit, ...]


class _Difference(NamedTuple):
    """text[start:end] stands where `new` should; offsets from the miss's start."""

    start: int
    end: int
    new: str


class Phrase:
    """One canonical wording, ready to be looked for."""

    def __init__(self, rule: PhraseRule, alike: Alike = frozenset()) -> None:
        self.rule = rule
        self._alike = alike
        self._folded = rule.phrase.translate(_FOLD)
        self.pieces = tuple(pieces(self._folded, rule.distance + 1))
        """(piece, its offset in the phrase)."""
        self._head, self._tail = (
            "" if end in _PUNCTUATION else end for end in (rule.phrase[0], rule.phrase[-1])
        )

    @property
    def calls(self) -> Iterator[tuple[str, Call]]:
        """Its pieces, where it does not stand itself; behind those that are not the last its last
        character must stand."""
        size, reach = len(self._folded), self.rule.distance
        for piece, offset in self.pieces:
            if offset + len(piece) == size:
                yield piece, Call(start=-offset, without=self.rule.phrase)
            else:
                first, last = max(0, size - reach - 1 - offset), size + reach - offset
                yield piece, Call(0, self._tail, first, last, -offset, self.rule.phrase)

    def repair(self, text: str, start: int) -> Repair | None:
        """The repair of a miss that begins at `start` or nearby."""
        if start >= 0 and text.startswith(self.rule.phrase, start):
            return None
        size, reach = len(self._folded), self.rule.distance
        low = max(0, start - reach)
        if self._head not in text[low : max(0, start + reach + 1)]:
            return None
        if self._tail not in text[max(0, start + size - reach - 1) : start + size + reach]:
            return None
        window = text[low : max(low, start + size + reach)].translate(_FOLD)
        for first, last in _extents(start - low, size, reach, len(window)):
            miss = window[first:last]
            differences = self._differences(miss)
            if differences is None:
                continue
            if not differences or not self._mendable(miss, differences):
                return None
            return self._judged(text, low + first, low + last, differences)
        return None

    def _differences(self, miss: str) -> list[_Difference] | None:
        """Where the miss differs from the phrase; None where it is too far from it."""
        phrase, reach = self._folded, self.rule.distance
        if miss[0] != phrase[0] or miss[-1] != phrase[-1]:
            return None
        if len(miss) == len(phrase):
            places = [
                n for n, pair in enumerate(zip(miss, phrase, strict=True)) if len({*pair}) > 1
            ]
            if len(places) <= reach:
                return [_Difference(n, n + 1, phrase[n]) for n in places]
        from rapidfuzz.distance import Levenshtein

        if Levenshtein.distance(miss, phrase, score_cutoff=reach) > reach:
            return None
        return [
            _Difference(op.src_start, op.src_end, phrase[op.dest_start : op.dest_end])
            for op in Levenshtein.opcodes(miss, phrase)
            if op.tag != "equal"
        ]

    def _mendable(self, miss: str, differences: Sequence[_Difference]) -> bool:
        if any(wording.translate(_FOLD) in miss for wording in self.rule.unless):
            return False
        if any(right.start <= left.end for left, right in pairwise(differences)):
            return False
        if len(differences) > 1 and _exchanged(miss, differences):
            return False
        return all(_misread(miss, difference) for difference in differences)

    def _judged(
        self, text: str, start: int, end: int, differences: Sequence[_Difference]
    ) -> Repair | None:
        before, after = text[max(0, start - _CONTEXT) : start], text[end : end + _CONTEXT]
        here, near = before + text[start:end] + after, len(before)
        moved = [_Difference(near + d.start, near + d.end, d.new) for d in differences]
        quoted = len(self._folded) >= QUOTED + len(differences)
        if not quoted and any(_common(here, difference) for difference in moved):
            return None
        if any(_is_word(here, difference, self._alike) for difference in moved):
            return None
        miss, mended, last = text[start:end], "", 0
        for difference in differences:
            mended += miss[last : difference.start] + difference.new
            last = difference.end
        mended += miss[last:]
        gain = _bits(before + mended + after) - _bits(before + miss + after)
        if gain < MARGIN:
            return None
        evidence = f"“{self.rule.phrase}”, likelier here by {gain:.0f} bits"
        edits = tuple(
            Edit(
                start + difference.start,
                start + difference.end,
                difference.new,
                self.rule.id,
                1 - 2 ** (-gain / 2),
                evidence,
            )
            for difference in differences
        )
        return Repair(start, end, edits)


def pieces(phrase: str, count: int) -> Iterator[tuple[str, int]]:
    """`count` disjoint pieces of a phrase without punctuation, with their offsets.

    >>> list(pieces("网格化管理，精细化服务", 3))
    [('网格化', 0), ('管理', 3), ('精细化服务', 6)]
    """
    found: list[tuple[int, int]] = []
    start = 0
    for at, char in enumerate(phrase + "，"):
        if char == "，":
            if at > start:
                found.append((start, at))
            start = at + 1
    found.sort(key=lambda span: (span[0] - span[1], span))
    del found[count:]
    while len(found) < count:
        start, end = max(found, key=lambda span: (span[1] - span[0], -span[0]))
        middle = (start + end + 1) // 2
        found.remove((start, end))
        found += [(start, middle), (middle, end)]
    for start, end in sorted(found):
        yield phrase[start:end], start


def _extents(start: int, size: int, reach: int, limit: int) -> Iterator[tuple[int, int]]:
    """Where a miss may begin and end, the phrase's own length first."""
    spans = [(start, start + size)]
    for by in range(1, reach + 1):
        spans += [(start, start + size + by), (start, start + size - by)]
        spans += [(start - by, start + size), (start + by, start + size)]
    for first, last in spans:
        if 0 <= first < last <= limit:
            yield first, last


def _exchanged(miss: str, differences: Sequence[_Difference]) -> bool:
    """Whether the same characters stand there in another order."""
    old = "".join(miss[difference.start : difference.end] for difference in differences)
    return sorted(old) == sorted("".join(difference.new for difference in differences))


def _misread(miss: str, difference: _Difference) -> bool:
    """Whether a difference looks like one misread character."""
    old, new = miss[difference.start : difference.end], difference.new
    if len(old) > 1 or len(new) > 1 or not _WEIGHTY.isdisjoint(old + new):
        return False
    if "，" in (old, new) or old.isspace():
        return False
    if not new:
        neighbours = miss[difference.start - 1], miss[difference.end]
        return old in neighbours or not "㐀" <= old <= "鿿"
    return True


def _common(text: str, difference: _Difference) -> bool:
    """Whether what stands at a difference is often seen in these surroundings."""
    at = difference.start
    if not difference.new:  # a character too many: it and its neighbours
        ends = range(at + 1, at + 2)
    else:
        ends = range(at, at + (3 if difference.end > at else 2))
    trigrams = _model().log2_count(_codes(text), 3)
    return any(trigrams[end] >= 0 for end in ends if 2 <= end < len(text))


def _is_word(text: str, difference: _Difference, alike: Alike) -> bool:
    """Whether the character at a difference makes a word with one beside it, by right."""
    start, end = difference.start, difference.end
    if start == end or (text[start:end], difference.new) in alike:
        return False
    pairs = (text[max(0, start - 1) : end], text[start : end + 1])
    return any(together(pair) >= _WORD for pair in pairs)


def _bits(text: str) -> float:
    model, codes = _model(), _codes(text)
    return float(model.score(codes).sum())


def _model() -> "Model":
    from jiaokan.language import load

    return load()


def _codes(text: str) -> Any:
    from jiaokan.language import view

    return view(text)
