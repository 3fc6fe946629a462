"""Whose affiliation a line can be: （作者单位：江城大学） tells of an author, or of several.

A paper's own reporter has none, nor has an article without an author; 作者分别系 tells of several.
Where such a line came to an article that it does not fit, it goes to the nearest one above it that
it fits and that has none. The articles' texts stay as they were read: asked for in the search, it
would take text along (of 290 whole articles 283 stayed so).

Left alone: affiliations that name who wrote the article (（江城大学 林若谷）); what goes on from
another page, whose author is named there.
"""

from collections.abc import Sequence

from jiaokan.late import late
from jiaokan.stitch.blocks import Block
from jiaokan.stitch.decide import Reading

OF_AUTHOR = late(r"[（(〈][ \u3000]?(?:本文)?(?:第一)?作者")
OF_SEVERAL = late(r"[（(〈][ \u3000]?(?:本文)?作者(?:单位)?[ \u3000：:]?(?:分别|分別)")
REPORTERS = late("[记記]者|[评評][论論][员員]|通[讯訊][员員]|[实實][习習]生|[编編][辑輯]部")
SEVERAL = late("[^ \u3000、，]{2,}[ \u3000、，]+[^ \u3000、，]{2,}")
"""Several names; the characters of one may be set apart."""


def rehomed(text: str, reading: Reading) -> dict[int, int]:
    """The article of each affiliation that came to one which it does not fit, by its index."""
    lines = [at for at, item in enumerate(reading.items) if item.kind == "affiliation"]
    owners = {reading.stream[at] for at in lines}
    owners |= {
        number
        for number, heading in enumerate(reading.headings)
        if any(block.role == "affiliation" for block in heading)
    }
    found: dict[int, int] = {}
    for at in lines:
        item, stream = reading.items[at], reading.stream[at]
        if not OF_AUTHOR.match(text, item.start, item.end) or stream >= len(reading.headings):
            continue
        several = OF_SEVERAL.match(text, item.start, item.end) is not None
        fit = [n for n, heading in enumerate(reading.headings) if _fits(heading, several)]
        free = [number for number in fit if number not in owners]
        if stream not in fit and free:
            last = {one: row for row, one in enumerate(reading.stream[:at])}
            best = max(free, key=lambda number: last.get(number, -1))
            found[at] = best
            owners.add(best)
    return found


def _fits(heading: Sequence[Block], several: bool) -> bool:
    """Whether a heading has an author, or several, and no reporter of the paper's.

    What goes on from another page has no heading, and may have any affiliation.
    """
    if not heading:
        return True
    lines = [block for block in heading if block.role in ("byline", "far byline")]
    if not lines or any(REPORTERS.search(block.text) for block in lines):
        return False
    return not several or len(lines) > 1 or SEVERAL.search(lines[0].text) is not None
