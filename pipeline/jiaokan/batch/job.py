"""What a worker does with one raw file: read, process, write, and say what became of it."""

import traceback
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from jiaokan.batch.facts import Finder
from jiaokan.batch.outcome import Outcome, said
from jiaokan.batch.process import Result, files_of, process
from jiaokan.batch.source import Source
from jiaokan.errors import PageError
from jiaokan.formats.atomic import write_if_changed
from jiaokan.formats.decode import read_page
from jiaokan.rulebook import Rulebook
from jiaokan.settings import Settings


@dataclass(frozen=True)
class PageJob:
    """Raw files to clean files. A worker gets it once, and then one source after another."""

    clean: Path
    rules: Rulebook
    settings: Settings

    def __call__(self, source: Source) -> Outcome:
        """What became of the page; a mistake of ours on one page must not stop the others."""
        try:
            return self._done(source)
        except Exception as error:
            return Outcome(
                source,
                said(error, source.name),
                state="failed",
                traceback=traceback.format_exc(),
            )

    @cached_property
    def _finder(self) -> Finder:
        return Finder(self.settings)

    def _done(self, source: Source) -> Outcome:
        _check_name(source)
        facts = self._finder.facts(source)
        page = read_page(source.path, source.name, self.settings.encoding)
        result = process(page, self.rules, self.settings, facts)
        arrangement = result.cleaned.arrangement
        return Outcome(
            source,
            "",
            page.decoding.encoding,
            page.decoding.confidence,
            len(page.text),
            len(arrangement.articles),
            sum(len(change.steps) for change in result.cleaned.trace.changes),
            len(arrangement.seams),
            len(result.cleaned.findings),
            self._write(source, result),
            size=len(page.data),
        )

    def _write(self, source: Source, result: Result) -> int:
        """Write a page's files, the ledger last; how many had changed."""
        files = files_of(result, source)
        target = (self.clean / files[-1][0]).parent
        if not target.resolve().is_relative_to(self.clean.resolve()):
            raise PageError(f"{target} leads out of the clean folder", where=source.name)
        target.mkdir(parents=True, exist_ok=True)
        return sum(write_if_changed(self.clean / name, data) for name, data in files)


def _check_name(source: Source) -> None:
    try:
        source.name.encode()
    except UnicodeEncodeError as error:
        shown = source.name.encode("utf-8", "backslashreplace").decode()
        raise PageError("the file's name is no valid Unicode", where=shown) from error
