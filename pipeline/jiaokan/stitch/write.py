"""The result of stitching: from the paths that the search chose to articles, pieces, seams and
findings.
"""

from collections.abc import Iterator, Sequence

from jiaokan.article import Arrangement, Article, Piece, Seam, Target
from jiaokan.columns.mixed_lines import Mixed, mixed
from jiaokan.finding import Finding
from jiaokan.lazy_regex import lazy
from jiaokan.settings import Settings
from jiaokan.stages.separate_lines import apart, rows
from jiaokan.stitch.blocks import Block
from jiaokan.stitch.confidence.doubt import (
    SHOWN,
    confidence,
    evidence,
    finding,
    perhaps_doubled,
    unsure_titles,
)
from jiaokan.stitch.drafts import Draft, Run, fill
from jiaokan.stitch.items import Item
from jiaokan.stitch.search.decide import Reading, inside, stands_alone
from jiaokan.stitch.workplaces import owners

STOPS = "。！？…"
"""What a sentence ends with."""
HAN = lazy("[\u3400-\u9fff]")
LINES = 3
"""Lines that no sentence ends and that are not joined, from which on they are a list's."""
ROWS = 100
"""Characters at an article's end in which rows of a table are looked for."""


def write(
    text: str, found: Sequence[Block], reading: Reading, settings: Settings
) -> tuple[Arrangement, list[Finding]]:
    """Put the articles together along the paths."""
    items = reading.items
    carried = len(reading.headings)
    order = sorted(set(reading.stream), key=lambda stream: _first(reading, stream))
    numbers = {stream: number for number, stream in enumerate(order)}
    drafts = {stream: Draft(number) for stream, number in numbers.items()}
    for stream, heading in enumerate(reading.headings):
        for block in heading:
            drafts[stream].head(text, block)
    gaps = mixed(text)
    own = frozenset(block.start for block in found if block.begins)
    seams: list[Seam] = []
    doubts: list[Finding] = []
    drops: list[tuple[int, int, str]] = []
    whose = owners(text, reading)
    for index, item in enumerate(items):
        stream, left = reading.stream[index], reading.previous[index]
        draft = drafts[stream]
        if item.kind == "affiliation":
            for block in found:
                if item.start <= block.start < item.end:
                    drafts[whose[index]].head(text, block)
        elif item.kind == "atom":
            natural = left == index - 1
            body = left < len(items) and items[left].kind == "atom"
            torn = natural and body and (gaps.at(items[left].end - 1) or gaps.at(item.start))
            torn |= natural and item.start in own
            run = _run(text, reading, index, own, body and not torn)
            draft.body(text, run)
            if run.doubled:
                drops.append((item.start, item.start + run.doubled, "stitch.doubled"))
            elif body and run.joined and reading.joins.perhaps_doubled(left, index):
                doubts.append(perhaps_doubled(text, item))
            if index in reading.kept:
                doubts.append(finding(text, reading, index, left))
            elif body and not natural:
                seam, doubt = _seam(text, reading, index, run, numbers[stream], settings)
                seams.append(seam)
                doubts += doubt
            elif not body and carried and (stream == carried or _untitled(reading, stream)):
                doubts.append(_stray(text, item, numbers[stream]))
    doubts += [*_open_ends(text, reading), *_mixed_lines(text, items, gaps)]
    doubts += unsure_titles(text, found)
    furniture, lines = _furniture(text, found)
    pieces = [piece for draft in drafts.values() for piece in draft.pieces]
    articles: list[Article] = [drafts[stream].article() for stream in order]
    filled = fill(text, pieces + lines, drops)
    return Arrangement(tuple(articles), furniture, tuple(filled), tuple(seams)), doubts


def bare(text: str, found: Sequence[Block]) -> Arrangement:
    """A page of furniture alone, or an empty one."""
    furniture, lines = _furniture(text, found)
    return Arrangement((), furniture, tuple(fill(text, lines, [])), ())


def _untitled(reading: Reading, stream: int) -> bool:
    """Whether an article has no heading on a page where others have one."""
    return any(reading.headings) and not reading.headings[stream]


def _first(reading: Reading, stream: int) -> int:
    return reading.stream.index(stream)


def _run(text: str, reading: Reading, index: int, own: frozenset[int], body: bool) -> Run:
    """How an atom is taken: run on or as a new paragraph, with a doubled character or not.

    `own`: where paragraphs begin by the way they stand. `body`: it may run on, since body text that
    is one column's stands before it.
    """
    item, left = reading.items[index], reading.previous[index]
    natural = left == index - 1
    if natural and item.inner:
        return Run(item.start, item.end, True)
    if not body:
        return Run(item.start, item.end, False)
    doubled = int(reading.joins.doubled(left, index))
    joined = _joined(text, reading, left, index) and not (
        natural and _below_list(text, reading, index, own)
    )
    return Run(item.start, item.end, joined, doubled)


def _joined(text: str, reading: Reading, left: int, index: int) -> bool:
    """Whether the item runs on in the line of the one before it, as far as the two show."""
    before, item, natural = reading.items[left], reading.items[index], left == index - 1
    own = natural and (before.alone or _own_paragraph(text, before, item))
    return reading.joins.glued(left, index) and not (own or _apart(text, before, item, natural))


def _below_list(text: str, reading: Reading, index: int, own: frozenset[int]) -> bool:
    """Whether a blank line stands above the item, and above that lines without a blank one between
    which end no sentence and yet were not joined: a list, a table or verse, whose last line does
    not run on either."""
    items = reading.items
    if _newlines(text, items, index) < 2:
        return False
    lines = 1
    for at in range(index - 1, 0, -1):
        natural = reading.previous[at] == at - 1 and items[at - 1].kind == "atom"
        if lines == LINES or not natural or items[at].inner or _newlines(text, items, at) != 1:
            break
        joined = items[at].start not in own and _joined(text, reading, at - 1, at)
        if joined or text[items[at - 1].end - 1] in STOPS:
            break
        lines += 1
    return lines == LINES


def _newlines(text: str, items: Sequence[Item], at: int) -> int:
    return text.count("\n", items[at - 1].end, items[at].start)


def _own_paragraph(text: str, left: Item, item: Item) -> bool:
    """Whether a blank line stands between two neighbours of the page, the first of which ends a
    sentence: the page itself parts them."""
    if text.count("\n", left.end, item.start) < 2:
        return False
    return text[left.end - 1] in STOPS


def _apart(text: str, left: Item, item: Item, natural: bool) -> bool:
    """Whether the last line of what stands before and the first of the item never run on: so do
    lines of code and of other languages.

    `natural`: the item is the next one of the page, so that both lines are whole ones.
    """
    start = text.rfind("\n", 0 if natural else left.start, left.end) + 1
    start = start or (0 if natural else left.start)
    end = text.find("\n", item.start, len(text) if natural else item.end)
    if end < 0:
        end = len(text) if natural else item.end
    if not (HAN.search(text, start, left.end) or HAN.search(text, item.start, end)):
        return True
    return apart(text, start, left.end, item.start, end)


def _seam(
    text: str, reading: Reading, index: int, run: Run, article: int, settings: Settings
) -> tuple[Seam, list[Finding]]:
    items, left = reading.items, reading.previous[index]
    sure = confidence(reading, left, index)
    seam = Seam(
        article,
        items[left].end,
        items[index].start,
        "inline" if inside(items, left, index) else "block",
        run.joined,
        text[run.start : run.start + run.doubled],
        round(sure, 3),
        evidence(text, items, reading.joins, left, index),
    )
    doubtful = sure < settings.min_confidence
    return seam, [finding(text, reading, index, left)] if doubtful else []


def _open_ends(text: str, reading: Reading) -> list[Finding]:
    """Articles that stop in mid-sentence: their continuation was not found."""
    last = {
        stream: index
        for index, stream in enumerate(reading.stream)
        if reading.items[index].kind == "atom"
    }
    found: list[Finding] = []
    for index in last.values():
        item = reading.items[index]
        if reading.joins.closed[index] or item.subhead or stands_alone(reading, index):
            continue
        if _ends_in_rows(text, item.end):
            continue
        start = max(item.start, item.end - SHOWN)
        message = "The article stops here in mid-sentence; its continuation was not found."
        found.append(
            Finding(start, item.end, "stitch.open-end", text[start : item.end], message, 0.7)
        )
    return found


def _ends_in_rows(text: str, end: int) -> bool:
    """Whether the last two lines before a place are rows of a table."""
    lines = [line for line in text[max(0, end - ROWS) : end].split("\n") if line.strip()]
    return len(lines) > 1 and rows(*lines[-2:])


def _mixed_lines(text: str, items: Sequence[Item], gaps: Mixed) -> Iterator[Finding]:
    """Runs of lines, in articles, that hold several columns."""
    message = "Columns stand side by side here and could not be parted; the lines stand as read."
    run: list[Item] = []
    for item in (*items, None):
        if item is not None and item.kind == "atom" and gaps.at(item.start):
            run.append(item)
        elif run:
            start, end = run[0].start, run[-1].end
            if HAN.search(text, start, end):
                yield Finding(start, end, "stitch.mixed-columns", text[start:end], message, 0.7)
            run = []


def _stray(text: str, item: Item, article: int) -> Finding:
    return Finding(
        item.start,
        item.end,
        "stitch.stray-fragment",
        text[item.start : item.end],
        f"This belongs to no heading of the page; it stands as article {article + 1}.",
        0.5,
    )


def _furniture(text: str, found: Sequence[Block]) -> tuple[tuple[str, ...], list[Piece]]:
    lines = [block for block in found if block.role == "furniture"]
    pieces = [
        Piece(block.start, block.end, block.rule, Target(-1, "furniture", number, 0))
        for number, block in enumerate(lines)
    ]
    return tuple(text[block.start : block.end] for block in lines), pieces
