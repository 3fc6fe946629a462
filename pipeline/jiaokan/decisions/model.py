"""One decision: what a person wants done, or left, at a place of a raw page."""

from dataclasses import dataclass
from typing import Literal, get_args

Do = Literal["reject", "accept", "take", "edit", "seam"]
Reads = Literal["", "on", "paragraph"]

DOS: tuple[Do, ...] = get_args(Do)
RULE = "decision"
"""The rule that a person's edits and moves bear in the ledger."""
STALE = "decision.stale"
"""The check that finds decisions which no longer fit their page."""
SHOWN = 40
"""A longer span's text may be given by this many of its first characters."""


@dataclass(frozen=True, slots=True)
class Decision:
    """An entry of a decision file. Offsets count the raw text's characters, from 0."""

    do: Do
    """reject: the rule does nothing here. accept: seen, and right. take: the rule's first
    alternative. edit: put `new`. seam: where a fragment goes."""
    page: str = ""
    """SHA-256 of the raw file's bytes; empty: every page."""
    start: int = -1
    """First character; -1: the whole page."""
    end: int = -1
    """One past the last."""
    text: str = ""
    """What stands there in the raw text; of long spans the first characters."""
    rule: str = ""
    """The rule or check that is decided about."""
    new: str = ""
    """Of an edit: what is to stand there."""
    after: int = -1
    """Of a seam: the fragment goes on behind this offset."""
    article: int = 0
    """Of a seam: the article that the fragment belongs to, from 1."""
    title: str = ""
    """That article's title, so that another one is noticed."""
    furniture: bool = False
    """Of a seam: the fragment belongs to no article."""
    reads: Reads = ""
    """Of a seam: the sentence runs on, or a new paragraph starts."""
    who: str = ""
    when: str = ""
    """As 2026-03-12T09:30:00Z."""
    file: str = ""
    """The page's name, for people."""
    note: str = ""

    @property
    def key(self) -> tuple[str, int, int, str]:
        """What it is about; two decisions of one key must not say different things."""
        return self.page, self.start, self.end, "=seam" if self.do == "seam" else self.rule

    @property
    def said(self) -> tuple[str, str, int, int, str, bool, str]:
        """What it says about that."""
        rest = self.after, self.article, self.title, self.furniture, self.reads
        return self.do, self.new, *rest

    @property
    def about(self) -> str:
        """The decision in a few words, for messages."""
        page = f" of {self.file or self.page[:12]}" if self.page else " of every page"
        place = f" at {self.start}-{self.end}" if self.start >= 0 else ""
        return f"{self.do}{f' {self.rule}' if self.rule else ''}{place}{page}"

    @property
    def by(self) -> str:
        """Who decided and when, as it stands in the ledger.

        >>> Decision("edit", who="Lin", when="2026-03-12").by, Decision("edit").by
        ('decided by Lin, 2026-03-12', 'decided by a person')
        """
        when = f", {self.when}" if self.when else ""
        return f"decided by {self.who or 'a person'}{when}"

    def covers(self, start: int, end: int) -> bool:
        """Whether text[start:end] touches its span; the whole page touches all."""
        if self.start < 0:
            return True
        if self.start == self.end or start == end:
            return start <= self.end and end >= self.start
        return start < self.end and end > self.start
