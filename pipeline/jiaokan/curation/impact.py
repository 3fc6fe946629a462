"""What rules would do to a batch: every place, what is against it, and how often.

Pages are read one after another, and the places go to a file on the disk: memory does not grow
with the batch. What one place says about another is told when the places are read back.
"""

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path
from typing import IO

from jiaokan.batch.facts import Finder
from jiaokan.batch.source import Source
from jiaokan.curation.impact_books import Compared
from jiaokan.curation.impact_evidence import weighed
from jiaokan.curation.impact_hand import by_hand
from jiaokan.curation.impact_model import ACTS, Place, as_row, from_row
from jiaokan.curation.impact_page import Readers, places
from jiaokan.errors import JiaokanError
from jiaokan.formats.decode import read_page
from jiaokan.rulebook.facts import PageFacts, in_force
from jiaokan.rulebook.rule import Rule
from jiaokan.settings import Settings

_REMEMBERED = 20_000
"""Wordings that are remembered from one place to another."""
_OFTEN = 3
"""Files in which the same wording must stand to be told from a misreading."""
_UNDECIDED = 2.0
"""Bits below which the language model does not speak for a change."""
_NEAR = 2


@dataclass(slots=True)
class Wording:
    """One wording of the batch that the rules act on."""

    places: int = 0
    files: int = 0
    last: str = ""
    """The file it was last seen in."""


@dataclass
class Impact:
    """What was found. The places lie on the disk until it is closed."""

    pages: int = 0
    elsewhere: int = 0
    """Pages on which none of the rules is in force, by their publication and date."""
    failed: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    """What happens -> how many places."""
    _spool: IO[bytes] = field(default_factory=tempfile.TemporaryFile)
    _right: dict[tuple[str, ...], str] = field(default_factory=dict)
    """Wording -> the place where it was first found to be right."""
    _wordings: dict[tuple[str, ...], Wording] = field(default_factory=dict)

    def add(self, found: Sequence[Place]) -> None:
        """Note the places of a page."""
        import orjson

        for place in found:
            self.counts[place.what] = self.counts.get(place.what, 0) + 1
            self._remember(place)
            self._spool.write(orjson.dumps(as_row(place), option=orjson.OPT_APPEND_NEWLINE))

    def places(self) -> Iterator[Place]:
        """Every place in the order of the batch, with what the others say about it."""
        import orjson

        self._spool.seek(0)
        for line in self._spool:
            yield self._judged(from_row(orjson.loads(line)))

    def files(self) -> Iterator[tuple[str, int, int]]:
        """(file, places where the rules make a difference, those that would break what is right)
        of each file that has any."""
        for file, group in groupby(self.places(), key=lambda place: place.file):
            acts = breaks = 0
            for place in group:
                acts += place.what in ACTS
                breaks += place.breaks
            yield file, acts, breaks

    def close(self) -> None:
        """Forget the places."""
        self._spool.close()

    def _remember(self, place: Place) -> None:
        if place.what not in ACTS:
            return
        if place.breaks and len(self._right) < _REMEMBERED:
            self._right.setdefault(place.key, f"{place.file}:{place.line}:{place.column}")
        wide = _wide(place)
        known = self._wordings.get(wide)
        if known is None:
            if len(self._wordings) >= _REMEMBERED:
                return
            known = self._wordings[wide] = Wording()
        known.places += 1
        known.files += known.last != place.file
        known.last = place.file

    def _judged(self, place: Place) -> Place:
        if place.what not in ACTS or place.breaks:
            return place
        against: list[str] = []
        if where := self._right.get(place.key):
            against.append(f"the same wording is right in {where}")
        known = self._wordings.get(_wide(place), Wording())
        if (
            place.what in ("changes", "reports")
            and known.files >= _OFTEN
            and place.gain < _UNDECIDED
        ):
            against.append(
                f"the same wording stands in {known.places} places of {known.files} files, "
                f"and the model does not speak for the change ({place.gain:+.1f} bits)"
            )
        return replace(place, against=tuple(against)) if against else place


def _wide(place: Place) -> tuple[str, ...]:
    left, right = place.left[-_NEAR:], place.right[:_NEAR]
    return place.rule, left, place.old, place.new, right, place.text


def impact(
    found: Impact,
    compared: Compared,
    sources: Sequence[Source],
    settings: Settings,
    clean: Path | None = None,
) -> Iterator[Source]:
    """Read the pages one by one and note what is found; yields each when it was read.

    `clean` is a clean folder whose pages people may have edited.
    """
    readers, finder = Readers(compared), Finder(settings)
    for source in sources:
        try:
            facts = finder.facts(source)
            found.add(_of_page(source, readers, facts, settings, clean))
            found.pages += 1
            found.elsewhere += not any(_in_time(rule, facts) for rule in compared.rules)
        except JiaokanError as error:
            known = error.where.startswith((source.name, str(source.path)))
            found.failed.append(str(error) if known else f"{source.path}: {error}")
        except OSError as error:
            found.failed.append(f"{source.path}: {error.strerror or error}")
        yield source


def _of_page(
    source: Source, readers: Readers, facts: PageFacts, settings: Settings, clean: Path | None
) -> list[Place]:
    page = read_page(source.path, source.name, settings.encoding)
    found = weighed(places(page, str(source.path), readers, settings.script, facts))
    return by_hand(found, page, clean) if clean else found


def _in_time(rule: Rule, facts: PageFacts) -> bool:
    """Whether the page's publication and date are the rule's."""
    asked = rule.when.script
    return in_force(rule, replace(facts, script=asked[0]) if asked else facts)
