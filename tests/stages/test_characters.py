"""Odd characters: dropped, replaced, left, reported."""

import pytest
from jiaokan.edit import Edit, apply, ordered
from jiaokan.finding import Finding
from jiaokan.stages.characters import changes

SPOKEN_OF = ["“⼀”(U+2F00)是康熙部首", "全角“Ａ”的码位为U+FF21", "与“\uf900”编码不同"]


@pytest.mark.parametrize("text", SPOKEN_OF)
def test_characters_whose_codes_a_text_speaks_of_are_reported(text: str) -> None:
    (finding,) = changes(text)
    assert isinstance(finding, Finding)
    assert finding.text == text[text.index("“") + 1]


CHANGES = [
    ("选择“Ａ”项", "选择“A”项", "characters.full-width"),
    ("国\x00\x00家", "国家", "characters.null"),
    ("国\x07家", "国家", "characters.control"),
    ("\x1b[31m国家\x1b[0m", "国家", "characters.escape"),
    ("国\x1b家", "国家", "characters.escape"),
    ("国\u200b家", "国家", "characters.zero-width"),
    ("国\u200d家", "国家", "characters.zero-width"),
    ("国\ufeff家", "国家", "characters.byte-order-mark"),
    ("国\u202e家\u202c", "国家", "characters.direction-mark"),
    ("国\xad家", "国家", "characters.soft-hyphen"),
    ("inter\xad\nnational", "inter-\nnational", "characters.soft-hyphen"),
    ("葛\U000e0100城", "葛城", "characters.variation-selector"),
    ("国\ufe00家", "国家", "characters.variation-selector"),
    ("⽓候", "气候", "characters.radical"),
    ("⻓沙⻄安⻔", "长沙西安门", "characters.radical"),
    ("\uf9dc\uf900", "隆豈", "characters.compatibility-ideograph"),
    ("阿Ｑ１９２６年", "阿Q1926年", "characters.full-width"),
    ("见ｗｗｗ．ａｂｃ．ｃｎ页", "见www.abc.cn页", "characters.full-width"),
    ("每亩２．５公斤", "每亩2.5公斤", "characters.full-width"),
    ("进口１，２００吨，３４５", "进口1,200吨，345", "characters.full-width"),
    ("１２，３４５，６７８．９元", "12,345,678.9元", "characters.full-width"),
    ("早上７：３０到２３：５９", "早上7:30到23:59", "characters.full-width"),
    ("第５，１２，１３页", "第5，12，13页", "characters.full-width"),
    ("１，２００，５", "1，200，5", "characters.full-width"),
    ("比分２：１，２５：６５", "比分2：1，25：65", "characters.full-width"),
    ("1，２００", "1，200", "characters.full-width"),
    ("增长12．3％", "增长12.3％", "characters.full-width"),
    ("1958．8．8）", "1958.8.8）", "characters.full-width"),
    ("国︑家︒﹁人﹂︵一︶", "国、家。「人」（一）", "characters.vertical-form"),
    ("国﹐家﹖", "国，家？", "characters.small-form"),
    ("ﬁnal oﬃce", "final office", "characters.ligature"),
]

STAYS = [
    "①②Ⅰ Ⅳ ㎡ ℃ ㈠ ½ № ㍿",
    "，。：；？！（）％＋－＝～",
    "ﾊﾝｶｸ",
    "1，000",
    "7：30",
    "约翰．史密斯",
    "1．总则",
    "12．which of them",
    "J．K．罗琳",
    "吸食毒品。3．2014年8月22日",
    "4．10月8日起",
    "\ufa0e\ufa0f\ufa11\ufa13\ufa14\ufa1f\ufa21\ufa23\ufa24\ufa27\ufa28\ufa29",
    "❤\ufe0f",
    "👨\u200d👩\u200d👧",
    "क्\u200dष",
    "a\tb　c",
    "〇〆々",
]

REPORTED = [
    ("国\ue382家", "characters.private-use"),
    ("国\ufffd\ufffd家", "characters.replacement"),
    ("国\ud83d家", "characters.surrogate"),
    ("国\uffff家", "characters.noncharacter"),
    ("国\u2e87家", "characters.radical"),
]


def clean(text: str) -> str:
    """The text after the stage."""
    return apply(text, ordered((e for e in changes(text) if isinstance(e, Edit)), text))


@pytest.mark.parametrize(("raw", "expected", "rule"), CHANGES)
def test_changes(raw: str, expected: str, rule: str) -> None:
    assert clean(raw) == expected
    assert {item.rule for item in changes(raw)} == {rule}
    assert not list(changes(expected))


@pytest.mark.parametrize("text", STAYS)
def test_stays(text: str) -> None:
    assert not list(changes(text))


def test_a_point_is_seen_through_what_is_dropped() -> None:
    assert clean("２\u200b．\u200b５") == "2.5"
    assert clean("１，\u200b０００") == "1，000"


@pytest.mark.parametrize(("text", "rule"), REPORTED)
def test_reported(text: str, rule: str) -> None:
    (finding,) = changes(text)
    assert isinstance(finding, Finding)
    assert finding.rule == rule
    assert finding.text == text[finding.start : finding.end]
