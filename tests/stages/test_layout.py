"""Lines that two rules of the layout would join are joined once."""

import pytest
from jiaokan.edit import apply, ordered
from jiaokan.rulebook import load as load_rules
from jiaokan.stages import layout
from jiaokan.stages.context import Context

HEADING = """岭上的听诊器——乡
村医生巴图·买买提访谈
文/本报记者 苏里·吾守尔"""
"""A title in two lines, the second of which could be a name, above its author's line."""
NAMES = """把渠修到地头
（作者系临川县水利局
沈青禾
苏晚 ）"""


WRAPPED = """夜班地铁的最后一趟
——一位列车司机的二十三点
方 向 东

二十三点零七分，申屠亮准时走
进四号线的司机室。他把水杯卡
在座椅旁边，检查仪表，试制动
，然后对着话筒说了一句话。"""
CLOSED = """第二个误区，是血压一正常就停
药。降压药不是退烧药，停了之
后血压会反跳，比不吃还要危险

门诊里常有病人说，我没什么感
觉，为什么要吃药呢？这正是第
一个误区：没有病痛就不用去管。
其实，血压升高对"""
ENDED = """隧道很长，车灯照出去，只看得
见两条发亮的铁轨。他说，开久
了，会觉得不是车在走，而是隧
道在往后退。列车进了车库以后
，他把水杯卡在座椅旁边，检查
仪表，关上了车门，走出了车站

各测一次，把数字记在本子上，
复诊时带来。记录，就是最好的
药引子。"""


def lines(text: str) -> list[str]:
    context = Context("simplified", load_rules())
    return apply(text, ordered(list(layout.run(text, context)), text)).split("\n")


def test_a_subtitle_and_the_author_below_it_stay_lines() -> None:
    assert lines(WRAPPED)[:3] == WRAPPED.split("\n")[:3]
    assert len(lines(WRAPPED)) == 5


def test_a_title_above_a_dateline_stays_a_line() -> None:
    report = (
        "本报讯（记者 米香）昨日清晨，\n二百辆统一标识的早餐车开进我\n市六十个社区，实行统一标准。"
    )
    page = ENDED + "\n\n早餐车进社区 二百辆车着装\n" + report
    assert lines(page)[-2:] == ["早餐车进社区 二百辆车着装", report.replace("\n", "")]


ASKING = """秘密在于发光的方式。白炽灯靠把钨丝烧
热来发光，九成以上的电能变成了热，只
有不到一成变成了光。萤火虫则靠化学反
应：它的腹部有一种叫荧光素的物质，在
荧光素酶的帮助下与氧气结合，释放出的
能量几乎全部变成光子，产生的热微乎其
微。它的发光器里布满细小的气管，像一
根根吸管一样，把氧气送到发光细胞旁边
打哈欠真的会传染吗？
阚 博
开会时有人打了个哈欠，不一会儿，周围
的人也跟着张开了嘴。这种现象人人见过
，科学上也确有其事。研究者让志愿者看
打哈欠的录像，大约一半的人会在五分钟
内打哈欠；看微笑的录像，打哈欠的只有
两成。"""
"""A title that asks, in the midst of a column."""


def test_a_title_that_asks_is_no_end_of_the_line_above() -> None:
    assert lines(ASKING)[1:3] == ["打哈欠真的会传染吗？", "阚 博"]


def test_a_question_above_text_is_joined() -> None:
    page = ASKING.replace("阚 博\n", "")
    assert lines(page)[0].endswith("打哈欠真的会传染吗？")


def test_a_columns_last_line_with_a_comma_is_no_heading() -> None:
    assert lines(CLOSED)[-1].endswith("不用去管。其实，血压升高对")


def test_lines_that_fill_the_column_are_wrapped_though_they_end_in_marks() -> None:
    assert lines(ENDED)[-1] == "各测一次，把数字记在本子上，复诊时带来。记录，就是最好的药引子。"


def test_verse_as_wide_as_the_column_stays() -> None:
    verse = "渡口的灯照着江上来去的人，\n江上的人记得渡口的那盏灯。\n水往东流，船却要往西边走。"
    assert lines(ENDED + "\n\n" + verse)[-3:] == verse.split("\n")


@pytest.mark.parametrize("text", [HEADING, NAMES])
def test_a_line_end_is_changed_once(text: str) -> None:
    page = f"{text}\n\n清早起来，渠里的水已经放到了村口，老陈扛着铁锹去看自家的田埂。\n"
    edits = list(layout.run(page, Context("simplified", load_rules())))
    assert ordered(edits, page)


def test_a_paragraph_that_is_set_in_is_wrapped_though_its_lines_end_in_marks() -> None:
    page = "\n".join(
        (
            "　　过去船到江口，先抛锚，再划小艇到岸上登记，排",
            "队少则半天，多则三天。船老大们说，等闸的时候，胡",
            "子都能长一截。",
            "",
            "　　今年六月，船闸管理所用上了计算机调度系统。船",
            "舶在上游六十公里处用电台报告船名、吨位、吃水，计",
            "算机自动编排闸次，轮到谁，广播里叫谁。",
            "",
            "　　七月十二日，江里涨水，一条运沙船在渡口翻沉，",
            "五个人落水。老渡工正在补网，扔下梭子就摇船出去。",
            "水急浪高，他把缆绳系在腰上，来回四趟，拉上来四个。",
        )
    )
    assert "\n五个人落水" not in "\n".join(lines(page))
    assert "就摇船出去。水急浪高" in lines(page)[-1]


SHORT_PARAGRAPHS = """凡人小事
修鞋匠的“借条”
毕生花
　　老康的修鞋摊在邮局门口，一摆就是二十六年。摊
子边上挂着一块小黑板，写的不是价目，而是“借条”，
邮局小吴欠两元，三号楼张老师欠四元，不认识的大个
子欠六元。
　　我问他，不认识的人也敢赊？老康头也不抬：“鞋
都穿走了，不敢也得敢。”
　　黑板上的账，总有人来还，那个“不认识的大个子”
隔了两年，从外地出差回来，专门绕到摊前，放下一百
块钱，谢过了老康。
　　老康找了他九十四块，把名字从黑板上擦掉，又添
了一笔。"""


def test_paragraphs_of_a_few_lines_are_wrapped_below_a_heading() -> None:
    """A paragraph's last line is as short as it likes."""
    found = lines(SHORT_PARAGRAPHS)
    assert found[:3] == SHORT_PARAGRAPHS.split("\n")[:3]
    assert len(found) == 7
    assert "不认识的大个子欠六元。" in found[3]


EXACT = """那歌没有词，只有一个调子高上去
又低下来，像江水绕过了那块石头
船上的人都听得入了神，没有一个
人开口，连摇橹的声音也像是轻了
许多，只剩下两岸的芦苇在风里响
我们的船就那样慢慢地过了江心。
我问他唱的是什么，他说这是唱给
水听的，船上的人听不听都不要紧"""


def test_a_sentence_that_ends_one_short_of_an_exact_column_ends_a_paragraph() -> None:
    found = lines(EXACT.replace("过了江心。", "过江。"))
    assert [line[:3] for line in found] == ["那歌没", "我问他"]


def test_a_line_that_a_mark_made_short_goes_on() -> None:
    """No line begins with a comma, so that its character moves, too."""
    pushed = EXACT.replace("过了江心。", "过江。").replace("我问他唱的", "他，问唱的")
    assert len(lines(pushed)) == 1


def test_a_paragraphs_first_line_may_have_lost_its_indent() -> None:
    page = EXACT.replace("风里响", "风里。").replace("过了江心。", "过江。")
    assert len(lines(page)) == 1


@pytest.mark.parametrize("first", ["《问》他唱", "2013年的"])
def test_a_line_that_what_follows_left_short_goes_on(first: str) -> None:
    """An opening mark ends no line, and a number is not parted."""
    pushed = EXACT.replace("过了江心。", "过江。").replace("我问他唱的", first)
    assert len(lines(pushed)) == 1


def test_a_sentence_that_fills_the_line_is_joined() -> None:
    assert len(lines(EXACT)) == 1


def test_a_line_that_ends_in_an_opening_bracket_goes_on() -> None:
    page = "\n".join(
        (
            "本报江州10月18日电（",
            "记者林若谷）江州海关今天发布的数据显示，今年前三季度",
            "全市货物贸易进出口总值增长很快，民营企业占了一半以上",
            "的份额，其中储能电池的订单已经排到了明年的春天。",
        )
    )
    assert lines(page) == ["".join(page.split("\n"))]
