"""The pages of a batch as the review shows them; each is read when it is first asked for."""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from jiaokan.cli.records import Record, find_record, no_ledger, records_in
from jiaokan.curation.learn_files import edited_files
from jiaokan.errors import JiaokanError
from jiaokan.inspect import PageView, RuleNote, read_page, rule_notes
from jiaokan.review.items import SEAM, Item, items_of
from jiaokan.review.places import Frame

_SEAM = RuleNote("stage", "It is not quite sure that this goes on here.", "此处接续不能完全确定。")
KEPT = 8
"""Pages that are held in memory as a whole."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What is known of a page without showing it."""

    sha256: str = ""
    name: str = ""
    items: tuple[Item, ...] = ()
    decided: str = ""
    """Fingerprint of the decisions that its last run carried out."""
    error: str = ""


@dataclass(frozen=True)
class Opened:
    """A page that is shown."""

    record: Record
    view: PageView
    frame: Frame
    items: tuple[Item, ...]


@dataclass
class Pages:
    """All pages of a clean folder, by number. Summaries are made in the background."""

    clean: Path
    raw: Path | None
    below: float
    stems: list[Path] = field(default_factory=list)
    _summaries: dict[int, Summary] = field(default_factory=dict)
    _opened: "OrderedDict[int, Opened]" = field(default_factory=OrderedDict)
    _notes: dict[str, RuleNote] = field(default_factory=dict)
    _turn: int = 0
    """How often pages were forgotten."""
    _lock: threading.RLock = field(default_factory=threading.RLock)

    def find(self) -> None:
        """Look which pages there are. Raises JiaokanError where there are none."""
        if not self.clean.exists():
            raise JiaokanError("there is no such file or folder", where=str(self.clean))
        records = [find_record(self.clean)] if self.clean.is_file() else records_in(self.clean)
        self.stems = [record.stem for record in records]
        if not self.stems:
            raise no_ledger(self.clean)
        self._notes = rule_notes()

    @property
    def folder(self) -> Path:
        """The clean folder."""
        return self.clean.parent if self.clean.is_file() else self.clean

    def name(self, number: int) -> str:
        """What a page is called before it was read."""
        summary = self._summaries.get(number)
        if summary and summary.name:
            return summary.name
        stem = self.stems[number]
        below = stem.is_relative_to(self.folder)
        return (stem.relative_to(self.folder) if below else stem).as_posix()

    def note(self, rule: str) -> RuleNote:
        """What is known of a rule."""
        return _SEAM if rule == SEAM else self._notes.get(rule, RuleNote("", ""))

    def scan(self, stop: threading.Event) -> None:
        """Make every summary that is missing, until told to stop."""
        for number in range(len(self.stems)):
            if stop.is_set():
                return
            self.summary(number)

    def known(self) -> dict[int, Summary]:
        """The summaries that there are."""
        with self._lock:
            return dict(self._summaries)

    def summary(self, number: int) -> Summary:
        """A page's summary."""
        while True:
            with self._lock:
                found, turn = self._summaries.get(number), self._turn
            if found is not None:
                return found
            found = self._summarise(number)
            with self._lock:
                if turn == self._turn:  # else a run may have written it meanwhile
                    return self._summaries.setdefault(number, found)

    def _summarise(self, number: int) -> Summary:
        record = Record(self.stems[number])
        try:
            ledger, clean = record.ledger, record.clean
        except (JiaokanError, OSError) as error:
            return Summary(error=str(error))
        source = ledger.source
        decided = dict(ledger.options).get("decisions", "")
        items = items_of(ledger, clean, self.below)
        return Summary(source.sha256, source.name, items, decided)

    def open(self, number: int) -> Opened:
        """The whole page. Raises JiaokanError where it cannot be shown."""
        with self._lock:
            if number in self._opened:
                self._opened.move_to_end(number)
                return self._opened[number]
        record = Record(self.stems[number])
        view = self._view(record)
        items = items_of(record.ledger, record.clean, self.below)
        opened = Opened(record, view, Frame(view, record.ledger), items)
        with self._lock:
            self._opened[number] = opened
            while len(self._opened) > KEPT:
                self._opened.popitem(last=False)
        return opened

    def _view(self, record: Record) -> PageView:
        """The page; without its raw file, if that is gone, from clean file and ledger alone."""
        try:
            return read_page(record, self.raw, self._notes)
        except JiaokanError:
            if self.raw is None or record.json in edited_files(record)[0]:
                raise
            return read_page(record, None, self._notes)

    def forget(self, numbers: Sequence[int]) -> None:
        """Read these pages anew when they are next asked for: a run has written them."""
        with self._lock:
            self._turn += 1
            for number in numbers:
                self._opened.pop(number, None)
                self._summaries.pop(number, None)

    def learn(self) -> None:
        """The rules in force have changed: read their reasons anew."""
        self._notes = rule_notes()
