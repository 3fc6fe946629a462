"""Running heads of any paper are the page's, and no title, column or article."""

from dataclasses import replace

import pytest
from stitched import MARKET, RUST, articles, cleaned, in_order

SHORT = replace(MARKET, paragraphs=MARKET.paragraphs[:2])


@pytest.mark.parametrize(
    "head",
    [
        "江声邮电报\n一九九四年三月二十一日",
        "健康周刊\nB6 2023.04.19 星期三",
        "# 校园生活\n\n江声理工大学报 2019年10月15日 责任编辑：李明 | 03",
        "江声之声　二〇〇三年五月二十日　第二版",
        "2020年5月13日 江声日报",
        "江声报 1979年3月2日 (3)",
        "綜合版　江聲社區報　民國九十八年五月十七日",
        "2022年第6期 《江声园林》 37",
        "广 告",
        "江声建设报\n2004 年 12 月 3 日 · 文艺",
        "■ 2013年5月17日 ■ 星期五 ■ 编辑 李明",
        "1978年11月9日\n江声战报（第二版）",
        "体育\n江声青年报 2011年7月15日 星期五",
        "民主与法制\n1988年2月26日 第2版 江声晚报",
        "1994年12月2日　星期五　·江声晚晴·　第七版",
        "江声安全与管理　　2008年第5期（总第113期）　　·安全论坛·",
        "小荷尖尖　　2009年4月28日　　第142期　　主编：林老师",
        "A10 观点　2022年8月31日　星期三　主编：林 若 谷",
        "今日江声 2018 年 6 月 8 日\n新闻热线：0796-3351210",
        "2022年3月8日",
        "副刊\n\n本版责编：韩雪",
        "春泥副刊\n责任编辑：韩雪",
        "人物·对话 B02\n\n2017年6月8日",
        "江声日报\n\n今日8版 总第9127期 国内统一刊号：CN99-0017",
        "江城一中校报\n\n2013年12月20日 第61期\n\n主办：江城一中团委 指导老师：翁华",
        "党建\n\n2022年7月1日",
        "图片新闻\n\n▲江边的油菜花开了。 本报记者 齐放 摄",
        "中国共产党江城钢铁厂委员会机关报\n\n江钢报\n\n1988年3月5日 第412期",
        "〔地方版〕\n\n中華民國101年3月6日",
    ],
)
def test_a_papers_head_is_the_pages(head: str) -> None:
    found = cleaned(head + "\n\n" + in_order(SHORT, RUST)).arrangement
    assert found.articles == (SHORT, RUST)
    assert len(found.furniture) == len([line for line in head.split("\n") if line])


@pytest.mark.parametrize(
    "head",
    [
        "车间办起黑板报\n2020年5月13日",
        "山村通水了\n2019年5月2日 星期四",
        "老街新闻\n老街的早市停了两年，今年春天重新开张，摊位比从前多了一倍，买菜的人也多了起来。",
    ],
)
def test_a_title_that_sounds_like_a_paper_stays(head: str) -> None:
    page = head + "\n\n" + "\n\n".join(MARKET.paragraphs) + "\n\n" + in_order(RUST)
    found = articles(page)
    title = head.split("\n")[0]
    assert title in (found[0].title, found[0].kicker, *found[0].paragraphs)


@pytest.mark.parametrize("below", ["——江城三小见闻", "通水了"])
@pytest.mark.parametrize("title", ["校园新天地", "山村新生活"])
def test_a_title_over_the_day_it_was_written_is_not_lost(title: str, below: str) -> None:
    page = "\n\n".join([title, "2019年5月2日", below, *MARKET.paragraphs])
    assert articles(page + "\n")[0].title == title


def test_the_days_of_a_diary_are_its_own() -> None:
    days = "2022年3月8日", "2022年3月9日"
    page = "\n\n".join((days[0], "江边的第一天", RUST.paragraphs[0], days[1], RUST.paragraphs[1]))
    found = cleaned(page + "\n").arrangement
    assert days[0] not in found.furniture


TITLES = r"""江城旧事\n\n他出生于 1 9 5 8
电话号码\n\n火警 119
天气预报\n\n江城 晴 6～16℃
# 母亲\n\n2013年3月5日\n\n## 菜园
江边旧事\n\n第12期\n\n李大川的账本
故乡\n\n2013年3月5日 第3版\n\n老屋门前的槐树
父亲·母亲\n\n写在重阳节前\n\n老屋门前的槐树
人物·风采\n\n坚守讲台三十年\n\n——记江城县小学教师周小雨"""


@pytest.mark.parametrize("head", TITLES.split("\n"))
def test_two_to_four_characters_on_top_are_a_title_or_a_column(head: str) -> None:
    """They are no page's name, and what stands below them is no head's line by theirs."""
    page = head.replace("\\n", "\n") + "\n\n" + "\n\n".join(MARKET.paragraphs)
    found = cleaned(page).arrangement
    first = head.partition("\\n")[0].strip("# ")
    assert first not in found.furniture
    assert not any("119" in line or "晴" in line for line in found.furniture)


def test_a_short_title_over_its_author_is_no_pages_name() -> None:
    titled = replace(MARKET, title="老街早市")
    page = in_order(titled).replace("老街早市\n\n", "老街早市\n\n2019年5月2日 星期四\n\n", 1)
    assert articles(page)[0].title == "老街早市"


def test_a_pages_name_over_a_title_is_a_column() -> None:
    page = "评论\n\n" + in_order(SHORT, RUST)
    assert "评论" not in cleaned(page).arrangement.furniture


@pytest.mark.parametrize(
    "line",
    [
        "小选手在泳池边等候成绩 项小舟 摄",
        "雪中的观测场。 仁青供图",
        "夏夜里的萤火虫（资料图片）",
        "▲站长在观测场（图片由受访者提供）",
        "诚心家政 专业保洁 擦玻璃 通下水 电话：13800001234",
    ],
)
def test_what_stands_between_columns_parts_no_sentence(line: str) -> None:
    """A caption or an advertisement between the halves of a torn sentence."""
    market, rust = SHORT.paragraphs[-1], RUST.paragraphs[-1]
    page = in_order(replace(SHORT, paragraphs=(*SHORT.paragraphs[:-1], market[:40])))
    page += "\n" + in_order(
        replace(RUST, affiliation="", paragraphs=(*RUST.paragraphs[:-1], rust[:40]))
    )
    page += "\n" + "\n\n".join((market[40:], line, rust[40:], RUST.affiliation)) + "\n"
    found = cleaned(page).arrangement
    assert found.articles == (SHORT, RUST)
    assert len(found.furniture) == 1


def test_who_holds_the_rights_stands_in_no_article() -> None:
    found = cleaned(in_order(RUST, SHORT) + "\n$\\copyright$ 2022 江城画报社\n").arrangement
    assert found.articles == (RUST, SHORT)
    assert len(found.furniture) == 1
