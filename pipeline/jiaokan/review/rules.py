"""A correction made into a rule: tried, its impact shown, and only then written."""

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from jiaokan.curation.add import Added, added, write
from jiaokan.curation.add_entry import Asked
from jiaokan.errors import JiaokanError
from jiaokan.review.jobs import Job
from jiaokan.review.requests import wish_text
from jiaokan.review.session import Desk
from jiaokan.settings import Settings

SHOWN = 200
"""Places of an impact that the browser is told."""


@dataclass
class Rules:
    """Rules that were tried in this session and may be written."""

    file: Path
    """The workspace's rule file."""
    more: tuple[Path, ...] = ()
    """More rules that are in force."""
    _tried: dict[str, Added] = field(default_factory=dict)
    _pages: dict[str, set[int]] = field(default_factory=dict)

    def paths(self) -> tuple[Path, ...]:
        """The rules in force."""
        from jiaokan.cli.workspace import rule_paths

        return rule_paths(self.more)

    def asked(self, wish: Mapping[str, Any]) -> Added:
        """The rule that was asked for, tried on its examples. Raises JiaokanError."""
        wrong, right = wish_text(wish, "wrong"), wish_text(wish, "right")
        raw = wish_text(wish, "raw") or wrong
        clean = wish_text(wish, "clean") or raw.replace(wrong, right)
        unchanged = tuple(line for line in wish_text(wish, "unchanged").split("\n") if line)
        asked = Asked(
            kind="literal",
            level="suggest" if wish.get("level") == "suggest" else "",
            id=wish_text(wish, "id"),
            reason=wish_text(wish, "reason"),
            pairs=((wrong, right),) if wrong else (),
            examples=((raw, clean),) if raw else (),
            unchanged=unchanged,
        )
        return added(asked, self.file, self.paths())

    def impact(self, made: Added, desk: Desk, job: Job) -> Iterator[None]:
        """What it would do to the batch's raw pages; yields after each."""
        from jiaokan.batch.plan import plan
        from jiaokan.curation.impact import Impact, impact
        from jiaokan.curation.impact_books import compared
        from jiaokan.curation.impact_model import ACTS, as_row

        if desk.pages.raw is None:
            raise JiaokanError(
                "what a rule does is seen on raw pages", hint="start the review with --raw RAW"
            )
        sources = tuple(plan(desk.pages.raw, desk.pages.folder).sources)
        job.total = len(sources)
        found = Impact()
        try:
            with TemporaryDirectory() as folder:
                file = Path(folder, "tried.yaml")
                file.write_text(made.entry, "utf-8")
                books = compared(str(file), self.paths())
                for _ in impact(found, books, sources, Settings(), desk.pages.folder):
                    yield
            places = [place for place in found.places() if place.what in ACTS]
            places.sort(key=lambda place: not place.breaks)
            files = {place.file for place in places}
            key = secrets.token_hex(8)
            self._tried[key] = made
            names = {str(source.path): source.name for source in sources}
            self._pages[key] = _numbers(desk, {names[file] for file in files if file in names})
            job.result = {
                "key": key,
                "id": made.id,
                "entry": made.entry,
                "file": str(made.file),
                "pages": found.pages,
                "places": len(places),
                "files": len(files),
                "breaks": sum(place.breaks for place in places),
                "failed": found.failed[:20],
                "shown": [as_row(place) for place in places[:SHOWN]],
            }
        finally:
            found.close()

    def add(self, key: str, desk: Desk) -> str:
        """Write a rule that was tried; its id. Raises JiaokanError."""
        made = self._tried.pop(key, None)
        if made is None:
            raise JiaokanError("this rule was not tried", hint="see what it does first")
        write(made)
        desk.ruled |= self._pages.pop(key, set())
        desk.pages.learn()
        return made.id


def _numbers(desk: Desk, names: set[str]) -> set[int]:
    count = range(len(desk.pages.stems))
    return {number for number in count if desk.pages.summary(number).name in names}
