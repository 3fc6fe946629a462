"""Lines of several columns that cannot be parted stand as they were read, and are reported."""

from itertools import zip_longest

from stitched import COURT, MARKET, cleaned, in_order, wrapped

ROWS = (
    "副刊与生活         过得去就好。河水会涨       SN       We、",
    "老城的石桥还要 。落，桥也会老，修桥的人",
    "也会       )}       走。去年冬天的那一场                 文/林若谷",
    "旱烟       大雪压断了两棵柳树，桥栏          二",
)


def test_rows_of_headings_stay_lines_of_their_own() -> None:
    result = cleaned("\n".join(ROWS) + "\n\n" + in_order(COURT))
    body = [text for one in result.arrangement.articles for text in (one.title, *one.paragraphs)]
    for row in (ROWS[0], ROWS[2], ROWS[3]):
        assert row in body
    assert all(paragraph in body for paragraph in COURT.paragraphs)
    told = [one.text for one in result.findings if one.rule == "stitch.mixed-columns"]
    assert told == [ROWS[0], ROWS[2] + "\n" + ROWS[3]]


def test_a_hole_in_a_columns_line_is_no_gutter() -> None:
    lines = (
        "每件事办到哪一步，用绿、",
        "黄      颜色标明，逾期未办的，",
        "由社区书记当面说明原因。",
    )
    found = cleaned("\n".join(lines) + "\n")
    assert [one.rule for one in found.findings if one.rule == "stitch.mixed-columns"] == []


def test_pages_without_gaps_and_rows_without_chinese_are_not_reported() -> None:
    for text in (in_order(COURT, MARKET), in_order(COURT) + "\n1    2    3\n4    5    6\n"):
        rules = {finding.rule for finding in cleaned(text).findings}
        assert "stitch.mixed-columns" not in rules


def test_a_seam_is_less_sure_where_columns_were_put_one_under_another() -> None:
    text = wrapped("".join(MARKET.paragraphs), 12).split("\n")
    first, second = text[: len(text) // 2], text[len(text) // 2 :]
    other = [COURT.title, COURT.author, "", *wrapped("".join(COURT.paragraphs[:2]), 12).split("\n")]
    columns = [MARKET.title, MARKET.author, "", *first], other, second
    below = "\n\n".join("\n".join(column) for column in columns)
    across = "\n".join(
        "　　　".join(cell.ljust(12, "　") for cell in cells).rstrip()
        for cells in zip_longest(*columns, fillvalue="")
    )
    (sure,), (unsure,) = (cleaned(page).arrangement.seams for page in (below, across))
    assert [below[seam.left - 3 : seam.left] for seam in (sure,)] == [first[-1][-3:]]
    assert unsure.confidence < sure.confidence - 0.1
