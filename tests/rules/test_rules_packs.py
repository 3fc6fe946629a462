"""The built-in packs as a whole: broad, without overlap, and without harm to one another."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from jiaokan.edit import apply
from jiaokan.rulebook import load
from jiaokan.rulebook.example_checks import alone
from jiaokan.rulebook.rule import LiteralRule, PhraseRule, ScriptRule

ROOT = Path(__file__).parents[2]
BOOK = load()
LITERALS = [rule for rule in BOOK.rules if isinstance(rule, LiteralRule)]


def mended(text: str) -> str:
    return apply(text, [edit for rule, edit in BOOK.edits(text) if rule.level == "fix"])


def test_there_are_enough_and_each_says_why() -> None:
    assert len(BOOK.rules) >= 300
    assert all(rule.reason.endswith((".", "?")) for rule in BOOK.rules)
    assert all(rule.examples and rule.unchanged for rule in BOOK.rules)


@pytest.mark.parametrize(
    "subject",
    [
        "punctuation",
        "leaks",
        "script",
        "misreadings",
        "lookalikes",
        "doubtful",
        "furniture",
        "imprint",
        "layout",
        "captions",
        "phrases",
    ],
)
def test_a_file_for_each_subject(subject: str) -> None:
    lines = (ROOT / "rules" / f"{subject}.yaml").read_text("utf-8").splitlines()
    assert lines[1].startswith("# ")


def test_no_wrong_word_stands_in_two_rules() -> None:
    words = Counter(wrong for rule in LITERALS for wrong in rule.pairs)
    assert [word for word, count in words.items() if count > 1] == []


def test_no_wrong_word_holds_another() -> None:
    """Save where the longer one leaves no doubt, and the shorter one is only reported."""
    level = {wrong: rule.level for rule in LITERALS for wrong in rule.pairs}
    inside = [
        (word, word[a:b])
        for word in level
        for a in range(len(word))
        for b in range(a + 1, len(word) + 1)
        if b - a < len(word) and word[a:b] in level
        if (level[word], level[word[a:b]]) != ("fix", "suggest")
    ]
    assert inside == []


def test_of_two_wrong_words_the_longer_one_decides() -> None:
    edits = [(rule.level, edit.new) for rule, edit in BOOK.edits("接受监督检香的结果。")]
    assert edits == [("fix", "查")]
    edits = [(rule.level, edit.new) for rule, edit in BOOK.edits("这项检香已经结束。")]
    assert edits == [("suggest", "查")]


@pytest.mark.parametrize("rule", LITERALS, ids=lambda rule: rule.id)
def test_what_a_rule_makes_stays_as_it_is(rule: LiteralRule) -> None:
    for wrong, right in rule.pairs.items():
        assert mended(right) == right
        # A bare word may say too little for a margin; then it must stay.
        assert mended(wrong) in ((wrong, right) if rule.margin else (right,))
        unasked = alone(replace(rule, margin=0.0))
        assert apply(wrong, [edit for _, edit in unasked.edits(wrong)]) == right


def test_no_phrase_is_repaired_into_another() -> None:
    phrases = [rule.phrase for rule in BOOK.rules if isinstance(rule, PhraseRule)]
    assert [phrase for phrase in phrases if mended(phrase) != phrase] == []


def test_script_rules_do_not_contradict_one_another() -> None:
    for target in ("simplified", "traditional"):
        rules = [r for r in BOOK.rules if isinstance(r, ScriptRule) and r.to == target]
        known = [(word, new) for rule in rules for word, new in rule.pairs.items()]
        assert len(dict(known)) == len(known)
        assert all(dict(known).get(new, new) == new for _, new in known)
