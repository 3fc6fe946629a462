"""A decision file that grows by entries at its end, and shrinks by the last one (undo).

Every other byte stays: comments, order, a person's own way of writing. Before the file is
written, its new text is read and compared with what it must say.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from jiaokan.decisions.book import Known
from jiaokan.decisions.load import decisions_in
from jiaokan.decisions.model import SHOWN, Decision
from jiaokan.errors import RuleError
from jiaokan.formats.atomic import write_where_asked
from jiaokan.rulebook.reader import Value

HEAD = """\
# What people decided about pages; `jiaokan run` repeats it. Offsets count the raw text's
# characters from 0. jiaokan's docs/decisions.md says what an entry may hold.
"""
_GIVEN = ("rule", "new", "title", "reads", "who", "when", "file", "note")


@dataclass(frozen=True, slots=True)
class DecisionFile:
    """A decision file as it stood when it was read."""

    path: Path
    data: bytes
    """Empty where there is none yet."""
    known: tuple[Known, ...]
    ours: bool = False
    """Whether its last entry was written by `appended`: then what comes behind it needs no proof
    but its own."""

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """What it says, in its own order."""
        return tuple(one.decision for one in self.known)


def open_file(path: Path) -> DecisionFile:
    """Read the file. Raises RuleError where it is not as it must be."""
    data = _bytes(path)
    return DecisionFile(path, data, tuple(decisions_in(data, str(path))))


def appended(file: DecisionFile, decisions: Sequence[Decision]) -> DecisionFile:
    """Write the file with more decisions at its end. Raises RuleError, and then nothing changed."""
    if not decisions:
        return file
    body = file.data or HEAD.encode()
    if body.strip() and not body.endswith(b"\n"):
        body += b"\n"
    more = text_of(decisions)
    if file.ours:
        lines = body.count(b"\n")
        added = decisions_in(more, str(file.path))
        known = (*file.known, *(one._replace(line=one.line + lines) for one in added))
    else:
        known = _read_again(file, body + more)
    return _written(file, body + more, known, (*file.decisions, *decisions))


def undone(file: DecisionFile, count: int = 1) -> DecisionFile:
    """Write the file without its last decisions. Raises RuleError, and then nothing changed.

    What stands behind the first of them goes with it, comments too.
    """
    if not 0 < count <= len(file.known):
        there = len(file.known)
        held = f"{there} decision{'' if there == 1 else 's'}" if there else "no decision"
        what = f"holds {held}; {count} cannot be taken back"
        raise RuleError(what, where=str(file.path))
    line = file.known[-count].line - 1
    kept = b"".join(file.data.splitlines(keepends=True)[:line])
    return _written(file, kept, _read_again(file, kept), file.decisions[:-count])


def text_of(decisions: Iterable[Decision]) -> bytes:
    """The decisions as entries of a file."""
    from jiaokan.curation.add_text import lines_of

    lines = [line for decision in decisions for line in lines_of(entry_of(decision))]
    return "".join(f"{line}\n" for line in lines).encode("utf-8")


def entry_of(decision: Decision) -> dict[str, Value]:
    """The decision's keys, in the order in which they are written."""
    entry: dict[str, Value] = {"do": decision.do}
    if decision.page:
        entry["page"] = decision.page
    if decision.start >= 0:
        entry["at"] = f"{decision.start}-{decision.end}"
        entry["text"] = decision.text
    if decision.after >= 0:
        entry["after"] = str(decision.after)
    if decision.article:
        entry["article"] = str(decision.article)
    if decision.furniture:
        entry["furniture"] = "yes"
    for name in _GIVEN:
        value = getattr(decision, name)
        if value or (name == "new" and decision.do == "edit"):
            entry[name] = value
    return entry


def shown_text(raw: str, start: int, end: int) -> str:
    """What a decision gives as the text of a span."""
    return raw[start : min(end, start + SHOWN)]


def _read_again(file: DecisionFile, data: bytes) -> tuple[Known, ...]:
    try:
        return tuple(decisions_in(data, str(file.path)))
    except RuleError as error:
        raise _refused(str(file.path)) from error


def _written(
    file: DecisionFile, data: bytes, known: tuple[Known, ...], expected: tuple[Decision, ...]
) -> DecisionFile:
    """Write the file, if its new bytes say what they must."""
    name = str(file.path)
    if tuple(one.decision for one in known) != expected:
        raise _refused(name)
    if _bytes(file.path) != file.data:
        raise RuleError(
            "was changed by someone else meanwhile; nothing was written",
            where=name,
            hint="read it again, and decide again",
        )
    write_where_asked(file.path, data)
    return DecisionFile(file.path, data, known, len(expected) > len(file.known))


def _refused(name: str) -> RuleError:
    return RuleError(
        "the file is written so that it cannot be changed at its end without touching the rest",
        where=name,
        hint="it must be a list of entries, each behind a dash at the line's start",
    )


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise RuleError(f"cannot be read: {error.strerror or error}", where=str(path)) from error
