"""What the lines of a printed page truly are, told by what they say: an engine reads no labels."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import orjson
from jiaokan.cleaning import context_of, run_stages
from jiaokan.language import load, view
from jiaokan.rulebook import load as load_rules
from jiaokan.stitch import line_starts
from jiaokan.stitch.blocks import Block, blocks
from jiaokan.stitch.labels import Label
from jiaokan.stitch.reader import Reader
from jiaokan.unfold import unfold
from rapidfuzz import fuzz

ALIKE = 70
"""Per cent of a line that a heading of the page must have, so that the line is that heading."""
PART_ALIKE, PART = 85, 3
"""The same of a part of a title, and its characters at least."""
NAME_ALIKE, NAMED = 67, 24
"""The same of an author, and the characters of an author's line at most."""


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """A page after the character stages, and its articles."""

    found: list[Block]
    reader: Reader
    gold: Sequence[Mapping[str, str]]
    line_starts: frozenset[int]


def printed(folder: Path) -> Iterator[PrintedPage]:
    """The pages that `bench.press` made."""
    rules = load_rules()
    for path in sorted((folder / "raw").glob("*.txt")):
        gold = orjson.loads((folder / "gold" / f"{path.stem}.json").read_bytes())["articles"]
        unfolded = unfold(path.read_text("utf-8"))
        trace, _ = run_stages(unfolded.text, context_of(unfolded.text, rules, "auto"))
        found = blocks(trace.text, rules)
        if found:
            reader = Reader(load(), view(trace.text), found)
            yield PrintedPage(found, reader, gold, line_starts(trace))


def labels(page: PrintedPage, lines: Sequence[Block]) -> list[Label]:
    """What each of some lines is that stand one below the other."""
    result: list[Label] = []
    for line in lines:
        label = _label("".join(line.text.split()), page.gold)
        below_title = result and result[-1] in ("title", "more") and not line.blanks
        result.append("more" if label == "title" and below_title else label)
    return result


def _label(text: str, gold: Sequence[Mapping[str, str]]) -> Label:
    if any(_alike(text, one["title"]) or _part_of(text, one["title"]) for one in gold):
        return "title"
    if any(one["kicker"] and _alike(text, one["kicker"]) for one in gold):
        return "kicker"
    if len(text) <= NAMED and any(
        one["author"] and fuzz.partial_ratio(text, one["author"]) >= NAME_ALIKE for one in gold
    ):
        return "byline"
    short = (p for one in gold for p in one["paragraphs"] if len(p) <= NAMED)
    return "subhead" if any(_alike(text, one) for one in short) else "text"


def _alike(text: str, other: str) -> bool:
    return fuzz.ratio(text, "".join(other.split())) >= ALIKE


def _part_of(text: str, title: str) -> bool:
    bare = "".join(title.split())
    return PART <= len(text) < len(bare) and fuzz.partial_ratio(text, bare) >= PART_ALIKE
