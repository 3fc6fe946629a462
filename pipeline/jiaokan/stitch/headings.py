"""Headings: which short blocks are kickers, titles, subtitles and authors.

The lines of each run of short blocks get their labels together, as a linear chain
(`jiaokan.stitch.chain`): a label has its score by what the line shows (`jiaokan.stitch.lines`),
two neighbours by what stands below what. A kicker stands right above a title, a second line or
an author right below one. Lines that head nothing are sub-headings or text: both are body.

Text that is taken for a heading is lost to its article, so a heading must be surer than `SURE`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from jiaokan.stages.apart import rows
from jiaokan.stitch.blocks import Block, Role, closed, usual_indent
from jiaokan.stitch.chain import NEVER, Scores, beliefs, best_labels
from jiaokan.stitch.far import Far, far_lines, names_author, unused, wanting
from jiaokan.stitch.learned import learned
from jiaokan.stitch.lines import (
    OPEN_MARKS,
    Page,
    edge_features,
    line_features,
    may_head,
    numbered,
    packed_lines,
    spoken,
    survey,
    unopened,
)
from jiaokan.stitch.marked import BOLD, title_level
from jiaokan.stitch.reader import Reader
from jiaokan.stitch.standing import verse

Label = Literal["text", "subhead", "kicker", "title", "more", "byline"]
LABELS: tuple[Label, ...] = get_args(Label)
"""`more` is a title's second or third line."""
TEXT, SUBHEAD, KICKER, TITLE, MORE, BYLINE = range(len(LABELS))
ROLES: dict[Label, Role] = {
    "text": "body",
    "subhead": "subhead",
    "kicker": "kicker",
    "title": "title",
    "more": "title",
    "byline": "byline",
}
SUBTITLE = re.compile(
    r"——|--|—|－"
    r"|[（(](?:节选|節選|选载|選載|连载|連載|外[一二三四]首|组诗|組詩)[)）]$"
    r"|[（(](?:(?:19|20)\d{2}|[一二][〇○零一二三四五六七八九]{3})年[^（()）。，]{2,48}[)）]$"
)
"""What a subtitle opens with; or the day of a speech or document, in brackets."""
PADDED = re.compile("[\u3400-\u9fff](?:[ \u3000]{1,4}[\u3400-\u9fff]){1,2}")
"""A name whose characters are set apart."""
SURE = 0.5
"""How probable it must be that a line is what the chain says, where that is part of a heading."""
ALONE = 0.75
"""The same of a title on one line with nothing else of a heading by it: it may be a sub-heading."""
DATELINE = re.compile(
    r"[（(【〔［\[]?(?:本报|本報|本刊|本台|本市|本埠|新华社|新華社|中新社|中央社|路透社|据|據)"
    r"[^。，]{0,24}?(?:讯|訊|电|電|消息|报道|報道|報導|记者|記者)"
)
DATE = re.compile(
    r"(?:(?:19|20)\d{2}|[一二][〇○零一二三四五六七八九]{3})?年?"
    r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})月(?:\d{1,2}|[一二三四五六七八九十]{1,3})日"
)
"""A date alone: it closes a notice."""
REPORT = re.compile(
    r"(?:本报|本報|本刊|本台|新华社|新華社|中新社|中央社)[^。，]{0,14}?(?:讯|訊|电|電)[（( 　]"
    r"|[【〔［\[][^】〕］\]]{1,16}(?:讯|訊|电|電|消息|报道|報道|報導)[】〕］\]]"
)
"""What a report's first line begins with; no heading does."""
SALUTATION = re.compile(
    r"(?:尊敬|敬爱|亲爱|敬愛|親愛)的[^，。：:]{2,16}[：:]|各位[^，。：:]{2,14}[：:]"
    r"|[^，。：:的]{0,6}(?:编辑|編輯|记者|記者|读者|讀者|市民|同志|朋友|先生|女士|老师|老師)"
    r"(?:同志|朋友|部|们|們)?[：:]"
)
"""What a letter, a speech or a notice opens with, on a line of its own."""
SIGNED = re.compile(
    r"(?:\S{0,8}(?:读者|讀者|市民|居民|村民|网友|網友|学生|學生|家长|家長|职工|職工|用户|用戶)"
    r"|\S{2,10}(?:省|市|县|區|区|镇|鎮|乡|鄉|村))[ \u3000：:]{1,4}[\u3400-\u9fff]{1,4}"
    r"(?:[ \u3000][\u3400-\u9fff]{1,2})?"
)
"""Who signs a letter, with the place or what he is before the name."""
ROW = re.compile(r"[\u3400-\u9fff]{2,8}(?:[（(][^（()）：]{1,12}[)）])?：(?=.)")
"""A label, as rows of a list open with: 地址：…, 明天：…"""
DATED = 4.0
"""What a dateline or a salutation below the run says for a title in it, as generated pages cannot
tell (natural logarithm)."""
DOCUMENT = 1.5
"""The same where a rule says by the wording that a line is the title of a notice."""
LONELY = 2.0
"""The same where an author's line stands elsewhere on the page without a title."""
NAMED = 3.0
"""The same of an author's line with a label of its own, and of a column's name that is known."""
DASHED = 2.0
"""The same of a subtitle right below the title."""
BELOW, TIGHT = 2.5, 0.0
"""Bits by which a line must run on from the open text right above it, behind a blank line and
without one, to be its end and no kicker."""
HIGHER, DEEPER = 2.0, 3.0
"""The same for a title where the raw page marks a line as a heading of its titles' level, and for
a sub-heading where it marks it as a deeper one."""
SET_IN = 6.0
"""The same against headings where the page sets its paragraphs in and a line is set in alike."""
BOLD_LINE = 2.0
"""The same against text where the raw page sets a line in bold as a whole."""
VERSE = 4
"""Lines without a blank one between them that are surely no heading."""


@dataclass(frozen=True, slots=True)
class Heading:
    """What a line of a run is, and how sure that is."""

    role: Role
    chance: float


def with_headings(found: Sequence[Block], reader: Reader) -> list[Block]:
    """The blocks with the roles of headings settled. A title opens an article."""
    far = far_lines(found, reader)
    if not far:
        return _with(found, headings(found, reader))
    near = [at for at in range(len(found)) if at not in far]
    rest = [found[at] for at in near]
    for lift in (0.0, LONELY):
        settled = _with(rest, headings(rest, reader, lift))
        kept = _wanted(settled, far)
        if "far byline" not in set(far.values()) - set(kept.values()):
            break
    else:
        lift = 0.0
    if set(kept) != set(far):
        loose = unused(found, {at: role for at, role in far.items() if at not in kept})
        near = [at for at in range(len(found)) if at not in kept]
        rest = [loose[at] for at in near]
        settled = _with(rest, headings(rest, reader, lift))
    result = dict(zip(near, settled, strict=True))
    for at, role in far.items():
        if at in kept:
            result[at] = replace(found[at], role=role)
        elif result[at].role == "body" and found[at].rule != "byline-name":
            result[at] = replace(result[at], role="subhead")  # a line of its own in any case
    return [result[at] for at in range(len(found))]


def _wanted(settled: Sequence[Block], far: Far) -> Far:
    """Those of the lines for which there are titles enough."""
    kept: dict[int, Role] = {}
    for kind in ("far byline", "far kicker"):
        lines = {at: role for at, role in far.items() if role == kind}
        if lines and wanting(settled, lines[min(lines)]) >= len(lines):
            kept |= lines
    return kept


def _with(found: Sequence[Block], settled: Mapping[int, Heading]) -> list[Block]:
    result = list(found)
    for at, heading in settled.items():
        role = heading.role
        name = found[at].name if role == "byline" else None
        result[at] = replace(found[at], role=role, rule=f"layout.{role}", name=name)
    return result


def headings(found: Sequence[Block], reader: Reader, lift: float = 0.0) -> dict[int, Heading]:
    """What every line is that could be a heading, by its index.

    `lift` is what speaks for a title in runs without an author, beside what they show (natural
    logarithm).
    """
    # A subtitle shows itself by its dash; the chain is read as if it were not there.
    dashed = {at for at, b in enumerate(found) if _dashed(b)}
    kept = [at for at in range(len(found)) if at not in dashed]
    plain = [found[at] for at in kept]
    above_dash = {row for row, at in enumerate(kept) if at + 1 in dashed}
    settled: dict[int, Heading] = {}
    page = survey(plain)
    level, indent, lines = title_level(plain), usual_indent(plain), verse(plain)
    for start, stop in page.runs:
        emission, transition = scores(page, start, stop, reader)
        emission += allowed(page, start, stop, reader)
        signed = plain[stop - 1].role == "byline" and stop - start > 1
        opens = stop < len(plain) and (_dated(plain[stop]) or _salutes(plain[stop]))
        emission[-1 - signed, TITLE] += DATED * opens
        emission[:, TITLE] += [DOCUMENT * (b.role == "title") for b in plain[start:stop]]
        if lift and not any(b.role == "byline" for b in plain[start:stop]):
            emission[:, TITLE] += lift
        emission[:, TITLE] += [DASHED * (row in above_dash) for row in range(start, stop)]
        emission[:, BYLINE] += [NAMED * names_author(b) for b in plain[start:stop]]
        emission[:, KICKER] += [NAMED * (b.role == "kicker") for b in plain[start:stop]]
        emission += _said_by_marks(plain[start:stop], level)
        emission += _said_by_place(plain, start, stop, indent, lines)
        vouched = plain[start].role == "title"
        for at, heading in enumerate(_settled(emission, transition, vouched), start):
            settled[kept[at]] = heading
    for at in sorted(dashed):
        above = settled.get(at - 1, Heading("body", 1.0))
        below_title = above.role == "title"
        settled[at] = Heading("subtitle" if below_title else "body", above.chance)
    return settled


def _salutes(block: Block) -> bool:
    return block.role == "body" and SALUTATION.fullmatch(block.text) is not None


def _said_by_marks(lines: Sequence[Block], level: int) -> Scores:
    """What the marks of the raw page say for each label of each line; `level`: of titles."""
    told = np.zeros((len(lines), len(LABELS)))
    for row, block in enumerate(lines):
        if block.mark == BOLD:
            told[row, TEXT] -= BOLD_LINE
        elif block.mark:
            told[row, [TEXT, BYLINE]] = NEVER
            told[row, TITLE] += HIGHER * (block.mark <= level)
            if block.mark > level:
                told[row, [SUBHEAD, TITLE]] += DEEPER, -DEEPER
        if block.mark and not (row and lines[row - 1].mark == block.mark):
            told[row, MORE] -= DEEPER  # a title's lines are marked alike
    return told


def _said_by_place(
    found: Sequence[Block], start: int, stop: int, indent: int, lines: frozenset[int]
) -> Scores:
    """What the way the lines stand says against headings; `lines`: the starts of verse."""
    told = np.zeros((stop - start, len(LABELS)))
    signed = False
    for row, block in enumerate(found[start:stop]):
        below = found[start + row + 1] if start + row + 1 < len(found) else None
        if block.start in lines or (signed and below is not None and below.start in lines):
            told[row, KICKER:] = NEVER  # verse, or what stands above one poem of several
        if row and found[start + row - 1].role == "byline" != block.role:
            told[row, BYLINE] -= NAMED  # whoever else wrote it would be named as he is
        if indent and block.indent == indent and block.role == "body" and not block.mark:
            told[row, KICKER:] -= SET_IN
        signed |= block.role == "byline"
    return told


def _dashed(block: Block) -> bool:
    """Whether a line would be a subtitle below a title."""
    bracketed = block.role == "body" and block.text[0] in "（("
    return (may_head(block) or bracketed) and SUBTITLE.match(block.text) is not None


def _dated(block: Block) -> bool:
    return block.role == "body" and DATELINE.match(block.text) is not None


def scores(page: Page, start: int, stop: int, reader: Reader) -> tuple[Scores, Scores]:
    """What the chain over found[start:stop] is decided by, as `jiaokan.stitch.chain` takes it."""
    lines, edges = _weights()
    emission = line_features(page, start, stop, reader) @ lines
    transition = np.tensordot(edge_features(page.found, start, stop, reader), edges, 1)
    return emission.astype(np.float64), transition + grammar()


@cache
def _weights() -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Learned weights: (FEATURES, LABELS) and (EDGES, LABELS, LABELS)."""
    numbers = learned("titles")
    return np.array(numbers["lines"], np.float32), np.array(numbers["edges"], np.float32)


@cache
def grammar() -> Scores:
    """Which label may stand below which: 0 or NEVER, shape (LABELS, LABELS)."""
    table = np.zeros((len(LABELS), len(LABELS)))
    table[KICKER] = NEVER
    table[KICKER, TITLE] = 0
    table[[TEXT, SUBHEAD], MORE] = NEVER
    table[[TEXT, SUBHEAD], BYLINE] = NEVER
    table[BYLINE, MORE] = NEVER
    return table


def allowed(page: Page, start: int, stop: int, reader: Reader) -> Scores:
    """Which labels each line of found[start:stop] may have: 0 or NEVER, shape (lines, LABELS)."""
    found = page.found
    masks = np.zeros((stop - start, len(LABELS)))
    masks[0, [MORE, BYLINE]] = NEVER
    masks[-1, KICKER] = NEVER
    for at in packed_lines(found, start, stop, VERSE):
        masks[at - start, KICKER:] = NEVER
    for row, block in enumerate(found[start:stop]):
        masks[row, list(_barred(block, page.speakers))] = NEVER
        if row and block.role == "byline" and PADDED.fullmatch(block.text):
            masks[row, [SUBHEAD, KICKER, TITLE, MORE]] = NEVER
        if block.blanks > 0:
            masks[row, MORE] = NEVER  # a blank line parts a kicker from its title
        if row and block.blanks == 0 and found[start + row - 1].text[-1] in OPEN_MARKS:
            masks[row, [SUBHEAD, KICKER, TITLE, BYLINE]] = NEVER  # it goes on from above
        tight = start + row + 1 < stop and found[start + row + 1].blanks == 0
        if block.text[-1] in OPEN_MARKS and not tight:
            masks[row, TITLE] = NEVER
        if _listed(found, start + row):
            masks[row, KICKER:] = NEVER
        below = found[start + row + 1] if start + row + 1 < stop else None
        if below is not None and DATE.fullmatch(below.text):
            masks[row, KICKER:] = NEVER  # who signs a notice
    if (
        start
        and found[start].role != "kicker"
        and _ends_text(found[start - 1], found[start], reader)
    ):
        masks[0, KICKER] = NEVER
    return masks


def _listed(found: Sequence[Block], at: int) -> bool:
    """Whether a line and the one beside it are rows of a list or a table."""
    text = found[at].text
    beside = [found[one] for one in (at - 1, at + 1) if 0 <= one < len(found)]
    texts = [other.text for other in beside if other.role == "body"]
    if ROW.match(text) and any(map(ROW.match, texts)):
        return True
    return any(rows(text, other) for other in texts)


def _barred(block: Block, labels: frozenset[str]) -> tuple[int, ...]:
    """What a line by its wording never is."""
    if block.role == "body" and SIGNED.fullmatch(block.text):
        return TEXT, KICKER, TITLE, MORE, BYLINE  # a line of its own
    if DATE.fullmatch(block.text):
        return SUBHEAD, KICKER, TITLE, MORE, BYLINE
    if spoken(block, labels) or (block.role == "body" and REPORT.match(block.text)):
        return SUBHEAD, KICKER, TITLE, MORE, BYLINE
    if block.text[-1] in OPEN_MARKS:
        return SUBHEAD, KICKER, BYLINE
    if numbered(block):
        return TEXT, KICKER, TITLE, MORE, BYLINE
    if unopened(block):
        return SUBHEAD, KICKER, TITLE, BYLINE
    return ()


def _ends_text(above: Block, block: Block, reader: Reader) -> bool:
    """Whether the line right below an open text reads as its end."""
    if above.role != "body" or closed(above.text):
        return False
    return reader.runs_on(above, block) > (BELOW if block.blanks > 0 else TIGHT)


def _settled(emission: Scores, transition: Scores, vouched: bool) -> list[Heading]:
    """The best labelling; a heading that is not sure is none, nor what hangs on it.

    `vouched`: a rule says title of the first line.
    """
    labels = best_labels(emission, transition)
    _, chances, _ = beliefs(emission, transition)
    heads = chances[:, KICKER:].sum(axis=1)
    alone = len(labels) == 1
    result: list[Heading] = []
    doubted = False
    for at, label in enumerate(labels.tolist()):
        if label == KICKER:
            doubted = heads[at : at + 2].min() < SURE
        elif label in (TEXT, SUBHEAD, TITLE):
            doubted = heads[at] < (ALONE if alone and not vouched else SURE)
        unsigned = label == BYLINE and chances[at, BYLINE] < SURE
        if unsigned or (doubted if label >= KICKER else alone):
            label = TEXT if chances[at, TEXT] > SURE else SUBHEAD
        result.append(Heading(ROLES[LABELS[label]], round(float(chances[at, label]), 3)))
    return result
