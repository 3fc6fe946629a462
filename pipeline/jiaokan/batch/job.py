"""What a worker does with one raw file: read, process, write, and say what became of it."""

import errno
import traceback
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Any

from jiaokan.batch.area import Area, recover, unwritable
from jiaokan.batch.facts import Finder
from jiaokan.batch.outcome import Outcome, said
from jiaokan.batch.process import Result, decided_on, files_of, process
from jiaokan.batch.sink import put, take_away
from jiaokan.batch.source import USUAL, Source
from jiaokan.batch.up_to_date import Standing, reasons, standing
from jiaokan.decisions.book import NO_DECISIONS, Decisions
from jiaokan.errors import JiaokanError, PageError
from jiaokan.formats.decode import page_of
from jiaokan.formats.ledger_head import Head
from jiaokan.options import Options, options_of
from jiaokan.rulebook import Rulebook
from jiaokan.rulebook.facts import PageFacts
from jiaokan.settings import Settings

_SAMPLE = """\
渡口夜航

夜班船晚上十点开船，风大时停航。

（作者单位：江城航运局）
"""
_HOPELESS = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)


@dataclass(frozen=True, slots=True)
class Way:
    """How a run goes about its pages. Nothing of it changes what a page becomes."""

    force: bool = False
    """Do pages that are up to date, too."""
    overwrite_edited: bool = False
    """Write over what a person edited."""
    only: frozenset[str] | None = None
    """Compare these pages alone; others that were ever done are taken as they are. None: all."""
    dry: bool = False
    """Say what would be done, and do nothing."""
    formats: tuple[str, ...] = USUAL
    """What is written of each page beside JSON and ledger."""


SAFELY = Way()


@dataclass(frozen=True)
class PageJob:
    """Raw files to clean files. A worker gets it once, and then one source after another."""

    area: Area
    rules: Rulebook
    settings: Settings
    way: Way = SAFELY
    decisions: Decisions = NO_DECISIONS

    def __call__(self, source: Source) -> Outcome:
        """What became of the page; a mistake of ours on one page must not stop the others."""
        source = replace(source, formats=self.way.formats)
        try:
            return self._done(source)
        except Exception as error:
            return Outcome(
                source,
                said(error, source.name),
                state="failed",
                traceback=traceback.format_exc(),
            )

    def warm(self) -> None:
        """Load and compile what every page needs, so that forked workers share it.

        The network is left out: it has threads of its own, and not every page asks it.
        """
        page = page_of(_SAMPLE.encode(), "sample")
        with suppress(PageError):
            process(page, self.rules, replace(self.settings, neural=False))

    @cached_property
    def _finder(self) -> Finder:
        return Finder(self.settings)

    def _done(self, source: Source) -> Outcome:
        _check_name(source)
        if self.way.only is not None and source.name not in self.way.only:
            found = standing(self.area.clean, source)
            if found.head:
                return replace(_kept(source, found, found.head), why="it had not failed")
        facts = self._finder.facts(source)
        data = source.read()
        if not self.way.dry:
            recover(self.area.clean, self.area.pending(source))
        found = standing(self.area.clean, source)
        digest = sha256(data).hexdigest()
        why = ", ".join(reasons(found, digest, self._options(found, facts, digest)))
        if self.way.overwrite_edited:
            why = why or _hands(found)
        if found.head and not why and not self.way.force:
            return _kept(source, found, found.head)
        why = why or "it was asked for (--force)"
        if not self.way.overwrite_edited and (hands := _hands(found)):
            return _blocked(source, found, f"{why}, but {hands}", len(data))
        if self.way.dry:
            return Outcome(source, state="due", why=why, size=len(data))
        if error := self._closed():
            return Outcome(source, said(error, source.name), state="failed", hopeless=True)
        page = page_of(data, source.name, self.settings.encoding)
        result = process(page, self.rules, self.settings, facts, self.decisions)
        return self._write(result, source, found, why)

    def _closed(self) -> JiaokanError | None:
        """What to say where nothing can be written at all; no page is cleaned to find that out."""
        try:
            self.area.work.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            return unwritable(self.area, error)
        return None

    def _options(self, found: Standing, facts: PageFacts, digest: str) -> Options:
        """All that can act on the page now, its script taken from the ledger: it hangs on the
        bytes, the script that is asked for and the version, which are compared, too."""
        script: Any = dict(found.head.options).get("page_script", "") if found.head else ""
        known = replace(facts, script=script)
        return options_of(self.rules, self.settings, known, decided_on(digest, self.decisions))

    def _write(self, result: Result, source: Source, found: Standing, why: str) -> Outcome:
        files = files_of(result, source)
        if found.head is None and not self.way.overwrite_edited:
            strange = [
                PurePosixPath(name).name
                for name, data in files[:-1]
                if found.digest(name) not in ("", sha256(data).hexdigest())
            ]
            if strange:
                why = f"{why}, but {' and '.join(strange)} was not written by a run"
                return _blocked(source, found, why, len(result.page.data))
        outcome = _counted(result, source, why, sha256(files[-1][1]).hexdigest())
        try:
            written = put(self.area, source, files, found)
            take_away(self.area, source, found)
            return replace(outcome, written=written)
        except OSError as error:
            hopeless = error.errno in _HOPELESS
            return Outcome(
                source,
                said(unwritable(self.area, error) if hopeless else error, source.name),
                state="failed",
                hopeless=hopeless,
                traceback=traceback.format_exc(),
            )


def _hands(found: Standing) -> str:
    """What a person did to the clean files; empty where nobody did."""
    if edited := found.edited:
        return f"{' and '.join(edited)} was edited"
    return f"edits of {found.reverted} were taken out by hand" if found.reverted else ""


def _kept(source: Source, found: Standing, head: Head) -> Outcome:
    edited = found.edited
    return Outcome(
        source,
        "",
        head.encoding,
        head.encoding_confidence,
        head.length,
        head.articles,
        sum(count for _, count in head.rules),
        head.seams,
        head.findings,
        state="edited" if edited else "kept",
        why=f"{' and '.join(edited)} was edited, and stays" if edited else "it is up to date",
        size=head.size,
        rules=head.rules,
        digest=found.digests[-1],
    )


def _blocked(source: Source, found: Standing, why: str, size: int) -> Outcome:
    if found.head:
        return replace(_kept(source, found, found.head), state="blocked", why=why)
    return Outcome(source, state="blocked", why=why, size=size)


def _counted(result: Result, source: Source, why: str, digest: str) -> Outcome:
    page, cleaned = result.page, result.cleaned
    steps = cleaned.trace.kept.by_rule()
    return Outcome(
        source,
        "",
        page.decoding.encoding,
        page.decoding.confidence,
        len(page.text),
        len(cleaned.arrangement.articles),
        steps.total(),
        len(cleaned.arrangement.seams),
        len(cleaned.findings),
        why=why,
        size=len(page.data),
        rules=tuple(sorted(steps.items())),
        digest=digest,
    )


def _check_name(source: Source) -> None:
    try:
        source.name.encode()
    except UnicodeEncodeError as error:
        shown = source.name.encode("utf-8", "backslashreplace").decode()
        raise PageError("the file's name is no valid Unicode", where=shown) from error
