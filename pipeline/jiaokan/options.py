"""What can act on a page, as its ledger tells it."""

from jiaokan.rulebook import Rulebook
from jiaokan.rulebook.facts import NO_FACTS, PageFacts
from jiaokan.settings import Settings
from jiaokan.version import VERSION


def options_of(
    rules: Rulebook, settings: Settings, facts: PageFacts = NO_FACTS
) -> tuple[tuple[str, str], ...]:
    """What can act on a page, as it stands in its ledger."""
    return (
        ("version", VERSION),
        ("rules", rules.fingerprint),
        ("encoding", settings.encoding or ""),
        ("script", settings.script),
        ("min_confidence", str(settings.min_confidence)),
        ("neural", str(settings.neural).lower()),
        ("publication", facts.publication),
        ("date", facts.date),
    )
