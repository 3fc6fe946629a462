"""Several people's decision files as one; what they contradict each other in is told."""

from collections.abc import Sequence
from typing import NamedTuple

from jiaokan.decisions.book import Decisions, Known, order
from jiaokan.decisions.file import HEAD, text_of


class Merged(NamedTuple):
    """The decisions of all files, each once, in an order of their own."""

    known: tuple[Known, ...]
    contested: tuple[tuple[Known, ...], ...]
    """Groups that contradict each other; they stand in the file, and a run carries out none."""


def merge(files: Sequence[Sequence[Known]], prefer: str = "") -> Merged:
    """One set of all. The same whatever the order of the files, and however often.

    Where decisions contradict each other, those of the file named `prefer` stand alone.
    """
    known = {one.decision: one for file in reversed(files) for one in reversed(file)}
    if prefer:
        for group in Decisions(tuple(known.values())).contested:
            own = [one for one in group if one.file == prefer]
            for one in group if own else ():
                if one.file != prefer:
                    del known[one.decision]
    union = tuple(sorted(known.values(), key=lambda one: order(one.decision)))
    return Merged(union, Decisions(union).contested)


def written(merged: Merged) -> bytes:
    """The bytes of the merged file."""
    return HEAD.encode() + text_of(one.decision for one in merged.known)
