"""The page as a sequence of items: headings, atoms of body text, affiliations.

An atom is a run of body text that is taken as a whole; it starts at a block's
start or at a candidate for a seam inside a block.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from jiaokan.lazy_regex import lazy
from jiaokan.stitch.blocks import Block
from jiaokan.stitch.headings.far_lines import signs_itself

BODY_ROLES = ("body", "subhead")
CLAUSES = frozenset("，：；,;:")
"""Marks that part clauses: a sub-heading has them seldom, a torn line often."""
UNLIKELY = 0.1
"""Below this no line is a title: of 31 lines with such marks on generated pages, all were torn."""
HEADING_ROLES = ("kicker", "title", "subtitle", "byline")


JUMPED = lazy("[（(【▲▼→◀▶↑↓←>＞《►◄※*]{0,4}[ ]?(?:上接|紧接|緊接)")
"""What a piece that began on another page says above its text."""


class Item(NamedTuple):
    """One step of the page."""

    kind: Literal["heading", "atom", "affiliation"]
    """An affiliation may hold the signature above it, and be that alone."""
    start: int
    end: int
    inner: bool = False
    """Starts inside a block: by nature it goes on where the item before it stopped."""
    odds: float = 0.0
    """Of one that starts inside a block, log2 of the odds that a seam is there."""
    tight: bool = False
    """Starts a block without a blank line above it, on a page that parts paragraphs by them."""
    alone: bool = False
    """A short line that stands alone: a sub-heading, or torn off a text."""
    subhead: bool = False
    """The same, if it is not surely torn off."""
    article: int = -1
    """Which article a heading opens."""


def cut_up(
    found: Sequence[Block], cuts: Mapping[int, float], *, untitled: bool = False
) -> tuple[list[Item], list[list[Block]]]:
    """The items in page order, and the blocks of each heading.

    What stands below （上接第一版） without a heading opens an article: its title is elsewhere.
    On a page without any heading an affiliation ends an article, and what
    follows it opens the next; with `untitled` it does so on any page. `cuts`
    are places inside body blocks, with the log2 odds that a seam is there.
    """
    body = [block for block in found[1:] if block.role in BODY_ROLES]
    loose = 2 * sum(block.blanks > 0 for block in body) > len(body)
    items: list[Item] = []
    headings: list[list[Block]] = []
    far: list[Block] = []
    signed: set[int] = set()
    last: str = ""
    jumped = False
    headless = not any(block.role in HEADING_ROLES for block in found) and _closes(found)
    for block in found:
        opens = headless and last in ("", "affiliation")
        opens |= untitled and last in ("affiliation", "signature")
        opens |= jumped and last not in HEADING_ROLES
        if opens and block.role in BODY_ROLES:
            headings.append([])
            items.append(Item("heading", block.start, block.start, article=len(headings) - 1))
        if block.role in HEADING_ROLES:
            if last not in HEADING_ROLES or _begins_another(headings[-1], block):
                headings.append([])
                items.append(Item("heading", block.start, block.end, article=len(headings) - 1))
            headings[-1].append(block)
        elif block.role == "affiliation" and last in HEADING_ROLES:
            headings[-1].append(block)  # it stands under the author
            continue
        elif block.role == "affiliation" and last == "signature":
            items[-1] = items[-1]._replace(end=block.end)  # both are one article's
        elif block.role in ("affiliation", "signature"):
            items.append(Item("affiliation", block.start, block.end))
        elif block.role in BODY_ROLES:
            items += _atoms(block, cuts, loose)
            if last in HEADING_ROLES and signs_itself(headings[-1], block):
                signed.add(len(headings) - 1)
        else:  # furniture stands outside of every article
            far += [block] * (block.role in ("far byline", "far kicker"))
            jumped |= JUMPED.match(block.text) is not None and block.role == "furniture"
            continue
        last, jumped = block.role, False
    for block in far:
        unsigned = [one for at, one in enumerate(headings) if one and at not in signed]
        _wanting(unsigned or headings, block).append(block)
    return items, headings


def _wanting(headings: Sequence[list[Block]], block: Block) -> list[Block]:
    """The nearest heading that lacks a line such as this one, which was read away from it."""
    kinds = (block.role, block.role.removeprefix("far "))
    known = [heading for heading in headings if heading]
    bare = [heading for heading in known if not any(b.role in kinds for b in heading)]
    return min(bare or known, key=lambda heading: abs(heading[0].start - block.start))


def _closes(found: Sequence[Block]) -> bool:
    """Whether affiliations tell where the articles of a page without headings end."""
    return any(block.role == "affiliation" for block in found)


def _begins_another(heading: Sequence[Block], block: Block) -> bool:
    """A kicker or a title behind an author opens the next heading."""
    return block.role in ("kicker", "title") and heading[-1].role in ("byline", "subtitle")


def _torn(block: Block) -> bool:
    """Whether a line that stands alone is surely no title, and parts clauses: as a rule it was torn
    off a text (二、组别设置：公开)."""
    unlikely = block.title < UNLIKELY and not block.mark
    return unlikely and not CLAUSES.isdisjoint(block.text)


def _atoms(block: Block, cuts: Mapping[int, float], loose: bool) -> list[Item]:
    inside = sorted(cut for cut in cuts if block.start < cut < block.end) if cuts else []
    return [
        Item(
            "atom",
            start,
            end,
            inner=start > block.start,
            odds=cuts.get(start, 0.0),
            tight=loose and start == block.start and block.blanks == 0,
            alone=block.role == "subhead",
            subhead=block.role == "subhead" and not _torn(block),
        )
        for start, end in pairwise([block.start, *inside, block.end])
    ]
