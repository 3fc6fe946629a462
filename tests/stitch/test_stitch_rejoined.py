"""Headings that were read apart: what stood over the first column, and the rest over another."""

import pytest
from jiaokan.article import Article
from jiaokan.ledger import account
from jiaokan.restore import restore
from stitched import COURT, MARKET, articles, cleaned

SNOW = Article(
    kicker="气象万千",
    title="下雪天为什么格外安静",
    author="程立冬",
    paragraphs=(
        "许多人都有这样的经验：一场大雪过后，街上忽然静了下来，连汽车驶过的声音也好像远了。这并不全是因为出门的人少，雪本身就是很好的吸音材料。",
        "刚落下的雪很松，雪花之间满是空气，声音钻进这些小孔，来回碰撞，能量渐渐变成了热，传出来的便所剩无几。有人做过测量，十厘米厚的新雪可以吸收大半的声音。",
        "等到雪被踩实，或者化了又冻，表面结成硬壳，小孔堵住了，声音就会被弹回来。所以下过几天的雪地，反而听得见远处的人说话。",
    ),
)


def cut(one: Article, at: str) -> tuple[str, str]:
    """The body as two columns; the second begins with these words."""
    text = "\n\n".join(one.paragraphs)
    return text[: text.index(at)], text[text.index(at) :]


def page(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part) + "\n"


def test_a_name_of_a_column_over_the_first_column_and_the_title_over_the_second() -> None:
    first, second = cut(SNOW, "能量渐渐变成")
    other, rest = cut(MARKET, "中间留出一条")
    text = page(
        SNOW.kicker,
        first,
        MARKET.title,
        MARKET.author,
        other,
        SNOW.title,
        SNOW.author,
        second,
        rest,
    )
    result = cleaned(text)
    assert result.arrangement.articles == (SNOW, MARKET)
    assert restore(account(result), clean_json(result)) == result.page.data


def clean_json(result):  # type: ignore[no-untyped-def]
    from jiaokan.formats.clean_json import clean_of

    return clean_of(result)


@pytest.mark.parametrize("half", [5, 6])
def test_a_title_that_is_torn_between_two_columns(half: int) -> None:
    first, second = cut(SNOW, "能量渐渐变成")
    other, rest = cut(MARKET, "中间留出一条")
    text = page(
        SNOW.title[:half],
        first,
        MARKET.title,
        MARKET.author,
        other,
        SNOW.title[half:],
        SNOW.author,
        second,
        rest,
    )
    found = articles(text)
    assert [one.author for one in found] == [SNOW.author, MARKET.author]
    assert ["".join(one.paragraphs) for one in found] == [
        "".join(one.paragraphs) for one in (SNOW, MARKET)
    ]


def test_articles_that_end_are_not_put_together() -> None:
    text = page(SNOW.kicker, *SNOW.paragraphs, COURT.title, COURT.author, *COURT.paragraphs)
    assert [one.title for one in articles(text)][-1] == COURT.title
    assert len(articles(text)) == 2
