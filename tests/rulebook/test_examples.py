"""Every built-in rule does what its examples say, leaves what it must leave, and does it once."""

import pytest
from jiaokan.edit import apply
from jiaokan.rulebook import Rulebook, load
from jiaokan.rulebook.checks import faults
from jiaokan.rulebook.example_checks import failures
from jiaokan.rulebook.rule import Example, LiteralRule, PatternRule, PhraseRule, Rule

BOOK = load()
EXAMPLES = [example for rule in BOOK.rules for example in rule.examples]


def by_id(rule: Rule) -> str:
    return rule.id


@pytest.mark.parametrize("rule", BOOK.rules, ids=by_id)
def test_examples_hold(rule: Rule) -> None:
    assert list(failures(rule, BOOK)) == []


@pytest.mark.parametrize("rule", BOOK.rules, ids=by_id)
def test_rule_is_sound(rule: Rule) -> None:
    assert list(faults(rule)) == []
    assert rule.examples
    assert rule.unchanged


def changed(book: Rulebook, text: str) -> str:
    edits = [edit for rule, edit in book.edits(text) if rule.level == "fix"]
    return apply(text, edits)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.raw[:20])
def test_a_second_pass_changes_nothing(example: Example) -> None:
    once = changed(BOOK, example.raw)
    assert changed(BOOK, once) == once


@pytest.mark.parametrize(
    "rule",
    [r for r in BOOK.rules if isinstance(r, LiteralRule | PatternRule | PhraseRule)],
    ids=by_id,
)
def test_right_text_stays_with_all_rules_together(rule: Rule) -> None:
    for text in rule.unchanged:
        assert changed(BOOK, text) == text
    for example in rule.examples if rule.level == "fix" else ():
        assert changed(BOOK, example.raw) == example.clean
