"""An edited file against what the run wrote: which characters were corrected, and what else.

Blocks (paragraphs and headings) that are the same are anchors. Between two anchors the text is
compared character by character where it is by and large the same; else each block is compared
with the one that it is most like, wherever that stands: a moved paragraph is no correction. A
block with no like is deleted or added. A stretch that was written anew is a rewording.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from jiaokan.curation.learn_files import Block
from jiaokan.curation.learn_model import Correction

_LEAKED = re.compile(r"([㐀-鿿]*) ?[A-Za-z]+ ?")

ALIKE = 0.6
"""Share of its characters that a block must have kept to be the same block."""
_REGION = 0.7
_PART = 60.0
"""Percent of a block that must be found in a longer text to be a part of it."""
_LONGEST = 8
"""Characters; what is longer was reworded, not corrected."""
_CELLS = 400_000_000
"""Pairs of characters that one comparison may look at."""


@dataclass
class Difference:
    """What a person did to a page."""

    corrections: list[Correction] = field(default_factory=list)
    deleted: list[Block] = field(default_factory=list)
    kept: list[Block] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    unsure: set[int] = field(default_factory=set)
    """Places in the cleaned text of which it is not known what the person made."""


def difference(page: int, run: Sequence[Block], person: Sequence[Block]) -> Difference:
    """What the person did; corrections are told in the page's cleaned text."""
    found = Difference()
    matcher = SequenceMatcher(None, [b.text for b in run], [b.text for b in person], autojunk=False)
    left: list[Block] = []
    added: list[Block] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            found.kept += run[i1:i2]
            continue
        here, gone = _found_in(run[i1:i2], person[j1:j2])
        there, new = _found_in(person[j1:j2], run[i1:i2])
        left += gone
        added += new
        if here and there and _alike(_joined(here), _joined(there), _REGION):
            _compare(found, page, here, there)
            if len(here) != len(there):
                found.notes.append(f"paragraphs joined or parted: {_start(here[0])}")
        else:
            left += here
            added += there
    _pair_up(found, page, left, added)
    found.corrections.sort()
    return found


def _found_in(blocks: Sequence[Block], others: Sequence[Block]) -> tuple[list[Block], list[Block]]:
    """Blocks that the others hold, by and large, and blocks that they do not."""
    from rapidfuzz import fuzz

    if len(blocks) == len(others) == 1:
        return [*blocks], []
    text = _joined(others)
    held: list[Block] = []
    missing: list[Block] = []
    for block in blocks:
        alike = fuzz.partial_ratio(block.text, text) >= _PART and len(block.text) <= len(text) + 9
        (held if alike else missing).append(block)
    return held, missing


def _pair_up(found: Difference, page: int, left: list[Block], added: list[Block]) -> None:
    """Blocks without an anchor: moved, deleted or added."""
    from rapidfuzz import fuzz
    from rapidfuzz.distance import Levenshtein

    alike = []
    if len(left) * len(added) <= 250_000:
        for i, one in enumerate(left):
            for j, other in enumerate(added):
                if len(one.text) * len(other.text) <= _CELLS:
                    share = Levenshtein.normalized_similarity(
                        one.text, other.text, score_cutoff=ALIKE
                    )
                    if len(other.text) > 4 and fuzz.partial_ratio(one.text, other.text) > 80:
                        share = max(share, ALIKE)  # a line was taken off before it, or put to it
                    if share >= ALIKE:
                        alike.append((-share, i, j))
    taken: dict[int, int] = {}
    for _, i, j in sorted(alike):
        if i not in taken and j not in taken.values():
            taken[i] = j
    last = -1
    for i, one in enumerate(left):
        j = taken.get(i, -1)
        if j < 0:
            _delete(found, one)
            continue
        _compare(found, page, [one], [added[j]])
        if j < last or one.text == added[j].text:
            found.notes.append(f"moved: {_start(one)}")
        last = max(last, j)
    used = set(taken.values())
    new = (block for j, block in enumerate(added) if j not in used)
    found.notes += [f"added: {_start(block)}" for block in new]


def _delete(found: Difference, block: Block) -> None:
    found.deleted.append(block)
    found.unsure.update(block.places)
    found.notes.append(f"deleted: {_start(block)}")


def _compare(found: Difference, page: int, run: Sequence[Block], person: Sequence[Block]) -> None:
    """Character by character."""
    old, new = _joined(run), _joined(person)
    places: list[int] = []
    starts: list[int] = []
    for block in run:
        starts.append(len(places))
        places += (*block.places, -1)
    if len(old) * len(new) > _CELLS:
        found.notes.append(f"too long to be compared: {_start(run[0])}")
        found.unsure.update(places)
        return
    gone: set[int] = set()
    for start, end, text in operations(old, new):
        was, span = old[start:end], _span(places, start, end)
        whole = [
            number
            for number, first in enumerate(starts)
            if start <= first and first + len(run[number].text) <= end
        ]
        if whole and not text.strip():
            gone.update(whole)
        elif "\n" in was or "\n" in text:
            if was.strip() or text.strip():
                found.notes.append(f"reworded over a paragraph's end: {_shown(was, text)}")
        elif len(was) > _LONGEST and not text:
            _delete(found, Block(was, "", run[0].article, tuple(places[start:end])))
        elif len(was) > _LONGEST or len(text) > _LONGEST:
            found.notes.append(f"reworded: {_shown(was, text)}")
        elif span is None:
            found.notes.append(f"corrected across a seam: {_shown(was, text)}")
        else:
            parts = parted(was, text)
            found.corrections += [
                Correction(page, span[0] + a, span[0] + b, was[a:b], new) for a, b, new in parts
            ]
            continue
        found.unsure.update(places[max(start - 1, 0) : end + 1])
    for number, block in enumerate(run):
        if number in gone:
            _delete(found, block)
        else:
            found.kept.append(block)


def operations(old: str, new: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, what stands there now) of each stretch of `old` that reads differently.

    >>> list(operations("己经来了", "已经到来"))
    [(0, 1, '已'), (2, 2, '到'), (3, 4, '')]
    """
    from rapidfuzz.distance import Levenshtein

    last: tuple[int, int, str] | None = None
    for op in Levenshtein.opcodes(old, new):
        if op.tag == "equal":
            continue
        one = op.src_start, op.src_end, new[op.dest_start : op.dest_end]
        if last is not None and last[1] == one[0]:
            last = last[0], one[1], last[2] + one[2]
            continue
        if last is not None:
            yield last
        last = one
    if last is not None:
        yield last


def parted(old: str, new: str) -> list[tuple[int, int, str]]:
    """A difference as several, where it is plain which part became which.

    >>> parted("子‘‘", "于“"), parted("白冶", "自治"), parted("甲乙", "丙")
    ([(0, 1, '于'), (1, 3, '“')], [(0, 1, '自'), (1, 2, '治')], [(0, 2, '丙')])
    """
    olds, news = _runs(old), _runs(new)
    if len(olds) != len(news) or [kind for kind, _ in olds] != [kind for kind, _ in news]:
        leak = _LEAKED.fullmatch(old)
        if leak and 1 < len(new) == 1 + len(leak[1]):  # 已 too → 己也
            return [*parted(leak[1], new[:-1]), (len(leak[1]), len(old), new[-1])]
        return [(0, len(old), new)]
    parts: list[tuple[int, int, str]] = []
    at = 0
    for (kind, was), (_, now) in zip(olds, news, strict=True):
        if kind == "han" and len(was) == len(now):
            parts += [(at + n, at + n + 1, now[n]) for n in range(len(was))]
        else:
            parts.append((at, at + len(was), now))
        at += len(was)
    return [(a, b, text) for a, b, text in parts if old[a:b] != text]


def _runs(text: str) -> list[tuple[str, str]]:
    """Stretches of Chinese characters, of letters, and of one mark each."""
    found: list[tuple[str, str]] = []
    for char in text:
        kind = "han" if "㐀" <= char <= "鿿" else "latin" if char.isalnum() else "mark"
        last, run = found[-1] if found else ("", "")
        if kind == last and (kind != "mark" or run[-1] == char):
            found[-1] = kind, run + char
        else:
            found.append((kind, char))
    return found


def _span(places: Sequence[int], start: int, end: int) -> tuple[int, int] | None:
    """The span of cleaned text; None where it is not one stretch."""
    if start == end:
        if start and places[start - 1] >= 0:
            return places[start - 1] + 1, places[start - 1] + 1
        return (places[start], places[start]) if places[start] >= 0 else None
    if places[end - 1] - places[start] != end - 1 - start:
        return None
    return places[start], places[end - 1] + 1


def _joined(blocks: Sequence[Block]) -> str:
    return "\n".join(block.text for block in blocks)


def _alike(old: str, new: str, least: float) -> bool:
    from rapidfuzz.distance import Levenshtein

    if not old or not new or len(old) * len(new) > _CELLS:
        return False
    return bool(Levenshtein.normalized_similarity(old, new, score_cutoff=least) >= least)


def _start(block: Block) -> str:
    return block.text if len(block.text) <= 24 else block.text[:23] + "…"


def _shown(old: str, new: str) -> str:
    return f"{old[:20]!r} → {new[:20]!r}"
