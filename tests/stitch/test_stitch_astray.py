"""A paragraph whose words are another article's is told of, and stays."""

from dataclasses import replace

import pytest
from jiaokan.article import Article
from stitched import COURT, ORCHARD, RUST, cleaned, in_order

RULE = "stitch.other-words"
DRIVER = Article(
    title="雪夜里的除冰车",
    author="林若谷",
    paragraphs=(
        "1月9日晚10点，高速公路白石岭路段气温零下7摄氏度，雪越下越大，六台除冰车一字排开。",
        "班长席志勇三十四岁，开除冰车已经八年。他说，最怕的不是大雪，是雨夹雪，落到地上就是一层镜面。",
        "凌晨2点，第三遍融雪剂撒完，席志勇在驾驶室里啃了半个冷馒头。",
    ),
)
DAWN = "早晨6点，第一辆大客车缓缓驶过白石岭。席志勇按了两下喇叭，算是道早安。"


def told(*written: Article) -> list[tuple[str, str]]:
    """The findings of a page: where each begins, and what it says."""
    found = cleaned(in_order(*written))
    return [(one.text, one.message) for one in found.findings if one.rule == RULE]


def test_it_is_told_of_with_its_words_and_the_other_articles_title() -> None:
    court = replace(COURT, affiliation="", paragraphs=(*COURT.paragraphs, DAWN))
    ((start, message),) = told(DRIVER, court, ORCHARD)
    assert DAWN.startswith(start)
    assert "席志勇" in message
    assert DRIVER.title in message
    assert cleaned(in_order(DRIVER, court, ORCHARD)).articles[1].paragraphs[-1] == DAWN


@pytest.mark.parametrize(
    "written",
    [
        (DRIVER, COURT, ORCHARD),
        (replace(DRIVER, paragraphs=(*DRIVER.paragraphs, DAWN)), RUST, COURT),
        (RUST, ORCHARD, DRIVER),
    ],
)
def test_pages_in_order_have_none(written: tuple[Article, ...]) -> None:
    assert not told(*written)


@pytest.mark.parametrize("opening", ["读者：", "三、"])
def test_what_a_number_or_a_speaker_opens_is_left_alone(opening: str) -> None:
    court = replace(COURT, affiliation="", paragraphs=(*COURT.paragraphs, opening + DAWN))
    assert not told(DRIVER, court, ORCHARD)
