"""Literal, pattern and phrase rules from the packs.

己经 → 已经 (a literal rule); a rule of level `suggest` yields a finding and changes nothing. So
does a rule of kind `drop` or `layout` of that level, for a line that looks so.
"""

import re
from collections.abc import Iterator

from jiaokan.edit import Edit
from jiaokan.finding import Alternative, Finding
from jiaokan.stages.context import Context

_LINE = re.compile(r"[^\n]+")


def run(text: str, context: Context) -> Iterator[Edit | Finding]:
    """The edits and findings of the textual rules."""
    for rule, edit in context.rules.edits(text):
        if rule.level == "fix":
            yield edit
        else:
            yield _finding(text, edit, rule.reason)
    if context.rules.suggests_lines:
        yield from _lines(text, context)


def _finding(text: str, edit: Edit, reason: str) -> Finding:
    found = text[edit.start : edit.end]
    alternative = Alternative(edit.new, edit.confidence, edit.evidence)
    return Finding(edit.start, edit.end, edit.rule, found, reason, edit.confidence, (alternative,))


def _lines(text: str, context: Context) -> Iterator[Finding]:
    """Lines that may be what a rule says of them; what stands above and below is not asked."""
    for match in _LINE.finditer(text):
        found = context.rules.suggested_role(match[0])
        if found is not None:
            line = match[0].strip()
            start = match.start() + match[0].index(line)
            what = f"by its looks this line may be {found.role}"
            yield Finding(start, start + len(line), found.rule, line, what)
