"""An edit: what a stage proposes to change, and the one place that applies it."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import repeat
from operator import itemgetter
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


def ordered(edits: Iterable[Edit], text: str) -> list[Edit]:
    """Edits in text order, without those that change nothing.

    Raises ValueError where two overlap or one reaches outside the text: a
    stage settles its own conflicts before it yields.

    >>> ordered([Edit(2, 3, "。", "b"), Edit(0, 1, "天", "a")], "天气.")
    [Edit(start=2, end=3, new='。', rule='b', confidence=1.0, evidence='')]
    """
    kept = [edit for edit in edits if text[edit[0] : edit[1]] != edit[2]]
    kept.sort(key=itemgetter(0, 1))
    last = 0
    for edit in kept:
        start, end = edit[:2]
        if not last <= start <= end:
            raise _astray(edit)
        last = end
    if last > len(text):
        raise _astray(kept[-1])
    return kept


def _astray(edit: Edit) -> ValueError:
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
