"""What people did at the same places: clean files that were edited after the run."""

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path, PurePosixPath

from jiaokan.cli.records import Record
from jiaokan.curation.impact_model import ACTS, Place
from jiaokan.curation.learn_files import blocks_of, edited_files
from jiaokan.page import Page

_NEAR = 4
"""Characters on each side by which a place is found in the edited file."""


def by_hand(places: Sequence[Place], page: Page, clean: Path) -> list[Place]:
    """The places with what a person made of them, where one edited the page.

    Raises JiaokanError where an edited file or its ledger is not to be read.
    """
    record = Record(clean / PurePosixPath(page.name).with_suffix(""))
    if not places or not record.json.with_suffix(".ledger.json").exists():
        return list(places)
    if record.ledger.source.sha256 != sha256(page.data).hexdigest():
        return list(places)
    found = list(places)
    for path in edited_files(record)[0]:
        text = "\n".join(block.text for block in blocks_of(path))
        found = [_told(place, text, str(path)) for place in found]
    return found


def _told(place: Place, text: str, file: str) -> Place:
    if place.what not in ACTS or place.text:
        return place
    left, right = place.left[-_NEAR:], place.right[:_NEAR]
    old, new = (f"{left}{one}{right}" in text for one in (place.old, place.new))
    if old and not new:
        why = f"a person who edited {file} left it so: {left}{place.old}{right}"
        return replace(place, against=(why, *place.against))
    if new and not old:
        why = f"a person who edited {file} wrote it, too: {left}{place.new}{right}"
        return replace(place, support=(*place.support, why))
    return place
