"""Lines that are no prose stay lines, through the whole chain."""

import pytest
from jiaokan import clean


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            "品名      单价      数量\n大米      2.50      1,000\n"
            "面粉      1.80      2,500\n合计      ——      3,500\n",
            ["大米      2.50      1,000", "合计      ——      3,500"],
        ),
        (
            "CaCO3 → CaO + CO2↑\n取食盐5.85g溶于水，配成溶液，放置一天。\n",
            ["CaCO3 → CaO + CO2↑", "取食盐5.85g溶于水，配成溶液，放置一天。"],
        ),
        (
            "品种 规格 今日价 昨日价\n大白菜 一级 0.85 0.90\n"
            "上海青 一级 1.60 1.75\n单位：元/公斤\n",
            ["品种 规格 今日价 昨日价", "大白菜 一级 0.85 0.90", "单位：元/公斤"],
        ),
        ("★特价！特价！★\n渡口小店，今日开张。\n", ["★特价！特价！★"]),
        (
            "各直属机构：\n\u3000\u3000现将规划印发给你们，请认真执行。\n\n"
            + "\u3000" * 8
            + "江城县水利局办公室\n"
            + "\u3000" * 8
            + "1981年1月1日\n",
            ["江城县水利局办公室", "1981年1月1日"],
        ),
        (
            "江城市图书馆招聘启事\n本馆招聘管理员两名，有意者请将简历寄到办公室。\n"
            "地址：江城市解放路12号\n邮编：266000\n电话：0532-82933000\n联系人：李明\n",
            ["地址：江城市解放路12号", "邮编：266000", "电话：0532-82933000", "联系人：李明"],
        ),
        (
            "景区　　天气　　　最高　　最低\n东湖　　晴转多云　18℃　　 7℃\n"
            "西岭　　小雪　　　-1℃　　-9℃\n南渡　　阴　　　　12℃　　 6℃\n"
            "进山的游客请在出发前查询道路是否通行，并随车带上防滑链。\n",
            ["东湖　　晴转多云　18℃　　 7℃", "南渡　　阴　　　　12℃　　 6℃"],
        ),
        (
            "姓名　　职务　　　单位\n李大川　站长　　　县农技站\n温　岚　技术员　　县种子站\n"
            "苏小禾　检验员　　县粮食局\n",
            ["姓名　　职务　　　单位", "李大川　站长　　　县农技站"],
        ),
    ],
)
def test_what_is_no_prose_is_not_joined(text: str, lines: list[str]) -> None:
    found = clean(text)
    told = [line for article in found.articles for line in (article.title, *article.paragraphs)]
    for line in lines:
        assert line in told


def test_a_date_inside_wrapped_prose_runs_on() -> None:
    text = (
        "江城县的水利局在去年的冬天已经决定，要从\n1981年1月1日\n起在全县修建水渠，"
        "所需的经费由县里拨给各村。\n"
    )
    assert any("从1981年1月1日起" in p for a in clean(text).articles for p in a.paragraphs)


def test_a_list_ends_at_a_blank_line() -> None:
    rows = [
        "1. 兵七进一　炮2平3",
        "2. 炮二平五　象3进5",
        "3. 马二进三　卒3进1",
        "4. 车一平二　卒3进1",
    ]
    prose = "到这里双方各走四步，黑方以卒换先。红方若贪吃中卒，则车1平4，局面反而落后。"
    text = "仙人指路\n\n" + "\n".join(rows) + f"\n\n{prose}\n"
    (article,) = clean(text).articles
    assert article.paragraphs == (*rows, prose)


def test_a_paragraph_broken_by_a_blank_line_runs_on() -> None:
    prose = "渡口的老槐树下常年摆着一张方桌，过河的人都爱在那里歇脚，听摆渡的老人讲从前的故事。"
    at = prose.index("歇脚")
    text = f"渡口\n\n那年夏天下了很久的雨。\n\n{prose[:at]}\n\n{prose[at:]}\n"
    (article,) = clean(text).articles
    assert article.paragraphs[-1] == prose
