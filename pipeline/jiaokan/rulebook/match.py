"""A place where a rule that changes text applies."""

from collections.abc import Iterable
from typing import NamedTuple

from jiaokan.edit import Edit


class Match(NamedTuple):
    """A place where a rule applies, and its edits there."""

    start: int
    end: int
    rank: int
    """The rule's place in order of precedence."""
    edits: tuple[Edit, ...]


def matched(start: int, end: int, rank: int, edits: Iterable[Edit]) -> Match:
    """The match with its edits."""
    return Match(start, end, rank, tuple(edits))


def trimmed(old: str, start: int, new: str, rule: str) -> Edit:
    """The smallest edit that makes `new` of `old`, which stands at `start`.

    >>> trimmed("己经", 7, "已经", "r")
    Edit(start=7, end=8, new='已', rule='r', confidence=1.0, evidence='')
    """
    shorter = min(len(old), len(new))
    head = next((n for n in range(shorter) if old[n] != new[n]), shorter)
    shorter -= head
    tail = next((n for n in range(shorter) if old[-1 - n] != new[-1 - n]), shorter)
    return Edit(start + head, start + len(old) - tail, new[head : len(new) - tail], rule)
