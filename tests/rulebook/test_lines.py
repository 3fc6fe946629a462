"""What a whole line is: the place counts where a rule asks for it, cells count together."""

import pytest
from jiaokan.rulebook import load
from jiaokan.rulebook.lines import Place

BOOK = load()


def role(line: str, place: Place | None = None) -> str | None:
    match = BOOK.line_role(line, place=place)
    return match.role if match else None


@pytest.mark.parametrize(
    "line",
    [
        "2019年11月26日 星期二  第3版",
        "越州日报  2019年11月26日 星期二 责任编辑 李明",
        "03版 | 要闻 | 2019年11月26日",
        "电话：0532-82933000  邮编：266000",
    ],
)
def test_furniture_of_several_cells(line: str) -> None:
    assert role(line) == "furniture"


@pytest.mark.parametrize(
    "line",
    [
        "",
        "理论  评论",
        "2019年11月26日",
        "2019年11月26日，越州日报社举行了座谈会。",
        "第3版  李明",
        "城市更新的法治保障",
        "编辑们常说，好稿子是改出来的。",
        "记者从市政府获悉，今年将新建公园二十座。",
        "一" * 500,
    ],
)
def test_lines_of_articles_are_nothing(line: str) -> None:
    assert role(line) is None


def test_a_name_alone_is_a_byline_under_a_title_only() -> None:
    assert role("陈 默") is None
    assert role("陈 默", Place(above="body")) is None
    match = BOOK.line_role("  陈　默 ", place=Place(above="title"))
    assert match is not None
    assert (match.role, match.rule, match.groups["name"]) == ("byline", "byline-name", "陈　默")


def test_an_affiliation_keeps_its_groups_empty() -> None:
    match = BOOK.line_role("（作者单位：江城大学）")
    assert match is not None
    assert (match.role, dict(match.groups)) == ("affiliation", {})
