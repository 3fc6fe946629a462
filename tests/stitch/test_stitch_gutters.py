"""Columns that stand side by side in one line come apart; what only looks like them stays."""

from collections.abc import Sequence
from itertools import zip_longest

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jiaokan.article import Article
from jiaokan.cleaning import Cleaned
from jiaokan.columns.gaps import width
from jiaokan.ledger import account
from jiaokan.restore import restore
from stitched import COURT, MARKET, ORCHARD, RUST, cleaned, in_order, wrapped

RULE = "layout.gutter"
PLAIN_GUTTERS = ("      ", "  ", "\u3000\u3000\u3000", "\t", "|", " | ", "｜", "  │ ")


def column(one: Article, measure: int = 16) -> list[str]:
    """An article as the lines of one printed column."""
    lines = [one.title, one.author]
    for paragraph in one.paragraphs:
        lines += wrapped(paragraph, measure).split("\n")
    return lines


def abreast(*columns: Sequence[str], gutter: str = "    ", measure: int = 16) -> str:
    """The columns side by side; each but the last is filled up with blanks, as engines do."""
    lines = []
    for row in zip_longest(*columns, fillvalue=""):
        filled = [cell + " " * (2 * measure - width(cell)) for cell in row]
        lines.append(gutter.join(filled).rstrip())
    return "\n".join(lines) + "\n"


def tight(*columns: Sequence[str], gutter: str) -> str:
    """The columns side by side, with nothing but the gutter between two cells."""
    return "\n".join(gutter.join(row) for row in zip(*columns, strict=True)) + "\n"


def bodies(result: Cleaned) -> list[str]:
    return ["".join(one.paragraphs) for one in result.arrangement.articles]


def body(*written: Article) -> list[str]:
    return ["".join(one.paragraphs) for one in written]


def check(result: Cleaned) -> None:
    """Pieces partition the text, outputs are made of them, the raw bytes come back."""
    from jiaokan.formats.clean_json import clean_of

    text = result.trace.text
    last = 0
    for piece in result.arrangement.pieces:
        assert (piece.start, piece.end > piece.start) == (last, True)
        last = piece.end
    assert last == len(text)
    assert restore(account(result), clean_of(result)) == result.page.data


def gutters(result: Cleaned) -> list[str]:
    text = result.trace.text
    return [text[p.start : p.end] for p in result.arrangement.pieces if p.rule == RULE]


# columns come apart


@pytest.mark.parametrize("gutter", PLAIN_GUTTERS)
def test_two_articles_side_by_side(gutter: str) -> None:
    result = cleaned(abreast(column(MARKET), column(COURT), gutter=gutter))
    check(result)
    assert [one.title for one in result.arrangement.articles] == [MARKET.title, COURT.title]
    assert [one.author for one in result.arrangement.articles] == [MARKET.author, COURT.author]
    assert bodies(result) == body(MARKET, COURT)


@pytest.mark.parametrize("gutter", PLAIN_GUTTERS)
def test_cells_that_are_not_filled_up(gutter: str) -> None:
    left, right = column(ORCHARD)[2:10], column(RUST)[2:10]
    result = cleaned(tight(left, right, gutter=gutter))
    check(result)
    assert "".join(bodies(result)) == "".join(left + right)


def test_the_left_column_is_longer() -> None:
    result = cleaned(abreast(column(MARKET), column(COURT)[:8]))
    check(result)
    assert bodies(result)[0] == body(MARKET)[0]


def test_the_right_column_is_longer() -> None:
    result = cleaned(abreast(column(MARKET)[:7], column(COURT)))
    check(result)
    assert bodies(result)[-1] == body(COURT)[0]


def test_three_columns() -> None:
    result = cleaned(abreast(*(column(one) for one in (MARKET, COURT, ORCHARD))))
    check(result)
    assert bodies(result) == body(MARKET, COURT, ORCHARD)


def test_one_article_in_two_columns_runs_on() -> None:
    lines = column(ORCHARD)
    half = (len(lines) + 1) // 2
    result = cleaned(f"{abreast(lines[:half], lines[half:])}")
    check(result)
    assert bodies(result) == body(ORCHARD)


def test_text_above_and_below_stays_in_its_place() -> None:
    page = f"江城日报\n\n第3版\n\n{abreast(column(MARKET), column(COURT))}\n（下转第4版）\n"
    result = cleaned(page)
    check(result)
    assert bodies(result) == body(MARKET, COURT)
    assert result.arrangement.furniture == ("江城日报", "第3版", "（下转第4版）")


@pytest.mark.parametrize("end", ["\r\n", "\r", "\u2028"])
def test_other_line_ends(end: str) -> None:
    result = cleaned(abreast(column(MARKET), column(COURT)).replace("\n", end))
    check(result)
    assert bodies(result) == body(MARKET, COURT)


def test_lines_whose_gutter_was_lost_are_parted_by_sense() -> None:
    rows = abreast(column(MARKET), column(COURT)).split("\n")
    rows[4], rows[9] = rows[4].replace("    ", ""), rows[9].replace("    ", " ")
    result = cleaned("\n".join(rows))
    check(result)
    assert bodies(result) == body(MARKET, COURT)


@pytest.mark.parametrize("mark", ["。", "”", ".", "人"])
def test_a_mark_that_was_read_in_the_gutter(mark: str) -> None:
    rows = abreast(column(MARKET), column(COURT)).split("\n")
    rows[5] = rows[5].replace("    ", f" {mark} ")
    result = cleaned("\n".join(rows))
    check(result)
    assert bodies(result) == body(MARKET, COURT)
    assert f" {mark} " in gutters(result)
    reported = [finding.text for finding in result.findings if finding.rule == RULE]
    assert reported == ([mark] if mark.isalpha() else [])


def test_repairs_inside_the_cells() -> None:
    page = abreast(column(MARKET), column(COURT))
    damaged = page.replace("三轮车，", "三轮车,").replace("案件的证据", "案 件的证据")
    result = cleaned(damaged)
    check(result)
    assert bodies(result) == body(MARKET, COURT)


def test_seams_and_findings_stand_where_the_raw_text_has_them() -> None:
    page = abreast(column(MARKET)[:7], column(COURT)) + "\n" + in_order(RUST)
    result = cleaned(page)
    check(result)
    for finding in result.findings:
        assert 0 <= finding.start <= finding.end <= len(page)
        assert page[finding.start : finding.end].strip(" \n") == page[finding.start : finding.end]
    for seam in result.arrangement.seams:
        assert page[seam.left - 1] not in " \n"
        assert page[seam.right] not in " \n"


def test_only_gutters_are_dropped() -> None:
    result = cleaned(abreast(column(MARKET), column(COURT), gutter=" | "))
    assert gutters(result)
    assert {part.strip() for part in gutters(result)} <= {"|", ""}


def test_a_page_with_a_printed_border() -> None:
    page = abreast(column(MARKET), column(COURT), gutter=" | ")
    result = cleaned("".join(f"| {line} |\n" for line in page.splitlines()))
    check(result)
    assert bodies(result) == body(MARKET, COURT)


# what stays


TABLE = """地区    去年产量    今年产量    增长
江城    1,203    1,345    11.8%
云川    986    1,020    3.4%
海陵    540    611    13.1%
全省合计    2,729    2,976    9.1%
"""
WORDED_TABLE = """更新改造项目申请表    街道办事处负责受理和初审，五个工作日内答复
工业遗产认定申请书    文物部门组织专家评审，评审结果向社会公示
历史街区修缮备案表    规划部门备案，施工单位应当具备相应资质
公众参与意见征集表    由社区居委会发放和回收，汇总后报送街道
"""
VERSE = """一夜东风过小桥  柳梢青处是春潮
渔翁不管人间事  只向芦花深处摇
两岸炊烟随水远  半山明月伴云高
归来灯下儿童问  几个鲈鱼换酒瓢
"""
LONG_VERSE = """昔我来时山下桃花开满旧渡头  今我归时渡头只见白鸥逐水流
当年一同读书的人各自走天涯  如今两鬓都已落满他乡的霜华
谁在高楼吹一支没有名字的笛  谁在灯前写一封没有寄出的信
且把这杯浊酒敬给流水与青山  也敬那些再也回不来的好时光
"""
NAMES = """评委会主任  沈知远
副主任委员  林若谷
委　　　员  苏　禾  柯　辰
秘　书　长  唐小满
"""
HONOURS = """江城市人民医院心血管内科主任医师        林若谷
江城市第一中学高级教师、班主任          唐小满
云川市中级人民法院研究室副主任          沈知远
江城市自行车运动协会秘书长              柯 辰
"""
CODE = """int main() {    // 主函数，程序从这里开始执行
    int n = 0;      // 读入的学生人数，初始为零
    for (;;) {      // 一直循环直到输入结束为止
        n++;        // 每读入一行就把人数加一个
    }               // 循环结束以后输出总的人数
"""
CONTENTS = """第一章　城市更新的重要意义和主要途径　　　　一
第二章　老旧小区改造中的居民参与问题　　　　十二
第三章　工业遗产保护与利用的几种模式　　　　二十五
第四章　历史文化街区的消防安全与管理　　　　四十一
"""
MARKDOWN = """| 名词 | 解释 |
| 更新改造 | 对老旧房屋、管线、道路进行修缮和更换的工程活动 |
| 工业遗产 | 具有历史、技术、社会价值的工业建筑、设备和工艺流程 |
| 公众参与 | 居民通过座谈、问卷、听证等方式参与城市更新的决策 |
"""
TALK = """记者问：请问馆里为什么取消押金制度？    馆长答：押金挡住的往往是最需要书的人。
记者问：取消押金以后丢书的情况多不多？  馆长答：第一个季度逾期率确实高了一点。
记者问：那么你们后来采取了什么办法呢？  馆长答：请志愿者打电话，一个一个去问。
"""
FOLDED = """清早五点，老街的早市亮  起了灯。卖豆腐的老周推着
三轮车，第一个进了东口  的摊位。他说，停了两年，
手艺没停，天天在家磨豆  子，就等着这一天。早市重
新划了线，蔬菜、水产、  熟食各占一段，中间留出一
条能过救护车的通道。市  场管理员拿着名册，一户一
"""


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(TABLE, id="table"),
        pytest.param(WORDED_TABLE, id="table of words"),
        pytest.param(VERSE, id="verse"),
        pytest.param(LONG_VERSE, id="long verse"),
        pytest.param(NAMES, id="names"),
        pytest.param(HONOURS, id="honours"),
        pytest.param(CODE, id="code"),
        pytest.param(CONTENTS, id="contents"),
        pytest.param(MARKDOWN, id="markdown"),
        pytest.param(TALK, id="talk"),
        pytest.param(FOLDED, id="folded sheet"),
    ],
)
def test_lines_that_only_look_like_columns(text: str) -> None:
    for page in (text, f"{in_order(MARKET)}\n{text}\n{in_order(COURT)}"):
        result = cleaned(page)
        check(result)
        assert gutters(result) == []


def test_a_page_without_gutters_is_not_looked_at() -> None:
    page = in_order(MARKET, COURT)
    assert gutters(cleaned(page)) == []
    assert cleaned(page).arrangement.articles == (MARKET, COURT)


def test_doubtful_columns_are_reported_and_left() -> None:
    left = wrapped(COURT.paragraphs[0], 16).split("\n")[:5]
    right = (
        "沈知远、林若谷、唐小满、苏禾",
        "江城大学、云川大学、海陵学院",
        "城市更新与社区治理研究报告",
        "春天的集市、秋天的渡口散文集",
        "省级优秀成果奖一等奖三项",
    )
    result = cleaned(tight(left, right, gutter="    "))
    check(result)
    assert gutters(result) == []
    assert RULE in {finding.rule for finding in result.findings}


# a second run, and any text


@pytest.mark.parametrize("gutter", ["    ", " | "])
def test_the_clean_text_has_nothing_more_to_take_apart(gutter: str) -> None:
    first = cleaned(abreast(column(MARKET), column(COURT), gutter=gutter))
    again = cleaned(in_order(*first.arrangement.articles))
    assert again.arrangement.articles == first.arrangement.articles
    assert again.trace.changes == ()
    assert gutters(again) == []


SENTENCES = "".join(body(MARKET, COURT, RUST, ORCHARD))


@st.composite
def pages(draw: st.DrawFn) -> str:
    """Lines of cells, most of them of one width, with any gutter between."""
    measure = draw(st.integers(8, 20))
    at = draw(st.integers(0, 200))
    lines = []
    for _ in range(draw(st.integers(1, 14))):
        cells = []
        for number in range(draw(st.sampled_from((1, 2, 2, 2, 2, 3)))):
            size = draw(st.sampled_from((measure, measure, measure, measure - 2, 3, 0)))
            start = (at + 190 * number) % len(SENTENCES)
            cells.append(SENTENCES[start : start + size])
        at += measure
        gutter = draw(
            st.sampled_from((*PLAIN_GUTTERS, "", " ", " 。 ", "\u3000\u3000\u3000\u3000"))
        )
        damage = draw(st.sampled_from(("", "", "", " ", "and", "(", "\u200b", "　　", "\x0c")))
        lines.append(damage + gutter.join(cells))
    return draw(st.sampled_from(("\n", "\n", "\r\n", "\n\n"))).join(lines)


@settings(max_examples=30, deadline=None, derandomize=True)
@given(pages())
def test_every_character_is_accounted_for(page: str) -> None:
    check(cleaned(page))
