"""`jiaokan explain`: why a character is what it is, or what was made of a page."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from jiaokan.cli.terminal import count, dim, heading, print_json, shorten, visible
from jiaokan.errors import JiaokanError, RuleError

if TYPE_CHECKING:
    from jiaokan.cli.records import Record
    from jiaokan.cli.view import View


@click.command
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--at", metavar="N|LINE:COL", help="A character of the raw text.")
@click.option(
    "--clean",
    type=click.Path(path_type=Path, file_okay=False),
    default="clean",
    show_default=True,
    help="Where the clean files are, if FILE is a raw file.",
)
@click.option("--json", "as_json", is_flag=True, help="The same as JSON.")
def command(file: Path, at: str | None, clean: Path, as_json: bool) -> None:
    """Say why a character is what it is.

    FILE is a clean file (.json, .md, .ledger.json) or a raw file. With --at, why
    one character is what it is: each step that changed it, with its rule, and where
    it went. N counts the raw text's characters from 0, as the JSON files do;
    LINE:COL counts both from 1, as editors do. Without --at, a summary of the page:
    articles, rules, seams, findings.

    \b
    Example:
      jiaokan explain clean/a/b.json
      jiaokan explain clean/a/b.json --at 12:5
      jiaokan explain raw/a/b.txt --at 120
    """
    from jiaokan.cli.character import character_at

    record, view = _load(file, clean)
    if at is None:
        tree = _summary(record, view)
        lines = _summary_lines(tree, view)
    else:
        tree = character_at(view, record.clean, _offset(view, at))
        lines = _character_lines(tree, view, {} if as_json else _reasons())
    if as_json:
        print_json(tree)
    else:
        click.echo("\n".join(lines))


def _load(file: Path, clean: Path) -> "tuple[Record, View]":
    from jiaokan.cli.records import find_record, record_of, view_of
    from jiaokan.cli.view import View
    from jiaokan.trace import Trace

    if file.is_dir():
        raise JiaokanError("is a folder", where=str(file), hint="name one page's file in it")
    if file.name.endswith((".json", ".md")):
        record = find_record(file)
        changes = record.ledger.changes
        return record, View(record.ledger, Trace(record.raw, record.cleaned, changes))
    record = record_of(file, clean)
    return record, view_of(file, record)


def _offset(view: "View", at: str) -> int:
    size = len(view.trace.raw)
    offset: int | None = None
    if re.fullmatch(r"[0-9]+", at):
        offset = int(at) if int(at) < size else None
    elif match := re.fullmatch(r"([0-9]+):([0-9]+)", at):
        offset = view.lines.offset(int(match[1]), int(match[2]))
    else:
        what = f"--at {at} is neither a number nor LINE:COL"
        raise JiaokanError(what, hint="such as --at 120, from 0, or --at 12:5, from 1")
    if offset is None:
        line = int(at.split(":")[0]) if ":" in at else 0
        has = f"the raw text has {count(size, 'character')} in {count(len(view.lines), 'line')}"
        if length := view.lines.length(line):
            has += f", line {line} has {count(length, 'character')} with its end"
        raise JiaokanError(f"there is no character at {at}", hint=has)
    return offset


def _reasons() -> dict[str, str]:
    """Why each rule is true, as the rules in force now say; none where they cannot be read."""
    from jiaokan.cli.workspace import rule_paths
    from jiaokan.rulebook import load

    try:
        return {rule.id: rule.reason for rule in load(rule_paths()).rules}
    except RuleError:
        return {}


def _summary(record: "Record", view: "View") -> dict[str, Any]:
    from dataclasses import asdict

    ledger, clean = record.ledger, record.clean
    steps = (step for change in ledger.changes for step in change.steps)
    articles = [
        {
            "title": article.title,
            "author": article.author,
            "paragraphs": len(article.paragraphs),
            "characters": sum(map(len, article.paragraphs)),
        }
        for article in clean.articles
    ]
    return {
        "source": ledger.source.name,
        "encoding": ledger.source.decoding.encoding,
        "encoding_by": ledger.source.decoding.by,
        "encoding_confidence": ledger.source.decoding.confidence,
        "characters": ledger.source.length,
        "options": dict(ledger.options),
        "articles": articles,
        "rules": dict(Counter(step.rule for step in steps).most_common()),
        "pieces": dict(Counter(piece.rule for piece in ledger.pieces).most_common()),
        "dropped": sum(piece.length for piece in ledger.pieces if piece.target is None),
        "furniture": list(clean.furniture),
        "seams": [asdict(seam) for seam in clean.seams],
        "findings": [asdict(finding) for finding in clean.findings],
    }


def _summary_lines(tree: Mapping[str, Any], view: "View") -> Iterator[str]:
    yield heading(tree["source"])
    yield (
        f"  {tree['characters']:,} characters in {tree['encoding']} "
        f"({tree['encoding_by']}, {tree['encoding_confidence']:.2f})"
    )
    yield heading(count(len(tree["articles"]), "article"))
    for number, article in enumerate(tree["articles"], 1):
        title = visible(article["title"]) or "(no title)"
        author = f"  {visible(article['author'])}" if article["author"] else ""
        paragraphs = count(article["paragraphs"], "paragraph")
        size = f"{paragraphs}, {count(article['characters'], 'character')}"
        yield f"  {number}  {title}{author}  {dim(size)}"
    if tree["furniture"]:
        yield heading(count(len(tree["furniture"]), "furniture line"))
        yield from (f"  {shorten(line, 70)}" for line in tree["furniture"])
    yield heading(count(sum(tree["rules"].values()), "change"))
    yield from (f"  {count:>6,}  {visible(rule)}" for rule, count in tree["rules"].items())
    yield heading(count(len(tree["seams"]), "seam"))
    for seam in tree["seams"]:
        yield from _seam_lines(seam, view)
    yield heading(count(len(tree["findings"]), "finding"))
    for finding in tree["findings"]:
        yield from _finding_lines(finding, view)


def _character_lines(
    tree: Mapping[str, Any], view: "View", reasons: Mapping[str, str]
) -> Iterator[str]:
    place = f"{tree['line']}:{tree['column']}"
    shown = f"“{visible(tree['character'])}” U+{ord(tree['character']):04X}"
    yield heading(f"{tree['source']} {place} (character {tree['at']}): {shown}")
    if not tree["changes"]:
        yield "  unchanged: no rule touched it"
    for change in tree["changes"]:
        yield f"  “{visible(change['old'])}” became “{visible(change['new'])}”:"
        for step in change["steps"]:
            yield (
                f"    {step['stage']}: “{visible(step['old'])}” → “{visible(step['new'])}”  "
                f"{dim(step['rule'])}  {step['confidence']:.2f}"
            )
            for why in (reasons.get(step["rule"], ""), step["evidence"]):
                if why:
                    yield f"      {visible(why)}"
    for item in tree["places"]:
        if item["field"]:
            yield f"  stands in {item['place']}, character {item['offset']}  {dim(item['rule'])}"
            yield f"    …{visible(item['context'])}…"
        else:
            yield f"  dropped: “{shorten(item['context'])}”  {dim(item['rule'])}"
        if reason := reasons.get(item["rule"]):
            yield f"      {visible(reason)}"
    for seam in tree["seams"]:
        yield from _seam_lines(seam, view)
    for finding in tree["findings"]:
        yield from _finding_lines(finding, view)


def _seam_lines(seam: Mapping[str, Any], view: "View") -> Iterator[str]:
    how = "the sentence runs on" if seam["joined"] else "a new paragraph"
    doubled = f", “{visible(seam['doubled'])}” read twice" if seam["doubled"] else ""
    yield (
        f"  seam in article {seam['article'] + 1}: {view.spot(seam['left'])} → "
        f"{view.spot(seam['right'])} ({seam['kind']}, {how}{doubled})  {seam['confidence']:.2f}"
    )
    yield from (f"      {visible(line)}" for line in seam["evidence"])


def _finding_lines(finding: Mapping[str, Any], view: "View") -> Iterator[str]:
    yield (
        f"  finding at {view.spot(finding['start'])} “{shorten(finding['text'])}”: "
        f"{visible(finding['message'])}  {dim(finding['rule'])}  {finding['confidence']:.2f}"
    )
    for other in finding["alternatives"]:
        why = f"  {visible(other['evidence'])}" if other["evidence"] else ""
        yield f"      or {visible(other['text'])}  {other['confidence']:.2f}{why}"
