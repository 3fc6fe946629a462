"""What a page shows of its lines: marks of headings, indents, verse, rows, running heads."""

import pytest
import stitched
from stitched import articles

FIRST = "渡口在江边，船从这里出发，过江的人每天都很多，老艄公撑了一辈子的船。"
SECOND = "槐树下常年摆着一张方桌，过河的人爱坐在那里喝茶，等船的时候说些闲话。"


def heads(text: str) -> list[tuple[str, str, str]]:
    return [(one.kicker, one.title, one.author) for one in articles(text)]


def test_marks_tell_titles_from_sub_headings() -> None:
    page = (
        "# 江边的渡口\n\n苏 禾\n\n" + FIRST + "\n\n"
        "### 船小，人情大\n\n" + SECOND + "\n\n"
        "# 老街的灯\n\n林若谷\n\n" + FIRST + "\n\n### 灯下，众人说\n\n" + SECOND + "\n"
    )
    found = articles(page)
    assert [one.title for one in found] == ["江边的渡口", "老街的灯"]
    assert [one.paragraphs[1] for one in found] == ["船小，人情大", "灯下，众人说"]


def test_html_headings_are_marks() -> None:
    page = (
        f"<h1>江边的渡口</h1>\n<p>苏 禾</p>\n<p>{FIRST}</p>\n<h2>船小，人情大</h2>\n<p>{SECOND}</p>"
    )
    (one,) = articles(page)
    assert (one.title, one.author) == ("江边的渡口", "苏禾")
    assert one.paragraphs == (FIRST, "船小，人情大", SECOND)


def test_a_line_set_in_begins_a_paragraph() -> None:
    page = f"江边的渡口\n\n苏 禾\n\n　　{FIRST[:-1]}\n\n　　{SECOND}\n\n　　{FIRST}\n"
    assert articles(page)[0].paragraphs == (FIRST[:-1], SECOND, FIRST)


def test_a_line_set_in_is_no_authors() -> None:
    page = f"江边的渡口\n苏　禾\n\n　　其一\n\n　　{FIRST}\n\n　　其二\n\n　　{SECOND}\n"
    (one,) = articles(page)
    assert one.author == "苏禾"
    assert one.paragraphs == ("其一", FIRST, "其二", SECOND)


def test_poems_under_one_title() -> None:
    page = (
        "江上杂咏\n\n钟 子 期\n\n登望江楼\n\n"
        "危楼百尺倚江天，\n极目云帆一望连。\n莫道故人乘鹤去，\n至今风月满晴川。\n\n"
        "过古渡口\n\n"
        "断桥犹自记潮音，\n流水高山何处寻？\n我亦抱琴滩下坐，\n满江烟雨到衣襟。\n"
    )
    (one,) = articles(page)
    assert (one.title, one.author) == ("江上杂咏", "钟子期")
    assert len(one.paragraphs) == 10


def test_rows_of_a_table_stay_rows() -> None:
    rows = ("1 江城 22胜2负 68分", "2 苏城 20胜4负 60分", "3 津沽 18胜6负 53分")
    page = f"联赛收官\n\n苏 禾\n\n{FIRST}\n\n" + "\n".join(rows) + "\n"
    assert articles(page)[0].paragraphs[-3:] == rows


def test_a_list_of_the_weather_stays_in_its_article() -> None:
    days = ("今天：阴转小雨，8～13℃，东北风3级。", "明天：小雨转多云，7～12℃，北风3级。")
    towns = ("江城 晴 6～16℃", "安福 多云 5～14℃", "石桥 小雨 7～11℃")
    page = stitched.cleaned(
        "江城日报 2016年3月9日 星期三 第3版\n\n未来三天天气\n\n"
        + "\n".join(days)
        + "\n\n"
        + "\n".join(towns)
        + "\n"
    )
    (one,) = page.articles
    assert (one.title, one.paragraphs) == ("未来三天天气", (*days, *towns))


def test_a_table_with_names_of_columns_heads_nothing() -> None:
    table = (
        "品种 规格 今日价 昨日价",
        "大白菜 一级 0.85 0.90",
        "本地藕 带泥 3.10 3.10",
        "单位：元/公斤",
    )
    page = f"菜价稳中有降\n\n苏 禾\n\n{FIRST}\n\n" + "\n\n".join(table) + f"\n\n{SECOND}\n"
    assert heads(page) == [("", "菜价稳中有降", "苏禾")]
    assert articles(page)[0].paragraphs == (FIRST, *table, SECOND)


def test_a_line_of_a_program_is_no_title() -> None:
    code = 'for i in range(3): print("你好")'
    page = f"给孩子讲讲循环\n\n苏 禾\n\n{FIRST[:-1]}：\n\n{code}\n\n{SECOND}\n"
    (one,) = articles(page)
    assert code in one.paragraphs


def test_a_poem_of_two_lines_among_others() -> None:
    last = ("你说，门开着吧，", "风要进来取火。")
    page = (
        "短章二首\n\n苏 禾\n\n渡口\n\n渡船来了，又去了，\n水把两岸的灯，\n摇成同一盏。\n\n"
        "立春\n\n" + "\n".join(last) + "\n"
    )
    (one,) = articles(page)
    assert one.paragraphs[-2:] == last


def test_a_torn_paragraph_below_a_poem_is_joined() -> None:
    text = "渡口在江边，船从这里出发，过江的\n人每天都很多。"
    page = f"渡船\n\n苏 禾\n\n船来了，又去了，\n水把两岸的灯，\n摇成同一盏。\n\n{text}\n"
    assert articles(page)[0].paragraphs[-1] == text.replace("\n", "")


def test_a_notes_number_ends_a_paragraph() -> None:
    page = f"江边的渡口\n\n苏 禾\n\n{FIRST}①\n\n{SECOND}[2]\n\n{FIRST}\n"
    assert articles(page)[0].paragraphs == (FIRST + "①", SECOND + "[2]", FIRST)


@pytest.mark.parametrize(
    "head",
    [
        "人物 5 2022年9月7日 星期三",
        "要闻·综合 4",
        "经济观察 2024年7月22日",
        "07 理论周刊",
        "江聲日報 中華民國二十四年三月十二日 星期二 第三版",
        "濱海日報 地方 民國107年4月8日 星期日",
        "数码 Digital 10",
        "读者之声 编辑：李明 邮箱：duzhe@jcrb.cn",
        "2024年7月22日 星期一\n\n07 理论周刊",
    ],
)
def test_running_heads_are_furniture(head: str) -> None:
    page = stitched.cleaned(f"{head}\n\n江边的渡口\n\n苏 禾\n\n{FIRST}\n\n{SECOND}\n")
    assert [one.title for one in page.articles] == ["江边的渡口"]
    assert page.articles[0].kicker == ""
    assert "".join(page.furniture).split() == head.replace("\n\n", "").split() or page.furniture


@pytest.mark.parametrize("line", ["5 人获救", "人物", "2024年7月22日", "07 年的夏天我们去了海边"])
def test_lines_that_come_close_are_none(line: str) -> None:
    page = stitched.cleaned(f"{line}\n\n{FIRST}\n\n{SECOND}\n")
    assert page.furniture == ()


def test_a_salutation_stands_below_a_title() -> None:
    letter = "编辑同志：\n\n" + FIRST + "\n\n读者 乔一鸣\n\n"
    page = f"渡船何时再开\n\n{letter}站牌的字大一点\n\n编辑同志：\n\n{SECOND}\n\n江城市民 骆平安\n"
    found = articles(page)
    assert [one.title for one in found] == ["渡船何时再开", "站牌的字大一点"]
    assert found[0].paragraphs[-1] == "读者 乔一鸣"
    assert not stitched.cleaned(page).findings


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("本報記者 陳大文", "陳大文"),
        ("記者陳大文／濱海報導", "陳大文"),
        ("〔記者陳大文、林小雨／綜合報導〕", "陳大文、林小雨"),
        ("本報記者 陳大文 通訊員 林小雨", "陳大文 通訊員 林小雨"),
    ],
)
def test_bylines_in_traditional_script(line: str, author: str) -> None:
    text = "渡口在江邊，船從這裡出發，過江的人每天都很多，老艄公撐了一輩子的船。"
    assert heads(f"江邊的渡口\n\n{line}\n\n{text}\n\n{text}\n") == [("", "江邊的渡口", author)]


def test_a_padded_notice_is_a_title() -> None:
    page = (
        f"江边的渡口\n\n苏 禾\n\n{FIRST}\n\n启 事\n\n{SECOND}\n\n江城渡口管理处\n\n2024年3月1日\n"
    )
    found = articles(page)
    assert [one.title.replace(" ", "") for one in found] == ["江边的渡口", "启事"]
    assert not [one for one in stitched.cleaned(page).findings if one.rule == "stitch.open-end"]
