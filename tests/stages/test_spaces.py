"""Spaces: noise goes, what a later stage reads stays."""

import pytest
from jiaokan.edit import apply, ordered
from jiaokan.stages.spaces import edits

CHANGES = [
    ("提升城乡基层治 理能力，是基本要求。", "提升城乡基层治理能力，是基本要求。"),
    ("深化改革， 推动发展。 要坚持", "深化改革，推动发展。要坚持"),
    ("认真落实 “两个维护” ，不走偏", "认真落实“两个维护”，不走偏"),
    ("治\u2009理能力\xa0与水平，都要提高", "治理能力与水平，都要提高"),
    ("国家 \n人民\t\n　\n完", "国家\n人民\n\n完"),
    ("末尾　", "末尾"),
    ("他说,\xa0就走了", "他说,就走了"),
    ("他走了\xa0;没有回来", "他走了;没有回来"),
    ("他走了\xa0,\xa0没有回来", "他走了,没有回来"),
    ("山上的 老屋,没人住", "山上的老屋,没人住"),
    ("宾客们都很期 待着合作\n邓晓琴说, 使馆举行", "宾客们都很期待着合作\n邓晓琴说, 使馆举行"),
    ("改造并非简单的 拆旧\n新研究团队发 and 旧车的", "改造并非简单的拆旧\n新研究团队发 and 旧车的"),
    ("他读到本报讯 昨日的消息，很高兴", "他读到本报讯昨日的消息，很高兴"),
]

STAYS = [
    "　　天刚蒙蒙亮，渡船就开了。",
    "  天刚蒙蒙亮，渡船就开了。",
    "苏 禾",
    "苏　禾",
    "李明 王芳 张伟",
    "本报记者 李明 通讯员 王芳",
    "责任编辑 池一鸣 校对 方晓",
    "2024年5月1日 星期三",
    "国务院总理 周恩来",
    "第一条 为了规范城市更新活动，保障各方权益，制定本条例。",
    "第三章 总则",
    "第Ⅲ卷 第IV章 讲的是渡口。",
    "第一编 第二章 总则",
    "第一条　为了规范城市更新活动，保障各方权益，制定本条例。",
    "一 绪论和研究的方法，以及问题的提出",
    "一、城市更新的意义  二、城市更新的途径，以及其他",
    "白日依山尽 黄河入海流",
    "清早六点一刻，头一班渡   最后把水位降到警戒",
    "使用 Python 语言，在 Linux 上",
    "本报讯 昨日，我市举行表彰大会。",
    "新华社北京3月5日电 记者从会上获悉，两项规划已经出台。",
    "　　本报讯（记者 王小明） 昨日，我市举行表彰大会。",
    "本报北京3月5日电 （记者 王小明）昨日，我市举行表彰大会。",
    "Smith,\xa0他说",
    "——在省第十一届人民代表大会第四次会议上 省长 胡玉亭",
    "修桥并不是光换几块桥 板，还要把桥墩加固\n面。施工队发现老桥墩的 到水面以下的石头",
]


def clean(text: str) -> str:
    """The text after the stage."""
    return apply(text, ordered(edits(text), text))


@pytest.mark.parametrize(("raw", "expected"), CHANGES)
def test_changes(raw: str, expected: str) -> None:
    assert clean(raw) == expected
    assert not list(edits(expected))


@pytest.mark.parametrize("text", STAYS)
def test_stays(text: str) -> None:
    assert clean(text) == text
