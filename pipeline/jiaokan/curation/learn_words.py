"""Corrected characters → the shortest words that hold them and are never right.

己→已 in 他己经来了 → 己经: 已经. A word is taken where, over the whole batch, every place that
shows it was corrected in the same way, and the statistics of the language find it unlikely:
the fewer places speak for it, the more unlikely it must be.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from jiaokan.curation.learn_batch import Batch
from jiaokan.curation.learn_model import Correction
from jiaokan.rulebook.automaton import Automaton
from jiaokan.stages._surroundings import HAN

REACH = 3
"""Characters on each side that a word may take in."""
LONGEST = 6
FLOOR = (11.0, 10.0, 9.0, 8.0)
"""Bits by which the repair must be likelier than the word at least: no place, one, two, more."""
ODDS = 8.6
"""Bits for 99 right repairs in 100, and two for what the statistics do not know."""
_PLACE = 1.5
"""Bits that each place where the word was corrected is worth, up to three."""
HAN_TEXT = re.compile(f"[{HAN}]*")
_ELSEWHERE = 8.0
"""Bits by which it must be likelier at a place on a page that nobody edited."""


@dataclass
class Word:
    """A wrong wording, its repair, and where it stands."""

    wrong: str
    right: str
    places: set[Correction] = field(default_factory=set)
    """Corrected so."""
    counters: list[str] = field(default_factory=list)
    """Places where a person left it, or where it seems right."""
    more: int = 0
    """Places on pages that nobody edited."""
    gain: float = 0.0
    """Bits by which the repair is likelier, by itself."""
    rate: float = 0.02
    """Share of the right characters' places that were misread so."""

    @property
    def pages(self) -> int:
        """On so many pages."""
        return len({place.page for place in self.places})

    @property
    def sound(self) -> bool:
        """Whether it may be a rule."""
        if self.counters or not self.places or self.wrong in self.right:
            return False
        if self.gain >= self.needed:
            return True
        return self.pages > 1 and self.gain >= 0 and self.strange

    @property
    def arguable(self) -> bool:
        """Whether it may be a rule that only reports: some places may have been overlooked."""
        if not self.counters or self.wrong in self.right or self.gain < self.needed:
            return False
        return len(self.places) >= 3 * len(self.counters)

    @property
    def weak(self) -> bool:
        """Whether a rule of it may only report: two places, and the statistics say little."""
        return len(self.places) <= 2 and self.gain < self.needed

    @property
    def strange(self) -> bool:
        """Whether three characters of the word are never seen together: it may hold a name."""
        from jiaokan.language import load, view

        if len(self.wrong) < 3:
            return False
        return bool((load().log2_count(view(self.wrong), 3)[2:] < 0).all())

    @property
    def needed(self) -> float:
        """Bits that the gain must reach: the rarer the misreading and the places, the more."""
        count = min(len(self.places), len(FLOOR) - 1)
        return max(FLOOR[count], ODDS - math.log2(self.rate) - _PLACE * count)


def is_han(text: str) -> bool:
    """Whether it is Chinese characters only; nothing is."""
    return HAN_TEXT.fullmatch(text) is not None


def words_around(batch: Batch, one: Correction) -> list[tuple[str, str]]:
    """Wordings that hold the place, and what they become; shortest first."""
    page = batch.page(one)
    text = page.text
    found = []
    for low in range(max(0, one.start - REACH), one.start + 1):
        for high in range(one.end, min(len(text), one.end + REACH) + 1):
            wrong = text[low:high]
            if not 2 <= len(wrong) <= LONGEST or not is_han(wrong):
                continue
            if one.old or low < one.start < high:
                found += [(wrong, right) for right in page.readings(low, high)[-1:]]
    return sorted(found, key=lambda pair: (len(pair[0]), pair))


def weighed(batch: Batch, pairs: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Word]:
    """Each wording with all that the batch and the statistics say about it."""
    words = {pair: Word(*pair) for pair in sorted(set(pairs))}
    if not words:
        return {}
    by_wrong: dict[str, list[Word]] = defaultdict(list)
    for word in words.values():
        by_wrong[word.wrong].append(word)
    automaton = Automaton(sorted(by_wrong))
    doubtful: list[tuple[str, str, str, Word]] = []
    for page in batch.reviewed:
        for number, start, end in automaton.find(page.text):
            wrong = automaton.words[number]
            readings = page.readings(start, end)
            for word in by_wrong[wrong]:
                if word.right in readings and word.right != wrong:
                    inside = (c for c in page.corrections if start <= c.start and c.end <= end)
                    word.places.update(inside)
                elif page.overlooked and word.right in page.presumed.readings(start, end):
                    continue  # neither for it nor against it
                elif any(page.mask[start:end]):
                    around = page.text[max(0, start - 4) : end + 4].replace("\n", "⏎")
                    word.counters.append(f"{page.name}: {around}")
                else:
                    doubtful.append((page.text[:start], wrong, page.text[end:], word))
    for text in batch.others:
        for number, start, end in automaton.find(text):
            wrong = automaton.words[number]
            before, after = text[max(0, start - 20) : start], text[end : end + 20]
            doubtful += [(before, wrong, after, word) for word in by_wrong[wrong]]
    _weigh(words.values(), doubtful)
    return words


def _weigh(words: Iterable[Word], doubtful: Sequence[tuple[str, str, str, Word]]) -> None:
    every = list(words)
    bits = gains([("", word.wrong, word.right, "") for word in every])
    for word, gain in zip(every, bits, strict=True):
        word.gain = gain
    there = gains([(before, wrong, word.right, after) for before, wrong, after, word in doubtful])
    for (before, wrong, after, word), gain in zip(doubtful, there, strict=True):
        if gain >= _ELSEWHERE:
            word.more += 1
        else:
            word.counters.append(f"elsewhere: {before[-4:]}{wrong}{after[:4]}".replace("\n", "⏎"))


def gains(places: Sequence[tuple[str, str, str, str]]) -> list[float]:
    """(before, what stands there, what may stand there, after) → bits by which the second is
    likelier."""
    from jiaokan.stages._likelihood import Place, readings

    asked = [Place(before, (old, new), after) for before, old, new, after in places]
    return [bits[1] - bits[0] for bits in readings(asked)]


@dataclass
class Words:
    """What is known about the words around corrections."""

    options: dict[Correction, list[tuple[str, str]]]
    known: dict[tuple[str, str], Word]

    def best(self, one: Correction) -> Word | None:
        """The word that is learnt from a correction, if any is."""
        known = (self.known[pair] for pair in self.options.get(one, ()))
        return min((w for w in known if w.sound and one in w.places), key=_merit, default=None)

    def arguable(self, one: Correction) -> Word | None:
        """The word that may be learnt for a rule that only reports."""
        known = (self.known[pair] for pair in self.options.get(one, ()))
        return min((w for w in known if w.arguable and one in w.places), key=_merit, default=None)

    def why_none(self, one: Correction) -> str:
        """Why none is."""
        if not (is_han(one.old) and is_han(one.new)):
            return "not Chinese characters only, and too few places alike for a pattern"
        known = [self.known[pair] for pair in self.options.get(one, ())]
        if not known:
            return "longer than a misreading, or no Chinese character stands beside it"
        longest = max(known, key=lambda word: (len(word.wrong), word.gain, word.wrong))
        if longest.counters:
            return f"“{longest.wrong}” stands elsewhere, too: {longest.counters[0]}"
        return (
            f"“{longest.wrong}” may be right elsewhere: “{longest.right}” is likelier by "
            f"{longest.gain:.0f} bits, {longest.needed:.0f} are asked for"
        )


def words_of(batch: Batch, corrections: Sequence[Correction]) -> Words:
    """The words around every correction of Chinese characters."""
    options = {
        one: words_around(batch, one)
        for one in corrections
        if is_han(one.old) and is_han(one.new) and max(len(one.old), len(one.new)) <= 4
    }
    known = weighed(batch, (pair for pairs in options.values() for pair in pairs))
    rates = rates_of(batch, corrections)
    for one, pairs in options.items():
        for pair in pairs:
            known[pair].rate = rates[one.old, one.new]
    return Words(options, known)


def rates_of(batch: Batch, corrections: Sequence[Correction]) -> dict[tuple[str, str], float]:
    """For each (old, new) the share of the places of `new` at which `old` was read.

    Half a place less than was seen: what was seen once may have been chance.
    """
    counts = Counter((one.old, one.new) for one in corrections)
    wanted = [page.wanted.text for page in batch.reviewed]
    whole = {new: sum(text.count(new) for text in wanted) for _, new in counts if new}
    size = sum(map(len, wanted)) or 1
    return {
        (old, new): (count - 0.5) / max(whole[new] if new else size, count)
        for (old, new), count in counts.items()
    }


def _merit(word: Word) -> tuple[int, int, float, str]:
    """The shortest; then the one with more places, then the surest."""
    return len(word.wrong), -len(word.places), -word.gain, word.wrong
