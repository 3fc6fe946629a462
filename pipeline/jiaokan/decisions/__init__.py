"""What people decided about pages, kept in plain YAML files so that each run repeats it."""

from jiaokan.decisions.book import NO_DECISIONS, Decisions, PageDecisions
from jiaokan.decisions.load import load

__all__ = ["NO_DECISIONS", "Decisions", "PageDecisions", "load"]
