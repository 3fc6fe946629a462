"""The page's head: what stands above all articles, and is none's.

Rules know a head's line by its own wording. Here a line is known by the one below it, too: a
paper's name over its date, a section's over who edits it, and a day alone.
"""

from collections.abc import Sequence
from dataclasses import replace

from jiaokan.stitch.blocks import Block
from jiaokan.stitch.headings.features import may_head
from jiaokan.stitch.headings.page_head_wording import (
    BRACKETS,
    DAY,
    ISSUE_ALONE,
    LINES,
    PAGES,
    PAPERS,
    PUBLISHED,
    RULES,
    heads_line,
    names_paper,
    names_section,
)
from jiaokan.stitch.headings.wording import dashed


def masthead_settled(found: Sequence[Block]) -> list[Block]:
    """The blocks; a paper's or a section's name at the page's top is the page's where the line with
    its date or number stands right below, and a heading below that. Of a day alone on its line only
    a paper is sure; a day above a line of the head is part of it."""
    result = list(found)
    for at, block in enumerate(found[:LINES]):
        if any(above.role != "furniture" for above in result[:at]):
            break
        if block.role in ("body", "kicker", "title") and heads_line(block.text):
            result[at] = replace(block, role="furniture", rule="furniture-date-bare")
            if at + 1 < len(found) and not found[at + 1].blanks:
                result[at + 1] = replace(found[at + 1], blanks=1)
    for at in range(min(len(found) - 2, LINES)):
        name, day = found[at : at + 2]
        below = next((one for one in found[at + 2 :] if one.role != "furniture"), found[at + 2])
        if any(block.role != "furniture" for block in result[:at]):
            break
        known = day.role == "furniture" and day.rule.startswith(RULES)
        called = name.role == "byline" and names_paper(name.text)  # 江钢报: 江 is a surname, too
        if not (called or name.role in ("body", "kicker")) or not may_head(below):
            continue
        if below.role == "byline" or dashed(below):
            continue
        if known and not day.blanks and DAY.fullmatch(name.text):
            result[at] = replace(name, role="furniture", rule="furniture-date-bare")
            continue
        if day.role == "furniture" and PAGES.fullmatch(name.text.strip(BRACKETS)):
            result[at] = replace(name, role="furniture", rule="furniture-section-cell")
            continue
        section = known and not day.blanks and below.blanks > 0 and names_section(name.text)
        page = PAGES.fullmatch(name.text.strip(BRACKETS)) is not None
        if not (names_paper(name.text) or section or page):
            continue
        known |= day.role == "body" and ISSUE_ALONE.fullmatch(day.text) is not None
        if not known and not ((page or name.text[-1] in PAPERS) and DAY.fullmatch(day.text)):
            continue  # 山村新生活 over a day is as likely a title over the day it was written
        rule = day.rule if day.role == "furniture" else "furniture-date-bare"
        result[at] = replace(name, role="furniture", rule="furniture-paper-first")
        result[at + 1] = replace(day, role="furniture", rule=rule)
    return _publisher_settled(result)


def _publisher_settled(found: Sequence[Block]) -> list[Block]:
    """The blocks; who publishes the paper, right below the head's first lines, is part of it."""
    at = next((at for at, block in enumerate(found) if block.role != "furniture"), 0)
    if not 0 < at <= LINES or not PUBLISHED.fullmatch(found[at].text):
        return list(found)
    settled = replace(found[at], role="furniture", rule="furniture-publisher-cell")
    return [*found[:at], settled, *found[at + 1 :]]


def day_settled(found: Sequence[Block]) -> list[Block]:
    """The blocks; a day alone on the page's first line, or below its head's, is the page's, if a
    blank line parts it from a heading. Where other days stand so, they are an article's, as in a
    diary or a chronicle."""
    at = next((at for at, block in enumerate(found) if block.role != "furniture"), 0)
    days = [block for block in found if DAY.fullmatch(block.text)]
    if at >= LINES or at + 2 >= len(found) or len(days) != 1 or days[0] is not found[at]:
        return list(found)
    day, below = found[at], found[at + 1]
    heads = below.role != "byline" and may_head(below) and not dashed(below)
    if day.role != "body" or not heads or not below.blanks:
        return list(found)
    settled = replace(day, role="furniture", rule="furniture-date-bare")
    return [*found[:at], settled, *found[at + 1 :]]
