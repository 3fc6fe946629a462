"""Trigger words: all words that rules need are found in one pass, and only rules whose words a text
holds are tried on it.

Whatever changes text needs words: a literal rule its own, most patterns one at a fixed distance
from where they begin, a phrase one of its pieces. All of them are found in one pass, and what is
not called up is not looked at. Nine words in ten of those that right text holds call up nothing
either: what else must stand nearby is looked for on the spot.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from jiaokan.rulebook.automaton import Automaton
from jiaokan.rulebook.pairs import Mark, Pairs


class Call(NamedTuple):
    """What is called up where a word stands; places are counted from where the word begins."""

    number: int = 0
    """Of what is called up."""
    near: str = ""
    """Another word that it needs; empty: none, or not one alone."""
    first: int = 0
    """Where that begins at the earliest; not before the place called up."""
    last: int = 0
    """Where that ends at the latest."""
    start: int = 0
    """The place called up."""
    without: str = ""
    """What may not stand at that place, which is less than its length before; empty: anything."""
    behind: frozenset[str] = frozenset()
    """Characters none of which may stand just before that place."""

    def moved(self, by: int) -> "Call":
        """The same, with places counted from so many characters behind."""
        return self._replace(first=self.first + by, last=self.last + by, start=self.start + by)


class _Met(NamedTuple):
    """What a pair calls up where it is met, what turns it away oftenest first; places are counted
    from where the pair begins."""

    behind: str
    """Characters none of which may stand at `prior`."""
    prior: int
    """Just before the place called up."""
    without: str
    """What may not stand at the place called up; empty: anything."""
    start: int
    """The place called up."""
    word: str
    """What must stand there; empty: the pair is the whole word."""
    before: int
    """Where in the word the pair stands."""
    near: str
    """Another word that is needed; empty: none."""
    first: int
    """Where that begins at the earliest."""
    last: int
    """Where that ends at the latest."""
    number: int
    """Of what is called up."""


class Calls:
    """Words, and what each of them calls up."""

    def __init__(self, calls: Iterable[tuple[str, Call]]) -> None:
        by_word: defaultdict[str, list[Call]] = defaultdict(list)
        for word, call in calls:
            by_word[word].append(call)
        self._automaton = Automaton(sorted(by_word))
        self._calls = [tuple(by_word[word]) for word in self._automaton.words]
        """What each word of the automaton calls up."""

    def places(self, text: str) -> dict[int, list[int]]:
        """The numbers of what is called up, and the places; one may lie before the text.

        A place may be there twice.
        """
        begun: defaultdict[int, list[int]] = defaultdict(list)
        if not self._automaton.by_pairs(text):
            for index, at, _ in self._automaton.find(text):
                _ask(text, at, self._calls[index], begun)
            return begun
        met, startswith = self._met.get, text.startswith
        for at in self._pairs.find(text):
            for behind, prior, without, start, word, before, near, first, last, number in met(
                text[at : at + 2], ()
            ):
                if behind and at + prior >= 0 and text[at + prior] in behind:
                    continue
                if without and startswith(without, at + start):
                    continue
                if word and (at < before or not startswith(word, at - before)):
                    continue
                if not near or near in text[at + first : at + last]:
                    begun[number].append(at + start)
        for index, at, _ in self._automaton.singles(text):
            _ask(text, at, self._calls[index], begun)
        return begun

    @cached_property
    def _pairs(self) -> Pairs:
        return Pairs(self._wanted())

    def _wanted(self) -> Iterator[Mark]:
        """By what each call is found: of a word of two characters by what it needs nearby."""
        for number, mark in self._automaton.marks.items():
            for call in self._calls[number]:
                one = mark._replace(turned=_turned(call.moved(-mark.at)))
                if mark.beside:
                    yield one
                    continue
                where = tuple(range(call.first, call.last - len(call.near) + 1))
                yield one._replace(beside=call.near[:1], where=where)

    @cached_property
    def _met(self) -> dict[str, tuple[tuple[Any, ...], ...]]:
        """A pair → what it calls up, as plain tuples, which take half the time to read."""
        met: defaultdict[str, list[_Met]] = defaultdict(list)
        for number, mark in self._automaton.marks.items():
            word, back = self._automaton.words[number], mark.at
            met[mark.pair] += (
                _Met(
                    "".join(sorted(call.behind)),
                    call.start - 1,
                    call.without,
                    call.start,
                    word if len(word) > 2 else "",
                    back,
                    call.near,
                    call.first,
                    call.last,
                    call.number,
                )
                for call in (one.moved(-back) for one in self._calls[number])
            )
        return {pair: tuple(map(tuple, entries)) for pair, entries in met.items()}


def _turned(call: Call) -> str:
    """A character that turns a call away where it stands just before what is met."""
    return min(call.behind, default="") if call.start == 0 else ""


def _ask(text: str, at: int, calls: Sequence[Call], begun: dict[int, list[int]]) -> None:
    for number, near, first, last, start, without, behind in calls:
        if behind and at + start > 0 and text[at + start - 1 : at + start] in behind:
            continue
        if near and near not in text[at + first : at + last]:
            continue
        if without and text.startswith(without, at + start):
            continue
        begun[number].append(at + start)
