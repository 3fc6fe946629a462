"""What a stage may know besides its text."""

from dataclasses import dataclass
from typing import Literal

from jiaokan.rulebook import Rulebook

Script = Literal["simplified", "traditional", "keep"]


@dataclass(frozen=True, slots=True)
class Context:
    """The same for every stage of one page."""

    script: Script | Literal["mixed"]
    """The script the page is brought to; mixed: each line to its own; keep: nothing is."""
    rules: Rulebook
    """All rules in force, compiled."""
