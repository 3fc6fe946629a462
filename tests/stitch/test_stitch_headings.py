"""Kicker, title, subtitle, author: which short line is which, as a reader of the page sees it."""

from dataclasses import replace

import pytest
import stitched
from jiaokan.article import Article
from stitched import COURT, MARKET, ORCHARD, RUST, articles, cleaned, in_order

SHORT = replace(MARKET, paragraphs=MARKET.paragraphs[:2])

HEADS = {
    "title and author": Article(title="老街的早市重新开张", author="林若谷"),
    "title alone": Article(title="老街的早市重新开张"),
    "kicker": Article(kicker="街巷新事", title="老街的早市重新开张", author="林若谷"),
    "kicker without an author": Article(kicker="街巷新事", title="老街的早市重新开张"),
    "subtitle": Article(title="把早市还给老街", subtitle="——一条背街小巷的改造记", author="林若谷"),
    "kicker and subtitle": Article(
        kicker="调查", title="把早市还给老街", subtitle="——一条背街小巷的改造记", author="林若谷"
    ),
    "question": Article(title="早市为什么要回到老街？", author="林若谷"),
    "comma in it": Article(title="划一条线，让早市回家", author="林若谷"),
    "quotation": Article(title="“豆腐老周”回来了", author="林若谷"),
    "three-character name": Article(title="老街的早市重新开张", author="欧阳若谷"),
    "two authors": Article(title="老街的早市重新开张", author="林若谷 唐小满"),
}


@pytest.mark.parametrize("kind", HEADS)
def test_the_first_heading_of_a_page(kind: str) -> None:
    wanted = replace(HEADS[kind], paragraphs=MARKET.paragraphs)
    assert articles(in_order(wanted, RUST)) == (wanted, RUST)


@pytest.mark.parametrize("kind", HEADS)
def test_the_second_heading_of_a_page(kind: str) -> None:
    wanted = replace(HEADS[kind], paragraphs=MARKET.paragraphs)
    assert articles(in_order(COURT, wanted)) == (COURT, wanted)


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("苏 禾", "苏禾"),
        ("苏　禾", "苏禾"),
        ("本报记者 李 明", "李明"),
        ("本报记者 李明", "李明"),
        ("本报记者 李 明 实习生 王 芳", "李明 实习生 王芳"),
        ("□李明", "李明"),
        ("文/李明", "李明"),
        ("作者：李明", "李明"),
        ("阿卜杜拉·买买提", "阿卜杜拉·买买提"),
    ],
)
def test_an_author_is_named_without_padding_and_label(line: str, author: str) -> None:
    page = in_order(replace(SHORT, author=line), RUST)
    assert articles(page) == (replace(SHORT, author=author), RUST)


def test_a_title_on_two_lines_is_one() -> None:
    page = in_order(replace(COURT, title="提高基层法庭\n化解邻里纠纷的能力"), RUST)
    assert [article.title for article in articles(page)] == [
        "提高基层法庭化解邻里纠纷的能力",
        RUST.title,
    ]


def test_sub_headings_are_paragraphs() -> None:
    wanted = replace(
        COURT,
        paragraphs=(
            COURT.paragraphs[0],
            "先查清事实",
            COURT.paragraphs[1],
            "再分清责任",
            COURT.paragraphs[2],
        ),
    )
    assert articles(in_order(wanted)) == (wanted,)


def test_numbered_sub_headings_are_paragraphs() -> None:
    wanted = replace(
        COURT,
        paragraphs=(
            COURT.paragraphs[0],
            "一、先查清事实",
            COURT.paragraphs[1],
            "二、再分清责任",
            COURT.paragraphs[2],
        ),
    )
    assert articles(in_order(ORCHARD, wanted)) == (ORCHARD, wanted)


OWN_PARAGRAPHS = {
    "numbered sub-headings": (
        "人和人说话，总有说不到的地方，这些地方就是边界。",
        "一、边界在哪里",
        "边界在每一次词不达意之后的停顿里，也在听的人多问的那一句话里。说话的人退半步，话才落得下来。",
        "二、谁来划这条线",
        "划线的人不必是旁人。话说到一半收住，比说完了再去解释要容易得多，这是老同事教给我的道理。",
    ),
    "a salutation": (
        "建国兄：",
        "见字如面。上月托人带去的两包茶叶，想必已经收到，今年雨水多，茶味淡了些，你将就着喝。",
        "家里一切都好，老屋的瓦翻过一遍，夜里落雨再不用起来接水了，勿念。",
    ),
}


@pytest.mark.parametrize("kind", OWN_PARAGRAPHS)
@pytest.mark.parametrize("first", [True, False])
def test_a_line_of_its_own_stays_a_paragraph(kind: str, first: bool) -> None:
    wanted = Article(title="说话的边界", author="林若谷", paragraphs=OWN_PARAGRAPHS[kind])
    written = (wanted, RUST) if first else (RUST, wanted)
    assert articles(in_order(*written)) == written


@pytest.mark.parametrize("kicker", ["杂文", "街巷新事", "生活提示"])
@pytest.mark.parametrize("before", [(), (MARKET,)])
def test_a_kicker_and_a_title_parted_by_a_blank_line_are_not_one_title(
    kicker: str, before: tuple[Article, ...]
) -> None:
    wanted = Article(kicker, "字里行间", author="王 文", paragraphs=ORCHARD.paragraphs)
    assert [one.title for one in articles(in_order(*before, wanted)) if one.title] == [
        *(one.title for one in before),
        "字里行间",
    ]


@pytest.mark.parametrize("before", [(), (MARKET,)])
@pytest.mark.parametrize("after", [(), (RUST,)])
def test_an_affiliation_under_the_author_belongs_to_its_article(
    before: tuple[Article, ...], after: tuple[Article, ...]
) -> None:
    head = "\n\n".join([COURT.title, COURT.author, COURT.affiliation, *COURT.paragraphs])
    page = in_order(*before) + "\n" + head + "\n\n" + in_order(*after)
    assert articles(page) == (*before, COURT, *after)


def test_speakers_of_an_interview_are_no_titles() -> None:
    wanted = Article(
        title="修了四十年钟的人",
        author="柯辰",
        paragraphs=(
            "何守仁的修钟铺开在钟鼓巷里，铺子不大，墙上挂满了钟。一个雨天，我们坐下来聊了一个下午。",
            "问：您还记得修好的第一只钟吗？",
            "答：记得，是一只闹钟，铜壳子的，走得慢。师父让我拆了装，装了拆，一连拆了七天。",
            "问：现在修钟的人多吗？",
            "答：不多了。",
            "问：为什么还要修？",
            "答：修的不是钟，是人家的日子。有人把祖父的座钟送来，不为看时间，就为听它响。",
        ),
    )
    assert articles(in_order(wanted, RUST)) == (wanted, RUST)


@pytest.mark.parametrize(
    "title", ["关于老城区停水检修的通知", "云川市图书馆征集旧报启事", "关于公布防汛值班电话的公告"]
)
def test_notices_have_titles(title: str) -> None:
    wanted = Article(
        title=title,
        paragraphs=(
            "因老城区供水管网检修，定于本周六上午八点至下午五点停水，请沿线居民提前储水，并关好家中的水龙头。",
            "给您的生活带来不便，敬请谅解。",
        ),
    )
    assert articles(in_order(MARKET, wanted)) == (MARKET, wanted)


def test_a_headline_broken_into_lines_of_like_length_has_no_kicker() -> None:
    first, second = "环卫工人捡到五万元现金", "冒雨等候失主两小时"
    page = in_order(COURT) + f"\n\n{first}\n{second}\n\n" + "\n\n".join(MARKET.paragraphs)
    assert [(one.kicker, one.title) for one in articles(page)][1] == ("", first + second)


@pytest.mark.parametrize("title", ["小启", "更正", "来函照登"])
def test_the_name_of_a_notice_is_its_title(title: str) -> None:
    wanted = Article(
        title=title,
        paragraphs=(
            "本报编辑部现迁至前进路一百零四号办公，来稿来信请寄新址，电话不变，敬请周知。",
        ),
    )
    assert articles(in_order(MARKET, wanted)) == (MARKET, wanted)


@pytest.mark.parametrize(
    "title", ["小区电梯困人二十分钟 物业：已更换主板", "老街早市重开 摊主一个不少"]
)
def test_a_headline_of_two_clauses_keeps_its_blank(title: str) -> None:
    wanted = replace(MARKET, title=title)
    assert articles(in_order(COURT, wanted)) == (COURT, wanted)


def test_a_subtitle_in_clauses_stands_below_a_kicker_and_a_title() -> None:
    subtitle = "摊位划线更清楚 秤具检查更勤快 买卖双方更放心"
    wanted = replace(MARKET, kicker="权威发布", title="老街的早市有三变", subtitle=subtitle)
    assert articles(in_order(COURT, wanted)) == (COURT, wanted)


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_very_short_columns_name_above_a_long_title(gap: str) -> None:
    wanted = replace(COURT, kicker="法苑", title="借名买的房子到头来不是我的房子")
    head, rest = in_order(wanted).split("法苑\n\n")[1].split("\n\n", 1)
    found = articles(in_order(MARKET) + "\n" + gap.join(("法苑", head, rest)))[-1]
    assert (found.kicker, found.title) == (wanted.kicker, wanted.title)


def test_a_topic_on_the_first_line_of_two_below_a_column_is_the_titles() -> None:
    page = in_order(MARKET) + "\n理论茶座\n\n邻里纠纷\n为何总卡在法庭的“门槛”上\n\n"
    found = articles(page + "\n\n".join((COURT.author, *COURT.paragraphs)) + "\n")[-1]
    assert (found.kicker, found.title) == ("理论茶座", "邻里纠纷为何总卡在法庭的“门槛”上")


def test_a_subtitle_that_says_whom_the_title_remembers() -> None:
    head = "人物春秋", "守着豆腐摊的三十年", "追忆老街早市摊主周长顺"
    page = in_order(RUST) + "\n" + "\n\n".join((*head, *MARKET.paragraphs))
    second = articles(page + "\n")[1]
    assert (second.kicker, second.title, second.subtitle) == head


def test_a_columns_name_below_a_torn_text_is_no_title() -> None:
    wanted = replace(MARKET, kicker="学习札记", title="怎样看待“慢功夫”在老街早市重新开张中的作用")
    *whole, last = RUST.paragraphs
    page = in_order(replace(RUST, affiliation="", paragraphs=(*whole, last[:28])))
    page += "\n" + in_order(wanted) + "\n" + last[28:] + "\n\n" + RUST.affiliation + "\n"
    found = articles(page)[1]
    assert (found.kicker, found.title) == (wanted.kicker, wanted.title)


def test_a_line_with_quotation_marks_is_no_author() -> None:
    title, kicker = "卖豆腐的“老把式”", "老街早市重新开张后第一个月见闻"
    wanted = replace(MARKET, kicker=kicker, title=title, author="")
    assert articles(in_order(wanted, RUST))[0] == wanted


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("市民 卜建军", "市民 卜建军"),
        ("退休教师 李 明", "退休教师 李明"),
        ("本报记者 李明 文 周小雨 图", "李明"),
        ("文 项 飞 图 丁 越", "项飞"),
        ("作者 章 回", "章回"),
        ("采访人：柳絮飞", "柳絮飞"),
        ("周小雨（江城大学乡村发展研究所副教授）", "周小雨（江城大学乡村发展研究所副教授）"),
        ("三年级（2）班 余果果", "三年级（2）班 余果果"),
    ],
)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_reader_and_who_took_the_pictures_sign(line: str, author: str, gap: str) -> None:
    page = gap.join((MARKET.title, line, *MARKET.paragraphs)) + "\n\n" + in_order(RUST)
    first = articles(page)[0]
    assert (first.title, first.author.replace(" ", "")) == (MARKET.title, author.replace(" ", ""))
    assert first.paragraphs == MARKET.paragraphs


@pytest.mark.parametrize("cut", ["一户一户地核对", "蔬菜、水产、熟食"])
def test_a_short_fragment_is_no_kicker(cut: str) -> None:
    """A column whose last line is short, right above another article's title."""
    body = MARKET.paragraphs[1]
    at = body.index(cut) + len(cut)
    page = "\n\n".join(
        [
            MARKET.title,
            MARKET.author,
            MARKET.paragraphs[0],
            body[: at - len(cut)] + "\n" + cut,
            COURT.title,
            COURT.author,
            *COURT.paragraphs,
            COURT.affiliation,
            body[at:],
        ]
    )
    assert cut not in [article.kicker for article in articles(page)]


def test_a_page_that_opens_with_a_fragment_has_no_kicker() -> None:
    page = "一户一户地核对摊位号，\n\n" + in_order(COURT, RUST)
    assert "一户一户地核对摊位号，" not in [article.kicker for article in articles(page)]
    assert COURT in articles(page)


@pytest.mark.parametrize("line", ["谢谢大家。", "三天以后，", "他说：", "——一九八三年写于云川"])
def test_a_short_line_of_text_is_no_title(line: str) -> None:
    wanted = replace(ORCHARD, paragraphs=(*ORCHARD.paragraphs, line))
    assert line not in [article.title for article in articles(in_order(wanted, RUST))]


VERSE = """\
雨落在瓦上
像有人在数米
一粒一粒
数到天亮

灯还没有灭
门还没有关
你说过的话
还在檐下滴答
"""


def test_a_poems_lines_stay_lines() -> None:
    page = stitched.cleaned("夜雨\n\n林若谷\n\n" + VERSE)
    lines = [line for one in page.arrangement.articles for line in one.paragraphs]
    assert len(page.arrangement.articles) == 1
    assert lines == VERSE.split()


@pytest.mark.parametrize("head", ["", "夜雨\n\n林若谷\n\n"])
def test_packed_verse_gives_no_titles(head: str) -> None:
    titles = [article.title for article in articles(head + VERSE.replace("\n\n", "\n"))]
    assert titles == (["夜雨"] if head else [""])


@pytest.mark.parametrize("day", ["2018年9月17日", "2018-09-17", "一九九八年春"])
def test_a_day_right_below_a_title_leaves_it_a_title(day: str) -> None:
    text = "\n\n".join([MARKET.title, day, *MARKET.paragraphs]) + "\n"
    (article,) = articles(text)
    assert article.title == MARKET.title
    assert article.paragraphs == (day, *MARKET.paragraphs)


def test_poems_below_a_title_that_announces_them_are_one_article() -> None:
    poems = "瓦上\n\n雨落在瓦上\n像有人在数一袋新打的\n米\n\n门\n\n门还没有关\n像一句没有说完的话\n"
    page = "\n\n".join(["副刊", "夜雨（外一首）\n苏 禾", poems, in_order(SHORT)])
    first, second = articles(page)
    assert (first.kicker, first.title, first.author) == ("副刊", "夜雨（外一首）", "苏禾")
    assert list(first.paragraphs) == poems.split()
    assert second == SHORT


def test_names_of_parts_in_brackets_are_neither_authors_nor_titles() -> None:
    parts = ("【案情】", MARKET.paragraphs[0], "【评析】", MARKET.paragraphs[1])
    wanted = replace(MARKET, author="", paragraphs=parts)
    assert articles(in_order(wanted, RUST)) == (wanted, RUST)


@pytest.mark.parametrize("author", ["**作者：林若谷**", ""])
def test_deeper_marks_below_the_only_title_are_sub_headings(author: str) -> None:
    parts = ["### 从“旧”到“新”", MARKET.paragraphs[0], "### 从“乱”到“齐”", MARKET.paragraphs[1]]
    lead = [author] if author else [MARKET.paragraphs[2]]
    (article,) = articles("\n\n".join(["# 老街的早市重新开张", *lead, *parts]) + "\n")
    assert article.title == "老街的早市重新开张"
    assert "从“旧”到“新”" in article.paragraphs


def test_what_goes_on_from_another_page_is_an_article_of_its_own() -> None:
    page = "\n\n".join([in_order(SHORT), "（上接第一版）", *COURT.paragraphs, in_order(RUST)])
    first, second, third = articles(page)
    assert (first, third) == (SHORT, RUST)
    assert (second.title, second.paragraphs) == ("", COURT.paragraphs)


def test_two_letters_below_one_title_are_one_article() -> None:
    letter = ("编辑同志：", MARKET.paragraphs[0], "江城市 单 兰")
    wanted = Article(
        title="老街的早市该有一条通道", paragraphs=(*letter, *letter[:2], "南湖乡 计 平")
    )
    assert articles(in_order(wanted, RUST)) == (wanted, RUST)


def test_who_signs_a_notice_heads_nothing() -> None:
    notice = Article(
        title="停水通知",
        paragraphs=("因管道改造，今晚十点至明晨六点停水，请居民提前储水。", "江城市自来水公司"),
    )
    assert articles(in_order(SHORT, notice, RUST)) == (SHORT, notice, RUST)


@pytest.mark.parametrize("rows", [("一班 312", "二班 298"), ("甲 12 9", "乙 11 8")])
def test_the_name_of_a_table_stays_in_its_article(rows: tuple[str, str]) -> None:
    wanted = replace(SHORT, paragraphs=(*SHORT.paragraphs, "团体总分前两名", *rows))
    assert articles(in_order(wanted, RUST)) == (wanted, RUST)


def test_an_article_that_ends_in_a_table_is_whole() -> None:
    rows = ("名次 球队 胜 平 负", "1 江城队 12 9 2", "2 苏城队 11 8 3")
    page = in_order(replace(SHORT, paragraphs=(*SHORT.paragraphs, *rows)), RUST)
    assert [one for one in stitched.cleaned(page).findings if one.rule == "stitch.open-end"] == []


@pytest.mark.parametrize(
    "table",
    [
        ("| 区名 | 用电量 |", "|---|---|", "| 江岸区 | 3,120 |", "| 南湖区 | 2,870 |"),
        ("| 区名 | 增长 |", "| 江岸区 | 快 |"),
        ("表1 上半年各区用电量",),
    ],
)
def test_a_table_of_markdown_stays_in_lines(table: tuple[str, ...]) -> None:
    page = (
        f"{in_order(SHORT)}\n"
        + "\n".join(table)
        + f"\n\n{MARKET.paragraphs[2]}\n\n{in_order(RUST)}"
    )
    wanted = replace(SHORT, paragraphs=(*SHORT.paragraphs, *table, MARKET.paragraphs[2]))
    assert articles(page) == (wanted, RUST)


def test_a_line_that_may_be_a_title_is_told_of() -> None:
    above = (
        "4月18日零点，信号楼里没有一个人坐着。值班站长盛卫东盯着屏幕，左手按在桌沿上，指节发白。",
        "远处传来一阵低沉的呼啸。屏幕上的红光带像一条鱼，从左边游进来，一眨眼又从右边游出去。"
        "盛卫东松开手，桌沿上留下五个汗印。",
    )
    below = (
        "过去，从上海到北京要十几个小时，餐车一趟下来要卖三顿饭。提速以后，餐车长金巧玲说，"
        "最明显的变化是米饭卖得少了，咖啡卖得多了。",
        "“旅客说，还没觉得饿，就到站了。”她笑着说，自己也在学着做拿铁。",
    )
    page = "\n\n".join(("零点零分的信号灯", "本报记者 卞江", *above, "提速后的餐车", *below)) + "\n"
    found = cleaned(page)
    told = [one.text for one in found.findings if one.rule == "stitch.unsure-title"]
    assert told == ["提速后的餐车"]
    assert len(found.arrangement.articles) == 1


def test_sub_headings_are_not_told_of() -> None:
    parts = ("把通道留给急救", "把摊位还给住户")
    first, second, third = MARKET.paragraphs
    wanted = replace(MARKET, paragraphs=(first, parts[0], second, parts[1], third))
    found = cleaned(in_order(wanted, RUST))
    assert not [one for one in found.findings if one.rule == "stitch.unsure-title"]


def test_a_kicker_a_title_and_a_subtitle_without_a_dash() -> None:
    head = "抗旱保苗热潮席卷全县", "柳河乡农民连夜打井浇地", "十天浇麦一万一千亩"
    page = "\n\n".join((*head, *MARKET.paragraphs)) + "\n\n" + in_order(RUST)
    first, second = articles(page)
    assert (first.kicker, first.title, first.subtitle) == head
    assert second == RUST


def test_a_subtitle_that_says_of_whom_the_title_tells() -> None:
    head = "守着豆腐摊的三十年", "记老街早市摊主周长顺"
    page = "\n\n".join((*head, *MARKET.paragraphs)) + "\n\n" + in_order(RUST)
    first = articles(page)[0]
    assert (first.kicker, first.title, first.subtitle) == ("", *head)


def test_the_pages_topmost_line_over_a_heading_is_no_text() -> None:
    head = "全市早市摊主技能大赛第十六轮", "平局！又见平局！", "老街代表队主场四连平"
    page = "\n\n".join((*head, "本报记者 林若谷", *MARKET.paragraphs)) + "\n\n" + in_order(RUST)
    first = articles(page)[0]
    assert (first.kicker, first.title, first.subtitle) == head
    assert first.paragraphs == MARKET.paragraphs


@pytest.mark.parametrize(
    ("greeting", "wish"),
    [
        ("此致", "敬礼"),
        ("敬请", "福安"),
        ("即颂", "夏安"),
        ("顺颂", "商祺"),
        ("并颂", "文祺"),
        ("敬祝", "大安"),
        ("专此即颂", "撰安"),
        ("致以", "崇高的敬礼"),
    ],
)
@pytest.mark.parametrize("between", ["\n", "\n\n"])
@pytest.mark.parametrize("behind", ["\n\n", ""])
def test_how_a_letter_closes_is_no_heading(
    greeting: str, wish: str, between: str, behind: str
) -> None:
    said = "寄来的样书已经收到，装帧很好，只是第十二页漏排了一行，望再版时补上。"
    closing = f"{said}{behind}{greeting}{between}{wish}"
    page = f"读者来信\n\n编辑同志：\n\n{closing}\n\n读者 李大川\n九月三日\n"
    (article,) = articles(page)
    end = [said, greeting] if behind else [said + greeting]
    assert article.paragraphs[1:-2] == (*end, wish)


def test_a_place_called_like_a_wish_heads_its_article() -> None:
    fuan = replace(MARKET, title="福安", author="")
    assert articles(in_order(COURT, fuan))[1].title == "福安"


MINUTES = """樱桃沟合作社理事会会议记录

时间：2021年7月6日下午3点
地点：合作社二楼会议室
主持人：温大川
记录人：苏小禾
出席：理事五人，监事一人

会上，理事长通报了上半年的收支，大家对烘干房漏雨的事谈得最多，决定秋收以前修好。
"""


def test_the_labels_of_minutes_are_lines_of_their_own() -> None:
    title, *lines = [line for line in MINUTES.split("\n") if line]
    (article,) = articles(MINUTES)
    assert (article.kicker, article.title, article.author) == ("", title, "")
    assert article.paragraphs == tuple(lines)


def test_who_leads_a_talk_is_its_author() -> None:
    (article,) = articles(in_order(replace(MARKET, author="主持人：苏小禾")))
    assert article.author == "苏小禾"


def test_a_row_of_a_form_is_no_heading() -> None:
    rows = ("姓  名：温大川    性  别：男    年  龄：41 岁", "职  业：果农      住  址：樱桃沟村")
    said = "本人自愿加入樱桃沟合作社，遵守社里的章程，按时交售果品。"
    page = "入社申请表\n\n" + "\n".join(rows) + f"\n\n{said}\n"
    (article,) = articles(page)
    assert (article.title, article.author) == ("入社申请表", "")
    assert article.paragraphs[-1] == said


@pytest.mark.parametrize(
    ("lines", "author"),
    [
        ("文／藤野麻衣　摄影／念慈", "藤野麻衣　摄影／念慈"),
        ("词：苏小禾  曲：温大川", "苏小禾 曲：温大川"),
        ("作词：苏小禾\n作曲：温大川", "苏小禾 作曲：温大川"),
        ("文/本报记者 温大川 图/苏小禾", "温大川 图/苏小禾"),
        ("作词：苏小禾", "苏小禾"),
        ("策划：温大川 执笔：老街坊", "温大川 执笔：老街坊"),
    ],
)
def test_credits_below_a_title_are_its_authors(lines: str, author: str) -> None:
    (article,) = articles(in_order(replace(MARKET, author=lines)))
    assert (article.kicker, article.title, article.author) == ("", MARKET.title, author)


@pytest.mark.parametrize("mark", ["* ", "- "])
def test_the_items_of_a_list_are_no_headings(mark: str) -> None:
    items = tuple(mark + one for one in ("育苗棚", "采摘园", "果酱坊"))
    told = "今年合作社在沟里添了三样新东西，样样都和樱桃有关，请看："
    last = "樱桃熟的时候，三样都对游客开放，门票收入归全体社员。"
    page = "樱桃沟里的新东西\n\n" + "\n\n".join((told, "\n".join(items), last)) + "\n"
    (article,) = articles(page)
    assert article.title == "樱桃沟里的新东西"
    assert article.paragraphs == (told, *items, last)


def test_the_parts_of_a_table_are_no_articles() -> None:
    hot = ("热菜", "红烧鲤鱼  36元", "青椒土豆丝  18元", "锅包肉  32元")
    cold = ("凉菜", "老醋花生  12元", "蒜泥黄瓜  9元")
    told = "订餐电话：5179873  营业时间：10:00-21:00"
    page = "\n\n".join(("菜单", "\n".join(hot), "\n".join(cold), told)) + "\n"
    lines = [p for one in articles(page) for p in (one.title, *one.paragraphs) if p]
    assert sum(bool(one.title) for one in articles(page)) <= 1
    assert lines[-len(cold) - 1 :] == [*cold, told]


def test_lines_of_a_poem_side_by_side_are_no_headings() -> None:
    poem = ("东岭樱花照眼明　　一溪春水绕村行", "老翁笑指新开路　　直到云边第几程")
    said = "这首诗写在去年春天，那时候公路刚修到沟口，村里人第一次坐着汽车去赶集。"
    page = "樱桃沟\n\n" + "\n".join(poem) + f"\n\n{said}\n"
    (article,) = articles(page)
    assert article.title == "樱桃沟"
    assert article.paragraphs == (*poem, said)


def test_a_reporters_article_has_no_workplace() -> None:
    """A line at the page's foot that says where an author works is the other author's."""
    report = replace(MARKET, author="本报记者 林若谷")
    at_foot = in_order(replace(RUST, affiliation=""), report, Article(affiliation=RUST.affiliation))
    signed, reported = articles(at_foot)
    assert (signed.affiliation, reported.affiliation) == (RUST.affiliation, "")
    assert reported.author == "林若谷"


def test_two_authors_who_are_no_reporters_keep_the_order() -> None:
    at_foot = in_order(replace(RUST, affiliation=""), MARKET, Article(affiliation=RUST.affiliation))
    assert [one.affiliation for one in articles(at_foot)] == ["", RUST.affiliation]


def test_a_line_that_names_its_author_is_that_articles() -> None:
    line = "（作者：唐小满，系江城大学副教授）"
    at_foot = in_order(replace(RUST, affiliation=""), MARKET, Article(affiliation=line))
    assert [one.affiliation for one in articles(at_foot)] == [line, ""]


@pytest.mark.parametrize("lower", [RUST.affiliation, COURT.affiliation])
def test_lines_at_the_foot_go_to_the_articles_whose_words_they_say(lower: str) -> None:
    """Whichever stands first: a court's judge wrote of courts, the cyclists' man of bicycles."""
    upper = COURT.affiliation if lower == RUST.affiliation else RUST.affiliation
    bare = [replace(one, affiliation="") for one in (RUST, COURT)]
    page = in_order(*bare, Article(affiliation=upper), Article(affiliation=lower))
    assert articles(page) == (RUST, COURT)


def test_a_commentators_article_has_a_line_where_there_is_one_for_each() -> None:
    """Three lines for three articles: what they say counts, though one is a staff writer's."""
    comment = replace(MARKET, author="本报评论员 林若谷")
    line = "（作者单位：老街早市管理办公室）"
    bare = [replace(RUST, affiliation=""), comment, replace(COURT, affiliation="")]
    lines = (line, COURT.affiliation, RUST.affiliation)
    page = in_order(*bare, *(Article(affiliation=one) for one in lines))
    found = [one.affiliation for one in articles(page)]
    assert found == [RUST.affiliation, line, COURT.affiliation]


def test_lines_at_the_foot_that_say_nothing_of_the_articles_keep_their_order() -> None:
    lines = ["（作者单位：江北大学）", "（作者单位：江南大学）"]
    bare = [replace(one, affiliation="") for one in (RUST, COURT)]
    page = in_order(*bare, *(Article(affiliation=line) for line in lines))
    assert [one.affiliation for one in articles(page)] == lines[::-1]


@pytest.mark.parametrize("marks", ["【】", "〔〕"])
def test_an_affiliation_keeps_the_brackets_that_are_printed(marks: str) -> None:
    framed = replace(RUST, affiliation=f"{marks[0]}作者系江城市自行车运动协会秘书长{marks[1]}")
    assert articles(in_order(framed, COURT)) == (framed, COURT)


def test_an_affiliation_with_one_misread_bracket_gets_a_round_one() -> None:
    misread = replace(RUST, affiliation="【作者系江城市自行车运动协会秘书长）")
    (article,) = articles(in_order(misread))
    assert article.affiliation == "（作者系江城市自行车运动协会秘书长）"


@pytest.mark.parametrize("cut", [35, 46])
def test_a_titles_first_line_below_a_text_that_breaks_off(cut: int) -> None:
    *whole, last = COURT.paragraphs
    lines = ("让“纸面承诺”变成“真金白银”", "破解执行难还须久久为功")
    torn = replace(COURT, affiliation="", paragraphs=(*whole, last[:cut]))
    page = in_order(torn, replace(MARKET, title="\n\n".join(lines)))
    page += f"\n{last[cut:]}\n\n{COURT.affiliation}\n"
    assert articles(page) == (COURT, replace(MARKET, title="".join(lines)))


def test_authors_with_one_label_are_no_speakers() -> None:
    """作者： above several articles is no label that people speak behind."""
    labelled = [replace(one, author=f"作者：{one.author}") for one in (MARKET, RUST, COURT)]
    assert articles(in_order(*labelled)) == (MARKET, RUST, COURT)


def test_a_square_before_any_name_marks_the_author() -> None:
    page = in_order(replace(MARKET, author="□ 商景明"), RUST)
    assert articles(page) == (replace(MARKET, author="商景明"), RUST)
    assert not [one for one in cleaned(page).findings if one.rule == "suspects.unread"]


def test_an_unmarked_line_below_a_marked_title_is_its_subtitle() -> None:
    page = in_order(MARKET).replace(
        MARKET.title, f"# {MARKET.title}\n\n停业两年后东口第一天来了三千人买菜", 1
    )
    (article,) = articles(page)
    assert (article.kicker, article.title) == ("", MARKET.title)
    assert article.subtitle == "停业两年后东口第一天来了三千人买菜"


def test_a_line_that_wants_its_object_begins_the_title() -> None:
    page = in_order(MARKET).replace(MARKET.title, "以“小窗口”推动\n早市服务提质增效", 1)
    (article,) = articles(page)
    assert (article.kicker, article.title) == ("", "以“小窗口”推动早市服务提质增效")


@pytest.mark.parametrize("dash", ["一—", "—一", "一一"])
def test_a_subtitle_whose_dash_was_read_as_a_number(dash: str) -> None:
    page = in_order(replace(MARKET, subtitle=f"{dash}访江城市商务局副局长林大川"))
    (article,) = articles(page)
    assert (article.title, article.subtitle) == (MARKET.title, "——访江城市商务局副局长林大川")


@pytest.mark.parametrize(
    "line",
    [
        "Theory and Practice",
        "07 理论与实践",
        "本版责编：丁可  视觉：阮文  校对：黄秋生",
    ],
)
def test_a_pages_foot_is_no_text(line: str) -> None:
    arranged = cleaned(in_order(MARKET, RUST) + f"\n{line}\n").arrangement
    assert arranged.articles == (MARKET, RUST)
    assert len(arranged.furniture) == 1


def test_the_lines_of_a_list_of_contents_are_no_text() -> None:
    box = f"导读\n■ {MARKET.title}…………3版\n■ {RUST.title}……A05\n\n"
    arranged = cleaned(box + in_order(MARKET, RUST)).arrangement
    assert arranged.articles == (MARKET, RUST)
    assert len(arranged.furniture) == 3


@pytest.mark.parametrize(
    "caption", ["图为早市开张。  资料图片", "▲早市上的人们。新华社记者 关 山 摄"]
)
def test_a_caption_between_paragraphs_is_no_text(caption: str) -> None:
    first, *rest = MARKET.paragraphs
    page = in_order(replace(MARKET, paragraphs=(first, caption, *rest)))
    assert articles(page) == (MARKET,)


def test_a_dateline_on_a_line_of_its_own_is_text() -> None:
    line = "本报江州10月18日电  （记者林若谷）"
    page = in_order(replace(MARKET, author="", paragraphs=(line, *MARKET.paragraphs)))
    (article,) = articles(page)
    said = article.author + "".join(article.paragraphs)
    assert "林若谷" in said


def test_where_an_author_holds_a_post() -> None:
    page = in_order(replace(MARKET, author="江城农学院院长 林若谷"))
    assert articles(page)[0].author == "江城农学院院长 林若谷"


def test_a_reader_keeps_the_blank_before_his_name() -> None:
    page = in_order(replace(MARKET, author="安陵县柳河镇读者 费长根"))
    page = page.replace("第一个进了", "第一 个进了")
    (article,) = articles(page)
    assert (article.title, article.author) == (MARKET.title, "安陵县柳河镇读者 费长根")


@pytest.mark.parametrize(
    "line",
    [
        "他在江城车站干了四十年，许多老人都记得他那节车厢的号码——K12",
        "Wang Jianguo",
        "Yesterday Once More",
        "维生素 B12",
        "B2 码头队",
        "美术设计：王建国",
        "泛黄的江城晚报",
    ],
)
def test_a_last_line_is_not_taken_for_the_pages_foot(line: str) -> None:
    arranged = cleaned(in_order(MARKET, RUST) + f"\n{line}\n").arrangement
    assert arranged.furniture == ()


def test_a_title_on_two_lines_one_of_which_is_marked() -> None:
    page = in_order(MARKET).replace(
        MARKET.title, "# 江城港今年吞吐量突破\n五百万吨大关创历史新高", 1
    )
    (article,) = articles(page)
    assert article.title == "江城港今年吞吐量突破五百万吨大关创历史新高"


def test_an_affiliation_that_names_another_author_beside_its_own() -> None:
    """Who is named further on in the line did not write the article."""
    line = "（作者系江城大学教授，与唐小满合著有《早市》）"
    page = in_order(replace(RUST, affiliation=""), replace(MARKET, affiliation=line))
    assert [one.affiliation for one in articles(page)] == ["", line]
