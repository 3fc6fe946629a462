"""Titles of short news: lines alone between whole texts that take up what stands below them.

Where a page is made of news of a few lines each, nothing in a title's shape tells it from a
sub-heading: both stand between whole paragraphs. What tells is the texts. A sub-heading's paragraph
has words in common with the one above it, and a report's has none; the report's first sentence says
again what its title says; and it is over after a few lines. Where most lines of a page are such
titles, those that lack one of these signs are titles as well.

How often each is so was counted on a month of a daily paper: 1,000 pairs of neighbouring reports,
2,700 of neighbouring paragraphs of one article, 1,200 titles above a dateline. Amounts are natural
logarithms.

Left alone: lines of a few characters, which as often name an item of a list; numbered ones; lines
whose text shares words with any other text near it; longer reports, which have other signs.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from jiaokan.lazy_regex import lazy
from jiaokan.stitch.blocks import Block, closed, is_text
from jiaokan.stitch.headings.features import Page, numbered, spoken
from jiaokan.stitch.headings.reader import Reader
from jiaokan.stitch.headings.wording import institution

LEAST, FEWEST = 7, 4
"""Chinese characters of the shortest line that is looked at, by itself and in a series."""
STRANGE = ((0.012, 1.5), (0.035, 0.7))
"""Up to which share of their words two neighbouring texts have in common, and what it says."""
KIN = 0.15
"""From which share on a text is of one article with another one near it, if not its neighbour."""
NEAR = 12
"""Lines above and below that are near."""
SAID = ((0.5, 0.5), (0.3, 0.0))
"""From which share of the line's characters on its text begins with them, and what it says."""
BEGINNING = 80
"""Characters that a text begins with."""
COMMON = frozenset("的了在是和与及年月日一不有为為與")
LONGEST = 120
"""Characters of the texts of a short report."""
BRIEF = 1.0
"""What it says that a line's texts are so short."""
TORN = 4.5
"""Bits by which a short line that ends a report must not read on to a text further down."""
SERIES = 3
"""Titles of short news that make a series, if they are most of the lines that stand alone."""
ONE_OF_MANY, ANY_OF_MANY = 2.0, 4.0
"""For a title of a series, and for a line that is short of one sign of it."""
FOUNDED = lazy("[办辦建开開设設进進挂掛获獲到入成]")
"""What a title says of an institution, and its name seldom does."""
WORDS = 5
"""What a share of words counts in `jiaokan.stitch.headings.common_words`."""


class _Seen(NamedTuple):
    """A line alone between texts."""

    worth: float
    """What speaks for it being the title of a report; 0: it is short of a sign."""
    brief: bool
    """Whether short texts stand below it that have nothing to do with those near them."""


def short_news(page: Page, reader: Reader) -> Mapping[int, float]:
    """What speaks for lines being titles of reports, by where they start."""
    seen = dict(_lines(page, reader))
    sure = [start for start, one in seen.items() if one.worth]
    series = len(sure) >= SERIES and 2 * len(sure) > len(seen)
    worth = {start: seen[start].worth + ONE_OF_MANY * series for start in sure}
    if series:
        worth |= {start: ANY_OF_MANY for start, one in seen.items() if one.brief and not one.worth}
    return worth


def _lines(page: Page, reader: Reader) -> Iterator[tuple[int, _Seen]]:
    """The lines that stand alone between texts."""
    found = page.found
    for start, stop in page.runs:
        line, above = found[start], found[start - 1] if start else None
        if stop - start > 1 or line.role != "body" or above is None or not is_text(above):
            continue
        texts = _texts(found, start, reader)
        if not texts or not _may_report(line, page):
            continue
        size = sum(len(text.text) for text in texts)
        if size > LONGEST or not all(closed(text.text) for text in texts):
            yield line.start, _Seen(0.0, False)
            continue
        strange = next((w for most, w in STRANGE if _share(page, above, texts[0]) <= most), None)
        again = _said(line.text, texts[0].text)
        said = next((worth for least, worth in SAID if again >= least), None)
        signs = strange is not None and said is not None and _size(line) >= LEAST
        alien = not _has_kin(page, start, texts)
        worth = BRIEF + (strange or 0.0) + (said or 0.0)
        yield line.start, _Seen(worth * (signs and alien), alien)


def _texts(found: Sequence[Block], at: int, reader: Reader) -> list[Block]:
    """The texts right below a line, up to the next one that may head others or the page's end; none
    where what stands below them does not surely end them: furniture, or a line torn off a text."""
    texts: list[Block] = []
    for block in found[at + 1 :]:
        if not is_text(block):
            break
        texts.append(block)
    rest = found[at + 1 + len(texts) :]
    if not rest:
        return texts
    if rest[0].role == "furniture":
        return [] if any(one.role != "furniture" for one in rest) else texts
    torn = rest[0].role == "body" and reader.goes_text[reader.row(rest[0])] > TORN
    return [] if torn else texts


def _size(line: Block) -> int:
    return sum(char >= "\u3400" for char in line.text)


def _may_report(line: Block, page: Page) -> bool:
    """Whether a line may be a report's title by its wording."""
    if _size(line) < FEWEST or "，" in line.text:
        return False
    if institution(line) and not FOUNDED.search(line.text):
        return False  # it signs a notice
    return not (numbered(line) or spoken(line, page.speakers))


def _has_kin(page: Page, at: int, texts: Sequence[Block]) -> bool:
    """Whether a text near a line shares words with the texts below it."""
    own = {text.start for text in texts}
    near = page.found[max(at - NEAR, 0) : at + NEAR]
    others = [one for one in near if is_text(one) and one.start not in own]
    return any(_share(page, text, other) >= KIN for text in texts for other in others)


def _share(page: Page, one: Block, other: Block) -> float:
    return page.words.kin(one.start, other.start)[0] / WORDS


def _said(title: str, text: str) -> float:
    """The share of a line's characters with which a text begins.

    >>> _said("刘家堡建起敬老院", "近郊刘家堡村拿出十二万元，建起一所敬老院。")
    1.0
    """
    own = {char for char in title if char >= "\u3400"} - COMMON
    return len(own & set(text[:BEGINNING])) / max(len(own), FEWEST - 1)
