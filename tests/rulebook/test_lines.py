"""What a whole line is: the place counts where a rule asks for it, cells count together."""

from pathlib import Path

import pytest
from jiaokan.rulebook import load
from jiaokan.rulebook.lines import Place
from jiaokan.rulebook.packs import builtin
from jiaokan.stitch.blocks import blocks
from opencc import OpenCC

BOOK = load()


def role(line: str, place: Place | None = None) -> str | None:
    match = BOOK.line_role(line, place=place)
    return match.role if match else None


@pytest.mark.parametrize(
    "line",
    [
        "2019年11月26日 星期二  第3版",
        "越州日报  2019年11月26日 星期二 责任编辑 李明",
        "03版 | 要闻 | 2019年11月26日",
        "新闻热线：0532-82933000  邮编：266000",
    ],
)
def test_furniture_of_several_cells(line: str) -> None:
    assert role(line) == "furniture"


@pytest.mark.parametrize(
    "line",
    [
        "",
        "理论  评论",
        "2019年11月26日",
        "2019年11月26日，越州日报社举行了座谈会。",
        "第3版  李明",
        "城市更新的法治保障",
        "编辑们常说，好稿子是改出来的。",
        "记者从市政府获悉，今年将新建公园二十座。",
        "一" * 500,
        "电话：0532-82933000",
        "邮编：266000",
        "电子邮箱：jcts@lib.cn",
        "网址：www.jclib.cn",
        "主办单位：江城市委宣传部",
        "定价：38.00元",
        "主任：王建国",
        "编委：陈默 周小雨",
        "星期二",
        "11月26日 星期二",
        "今日立春",
        "江南水镇图",
        "|---|---|",
        "| --- | :---: | ---: |",
    ],
)
def test_lines_of_articles_are_nothing(line: str) -> None:
    assert role(line) is None


def test_a_name_alone_is_a_byline_under_a_title_only() -> None:
    assert role("陈 默") is None
    assert role("陈 默", Place(above="body")) is None
    match = BOOK.line_role("  陈　默 ", place=Place(above="title"))
    assert match is not None
    assert (match.role, match.rule, match.groups["name"]) == ("byline", "byline-name", "陈　默")


def test_an_affiliation_keeps_its_groups_empty() -> None:
    match = BOOK.line_role("（作者单位：江城大学）")
    assert match is not None
    assert (match.role, dict(match.groups)) == ("affiliation", {})


@pytest.mark.parametrize(
    "line",
    [
        "图为居民在工具房登记借用梯子（崔远摄）",
        "图为居民在工具房登记借用梯子(崔远摄)",
        "图片由受访者提供",
        "（资料图片）",
        "本报记者 某某 摄",
        "新华社发（周小雨 摄）",
    ],
)
def test_credits(line: str) -> None:
    assert role(line) == "credit"


@pytest.mark.parametrize(
    "line",
    [
        "图为当年的情景，那时大家都还年轻，谁也没有想到日后会有这样大的变化。",
        "图片由受访者提供，文字由记者整理，两人一起做了三年。",
        "他爱看老照片（大多是父亲拍的）",
        "企图为自己辩解",
        "下图为三个接口的结构：",
    ],
)
def test_sentences_about_pictures_are_no_credits(line: str) -> None:
    assert role(line) is None


@pytest.mark.parametrize(
    "name",
    ["鄢春和", "郇明", "隋 远", "迟子峰", "楼 明", "欧小雨", "欧阳 明", "夏侯 明", "駱明", "藍 天"],
)
def test_bylines(name: str) -> None:
    assert role(name, Place(above="title")) == "byline"


def surnames() -> list[str]:
    words = dict(builtin())["rules/layout.yaml"].decode().split("surname: >-")[1].split("rules:")[0]
    return words.split()


def test_each_surname_stands_once() -> None:
    assert len(surnames()) == len(set(surnames())) > 500


def test_each_surname_stands_in_traditional_form_too() -> None:
    to_simplified, to_traditional = OpenCC("t2s").convert, OpenCC("s2t").convert
    simplified = {name for name in surnames() if to_simplified(name) == name}
    same = set("范于余咸郁游岳涂岩")
    assert {to_traditional(name) for name in simplified - same} <= set(surnames())


def test_a_line_beside_a_kicker_or_a_byline(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(
        "- {id: motto, kind: drop, reason: r, pattern: 多快好省, place: {below: [kicker]}, "
        "examples: {多快好省: ''}, unchanged: [丁]}\n"
        "- {id: series, kind: layout, role: kicker, reason: r, pattern: '江南见闻之\\p{Han}', "
        "examples: {江南见闻之三: 江南见闻之三}, unchanged: [丁]}\n"
        "- {id: signed, kind: layout, role: byline, reason: r, pattern: '文/(?P<name>\\p{Han}+)', "
        "examples: {文/许白: 许白}, unchanged: [丁]}\n"
        "- {id: place, kind: drop, reason: r, pattern: 写于江城, place: {above: [byline]}, "
        "examples: {写于江城: ''}, unchanged: [丁]}\n"
    )
    text = "多快好省\n江南见闻之三\n多快好省\n写于江城\n文/许白\n写于江城\n"
    roles = [(block.text, block.role) for block in blocks(text, load([own]))]
    assert roles == [
        ("多快好省", "furniture"),
        ("江南见闻之三", "kicker"),
        ("多快好省", "body"),
        ("写于江城", "body"),
        ("文/许白", "byline"),
        ("写于江城", "furniture"),
    ]
