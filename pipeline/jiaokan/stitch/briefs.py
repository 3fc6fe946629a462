"""Titles of short news: lines alone between whole texts that take up what stands below them.

Where a page is made of news of a few lines each, nothing in a title's shape tells it from a
sub-heading: both stand between whole paragraphs. What tells is the texts. A sub-heading's paragraph
has words in common with the one above it, and a report's has none; the report's first sentence says
again what its title says; and it is over after a paragraph or two.

How often each is so was counted on a month of a daily paper: 1,000 pairs of neighbouring reports,
2,700 of neighbouring paragraphs of one article, 1,200 titles above a dateline. Amounts are natural
logarithms.

Left alone: lines of a few characters, which as often name an item of a list; numbered ones; lines
whose text shares words with any other text near it.
"""

from collections.abc import Sequence

from jiaokan.stitch.blocks import Block, closed, short
from jiaokan.stitch.lines import Page, numbered

LEAST = 6
"""Characters of the shortest line that is looked at."""
STRANGE = ((0.012, 2.0), (0.035, 1.0), (0.06, 0.0))
"""Up to which share of their words two neighbouring texts have in common, and what it says."""
KIN = 0.15
"""From which share on a text is of one article with another one near it, if not its neighbour."""
NEAR = 12
"""Texts above and below that are near."""
SAID = ((0.5, 0.5), (0.3, 0.0), (0.0, -1.0))
"""From which share of the line's characters on its text begins with them, and what it says."""
BEGINNING = 80
"""Characters that a text begins with."""
COMMON = frozenset("的了在是和与及年月日一不有为為與")
FEWEST = 3
"""Characters by which a share is taken at least."""
BRIEF = ((120, 1.5), (200, 0.5))
"""Up to how many characters the texts below have, if all are whole, and what it says."""
WORDS = 5
"""What a share of words counts in `jiaokan.stitch.common`."""


def brief_news(page: Page, at: int) -> float:
    """What speaks for found[at], a line by itself, being the title of a report."""
    found = page.found
    line, texts = found[at], _texts(found, at)
    if line.role != "body" or len(line.text) < LEAST or numbered(line) or not texts:
        return 0.0
    above = found[at - 1] if at else None
    if above is None or above.role != "body" or short(above):
        return 0.0
    strange = _step(STRANGE, _share(page, above, texts[0]))
    if strange is None or not any(closed(text.text) for text in texts):
        return 0.0
    said = next(worth for least, worth in SAID if _said(line.text, texts[0].text) >= least)
    whole = all(closed(text.text) for text in texts)
    brief = _step(BRIEF, sum(len(text.text) for text in texts)) if whole else None
    worth = strange + said + (brief or 0.0)
    if worth <= 0 or _has_kin(page, at, texts):
        return 0.0
    return worth


def _texts(found: Sequence[Block], at: int) -> list[Block]:
    """The texts right below a line, up to the next line that may head others."""
    texts: list[Block] = []
    for block in found[at + 1 :]:
        if block.role != "body" or short(block):
            break
        texts.append(block)
    return texts


def _has_kin(page: Page, at: int, texts: Sequence[Block]) -> bool:
    """Whether a text near a line shares words with the texts below it."""
    found = page.found
    own = {text.start for text in texts}
    near = found[max(at - NEAR, 0) : at + NEAR]
    others = [one for one in near if one.role == "body" and not short(one)]
    return any(
        _share(page, text, other) >= KIN
        for text in texts
        for other in others
        if other.start not in own
    )


def _share(page: Page, one: Block, other: Block) -> float:
    return page.words.kin(one.start, other.start)[0] / WORDS


def _said(title: str, text: str) -> float:
    """The share of a line's characters with which a text begins.

    >>> _said("刘家堡建起敬老院", "近郊刘家堡村拿出十二万元，建起一所敬老院。")
    1.0
    """
    own = {char for char in title if char >= "\u3400"} - COMMON
    return len(own & set(text[:BEGINNING])) / max(len(own), FEWEST)


def _step(steps: Sequence[tuple[float, float]], value: float) -> float | None:
    """The worth of the first step that a value does not pass."""
    return next((worth for most, worth in steps if value <= most), None)
