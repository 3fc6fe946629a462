"""Headings as engines read them off printed pages: torn, away from their title, side by side."""

from dataclasses import replace

import pytest
from jiaokan.columns.heading_rows import head_rows
from stitched import COURT, MARKET, ORCHARD, RUST, articles, in_order, wrapped

TEXT = "\n\n".join(MARKET.paragraphs)
OTHER = "\n\n".join(ORCHARD.paragraphs)
BESIDE = (
    "基层法庭怎样化解邻里纠纷                    怎样给旧自行车除锈\n"
    "沈知远                                      唐小满\n\n"
)


def columns(*blocks: str) -> str:
    return "\n\n".join(blocks) + "\n"


def three_columns(author: str) -> str:
    """Two articles that take turns; a title and an author stand above later columns of theirs."""
    head = MARKET.title, MARKET.author, TEXT[:110]
    first, second, third = OTHER[:70], OTHER[70:170].strip(), OTHER[170:].strip()
    return columns(*head, first, TEXT[110:], ORCHARD.title, second, author, third)


@pytest.mark.parametrize(
    ("author", "name"), [("苏晚", "苏晚"), ("本报记者 半亩", "半亩"), ("采写：半亩", "半亩")]
)
def test_an_author_between_torn_columns_says_that_a_title_is_there(author: str, name: str) -> None:
    wanted = replace(ORCHARD, author=name)
    assert articles(three_columns(author)) == (MARKET, wanted)


def test_the_end_of_a_torn_bracket_is_no_title() -> None:
    first, second, *rest = COURT.paragraphs
    page = columns(COURT.title, COURT.author, first, second[:27], "研究室主任)", second[27:], *rest)
    assert [one.title for one in articles(page + "\n" + in_order(RUST))] == [
        COURT.title,
        RUST.title,
    ]


def test_a_line_that_begins_in_mid_word_is_no_title() -> None:
    first, *rest = COURT.paragraphs
    page = columns(COURT.title, COURT.author, first[:-1], "的做法颇有成效", *rest)
    assert [one.title for one in articles(page + "\n" + in_order(RUST))] == [
        COURT.title,
        RUST.title,
    ]


def test_a_short_line_in_the_midst_of_a_text_is_no_title() -> None:
    first, second, third = MARKET.paragraphs
    torn = f"{second[:40]}\n蔬菜水产熟食\n{second[40:]}"
    page = columns(MARKET.title, MARKET.author, first, torn, third)
    assert [one.title for one in articles(page + "\n" + in_order(RUST))] == [
        MARKET.title,
        RUST.title,
    ]


def test_a_title_that_lost_its_first_quotation_mark() -> None:
    other = replace(MARKET, title="让早市回到老街的人”")
    assert articles(in_order(RUST, other)) == (RUST, other)


def test_headings_side_by_side_are_parted() -> None:
    texts = [wrapped(paragraph, 14) for one in (COURT, RUST) for paragraph in one.paragraphs]
    found = articles(BESIDE + columns(*texts))
    assert [(one.title, one.author) for one in found] == [
        ("基层法庭怎样化解邻里纠纷", "沈知远"),
        ("怎样给旧自行车除锈", "唐小满"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "两岸猿声啼不住                    轻舟已过万重山",
        "江城晚报 第3版                    责任编辑 林若谷",
        "云川市中级人民法院                云川市司法局",
        "品名和规格型号                    单价\n豆腐                    二元",
    ],
    ids=["verse", "the page's head", "who signs", "a table"],
)
def test_what_else_stands_side_by_side_is_left(line: str) -> None:
    text = columns(line, wrapped(COURT.paragraphs[0], 14))
    assert not list(head_rows(text))


def test_text_side_by_side_is_left() -> None:
    above = "清早五点，老街的早市亮起了灯。卖豆腐的老周推着三"
    row = "轮车，第一个进了东口的摊位                  旧自行车放在楼道里容易生锈"
    assert not list(head_rows(columns(above, row, wrapped(COURT.paragraphs[0], 14))))


NOT_HERE = "本报记者 半亩"
"""An author of a title that the engine lost."""


@pytest.mark.parametrize("head", [(NOT_HERE,), ("农技之窗", NOT_HERE)], ids=["author", "column"])
def test_an_author_opens_an_article_where_no_title_wants_him(head: tuple[str, ...]) -> None:
    own = MARKET.title, MARKET.author
    page = columns(*own, TEXT[:110], *head, OTHER[:150], TEXT[110:], OTHER[150:])
    found = articles(page)
    assert found[0] == MARKET
    assert (found[1].title, found[1].author) == ("", "半亩")
    assert found[1].paragraphs == ORCHARD.paragraphs


def test_an_author_below_the_first_column_of_a_title_is_that_title_s() -> None:
    page = columns(MARKET.title, TEXT[:110], "本报记者 林若谷", TEXT[110:])
    assert articles(page + "\n" + in_order(RUST)) == (MARKET, RUST)
