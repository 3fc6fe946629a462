"""Poems below a title that announces them: 立冬（外二首）.

Modern verse has no marks at its lines' ends, and each poem of several has a name of its own, so
that its lines look like headings one by one.
"""

from collections.abc import Sequence

from jiaokan.stages.stanzas import ANNOUNCED, VERSE
from jiaokan.stitch.blocks import Block


def announces_poems(block: Block) -> bool:
    """Whether a line is the title of poems.

    >>> announces_poems(Block(0, 7, "立冬（外二首）", 1)), announces_poems(Block(0, 2, "立冬", 1))
    (True, False)
    """
    return block.role in ("body", "title") and ANNOUNCED.fullmatch(block.text) is not None


def poem_lines(found: Sequence[Block]) -> frozenset[int]:
    """The starts of the lines of such poems and of their names, up to what is no verse: a long
    line, or one with an author's below it."""
    lines: set[int] = set()
    at = 0
    while at < len(found):
        if not announces_poems(found[at]):
            at += 1
            continue
        at += 1
        if at < len(found) and not found[at].blanks:
            at += 1  # who wrote them
        while at < len(found) and _goes_on(found, at):
            lines.add(found[at].start)
            at += 1
    return frozenset(lines)


def _goes_on(found: Sequence[Block], at: int) -> bool:
    block, below = found[at], found[at + 1] if at + 1 < len(found) else None
    if block.role not in ("body", "subhead") or len(block.text) > VERSE or announces_poems(block):
        return False
    return not block.blanks or below is None or below.role != "byline"
