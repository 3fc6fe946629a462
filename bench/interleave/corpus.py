"""The corpus' registers, their parts, and runs of neighbouring paragraphs in them."""

import lzma
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import sqrt
from pathlib import Path
from random import Random
from typing import Literal

from bench.interleave.tidy import heading_like, tidy

PartName = Literal["fit", "tune", "test", "all"]

PARTS: dict[str, tuple[tuple[float, float], ...]] = {
    "fit": ((0.0, 0.488), (0.512, 0.978)),
    "tune": ((0.492, 0.508),),
    "test": ((0.982, 1.0),),
    "all": ((0.0, 1.0),),
}
"""shares of a register's characters; the language model counts neither the last 2 % nor the 2 %
around the middle, and the gaps here see to it that no part touches another's text"""

NEAR = 300
"""lines within which articles are neighbours"""
COHESION = 0.1
"""share of a paragraph's character pairs that the article so far must have"""
_LONG = 320
_NO_START = re.compile(
    r"——|（|[一二三四五六七八九十]+[、是]|[0-9]+[、.．]|第[一二三四五六七八九十]+[，、章条节]|各位代表|"
    r"但|而|并|又|也|同时|此外|其次|其中|最后|再次|因此|所以|于是|然而|不过|另外|例如|比如|总之|另一"
)


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring paragraphs: lines [start, end) of a part, tidied; the heading line if any."""

    start: int
    end: int
    paragraphs: tuple[str, ...]
    heading: str = ""

    def overlaps(self, other: "Run") -> bool:
        """True if both have a line in common."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True)
class Register:
    """One part of one register; `weight` is its chance beside others."""

    name: str
    lines: Sequence[str]
    weight: float
    _tidied: dict[int, str | None] = field(default_factory=dict, repr=False, compare=False)

    def run(self, rng: Random, near: int | None, shortest: int, longest: int) -> Run | None:
        """A run of `shortest` to `longest` characters, or None where the place drawn has none."""
        wanted = rng.randint(shortest, longest)
        low, high = 0, len(self.lines) - 1
        if near is not None:
            low, high = max(0, near - NEAR), min(high, near + NEAR)
        start = at = rng.randint(low, high)
        found: list[str] = []
        total = 0
        while total < wanted and (taken := self._next(at, found)):
            at, paragraph = taken
            if total + len(paragraph) > longest:
                break
            found.append(paragraph)
            total += len(paragraph)
        if found and heading_like(found[-1]):
            found.pop()
        if total < shortest or _NO_START.match(found[0]):
            return None
        return Run(start, at, _split_long(found, rng), self._heading(start))

    def _next(self, at: int, found: Sequence[str]) -> tuple[int, str] | None:
        """The paragraph (or sub-heading) that continues a run at line `at`, and the line after it.

        One line that is no paragraph may be passed over inside a run, but not in the news, where
        it is the next item's headline.
        """
        paragraph = self._tidy(at)
        if paragraph is None and found and self.name not in ("news", "press"):
            after = self._tidy(at + 1)
            if after is None or not _coheres(after, found):
                return None
            if heading_like(self.lines[at]) and not heading_like(found[-1]):
                return at + 1, self.lines[at].strip()
            return at + 2, after
        if paragraph is None or (found and not _coheres(paragraph, found)):
            return None
        return at + 1, paragraph

    def _tidy(self, at: int) -> str | None:
        if at not in self._tidied:
            self._tidied[at] = tidy(self.lines[at]) if 0 <= at < len(self.lines) else None
        return self._tidied[at]

    def _heading(self, start: int) -> str:
        before = self.lines[start - 1].strip() if start else ""
        if not heading_like(before) or (start > 1 and heading_like(self.lines[start - 2])):
            return ""
        return before


def read_registers(folder: Path, names: Sequence[str], part: str) -> tuple[Register, ...]:
    """The named registers' lines of one part; FileNotFoundError says what is missing."""
    registers = []
    for name in names:
        path = folder / f"{name}.txt.xz"
        if not path.is_file():
            raise FileNotFoundError(f"{path}: not there; give the corpus folder with --corpus-dir")
        text = lzma.decompress(path.read_bytes()).decode("utf-8")
        lines = split_part(text.split("\n"), part)
        registers.append(Register(name, lines, sqrt(sum(map(len, lines)))))
    return tuple(registers)


def split_part(lines: Sequence[str], part: str) -> list[str]:
    """The lines of a part (see PARTS), by shares of the characters; slices parted by an empty line.

    >>> split_part(["甲" * 50] * 100, "test") == ["甲" * 50]
    True
    """
    total = sum(map(len, lines)) + len(lines)
    found: list[list[str]] = [[] for _ in PARTS[part]]
    begin = 0
    for line in lines:
        end = begin + len(line) + 1
        for slice_, (low, high) in zip(found, PARTS[part], strict=True):
            if begin >= low * total and end <= high * total:
                slice_.append(line)
        begin = end
    return [line for i, slice_ in enumerate(found) for line in ([""] if i else []) + slice_]


def _coheres(paragraph: str, so_far: Sequence[str]) -> bool:
    body = "".join(so_far)
    pairs = {paragraph[i : i + 2] for i in range(len(paragraph) - 1)}
    return sum(pair in body for pair in pairs) >= COHESION * len(pairs)


def _split_long(paragraphs: Sequence[str], rng: Random) -> tuple[str, ...]:
    """Paragraphs of more than 320 characters are split at a sentence's end near their middle."""
    found: list[str] = []
    for paragraph in paragraphs:
        rest = paragraph
        while len(rest) > _LONG and (cut := rest.find("。", rng.randint(120, 240)) + 1):
            head, tail = rest[:cut], rest[cut:]
            if len(tail) < 60 or head.count("“") != head.count("”") or tail[0] in "”）":
                break
            found.append(head)
            rest = tail
        found.append(rest)
    return tuple(found)
