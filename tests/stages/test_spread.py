"""Pages with a blank between all characters, and those that only look so."""

import pytest
from jiaokan.edit import apply, ordered
from jiaokan.stages.spaces import edits

PROSE = "江 城 市 今 年 新 建 口 袋 公 园 , 面 积 不 大 , 人 气 不 小 , 街 坊 都 爱 来 坐 坐 。"


def clean(text: str) -> str:
    return apply(text, ordered(edits(text), text))


@pytest.mark.parametrize(
    ("raw", "want"),
    [
        ("公 园 有 12 处 , 最 小 的 80 平 方 米 。", "公园有12处,最小的80平方米。"),
        ("“ 爱 来 ! ” 他 说 ( 笑 ) 。", "“爱来!”他说(笑)。"),
        ("老 街 换 新 颜\n本 报 记 者 林 若 谷", "老街换新颜\n本报记者林若谷"),
        ("1 江 城 队 12 9", "1 江城队 12 9"),
        ("江 声 报 1 9 9 1 年 7 月 5 日", "江声报 1991年7月5日"),
        ("左 栏 的 字  右 栏 的 字", "左栏的字  右栏的字"),
        ("　　缩 进 还 在", "　　缩进还在"),
        ("用 App 订 位", "用 App 订位"),
    ],
)
def test_blanks_of_a_spread_page_go(raw: str, want: str) -> None:
    page = clean(f"{PROSE}\n{raw}\n{PROSE}")
    assert page.split("\n", 1)[1].rsplit("\n", 1)[0] == want
    assert clean(page) == page


@pytest.mark.parametrize(
    "line",
    [
        "苏 禾",
        "赵 钱 孙 李 周 吴 郑 王",
        "东 风 夜 放 花 千 树",
        "高温将持续一周 市民外出注意防暑",
    ],
)
def test_a_spaced_line_of_a_usual_page_is_no_spread_page(line: str) -> None:
    text = f"{line}\n\n渡口的老槐树下常年摆着一张方桌，过河的人爱坐，等船的时候说些闲话。"
    assert clean(text) == text
