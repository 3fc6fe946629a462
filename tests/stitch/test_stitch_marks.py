"""Marks left open, numbers and speakers: what an item's ends ask for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jiaokan.stitch.seams.open_marks import CLOSING, OPENING, marks, number, speakers


@pytest.mark.parametrize(
    ("text", "left_open", "wanted", "opens"),
    [
        ("他说：“走吧。", "“", "", "“"),
        ("走吧。”他说。", "", "“", ""),
        ("好。”他说：“走", "“", "“", ""),
        ("“走吧。”他说。", "", "", "“"),
        ("他读了《茶经", "《", "", "《"),
        ("他说：“读过《茶经", "《", "", "“《"),
        ("茶经》”，他说", "", "《", ""),
        ("甲）乙”丙", "", "（", ""),
        ("甲“乙）丙", "“", "", "“"),
        ("甲“乙）丙”", "", "", "“"),
        ("平安无事", "", "", ""),
        ("", "", "", ""),
    ],
)
def test_marks(text: str, left_open: str, wanted: str, opens: str) -> None:
    found = marks(text)
    assert (found.left_open, found.wanted, found.opens) == (left_open, wanted, opens)
    assert found.any is any(mark in text for mark in OPENING + CLOSING)


@given(st.text(st.sampled_from("天" + OPENING + CLOSING), max_size=12))
def test_what_is_left_open_is_one_of_the_texts_own_marks(text: str) -> None:
    found = marks(text)
    assert not found.left_open or found.left_open in text
    assert found.wanted in ("", *OPENING)
    assert marks(f"《{text}").wanted in ("", *OPENING)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("一、加强领导", ("、", 1)),
        ("十、总结", ("、", 10)),
        ("十二、总结", ("、", 12)),
        ("二十、总结", ("、", 20)),
        ("九十九．总结", ("．", 99)),
        ("（二）加强领导", ("（）", 2)),
        ("(三)加强领导", ("()", 3)),
        ("第三，要落实", ("第，", 3)),
        ("第一章 总则", ("第章", 1)),
        ("一是抓早", ("是", 1)),
        ("三要抓实", ("要", 3)),
        ("12. 附件", (".", 12)),
        ("3、附件", ("、", 3)),
        ("（4）附件", ("（）", 4)),
        ("首先，看天", ("首先", 1)),
        ("其次，看地", ("首先", 2)),
        ("再次，看人", ("首先", 3)),
    ],
)
def test_a_number_has_a_style_and_a_value(text: str, wanted: tuple[str, int]) -> None:
    assert number(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "",
        "一",
        "一只碗",
        "三十年前",
        "一二、",
        "十一二、",
        "十十、",
        "二十十、",
        "1.5公里",
        "123. 附件",
        "2019年",
        "第三版",
        "加强领导",
    ],
)
def test_other_openings_are_no_number(text: str) -> None:
    assert number(text) is None


@pytest.mark.parametrize(
    ("texts", "labels"),
    [
        (["问：累吗？", "答：不累。", "问：苦吗？", "答：不苦。"], ["问：", "答："] * 2),
        (["注意：有雨。", "天亮了。"], ["", ""]),
        (["他说，问：累吗？"] * 2, ["", ""]),
        (["九个字的名字真是长：好。"] * 2, ["", ""]),
        (["：好。"] * 2, ["", ""]),
        (["问"] * 2, ["", ""]),
        (["", "", "问：好？"], ["", "", ""]),
        ([], []),
    ],
)
def test_a_label_that_comes_again_is_a_speakers(texts: list[str], labels: list[str]) -> None:
    assert speakers(texts) == labels
