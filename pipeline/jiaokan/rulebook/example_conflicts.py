"""Conflicts of a new rule with the examples of others: text that it would change, and must not.

当时侯宝林 must stay: 时侯 → 时候 without a margin breaks that, whoever writes it.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

from jiaokan.errors import PageError
from jiaokan.rulebook.book import Rulebook
from jiaokan.rulebook.example_checks import alone, held
from jiaokan.rulebook.example_runs import Failure, failed
from jiaokan.rulebook.rule import (
    ConfusionRule,
    DropRule,
    LayoutRule,
    LeakRule,
    ProtectRule,
    Rule,
    ScriptRule,
)


def harmed(rule: Rule, book: Rulebook) -> Iterator[Failure]:
    """What of other rules' examples does not hold where the rule is in the book, and else does.

    Rules that only report harm nothing; what a line is taken for is not asked.
    """
    if rule.level == "suggest" or isinstance(rule, DropRule | LayoutRule):
        return
    before = replace(book, rules=tuple(one for one in book.rules if one.id != rule.id))
    touches = _touching(rule)
    for other in book.rules:
        texts = (*(one.raw for one in other.examples), *other.unchanged)
        if other.id == rule.id or not any(map(touches, texts)):
            continue
        known = {(one.key, one.number) for one in failed(other, before)}
        for one in failed(other, book):
            if (one.key, one.number) not in known and one.got != one.expected:
                yield one


def _touching(rule: Rule) -> Callable[[str], bool]:
    """Whether the rule may act on a text."""
    match rule:
        case LeakRule():
            return lambda text: rule.word in text
        case ConfusionRule() | ScriptRule():
            return lambda text: any(word in text for word in rule.pairs)
        case ProtectRule():
            return lambda text: bool(held(rule, text))
    book = alone(rule)

    def acts(text: str) -> bool:
        try:
            return any(True for _ in book.edits(text))
        except PageError:
            return True

    return acts
