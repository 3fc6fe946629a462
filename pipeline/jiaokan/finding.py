"""A finding: something doubtful that was left as it stands."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Alternative:
    """What might stand there instead."""

    text: str
    """The reading, or the place, in words a person understands."""
    confidence: float
    """0 to 1."""
    evidence: str = ""
    """What speaks for it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A place that a person should look at."""

    start: int
    """First character. A stage counts in its input text; in results it is the raw text."""
    end: int
    """One past the last."""
    rule: str
    """Id of the rule or check that found it."""
    text: str
    """What stands there."""
    message: str
    """What is doubtful about it, in a sentence."""
    confidence: float = 0.5
    """How likely it is that something is wrong there, 0 to 1."""
    alternatives: tuple[Alternative, ...] = ()
    """Best first."""
