"""What a pattern rule puts in the place of a match: texts and groups."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from jiaokan.rulebook.regexes import Match

_REFERENCE = re.compile(r"\\(?:g<([^>]*)>|(.?))", re.DOTALL)


class Template(NamedTuple):
    """A replacement: texts and, between them, groups of the match."""

    parts: tuple[tuple[str, str | int | None], ...]
    """(text, group that follows it)."""

    @property
    def plain(self) -> str | None:
        """The replacement where it is the same for every match."""
        return self.parts[0][0] if len(self.parts) == 1 else None

    def filled(self, match: Match) -> str:
        """The replacement for a match; a group that took no part is empty."""
        return "".join(
            text if group is None else text + (match.group(group) or "")
            for text, group in self.parts
        )

    def length(self, match: Match) -> int:
        """How long the replacement for a match is."""
        return sum(
            len(text) if group is None else len(text) + len(match.group(group) or "")
            for text, group in self.parts
        )


def template(replace: str, groups: Mapping[str, int], count: int) -> Template:
    r"""The template of a `replace` key. Raises ValueError.

    >>> template(r"\g<a>。", {"a": 1}, 1).parts
    (('', 'a'), ('。', None))
    """
    parts: list[tuple[str, str | int | None]] = []
    text, last = "", 0
    for found in _REFERENCE.finditer(replace):
        text += replace[last : found.start()]
        last = found.end()
        name, escaped = found.groups()
        if name is None:
            if escaped not in ("\\", "n", "t"):
                raise ValueError(f"\\{escaped} is no group; write \\g<name>, and \\\\ for \\")
            text += {"n": "\n", "t": "\t"}.get(escaped, escaped)
            continue
        group = int(name) if name.isdecimal() else name
        if group not in groups and not (isinstance(group, int) and group <= count):
            raise ValueError(f"the pattern has no group {name!r}")
        parts.append((text, group))
        text = ""
    parts.append((text + replace[last:], None))
    return Template(tuple(parts))
