"""Pages of short news: each report has its own title, and a sub-heading is none."""

import pytest
from stitched import MARKET, articles

NEWS = (
    (
        "市档案馆开放民国地契",
        "市档案馆近日整理民国地契一千二百余件，自下周起凭证件可到阅览室查阅。",
    ),
    (
        "两座人行天桥加装电梯",
        "五一路、解放路两座人行天桥加装的四部电梯已调试完毕，老人过街不必再爬台阶。",
    ),
    (
        "青山乡茶农办起合作社",
        "青山乡八十六户茶农自愿组成合作社，统一采摘标准，统一包装，头一批春茶昨天发往外省。",
    ),
    (
        "少年围棋赛落幕",
        "历时三天的少年围棋赛在体育馆落幕，十一岁的小选手甘一鸣九战全胜，获甲组第一名。",
    ),
    (
        "码头客班船改点",
        "因水位下降，去下游各渡口的客班船从本月十五日起改为上午七时半开船，票价不变。",
    ),
    ("气象台迁新址", "市气象台迁至城北凤凰岭，新楼装有测雨雷达，预报半径比过去扩大近一倍。"),
)


def page(*sections: tuple[str, str]) -> str:
    """Lines and the texts below them, a blank line between all."""
    return "\n\n".join(part for section in sections for part in section) + "\n"


def test_each_report_of_a_page_of_short_news_has_its_title() -> None:
    found = articles("2003年5月9日　星期五　综合　第4版\n\n" + page(*NEWS))
    assert [(one.title, one.paragraphs) for one in found] == [
        (title, (text,)) for title, text in NEWS
    ]


@pytest.mark.parametrize("news", NEWS[:3])
def test_one_report_below_a_longer_article(news: tuple[str, str]) -> None:
    text = page((MARKET.title, MARKET.author)) + "\n" + "\n\n".join(MARKET.paragraphs)
    found = articles(text + "\n\n" + page(news))
    assert [one.title for one in found] == [MARKET.title, news[0]]
    assert found[0].paragraphs == MARKET.paragraphs


def test_sub_headings_above_short_texts_stay_in_their_article() -> None:
    sections = (
        (
            "老街早市怎样办下去",
            "停了两年的老街早市重新开张，摊主、住户和管理员各有各的盘算。记者走访了三家。",
        ),
        (
            "摊主盼的是摊位固定",
            "摊主老周说，早市的摊位年年抽签，豆腐摊挪到哪里，老主顾就得找到哪里。",
        ),
        (
            "住户盼的是早上清静",
            "住在早市楼上的冯老师说，早市开得早，三轮车五点就响，盼着摊主进场轻一点。",
        ),
        (
            "管理员盼的是收摊干净",
            "管理员说，早市收摊以后一地菜叶，摊主和住户都来找他，他一个人扫不过来。",
        ),
    )
    found = articles(page(*sections))
    assert len(found) == 1
    assert found[0].title == sections[0][0]


def test_who_signs_a_notice_is_no_title() -> None:
    notice = "东苑片区今晚停水，请居民提前储水。停水期间，自来水公司的抢修车在东苑路口值守。"
    signed = "云泊市自来水有限公司"
    below = "云泊的棋摊摆在桥头，自来水管旁边总坐着几位老人，落子无声，一坐就是半天。"
    found = articles(page(("停水通告", notice), (signed, below)))
    assert signed not in [one.title for one in found]
