"""Blocks and counts → the file.

A page's block is its JSON tree, compressed and in base64: it holds no character that HTML could
take for markup, and the browser unpacks it only when the page is opened.
"""

import gzip
import json
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from jiaokan.inspect.model import PageView, RuleNote
from jiaokan.report.batch import Batch
from jiaokan.report.tree import page_tree
from jiaokan.version import VERSION


@dataclass(slots=True)
class Report:
    """A report while its pages come in."""

    title: str
    notes: Mapping[str, RuleNote]
    """What is known of the rules."""
    batch: Batch = field(default_factory=Batch)
    blocks: list[str] = field(default_factory=list)
    """One a page, in the order of `batch.pages`."""

    def add(self, page: PageView) -> None:
        """Take in one page."""
        self.batch.add(page)
        self.blocks.append(block(page_tree(page)))

    def failed(self, file: str, what: str) -> None:
        """Name a page that could not be read."""
        self.batch.failed.append((file, what))


def block(tree: Any) -> str:
    """JSON that is neither markup nor in the way until it is asked for; the same for the same."""
    try:
        data = json.dumps(tree, separators=(",", ":"), ensure_ascii=False).encode()
    except UnicodeEncodeError:  # half a character, which only JSON's own escapes can tell
        data = json.dumps(tree, separators=(",", ":")).encode()
    return b64encode(gzip.compress(data, 6, mtime=0)).decode()


def html(report: Report, rules: Sequence[tuple[str, str]] = ()) -> bytes:
    """The file. `rules` are the rules in force, as (id, kind): they tell which never acted."""
    from importlib.resources import files

    from jinja2 import Environment, StrictUndefined

    from jiaokan.report.bundle import asset, digest, script

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    template = files("jiaokan.report").joinpath("app", "report.html").read_text("utf-8")
    code, style = script(), asset("report.css")
    return (
        environment.from_string(template)
        .render(
            title=report.title,
            version=VERSION,
            script=code,
            style=style,
            script_hash=digest(code),
            style_hash=digest(style),
            index=index(report, rules),
            blocks=report.blocks,
        )
        .encode("utf-8", "replace")
    )


def index(report: Report, rules: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """What the first view needs: the batch in numbers, and what is said of the rules."""
    batch = report.batch
    never = batch.never(rules)
    named = sorted(batch.acted | set(never) | {"encoding"})
    return {
        "title": report.title,
        "version": VERSION,
        "pages": [
            [
                page.name,
                page.characters,
                page.articles,
                page.fragments,
                page.moved,
                page.seams,
                round(page.lowest, 4),
                page.changes,
                page.edits,
                page.findings,
                page.hand,
                round(page.need, 4),
            ]
            for page in batch.pages
        ],
        "rules": list(_rules(batch)),
        "notes": {name: list(report.notes[name]) for name in named if name in report.notes},
        "stages": sorted(batch.stages.items(), key=lambda item: (-item[1], item[0])),
        "seams": [batch.seams[tenth] for tenth in range(10)],
        "never": never,
        "failed": batch.failed,
    }


def _rules(batch: Batch) -> Iterator[list[Any]]:
    for name, count in sorted(
        batch.rules.items(), key=lambda item: (-item[1].edits, -item[1].findings, item[0])
    ):
        yield [
            name,
            sorted(count.stages),
            count.edits,
            count.pages,
            round(count.mean, 4),
            count.findings,
            count.lines,
        ]
