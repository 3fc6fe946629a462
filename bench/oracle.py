"""What the truth of a generated page says of it: its headings, its cuts, its best paths.

Used to fit weights, and to see where the loss lies: give the stitcher the true headings, then the
true cuts, and look how much better it gets.
"""

from collections.abc import Sequence
from dataclasses import replace

from jiaokan.stitch.blocks import Block, Role
from jiaokan.stitch.decide import Prepared
from jiaokan.stitch.items import BODY_ROLES
from jiaokan.trace import Trace

from bench.interleave import GeneratedPage

ROLES: dict[str, Role] = {"author": "byline"}
"""Where a part of a generated page has another name than the block's role."""


def true_blocks(page: GeneratedPage, trace: Trace, found: Sequence[Block]) -> list[Block]:
    """The blocks with the roles that they truly have; sub-headings as they were found."""
    blocks = []
    for block in found:
        at = trace.raw_offset(block.start)
        part = next((f.part for f in page.fragments if f.start <= at < f.end), "body")
        role = ROLES.get(part, part)
        if role in BODY_ROLES and block.role in BODY_ROLES:
            role = block.role
        name = block.name if role == "byline" else None
        blocks.append(replace(block, role=role, rule=f"layout.{role}", name=name))
    return blocks


def true_cuts(page: GeneratedPage, trace: Trace, found: Sequence[Block]) -> list[int]:
    """Places inside body blocks where one fragment ends and another one begins."""
    rights = {cut.right for cut in page.cuts}
    return [
        at
        for block in found
        if block.role in BODY_ROLES
        for at in range(block.start + 1, block.end)
        if {trace.raw_offset(at), trace.raw_offset(at, end=True)} & rights
    ]


def true_streams(page: GeneratedPage, trace: Trace, prepared: Prepared) -> list[int]:
    """The stream of each item; the last one where its article has no heading on the page."""
    titles = [
        "".join(block.text for block in lines if block.role == "title")
        for lines in prepared.headings
    ]
    streams = []
    for item in prepared.items:
        at = trace.raw_offset(item.start)
        article = next((f.article for f in page.fragments if f.start <= at < f.end), -1)
        title = page.articles[article].title if article >= 0 else ""
        if item.kind == "heading":
            streams.append(item.article)
        else:
            streams.append(titles.index(title) if title in titles else len(titles))
    return streams
