"""Markup around the text, and pages that are JSON strings."""

import json

import jiaokan
import pytest
from jiaokan.edit import apply, ordered
from jiaokan.stages import escapes, markup

MARKUP = [
    ("# 渡口\n\n## 水程\n", "渡口\n\n水程\n"),
    ("**渡口**\n\n*苏 禾*\n", "渡口\n\n苏 禾\n"),
    ("**一是等船。**等船的人**很多**。", "一是等船。等船的人很多。"),
    ("***渡口***", "渡口"),
    ("**渡口大修**\n\n大修为期**45天**，共**3**个渡口。", "渡口大修\n\n大修为期45天，共3个渡口。"),
    (
        "渡口\n\n记者**王芳**\n\n等船的人**很多**，都坐着。",
        "渡口\n\n记者王芳\n\n等船的人很多，都坐着。",
    ),
    ("**一是等船。要等齐。**人齐了就开。", "一是等船。要等齐。人齐了就开。"),
    ("***导语***近日，渡口开了。", "导语近日，渡口开了。"),
    ("会议指出，**要修渡口、修路**，确保安全。", "会议指出，要修渡口、修路，确保安全。"),
    ("- **2024年**完成\n- **5G基站**建设", "- 2024年完成\n- 5G基站建设"),
    ("## 渡口\n\n等船的人**很多**，都坐着。", "渡口\n\n等船的人很多，都坐着。"),
    (
        "# 判决\n\n周某，女，1973年**月**日出生，住**镇**村。",
        "判决\n\n周某，女，1973年**月**日出生，住**镇**村。",
    ),
    ("**（作者系船工） **\n\n** 渡口**", "（作者系船工）\n\n渡口"),
    ("甲\n\n---\n\n乙", "甲\n\n\n\n乙"),
    ("```markdown\n渡口\n```\n", "\n渡口\n\n"),
    ("![渡口](images/1.jpg)\n渡口", "\n渡口"),
    ("<!-- 第二页 -->\n渡口", "\n渡口"),
    ("> 渡口的人说", "渡口的人说"),
    ("<p>渡口</p><p>水程</p>", "\n渡口\n\n\n\n水程\n"),
    ("<b>渡口</b>，<i>水程</i>", "渡口，水程"),
    ("渡口<br/>水程", "渡口\n水程"),
    ("<table><tr><td>船</td><td>两条</td></tr></table>", "\n\n船  两条  \n"),
    ("他说&ldquo;好&rdquo;&mdash;&#8212;走", "他说“好”——走"),
    ("一&nbsp;二&#160;三", "一\xa0二\xa0三"),
]
LEFT = [
    "#渡口夜话#大家来谈",
    "C# 语言与 # 号",
    "*ST江药昨日跌停，*ST海运涨停。",
    "甲\n\n* * *\n\n乙",
    "甲\n\n***\n\n乙",
    "| 船 | 人 |\n|---|---|\n| 两条 | 五个 |",
    "- 第一条\n- 第二条",
    "若 a<b 且 c>d，则停",
    "2**3**2 等于多少",
    "赵某驾驶豫a2**7k号轿车追上豫a8**13号货车。",
    "王某某，女，1973年**月**日出生，住江城市**镇**村。",
    "原告李**，被告张**、陈**。",
    "原告张**与被告李**系夫妻。",
    "**公司、**集团均未到庭。",
    "两**怕惹麻烦就走了。后来的**都不说话。",
    "报价截止日期：****-**-** 交货地点：**省",
    "蓝某驾驶桂ae***号货车，周某驾驶hu***号电动车。",
    "积分可兑换***元现金，内容是“***，请速登录”。",
    "渡口 ** 水程",
    "** 2 ** 3",
    "```python\n# 打印\nprint(1)\n```",
    "x = 1\n# 打印结果\nprint(x)",
    ">>> 打印",
    "AT&T 与 R&D; 都在",
    "姓名____性别____",
    "声明的开头写 <!-- 说明 --> 即可",
    "天\n地",
]


@pytest.mark.parametrize(("raw", "clean"), MARKUP)
def test_markup_goes(raw: str, clean: str) -> None:
    assert apply(raw, ordered(markup.edits(raw), raw)) == clean
    assert not ordered(markup.edits(clean), clean)


@pytest.mark.parametrize("text", LEFT)
def test_what_looks_like_markup_stays(text: str) -> None:
    assert not ordered(markup.edits(text), text)


PAGE = '渡口\n\n苏 禾\n\n他说："好。"\n\n\t风过稻田，\\t/ 欢呼。\n'


@pytest.mark.parametrize("ascii_only", [False, True])
@pytest.mark.parametrize("around", [False, True])
def test_a_json_string_is_read(ascii_only: bool, around: bool) -> None:
    raw = json.dumps(PAGE, ensure_ascii=ascii_only)
    raw = raw if around else raw[1:-1]
    assert apply(raw, ordered(escapes.edits(raw), raw)) == PAGE


@pytest.mark.parametrize(
    "text",
    [
        "换行写作 \\n，制表写作 \\t。\n第二行。\n第三行。",
        "打开 C:\\new\\name\\data 即可",
        "公式 \\frac{1}{2} \\n \\n",
        "码点 \\u4e2d 是“中”",
    ],
)
def test_a_page_that_speaks_of_escapes_stays(text: str) -> None:
    assert not list(escapes.edits(text))


def test_half_a_pair_of_surrogates_stays() -> None:
    text = "\\ud83d" * 6
    assert apply(text, ordered(escapes.edits(text), text)) == text


def test_an_escaped_page_has_a_script_and_comes_back() -> None:
    raw = json.dumps("青島的渡口\n\n苏 禾\n\n渡口在江边，船从这里出发，过江的人很多。\n")[1:-1]
    cleaned = jiaokan.clean(raw)
    assert cleaned.articles[0].title == "青岛的渡口"
    assert cleaned.restore() == raw.encode()


def test_a_picture_goes_with_its_address_and_other_addresses_stay() -> None:
    raw = "渡口\n\n![](https://a.cn/1.jpg)\n\n<p>船期见 https://a.cn/b?x=1&amp;y=2 一页。</p>\n"
    page = jiaokan.clean(raw)
    assert page.furniture == ()
    assert page.articles[0].paragraphs[-1].startswith("船期见 https://a.cn/b?x=1")
    assert "![" not in str(page.articles)
    assert page.restore() == raw.encode()
