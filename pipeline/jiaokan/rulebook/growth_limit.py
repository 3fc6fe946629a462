"""Rules may not make a page more than GROWTH times as long: not one of them, nor all together."""

from collections.abc import Iterable

from jiaokan.edit import Edit
from jiaokan.errors import PageError

GROWTH = 4
ALWAYS = 64
"""Characters that rules may add to any page, however small."""


class Growth:
    """What each rule would add to a text; it stops a rule before the text is made."""

    def __init__(self, size: int, most: int | None = None) -> None:
        self._most = (GROWTH - 1) * size + ALWAYS if most is None else most
        self._added: dict[str, int] = {}

    def add(self, rule: str, characters: int) -> None:
        """The rule adds so many (or takes some away). Raises PageError where that is too much."""
        added = self._added.get(rule, 0) + characters
        self._added[rule] = added
        if added > self._most:
            raise PageError(
                f"rule {rule!r} would make the page more than {GROWTH} times as long",
                hint="Mend the rule, or switch it off.",
            )

    def check(self) -> None:
        """Raise PageError where all together add too much."""
        if sum(self._added.values()) > self._most:
            worst = max(sorted(self._added), key=lambda rule: self._added[rule])
            raise PageError(
                f"the rules together would make the page more than {GROWTH} times as long; "
                f"most of it comes from rule {worst!r}",
                hint="Mend that rule, or switch it off.",
            )


def check_growth(edits: Iterable[Edit], size: int, most: int | None = None) -> None:
    """Raise PageError where the edits would make a text of that size too long.

    `most` is how many characters they may add, where that is not told by the size.
    """
    growth = Growth(size, most)
    for edit in edits:
        growth.add(edit.rule, len(edit.new) - (edit.end - edit.start))
    growth.check()
