"""Literal, pattern and phrase rules from the packs.

己经 → 已经 (a literal rule); a rule of level `suggest` yields a finding and changes nothing.
"""

from collections.abc import Iterator

from jiaokan.edit import Edit
from jiaokan.finding import Alternative, Finding
from jiaokan.stages.context import Context


def run(text: str, context: Context) -> Iterator[Edit | Finding]:
    """The edits and findings of the textual rules."""
    for rule, edit in context.rules.edits(text):
        if rule.level == "fix":
            yield edit
        else:
            yield _finding(text, edit, rule.reason)


def _finding(text: str, edit: Edit, reason: str) -> Finding:
    found = text[edit.start : edit.end]
    alternative = Alternative(edit.new, edit.confidence, edit.evidence)
    return Finding(edit.start, edit.end, edit.rule, found, reason, edit.confidence, (alternative,))
