"""A clean folder as `rules learn` reads it: the pages that a person edited, and the others.

Pages that nobody edited teach nothing by themselves; their text says where else a rule would act.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from jiaokan.cli.records import Record, find_record, no_ledger, records_in
from jiaokan.cli.view import View
from jiaokan.curation.learn_align import Difference, difference
from jiaokan.curation.learn_files import Block, blocks_of, edited_files, run_blocks, run_view
from jiaokan.curation.learn_model import Correction, Reviewed
from jiaokan.edit import Edit
from jiaokan.errors import JiaokanError, LedgerError
from jiaokan.positions import Lines
from jiaokan.stages.context import Script
from jiaokan.trace import advance

_AROUND = 6


@dataclass
class Batch:
    """All pages of a clean folder."""

    records: list[Record] = field(default_factory=list)
    reviewed: list[Reviewed] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @cached_property
    def others(self) -> list[str]:
        """The cleaned texts of the pages that nobody edited."""
        known = {page.number for page in self.reviewed}
        texts = []
        for number, record in enumerate(self.records):
            if number not in known and (text := _cleaned(record)):
                texts.append(text)
        return texts

    def page(self, correction: Correction) -> Reviewed:
        """The page that a correction stands on."""
        return self._by_number[correction.page]

    def put(self, pages: Sequence[Reviewed]) -> None:
        """Have other versions of the corrected pages."""
        self.reviewed = [*pages]
        self.__dict__.pop("_by_number", None)

    @cached_property
    def _by_number(self) -> dict[int, Reviewed]:
        return {page.number: page for page in self.reviewed}

    def shown(self, one: Correction) -> str:
        """A correction as people read it: page and place.

        The line and the column are those of the raw file.
        """
        page = self.page(one)
        before = page.text[max(0, one.start - _AROUND) : one.start].rpartition("\n")[2]
        after = page.text[one.end : one.end + _AROUND].partition("\n")[0]
        at = page.trace.raw_offset(one.start)
        line, column = Lines(page.trace.raw).spot(at)
        old = f"[-{one.old}-]" if one.old else ""
        new = f"{{+{one.new}+}}" if one.new else ""
        return f"{page.name}:{line}:{column} {before}{old}{new}{after}"


def read_batch(raw: Path, clean: Path) -> Batch:
    """The batch. A page that cannot be read is told of, and the others go on."""
    for path in (raw, clean):
        if not path.exists():
            raise JiaokanError("there is no such file or folder", where=str(path))
    batch = Batch()
    batch.records = [find_record(clean)] if clean.is_file() else [*records_in(clean)]
    if not batch.records:
        raise no_ledger(clean)
    for number, record in enumerate(batch.records):
        try:
            page = _reviewed(batch, number, record, raw)
        except JiaokanError as error:
            batch.failed.append(str(error))
        except RecursionError:
            batch.failed.append(f"{record.json}: is nested too deeply to be read")
        else:
            if page is not None:
                batch.reviewed.append(page)
    return batch


def _reviewed(batch: Batch, number: int, record: Record, raw: Path) -> Reviewed | None:
    """The page, if a person edited one of its files."""
    changed, missing = edited_files(record)
    name = record.ledger.source.name
    batch.notes += [f"{path}: is gone; nothing is learnt from it" for path in missing]
    if not changed:
        return None
    view = run_view(record, raw)
    run = run_blocks(view, str(record.json))
    found = [difference(number, _told(run, path), blocks_of(path)) for path in sorted(changed)]
    merged = _merged(found, name) if len(found) > 1 else found[0]
    if len(found) > 1:
        batch.notes.append(f"{name}: both the .md and the .json file were edited; both are read")
    if not merged.corrections and not merged.notes:
        batch.notes.append(
            f"{name}: edited, but no heading, paragraph or furniture reads otherwise"
        )
    batch.notes += [f"{name}: {note}" for note in merged.notes]
    _check(view, merged.corrections)
    every = (place for block in run for place in block.places)
    spans = _spans([place for place in every if place not in merged.unsure])
    return Reviewed(
        number,
        name,
        view.trace,
        _script(record, view),
        tuple(merged.corrections),
        spans,
        tuple(block.text for block in merged.deleted),
        tuple(block.text for block in merged.kept),
        tuple(merged.notes),
    )


def _told(run: list[Block], path: Path) -> list[Block]:
    """The blocks that a file of that kind shows: Markdown has no furniture."""
    return [block for block in run if block.article >= 0] if path.suffix == ".md" else run


def _merged(found: Sequence[Difference], name: str) -> Difference:
    """What was done in both files; where they contradict each other neither counts."""
    both = Difference()
    every = sorted({one for part in found for one in part.corrections})
    for one in every:
        clash = any(_clash(one, other) for other in every if other != one)
        if clash:
            both.notes.append(
                f"the .md and the .json file disagree at {one.old!r} → {one.new!r}: not used"
            )
        else:
            both.corrections.append(one)
    both.unsure = set().union(*(part.unsure for part in found))
    deleted = {block.text: block for part in found for block in part.deleted}
    both.deleted = [*deleted.values()]
    kept = {block.text: block for part in found for block in part.kept}
    both.kept = [block for text, block in kept.items() if text not in deleted]
    both.notes += dict.fromkeys(note for part in found for note in part.notes)
    return both


def _clash(one: Correction, other: Correction) -> bool:
    if (one.start, one.end) == (other.start, other.end):
        return True
    return one.start < other.end and other.start < one.end


def _check(view: View, corrections: Sequence[Correction]) -> None:
    """Corrections must fit the text that they are told in."""
    for one in corrections:
        if view.trace.text[one.start : one.end] != one.old:
            raise LedgerError(
                "the ledger does not fit the clean file",
                where=view.ledger.source.name,
                hint="clean the page again, then edit the new files",
            )


def _spans(places: Sequence[int]) -> tuple[tuple[int, int], ...]:
    spans: list[tuple[int, int]] = []
    for place in sorted(places):
        if spans and spans[-1][1] == place:
            spans[-1] = spans[-1][0], place + 1
        else:
            spans.append((place, place + 1))
    return tuple(spans)


def _script(record: Record, view: View) -> Script:
    from jiaokan.stages.dominant_script import dominant_script

    asked = dict(record.ledger.options).get("script", "auto")
    if asked in ("simplified", "traditional", "keep"):
        return asked  # type: ignore[return-value]
    return dominant_script(view.trace.raw)


def _cleaned(record: Record) -> str:
    try:
        return record.cleaned
    except JiaokanError:
        return ""


def without(page: Reviewed, done: set[Correction]) -> Reviewed:
    """The page as if the run had made some of the corrections itself."""
    edits = [Edit(c.start, c.end, c.new, "rules in force") for c in page.corrections if c in done]
    trace = advance(page.trace, "rules in force", edits)
    left, shift, moved = [], 0, []
    for one in page.corrections:
        if one in done:
            moved.append((one.start, one.end, len(one.new) - (one.end - one.start)))
            shift += moved[-1][2]
        else:
            left.append(replace(one, start=one.start + shift, end=one.end + shift))
    spans = tuple((_moved(start, moved), _moved(end, moved)) for start, end in page.seen)
    return replace(page, trace=trace, corrections=tuple(left), seen=spans)


def _moved(at: int, moved: Sequence[tuple[int, int, int]]) -> int:
    return at + sum(by for start, end, by in moved if end <= at and start < at)


def edits_of(pages: Sequence[Reviewed]) -> Iterator[Correction]:
    """Every correction, page by page."""
    for page in pages:
        yield from page.corrections
