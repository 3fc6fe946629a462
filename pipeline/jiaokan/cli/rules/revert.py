"""`jiaokan rules revert`: a rule's edits taken out of a finished batch."""

from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from jiaokan.cli.terminal import count, new, old, print_json, visible
from jiaokan.errors import JiaokanError
from jiaokan.positions import Lines

if TYPE_CHECKING:
    from jiaokan.cli.records import Record
    from jiaokan.curation.revert import Reverted


@dataclass(frozen=True, slots=True)
class _Done:
    """What became of one page."""

    record: "Record"
    found: "Reverted | None" = None
    raw: str = ""
    error: str = ""


@click.command
@click.argument("ids", metavar="ID…", nargs=-1, required=True)
@click.argument("clean", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would be done, and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON.")
@click.pass_context
def command(
    ctx: click.Context, ids: tuple[str, ...], clean: Path, dry_run: bool, as_json: bool
) -> None:
    """Take the edits of the rules ID… out of the pages in CLEAN.

    CLEAN is a folder that a run wrote to, or one .json file in it. Every page that holds
    an edit of these rules is rewritten as if they had not acted: .md, .json and
    .ledger.json. The raw files are not read, and nothing is cleaned anew: articles stay
    as they were found. `jiaokan verify` and `jiaokan restore` hold as before.

    Left as they are, and named: pages that were edited by hand; edits on whose result a
    later step worked, that part or join lines, or whose text went to several places.

    Exit 1: something was left, or a page failed. Exit 2: no rule has that id, and no
    ledger knows it.

    \b
    Example:
      jiaokan rules revert lookalike-market clean --dry-run
      jiaokan rules revert lookalike-market my-first-rule clean
    """
    from jiaokan.batch.area import area_of
    from jiaokan.curation.revert import write

    if not clean.exists():
        raise JiaokanError(
            "there is no such file or folder",
            where=str(clean),
            hint="the clean folder comes last: jiaokan rules revert ID clean",
        )
    seen: set[str] = set()
    done: list[_Done] = []
    area = area_of(clean)
    with nullcontext() if dry_run else area.held():
        for one in _pages(clean, frozenset(ids), seen):
            if one.found and one.found.files and not dry_run:
                try:
                    write(area, one.record, one.found)
                except JiaokanError as error:
                    one = _Done(one.record, error=str(error))
            done.append(one)
            if not as_json:
                _tell(one)
    if as_json:
        print_json({"ids": list(ids), "dry_run": dry_run, "pages": [_row(one) for one in done]})
    _know(ids, seen)
    _summary(done, dry_run)
    left = any(one.error or (one.found and one.found.left) for one in done)
    ctx.exit(1 if left else 0)


def _pages(clean: Path, ids: frozenset[str], seen: set[str]) -> Iterator[_Done]:
    """The pages that hold something of these rules; all names met go into `seen`."""
    from jiaokan.cli.records import find_record, no_ledger, records_in

    records = iter([find_record(clean)]) if clean.is_file() else records_in(clean)
    first = next(records, None)
    if first is None:
        raise no_ledger(clean)
    for record in chain([first], records):
        try:
            done = _page(record, ids, seen)
        except JiaokanError as error:
            done = _Done(record, error=str(error))
        if done is not None:
            yield done


def _page(record: "Record", ids: frozenset[str], seen: set[str]) -> _Done | None:
    from jiaokan.curation.revert import OPTION, acted, edited, reverted

    ledger = record.ledger
    seen.update(step.rule for change in ledger.changes for step in change.steps)
    seen.update(piece.rule for piece in ledger.pieces)
    seen.update(dict(ledger.options).get(OPTION, "").split())
    by_hand = edited(record)
    if by_hand:
        if not acted(ledger, ids):
            return None
        what = (
            "was edited after the run, and stays as it is"
            if Path(by_hand[0]).exists()
            else ("is missing; the page stays as it is")
        )
        return _Done(record, error=f"{by_hand[0]}: {what}")
    seen.update(finding.rule for finding in record.clean.findings)
    if not acted(ledger, ids) and not any(f.rule in ids for f in record.clean.findings):
        return None
    found = reverted(ledger, record.clean, ids)
    return _Done(record, found, record.raw)


def _know(ids: tuple[str, ...], seen: set[str]) -> None:
    """Raise where an id is one that nobody knows: it is misspelt."""
    unknown = [one for one in ids if one not in seen]
    if not unknown:
        return
    from jiaokan.cli.workspace import rule_paths
    from jiaokan.rulebook import load
    from jiaokan.rulebook.problems import nearest

    known = seen | {rule.id for rule in load(rule_paths()).rules}
    for one in unknown:
        if one not in known:
            raise JiaokanError(
                f"no ledger knows a rule {one!r}, and none is in force{nearest(one, known)}",
                hint="jiaokan rules stats names the rules that acted",
            )


def _where(one: _Done, at: int) -> str:
    line, column = Lines(one.raw).spot(at)
    name = one.found.ledger.source.name if one.found else ""
    return f"{visible(name)}:{line}:{column}"


def _tell(one: _Done) -> None:
    if one.error or one.found is None:
        click.echo(f"error: {visible(one.error, keep=chr(10))}", err=True)
        return
    for edit in one.found.taken:
        shown = f"{old(edit.new)}{new(edit.old)}"
        click.echo(f"{_where(one, edit.start)}  {shown}  {visible(edit.rule)}")
    for left in one.found.left:
        shown = f"{visible(left.old)} → {visible(left.new)}" if left.old != left.new else left.old
        told = f"left: {visible(shown[:60])}  {visible(left.rule)}: {left.why}"
        click.echo(f"{_where(one, left.start)}: {told}", err=True)


def _summary(done: list[_Done], dry_run: bool) -> None:
    found = [one.found for one in done if one.found]
    taken = sum(len(one.taken) for one in found)
    findings = sum(one.findings for one in found)
    left = sum(len(one.left) for one in found)
    pages = sum(1 for one in found if one.files)
    verb = "would be taken" if dry_run else "taken"
    click.echo(
        f"{count(taken, 'edit')} and {count(findings, 'finding')} {verb} out of "
        f"{count(pages, 'page')}; {count(left, 'edit')} left, "
        f"{count(sum(1 for one in done if one.error), 'page')} failed",
        err=True,
    )
    if pages:
        click.echo(
            "  a run leaves these pages so; to clean them anew, delete the rule's entry or switch "
            "a built-in one off (off: [ID]), then: jiaokan run --overwrite edited",
            err=True,
        )


def _row(one: _Done) -> dict[str, Any]:
    row: dict[str, Any] = {"file": str(one.record.json), "error": one.error}
    found = one.found
    if found is None:
        return row | {"name": "", "findings": 0, "taken": [], "left": []}
    names = ("rule", "start", "old", "new")
    taken = [{name: getattr(edit, name) for name in names} for edit in found.taken]
    left = [{name: getattr(edit, name) for name in (*names, "why")} for edit in found.left]
    return row | {
        "name": found.ledger.source.name,
        "findings": found.findings,
        "taken": taken,
        "left": left,
    }
