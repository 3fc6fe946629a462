"""Headings: which short blocks are kickers, titles, subtitles and authors.

In each run of short blocks the likeliest line is the title, where it is likely
enough (`jiaokan.stitch.lines`); the lines around it are its kicker, its second
line, its subtitle, its author. The other lines are sub-headings and belong to
the body. A fragment (a column's short first or last line) is told from a
kicker by the language model: it runs on from an open block.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from jiaokan.stitch.blocks import WIDEST_TITLE, Block, Role, closed, short
from jiaokan.stitch.lines import FRAGMENT, NUMBERED, Reader, best_line, has_title

SUBTITLE = re.compile(r"(?:——|--|—|－)")
NEXT = 1.0
"""Bits by which a short line must run on into the very next one to be body text."""
BELOW = 2.5
"""Bits by which a short line must run on from the open block above it to be that block's end."""
SPEAKER = re.compile(r"[^：，。？！“”《》 ]{1,8}：")
ONE_TITLE = 5.0
"""Bits by which a title's second line must run on from the first, among other lines."""
ADJACENT = 1.5
"""The same where the two lines alone stand without a blank line between them."""
VOUCHED = ("byline", "kicker", "title")
"""Roles that a rule gives a line by its own wording."""
LONGEST_KICKER = 24
"""Characters."""


def with_headings(found: Sequence[Block], reader: Reader) -> list[Block]:
    """The blocks with the roles of headings settled. A title opens an article."""
    result = list(found)
    speakers = _speakers(found)
    for start, stop in runs(found):
        for at, role in _roles(result, start, stop, reader, speakers).items():
            result[at] = replace(result[at], role=role, rule=f"layout.{role}")
    return result


def runs(found: Sequence[Block]) -> list[tuple[int, int]]:
    """Runs of neighbouring blocks that could be headings, as (start, stop)."""
    result: list[tuple[int, int]] = []
    for index, block in enumerate(found):
        if block.role in VOUCHED or (block.role == "body" and short(block)):
            if result and result[-1][1] == index:
                result[-1] = (result[-1][0], index + 1)
            else:
                result.append((index, index + 1))
    return result


def _roles(
    found: list[Block], start: int, stop: int, reader: Reader, speakers: frozenset[str]
) -> dict[int, Role]:
    """Roles for the run found[start:stop], by index."""
    spoken = {at for at in range(start, stop) if _spoken(found[at], speakers)}
    roles: dict[int, Role] = {
        at: "body" if at in spoken or _is_text(found, at, reader) else "subhead"
        for at in range(start, stop)
    }
    title = _title(found, start, stop, reader, spoken)
    if title is not None:
        roles |= _heading(found, start, title, stop, reader)
    return roles


def _title(
    found: list[Block], start: int, stop: int, reader: Reader, spoken: set[int]
) -> int | None:
    """Which line of the run found[start:stop] is a title, if any is."""
    for at in range(start, stop):
        if found[at].role == "title" and not _is_fragment(found[at], reader):
            return at
    packed = _packed(found, start, stop)
    plain = np.array(
        [found[at].role == "body" and at not in spoken | packed for at in range(start, stop)],
        dtype=bool,
    )
    if not plain.any() or has_title(reader.run(found, start, stop)) <= 0:
        return None
    weight = best_line(reader.lines(found, start, stop))
    return start + int(np.argmax(np.where(plain, weight, -np.inf)))


def _packed(found: list[Block], start: int, stop: int) -> set[int]:
    """Lines of verse, lists and tables: three and more without a blank line between them."""
    packed: set[int] = set()
    group: list[int] = []
    for at in range(start, stop):
        if found[at].blanks > 0:
            group = []
        group.append(at)
        if len(group) > 2 and all(found[one].role == "body" for one in group):
            packed |= set(group)
    return packed


def _speakers(found: Sequence[Block]) -> frozenset[str]:
    """Labels before a colon that open several blocks, as 问 and 答 do in an interview."""
    labels = Counter(match.group() for b in found if (match := SPEAKER.match(b.text)))
    return frozenset(label for label, count in labels.items() if count > 1)


def _spoken(block: Block, speakers: frozenset[str]) -> bool:
    """Whether a line is speech: it opens with a speaker, or closes a quotation begun above."""
    match = SPEAKER.match(block.text)
    unopened = block.text.count("”") > block.text.count("“")
    return unopened or (match is not None and match.group() in speakers)


def _is_text(found: list[Block], at: int, reader: Reader) -> bool:
    """Whether a short line that heads nothing is body text and no sub-heading."""
    block = found[at]
    if NUMBERED.match(block.text):
        return False
    return (
        block.text[-1] in "”’」』…"
        or _is_fragment(block, reader)
        or (at + 1 < len(found) and _goes_on(block, found[at + 1], reader))
        or (at > 0 and not closed(found[at - 1].text) and _goes_on(found[at - 1], block, reader))
    )


def _goes_on(left: Block, right: Block, reader: Reader) -> bool:
    """Whether a line runs on into the next one on the page."""
    return {left.role, right.role} <= {"body", "subhead"} and reader.runs_on(left, right) > NEXT


def _is_fragment(block: Block, reader: Reader, beyond: Block | None = None) -> bool:
    return reader.goes_on(block, beyond) > FRAGMENT or reader.comes_from(block) > FRAGMENT


def _heading(
    found: list[Block], start: int, title: int, stop: int, reader: Reader
) -> dict[int, Role]:
    """The lines around a title that belong to its heading."""
    roles: dict[int, Role] = {title: "title"}
    low, high = title, title
    if SUBTITLE.match(found[title].text) and title > start:
        roles |= {title: "subtitle", title - 1: "title"}
        low = title - 1
    while low > start and _one_title(found[low - 1], found[low], reader):
        low -= 1
        roles[low] = "title"
    if low == start and low and _comma_line(found[low - 1], found[low]):
        low -= 1
        roles[low] = "title"
    while high + 1 < stop and _one_title(found[high], found[high + 1], reader):
        high += 1
        roles[high] = "title"
    if high + 1 < stop and SUBTITLE.match(found[high + 1].text):
        high += 1
        roles[high] = "subtitle"
    while high + 1 < stop and found[high + 1].role == "byline":
        high += 1
        roles[high] = "byline"
    if low > start and _is_kicker(found, low - 1, found[high], reader):
        roles[low - 1] = "kicker"
    return roles


def _one_title(left: Block, right: Block, reader: Reader) -> bool:
    """Whether two lines are one title: the second runs on from the first."""
    if left.role not in ("body", "title") or right.role not in ("body", "title"):
        return False
    if right.blanks > 0:
        return False  # a blank line parts a kicker from its title
    return reader.runs_on(left, right) > (ADJACENT if left.blanks > 0 else ONE_TITLE)


def _comma_line(above: Block, title: Block) -> bool:
    """Whether the line above is a title's first part: short, apart, and it stops at a comma."""
    return (
        above.role == "body"
        and above.blanks > 0
        and title.blanks == 0
        and above.text[-1] in "，、"
        and len(above.text) <= len(title.text) + 8
        and len(above.text) + len(title.text) <= WIDEST_TITLE
    )


def _is_kicker(found: list[Block], at: int, last: Block, reader: Reader) -> bool:
    """Whether the short line above a title is a kicker and no fragment of a body.

    `last` is the heading's last line: what the line reads on to counts behind it.
    """
    block = found[at]
    if block.role != "body":
        return block.role == "kicker"
    above = found[at - 1] if at else None
    if above is not None and above.role == "body" and not closed(above.text):
        # right below an open block stands its last line, unless it reads as a new one
        return (
            block.blanks > 0
            and reader.runs_on(above, block) < BELOW
            and _short_kicker(block, last, reader)
        )
    return _short_kicker(block, last, reader)


def _short_kicker(block: Block, last: Block, reader: Reader) -> bool:
    return len(block.text) <= LONGEST_KICKER and not _is_fragment(block, reader, last)
