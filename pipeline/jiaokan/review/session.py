"""A review session: pages, the decision file, and what to run again.

Each decision is in the file before the answer says so. What was decided in one go is taken back
in one go.
"""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from jiaokan.decisions import Decisions, load
from jiaokan.decisions.file import DecisionFile, appended, open_file, undone
from jiaokan.decisions.model import Decision
from jiaokan.errors import JiaokanError
from jiaokan.review.items import Item, decided
from jiaokan.review.pages import Opened, Pages, Summary
from jiaokan.review.requests import about_rule, decision_on, move


@dataclass
class Desk:
    """The state of a session. Every method may be called from any thread."""

    pages: Pages
    file: Path
    """The decision file that is written."""
    others: tuple[Path, ...] = ()
    """More decision files and folders that are in force."""
    who: str = ""
    ruled: set[int] = field(default_factory=set)
    """Pages on which a rule that was added makes a difference."""
    _actions: list[int] = field(default_factory=list)
    """How many decisions each action of this session made."""
    _lock: threading.RLock = field(default_factory=threading.RLock)
    _open: DecisionFile | None = None
    _all: Decisions = field(default_factory=Decisions)
    _last: str = ""

    def start(self) -> None:
        """Read pages and decisions. Raises JiaokanError."""
        self.pages.find()
        self._read()

    def decisions(self) -> Decisions:
        """All that are in force."""
        return self._all

    def decide(self, number: int, wish: Mapping[str, Any]) -> Decision:
        """Write down what was asked for about a page. Raises JiaokanError."""
        with self._lock:
            page = self.pages.open(number)
            made = self._made(page, wish)
            self._append([replace(made, who=self.who, when=self._now())])
            return made

    def undo(self) -> tuple[Decision, ...]:
        """Take the last action back, or the file's last decision. Raises JiaokanError."""
        with self._lock:
            file = self._fresh()
            if not file.known:
                raise JiaokanError("there is nothing to take back")
            count = min(self._actions.pop() if self._actions else 1, len(file.known))
            gone = file.decisions[-count:]
            self._open = undone(file, count)
            self._read()
            return gone

    def left(self, number: int, summary: Summary) -> int:
        """How many of a page's items are not decided."""
        own = self._all.on(summary.sha256)
        return sum(decided(item, own) is None for item in summary.items)

    def waiting(self) -> list[int]:
        """Pages whose clean files do not yet say what was decided, as far as pages were read."""
        found: list[int] = []
        for number, summary in sorted(self.pages.known().items()):
            own = self._all.on(summary.sha256) if summary.sha256 else None
            if number in self.ruled or (own and own.fingerprint != summary.decided):
                found.append(number)
        return found

    def ran(self, numbers: Sequence[int]) -> None:
        """These pages were run again."""
        with self._lock:
            self.ruled.difference_update(numbers)
            self.pages.forget(numbers)
            for number in numbers:
                self.pages.summary(number)

    def _made(self, page: Opened, wish: Mapping[str, Any]) -> Decision:
        if wish.get("what") == "move":
            return move(wish, page.view, page.frame)
        item = _item(page.items, wish)
        if wish.get("what") == "rule":
            return about_rule(item, wish, page.view)
        if wish.get("what") == "item":
            return decision_on(item, wish, page)
        raise JiaokanError("says not what is decided about")

    def _append(self, made: Sequence[Decision]) -> None:
        self._open = appended(self._fresh(), made)
        self._actions.append(len(made))
        self._read()

    def _fresh(self) -> DecisionFile:
        """The file as it is now; someone may have written to it meanwhile."""
        if self._open is None or _bytes(self.file) != self._open.data:
            self._open = open_file(self.file)
            self._actions.clear()
        return self._open

    def _read(self) -> None:
        own = self._fresh().known
        others = tuple(path for path in self.others if path.resolve() != self.file.resolve())
        self._all = Decisions((*load(others).known, *own))

    def _now(self) -> str:
        """The time, later than the last one that was given."""
        now = datetime.now(UTC)
        said = f"{now:%Y-%m-%dT%H:%M:%S}.{now.microsecond:06}Z"
        self._last = max(said, self._last)
        if self._last != said:
            base, micro = self._last[:-1].split(".")
            self._last = f"{base}.{int(micro) + 1:06}Z"
        return self._last


def _item(items: Sequence[Item], wish: Mapping[str, Any]) -> Item:
    for item in items:
        if item.id == wish.get("item"):
            return item
    raise JiaokanError(
        "this is no longer on the page", hint="the page was run again meanwhile: open it again"
    )


def _bytes(path: Path) -> bytes:
    return path.read_bytes() if path.exists() else b""
