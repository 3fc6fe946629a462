"""What a worker does with one part: read, clean, write rows, and say what became of it."""

import traceback
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from jiaokan.batch.area import Area
from jiaokan.batch.job import PageJob
from jiaokan.batch.outcome import said
from jiaokan.batch.process import process
from jiaokan.cleaning import Cleaned
from jiaokan.decisions.book import NO_DECISIONS, Decisions
from jiaokan.formats.atomic import write_atomic
from jiaokan.page import Page
from jiaokan.records.items import Item, items_between, same_as_planned
from jiaokan.records.part_status import Done, write_done
from jiaokan.records.parts import Part, digest, salt
from jiaokan.records.record import TABLES
from jiaokan.records.rows import Row, failed_row, rows_of
from jiaokan.records.staged import staged
from jiaokan.records.store import part_path
from jiaokan.records.tables import Kind, Writer, writer
from jiaokan.rulebook import Rulebook
from jiaokan.rulebook.facts import PageFacts
from jiaokan.settings import Settings


@dataclass(frozen=True, slots=True)
class Task:
    """A part, and which of its pages must not be tried: their workers died at them."""

    part: Part
    deadly: tuple[tuple[int, str], ...] = ()
    """(place, why)."""
    only: int | None = None
    """Try the page at this place alone, and write nothing."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a task. It is small."""

    done: Done | None
    error: str = ""
    """Why the part could not be done at all: the disk, the origin."""
    traceback: str = ""


@dataclass(frozen=True)
class PartJob:
    """Parts to files of rows. A worker gets it once, and then one task after another."""

    folder: Path
    kind: Kind
    rules: Rulebook
    settings: Settings
    decisions: Decisions = NO_DECISIONS

    def __call__(self, task: Task) -> Answer:
        """What became of the part."""
        try:
            return Answer(self._done(task))
        except Exception as error:
            return Answer(None, said(error, str(self.folder)), traceback.format_exc())

    def _done(self, task: Task) -> Done:
        part = task.part
        counts: Counter[str] = Counter()
        rules: Counter[str] = Counter()
        failures: list[str] = []
        start = salt(self.rules, self.settings, self.kind)
        seen = digest(start, part.origin, self.decisions)
        deadly = dict(task.deadly)
        with ExitStack() as stack:
            tables = {} if task.only is not None else self._tables(part, stack)
            for item in items_between(
                part.origin, part.start, part.stop, part.number, self.settings
            ):
                seen.add(item)
                if task.only is not None and item.at != task.only:
                    continue
                rows, told = self._rows(part, item, deadly.get(item.at, ""), counts, rules)
                failures += told
                for table, own in tables.items():
                    for row in rows.get(table, ()):
                        own.write(row)
            if seen.key != part.key:
                raise same_as_planned(part.origin)
        done = Done(
            part.key,
            part.pages,
            size=part.size,
            failures=tuple(failures),
            rules=tuple(sorted(rules.items())),
            **counts,
        )
        if task.only is None:
            write_atomic(part_path(self.folder, part.key, "done", "json"), write_done(done))
        return done

    def warm(self) -> None:
        """Load and compile what every page needs, so that forked workers share it."""
        PageJob(Area(self.folder), self.rules, self.settings).warm()

    def _processed(self, page: Page, facts: PageFacts) -> Cleaned:
        return process(page, self.rules, self.settings, facts, self.decisions).cleaned

    def _tables(self, part: Part, stack: ExitStack) -> dict[str, Writer]:
        """A new file for each table."""
        found: dict[str, Writer] = {}
        for table in TABLES:
            path = stack.enter_context(staged(part_path(self.folder, part.key, table, self.kind)))
            found[table] = stack.enter_context(writer(path, table, self.kind))
        return found

    def _rows(
        self, part: Part, item: Item, deadly: str, counts: Counter[str], rules: Counter[str]
    ) -> tuple[dict[str, list[Row]], list[str]]:
        """A page's rows, and what to tell where it failed."""
        error = item.error or (deadly and f"{item.id}: {deadly}")
        if not error:
            try:
                page = item.page(self.settings, decoded=part.origin.kind != "files")
                cleaned = self._processed(page, item.facts)
                rows = rows_of(cleaned, item.source)
            except Exception as wrong:  # a mistake of ours on one page must not stop the others
                error = said(wrong, item.id)
            else:
                _count(cleaned, counts, rules)
                return rows, []
        told = error if item.error or part.origin.kind == "files" else f"{item.source}: {error}"
        return {"pages": [failed_row(item.id, item.source, error, item.data)]}, [told]


def _count(cleaned: Cleaned, counts: Counter[str], rules: Counter[str]) -> None:
    counts["characters"] += len(cleaned.page.text)
    counts["articles"] += len(cleaned.articles)
    counts["seams"] += len(cleaned.seams)
    counts["findings"] += len(cleaned.findings)
    steps = cleaned.trace.kept.by_rule()
    counts["changes"] += steps.total()
    rules.update(steps)
