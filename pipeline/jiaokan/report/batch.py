"""Counts of a batch, page by page, for the report's first view and for `diff --stat`."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from jiaokan.inspect.model import PageView, Stretch


@dataclass(slots=True)
class RuleCount:
    """What one rule, or one check of a stage, did in a batch."""

    stages: set[str] = field(default_factory=set)
    edits: int = 0
    pages: int = 0
    confidence: float = 0.0
    """Of all its edits together."""
    findings: int = 0
    lines: int = 0
    """Stretches that it set aside or dropped."""

    @property
    def mean(self) -> float:
        """The edits' mean confidence; 1 without edits."""
        return self.confidence / self.edits if self.edits else 1.0


@dataclass(frozen=True, slots=True)
class PageCount:
    """One page in numbers."""

    name: str
    characters: int
    """Of the raw text."""
    articles: int
    fragments: int
    moved: int
    """Fragments that stand elsewhere now."""
    seams: int
    lowest: float
    """Confidence of its least sure seam; 1 without seams."""
    changes: int
    edits: int
    """Steps: a change may have several."""
    asides: int
    """Lines of furniture, and what was dropped and shows something."""
    findings: int
    hand: int
    need: float
    """Mistakes that are to be expected (`PageView.need`)."""


@dataclass(slots=True)
class Batch:
    """A batch in numbers."""

    pages: list[PageCount] = field(default_factory=list)
    rules: dict[str, RuleCount] = field(default_factory=dict)
    stages: Counter[str] = field(default_factory=Counter)
    """Edits by stage."""
    seams: Counter[int] = field(default_factory=Counter)
    """Seams by tenth of confidence, 0 to 9."""
    acted: set[str] = field(default_factory=set)
    """Every rule that left a trace."""
    failed: list[tuple[str, str]] = field(default_factory=list)
    """(clean file, what is wrong) of pages that could not be read."""

    def add(self, page: PageView) -> PageCount:
        """Count one page."""
        met: set[str] = set()
        edits = 0
        for rule, stage, confidence in _steps(page):
            count = self._of(rule)
            count.stages.add(stage)
            count.edits += 1
            count.confidence += confidence
            self.stages[stage] += 1
            met.add(rule)
            edits += 1
        for finding in page.findings:
            self._of(finding.rule).findings += 1
            met.add(finding.rule)
        for aside in page.asides:
            self._of(aside.rule).lines += 1
            met.add(aside.rule)
        for rule in met:
            self.rules[rule].pages += 1
        self.acted |= met | {part.rule for part in _stretches(page)}
        self.seams.update(min(int(seam.confidence * 10), 9) for seam in page.seams)
        row = _counted(page, edits)
        self.pages.append(row)
        return row

    def never(self, rules: Iterable[tuple[str, str]]) -> list[str]:
        """Of rules in force, as (id, kind), those that never acted. `protect` leaves no trace."""
        return sorted(name for name, kind in rules if kind != "protect" and name not in self.acted)

    def _of(self, rule: str) -> RuleCount:
        return self.rules.setdefault(rule, RuleCount())


def _counted(page: PageView, edits: int) -> PageCount:
    return PageCount(
        page.name,
        len(page.raw),
        len(page.articles),
        len(page.fragments),
        sum(fragment.moved for fragment in page.fragments),
        len(page.seams),
        min((seam.confidence for seam in page.seams), default=1.0),
        len(page.edits),
        edits,
        len(page.asides),
        len(page.findings),
        len(page.hand),
        page.need,
    )


def _steps(page: PageView) -> Iterator[tuple[str, str, float]]:
    for edit in page.edits:
        for step in edit.steps:
            yield step.rule, step.stage, step.confidence


def _stretches(page: PageView) -> Iterator[Stretch]:
    for article in page.articles:
        for one in article.fields:
            yield from one.stretches
