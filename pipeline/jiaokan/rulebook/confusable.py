"""Confusable characters: pairs of which the rules say that engines read one for the other."""

from collections.abc import Iterable, Iterator

from jiaokan.rulebook.rule import ConfusionRule, LiteralRule, Rule

Alike = frozenset[tuple[str, str]]
"""What is read, and what may stand on the page."""


def alike(rules: Iterable[Rule]) -> Alike:
    """The pairs of rules of kind `confusion`, and of literal rules that exchange one character."""
    return frozenset(pair for rule in rules for pair in _pairs(rule))


def _pairs(rule: Rule) -> Iterator[tuple[str, str]]:
    if isinstance(rule, ConfusionRule):
        yield from ((read, true) for read, trues in rule.pairs.items() for true in trues)
    elif isinstance(rule, LiteralRule):
        for wrong, right in rule.pairs.items():
            if len(wrong) == len(right):
                differing = [pair for pair in zip(wrong, right, strict=True) if pair[0] != pair[1]]
                if len(differing) == 1:
                    yield differing[0]
