"""Conditions: a rule acts where they hold, and nowhere else."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from time import monotonic

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jiaokan.cleaning import clean_page, context_of, run_stages
from jiaokan.edit import apply
from jiaokan.errors import PageError, RuleError
from jiaokan.page import Decoding, Page
from jiaokan.rulebook import Rulebook
from jiaokan.rulebook.facts import NO_FACTS, PageFacts, days, in_force, normal_date
from jiaokan.rulebook.rule import Conditions, LiteralRule, OnPage
from jiaokan.settings import Settings

Load = Callable[[str], Rulebook]
PROOF = ", examples: {甲乙: 丙乙}, unchanged: [丁]"


def literal(when: str, id: str = "own") -> str:
    return f"- {{id: {id}, kind: literal, reason: r, pairs: {{甲乙: 丙乙}}, when: {when}{PROOF}}}\n"


def changed(book: Rulebook, text: str) -> str:
    return apply(text, [edit for _, edit in book.edits(text)])


@pytest.mark.parametrize(
    ("when", "text", "clean"),
    [
        ("{before: 天}", "天甲乙 地甲乙", "天丙乙 地甲乙"),
        ("{after: '[玄黄]'}", "甲乙玄 甲乙天", "丙乙玄 甲乙天"),
        ("{before: 天, after: 玄}", "天甲乙玄 天甲乙 甲乙玄", "天丙乙玄 天甲乙 甲乙玄"),
        (r"{before: '\d{4}年'}", "1956年甲乙 年甲乙", "1956年丙乙 年甲乙"),
        ("{before: '^'}", "甲乙甲乙", "丙乙甲乙"),
        ("{before: 天}", "天\n甲乙", "天\n甲乙"),
        ("{place: line-start}", "甲乙甲乙\n　甲乙天", "丙乙甲乙\n　丙乙天"),
        ("{place: line-end}", "甲乙甲乙\n甲乙天", "甲乙丙乙\n甲乙天"),
        ("{place: first-line}", "\n甲乙天\n甲乙", "\n丙乙天\n甲乙"),
        ("{place: last-line}", "甲乙\n天甲乙地\n\n", "甲乙\n天丙乙地\n\n"),
        ("{place: [line-start, last-line]}", "天甲乙\n甲乙\n天甲乙", "天甲乙\n丙乙\n天丙乙"),
        ("{place: body}", "甲乙是句子。", "丙乙是句子。"),
        ("{place: byline}", "甲乙是句子。", "甲乙是句子。"),
    ],
)
def test_surroundings(when: str, text: str, clean: str, load_text: Load) -> None:
    assert changed(load_text(literal(when)), text) == clean


def test_a_line_that_a_rule_knows_is_a_place(load_text: Load) -> None:
    rule = (
        "- {id: own, kind: literal, reason: r, pairs: {甲乙: 丙乙}, when: {place: furniture}, "
        "examples: {甲乙晨报: 丙乙晨报}, unchanged: [甲乙]}\n"
        "- {id: line, kind: drop, reason: r, pattern: '甲乙晨报', examples: {甲乙晨报: ''}, "
        "unchanged: [甲乙]}\n"
    )
    assert changed(load_text(rule), "甲乙晨报\n甲乙晨报说") == "丙乙晨报\n甲乙晨报说"


OTHERS = {
    "pattern": "- {id: own, kind: pattern, reason: r, pattern: '甲+', replace: 乙, "
    "when: {after: 天}, examples: {甲天: 乙天}, unchanged: [甲]}\n",
    "phrase": "- {id: own, kind: phrase, reason: r, phrase: 一切从渡口的实际出发, "
    "when: {before: 要}, unchanged: [人], "
    "examples: {要一切从渡囗的实际出发: 要一切从渡口的实际出发}}\n",
}


def test_patterns_and_phrases_have_them_too(load_text: Load) -> None:
    assert changed(load_text(OTHERS["pattern"]), "甲甲天甲") == "乙天甲"
    text = "要一切从渡囗的实际出发。一切从渡囗的实际出发。"
    assert changed(load_text(OTHERS["phrase"]), text) == text.replace("囗", "口", 1)


def staged(text: str, book: Rulebook) -> str:
    trace, _ = run_stages(text, context_of(text, book, "simplified"))
    return trace.text


def leak(when: str, id: str = "own", candidate: str = "也不") -> str:
    return (
        f"- {{id: {id}, kind: leak, reason: r, word: nor, candidates: [{candidate}], "
        f"when: {when}, examples: {{他不来 nor 去。: 他不来{candidate}去。}}, "
        "unchanged: [neither nor]}\n"
    )


@pytest.mark.parametrize(
    ("when", "text", "clean"),
    [
        ("{before: 不来}", "他不来 nor 去。他来 nor 去。", "他不来也不去。他来 nor 去。"),
        ("{after: 去}", "他不来 nor 去。他不来 nor 走。", "他不来也不去。他不来 nor 走。"),
        (
            "{place: first-line}",
            "他不来 nor 去。\n他不来 nor 去。",
            "他不来也不去。\n他不来 nor 去。",
        ),
        (
            "{place: last-line}",
            "他不来 nor 去。\n他不来 nor 去。",
            "他不来 nor 去。\n他不来也不去。",
        ),
        ("{before: ，他不来}", "看,他不来 nor 去。", "看，他不来也不去。"),
    ],
)
def test_leaks_have_them_too(when: str, text: str, clean: str, load_text: Load) -> None:
    assert staged(text, load_text(leak(when))) == clean


def test_of_two_rules_for_a_leaked_word_the_first_whose_conditions_hold_acts(
    load_text: Load,
) -> None:
    rules = leak("{before: 不来}", "own-a") + leak("{after: 去}", "own-b", "或")
    text = staged("他不来 nor 走。他来 nor 去。他来 nor 走。", load_text(rules))
    assert text == "他不来也不走。他来或去。他来 nor 走。"


def test_one_form_of_several_by_context(load_text: Load) -> None:
    rules = (
        "- {id: own-hair, kind: script, to: traditional, reason: r, pairs: {发: 髮}, "
        "when: {before: 理}, examples: {理发: 理髮}, unchanged: [髮]}\n"
        "- {id: own-shop, kind: script, to: traditional, reason: r, pairs: {发: 發}, "
        "when: {after: 店}, examples: {发店: 發店}, unchanged: [發]}\n"
    )
    book = load_text(rules)
    text, _ = _staged("理发與发店", book, "traditional")
    assert text == "理髮與發店"


def _staged(text: str, book: Rulebook, script: str) -> tuple[str, int]:
    trace, findings = run_stages(text, context_of(text, book, script))  # type: ignore[arg-type]
    return trace.text, len(findings)


def test_confusion_acts_at_level_fix_and_where_it_may(load_text: Load) -> None:
    rule = (
        "- {id: own, kind: confusion, reason: r, pairs: {追: 迫}, margin: 6, level: LEVEL, "
        "when: {after: 投降}, examples: {被追投降: 被迫投降}, unchanged: [追]}\n"
    )
    text = "敌军一个连被追投降，其余的逃走了。"
    assert _staged(text, load_text(rule.replace("LEVEL", "fix")), "keep")[0] == text.replace(
        "追", "迫"
    )
    assert _staged(text, load_text(rule.replace("LEVEL", "suggest")), "keep")[0] == text
    elsewhere = rule.replace("LEVEL", "fix").replace("after: 投降", "after: 进攻")
    assert _staged(text, load_text(elsewhere), "keep")[0] == text


PAGES = {
    "publication": ("{publication: 江城日报}", PageFacts("江城日报"), PageFacts("望屿日报")),
    "one of several": ("{publication: [甲报, 江城日报]}", PageFacts("江城日报"), PageFacts("乙报")),
    "date": ("{date: {from: 1950, to: 1956-03}}", PageFacts(date="1956-03-31"), PageFacts()),
    "too late": ("{date: {to: 1956-03}}", PageFacts(date="1956-02"), PageFacts(date="1956-04-01")),
    "a year that ends too late": (
        "{date: {to: 1956-03}}",
        PageFacts(date="1955"),
        PageFacts(date="1956"),
    ),
    "script": (
        "{script: traditional}",
        PageFacts(script="traditional"),
        PageFacts(script="simplified"),
    ),
}


@pytest.mark.parametrize(("when", "yes", "no"), PAGES.values(), ids=PAGES.keys())
def test_pages(when: str, yes: PageFacts, no: PageFacts, load_text: Load) -> None:
    book = load_text(literal(when))
    assert changed(book.on(yes), "甲乙") == "丙乙"
    assert changed(book.on(no), "甲乙") == "甲乙"
    assert changed(book.on(NO_FACTS), "甲乙") == "甲乙"
    assert changed(book, "甲乙") == "甲乙", "a book that is for no page"
    assert changed(book.on(yes), "甲乙") == "丙乙", "a second time"


def test_every_kind_can_ask_for_a_page(load_text: Load) -> None:
    book = load_text(
        "- {id: own-line, kind: drop, reason: r, pattern: 甲乙通讯, examples: {甲乙通讯: ''}, "
        "unchanged: [甲], when: {publication: 江城日报}}\n"
        "- {id: own-held, kind: protect, reason: r, words: [天甲], examples: [天甲], "
        "unchanged: [天甲], when: {publication: 江城日报}}\n"
    )
    here, there = book.on(PageFacts("江城日报")), book.on(PageFacts("望屿日报"))
    assert here.line_role("甲乙通讯")
    assert not there.line_role("甲乙通讯")
    assert here.protected("天甲").starts
    assert not there.protected("天甲").starts


def test_clean_page_passes_the_facts_on(load_text: Load) -> None:
    book = load_text(literal("{publication: 江城日报}"))
    page = Page("a.txt", "甲乙".encode(), Decoding("utf-8", "utf-8"), "甲乙")
    settings = Settings(neural=False)
    known = clean_page(page, book, settings, PageFacts("江城日报"))
    assert known.trace.text == "丙乙"
    assert clean_page(page, book, settings).trace.text == "甲乙"


def test_the_pages_own_script_counts(load_text: Load) -> None:
    book = load_text(literal("{script: traditional}"))
    assert _staged("國家發展甲乙與經濟建設", book, "keep")[0].count("丙乙") == 1
    assert _staged("国家发展甲乙与经济建设", book, "keep")[0].count("丙乙") == 0


REFUSED = {
    "unknown key": ("{befor: 天}", "did you mean 'before'?"),
    "unknown place": ("{place: line-strat}", "did you mean 'line-start'?"),
    "no date": ("{date: {from: 1956-13}}", "no day, month or year"),
    "no date at all": ("{date: {from: 昨天}}", "'昨天' is no date"),
    "no such day": ("{date: {to: 1957-02-29}}", "no day, month or year"),
    "backwards": ("{date: {from: 1957, to: 1956}}", "ends before it begins"),
    "wrong end of a date": ("{date: {form: 1957}}", "only 'from' and 'to'"),
    "no name": ("{publication: ' '}", "is no name"),
    "broken pattern": ("{after: '天('}", "after:"),
    "a pattern that breaks out": ("{after: '(?x) 天 # x'}", "after:"),
    "a list that is not there": ("{before: '{{fruit}}'}", "there is no list 'fruit'"),
    "text": ("天", "when"),
    "unknown script": ("{script: simplifid}", "did you mean 'simplified'?"),
}


@pytest.mark.parametrize(("when", "what"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_wrong_is_said(when: str, what: str, load_text: Load) -> None:
    with pytest.raises(RuleError) as caught:
        load_text(literal(when))
    assert what in str(caught.value)
    assert ":1:" in caught.value.where


def test_lists_stand_in_conditions(load_text: Load) -> None:
    text = "words: {fruit: 苹果 梨}\nrules:\n" + literal("{before: '{{fruit}}'}")
    assert changed(load_text(text), "梨甲乙桃甲乙") == "梨丙乙桃甲乙"


def test_a_condition_without_end_does_no_harm(load_text: Load) -> None:
    book = load_text(literal("{before: '(?:天|天天)*地'}"))
    start = monotonic()
    with suppress(PageError):
        assert changed(book, "天" * 60 + "甲乙") == "天" * 60 + "甲乙"
    assert monotonic() - start < 5


@given(st.dates(date(1, 1, 1), date(9999, 12, 31)), st.integers(0, 400))
def test_a_day_in_the_time_is_in_force(day: date, more: int) -> None:
    last = date.fromordinal(min(day.toordinal() + more, date.max.toordinal()))
    when = Conditions(date={"from": day.isoformat(), "to": last.isoformat()})
    rule = LiteralRule(id="a", reason="r", pairs={"a": "b"}, when=when)
    assert in_force(rule, PageFacts(date=day.isoformat()))
    assert in_force(rule, PageFacts(date=last.isoformat()))
    if last < date.max:
        assert not in_force(rule, PageFacts(date=(last + timedelta(1)).isoformat()))


@given(st.dates(date(1000, 1, 1), date(9999, 12, 31)))
def test_dates_are_read_as_written(day: date) -> None:
    for form in ("%Y-%m-%d", "%Y%m%d", "%Y年%m月%d日"):
        assert normal_date(day.strftime(form)) == day.isoformat()
    year = f"{day.year}"
    assert days(year).first <= day <= days(year).last
    month = day.isoformat()[:7]
    assert days(month).first <= day <= days(month).last


def test_conditions_that_ask_nothing_are_none() -> None:
    rule = LiteralRule(id="a", reason="r", pairs={"a": "b"})
    assert rule.when == Conditions()
    assert in_force(rule, NO_FACTS)
    assert OnPage() != Conditions()
