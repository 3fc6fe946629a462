"""jiaokan (校勘): raw OCR pages in; clean, separate, ordered articles and a ledger out.

>>> import jiaokan
>>> cleaned = jiaokan.clean("渡口夜航\\n\\n夜班船晚上十点开船,风大时停航.\\n")
>>> cleaned.articles[0].paragraphs
('夜班船晚上十点开船，风大时停航。',)
>>> cleaned.restore().decode()
'渡口夜航\\n\\n夜班船晚上十点开船,风大时停航.\\n'

`import jiaokan` reads nothing: what a name needs is read when it is first asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from jiaokan.version import VERSION as __version__

if TYPE_CHECKING:
    from jiaokan.api import Ran as Ran
    from jiaokan.api import clean as clean
    from jiaokan.api import load_rules as load_rules
    from jiaokan.api import run as run
    from jiaokan.article import Article as Article
    from jiaokan.article import Seam as Seam
    from jiaokan.cleaning import Cleaned as Cleaned
    from jiaokan.cleaning import clean_page as clean_page
    from jiaokan.errors import JiaokanError as JiaokanError
    from jiaokan.errors import PageError as PageError
    from jiaokan.finding import Finding as Finding
    from jiaokan.ledger import Ledger as Ledger
    from jiaokan.page import Page as Page
    from jiaokan.rulebook.facts import PageFacts as PageFacts
    from jiaokan.settings import Settings as Settings

_HOMES = {
    "Article": "jiaokan.article",
    "Cleaned": "jiaokan.cleaning",
    "Finding": "jiaokan.finding",
    "JiaokanError": "jiaokan.errors",
    "Ledger": "jiaokan.ledger",
    "Page": "jiaokan.page",
    "PageError": "jiaokan.errors",
    "PageFacts": "jiaokan.rulebook.facts",
    "Ran": "jiaokan.api",
    "Seam": "jiaokan.article",
    "Settings": "jiaokan.settings",
    "clean": "jiaokan.api",
    "clean_page": "jiaokan.cleaning",
    "load_rules": "jiaokan.api",
    "run": "jiaokan.api",
}
"""Every public name and the module that holds it."""

__all__ = [
    "Article",
    "Cleaned",
    "Finding",
    "JiaokanError",
    "Ledger",
    "Page",
    "PageError",
    "PageFacts",
    "Ran",
    "Seam",
    "Settings",
    "__version__",
    "clean",
    "clean_page",
    "load_rules",
    "run",
]


def __getattr__(name: str) -> Any:
    """A public name, from the module that holds it."""
    if name not in _HOMES:
        raise AttributeError(f"module 'jiaokan' has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
