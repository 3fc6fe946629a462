"""Lines of a heading that an engine read somewhere else than at their title.

Pages are set in zones, and an engine reads zone by zone: an author's line or a column's name may
come behind a column of its own article, away from the title. What such a line is it says itself.
It goes to the nearest title that lacks one (`jiaokan.stitch.items`). The text below it is in any
case its own article's: where no title near it wants it, the title was read far away or was lost,
and the line opens the article in its place.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from jiaokan.lazy_regex import lazy
from jiaokan.stitch.blocks import Block, Role, breaks_off, closed, is_text, short
from jiaokan.stitch.headings.features import may_head
from jiaokan.stitch.headings.reader import Reader
from jiaokan.stitch.headings.wording import dated, parts_named, salutes

LABELLED = (
    "byline-labelled",
    "byline-reporter",
    "byline-square",
    "byline-taiwan",
    "byline-foreign",
)
"""Rules for lines that name an author wherever they stand."""
TORN = 8.0
"""Bits by which a short line must read on to a text further down to be torn off it, and no title:
of a hundred titles one does."""
NOTICE = lazy("(?:公告|通告|通知|启事|啟事|声明|聲明|须知|須知)$")
"""How the title of a notice ends, which an institution signs below it."""
BRIEF = 6
"""Characters of the longest name of a column that is told by its place."""

NEAR = 300
"""Characters away from its title that such a line is read: a column or two."""
TAKEN_UP = 2.0
"""Bits by which a text must read on from one above, rather than begin, to be surely its rest."""
HEADS = ("kicker", "title", "subtitle", "byline")

Far = Mapping[int, Role]


def far_lines(found: Sequence[Block], reader: Reader) -> dict[int, Role]:
    """Lines that name an author or a column and head no run, by their index."""
    far: dict[int, Role] = {}
    parts = parts_named(found)
    for at, block in enumerate(found):
        above = found[at - 1] if at else None
        below = found[at + 1] if at + 1 < len(found) else None
        if names_author(block):
            if above is None or not may_head(above) or _torn(above, reader):
                far[at] = "far byline"
            elif _untitled(found, at) or (at > 1 and _column(found[at - 2], above, below, reader)):
                far[at - 1], far[at] = "far kicker", "far byline"
        elif (
            block.role == "kicker"
            and at not in parts
            and _alone(above, block, below)
            and not (below is not None and salutes(below))
        ):
            far[at] = "far kicker"
        elif bare_name(block) and _opens(above, block, below):
            far[at] = "far byline"
        elif bare_name(block) and _untitled(found, at) and _among_torn(found, at, reader):
            far[at - 1], far[at] = "far kicker", "far byline"
    return far


def bare_name(block: Block) -> bool:
    """Whether a line would name an author below a title, and does not say so itself."""
    return block.role == "byline" and not names_author(block)


def surely_far(found: Sequence[Block], far: Far) -> int:
    """How many authors' lines are no text, nor a part's heading, by where they stand."""
    return sum(
        names_author(found[at]) or at - 1 in far or (at > 0 and breaks_off(found[at - 1]))
        for at, role in far.items()
        if role == "far byline"
    )


def names_author(block: Block) -> bool:
    """Whether a line says by a label that it names an author."""
    return block.role == "byline" and block.rule.startswith(LABELLED)


def unused(found: Sequence[Block], far: Far) -> list[Block]:
    """The blocks where no title wants the lines: a bare name is text then."""
    bare = {at for at in far if bare_name(found[at])}
    return [
        replace(block, role="body", rule="layout.body", name=None) if at in bare else block
        for at, block in enumerate(found)
    ]


def signs_itself(heading: Sequence[Block], below: Block | None) -> bool:
    """Whether a heading wants no author's line: a notice's, or a report's above its dateline."""
    titles = [block.text for block in heading if block.role == "title"]
    return any(map(NOTICE.search, titles)) or (below is not None and dated(below))


def wanting(found: Sequence[Block], role: Role) -> int:
    """Headings without a byline, or without a kicker; who signs in brackets below a text is the
    author of one of them."""
    signed = sum(block.role == "signature" and block.name is not None for block in found)
    count = -signed if role == "far byline" else 0
    at = 0
    while at < len(found):
        start = at
        while at < len(found) and found[at].role in ("kicker", "title", "subtitle", "byline"):
            at += 1
        roles = [block.role for block in found[start:at]]
        lacks = "title" in roles and role.removeprefix("far ") not in roles
        below = found[at] if at < len(found) else None
        count += lacks and not (role == "far byline" and signs_itself(found[start:at], below))
        at = max(at, start + 1)
    return count


def wanted(settled: Sequence[Block], far: Far) -> Far:
    """Those of the lines for which there are titles enough."""
    kept: dict[int, Role] = {}
    for kind in ("far byline", "far kicker"):
        lines = {at: role for at, role in far.items() if role == kind}
        if lines and wanting(settled, lines[min(lines)]) >= len(lines):
            kept |= lines
    return kept


def opening(found: Sequence[Block], far: Far, reader: Reader) -> frozenset[int]:
    """Those of the lines that no title near them wants; `found`: with the headings settled.

    A title that another heading parts from the line is not near. Where the text below surely goes
    on in a sentence that broke off above, its article began there.
    """
    return frozenset(
        at
        for at in far
        if at + 1 < len(found)
        and (at + 1 in far or found[at + 1].role not in HEADS)
        and not _wanted(found, far, at, range(at - 1, -1, -1))
        and not _wanted(found, far, at, range(at + 1, len(found)))
        and not _taken_up(found, far, at, reader)
    )


def _taken_up(found: Sequence[Block], far: Far, line: int, reader: Reader) -> bool:
    """Whether the text below a line surely goes on from one that broke off above."""
    below = next((found[at] for at in range(line + 1, len(found)) if at not in far), None)
    if below is None or below.role != "body":
        return False
    row = reader.row(below)
    return float(reader.opens[row]) < 0 and float(reader.comes_text[row]) > TAKEN_UP


def _wanted(found: Sequence[Block], far: Far, line: int, order: range) -> bool:
    """Whether the first heading in this order stands near a line, has a title, and lacks one."""
    roles: list[Role] = []
    for at in order:
        head = at not in far and found[at].role in HEADS
        away = not roles and abs(found[at].start - found[line].start) > NEAR
        if away or (roles and not head):
            break
        if head:
            roles.append(found[at].role)
    return "title" in roles and far[line].removeprefix("far ") not in roles


def _torn(block: Block, reader: Reader) -> bool:
    """Whether a short line is a piece of text that goes on further down."""
    return block.role == "body" and float(reader.goes_text[reader.row(block)]) > TORN


def _column(above: Block, block: Block, below: Block | None, reader: Reader) -> bool:
    """Whether a very short line above an author's is a column's name: the text above them breaks
    off, and text goes on below them."""
    if len(block.text) > BRIEF or block.role != "body":
        return False
    if above.role != "body" or may_head(above) or closed(above.text):
        return False
    if below is None or below.role != "body" or short(below):
        return False
    return float(reader.opens[reader.row(below)]) < 0


def _alone(above: Block | None, block: Block, below: Block | None) -> bool:
    """Whether no line that could be a heading stands beside it."""
    return not any(other is not None and may_head(other) for other in (above, below))


def _opens(above: Block | None, block: Block, below: Block | None) -> bool:
    """Whether a bare name stands by itself above a text, behind an article's end."""
    if below is None or below.role != "body" or short(below):
        return False
    if not (block.blanks and below.blanks):
        return False
    ended = above is None or above.role in ("furniture", "affiliation")
    return ended or (above is not None and is_text(above))


def _untitled(found: Sequence[Block], at: int) -> bool:
    """Whether a column's name stands right above an author's line and text right below it, and
    nothing else of a heading does: the title was read elsewhere."""
    if not at or found[at - 1].role != "kicker" or not heads_text(found, at):
        return False
    return at == 1 or not may_head(found[at - 2])


def _among_torn(found: Sequence[Block], at: int, reader: Reader) -> bool:
    """Whether the text above a column's name and a bare name breaks off, or goes on below them."""
    torn = at > 1 and breaks_off(found[at - 2])
    return at > 1 and (torn or float(reader.opens[reader.row(found[at + 1])]) < 0)


def heads_text(found: Sequence[Block], at: int) -> bool:
    """Whether text stands right below a line."""
    below = found[at + 1] if at + 1 < len(found) else None
    return below is not None and is_text(below)


def labelled(found: Sequence[Block], far: Far) -> Far:
    """Those of the lines that surely name the author of another article than those around them,
    with the columns' names above them: where no title is left for them, theirs was lost.

    Between whole paragraphs who is named so may have written what stands above.
    """
    authors = {
        at
        for at in far
        if names_author(found[at])
        and heads_text(found, at)
        and (not at or at - 1 in far or breaks_off(found[at - 1]))
    }
    return {at: role for at, role in far.items() if at in authors or at + 1 in authors}
