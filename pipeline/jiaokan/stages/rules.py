"""Literal, pattern and phrase rules from the packs.

己经 → 已经 (a literal rule); a rule of level `suggest` yields a finding and changes nothing. So
does a rule of kind `drop` or `layout` of that level, for a line that looks so.

Left alone and reported: a look-alike in a paragraph that speaks of wrong characters, or up to three
lines below one (改正下面句子中的错别字：…; “末来”应改为“未来”). An exercise needs its mistakes.
"""

import re
from collections.abc import Iterator

from jiaokan.edit import Edit
from jiaokan.finding import Alternative, Finding
from jiaokan.lazy_regex import lazy
from jiaokan.stages.context import Context

_LINE = re.compile(r"[^\n]+")
_HAN = lazy(r"[\u3400-\u9fff]")
_ON_ERRORS = lazy(
    "错别字|错字|别字|形近字|易混字|写错|误写|应改为|应改成|应作“|改错|(?<=[”’」』])[误改]作?[“‘「『]"
    "|錯別字|錯字|別字|寫錯|誤寫|應改為|改錯"
)
_EXERCISE = lazy("错别字|错字|别字|形近字|改错|錯別字|錯字|別字|改錯")
_ABOVE = 3
_MEANT = "a text that speaks of wrong characters: it may be meant as it stands"


def run(text: str, context: Context) -> Iterator[Edit | Finding]:
    """The edits and findings of the textual rules."""
    for rule, edit in context.rules.edits(text):
        if rule.level == "fix" and not _may_be_meant(text, edit):
            yield edit
        elif rule.level == "fix":
            yield _finding(text, edit, _MEANT)
        else:
            yield _finding(text, edit, rule.reason)
    if context.rules.suggests_lines:
        yield from _lines(text, context)


def _may_be_meant(text: str, edit: Edit) -> bool:
    """Whether Chinese characters would change where a text speaks of wrong ones."""
    if not _HAN.search(text, edit.start, edit.end):
        return False
    start, end = text.rfind("\n", 0, edit.start) + 1, text.find("\n", edit.end)
    if _ON_ERRORS.search(text, start, end if end >= 0 else len(text)):
        return True
    above = start
    for _ in range(_ABOVE):
        above = text.rfind("\n", 0, max(0, above - 1)) + 1
    return _EXERCISE.search(text, above, start) is not None


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
