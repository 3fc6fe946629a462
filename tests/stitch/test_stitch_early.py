"""Headings that were read with a later column than the first: a title is set over several."""

from dataclasses import replace

from jiaokan.article import Article
from jiaokan.ledger import account
from jiaokan.restore import restore
from stitched import COURT, MARKET, cleaned

SNOW = Article(
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


def test_two_articles_begin_above_both_their_headings() -> None:
    first, second = cut(SNOW, "能量渐渐变成")
    other, rest = cut(MARKET, "中间留出一条")
    text = page(first, other, SNOW.title, SNOW.author, second, MARKET.title, MARKET.author, rest)
    result = cleaned(text)
    assert set(result.arrangement.articles) == {SNOW, MARKET}
    from jiaokan.formats.clean_json import clean_of

    assert restore(account(result), clean_of(result)) == result.page.data


def test_three_articles_begin_above_their_headings() -> None:
    snow, market, court = (
        replace(one, paragraphs=one.paragraphs[:2]) for one in (SNOW, MARKET, COURT)
    )
    first, second = cut(snow, "能量渐渐变成")
    other, rest = cut(market, "中间留出一条")
    third, last = cut(court, "调解员和网格员共同")
    text = page(
        first,
        other,
        third,
        SNOW.title,
        SNOW.author,
        second,
        MARKET.title,
        MARKET.author,
        rest,
        COURT.title,
        COURT.author,
        last,
    )
    found = cleaned(text).arrangement.articles
    assert {one.title: "".join(one.paragraphs) for one in found} == {
        one.title: "".join(one.paragraphs) for one in (snow, market, court)
    }
