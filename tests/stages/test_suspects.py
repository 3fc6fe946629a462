"""Suspected misreadings are reported, never changed, and clean text has few."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jiaokan.edit import Edit
from jiaokan.finding import Finding
from jiaokan.rulebook import Rulebook, load
from jiaokan.rulebook.rule import ConfusionRule
from jiaokan.stages import suspects
from jiaokan.stages.context import Context

RULE = ConfusionRule(
    id="confusion-test",
    reason="",
    pairs={"道": ("迫",), "末": ("未",), "士": ("土",), "己": ("已",), "人": ("入",)},
)
CONTEXT = Context("simplified", Rulebook((RULE,), ""))


def run(text: str) -> list[Finding]:
    findings = list(suspects.run(text, CONTEXT))
    for finding in findings:
        assert text[finding.start : finding.end] == finding.text
        assert 0 < finding.confidence < 1
    return findings


@pytest.mark.parametrize(
    ("text", "suspect", "repair"),
    [
        ("为了办好这件事，各级级的部门都派了人来", "级级", "级"),
        ("坚持以人民民为中心的发展思想", "民民", "民"),
        ("尚可的的声音有些沙哑", "的的", "的"),
        ("推动经经济社会高质量发展", "经经", "经"),
        ("全面建设建设社会主义现代化国家", "建设建设", "建设"),
        ("随着随着科技的发展，生活变了", "随着随着", "随着"),
        ("必须坚持坚持党的全面领导", "坚持坚持", "坚持"),
        ("他们终于被道投降了", "道", "迫"),
        ("我们要创造美好的末来生活", "末", "未"),
        ("这项工程己经全部完成", "己", "已"),
        ("国家的士地管理制度改革", "士", "土"),
    ],
)
def test_reports(text: str, suspect: str, repair: str) -> None:
    found = run(text)
    assert [(one.text, one.alternatives[0].text) for one in found] == [(suspect, repair)]


@pytest.mark.parametrize(
    "text",
    [
        "他常常来看我，人人都知道。",
        "老汉吧嗒吧嗒地抽旱烟，心里卜突卜突乱跳。",
        "他连道：“请起请起！”又派人去慰问慰问她。",
        "据江城青年报报道，卢某今年年内到任。",
        "年年岁岁花相似，天天都高高兴兴。",
        "大家渐渐明白了，慢慢地走着，好好学习。",
        "让我们讨论讨论，研究研究再说。",
        "哈哈哈，他笑了。",
        "目的的达成不在手段，的的确确如此",
        "这把锁用着用着就锈了，日子过着过着就好了",
        "妈妈、爸爸、爷爷、奶奶、哥哥、姐姐",
        "演员莉莉·科林斯到场",
        "土地管理局的战士已经走在道路上",
        "周末我们自己去，人民已经进入新时代",
        "县里的工作报告提出，要把农村道路修好，把学校和医院办好，让群众生活得更方便。",
        "",
        "the book keeper, 1122",
    ],
)
def test_leaves(text: str) -> None:
    assert run(text) == []


@pytest.mark.parametrize(
    ("text", "suspect", "repair"),
    [
        ("新动能加央成长", "央", "快"),
        ("群众反央强烈的问题", "央", "映"),
        ("价格张幅达百分之五", "张", "涨"),
    ],
)
def test_built_in_look_alikes(text: str, suspect: str, repair: str) -> None:
    found = list(suspects.run(text, Context("simplified", load())))
    assert [text[one.start : one.end] for one in found] == [suspect]
    assert isinstance(found[0], Finding)
    assert found[0].alternatives[0].text == repair


@pytest.mark.parametrize(
    "text", ["被告人穆某在逃，戚某投案。", "他身体健康，胆怯得很。", "中央纸张厂"]
)
def test_built_in_look_alikes_leave(text: str) -> None:
    assert not list(suspects.run(text, Context("simplified", load())))


@pytest.mark.parametrize(
    ("text", "left"),
    [("夏天到了\n\n□ 林若谷\n\n江城的夏天来得早。", 0), ("□林家的人都来了", 1), ("林□谷", 1)],
)
def test_an_authors_square_is_no_unread_character(text: str, left: int) -> None:
    found = suspects.run(text, Context("simplified", load()))
    assert sum(one.rule == "suspects.unread" for one in found) == left


def test_an_unread_character_is_reported() -> None:
    assert [(one.rule, one.text) for one in run("这是□□一例")] == [("suspects.unread", "□□")]


def test_a_line_that_the_print_broke_is_read_as_one() -> None:
    assert [one.text for one in run("为了办好这件事，各级\n级的部门都派了人来")] == []
    assert [one.text for one in run("为了办好这件事，各\n级级的部门都派了\n人来帮忙")] == ["级级"]


def test_a_place_of_which_two_rules_speak_is_reported_once() -> None:
    again = ConfusionRule(id="confusion-again", reason="", pairs={"己": ("已", "巳")})
    context = Context("simplified", Rulebook((RULE, again), ""))
    (found,) = suspects.run("这项工程己经全部完成", context)
    assert isinstance(found, Finding)
    assert (found.rule, found.alternatives[0].text) == ("confusion-test", "已")


@settings(max_examples=200)
@given(st.text(max_size=30) | st.text("中国人民道末士己级□\n的", max_size=30))
def test_nothing_is_ever_changed(text: str) -> None:
    assert not any(isinstance(item, Edit) for item in suspects.run(text, CONTEXT))
