"""Headings: which short blocks are kickers, titles, subtitles and authors.

The lines of each run of short blocks get their labels together, as a linear chain
(`jiaokan.stitch.headings.chain`): a label has its score by what the line shows
(`jiaokan.stitch.headings.features`),
two neighbours by what stands below what. A kicker stands right above a title, a second line or
an author right below one. Lines that head nothing are sub-headings or text: both are body.

Text that is taken for a heading is lost to its article, so a heading must be surer than `SURE`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from jiaokan.lazy_regex import lazy
from jiaokan.stages.separate_lines import REPORT
from jiaokan.stitch.blocks import Block, Role, breaks_off, closed, is_text, short
from jiaokan.stitch.headings.chain import NEVER, Scores, beliefs, best_labels
from jiaokan.stitch.headings.evidence import DASHED, said, shows
from jiaokan.stitch.headings.far_lines import (
    bare_name,
    far_lines,
    labelled,
    opening,
    surely_far,
    unused,
    wanted,
    wanting,
)
from jiaokan.stitch.headings.features import (
    HAN,
    OPEN_MARKS,
    Page,
    edge_features,
    line_features,
    numbered,
    packed_lines,
    spoken,
    survey,
    unopened,
)
from jiaokan.stitch.headings.kicker_title_subtitle import threefold
from jiaokan.stitch.headings.labels import (
    BYLINE,
    KICKER,
    LABELS,
    MORE,
    ROLES,
    SUBHEAD,
    TEXT,
    TITLE,
    Heading,
)
from jiaokan.stitch.headings.page_head import day_settled, masthead_settled
from jiaokan.stitch.headings.reader import Reader
from jiaokan.stitch.headings.sign_offs import LONGEST, is_day
from jiaokan.stitch.headings.wording import (
    BRACKETED,
    PADDED,
    SIGNED,
    dashed,
    heads_document,
    is_row,
    letters_signed,
    names_genre,
    names_settled,
    one_character,
    signs_notice,
    stands_apart,
    supplement_settled,
)
from jiaokan.stitch.learned import learned

WHOLE_BRACKET = lazy(r"[（(][^（()）]{5,60}[）)]")
"""A line that is a bracket and nothing else."""
BRIEF = 6
"""Chinese characters of what may be dirt."""
LONG_NAME = 12
"""Characters without a blank or a mark that an author's line may have."""
QUOTED = lazy("[“”《》「」『』]")
"""What no name holds."""
CHAPTER = lazy("第?[一二三四五六七八九十]{1,3}[章回节節]?[ \u3000]{1,2}[\u3400-\u9fff]{2,10}")
"""A chapter's number and its name."""
UNBEGUN = lazy("的(?![士确確哥])|[们們吗嗎呢吧]")
"""How nothing begins."""
SURE = 0.5
"""How probable it must be that a line is what the chain says, where that is part of a heading."""
ALONE = 0.80
"""The same of a title on one line with nothing else of a heading by it: it may be a sub-heading,
unless it opens the page."""
BEHIND_OPEN = 0.70
"""The same below a text that breaks off: there a column ended, and no sub-heading stands."""
LIKELY = 0.05
"""How probable a title must be at least where one is missed for sure."""
LONELY = 2.0
"""What speaks for a title where an author's line stands elsewhere on the page without one (natural
logarithm)."""
BELOW, TIGHT = 2.5, 0.0
"""Bits by which a line must run on from the open text right above it, behind a blank line and
without one, to be its end and no kicker."""
VERSE = 4
"""Lines without a blank one between them that are surely no heading; a line of one character that
they begin with counts."""


def with_headings(found: Sequence[Block], reader: Reader, *, mixed: bool = False) -> list[Block]:
    """The blocks with the roles of headings settled. A title opens an article.

    `mixed`: the page's order is none of the paper's, so that nothing stands far from its title.
    """
    found = one_character(day_settled(masthead_settled(found)))
    found = names_settled(letters_signed(supplement_settled(found)))
    far = far_lines(found, reader)
    if not far:
        return _with(found, headings(found, reader))
    near = [at for at in range(len(found)) if at not in far]
    rest = [found[at] for at in near]
    for lift in (0.0, LONELY):
        settled = _with(rest, headings(rest, reader, lift))
        kept = wanted(settled, far)
        if "far byline" not in set(far.values()) - set(kept.values()):
            break
    else:
        lift = 0.0
        rest = _titles_missed(rest, reader, surely_far(found, far))
        settled = _with(rest, headings(rest, reader))
        kept = wanted(settled, far)
    if not mixed:
        kept = {**labelled(found, far), **kept}
    if set(kept) != set(far):
        loose = unused(found, {at: role for at, role in far.items() if at not in kept})
        near = [at for at in range(len(found)) if at not in kept]
        rest = [loose[at] for at in near]
        settled = _with(rest, headings(rest, reader, lift))
    result = dict(zip(near, settled, strict=True))
    lines = [result.get(at, block) for at, block in enumerate(found)]
    opens = frozenset() if mixed else opening(lines, kept, reader)
    for at, role in far.items():
        if at in kept:
            here: Role = "kicker" if role == "far kicker" else "byline"
            result[at] = replace(found[at], role=here if at in opens else role)
        elif result[at].role == "body" and not bare_name(found[at]):
            result[at] = replace(result[at], role="subhead")  # a line of its own in any case
    return [result[at] for at in range(len(found))]


def _titles_missed(found: Sequence[Block], reader: Reader, authors: int) -> list[Block]:
    """The blocks; where more authors' lines stand alone than there are titles without an author,
    so many of the likeliest lines are titles."""
    settled = headings(found, reader)
    lacking = authors - wanting(_with(found, settled), "far byline")
    likely = [
        (heading.title, at)
        for at, heading in settled.items()
        if heading.role in ("body", "subhead")
        and heading.title > LIKELY
        and not {at - 1, at + 1} & settled.keys()
    ]
    chosen = {at for _, at in sorted(likely, reverse=True)[: max(lacking, 0)]}
    if len(chosen) < lacking:
        return list(found)
    return [
        replace(block, role="title", rule="layout.title") if at in chosen else block
        for at, block in enumerate(found)
    ]


def _with(found: Sequence[Block], settled: Mapping[int, Heading]) -> list[Block]:
    result = list(found)
    for at, heading in settled.items():
        role = heading.role
        name = found[at].name if role == "byline" else None
        result[at] = replace(
            found[at], role=role, rule=f"layout.{role}", name=name, title=heading.title
        )
    return result


def headings(found: Sequence[Block], reader: Reader, lift: float = 0.0) -> dict[int, Heading]:
    """What every line is that could be a heading, by its index.

    `lift` is what speaks for a title in runs without an author, beside what they show (natural
    logarithm).
    """
    # A subtitle shows itself by its dash; the chain is read as if it were not there.
    below = {at for at, b in enumerate(found) if dashed(b)}
    genres = {at for at in range(len(found)) if names_genre(found, at)}
    kept = [at for at in range(len(found)) if at not in below | genres]
    rows = {at for at in kept if is_row(found, at)}
    plain = [replace(found[at], role="signature") if at in rows else found[at] for at in kept]
    above_dash = {row for row, at in enumerate(kept) if at + 1 in below}
    settled: dict[int, Heading] = {}
    page = survey(plain)
    shown = shows(page, reader)
    opening = next((at for at, block in enumerate(plain) if block.role != "furniture"), 0)
    for start, stop in page.runs:
        emission, transition = scores(page, start, stop, reader)
        emission += allowed(page, start, stop, reader)
        emission += said(page, start, stop, shown)
        if lift and not any(b.role == "byline" for b in plain[start:stop]):
            emission[:, TITLE] += lift
        emission[:, TITLE] += [DASHED * (row in above_dash) for row in range(start, stop)]
        least = SURE if start <= opening or plain[start].role == "title" else ALONE
        if least == ALONE and start and breaks_off(plain[start - 1]):
            least = BEHIND_OPEN
        for at, heading in enumerate(_settled(emission, transition, least), start):
            settled[kept[at]] = heading
    settled |= threefold(found, settled, reader)
    for at in rows:
        settled[at] = Heading("subhead" if stands_apart(found, at) else "body", 1.0)
    for at in sorted(below):
        above = settled.get(at - 1, Heading("body", 1.0))
        below_title = above.role == "title"
        settled[at] = Heading("subtitle" if below_title else "body", above.chance)
    for at in sorted(genres):
        above = settled.get(at - 1, Heading("body", 1.0))
        heads = above.role in ("title", "subtitle")
        settled[at] = Heading("kicker" if heads else "subhead", above.chance)
    return settled


def scores(page: Page, start: int, stop: int, reader: Reader) -> tuple[Scores, Scores]:
    """What the chain over found[start:stop] is decided by, as `jiaokan.stitch.headings.chain` takes
    it."""
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
    tight = start + 1 == stop < len(found) and not (found[start].blanks or found[stop].blanks)
    if tight and page.loose and start and _is_open(found[start - 1]):
        masks[:, SUBHEAD:] = NEVER  # nothing parts it from the text that it stands in
    word = start > 0 == found[start].blanks and len(found[start - 1].text) == 1
    verse = any(block.start in page.poems for block in found[start:stop])
    for at in packed_lines(found, start - word, stop, VERSE):
        if at >= start and (found[at].start in page.poems or not verse):
            masks[at - start, KICKER:] = NEVER
    for row, block in enumerate(found[start:stop]):
        signed = row + 1 < stop - start and found[start + row + 1].role == "byline"
        masks[row, list(_barred(block, page.speakers, signed=signed))] = NEVER
        if unopened(block) and _begun(found[: start + row]):
            masks[row, [SUBHEAD, KICKER, TITLE, BYLINE]] = NEVER
        if row and block.role == "byline" and PADDED.fullmatch(block.text):
            masks[row, [SUBHEAD, KICKER, TITLE, MORE]] = NEVER
        if block.blanks > 0:
            masks[row, MORE] = NEVER  # a blank line parts a kicker from its title
        if row and block.blanks == 0 and found[start + row - 1].text[-1] in OPEN_MARKS:
            masks[row, [SUBHEAD, KICKER, TITLE, BYLINE]] = NEVER  # it goes on from above
        tight = start + row + 1 < stop and found[start + row + 1].blanks == 0
        if block.text[-1] in OPEN_MARKS and not tight:
            masks[row, TITLE] = NEVER
        below = found[start + row + 1] if start + row + 1 < stop else None
        under_text = start + row > 0 and found[start + row - 1].role in ("body", "signature")
        if below is not None and is_day(below.text) and (under_text or not below.blanks):
            masks[row, KICKER:] = NEVER  # who signs a notice, or text that was wrapped at a day
        after = found[start + row + 1 : start + row + 2]
        wrapped = after and after[0].blanks == 0 and not short(after[0])
        if wrapped and UNBEGUN.match(after[0].text):
            masks[row, KICKER:] = NEVER  # text that was wrapped in mid-word
        if signs_notice(found, start + row):
            masks[row, [TEXT, KICKER, TITLE, MORE, BYLINE]] = NEVER
    if (
        start
        and found[start].role != "kicker"
        and _ends_text(found[start - 1], found[start], reader)
    ):
        masks[0, KICKER] = NEVER
    for row in range(stop - start - 1):
        if heads_document(found, start + row):
            masks[row : row + 2] = NEVER
            masks[row, TITLE] = masks[row + 1, MORE] = 0
    return masks


def _barred(block: Block, labels: frozenset[str], *, signed: bool) -> tuple[int, ...]:
    """What a line by its wording never is; `signed`: an author's line stands below it."""
    if block.role == "body" and len(block.text) <= LONGEST and SIGNED.fullmatch(block.text):
        return TEXT, KICKER, TITLE, MORE, BYLINE  # a line of its own
    if BRACKETED.fullmatch(block.text) and block.role == "kicker":
        return MORE, BYLINE  # 【案情】 names what follows, not who wrote it
    if is_day(block.text):
        return SUBHEAD, KICKER, TITLE, MORE, BYLINE
    if WHOLE_BRACKET.fullmatch(block.text) and block.role == "body":
        return KICKER, TITLE, BYLINE  # it adds to what stands above
    if block.role == "body" and len(block.text) > LONG_NAME and HAN.fullmatch(block.text):
        return (BYLINE,)  # no one is called so
    if spoken(block, labels) or (block.role == "body" and REPORT.match(block.text)):
        return SUBHEAD, KICKER, TITLE, MORE, BYLINE
    if block.text[-1] in OPEN_MARKS:
        return SUBHEAD, KICKER, BYLINE
    chapter = CHAPTER.fullmatch(block.text) is not None
    if (numbered(block) or chapter) and not signed:
        return TEXT, KICKER, TITLE, MORE, BYLINE
    if chapter:
        return MORE, BYLINE  # 七　夜雨: no one is called so
    if block.role == "body" and (_unbracketed(block.text) or UNBEGUN.match(block.text)):
        return SUBHEAD, KICKER, TITLE, BYLINE  # the end or the middle of a line that was torn
    if block.role == "body" and QUOTED.search(block.text):
        return (BYLINE,)
    return ()


def _is_open(block: Block) -> bool:
    """Whether a line is text that breaks off, and not what an engine made of dirt."""
    return breaks_off(block) and sum("\u3400" <= char <= "\u9fff" for char in block.text) > BRIEF


def _unbracketed(text: str) -> bool:
    """Whether a line closes a bracket that was opened above."""
    return sum(map(text.count, "）)")) > sum(map(text.count, "（("))


def _begun(above: Sequence[Block]) -> bool:
    """Whether a text above breaks off inside a quotation; else an engine lost its first mark."""
    return any(block.text.rfind("“") > block.text.rfind("”") for block in above if is_text(block))


def _ends_text(above: Block, block: Block, reader: Reader) -> bool:
    """Whether the line right below an open text reads as its end."""
    if above.role != "body" or closed(above.text):
        return False
    return reader.runs_on(above, block) > (BELOW if block.blanks > 0 else TIGHT)


def _settled(emission: Scores, transition: Scores, least: float) -> list[Heading]:
    """The best labelling; a heading that is not sure is none, nor what hangs on it.

    `least`: how sure a title on one line alone must be.
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
            doubted = heads[at] < (least if alone else SURE)
        unsigned = label == BYLINE and chances[at, BYLINE] < SURE
        if unsigned or (doubted if label >= KICKER else alone):
            label = TEXT if chances[at, TEXT] > SURE else SUBHEAD
        chance, title = (round(float(chances[at, one]), 3) for one in (label, TITLE))
        result.append(Heading(ROLES[LABELS[label]], chance, title))
    return result
