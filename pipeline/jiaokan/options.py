"""All options that can act on a page, as its ledger records them: where the next run's differ, the
page is done again.
"""

from jiaokan.rulebook import Rulebook
from jiaokan.rulebook.facts import NO_FACTS, PageFacts
from jiaokan.settings import Settings
from jiaokan.version import VERSION

Options = tuple[tuple[str, str], ...]
"""(name, value) of all that can act on a page, as it stands in its ledger."""


def options_of(
    rules: Rulebook, settings: Settings, facts: PageFacts = NO_FACTS, decided: str = ""
) -> Options:
    """What can act on a page: the program's version, the rules in force on it, the settings, what
    is known about it and what is decided."""
    return (
        ("version", VERSION),
        ("rules", rules.on(facts).fingerprint),
        ("encoding", settings.encoding or ""),
        ("script", settings.script),
        ("min_confidence", str(settings.min_confidence)),
        ("neural", str(settings.neural).lower()),
        ("publication", facts.publication),
        ("date", facts.date),
        ("page_script", facts.script),
        *((("decisions", decided),) if decided else ()),
    )
