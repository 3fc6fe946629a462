"""The examples of every built-in rule, run through the stage that uses the rule."""

import pytest
from jiaokan.cleaning import run_stages
from jiaokan.edit import Edit, apply, ordered
from jiaokan.finding import Finding
from jiaokan.rulebook import load
from jiaokan.rulebook.rule import (
    ConfusionRule,
    DropRule,
    LayoutRule,
    LeakRule,
    ProtectRule,
    Rule,
    ScriptRule,
)
from jiaokan.stages import StageFunction, leaks, rules, script, suspects
from jiaokan.stages.context import Context, Script

BOOK = load()


def named(rule: Rule) -> str:
    return rule.id


def act(stage: StageFunction, text: str, to: Script = "simplified") -> tuple[str, list[Finding]]:
    items = list(stage(text, Context(to, BOOK)))
    edits = ordered((item for item in items if isinstance(item, Edit)), text)
    return apply(text, edits), [item for item in items if isinstance(item, Finding)]


def of_kind(*kinds: type) -> list[Rule]:
    return [rule for rule in BOOK.rules if isinstance(rule, kinds)]


@pytest.mark.parametrize("rule", of_kind(LeakRule), ids=named)
def test_leaks(rule: Rule) -> None:
    for example in rule.examples:
        assert act(leaks.run, example.raw)[0] == example.clean
        assert act(leaks.run, example.clean) == (example.clean, [])
    for text in rule.unchanged:
        assert act(leaks.run, text) == (text, [])


@pytest.mark.parametrize("rule", of_kind(ScriptRule), ids=named)
def test_script(rule: Rule) -> None:
    assert isinstance(rule, ScriptRule)
    for example in rule.examples:
        assert act(script.run, example.raw, rule.to) == (example.clean, [])
    for text in [*rule.unchanged, *(example.clean for example in rule.examples)]:
        assert act(script.run, text, rule.to) == (text, [])


@pytest.mark.parametrize("rule", of_kind(ConfusionRule), ids=named)
def test_suspects(rule: Rule) -> None:
    for example in rule.examples:
        text, found = act(suspects.run, example.raw)
        assert text == example.raw
        repairs = {
            example.raw[: one.start] + other.text + example.raw[one.end :]
            for one in found
            for other in one.alternatives
        }
        assert example.clean in repairs
        assert act(suspects.run, example.clean)[1] == []
    for text in rule.unchanged:
        assert act(suspects.run, text) == (text, [])


TEXTUAL = [
    rule
    for rule in BOOK.rules
    if not isinstance(
        rule, LeakRule | ScriptRule | ConfusionRule | DropRule | LayoutRule | ProtectRule
    )
]


@pytest.mark.parametrize("rule", TEXTUAL, ids=named)
def test_rules(rule: Rule) -> None:
    for example in rule.examples:
        assert act(rules.run, example.raw)[0] == (
            example.clean if rule.level == "fix" else example.raw
        )
    for text in rule.unchanged:
        assert act(rules.run, text)[0] == text


@pytest.mark.parametrize("rule", of_kind(ProtectRule), ids=named)
def test_no_stage_touches_what_is_protected(rule: Rule) -> None:
    for text in rule.unchanged:
        assert run_stages(text, Context("simplified", BOOK))[0].text == text
    for example in rule.examples:
        assert run_stages(example.raw, Context("simplified", BOOK))[0].text == example.clean
