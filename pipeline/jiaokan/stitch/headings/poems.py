"""Poems: below a title that announces them, 立冬（外二首）, or below an author's line.

Modern verse has no marks at its lines' ends, and each poem of several has a name of its own, so
that its lines look like headings one by one.
"""

from collections.abc import Sequence

from jiaokan.lazy_regex import lazy
from jiaokan.stages.stanzas import ANNOUNCED, VERSE
from jiaokan.stitch.blocks import Block
from jiaokan.stitch.headings.markup import BOLD

LEAST = 5
"""Lines below an author's that are verse: no heading has as many."""
MANY = 8
"""The same below a name that may be none."""
NARROW = 16
"""Characters of the longest of them."""
MARKS = lazy("[，。；：、！？]")
MARKED = 0.34
"""Share of them that may hold a mark: a narrow column's lines hold more."""
NAME = lazy("[\u3400-\u9fff](?:[ \u3000]{1,4}[\u3400-\u9fff]){1,3}")
"""An author's name whose characters are set apart."""
BARE = ("byline-name", "byline-padded")
"""Rules that take a line for an author's since it may be a name: 牧归 may, too."""


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


def signed_verse(found: Sequence[Block]) -> frozenset[int]:
    """The starts of lines of verse below a title and its author, up to the next title. That is the
    line above the next author's, or above a text that says its words. On a page with such verse,
    lines of the same kind below a text are the verse's next column."""
    poets = frozenset(
        at for at in range(1, len(found)) if _names_poet(found, at) or _may_name_poet(found, at)
    )
    lines = {block.start for poet in poets for block in _verse(found, poet + 1, poets)}
    if lines:
        tops = [at for at in range(1, len(found)) if _below_text(found, at)]
        lines.update(block.start for top in tops for block in _verse(found, top, poets))
    return frozenset(lines)


def _verse(found: Sequence[Block], first: int, poets: frozenset[int]) -> Sequence[Block]:
    """The lines of verse from one on; none if they are too few, or hold marks as text does."""
    stop = first
    while stop < len(found) and _narrow(found[stop]) and stop not in poets:
        stop += 1
    if stop < len(found):
        signed = stop > first and found[stop - 1].role == "byline"
        titled = stop in poets or signed or _heads(found[stop - 1], found[stop])
        stop -= titled + signed
    verse = found[first:stop]
    marked = sum(MARKS.search(block.text) is not None for block in verse)
    return verse if len(verse) >= LEAST and marked <= MARKED * len(verse) else []


def _below_text(found: Sequence[Block], at: int) -> bool:
    """Whether narrow lines begin below one that is not, and is no heading's."""
    above = found[at - 1]
    text = above.role in ("body", "affiliation", "furniture") and not _narrow(above)
    return text and _narrow(found[at])


def _heads(line: Block, below: Block) -> bool:
    """Whether a text says again what the line above it says, as it does of its title."""
    pairs = {line.text[at : at + 2] for at in range(len(line.text) - 1)}
    return below.role == "body" and any(pair in below.text for pair in pairs)


def _names_poet(found: Sequence[Block], at: int) -> bool:
    """Whether a line names an author by its blanks or its label, below what may be a title, or by
    its place, below what the raw page marks as one."""
    line, above = found[at], found[at - 1]
    padded = NAME.fullmatch(line.text) is not None
    sure = line.role == "byline" and (line.rule not in BARE or 0 < above.mark < BOLD)
    return (padded or sure) and above.role in ("body", "title") and len(above.text) <= VERSE


def _may_name_poet(found: Sequence[Block], at: int) -> bool:
    """Whether a name of two to four characters without a blank stands below a title alone, and more
    narrow lines without a mark below it than headings have."""
    line, title = found[at], found[at - 1]
    if line.role != "byline" or line.rule not in BARE or len(title.text) > VERSE:
        return False
    first = at < 2 or not _narrow(found[at - 2])
    below = found[at + 1 : at + 1 + MANY]
    plain = all(_narrow(one) and MARKS.search(one.text) is None for one in below)
    return title.role in ("body", "title") and first and len(below) == MANY and plain


def _narrow(block: Block) -> bool:
    bare = block.role == "byline" and block.rule in BARE
    body = block.role in ("body", "subhead") or bare
    return body and not block.mark and len(block.text) <= NARROW
