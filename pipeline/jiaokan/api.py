"""What a program calls: text in, a cleaned page and its ledger out.

    jiaokan.clean(text)         text or bytes of one page
    jiaokan.clean_page(page)    the same for a Page
    jiaokan.run(raw, clean)     what the command `jiaokan run` does

All of them may be called from any number of threads.
"""

from collections.abc import Iterable
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from jiaokan.cleaning import DEFAULTS, Cleaned, clean_page
from jiaokan.page import Page
from jiaokan.rulebook import Rulebook, builtin_rules, load
from jiaokan.rulebook.facts import NO_FACTS, PageFacts
from jiaokan.settings import Settings

if TYPE_CHECKING:
    from jiaokan.batch.run import Outcome


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


def run(
    raw: str | PathLike[str],
    clean: str | PathLike[str],
    rules: Rulebook | None = None,
    settings: Settings = DEFAULTS,
) -> "tuple[Outcome, ...]":
    """Clean the pages of RAW into the folder CLEAN; what became of each.

    A page that fails stops no other: its outcome has the `error`. Raises JiaokanError where the run
    cannot be done as asked.
    """
    from jiaokan.batch.plan import plan
    from jiaokan.batch.run import run as outcomes

    book = builtin_rules() if rules is None else rules
    return tuple(outcomes(plan(Path(raw), Path(clean)), book, settings))


def _paths(paths: Iterable[str | PathLike[str]]) -> tuple[Path, ...]:
    return tuple(Path(path) for path in paths)
