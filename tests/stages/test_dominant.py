"""The page's dominant script."""

import pytest
from jiaokan.stages.dominant import dominant_script

SIMPLIFIED = "统筹新型工业化，提高规划、建设、治理融合水平，缩小差别，促进繁荣发展。"
TRADITIONAL = "統籌新型工業化，提高規劃、建設、治理融合水平，縮小差別，促進繁榮發展。"

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
