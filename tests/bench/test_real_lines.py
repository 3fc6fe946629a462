"""Lines of a page are traced to the gold and to the output."""

from dataclasses import asdict

from bench.real_lines import line_score, line_table
from bench.stitching import clean

MARKET = (
    "清早五点，老街的早市亮起了灯，卖豆腐的老周推着三轮车，",
    "第一个进了东口的摊位，他说停了两年，手艺没有停过一天，",
    "天天在家里磨豆子，就等着这一天，买菜的人也多了起来。",
)
RUST = (
    "旧自行车放在楼道里，链条和车圈最容易生锈，除锈之前，",
    "先用干布把浮土擦掉，再用细砂纸顺着一个方向轻轻打磨，",
    "直到露出金属的本色，不要来回乱擦，以免伤了镀层。",
)
PAGE = "\n\n".join(
    (
        "早市重新开张",
        "本报记者 林若谷",
        "\n".join(MARKET),
        "怎样除锈",
        "文/唐小满",
        "\n".join(RUST),
        "",
    )
)
GOLD = [
    {"title": "早市重新开张", "paragraphs": ["".join(MARKET)]},
    {"title": "怎样除锈", "paragraphs": ["".join(RUST)]},
]


def test_a_page_that_comes_out_right() -> None:
    cleaned = clean(PAGE, "page")
    assert len(cleaned.arrangement.articles) == 2
    score = line_score(cleaned, GOLD)
    assert asdict(score) == {"pages": 1, "lines": 6, "article": 6, "order": 6, "whole": 1}


def test_lines_in_another_order_and_another_article() -> None:
    other = [
        {"title": "早市重新开张", "paragraphs": ["".join((MARKET[1], MARKET[0], MARKET[2]))]},
        {"title": "怎样除锈", "paragraphs": ["".join(RUST[:2])]},
        {"title": "另一篇", "paragraphs": [RUST[2]]},
    ]
    score = line_score(clean(PAGE, "page"), other)
    assert (score.lines, score.article, score.order, score.whole) == (6, 5, 4, 0)


def test_the_table_holds_shares() -> None:
    table = line_table({"psm3": line_score(clean(PAGE, "page"), GOLD)})
    assert table.rows == (("psm3", 1, 6, 1.0, 1.0, 1),)
