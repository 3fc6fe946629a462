"""How far a run is, while it runs: a bar for people, lines of JSON for programs."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from jiaokan.batch.outcome import Outcome

MANY = 5
"""From more pages than this on, a bar shows how far the run is, and a table how it went."""
_EVERY = 1.0
"""Seconds between two lines of progress for programs."""
_BAR = (4, 40)
"""Characters that the bar has, at least and at most."""


@dataclass(slots=True)
class Pace:
    """How fast the run is."""

    pages: int
    """That there are."""
    begun: float = field(default_factory=monotonic)
    done: int = 0
    size: int = 0
    """Of what was done, in bytes."""
    findings: int = 0
    failed: int = 0

    def add(self, outcome: "Outcome") -> None:
        """Count a page."""
        if outcome.state in ("gone", "pruned"):
            return
        self.done += 1
        self.size += outcome.size
        self.findings += outcome.findings
        self.failed += outcome.state == "failed"

    @property
    def seconds(self) -> float:
        """Since it began."""
        return max(monotonic() - self.begun, 1e-6)

    @property
    def left(self) -> float:
        """Seconds that are left, at the pace so far."""
        return self.seconds / self.done * (self.pages - self.done) if self.done else 0.0

    def told(self, room: int = 1_000) -> str:
        """The pace in words, as many of them as there is room for."""
        seconds = self.seconds
        words = [
            f"{self.done / seconds:,.1f} pages/s",
            f"{self.size / seconds / 1e6:,.2f} MB/s",
            f"{self.findings / seconds:,.1f} findings/s",
        ]
        while words and len(", ".join(words)) > room:
            words.pop()
        return ", ".join(words)


@contextmanager
def bar(pace: Pace, *, as_json: bool, quiet: bool) -> Iterator[Any]:
    """Something to call after each page: a bar, lines for programs, or nothing at all."""
    if quiet:
        yield lambda: None
    elif as_json:
        yield _Lines(pace).step
    elif pace.pages > MANY and sys.stderr.isatty():
        with _rich_bar(pace) as step:
            yield step
    else:
        yield lambda: None


def ended(pace: Pace, stopped: str = "") -> None:
    """The last line of progress for programs."""
    _line("end", pace, stopped)


@dataclass(slots=True)
class _Lines:
    """Progress for programs: a line of JSON on stderr every second."""

    pace: Pace
    last: float = field(default_factory=monotonic)

    def step(self) -> None:
        """A page more."""
        if monotonic() - self.last >= _EVERY:
            self.last = monotonic()
            _line("progress", self.pace)


def _line(event: str, pace: Pace, stopped: str = "") -> None:
    import orjson

    tree = {
        "event": event,
        "pages": pace.pages,
        "done": pace.done,
        "failed": pace.failed,
        "bytes": pace.size,
        "findings": pace.findings,
        "seconds": round(pace.seconds, 3),
        "left": round(pace.left, 3),
    }
    if stopped:
        tree["stopped"] = stopped
    click.echo(orjson.dumps(tree), err=True)


@contextmanager
def _rich_bar(pace: Pace) -> Iterator[Any]:
    """A bar with the pace and the time left. It has no thread of its own: workers are forked."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
    from rich.progress import TimeRemainingColumn as Left

    console, wide = Console(stderr=True), BarColumn()
    columns = (
        TextColumn("pages"),
        wide,
        MofNCompleteColumn(),
        TextColumn("{task.fields[pace]}"),
    )
    others = len(f"pages  {pace.pages}/{pace.pages}   0:00:00")

    def fitted(told: bool) -> str:
        """The pace in as many words as the terminal has room for; the bar takes what is left."""
        room = console.width - others
        words = pace.told(room - _BAR[0]) if told else ""
        wide.bar_width = max(_BAR[0], min(_BAR[1], room - len(words)))
        return words

    last = 0.0
    with Progress(*columns, Left(), console=console, auto_refresh=False) as progress:
        task = progress.add_task("", total=pace.pages, pace=fitted(False))

        def step() -> None:
            nonlocal last
            now = monotonic()
            if now - last > 0.1 or pace.done == pace.pages:
                last = now
                progress.update(task, completed=pace.done, pace=fitted(True), refresh=True)

        yield step
