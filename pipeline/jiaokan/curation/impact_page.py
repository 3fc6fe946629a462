"""The places of one page where rules would make a difference, or match and make none.

The page is read with the rules, without them, and by them alone. Where the first two differ, the
rules act; where only the third one acts, another rule decides.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from jiaokan.columns.unfold import GUTTER, unfold
from jiaokan.curation.impact_books import Compared, only
from jiaokan.curation.impact_model import Place, What
from jiaokan.curation.impact_pass import Line, Reading, Script, read
from jiaokan.page import Page
from jiaokan.positions import Lines
from jiaokan.rulebook import Rulebook
from jiaokan.rulebook.facts import PageFacts
from jiaokan.rulebook.match import trimmed
from jiaokan.rulebook.rule import ProtectRule
from jiaokan.rulebook.spans import Spans
from jiaokan.rulebook.time_budget import page_clock

AROUND = 20
"""Characters of context on each side."""
_LINES = ("drop", "layout")


@dataclass(frozen=True)
class Readers:
    """The three sets of rules."""

    compared: Compared

    @cached_property
    def alone(self) -> Rulebook:
        """The rules that are looked at, and no other."""
        return only(self.compared.book, self.compared.ids)

    @cached_property
    def lines(self) -> bool:
        """Whether any of them says what lines are."""
        return any(rule.kind in _LINES for rule in self.compared.rules)

    @cached_property
    def always(self) -> bool:
        """Whether every page must be read without them: their acts show only in what others do."""
        known = {rule.id for rule in self.compared.rules}
        kinds = {rule.kind for rule in self.compared.rules}
        return bool(self.compared.ids - known) or not known or bool(kinds & {"protect", *_LINES})

    @cached_property
    def guards(self) -> list[tuple[str, Rulebook]]:
        """Every protect rule in force, by itself."""
        book = self.compared.book
        rules = [rule for rule in book.rules if isinstance(rule, ProtectRule)]
        return [(rule.id, only(book, frozenset({rule.id}))) for rule in rules]


def places(
    page: Page, file: str, readers: Readers, script: Script, facts: PageFacts
) -> list[Place]:
    """The places of a page, in text order. Raises PageError where a rule cannot be carried out."""
    unfolded = unfold(page.text)
    ids = readers.compared.ids

    def reading(book: Rulebook) -> Reading:
        with page_clock():
            return read(page, unfolded, book, script, facts, readers.lines)

    now, alone = reading(readers.compared.book), reading(readers.alone)
    acts = any(True for _ in now.acts(ids)) or any(f.rule in ids for f in now.findings)
    matches = any(True for _ in alone.acts(ids)) or any(one.rule in ids for one in alone.lines)
    if not (acts or matches or readers.always):
        return []
    before = reading(readers.compared.without) if acts or readers.always else now
    found = _Page(page, file, readers, before, now, bool(unfolded.parts))
    every = [*found.changes(), *found.reports(), *found.lines(alone), *found.beaten(alone)]
    return sorted(every, key=lambda place: (place.start, place.what, place.rule))


@dataclass(frozen=True)
class _Page:
    """A page, read without the rules and with them."""

    page: Page
    file: str
    readers: Readers
    before: Reading
    now: Reading
    columns: bool
    """Whether lines of the page stand side by side: a gap ends what stands around a place."""

    @property
    def ids(self) -> frozenset[str]:
        return self.readers.compared.ids

    def changes(self) -> Iterator[Place]:
        """Where the text differs."""
        if self.before is self.now:
            return
        for start, end in self._differences():
            low, high = self.before.span(start, end)
            old = self.before.trace.text[low:high]
            new_low, new_high = self.now.span(start, end)
            new = self.now.trace.text[new_low:new_high]
            by = self.now.rules_at(start, end)
            own = [rule for rule in by if rule in self.ids]
            others = self.before.rules_at(start, end)
            if old == new:
                if own:
                    yield self._place(start, "already", own[-1], low, high, new, others)
                continue
            what: What = "changes" if own else "follows"
            told = own[-1] if own else self._cause(start, end)
            rest = tuple(rule for rule in (by if not own else others) if rule not in self.ids)
            yield self._place(start, what, told, low, high, new, rest or others)

    def _differences(self) -> Iterator[tuple[int, int]]:
        """Raw spans in which the changes are not the same, each grown so that it cuts no change."""
        before, now = set(self.before.trace.changes), set(self.now.trace.changes)
        spans = sorted({(one.start, one.end) for one in before ^ now})
        last: tuple[int, int] | None = None
        for span in spans:
            grown = self._grown(span)
            if last and (grown[0] < last[1] or grown == last):
                last = self._grown((last[0], max(last[1], grown[1])))
                continue
            if last:
                yield last
            last = grown
        if last:
            yield last

    def _grown(self, span: tuple[int, int]) -> tuple[int, int]:
        while True:
            more = self.now.grown(*self.before.grown(*span))
            if more == span:
                return span
            span = more

    def _cause(self, start: int, end: int) -> str:
        """The rule because of which something else happens: the protect rule that holds the place,
        else the only rule that is looked at, else none by name."""
        low, high = self.now.span(start, end)
        for rule, book in self.readers.guards:
            if rule in self.ids and book.protected(self.now.trace.text).touches(low, high):
                return rule
        return next(iter(self.ids)) if len(self.ids) == 1 else ""

    def reports(self) -> Iterator[Place]:
        """What the rules would only report."""
        for finding in self.now.findings:
            if finding.rule in self.ids:
                best = finding.alternatives[0].text if finding.alternatives else finding.text
                low, high = self.now.span(*self.now.grown(finding.start, finding.end))
                at = self.now.trace.text.find(finding.text, low, max(high, low + len(finding.text)))
                low, high = (at, at + len(finding.text)) if at >= 0 else (low, high)
                yield self._told(
                    self.now, finding.start, "reports", finding.rule, low, high, best, ()
                )

    def lines(self, alone: Reading) -> Iterator[Place]:
        """Lines that are taken for something else."""
        before = {line.start: line for line in self.before.lines}
        now = {line.start: line for line in self.now.lines}
        for start, line in now.items():
            other = before.get(start)
            old = other.role if other else "body"
            by = (other.rule,) if other and "." not in other.rule else ()
            if line.rule in self.ids:
                what: What = "line" if old != line.role else "already"
                yield self._line(line, what, line.rule, old, by)
            elif old != line.role:
                told = self._cause(start, start)
                yield self._line(line, "follows", told, old, (line.rule,))
        for line in alone.lines:
            known = now.get(line.start)
            if line.rule in self.ids and known and known.rule not in self.ids:
                what = "already" if known.role == line.role else "otherwise"
                by = (known.rule,)
                yield self._line(line, what, line.rule, known.role, by)

    def beaten(self, alone: Reading) -> Iterator[Place]:
        """Where the rules by themselves would act, and do not among the others."""
        done = [(act.start, act.end) for act in self.now.acts(self.ids)]
        done += [(f.start, f.end) for f in self.now.findings if f.rule in self.ids]
        for act in alone.acts(self.ids):
            if any(start <= act.end and act.start <= end for start, end in done):
                continue
            start, end = self.now.grown(*alone.grown(act.start, act.end))
            start, end = alone.grown(start, end)
            low, high = self.now.span(start, end)
            here = self.now.trace.text[low:high]
            own_low, own_high = alone.span(start, end)
            wanted = alone.trace.text[own_low:own_high]
            guard = self._guard(low, high)
            what: What = "already" if here == wanted else "protected" if guard else "otherwise"
            by = guard if what == "protected" else self.now.rules_at(start, end)
            yield self._told(self.now, start, what, act.rule, low, high, wanted, by)

    def _guard(self, low: int, high: int) -> tuple[str, ...]:
        """The protect rules that hold a place of the text."""
        text = self.now.trace.text
        if not self._held.touches(low, high):
            return ()
        return tuple(
            rule for rule, book in self.readers.guards if book.protected(text).touches(low, high)
        )

    @cached_property
    def _held(self) -> Spans:
        return self.readers.compared.book.protected(self.now.trace.text)

    def _place(
        self, at: int, what: What, rule: str, low: int, high: int, new: str, by: Sequence[str]
    ) -> Place:
        return self._told(self.before, at, what, rule, low, high, new, by)

    def _told(
        self,
        reading: Reading,
        at: int,
        what: What,
        rule: str,
        low: int,
        high: int,
        new: str,
        by: Sequence[str],
    ) -> Place:
        text = reading.trace.text
        edit = trimmed(text[low:high], low, new, rule)
        if what != "already":
            at += (
                edit.start - low if text[low : edit.start] == self._raw(at, edit.start - low) else 0
            )
            low, high, new = edit.start, edit.end, edit.new
        line, column = self._spot(at)
        left = text[max(0, low - AROUND) : low].rpartition("\n")[2]
        right = text[high : high + AROUND].partition("\n")[0]
        if self.columns:
            left, right = GUTTER.split(left)[-1], GUTTER.split(right)[0]
        others = tuple(dict.fromkeys(one for one in by if one not in self.ids))
        return Place(
            self.file, line, column, at, what, rule, text[low:high], new, left, right, by=others
        )

    def _raw(self, at: int, size: int) -> str:
        return self.page.text[at : at + size]

    def _line(self, line: Line, what: What, rule: str, old: str, by: tuple[str, ...]) -> Place:
        row, column = self._spot(line.start)
        return Place(
            self.file,
            row,
            column,
            line.start,
            what,
            rule,
            old,
            line.role,
            line.above,
            line.below,
            line.text,
            by,
        )

    def _spot(self, at: int) -> tuple[int, int]:
        return self._lines.spot(at)

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self.page.text)
