"""One rule's edits taken out of a finished batch: from ledgers and clean files alone.

A page is rewritten as if the rule had not acted: its text, its articles and its ledger. Articles
and seams stay as they were found. What cannot be told without a new run is left and reported: an
edit on whose result a later step worked, one that parts or joins lines, one whose text went to
several places, and lines that the rule gave a place.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

from jiaokan.batch.area import Area
from jiaokan.batch.transaction import put_together
from jiaokan.cli.records import Record
from jiaokan.curation.revert_steps import Undone, undone
from jiaokan.curation.revert_text import Draft, parts_of, rebuilt
from jiaokan.errors import JiaokanError, LedgerError
from jiaokan.formats.clean_json import Clean, write_clean
from jiaokan.formats.ledger_json import write_ledger
from jiaokan.formats.markdown import write_markdown
from jiaokan.formats.plain_text import write_text
from jiaokan.ledger import Ledger
from jiaokan.restore import restore
from jiaokan.trace import Change, Step, placed

OPTION = "reverted"
"""The ledger's option that names the rules whose edits were taken out."""
_LATER = "a later step worked on what it left"
_LINE = "it says what a line is"


@dataclass(frozen=True, slots=True)
class Left:
    """An edit that stays."""

    rule: str
    start: int
    """In the raw text."""
    old: str
    new: str
    why: str


@dataclass(frozen=True, slots=True)
class Taken:
    """An edit that was taken out."""

    rule: str
    start: int
    """Where its change starts in the raw text."""
    old: str
    """What stands there again."""
    new: str
    """What the rule had put there."""


@dataclass(frozen=True, slots=True)
class Reverted:
    """What became of a page."""

    ledger: Ledger
    """As it must be now; its outputs are those of `files`."""
    files: tuple[tuple[str, bytes], ...]
    """(ending, bytes) of the page's files, the ledger last; none where nothing changes."""
    taken: tuple[Taken, ...] = ()
    left: tuple[Left, ...] = ()
    findings: int = 0
    """Findings of the rules that were taken out."""


@dataclass(slots=True)
class _Page:
    """A page that is being rewritten."""

    draft: Draft
    changes: list[Change] = field(default_factory=list)
    taken: list[Taken] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)


def acted(ledger: Ledger, ids: Collection[str]) -> bool:
    """Whether the rules changed the page, or gave a line its place."""
    return any(piece.rule in ids for piece in ledger.pieces) or any(
        step.rule in ids for change in ledger.changes for step in change.steps
    )


def edited(record: Record) -> list[str]:
    """The page's clean files that are gone, or are no longer what the run wrote."""
    found: list[str] = []
    for name, digest in record.ledger.outputs:
        path = record.stem.with_name(Path(name).name)
        try:
            same = sha256(path.read_bytes()).hexdigest() == digest
        except FileNotFoundError:
            same = False
        except OSError as error:
            what = f"cannot be read: {error.strerror}"
            raise LedgerError(what, where=str(path), hint="see to its permissions") from error
        if not same:
            found.append(str(path))
    return found


def reverted(ledger: Ledger, clean: Clean, ids: Collection[str]) -> Reverted:
    """The page without these rules' edits. Raises LedgerError where the files do not fit."""
    restore(ledger, clean)
    page = _Page(Draft(parts_of(ledger.pieces, clean)))
    for start, _, change in reversed(list(placed(ledger.changes))):
        if any(step.rule in ids for step in change.steps):
            _undo(page, start, change, undone(change, ids))
        else:
            page.changes.append(change)
    page.left += _lines(ledger, page.draft, ids)
    findings = tuple(one for one in clean.findings if one.rule not in ids)
    own = {one.rule for one in clean.findings if one.rule in ids} | {t.rule for t in page.taken}
    left = tuple(sorted(page.left, key=lambda one: (one.start, one.rule)))
    if not own:
        return Reverted(ledger, (), left=left)
    made, pieces = rebuilt(replace(clean, findings=findings), page.draft.parts)
    kept = replace(
        ledger,
        changes=tuple(reversed(page.changes)),
        pieces=pieces,
        options=_noted(ledger.options, own),
        counts=replace(ledger.counts, findings=len(findings)),
    )
    gone = len(clean.findings) - len(findings)
    return _written(kept, made, Reverted(ledger, (), tuple(reversed(page.taken)), left, gone))


def _undo(page: _Page, start: int, change: Change, found: Undone) -> None:
    """Take what can be taken out of one change, or leave it whole."""
    why = ""
    for low, high, new in found.edits:
        why = why or page.draft.refusal(start + low, start + high, change.new[low:high], new)
    page.left += (_left(change, step, _LATER) for step in found.stuck)
    if why:
        page.left += (_left(change, step, why) for step in found.taken)
        page.changes.append(change)
        return
    for low, high, new in reversed(found.edits):
        page.draft.put(start + low, start + high, new)
    page.changes += reversed(found.changes)
    page.taken += (Taken(s.rule, change.start, s.old, s.new) for s in reversed(found.taken))


def _left(change: Change, step: Step, why: str) -> Left:
    return Left(step.rule, change.start, step.old, step.new, why)


def _lines(ledger: Ledger, draft: Draft, ids: Collection[str]) -> Iterator[Left]:
    """Lines to which the rules gave a place; only stitching can give them another."""
    at = 0
    ends = [(end, end - change.end) for _, end, change in placed(ledger.changes)]
    for piece, text in draft.parts:
        if piece.rule in ids:
            shift = next((by for end, by in reversed(ends) if end <= at), 0)
            yield Left(piece.rule, at - shift, text, text, _LINE)
        at += piece.length


def _noted(
    options: tuple[tuple[str, str], ...], ids: Collection[str]
) -> tuple[tuple[str, str], ...]:
    """The ledger's options, which say whose edits were taken out."""
    known = dict(options)
    known[OPTION] = " ".join(sorted({*known.get(OPTION, "").split(), *ids}))
    return tuple(known.items())


def _written(ledger: Ledger, clean: Clean, found: Reverted) -> Reverted:
    """The files' bytes, proved to give the raw bytes back."""
    if any(name.endswith(".tei.xml") for name, _ in ledger.outputs):
        raise LedgerError(
            "has a TEI file, which only a run can write anew",
            where=ledger.source.name,
            hint="switch the rule off in its pack, and run again",
        )
    data = {".json": write_clean(clean)}
    if any(name.endswith(".md") for name, _ in ledger.outputs):
        data[".md"] = write_markdown(clean.articles)
    if any(name.endswith(".txt") for name, _ in ledger.outputs):
        data[".txt"] = write_text(clean.articles)
    outputs = tuple((name, _digest(data, name, digest)) for name, digest in ledger.outputs)
    made = replace(ledger, outputs=outputs)
    restore(made, clean)
    files = (*data.items(), (".ledger.json", write_ledger(made)))
    return replace(found, ledger=made, files=files)


def _digest(data: dict[str, bytes], name: str, digest: str) -> str:
    own = next((data[ending] for ending in data if name.endswith(ending)), None)
    return sha256(own).hexdigest() if own is not None else digest


def write(area: Area, record: Record, found: Reverted) -> None:
    """Put the page's files in place, all or none; the area is held. Raises JiaokanError."""
    named = [(record.stem.with_name(record.stem.name + end), data) for end, data in found.files]
    try:
        files = [(path, data) for path, data in named if path.read_bytes() != data]
        put_together(area, files)
    except OSError as error:
        raise JiaokanError(
            f"cannot be written: {error.strerror or error}; the page stays as it was",
            where=str(record.stem),
            hint="see to the space on the disk and the folder's permissions",
        ) from error
