"""`jiaokan diff`: what was done to pages, from their ledgers."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from jiaokan.cli.terminal import dim, heading, new, old, print_json, shorten, visible
from jiaokan.errors import JiaokanError

if TYPE_CHECKING:
    from jiaokan.cli.records import Record
    from jiaokan.cli.view import View
    from jiaokan.trace import Change

    Page = tuple[Path, Record, View]

_CONTEXT = 8


@click.command
@click.argument("raw", type=click.Path(path_type=Path), default="raw")
@click.argument("clean", type=click.Path(path_type=Path), default="clean")
@click.option("--unified", is_flag=True, help="A patch of the raw files' characters.")
@click.option("--json", "as_json", is_flag=True, help="Everything, as JSON.")
@click.option("--exit-code", is_flag=True, help="Exit 1 where anything was changed.")
@click.pass_context
def command(
    ctx: click.Context, raw: Path, clean: Path, unified: bool, as_json: bool, exit_code: bool
) -> None:
    """Show what was changed, and which rule did it.

    RAW and CLEAN are files or folders. Nothing is compared: what is shown stands in
    the ledgers. Old text is struck out in red, or stands in [-…-]; new text is
    green, or stands in {+…+}. A fragment that stands elsewhere now is shown as
    moved.

    With --unified, a patch of the characters in the raw order, for `patch -p1` or
    `git apply`; pages that are not in UTF-8 are left out, and exit is 1.

    A page whose raw file is missing or was changed is named on stderr, the others are
    shown, and exit is 1; exit 2: none could be shown.

    \b
    Example:
      jiaokan diff raw clean
      jiaokan diff raw/a/b.txt clean --unified | git apply
    """
    changed = left_out = False
    rows: list[dict[str, Any]] = []
    failed: list[JiaokanError] = []
    shown = 0
    for page in _pages(raw, clean):
        if isinstance(page, JiaokanError):
            failed.append(page)
            click.echo(visible(f"error: {page}", keep="\n"), err=True)
            continue
        path, record, view = page
        shown += 1
        changed = changed or bool(view.ledger.changes) or any(f.moved for f in view.fragments())
        if as_json:
            rows.append(_as_json(path, record, view))
        elif unified:
            left_out = not _print_patch(path, raw, view) or left_out
        else:
            click.echo("\n".join(_lines(path, record, view)))
    if as_json:
        print_json({"pages": rows})
    if failed and not shown:
        ctx.exit(2)
    ctx.exit(1 if failed or left_out or (exit_code and changed) else 0)


def _pages(raw: Path, clean: Path) -> "Iterator[Page | JiaokanError]":
    """Each raw file with its record; of a folder also what is wrong with single pages."""
    from jiaokan.cli.records import find_record, no_ledger, raw_of, record_of, records_in, view_of

    for path in (raw, clean):
        if not path.exists():
            raise JiaokanError("there is no such file or folder", where=str(path))
    if raw.is_file():
        record = find_record(clean) if clean.is_file() else record_of(raw, clean)
        yield raw, record, view_of(raw, record)
        return
    records: list[Record] = [find_record(clean)] if clean.is_file() else [*records_in(clean)]
    if not records:
        raise no_ledger(clean)
    for record in records:
        try:
            path = raw_of(record, raw)
            page = path, record, view_of(path, record)
        except JiaokanError as error:
            yield error
        else:
            yield page


def _lines(path: Path, record: "Record", view: "View") -> Iterator[str]:
    """A page for people to read."""
    from jiaokan.cli.view import where

    raw_of = view.trace.raw_offset
    yield heading(f"{path} → {record.json}")
    for change in view.ledger.changes:
        yield f"  {view.spot(change.start):>8}  {_in_context(view, change)}  {_by(change)}"
    for fragment in view.fragments():
        if fragment.moved:
            start, end = view.trace.raw_span(fragment.start, fragment.end)
            text = shorten(view.trace.text[fragment.start : fragment.end])
            yield (
                f"  moved: raw {view.spot(start)} to {view.spot(max(start, end - 1))} "
                f"“{text}” → {where(fragment.target)}"
            )
    for title, items in (("furniture", view.furniture()), ("dropped", view.dropped())):
        for start, piece in items:
            text = view.trace.text[start : start + piece.length]
            shown = old(text) if title == "dropped" else f"“{shorten(text, 60)}”"
            yield f"  {title}: raw {view.spot(raw_of(start))} {shown}  {dim(piece.rule)}"


def _in_context(view: "View", change: "Change") -> str:
    raw = view.trace.raw
    before = raw[max(0, change.start - _CONTEXT) : change.start].rpartition("\n")[2]
    after = raw[change.end : change.end + _CONTEXT].partition("\n")[0]
    return visible(before) + old(change.old) + new(change.new) + visible(after)


def _by(change: "Change") -> str:
    """The rules that made a change, and how sure the least sure of them was."""
    rules = " + ".join(dict.fromkeys(step.rule for step in change.steps))
    least = min(step.confidence for step in change.steps)
    return dim(rules if least > 0.995 else f"{rules} ({least:.2f})")


def _print_patch(path: Path, raw: Path, view: "View") -> bool:
    """Print a page's patch; whether it has one."""
    from jiaokan.cli.patch import unified

    decoding = view.ledger.source.decoding
    if decoding.encoding != "utf-8":
        click.echo(f"left out {visible(str(path))}: it is in {decoding.encoding}", err=True)
        return False
    mark = decoding.bom.decode()
    shift = len(mark)
    changes = [_shifted(change, shift) for change in view.ledger.changes]
    patch = "".join(unified(mark + view.trace.raw, changes, _patch_name(path, raw)))
    click.echo(patch.encode(), nl=False)
    return True


def _shifted(change: "Change", shift: int) -> "Change":

    return change._replace(start=change.start + shift, end=change.end + shift)


def _patch_name(path: Path, raw: Path) -> str:
    """The path from here, where the file lies below here; else from the raw folder."""
    name = os.path.relpath(path)
    if name.startswith(".."):
        name = path.name if raw.is_file() else os.path.relpath(path, raw)
    return Path(name).as_posix()


def _as_json(path: Path, record: "Record", view: "View") -> dict[str, Any]:
    from dataclasses import asdict

    from jiaokan.trace import as_row

    def piece(start: int, item: Any) -> dict[str, Any]:
        left, right = view.trace.raw_span(start, start + item.length)
        text = view.trace.text[start : start + item.length]
        return {"start": left, "end": right, "text": text, "rule": item.rule}

    fragments = []
    for fragment in view.fragments():
        start, end = view.trace.raw_span(fragment.start, fragment.end)
        text = view.trace.text[fragment.start : fragment.end]
        row = {"start": start, "end": end, "text": text, "moved": fragment.moved}
        fragments.append(row | {"target": asdict(fragment.target)})
    return {
        "source": view.ledger.source.name,
        "raw": str(path),
        "clean": str(record.json),
        "changes": [as_row(change) for change in view.ledger.changes],
        "fragments": fragments,
        "furniture": [piece(*item) for item in view.furniture()],
        "dropped": [piece(*item) for item in view.dropped()],
    }
