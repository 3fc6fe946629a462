"""What a worker does with one raw file: read, process, write, and say what became of it."""

import errno
import traceback
from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Any

from jiaokan.batch.area import Area, recover
from jiaokan.batch.facts import Finder
from jiaokan.batch.outcome import Outcome, said
from jiaokan.batch.process import Options, Result, files_of, options_of, process
from jiaokan.batch.sink import put
from jiaokan.batch.source import Source
from jiaokan.batch.standing import Standing, reasons, standing
from jiaokan.errors import PageError
from jiaokan.formats.decode import page_of, read_bytes
from jiaokan.formats.ledger_head import Head
from jiaokan.rulebook import Rulebook
from jiaokan.rulebook.facts import PageFacts
from jiaokan.settings import Settings

_HOPELESS = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)


@dataclass(frozen=True, slots=True)
class Way:
    """How a run goes about its pages. Nothing of it changes what a page becomes."""

    force: bool = False
    """Do pages that are up to date, too."""
    overwrite_edited: bool = False
    """Write over what a person edited."""


SAFELY = Way()


@dataclass(frozen=True)
class PageJob:
    """Raw files to clean files. A worker gets it once, and then one source after another."""

    area: Area
    rules: Rulebook
    settings: Settings
    way: Way = SAFELY

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
        data = read_bytes(source.path, source.name)
        recover(self.area.clean, self.area.pending(source))
        found = standing(self.area.clean, source)
        why = ", ".join(reasons(found, sha256(data).hexdigest(), self._options(found, facts)))
        if found.head and not why and not self.way.force:
            return _kept(source, found, found.head)
        why = why or "it was asked for (--force)"
        if not self.way.overwrite_edited and (hands := _hands(found)):
            return _blocked(source, found, f"{why}, but {hands}", len(data))
        return self._write(
            process(
                page_of(data, source.name, self.settings.encoding), self.rules, self.settings, facts
            ),
            source,
            found,
            why,
        )

    def _options(self, found: Standing, facts: PageFacts) -> Options:
        """All that can act on the page now, its script taken from the ledger: it hangs on the
        bytes, the script that is asked for and the version, which are compared, too."""
        script: Any = dict(found.head.options).get("page_script", "") if found.head else ""
        return options_of(self.rules, self.settings, replace(facts, script=script))

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
            return replace(outcome, written=put(self.area, source, files, found))
        except OSError as error:
            return Outcome(
                source,
                said(error, source.name),
                state="failed",
                hopeless=error.errno in _HOPELESS,
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
    steps = Counter(step.rule for change in cleaned.trace.changes for step in change.steps)
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
