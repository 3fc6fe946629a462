"""Words → proposals of the kinds `literal` and `confusion`.

One literal rule gathers the words in which the same characters were corrected. Where one
character was corrected in several words, a `confusion` rule reports it in others, and words of
the batch that the damage would make impossible are offered as a literal rule of their own.
"""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from jiaokan.cli.terminal import count
from jiaokan.curation.learn_batch import Batch
from jiaokan.curation.learn_model import Correction, Proposal
from jiaokan.curation.learn_words import ODDS, Word, gains, is_han, rates_of, weighed
from jiaokan.rulebook import Rulebook
from jiaokan.rulebook.rule import Level

MOST_PLACES = 5
"""Places that a proposal shows."""
_FEW = "it rests on two places, and the statistics say little: it only reports"
_MARGIN = 8.0
_SURE = 10.0
"""Bits that a confusion rule asks for at least where it mends by itself."""
_COMMON = 9.0
"""log2 count in the statistics from which on a pair of characters is taken for a common word."""
_BOUND = 4.0
"""Bits by which a word's characters stand together oftener than by chance."""
_MOST_WORDS = 40


def literals(
    batch: Batch, words: Mapping[Correction, Word], level: Level = "fix"
) -> Iterator[Proposal]:
    """One rule for each pair of characters."""
    for (old, new), places in sorted(_by_change(words).items()):
        entry_words = {words[one].wrong: words[one] for one in places}
        pairs = {wrong: word.right for wrong, word in sorted(entry_words.items())}
        for wrong in [w for w in pairs if any(w in right for right in pairs.values())]:
            del pairs[wrong]
        if not pairs:
            continue
        every = sorted({p for wrong in pairs for p in entry_words[wrong].places})
        least = min(entry_words[wrong].gain for wrong in pairs)
        against = [text for wrong in pairs for text in entry_words[wrong].counters]
        yield Proposal(
            f"learnt-{'maybe-' if level == 'suggest' else ''}{codes(old)}-{codes(new)}",
            "literal",
            {
                "kind": "literal",
                **_level(level),
                "reason": f"{_told(old, new)} at {_at(every)} where it was corrected by hand.",
                "pairs": pairs,
            },
            len(every),
            len({one.page for one in every}),
            len(against),
            sum(entry_words[wrong].more for wrong in pairs),
            tuple(batch.shown(one) for one in every[:MOST_PLACES]),
            (
                f"the repair is likelier than the word by {least:.0f} bits and more",
                *(f"left or overlooked: {text}" for text in against[:MOST_PLACES]),
                *((_FEW,) if level == "suggest" and not against else ()),
            ),
        )


def _level(level: Level) -> dict[str, str]:
    return {"level": "suggest"} if level == "suggest" else {}


def _at(places: Sequence[Correction]) -> str:
    pages = len({one.page for one in places})
    return f"{count(len(places), 'place')} on {count(pages, 'page')}"


def _by_change(words: Mapping[Correction, Word]) -> dict[tuple[str, str], list[Correction]]:
    found: dict[tuple[str, str], list[Correction]] = defaultdict(list)
    for one in sorted(words):
        found[one.old, one.new].append(one)
    return found


def codes(text: str) -> str:
    """A text's characters as an id may hold them."""
    return "-".join(f"{ord(char):04x}" for char in text) or "none"


def _told(old: str, new: str) -> str:
    if not new:
        return f"{old} does not belong there"
    return f"{old} for {new}" if old else f"{new} was lost"


def confusions(
    batch: Batch,
    corrections: Sequence[Correction],
    words: Mapping[Correction, Word],
    book: Rulebook,
) -> Iterator[Proposal]:
    """Characters that were corrected in several words."""
    known = {(one.read, one.true) for one in book.confusions if one.level == "fix"}
    rates = rates_of(batch, corrections)
    for (old, new), places in _alike(corrections).items():
        several = _different(batch, places)
        if (old, new) in known or several < 2:
            continue
        there = gains([_in_context(batch, one) for one in places])
        left = _left(batch, old, new)
        most = max((gain for gain, _ in left), default=0.0)
        found = _confusion(places, there, [gain for gain, _ in left], rates[old, new])
        if found is None:
            continue
        margin, level, caught = found
        against = [text for gain, text in left if gain >= margin]
        evidence = [f"{len(caught)} of {len(places)} places are likelier so by {margin:g} bits"]
        if left:
            evidence.append(f"{len(left)} places where {old} was left: by {most:.0f} at most")
        evidence += [f"left or overlooked: {text}" for text in against[:MOST_PLACES]]
        yield Proposal(
            f"learnt-like-{codes(old)}-{codes(new)}",
            "confusion",
            {
                "kind": "confusion",
                **({"level": "fix"} if level == "fix" else {}),
                "reason": f"{old} was read for {new} in {several} different words.",
                "pairs": {old: [new]},
                "margin": margin,
            },
            len(caught),
            len({one.page for one in caught}),
            len(against),
            0,
            tuple(batch.shown(one) for one in caught[:MOST_PLACES]),
            tuple(evidence),
        )


def _confusion(
    places: Sequence[Correction], there: Sequence[float], left: Sequence[float], rate: float
) -> tuple[float, str, list[Correction]] | None:
    """Margin, level, and the places that it catches.

    A rule mends only where its margin leaves one wrong repair in a hundred, by the share of
    misreadings that was seen, and stays above all places that a person left. Else it reports, also
    some places that were left or overlooked, if many more were corrected.
    """
    most = max(left, default=0.0)
    sure = max(_SURE, ODDS - math.log2(rate), most + 2)
    for level, margin in (
        ("fix", float(math.ceil(sure))),
        ("suggest", _MARGIN),
        ("suggest", _margin(most)),
    ):
        caught = [one for one, gain in zip(places, there, strict=True) if gain >= margin]
        if level == "fix":
            enough = len(caught) > 2 and len({one.page for one in caught}) > 1
        else:
            enough = len(caught) >= max(2, 3 * sum(gain >= margin for gain in left))
        if enough:
            return margin, level, caught
    return None


def _margin(most: float) -> float:
    return max(_MARGIN, math.floor(most) + 1.0)


def _alike(corrections: Sequence[Correction]) -> dict[tuple[str, str], list[Correction]]:
    found: dict[tuple[str, str], list[Correction]] = defaultdict(list)
    for one in corrections:
        if len(one.old) == len(one.new) == 1 and is_han(one.old + one.new):
            found[one.old, one.new].append(one)
    return {pair: places for pair, places in sorted(found.items()) if len(places) > 1}


def _different(batch: Batch, places: Sequence[Correction]) -> int:
    """In how many different words, at least, the places stand: 渡口 is one in 渡口的, 渡口两."""
    texts = [(batch.page(one).text, one) for one in places]
    before = {text[max(0, one.start - 1) : one.start] for text, one in texts}
    after = {text[one.end : one.end + 1] for text, one in texts}
    return min(len(before), len(after))


def _in_context(batch: Batch, one: Correction) -> tuple[str, str, str, str]:
    text = batch.page(one).text
    return text[max(0, one.start - 20) : one.start], one.old, one.new, text[one.end : one.end + 20]


def _left(batch: Batch, old: str, new: str) -> list[tuple[float, str]]:
    """Places where a person left a character, with the bits that speak for the other one."""
    places = []
    for page in batch.reviewed:
        at = page.text.find(old)
        while at >= 0:
            if page.mask[at] and page.readings(at, at + 1)[:1] == (old,):
                before, after = page.text[max(0, at - 20) : at], page.text[at + 1 : at + 21]
                places.append((before, old, new, after))
            at = page.text.find(old, at + 1)
    return [
        (gain, place[0][-2:] + old + place[3][:2])
        for gain, place in zip(gains(places), places, strict=True)
    ]


def by_analogy(
    batch: Batch,
    corrections: Sequence[Correction],
    words: Mapping[Correction, Word],
    book: Rulebook,
) -> Iterator[Proposal]:
    """Words that hold a character which was misread in several other words."""
    from jiaokan.rulebook.rule import LiteralRule

    taken = {wrong for rule in book.rules if isinstance(rule, LiteralRule) for wrong in rule.pairs}
    taken |= {word.wrong for word in words.values()}
    rates = rates_of(batch, corrections)
    for (old, new), places in _alike(corrections).items():
        if _different(batch, places) < 2:
            continue
        asked = [pair for pair in common_words(old, new) if pair[0] not in taken]
        known = weighed(batch, asked)
        found: list[Word] = []
        for pair in asked:
            word = known[pair]
            word.rate = rates[old, new]
            if not word.counters and word.gain >= word.needed and len(found) < _MOST_WORDS:
                found.append(word)
        if not found:
            continue
        least = min(word.gain for word in found)
        yield Proposal(
            f"learnt-more-{codes(old)}-{codes(new)}",
            "literal",
            {
                "kind": "literal",
                "reason": f"{old} for {new} as in words corrected by hand at {_at(places)}.",
                "pairs": {word.wrong: word.right for word in found},
            },
            len(places),
            len({one.page for one in places}),
            0,
            sum(word.more for word in found),
            tuple(batch.shown(one) for one in places[:MOST_PLACES]),
            (
                f"by analogy: common words with {new}; {old} was corrected in other words",
                f"each is likelier than its misreading by {least:.0f} bits and more",
            ),
        )


def common_words(old: str, new: str) -> list[tuple[str, str]]:
    """Common words of two characters that hold `new`, with `old` in its place; commonest first."""
    import numpy as np

    from jiaokan.language import load, view

    model = load()
    beside = _common_characters()
    right = [new + char for char in beside] + [char + new for char in beside]
    codes = view("".join(right))
    pairs = model.log2_count(codes, 2)[1::2]
    alone = model.log2_count(codes, 1)
    with np.errstate(invalid="ignore"):  # a pair that is not known, of a character that is not
        bound = pairs + math.log2(model.total) - alone[::2] - alone[1::2]
    ranked = sorted(
        (-often, word)
        for often, tie, word in zip(pairs.tolist(), bound.tolist(), right, strict=True)
        if often >= _COMMON and tie >= _BOUND and word.count(new) == 1
    )
    return [(word.replace(new, old), word) for _, word in ranked]


@cache
def _common_characters() -> tuple[str, ...]:
    """The Chinese characters that are not rare, in the order of their codes."""
    from jiaokan.language import load, view

    every = "".join(map(chr, range(0x4E00, 0x9FA6)))
    counts = load().log2_count(view(every), 1)
    simple = view(every).tolist()
    return tuple(
        char
        for char, count, code in zip(every, counts.tolist(), simple, strict=True)
        if count >= _COMMON + 2 and code == ord(char)
    )
