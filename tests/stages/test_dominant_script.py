"""The page's dominant script."""

import pytest
from jiaokan.stages.dominant_script import dominant_script

SIMPLIFIED = "图书馆买来几架新机器，为读者复印书报，还开办夜间阅览，学生们很欢迎。"
TRADITIONAL = "圖書館買來幾架新機器，為讀者複印書報，還開辦夜間閱覽，學生們很歡迎。"

CASES = [
    (SIMPLIFIED, "simplified"),
    (TRADITIONAL, "traditional"),
    (SIMPLIFIED * 3 + TRADITIONAL, "simplified"),
    (SIMPLIFIED * 9 + TRADITIONAL * 5, "simplified"),
    (SIMPLIFIED + TRADITIONAL * 3, "traditional"),
    (SIMPLIFIED + TRADITIONAL, "keep"),
    ("山水之间，天地人和", "keep"),
    ("国家", "keep"),
    ("皇后、公里、干涉", "keep"),
    ("", "keep"),
    ("plain English text \ud800", "keep"),
]


@pytest.mark.parametrize(("text", "script"), CASES)
def test_dominant(text: str, script: str) -> None:
    assert dominant_script(text) == script
