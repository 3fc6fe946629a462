"""Proposals as a rule file, with what speaks for each in comments; and as text for people."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from jiaokan.cli.terminal import count, visible
from jiaokan.cli.workspace import RULES, rule_paths
from jiaokan.curation.add_file import with_entry
from jiaokan.curation.add_text import lines_of, quoted
from jiaokan.curation.learn_check import reports
from jiaokan.curation.learn_literals import MOST_PLACES
from jiaokan.curation.learn_model import Proposal
from jiaokan.curation.learn_proof import texts
from jiaokan.errors import JiaokanError, RuleError
from jiaokan.formats.atomic import write_where_asked
from jiaokan.rulebook import load

OWN = "my-rules.yaml"
"""The workspace's own rule file, as `init` makes it."""


def rule_file(proposals: Sequence[Proposal]) -> bytes:
    """A rule file of the proposals; of those that switch a rule off, its list `off`."""
    lines: list[str] = []
    switched = [one for one in proposals if one.kind == "off"]
    if switched:
        for one in switched:
            lines += [f"# {part}" for part in told(one)]
        lines += ["off:", *(f"  - {quoted(one.entry['off'])}" for one in switched)]
    lines.append("rules:" if len(switched) < len(proposals) else "rules: []")
    for one in proposals:
        if one.kind != "off":
            lines += [f"  # {part}" for part in told(one)]
            lines += [f"  {line}" for line in lines_of(texts(one.entry))]
    return ("\n".join(lines) + "\n").encode("utf-8", "backslashreplace")


def told(one: Proposal) -> Iterator[str]:
    """What speaks for a proposal, and against it, line by line."""
    parts = [f"{count(one.support, 'place')} on {count(one.pages, 'page')}"]
    parts.append(f"{count(one.counters, 'counter-example')}")
    if one.more:
        parts.append(f"{one.more:,} more on pages that nobody edited")
    if one.single:
        parts.append("rests on one place alone")
    yield "; ".join(parts)
    yield from (visible(text) for text in one.evidence)
    yield from (f"  {visible(place)}" for place in one.places)
    if one.overlooked:
        places = count(len(one.overlooked), "place")
        does = "report" if reports(one) else "change"
        yield f"would also {does} {places} that you left, and perhaps overlooked:"
        yield from (f"  {visible(place)}" for place in one.overlooked[:MOST_PLACES])


def write_rules(path: Path, proposals: Sequence[Proposal], above: Sequence[Path]) -> None:
    """Write a rule file that was not there. Raises JiaokanError."""
    data = rule_file(proposals)
    check(data, above)
    if path.exists() or path.is_symlink():
        raise JiaokanError(
            "is there already, and is not written over",
            where=str(path),
            hint="name a new file; rules of several files in a folder count together",
        )
    write_where_asked(path, data)


def check(data: bytes, above: Sequence[Path]) -> None:
    """The file as rules are read: above the packs in force. Raises RuleError."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "learnt.yaml"
        path.write_bytes(data)
        try:
            load((*above, path))
        except RuleError as error:
            error.where = error.where.replace(str(path), "learnt rules")
            raise


def as_tree(one: Proposal) -> dict[str, Any]:
    """A proposal for a program."""
    return {
        "id": one.id,
        "kind": one.kind,
        "support": one.support,
        "pages": one.pages,
        "counter_examples": one.counters,
        "more": one.more,
        "single": one.single,
        "places": list(one.places),
        "evidence": list(one.evidence),
        "overlooked": list(one.overlooked),
        "entry": dict(one.entry),
    }


def adopt(proposals: Sequence[Proposal], more: tuple[Path, ...]) -> list[Path]:
    """Put the rules into the workspace's file, as `rules add` does; which files were written.

    What switches rules off goes to a file of its own. Nothing is written where the rules in force
    would not be read any more. Raises RuleError, JiaokanError.
    """
    path = RULES / OWN
    rules = [one for one in proposals if one.kind != "off"]
    off = [one for one in proposals if one.kind == "off"]
    written: list[Path] = []
    if rules:
        before = _bytes(path)
        data = before or b""
        for one in rules:
            data, _ = with_entry(data, texts(one.entry), str(path))
        write_where_asked(path, data)
        written.append(path)
        try:
            load(rule_paths(more))
        except RuleError:
            if before is None:
                path.unlink()
            else:
                write_where_asked(path, before)
            raise
    if off:
        path = _free(RULES / "learnt-off.yaml")
        write_rules(path, off, rule_paths(more))
        written.append(path)
    return written


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise JiaokanError(f"cannot be read: {error.strerror}", where=str(path)) from error


def _free(path: Path) -> Path:
    """The path, or one with a number where it is taken."""
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return free
