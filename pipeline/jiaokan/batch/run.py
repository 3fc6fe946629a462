"""Pages cleaned and written, one after another; one that fails stops no other."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path, PurePosixPath

from jiaokan.batch.facts import Finder
from jiaokan.batch.plan import Plan, Source
from jiaokan.cleaning import Cleaned, clean_page
from jiaokan.errors import JiaokanError, PageError
from jiaokan.formats.atomic import write_if_changed
from jiaokan.formats.clean_json import clean_of, write_clean
from jiaokan.formats.decode import doubt, read_page
from jiaokan.formats.ledger_json import write_ledger
from jiaokan.formats.markdown import write_markdown
from jiaokan.rulebook import Rulebook
from jiaokan.settings import Settings


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one page."""

    source: Source
    error: str = ""
    """Why it failed; empty where it did not."""
    encoding: str = ""
    encoding_confidence: float = 0.0
    characters: int = 0
    articles: int = 0
    changes: int = 0
    seams: int = 0
    findings: int = 0
    written: int = 0
    """How many files were new or had changed."""
    cause: Exception | None = field(default=None, repr=False, compare=False)


def run(plan: Plan, rules: Rulebook, settings: Settings) -> Iterator[Outcome]:
    """Clean the planned pages one by one, and write what they give.

    Raises JiaokanError where the clean folder cannot be made at all.
    """
    try:
        plan.clean.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        what = f"cannot be made: {error.strerror}"
        raise JiaokanError(what, where=str(plan.clean)) from error
    finder = Finder(settings)
    for source in plan.sources:
        try:
            yield _one(source, plan.clean, rules, settings, finder)
        except Exception as error:  # a mistake of ours on one page must not stop the others
            yield Outcome(source, _said(error, source), cause=error)


def _one(
    source: Source, folder: Path, rules: Rulebook, settings: Settings, finder: Finder
) -> Outcome:
    _check_name(source)
    facts = finder.facts(source)
    page = read_page(source.path, source.name, settings.encoding)
    cleaned = clean_page(page, rules, settings, facts)
    if unsure := doubt(page):
        cleaned = replace(cleaned, findings=(unsure, *cleaned.findings))
    arrangement = cleaned.arrangement
    return Outcome(
        source,
        "",
        page.decoding.encoding,
        page.decoding.confidence,
        len(page.text),
        len(arrangement.articles),
        sum(len(change.steps) for change in cleaned.trace.changes),
        len(arrangement.seams),
        len(cleaned.findings),
        _write(source, cleaned, folder),
    )


def _write(source: Source, cleaned: Cleaned, folder: Path) -> int:
    """Write a page's files, the ledger last; how many had changed."""
    *names, ledger_name = source.outputs
    contents = [write_clean(clean_of(cleaned)), write_markdown(cleaned.arrangement.articles)]
    outputs = tuple(
        (PurePosixPath(name).name, sha256(data).hexdigest())
        for name, data in zip(names, contents, strict=True)
    )
    ledger = replace(cleaned.ledger, outputs=outputs)
    target = (folder / ledger_name).parent
    if not target.resolve().is_relative_to(folder.resolve()):
        raise PageError(f"{target} leads out of the clean folder", where=source.name)
    target.mkdir(parents=True, exist_ok=True)
    files = zip((*names, ledger_name), (*contents, write_ledger(ledger)), strict=True)
    return sum(write_if_changed(folder / name, data) for name, data in files)


def _said(error: Exception, source: Source) -> str:
    """What to tell a user about a page that failed; it names the page."""
    name = source.name
    if isinstance(error, JiaokanError):
        return str(error) if error.where.startswith(name) else f"{name}: {error}"
    if isinstance(error, OSError):
        return f"{name}: {error.strerror or error}: {error.filename or 'clean files'}"
    return f"{name}: a mistake in jiaokan: {type(error).__name__}: {error}"


def _check_name(source: Source) -> None:
    try:
        source.name.encode()
    except UnicodeEncodeError as error:
        shown = source.name.encode("utf-8", "backslashreplace").decode()
        raise PageError("the file's name is no valid Unicode", where=shown) from error
