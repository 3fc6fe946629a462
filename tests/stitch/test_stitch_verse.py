"""Verse that was read with blank lines between its lines is one article's text, and no headings."""

from dataclasses import replace

import pytest
from jiaokan.article import Article
from stitched import MARKET, RUST, articles, in_order

POEM = Article(
    title="晚秋",
    author="林若谷",
    paragraphs=(
        "枝头最后一只柿子",
        "被鸟儿啄出了灯光",
        "父亲把锄头挂上墙",
        "像挂起一个季节",
        "河水瘦了",
        "瘦成一句没说完的话",
    ),
)
CYCLE = Article(
    title="北疆三题",
    author="阿勒克",
    paragraphs=(
        "牧归",
        "羊群把落日",
        "一点一点赶下山坡",
        "数到最后",
        "多了一颗星星",
        "转场",
        "毡房拆下来",
        "不过是三峰骆驼的重量",
        "而我们带不走的",
        "是那一圈压黄了的草",
    ),
)


def _page(poem: Article, *others: Article) -> str:
    head = f"{poem.title}\n\n{' '.join(poem.author)}\n\n"
    return head + "\n\n".join(poem.paragraphs) + "\n\n" + in_order(*others)


@pytest.mark.parametrize("poem", [POEM, CYCLE], ids=["poem", "cycle"])
def test_verse_between_blank_lines_stays_in_order(poem: Article) -> None:
    assert articles(_page(poem, MARKET, RUST)) == (poem, MARKET, RUST)


def test_a_title_below_verse_opens_its_article() -> None:
    """It needs no author."""
    bare = replace(MARKET, author="")
    assert articles(_page(POEM, bare, RUST)) == (POEM, bare, RUST)


def test_verse_on_a_page_without_blank_lines() -> None:
    page = _page(CYCLE, MARKET, RUST).replace("\n\n", "\n")
    found = articles(page)
    assert [one.title for one in found] == [CYCLE.title, MARKET.title, RUST.title]
    assert found[0] == CYCLE


def test_a_narrow_column_whose_lines_are_set_apart_is_no_verse() -> None:
    text = MARKET.paragraphs[0]
    lines = [text[at : at + 14] for at in range(0, len(text), 14)]
    page = f"{MARKET.title}\n\n林 若 谷\n\n" + "\n\n".join(lines) + "\n\n" + in_order(RUST)
    assert "".join(articles(page)[0].paragraphs) == text
    assert len(articles(page)[0].paragraphs) == 1


def test_verse_in_two_columns_gives_no_titles() -> None:
    """Its second column stands below another article's text."""
    top, rest = POEM.paragraphs[:3], (*POEM.paragraphs[3:], "檐下的风铃响了一夜", "谁也没有起身")
    page = _page(replace(POEM, paragraphs=top * 2), MARKET) + "\n" + "\n\n".join(rest) + "\n"
    assert [one.title for one in articles(page) if one.title] == [POEM.title, MARKET.title]


def test_verse_below_a_marked_title_and_a_bare_name() -> None:
    page = f"# {POEM.title}\n\n{POEM.author}\n\n" + "\n\n".join(POEM.paragraphs) + "\n\n"
    found = articles(page + in_order(MARKET).replace(MARKET.title, f"# {MARKET.title}", 1))
    assert found == (POEM, MARKET)
