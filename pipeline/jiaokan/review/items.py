"""What a person should look at on a page: findings, and edits and seams that are not sure."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from jiaokan.decisions.book import PageDecisions
from jiaokan.decisions.model import RULE, Decision
from jiaokan.formats.clean_json import Clean
from jiaokan.ledger import Ledger

SEAM = "stitch.seam"
"""What a seam that is not sure is listed under."""
UNCERTAIN = "stitch.uncertain-seam"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to decide. Offsets count in the raw text."""

    kind: Literal["finding", "edit", "seam"]
    start: int
    end: int
    rule: str
    confidence: float
    """Of an edit or a seam: how sure it is; of a finding: how likely something is wrong."""
    number: int
    """Index among the page's findings, changes or seams."""
    step: int = 0
    """Of an edit: index among the change's steps."""
    choice: bool = False
    """Whether there is another reading to take."""

    @property
    def id(self) -> str:
        """What the browser calls it."""
        return f"{self.kind}-{self.number}-{self.step}-{self.start}-{self.end}"


def items_of(ledger: Ledger, clean: Clean, below: float) -> tuple[Item, ...]:
    """The page's items in raw order: every finding, and edits and seams less sure than `below`."""
    found = [*_findings(clean), *_edits(ledger, below), *_seams(clean, below)]
    return tuple(sorted(found, key=lambda item: (item.start, item.end, item.kind, item.number)))


def _findings(clean: Clean) -> Iterator[Item]:
    for number, one in enumerate(clean.findings):
        choice = bool(one.alternatives)
        yield Item("finding", one.start, one.end, one.rule, one.confidence, number, choice=choice)


def _edits(ledger: Ledger, below: float) -> Iterator[Item]:
    for number, change in enumerate(ledger.changes):
        for index, step in enumerate(change.steps):
            if step.confidence < below and step.rule != RULE:
                yield Item(
                    "edit", change.start, change.end, step.rule, step.confidence, number, index
                )


def _seams(clean: Clean, below: float) -> Iterator[Item]:
    told = {one.start for one in clean.findings if one.rule == UNCERTAIN}
    for number, seam in enumerate(clean.seams):
        if seam.confidence < below and seam.right not in told:
            yield Item("seam", seam.right, seam.right + 1, SEAM, seam.confidence, number)


def decided(item: Item, decisions: PageDecisions) -> Decision | None:
    """The decision that settles an item; None while it is open."""
    for one in decisions.decisions:
        match one.do:
            case "edit":
                settles = item.kind != "seam" and one.covers(item.start, item.end)
            case "seam":
                placed = item.kind == "seam" or item.rule.startswith("stitch.")
                settles = placed and one.start <= item.start < one.end
                settles = settles and (item.start == one.start or item.rule != UNCERTAIN)
                settles = settles and (item.start == one.start or item.kind != "seam")
            case _:
                settles = one.rule == item.rule and one.covers(item.start, item.end)
        if settles:
            return one
    return None
