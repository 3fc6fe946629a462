"""Pages as they are shown, read from the files of a run."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from jiaokan.cli.records import Record
from jiaokan.errors import JiaokanError
from jiaokan.inspect.model import HandEdit, PageView, RuleNote
from jiaokan.inspect.page import page_view

if TYPE_CHECKING:
    from jiaokan.rulebook import Rulebook


def read_page(
    record: Record, raw: Path | None = None, notes: Mapping[str, RuleNote] | None = None
) -> PageView:
    """A page of a run. `raw` is its raw file, or the folder that holds it.

    Without the raw file, the page is rebuilt from clean file and ledger. That cannot be done where
    the clean file was edited: then JiaokanError says so. A raw file that was changed is an error,
    too.
    """
    from jiaokan.curation.learn_files import blocks_of, edited_files, run_blocks
    from jiaokan.inspect.hand_edits import hand_edits
    from jiaokan.inspect.page import trace_of

    edited = edited_files(record)[0]
    trace = None
    if raw is not None:
        from jiaokan.cli.records import raw_of, view_of

        trace = view_of(raw if raw.is_file() else raw_of(record, raw), record).trace
    elif record.json in edited:
        raise JiaokanError(
            "was edited after the run, so that the raw text cannot be rebuilt from it",
            where=str(record.json),
            hint="give the raw files, too, to see what was changed in it",
        )
    else:
        trace = trace_of(record.ledger, record.clean)
    hand: list[HandEdit] = []
    if edited:
        from jiaokan.cli.view import View

        blocks = run_blocks(View(record.ledger, trace), str(record.json))
        for path in edited:
            own = blocks if path.name.endswith(".json") else [b for b in blocks if b.article >= 0]
            hand += hand_edits(own, blocks_of(path), path.name, record.ledger, trace)
    return page_view(record.ledger, record.clean, trace, notes=notes, hand=hand)


def rule_notes(book: "Rulebook | None" = None) -> dict[str, RuleNote]:
    """What the rules in force say of themselves, and what is built into the stages.

    Without a book, the rules of the workspace are read; faulty ones are no reason to show nothing.
    """
    from jiaokan.errors import RuleError
    from jiaokan.inspect.builtin import BUILT_IN

    if book is None:
        from jiaokan.cli.workspace import rule_paths
        from jiaokan.rulebook import load

        try:
            book = load(rule_paths())
        except RuleError:
            return BUILT_IN
    return BUILT_IN | {rule.id: RuleNote(rule.kind, rule.reason) for rule in book.rules}
