"""Strangers' rules: stopped in time, with their name, and without harm."""

from collections.abc import Callable
from pathlib import Path
from time import monotonic, process_time

import pytest
from jiaokan.cleaning import clean_page
from jiaokan.errors import PageError, RuleError
from jiaokan.page import Decoding, Page
from jiaokan.rulebook import Rulebook, load, time_budget
from jiaokan.rulebook.lint import linted
from jiaokan.rulebook.packs import survey
from jiaokan.rulebook.regexes import compiled
from jiaokan.rulebook.rule import (
    Conditions,
    DropRule,
    LiteralRule,
    PatternRule,
    ProtectRule,
    Rule,
    ScriptRule,
)
from jiaokan.rulebook.scope import Scope
from jiaokan.settings import Settings


def cleaned(text: str, *rules: Rule) -> str:
    page = Page("a.txt", text.encode(), Decoding("utf-8", "utf-8"), text)
    settings = Settings(script="simplified", neural=False)
    return clean_page(page, Rulebook(rules, ""), settings).trace.text


ENDLESS = "(甲|甲甲)+[乙丁]"
STOPPED = {
    "pattern": PatternRule(id="endless", reason="r", pattern=ENDLESS, replace="x"),
    "protect": ProtectRule(id="endless", reason="r", pattern=ENDLESS),
    "drop": DropRule(id="endless", reason="r", pattern=ENDLESS, longest=200),
    "condition": LiteralRule(
        id="endless",
        reason="r",
        pairs={"地甲": "地乙"},
        when=Conditions(before=ENDLESS),
    ),
}


@pytest.mark.parametrize("rule", STOPPED.values(), ids=STOPPED.keys())
def test_a_pattern_without_end_refuses_the_page_and_names_the_rule(
    rule: Rule, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(time_budget, "PAGE_LIMIT", 0.5)
    start = monotonic()
    with pytest.raises(PageError, match="'endless' was stopped") as caught:
        cleaned("天,地乙丁\n" + "甲" * 36 + "丙乙\n" + "甲" * 36 + "丙乙地甲", rule)
    assert monotonic() - start < 10
    assert "jiaokan rules lint" in caught.value.hint


def test_many_slow_patterns_share_the_pages_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time_budget, "PAGE_LIMIT", 0.4)
    slow = [
        PatternRule(id=f"slow-{n}", reason="r", pattern=f"(?:天|地)*[{n}乙]丙", replace="x")
        for n in range(8)
    ]
    start = monotonic()
    with pytest.raises(PageError, match="'slow-"):
        cleaned("天地" * 3_000 + "".join(f"丁{n}丙" for n in range(8)), *slow)
    assert monotonic() - start < 10


def test_a_bounded_pattern_runs_under_the_clock_on_a_long_page() -> None:
    one = compiled(".{0,68}.{0,68}[乙丙]丁")
    assert not one.timed
    start = monotonic()
    with pytest.raises(PageError, match="'wide'"):
        list(one.find("甲丁" * 500_000, "wide", limit=0.3))
    assert monotonic() - start < 5
    assert [found.start() for found in one.find("甲乙丁", "wide")] == [0]


def test_time_is_counted_for_each_page_anew() -> None:
    with time_budget.page_clock(0.0), pytest.raises(PageError):
        list(compiled("(?:天*)*地").find("天" * 30, "own"))
    assert list(compiled("(?:天*)*地").find("天地", "own"))


GROWING: dict[str, tuple[Rule, ...]] = {
    "one literal": (LiteralRule(id="grow", reason="r", pairs={"甲": "乙" * 99}),),
    "a pattern": (PatternRule(id="grow", reason="r", pattern="甲", replace=r"\g<0>" * 99),),
    "a pattern that doubles all": (
        PatternRule(id="grow", reason="r", pattern="(?s).+", replace=r"\g<0>" * 9_999),
    ),
    "a literal of a megabyte": (
        LiteralRule(id="grow", reason="r", pairs={"甲": "乙" * 1_000_000}),
    ),
    "a script rule": (
        ScriptRule(id="grow", reason="r", to="simplified", pairs={"國": "国" * 999}),
    ),
    "many together": tuple(
        LiteralRule(id=f"grow-{word}", reason="r", pairs={word: word + "乙" * 12})
        for word in "天地玄黄宇宙甲洪荒"
    ),
}


@pytest.mark.parametrize("rules", GROWING.values(), ids=GROWING.keys())
def test_rules_that_grow_are_refused(rules: tuple[Rule, ...]) -> None:
    text = "國家發展與經濟建設，" + "天地玄黄宇宙甲洪荒" * 300
    text = text if rules[0].kind != "script" else "國家" * 300
    with pytest.raises(PageError, match="more than 4 times as long") as caught:
        cleaned(text, *rules)
    assert "'grow" in str(caught.value)


def test_growth_within_bounds_is_no_matter() -> None:
    rule = LiteralRule(id="grow", reason="r", pairs={"甲": "乙乙乙"})
    assert cleaned("甲" * 50, rule) == "乙" * 150


def literal(number: int) -> str:
    return (
        f"- {{id: r{number}, kind: literal, reason: r, pairs: {{天{number}: 地}}, "
        f"examples: {{天{number}: 地}}, unchanged: [地]}}\n"
    )


HOSTILE: dict[str, Callable[[], bytes]] = {
    "100 MB of text": lambda: b"a" * 100_000_000,
    "100 MB of comments": lambda: b"# comment\n" * 10_000_000,
    "a million levels": lambda: b"[" * 1_000_000,
    "a million levels in blocks": lambda: b"- " * 1_000_000,
    "a million levels of mappings": lambda: b"{a: " * 1_000_000,
    "a billion laughs": lambda: (
        b"a: &a [x]\n" + b"".join(b"b%d: [*a, *a]\n" % n for n in range(1_000))
    ),
    "laughs by word lists": lambda: (
        "words: {a: '" + " ".join(map(chr, range(0x4E00, 0x9F00))) + "'}\nrules:\n"
        "- {id: a, kind: pattern, reason: r, replace: x, examples: {a: b}, unchanged: [c], "
        "pattern: '" + "{{a}}" * 5_000 + "'}\n"
    ).encode(),
    "a tag that runs": lambda: b"- !!python/object/apply:os.system [exit]\n",
    "10 MB of values": lambda: b"- a\n" * 2_400_000,
    "10 MB of keys": lambda: b"".join(b"k%d: v\n" % n for n in range(900_000)),
    "many ids switched off": lambda: b"off: [" + b"x, " * 90_000 + b"]\n",
    "no UTF-8": lambda: b"- id: a\n" * 10_000 + b"\xff",
    "nothing but quotes": lambda: b'"' * 1_000_001,
    "one endless key": lambda: b"k" * 9_000_000 + b": v\n",
    "a faulty rule many times": lambda: b"- {id: a, kind: literal, pear: b}\n" * 20_000,
}


@pytest.mark.parametrize("make", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_files_are_refused_in_a_moment(make: Callable[[], bytes], tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_bytes(make())
    load()
    spent = []
    while not spent or (spent[-1] >= 1.0 and len(spent) < 4):
        start = process_time()
        with pytest.raises(RuleError) as caught:
            load([path])
        spent.append(process_time() - start)
    assert min(spent) < 1.5  # a busy machine slows some tries; a file that does harm slows all
    assert str(path) in caught.value.where
    assert len(str(caught.value)) < 40_000


def test_many_rules_are_no_hostility(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text("".join(map(literal, range(5_000))), "utf-8")
    assert len(load([path]).rules) == len(load().rules) + 5_000


def test_endless_files_are_not_read_to_their_end() -> None:
    with pytest.raises(RuleError, match="neither a file nor a folder"):
        load([Path("/dev/zero")])


def test_many_pairs_and_examples_are_linted_in_a_moment(tmp_path: Path) -> None:
    """One rule of very many pairs, one of very many examples: each was gone through again for
    every other."""
    pairs = "".join(f"    甲{n}: 乙{n}\n" for n in range(20_000))
    examples = "".join(f"    己经{n}: 已经{n}\n" for n in range(20_000))
    end = "  unchanged: [丙]\n"
    own = tmp_path / "own.yaml"
    own.write_text(
        f"- id: many-pairs\n  kind: literal\n  reason: r\n  pairs:\n{pairs}"
        f"  examples: {{甲1: 乙1}}\n{end}"
        "- id: many-examples\n  kind: literal\n  reason: r\n  pairs: {己经: 已经}\n"
        f"  examples:\n{examples}{end}",
        encoding="utf-8",
    )
    begun = process_time()
    report = linted(Scope((own,), frozenset({str(own)})))
    assert report.errors == ()
    assert process_time() - begun < 8


def test_a_pair_whose_result_holds_a_word_of_the_rule_is_told_among_many(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(
        "- id: own\n  kind: literal\n  reason: r\n  pairs: {市埸: 市场己经, 己经: 已经}\n"
        "  examples: {己经: 已经}\n  unchanged: [丙]\n",
        encoding="utf-8",
    )
    (problem,) = survey([own]).problems
    assert "the rule would act on its own result: '市场己经' holds '己经'" in problem.what


def test_what_acts_on_one_result_of_very_many_is_told(tmp_path: Path) -> None:
    pairs = "".join(f"    甲{n}乙: 丙{n}乙\n" for n in range(3_000))
    end = "  unchanged: [丁]\n"
    own = tmp_path / "own.yaml"
    own.write_text(
        f"- id: many-pairs\n  kind: literal\n  reason: r\n  pairs:\n{pairs}"
        f"  examples: {{甲1乙: 丙1乙}}\n{end}"
        "- id: back\n  kind: literal\n  reason: r\n  pairs: {丙2999乙: 甲2999乙}\n"
        f"  examples: {{丙2999乙: 甲2999乙}}\n{end}",
        encoding="utf-8",
    )
    report = linted(Scope((own,), frozenset({str(own)})))
    told = [one.what for one in report.warnings if one.rule == "many-pairs"]
    assert len(told) == 1
    assert "undo each other: 甲2999乙 → 丙2999乙 → 甲2999乙" in told[0]
