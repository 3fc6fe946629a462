"""What a stage proposes for a page: edits and findings.

Most stages yield them one by one. One that has hundreds of edits on a page gives `Proposals`, in
which those that are alike stand in columns.
"""

from collections.abc import Iterable, Iterator, Sequence

from jiaokan.edit import Columns, Edit, in_columns, no_edits
from jiaokan.finding import Finding


class Proposals(Iterable[Edit | Finding]):
    """Edits in columns, and others; whoever wants them one by one has them so."""

    def __init__(self, columns: Columns, others: Sequence[Edit | Finding]) -> None:
        self.columns = columns
        self.others = others

    def __iter__(self) -> Iterator[Edit | Finding]:
        yield from self.columns.edits()
        yield from self.others


def parted(proposed: Iterable[Edit | Finding], text: str) -> tuple[Columns, list[Finding]]:
    """The edits, in text order, and the findings."""
    columns = proposed.columns if isinstance(proposed, Proposals) else no_edits()
    others = proposed.others if isinstance(proposed, Proposals) else list(proposed)
    if not others:
        return columns, []
    edits = in_columns((item for item in others if isinstance(item, Edit)), text)
    return columns + edits, [item for item in others if isinstance(item, Finding)]
