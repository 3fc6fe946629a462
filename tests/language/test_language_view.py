"""The view: one code a code point, folded, nothing else."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jiaokan.language.view import read, rows, view


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("1949年", "0000年"),
        ("１２％", "00%"),
        ("Python3", "aaaaaa0"),
        ("ＡＢ", "aa"),
        ("他說:「好!」", "他说：“好！”"),
        ("『一』", "‘一’"),
        ("(甲);乙,丙?", "（甲）；乙，丙？"),
        ("國家發展", "国家发展"),
        ("甲\u3000乙\u00a0丙", "甲 乙 丙"),
        ("甲──乙―丙", "甲——乙—丙"),
    ],
)
def test_folds(text: str, seen: str) -> None:
    assert read(text) == seen


@pytest.mark.parametrize("text", ["", "国家", "3.5"[1:2], '"', "\n", "《》、。…", "αß", "𠮷"])
def test_leaves_alone(text: str) -> None:
    assert read(text) == text


@given(st.text(st.characters(exclude_categories=())))
def test_one_code_a_code_point(text: str) -> None:
    codes = view(text)
    assert codes.dtype == np.uint32
    assert codes.size == len(text)


@given(st.text())
def test_a_view_is_its_own_view(text: str) -> None:
    assert read(read(text)) == read(text)


def test_rows_pad_tails_at_the_left_and_heads_at_the_right() -> None:
    tails = rows(["", "甲", "甲乙丙丁戊"], 4, tails=True)
    assert tails.tolist() == [[0] * 4, [0, 0, 0, ord("甲")], [ord(c) for c in "乙丙丁戊"]]
    heads = rows(["", "甲", "甲乙丙丁戊"], 4, tails=False)
    assert heads.tolist() == [[0] * 4, [ord("甲"), 0, 0, 0], [ord(c) for c in "甲乙丙丁"]]
