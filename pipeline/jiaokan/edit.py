"""An edit: what a stage proposes to change, and the one place that applies it."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import compress, repeat
from operator import ge, gt, itemgetter, ne
from typing import NamedTuple


class Edit(NamedTuple):
    """Put `new` where text[start:end] stands."""

    start: int
    """First character, counted in the stage's input text."""
    end: int
    """One past the last; equal to start for an insertion."""
    new: str
    """What stands there afterwards."""
    rule: str
    """Id of the rule that says so."""
    confidence: float = 1.0
    """How sure, 0 to 1."""
    evidence: str = ""
    """Why, in words, where the rule's own reason does not say it."""


_made = partial(tuple.__new__, Edit)


def swaps(places: Sequence[int], new: Iterable[str], rules: Iterable[str]) -> Iterator[Edit]:
    """Edits that each put something in the place of one character: many at little cost.

    >>> list(swaps([2], "。", ["b"]))
    [Edit(start=2, end=3, new='。', rule='b', confidence=1.0, evidence='')]
    """
    ends = [at + 1 for at in places]
    return map(_made, zip(places, ends, new, rules, repeat(1.0), repeat("")))


class Columns(NamedTuple):
    """Edits in text order that each change something, in columns: a page may have hundreds."""

    starts: list[int]
    ends: list[int]
    olds: list[str]
    """What stands there."""
    news: list[str]
    kinds: list[tuple[str, float, str]]
    """Rule, confidence and evidence of each."""

    def edits(self) -> list[Edit]:
        """The same, one by one."""
        return [
            Edit(start, end, new, *kind) for start, end, _, new, kind in zip(*self, strict=True)
        ]

    def taken(self, places: Sequence[int]) -> "Columns":
        """Those at these places, in this order."""
        return Columns(
            [self.starts[at] for at in places],
            [self.ends[at] for at in places],
            [self.olds[at] for at in places],
            [self.news[at] for at in places],
            [self.kinds[at] for at in places],
        )

    def apply(self, text: str) -> str:
        """The text with the edits carried out."""
        between = map(slice, [0, *self.ends], [*self.starts, len(text)])
        parts = [""] * (2 * len(self.starts) + 1)
        parts[::2] = map(text.__getitem__, between)
        parts[1::2] = self.news
        return "".join(parts)


def in_columns(edits: Iterable[Edit], text: str) -> Columns:
    """Edits in text order, without those that change nothing.

    Raises ValueError where two overlap or one reaches outside the text: a
    stage settles its own conflicts before it yields.
    """
    rows = list(edits)
    starts, ends = list(map(itemgetter(0), rows)), list(map(itemgetter(1), rows))
    if any(map(ge, starts, starts[1:])):
        rows.sort(key=itemgetter(0, 1))
        starts, ends = list(map(itemgetter(0), rows)), list(map(itemgetter(1), rows))
    olds, news = list(map(text.__getitem__, map(slice, starts, ends))), list(map(_new, rows))
    changed = list(map(ne, olds, news))
    if not all(changed):
        rows = list(compress(rows, changed))
        starts, ends = list(compress(starts, changed)), list(compress(ends, changed))
        olds, news = list(compress(olds, changed)), list(compress(news, changed))
    if any(map(gt, [0, *ends], [*starts, len(text)])) or any(map(gt, starts, ends)):
        raise _astray(rows, text)
    return Columns(starts, ends, olds, news, list(map(_kind, rows)))


_new, _kind = itemgetter(2), itemgetter(3, 4, 5)


def ordered(edits: Iterable[Edit], text: str) -> list[Edit]:
    """The same one by one; raises ValueError where they overlap or lie outside the text.

    >>> ordered([Edit(2, 3, "。", "b"), Edit(0, 1, "天", "a")], "天气.")
    [Edit(start=2, end=3, new='。', rule='b', confidence=1.0, evidence='')]
    """
    return in_columns(edits, text).edits()


def _astray(edits: Sequence[Edit], text: str) -> ValueError:
    """The error for the first edit that overlaps one before it or lies outside the text."""
    lasts = [0, *(edit.end for edit in edits)]
    edit = next(
        edit
        for last, edit in zip(lasts, edits, strict=False)
        if not last <= edit.start <= edit.end <= len(text)
    )
    return ValueError(f"edit {edit} overlaps another or lies outside the text")


def apply(text: str, edits: Sequence[Edit]) -> str:
    """The text with ordered edits carried out.

    >>> apply("天气.", [Edit(2, 3, "。", "b")])
    '天气。'
    """
    parts: list[str] = []
    last = 0
    for edit in edits:
        parts += text[last : edit.start], edit.new
        last = edit.end
    parts.append(text[last:])
    return "".join(parts)
