"""Paragraphs whose rare words stand in another article of the page, and nowhere in their own.

Columns that ran into each other where both had ended a paragraph leave no sentence open. Nothing
but what a paragraph is about says then that it is another article's: too little to move it, and
enough to tell of it.

Left alone: an article's first paragraph; what a number or a speaker opens; short lines.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from jiaokan.finding import Finding
from jiaokan.stitch.confidence.doubt import SHOWN
from jiaokan.stitch.learned import learned
from jiaokan.stitch.seams.kinship import COMMON, RAREST
from jiaokan.stitch.seams.open_marks import NUMBERED, SPEAKER
from jiaokan.stitch.search.decide import Prepared, Reading

OWN = 2
"""How much more the words count that it shares with its own article."""
SHORTEST, USUAL = 20, 60
"""Characters of a paragraph that is looked at, and up to which length says nothing."""
WORDS = 3
"""Words that a message quotes."""

Numbers = NDArray[np.intp]


class Words(NamedTuple):
    """The pairs of characters that several lines of a page have, each once a line."""

    lines: Sequence[frozenset[int]]
    """Of each line, its pairs."""
    bits: NDArray[np.floating]
    """How rare each pair is."""

    def worth(self, pairs: Sequence[int]) -> float:
        """How rare some pairs are, together."""
        return float(self.bits[list(pairs)].sum())


class Alien(NamedTuple):
    """A paragraph, and the other article that it has most rare words in common with."""

    at: int
    """The paragraph: an item of the page in whole lines."""
    article: int
    unlike: float
    """Bits of rare words, by the square root of its length, that it shares with that article
    beyond those it shares with its own."""
    pairs: Sequence[int]
    """The pairs of characters that it shares with it."""


def other_words(text: str, whole: Prepared, reading: Reading) -> Iterator[Finding]:
    """Findings about such paragraphs. `whole`: the page in whole lines."""
    most: float = learned("astray")["unlike"]
    for one in aliens(text, whole, reading):
        if one.unlike > most:
            yield _finding(text, whole, reading, one)


def aliens(text: str, whole: Prepared, reading: Reading) -> Iterator[Alien]:
    """Each paragraph that has words of another article, and how much it is that one's."""
    if len(reading.headings) < 2:
        return
    words = _words(whole)
    stream, torn = _streams(whole, reading)
    articles = [np.flatnonzero(stream == one).tolist() for one in range(len(reading.headings))]
    known = [Counter(pair for one in items for pair in words.lines[one]) for items in articles]
    for at, item in enumerate(whole.items):
        own = articles[stream[at]] if stream[at] < len(articles) else []
        if at in torn or not _candidate(text, whole, own, at):
            continue
        mine, about = words.lines[at], known[stream[at]]
        ours = OWN * words.worth([pair for pair in mine if about[pair] > 1])
        alien = [pair for pair in mine if about[pair] == 1]
        others = [
            (words.worth([pair for pair in alien if pair in known[number]]), -number)
            for number, items in enumerate(articles)
            if number != stream[at] and items and items[0] < at
        ]
        theirs, number = max(others, default=(0.0, 0))
        if theirs:
            unlike = (theirs - ours) / max(item.end - item.start, USUAL) ** 0.5
            yield Alien(at, -number, unlike, [pair for pair in alien if pair in known[-number]])


def _words(whole: Prepared) -> Words:
    pairs = whole.pairs
    group = pairs.alike.group
    lines: list[set[int]] = [set() for _ in whole.items]
    for line, pair in zip(pairs.item.tolist(), group.tolist(), strict=True):
        lines[line].add(pair)
    bits = np.zeros(int(group.max(initial=-1)) + 1)
    bits[group] = np.clip(np.log2(pairs.rarity[:, 0]) - COMMON, 0, RAREST)
    return Words([frozenset(line) for line in lines], bits)


def _streams(whole: Prepared, reading: Reading) -> tuple[Numbers, frozenset[int]]:
    """The stream of each line, which is that of its beginning, and the lines of several."""
    lines = np.array([item.start for item in whole.items])
    parts = np.array([item.start for item in reading.items])
    stream = np.array(reading.stream)
    found: Numbers = stream[parts.searchsorted(lines, side="right") - 1]
    line = lines.searchsorted(parts, side="right") - 1
    return found, frozenset(line[stream != found[line]].tolist())


def _candidate(text: str, whole: Prepared, own: Sequence[int], at: int) -> bool:
    """Whether a line is a paragraph below another one of its article."""
    item = whole.items[at]
    if item.kind != "atom" or item.subhead or item.end - item.start < SHORTEST:
        return False
    before = [one for one in own if one < at]
    if not before or whole.items[before[-1]].kind != "atom":
        return False
    if not whole.facts.stops[before[-1]]:
        return False  # it takes up a sentence
    start = text[item.start : item.start + SHORTEST]
    return not (NUMBERED.match(start) or SPEAKER.match(start))


def _quoted(text: str, whole: Prepared, at: int, shared: Sequence[int]) -> list[str]:
    """The longest runs of pairs that a line shares, as they stand in it."""
    pairs, item = whole.pairs, whole.items[at]
    inside = (pairs.places >= item.start) & (pairs.places < item.end)
    group = pairs.alike.group[pairs.entry[inside]]
    runs: list[list[int]] = []
    for place in pairs.places[inside][np.isin(group, shared)].tolist():
        if runs and place <= runs[-1][1]:
            runs[-1][1] = place + 1
        else:
            runs.append([place, place + 1])
    found = dict.fromkeys(text[low : high + 1] for low, high in runs)
    return sorted(found, key=lambda word: -len(word))[:WORDS]


def _finding(text: str, whole: Prepared, reading: Reading, one: Alien) -> Finding:
    item, words = whole.items[one.at], _quoted(text, whole, one.at, one.pairs)
    title = next((b.text for b in reading.headings[one.article] if b.role == "title"), "")
    where = f"the article “{title}”" if title else "another article"
    end = min(item.end, item.start + SHOWN)
    return Finding(
        item.start,
        end,
        "stitch.other-words",
        text[item.start : end],
        f"What this paragraph is about ({'，'.join(words)}) stands in {where}, and nowhere else"
        " in its own: it may be a part of that one.",
        0.5,
    )
