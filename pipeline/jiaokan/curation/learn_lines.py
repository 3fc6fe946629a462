"""Lines that a person took out of several pages → `drop` proposals.

Lines that differ in their numbers alone are one: 第3期, 第14期 → 第[0-9]+期.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from hashlib import sha256

from jiaokan.curation.learn_batch import Batch
from jiaokan.curation.learn_literals import MOST_PLACES
from jiaokan.curation.learn_model import Proposal
from jiaokan.rulebook import Rulebook

LONGEST = 60
_NUMBER = re.compile(r"[0-9]+")
_NUMERAL = re.compile(r"[零〇一二三四五六七八九十百]+(?=[期版页号卷月日年])")


def drops(batch: Batch, book: Rulebook) -> Iterator[Proposal]:
    """Lines that were deleted, on two pages or more."""
    found: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
    for page in batch.reviewed:
        whole = {line.strip() for line in page.trace.raw.splitlines()}
        whole |= {line.strip() for line in page.text.split("\n")}
        for text in page.deleted:
            line = text.strip()
            if line in whole and len(line) <= LONGEST:
                found[_pattern(line)].append((page.number, page.name, line))
    for pattern, places in sorted(found.items()):
        numbers = {number for number, _, _ in places}
        lines = sorted({line for _, _, line in places})
        if len(numbers) < 2 or all(_dropped(book, line) for line in lines):
            continue
        if len(lines) == 1:
            pattern = re.sub(r"\\ ", "[ ]", _quoted(lines[0]))
        alike = re.compile(pattern)
        left = [
            text
            for page in batch.reviewed
            for text in page.kept
            if alike.fullmatch(text.strip()) and text not in page.deleted
        ]
        more = sum(
            1 for text in batch.others for line in text.split("\n") if alike.fullmatch(line.strip())
        )
        yield Proposal(
            "learnt-drop-" + sha256(pattern.encode("utf-8", "surrogatepass")).hexdigest()[:8],
            "drop",
            {
                "kind": "drop",
                "reason": "This line was taken out by hand on several pages.",
                "pattern": pattern,
                "lines": lines,
            },
            len(places),
            len(numbers),
            len(left),
            more,
            tuple(f"{name}: {line}" for _, name, line in places[:MOST_PLACES]),
            (f"taken out of {len(numbers)} pages",),
        )


def _dropped(book: Rulebook, line: str) -> bool:
    found = book.line_role(line)
    return found is not None and found.role == "furniture"


def _pattern(line: str) -> str:
    """A pattern of the line that takes any numbers."""
    parts = []
    last = 0
    for match in sorted(
        [*_NUMBER.finditer(line), *_NUMERAL.finditer(line)], key=lambda found: found.start()
    ):
        parts.append(_quoted(line[last : match.start()]))
        parts.append("[0-9]+" if match.re is _NUMBER else "[零〇一二三四五六七八九十百]+")
        last = match.end()
    return "".join((*parts, _quoted(line[last:])))


def _quoted(text: str) -> str:
    return re.escape(text).replace("\\ ", "[ ]")
