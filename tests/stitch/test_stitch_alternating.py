"""Columns whose lines alternate, each on a line of its own, come apart; other lines stay."""

from collections.abc import Sequence
from itertools import zip_longest
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jiaokan.article import Article
from jiaokan.cleaning import Cleaned
from jiaokan.columns.turns.alternating import regions
from jiaokan.columns.unfold import unfold
from jiaokan.ledger import account
from jiaokan.restore import restore
from stitched import COURT, MARKET, ORCHARD, RUST, cleaned, in_order, wrapped

RULE = "layout.gutter"


def lines_of(one: Article, measure: int = 16) -> list[str]:
    """An article's paragraphs as the lines of one printed column."""
    return [line for text in one.paragraphs for line in wrapped(text, measure).split("\n")]


def column(one: Article, measure: int = 16) -> list[str]:
    """An article as the lines of one printed column, its heading above."""
    return [one.title, one.author, *lines_of(one, measure)]


def alternating(*columns: Sequence[str], end: str = "\n") -> str:
    """Line 1 of each column, line 2 of each column, and so on; a blank cell is left out."""
    rows = zip_longest(*columns, fillvalue="")
    return end.join(cell for row in rows for cell in row if cell) + end


def bodies(result: Cleaned) -> list[str]:
    return ["".join(one.paragraphs) for one in result.arrangement.articles]


def body(*written: Article) -> list[str]:
    return ["".join(one.paragraphs) for one in written]


def unfolded(page: str) -> str:
    return unfold(page).text


def check(result: Cleaned) -> None:
    """Pieces partition the text, outputs are made of them, the raw bytes come back."""
    from jiaokan.formats.clean_json import clean_of

    last = 0
    for piece in result.arrangement.pieces:
        assert (piece.start, piece.end > piece.start) == (last, True)
        last = piece.end
    assert last == len(result.trace.text)
    assert restore(account(result), clean_of(result)) == result.page.data


# columns come apart


def test_two_articles_line_by_line() -> None:
    result = cleaned(alternating(column(MARKET), column(COURT)))
    check(result)
    assert [one.title for one in result.arrangement.articles] == [MARKET.title, COURT.title]
    assert [one.author for one in result.arrangement.articles] == [MARKET.author, COURT.author]
    assert bodies(result) == body(MARKET, COURT)


def test_three_columns() -> None:
    result = cleaned(alternating(*(column(one) for one in (MARKET, COURT, ORCHARD))))
    check(result)
    assert bodies(result) == body(MARKET, COURT, ORCHARD)


def test_four_columns() -> None:
    columns = [lines_of(one) for one in (MARKET, COURT, ORCHARD, RUST)]
    text = unfolded(alternating(*columns))
    assert text.split("\n\n")[0] == "\n".join(columns[0])
    assert text.split() == [line for one in columns for line in one]


def test_one_article_in_two_columns_runs_on() -> None:
    lines = column(ORCHARD)
    half = (len(lines) + 1) // 2
    result = cleaned(alternating(lines[:half], lines[half:]))
    check(result)
    assert "".join(bodies(result)).startswith("".join(lines[2:half]))


@pytest.mark.parametrize("short", [8, 12])
def test_a_column_that_ends_earlier(short: int) -> None:
    left, right = lines_of(MARKET), lines_of(COURT)[:short]
    for columns in ((left, right), (right, left)):
        assert unfolded(alternating(*columns)).split() == [*columns[0], *columns[1]]


def headed(one: Article, heading: Sequence[str], measure: int) -> list[str]:
    """An article's lines, a heading behind the first paragraph."""
    end = len(wrapped(one.paragraphs[0], measure).split("\n"))
    lines = lines_of(one, measure)
    return [*lines[:end], *heading, *lines[end:]]


@pytest.mark.parametrize("measure", [16, 18])
def test_a_heading_inside_a_column(measure: int) -> None:
    columns = headed(COURT, ["调解走在前面"], measure), lines_of(ORCHARD, measure)
    page = alternating(*columns)
    check(cleaned(page))
    assert unfolded(page).split() == [line for one in columns for line in one]


def test_a_heading_with_blank_lines_that_were_left_out() -> None:
    columns = headed(COURT, ["", "调解走在前面", ""], 16), lines_of(RUST)
    assert unfolded(alternating(*columns)).split() == [x for one in columns for x in one if x]


def test_blank_lines_inside_a_column_may_show() -> None:
    left, right = lines_of(MARKET), lines_of(COURT)
    rows = alternating(left, right).split("\n")
    rows[9:9] = [""]
    assert unfolded("\n".join(rows)).split() == [*left, *right]


@pytest.mark.parametrize("neural", [True, False])
def test_columns_below_columns(neural: bool) -> None:
    upper, lower = (lines_of(MARKET), lines_of(COURT)), (lines_of(ORCHARD), lines_of(RUST))
    page = f"{alternating(*upper)}\n{alternating(*lower)}"
    text = unfold(page, neural=neural).text
    assert text.split() == [line for one in (*upper, *lower) for line in one]


def test_headings_of_unlike_length_beside_one_another() -> None:
    left = ["民生观察", *column(MARKET)]
    result = cleaned(alternating(left, column(COURT)))
    check(result)
    found = [(one.kicker, one.title, one.author) for one in result.arrangement.articles]
    assert found == [
        ("民生观察", MARKET.title, MARKET.author),
        ("", COURT.title, COURT.author),
    ]
    assert bodies(result) == body(MARKET, COURT)


def test_without_the_network() -> None:
    page = alternating(column(MARKET), column(COURT))
    assert unfold(page, neural=False).text == unfolded(page)


def test_a_blank_line_between_any_two_lines() -> None:
    left, right = lines_of(MARKET), lines_of(COURT)
    text = unfolded(alternating(left, right).replace("\n", "\n\n"))
    assert text.split() == [*left, *right]


def test_text_above_and_below_stays_in_its_place() -> None:
    page = f"江城日报\n\n第3版\n\n{alternating(column(MARKET), column(COURT))}\n（下转第4版）\n"
    result = cleaned(page)
    check(result)
    assert bodies(result) == body(MARKET, COURT)
    assert result.arrangement.furniture == ("江城日报", "第3版", "（下转第4版）")


def test_beside_a_region_with_gutters() -> None:
    rows = zip(lines_of(ORCHARD)[:8], lines_of(RUST)[:8], strict=True)
    gutters = "\n".join("    ".join(row) for row in rows)
    page = f"{gutters}\n\n{alternating(lines_of(MARKET), lines_of(COURT))}"
    result = cleaned(page)
    check(result)
    parts = (lines_of(ORCHARD)[:8], lines_of(RUST)[:8], lines_of(MARKET), lines_of(COURT))
    assert unfolded(page).split() == [line for part in parts for line in part]


@pytest.mark.parametrize("end", ["\r\n", "\r", "\u2028"])
def test_other_line_ends(end: str) -> None:
    result = cleaned(alternating(column(MARKET), column(COURT), end=end))
    check(result)
    assert bodies(result) == body(MARKET, COURT)


def test_repairs_inside_the_lines() -> None:
    page = alternating(column(MARKET), column(COURT))
    result = cleaned(page.replace("三轮车，", "三轮车,").replace("案件的证据", "案 件的证据"))
    check(result)
    assert bodies(result) == body(MARKET, COURT)


def test_seams_and_findings_stand_where_the_raw_text_has_them() -> None:
    page = alternating(column(MARKET)[:7], column(COURT)) + "\n" + in_order(RUST)
    result = cleaned(page)
    check(result)
    for finding in result.findings:
        assert 0 <= finding.start <= finding.end <= len(page)
    for seam in result.arrangement.seams:
        assert page[seam.left - 1] not in " \n"
        assert page[seam.right] not in " \n"


# what stays


VERSE = """我们在渡口等一只不会再来的船
风把芦花吹成去年冬天的样子
你说过了江就有一盏灯亮着
灯下有人替我们温着一壶酒
江水只管往低处走不肯回头
像那些写好了没有寄出的信
天黑以前我们数完了所有的雁
数到最后一只它自己也停下来
桥是后来才有的桥上没有人
石头记得每一双磨破的草鞋
等到月亮把影子还给了柳树
我们才想起忘了问彼此的名字
"""
LIST = """一、报名时间为每周一至周五上午
二、报名时须带本人身份证和照片
三、培训费用由街道和个人各一半
四、考试合格的学员发给结业证书
五、学员应当按时到课不得代签到
六、缺课三次以上的取消考试资格
七、教材由培训学校统一购买发放
八、实习单位由学员自己联系落实
九、实习期间的安全由实习单位负责
十、其他事项由培训学校负责解释
"""
TALK = """问：您是哪一年到灯塔上来的？
答：七八年，我顶我父亲的班。
问：那时候岛上有几户人家？
答：就我们一户，后来连鸡也没了。
问：一个人守着，夜里怕不怕？
答：怕过一回，是灯自己灭了的那晚。
问：灯灭了您怎么办呢？
答：我敲了一夜的钟，敲到手抬不起来。
问：船听见了没有？
答：听见了，天亮以后它给我鸣了三声。
问：现在灯是自动的，您还上来？
答：上来看看，它也老了，和我一样。
"""
CELLS = """地区
去年产量（吨）
今年产量（吨）
江城
1,203
1,345
云川
986
1,020
海陵
540
611
全省合计
2,729
2,976
"""
NAMES = """江城市人民医院心血管内科主任医师
林若谷
江城市第一中学高级教师、班主任
唐小满
云川市中级人民法院研究室副主任
沈知远
江城市自行车运动协会秘书长
柯 辰
海陵县农业技术推广站高级农艺师
苏 禾
"""
CODE = """int main() {
    int n = 0;  // 读入的学生人数
    for (;;) {
        n++;
        // 每读入一行就把人数加一个
    }
    // 循环结束以后输出总的人数
    return n;
}
"""
BILINGUAL = """渡口的老槐树下常年摆着一张方桌
An old square table stood by the ferry
过河的人都要在那里歇一歇脚
and everyone who crossed sat down there
喝一碗老周家的大麦茶再上船
to drink a bowl of barley tea before boarding
茶是不要钱的只要一句新鲜话
The tea was free; the price was a bit of news
"""
PROSE = "\n\n".join(wrapped(text, 17) for one in (RUST, ORCHARD) for text in one.paragraphs)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(VERSE, id="verse"),
        pytest.param(LIST, id="list"),
        pytest.param(TALK, id="interview"),
        pytest.param(CELLS, id="table by cells"),
        pytest.param(NAMES, id="honours"),
        pytest.param(CODE, id="code"),
        pytest.param(BILINGUAL, id="two languages"),
        pytest.param(PROSE, id="wrapped prose"),
        pytest.param(PROSE.replace("\n\n", "\n"), id="without blank lines"),
        pytest.param("\n".join(PROSE.split()[:7]), id="a few lines"),
    ],
)
def test_lines_that_only_look_like_columns(text: str) -> None:
    for page in (text, f"{in_order(MARKET)}\n{text}\n{in_order(COURT)}"):
        assert unfolded(page) == page
        assert RULE not in {finding.rule for finding in cleaned(page).findings}


def test_columns_one_after_the_other_are_not_touched() -> None:
    parts = [lines_of(MARKET)[:6], lines_of(COURT)[:6], lines_of(MARKET)[6:], lines_of(COURT)[6:]]
    page = "\n\n".join("\n".join(part) for part in parts)
    assert unfolded(page) == page


def test_doubtful_lines_are_reported_and_left() -> None:
    page = alternating(lines_of(MARKET)[:3], lines_of(COURT)[:3])
    result = cleaned(page)
    check(result)
    assert unfolded(page) == page
    assert RULE in {finding.rule for finding in result.findings}


def test_the_clean_text_has_nothing_more_to_take_apart() -> None:
    first = cleaned(alternating(column(MARKET), column(COURT)))
    again = cleaned(in_order(*first.arrangement.articles))
    assert again.arrangement.articles == first.arrangement.articles
    assert again.trace.changes == ()


# any text, much text


SENTENCES = "".join(body(MARKET, COURT, RUST, ORCHARD))


@st.composite
def pages(draw: st.DrawFn) -> str:
    """Lines of two to four places of a text, taking turns for the most part."""
    measure = draw(st.integers(8, 20))
    count = draw(st.integers(2, 4))
    places = [draw(st.integers(0, 40)) + 190 * number for number in range(count)]
    lines = []
    for _ in range(draw(st.integers(1, 16))):
        for number in range(count):
            size = draw(st.sampled_from((measure,) * 6 + (measure - 2, 3, 0)))
            start = places[number] % len(SENTENCES)
            before = draw(st.sampled_from(("",) * 8 + ("　　", " ", "\u200b", "\x0c", "and")))
            after = draw(st.sampled_from(("",) * 8 + (" ", "\n", "　　")))
            lines.append(before + SENTENCES[start : start + size] + after)
            places[number] += size
    return draw(st.sampled_from(("\n", "\n", "\r\n", "\n\n"))).join(lines)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(pages())
def test_every_character_is_accounted_for(page: str) -> None:
    check(cleaned(page))


@settings(max_examples=40, deadline=None, derandomize=True)
@given(pages())
def test_no_line_is_lost_or_doubled(page: str) -> None:
    assert sorted(unfolded(page).split()) == sorted(page.split())


def test_a_long_page_takes_time_in_proportion() -> None:
    one = alternating(lines_of(MARKET), lines_of(COURT), lines_of(ORCHARD))

    def seconds(page: str) -> float:
        started = perf_counter()
        assert sum(region.sure for region in regions(page)) > 0
        return perf_counter() - started

    seconds(one)
    short, long = seconds(f"{one}\n" * 20), seconds(f"{one}\n" * 100)
    assert long < 12 * short + 0.5
