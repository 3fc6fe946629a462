"""English function words between Chinese: repaired where certain, else left; real English stays."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jiaokan.cleaning import context_of, run_stages
from jiaokan.edit import Edit, apply, ordered
from jiaokan.finding import Finding
from jiaokan.rulebook import Rulebook, load
from jiaokan.rulebook.rule import Candidate, LeakRule, When
from jiaokan.stages import leaks
from jiaokan.stages.context import Context

HERE = Path(__file__).parent
WORDS = {
    "and": "和 与 及 并 而 、",
    "or": "或 或者",
    "of": "的",
    "the": "- 这 该",
    "a": "- 一个",
    "in": "在 于 中",
    "on": "在 关于 对",
    "at": "在 于",
    "to": "到 向 对 给 至",
    "for": "为 为了 对",
    "from": "从 自 由",
    "with": "与 同 和 以 用",
    "but": "但 但是 而 却",
    "is": "是 为",
    "not": "不 没有",
    "also": "也 还",
    "this": "这 此",
    "these": "这些",
    "if": "如果 若",
    "while": "而",
}


def rule(word: str, candidates: list[Candidate], **keys: object) -> LeakRule:
    return LeakRule(
        id=f"leak-{word}",
        reason="",
        word=word,
        candidates=tuple(candidates),
        **keys,  # type: ignore[arg-type]
    )


def context(*rules: LeakRule) -> Context:
    return Context("simplified", Rulebook(rules, ""))


ALL = context(
    *(
        rule(word, [Candidate(text.strip("-")) for text in texts.split()])
        for word, texts in WORDS.items()
    )
)


def lines(name: str) -> list[str]:
    text = (HERE / name).read_text("utf-8")
    return [line for line in text.split("\n") if line and line[0] != "#"]


def run(text: str, rules: Context = ALL) -> tuple[str, list[Edit], list[Finding]]:
    items = list(leaks.run(text, rules))
    edits = ordered([item for item in items if isinstance(item, Edit)], text)
    return apply(text, edits), edits, [item for item in items if isinstance(item, Finding)]


@pytest.mark.parametrize("case", lines("leaks-changes.txt"))
def test_repairs(case: str) -> None:
    before, after = case.split(" ⇒ ")
    assert run(before)[0] == after


@pytest.mark.parametrize("text", lines("leaks-unchanged.txt"))
def test_leaves(text: str) -> None:
    assert run(text)[0] == text


def test_many_cases() -> None:
    assert len(lines("leaks-changes.txt") + lines("leaks-unchanged.txt")) >= 40


def test_below_the_margin_it_is_reported_with_its_alternatives() -> None:
    wide = rule("and", [Candidate("和"), Candidate("而")], margin=99)
    text, edits, findings = run("智慧 and 力量", context(wide))
    assert (text, edits) == ("智慧 and 力量", [])
    assert [(one.rule, one.text) for one in findings] == [("leak-and", " and ")]
    assert [one.text for one in findings[0].alternatives] == ["和", "而"]


def test_in_a_chinese_clause_near_other_english_it_is_reported() -> None:
    text = "准确率较baseline提升9个百分点，为古籍 and 报刊数字化提供支撑。"
    clean, _, findings = run(text, context(rule("and", [Candidate("和"), Candidate("与")])))
    assert (clean, [one.text for one in findings]) == (text, [" and "])
    code = "用 for 循环处理 items，再看条件 and 结果"
    assert run(code, context(rule("for", [Candidate("为")])))[1:] == ([], [])


def test_a_word_between_a_quotation_mark_and_chinese_is_repaired() -> None:
    known = context(rule("in", [Candidate("在")]))
    assert run("他说，“ in 田间与群众拉家常”", known)[0] == "他说，“在田间与群众拉家常”"
    assert run("他说“in 状态”要改", known)[0] == "他说“in 状态”要改"


def test_a_suggestion_changes_nothing() -> None:
    text, edits, findings = run(
        "智慧 and 力量", context(rule("and", [Candidate("和")], level="suggest"))
    )
    assert (text, edits, len(findings)) == ("智慧 and 力量", [], 1)


def test_a_candidate_stands_only_where_its_condition_holds() -> None:
    only_verbs = rule(
        "and", [Candidate("并", When(before="推进|坚持")), Candidate("和", When(after="力"))]
    )
    assert run("推进 and 完善", context(only_verbs))[0] == "推进并完善"
    assert run("智慧 and 力量", context(only_verbs))[0] == "智慧和力量"
    assert run("目标 and 人民", context(only_verbs)) == ("目标 and 人民", [], [])


def test_without_rules_nothing_happens() -> None:
    assert run("智慧 and 力量", context()) == ("智慧 and 力量", [], [])


def test_a_place_is_read_again_once_its_neighbour_is_repaired() -> None:
    text, edits, findings = run("国， and 国 and 中")
    assert (text, findings) == ("国，和国和中", [])
    assert [(edit.start, edit.end) for edit in edits] == [(2, 7), (8, 13)]


def test_a_place_in_doubt_is_told_where_it_stands_before_the_repairs() -> None:
    text = "智慧 and 力量，推进 or 完善"
    wide = rule("or", [Candidate("或"), Candidate("但")], margin=99)
    clean, edits, (finding,) = run(text, context(rule("and", [Candidate("和")]), wide))
    assert (clean, len(edits)) == ("智慧和力量，推进 or 完善", 1)
    assert text[finding.start : finding.end] == finding.text == " or "


@settings(max_examples=200)
@given(
    st.lists(
        st.sampled_from([*"中国人民的力量，。“”《》 \n", " and ", "and", "of", " the ", "GDP", "a"])
    ).map("".join)
)
def test_a_second_run_changes_nothing(text: str) -> None:
    once = run(text)[0]
    assert run(once)[0] == once


def test_on_a_page_about_programs_a_word_is_reported_and_stays() -> None:
    told = "因为 this 很容易被弄错，所以要写明。"
    page = f"{told}\n\n调用 read_all() 之后，把 line_count 交给 print_page()。\n"
    trace, findings = run_stages(page, context_of(page, load(), "auto"))
    assert told in trace.text
    assert any(found.text.strip() == "this" for found in findings)
    trace, _ = run_stages("推进 and 完善这项工作。\n", context_of(page, load(), "auto"))
    assert trace.text == "推进和完善这项工作。\n"
