"""What a program calls: text in, a cleaned page and its ledger out.

    jiaokan.clean(text)         text or bytes of one page
    jiaokan.clean_page(page)    the same for a Page
    jiaokan.run(raw, clean)     what the command `jiaokan run` does

All of them may be called from any number of threads.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from jiaokan.cleaning import DEFAULTS, Cleaned, clean_page
from jiaokan.page import Page
from jiaokan.rulebook import Rulebook, builtin_rules, load
from jiaokan.rulebook.facts import NO_FACTS, PageFacts
from jiaokan.settings import Settings

if TYPE_CHECKING:
    from jiaokan.records.engine import EngineName
    from jiaokan.records.run import Work
    from jiaokan.records.tables import Kind

_MOST_FAILURES = 1000


def clean(
    text: str | bytes,
    rules: Rulebook | None = None,
    settings: Settings = DEFAULTS,
    facts: PageFacts = NO_FACTS,
    *,
    name: str = "text",
) -> Cleaned:
    """Clean the text of one page; bytes are decoded first, as a file's would be.

    `name` is what the page is called in its ledger and in errors. Without `rules` the built-in ones
    are in force. Raises PageError where the bytes are no text, or a rule cannot be carried out
    safely.

    >>> cleaned = clean("天气晴朗,微风.")
    >>> cleaned.articles[0].paragraphs, len(cleaned.ledger.changes)
    (('天气晴朗，微风。',), 2)
    >>> cleaned.restore().decode()
    '天气晴朗,微风.'
    """
    if isinstance(text, str):
        return clean_page(Page.of(text, name), rules, settings, facts)
    from jiaokan.formats.decode import page_of

    return clean_page(page_of(text, name, settings.encoding), rules, settings, facts)


def load_rules(*paths: str | PathLike[str]) -> Rulebook:
    """The built-in rules, and above them those at `paths`: YAML files or folders of them.

    Load them once and pass them to every call. Raises RuleError with every fault.
    """
    return load(_paths(paths))


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run did, and what it found done."""

    pages: int
    """All that there are, those that failed included."""
    cleaned: int
    """Pages that were cleaned now; others were up to date."""
    failed: int
    characters: int
    articles: int
    changes: int
    seams: int
    findings: int
    failures: tuple[str, ...]
    """What to tell of pages that failed; of very many only the first ones."""


def run(
    raw: str | PathLike[str],
    clean: str | PathLike[str],
    rules: Rulebook | None = None,
    settings: Settings = DEFAULTS,
    *,
    to: "Kind | None" = None,
    jobs: int = 0,
    engine: "EngineName" = "local",
    text_field: str = "text",
    id_field: str = "id",
    force: bool = False,
) -> Ran:
    """Clean the pages of RAW into the folder CLEAN, as `jiaokan run RAW CLEAN` does.

    Without `to` texts become files, and records tables of their own kind. `jobs` is the number of
    workers, 0: this process does the work. With `force` pages that are up to date are done again.
    What a person edited is never overwritten. A page that fails stops no other. Raises JiaokanError
    where the run cannot be done as asked; what was done before then stays.
    """
    from jiaokan.batch.inputs import Inputs
    from jiaokan.records.origins import has_records

    book = builtin_rules() if rules is None else rules
    source, folder = Path(raw), Path(clean)
    if to is None and not has_records((str(source),), folder):
        return _run_files(source, folder, book, settings, jobs, force)
    from jiaokan.records.engine import engine_of
    from jiaokan.records.origins import kind_for, origins_of
    from jiaokan.records.record import Fields
    from jiaokan.records.run import carry_out, finish, held, prepare

    with held(folder):
        origins = origins_of(Inputs((str(source),)), folder, Fields(text_field, id_field))
        work = prepare(origins, folder, to or kind_for(origins), book, settings, force=force)
        for _ in carry_out(work, engine_of(engine, jobs)):
            pass
        finish(work)
    return _ran(work)


def _run_files(
    raw: Path, clean: Path, rules: Rulebook, settings: Settings, jobs: int, force: bool
) -> Ran:
    from jiaokan.batch.job import Way
    from jiaokan.batch.plan import plan
    from jiaokan.batch.session import Session

    session = Session(plan(raw, clean), rules, settings, jobs, Way(force=force))
    failures = [one.error for one in session.outcomes() if one.error]
    tally = session.tally
    counts = (tally.characters, tally.articles, tally.changes, tally.seams, tally.findings)
    return Ran(
        tally.pages, tally.states["done"], tally.failed, *counts, tuple(failures[:_MOST_FAILURES])
    )


def _ran(work: "Work") -> Ran:
    from jiaokan.records.part_status import total

    parts = [work.done[part.key] for part in work.parts]
    new = {part.key for part in work.todo}
    sums = total(parts)
    failures = [told for part in parts for told in part.failures]
    return Ran(
        sums.pages,
        sum(part.pages - len(part.failures) for part in parts if part.key in new),
        len(failures),
        sums.characters,
        sums.articles,
        sums.changes,
        sums.seams,
        sums.findings,
        tuple(failures[:_MOST_FAILURES]),
    )


def _paths(paths: Iterable[str | PathLike[str]]) -> tuple[Path, ...]:
    return tuple(Path(path) for path in paths)
