"""How often each rule acted in a batch, counted from its ledgers one after another."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, NamedTuple

from jiaokan.article import Target
from jiaokan.cli.records import Record
from jiaokan.errors import JiaokanError, LedgerError
from jiaokan.ledger import Ledger
from jiaokan.positions import Lines
from jiaokan.rulebook import Rulebook
from jiaokan.rulebook.facts import PageFacts
from jiaokan.trace import Trace, placed

EXAMPLES = 3
_AROUND = 6
_LONGEST = 24
UNTOLD = frozenset({"protect"})
"""Kinds that leave no trace in a ledger."""


class Shown(NamedTuple):
    """A place where a rule acted."""

    page: str
    line: int
    """In the raw file, from 1; 0 where the clean file was edited and cannot tell."""
    column: int
    before: str
    """Text in front of it."""
    old: str
    new: str
    """What the rule made of it; the same as `old` where it only said what a line is."""
    after: str


@dataclass(slots=True)
class Count:
    """What one rule did."""

    edits: int = 0
    lines: int = 0
    """Lines of which it said what they are."""
    findings: int = 0
    pages: int = 0
    confidence: float = 0.0
    """Of all edits together."""
    examples: list[Shown] = field(default_factory=list)

    @property
    def mean(self) -> float:
        """The edits' mean confidence; 0 without edits."""
        return self.confidence / self.edits if self.edits else 0.0


@dataclass(slots=True)
class Stats:
    """A batch, counted. Its size hangs on the number of rules, not of pages."""

    pages: int = 0
    edits: int = 0
    counts: dict[str, Count] = field(default_factory=dict)
    """Rule or check -> what it did."""
    other_rules: int = 0
    """Pages that were cleaned with other rules than those in force."""
    failed: list[str] = field(default_factory=list)

    def of(self, rule: str) -> Count:
        """What a rule did; nothing where it is not known."""
        return self.counts.get(rule, Count())


def counted(records: Iterable[Record], book: Rulebook) -> Stats:
    """Count every page; one that cannot be read is noted and left out."""
    stats = Stats()
    for record in records:
        try:
            _add(stats, record, book)
        except JiaokanError as error:
            stats.failed.append(str(error))
    return stats


def ranked(stats: Stats, book: Rulebook) -> Iterator[tuple[str, Count]]:
    """Every rule in force, and whatever else acted: most edits first, then lines and findings."""
    names = {rule.id for rule in book.rules} | stats.counts.keys()
    rows = ((name, stats.of(name)) for name in names)
    yield from sorted(
        rows, key=lambda row: (-row[1].edits, -row[1].lines, -row[1].findings, row[0])
    )


def silent(stats: Stats, book: Rulebook) -> list[str]:
    """Rules in force that never acted, of the kinds of which a ledger can tell."""
    return sorted(r.id for r in book.rules if r.kind not in UNTOLD and r.id not in stats.counts)


def _add(stats: Stats, record: Record, book: Rulebook) -> None:
    ledger, page = record.ledger, _Page(record)
    met: Counter[str] = Counter()
    for start, end, change in placed(ledger.changes):
        for step in change.steps:
            count = stats.counts.setdefault(step.rule, Count())
            count.edits += 1
            count.confidence += step.confidence
            met[step.rule] += 1
            if len(count.examples) < EXAMPLES:
                count.examples.append(page.shown(start, end, step.old, step.new))
    stats.edits += met.total()
    for rule, spans in _lines(ledger).items():
        count = stats.counts.setdefault(rule, Count())
        count.lines += len(spans)
        met[rule] += 1
        for start, end in spans[: EXAMPLES - len(count.examples)]:
            text = page.text[start:end]
            count.examples.append(page.shown(start, end, text, text))
    for rule in page.findings:
        stats.counts.setdefault(rule, Count()).findings += 1
        met[rule] += 1
    for rule in met:
        stats.counts[rule].pages += 1
    stats.pages += 1
    stats.other_rules += _rules_differ(dict(ledger.options), book)


def _rules_differ(options: dict[str, str], book: Rulebook) -> bool:
    """Whether other rules are in force on the page now than when it was cleaned."""
    script: Any = options.get("page_script", "")
    facts = PageFacts(options.get("publication", ""), options.get("date", ""), script)
    return options.get("rules", "") != book.on(facts).fingerprint


def _lines(ledger: Ledger) -> dict[str, list[tuple[int, int]]]:
    """Rule -> the lines whose kind it told, in the cleaned text. Stages have dots in their ids."""
    found: dict[str, dict[Target | None, tuple[int, int]]] = {}
    at = 0
    for piece in ledger.pieces:
        if piece.target and "." not in piece.rule:
            line = replace(piece.target, offset=0)
            spans = found.setdefault(piece.rule, {})
            spans.setdefault(line, (at, at + piece.length))
        at += piece.length
    return {rule: list(spans.values()) for rule, spans in found.items()}


class _Page:
    """A page's texts, fetched where an example asks for them; none where a file was edited."""

    def __init__(self, record: Record) -> None:
        self._record = record

    @cached_property
    def findings(self) -> list[str]:
        """The rule of each finding; none where the clean file is not to be read."""
        try:
            return [finding.rule for finding in self._record.clean.findings]
        except LedgerError:
            return []

    @property
    def text(self) -> str:
        """The cleaned text."""
        return self._trace.text

    @cached_property
    def _trace(self) -> Trace:
        try:
            return Trace(self._record.raw, self._record.cleaned, self._record.ledger.changes)
        except LedgerError:
            return Trace("", "")

    def shown(self, start: int, end: int, old: str, new: str) -> Shown:
        """An example, with what stands around it."""
        name, trace = self._record.ledger.source.name, self._trace
        if not trace.text:
            return Shown(name, 0, 0, "", old[:_LONGEST], new[:_LONGEST], "")
        at = trace.raw_offset(start)
        before = trace.text[max(0, start - _AROUND) : start].rpartition("\n")[2]
        after = trace.text[end : end + _AROUND].partition("\n")[0]
        line, column = Lines(trace.raw).spot(at)
        return Shown(name, line, column, before, old[:_LONGEST], new[:_LONGEST], after)
