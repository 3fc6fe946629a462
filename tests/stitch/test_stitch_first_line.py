"""What opens a page and is likely to be a title is one: no sub-heading stands there."""

from stitched import cleaned

LINE = "6月1日起水价调整，你关心的8个问题都在这里！"
TEXT = (
    "日子过的是细水长流，用水也要算着用。洗菜的水留着冲地，淘米的水留着浇花，一年下来能省下好几吨。"
)
ABOVE = "老街的水表换完了，街坊们说，往后不用再等人上门抄表，坐在家里就看得见自己用了多少。"


def test_a_likely_title_that_opens_the_page_is_its_title() -> None:
    (article,) = cleaned(f"{LINE}\n\n{TEXT}\n").articles
    assert (article.title, article.paragraphs) == (LINE, (TEXT,))


def test_the_same_line_below_a_text_is_a_sub_heading() -> None:
    (article,) = cleaned(f"{ABOVE}\n\n{LINE}\n\n{TEXT}\n").articles
    assert (article.title, article.paragraphs) == ("", (ABOVE, LINE, TEXT))
