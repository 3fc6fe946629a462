"""Lines that two rules of the layout would join are joined once."""

import pytest
from jiaokan.edit import ordered
from jiaokan.rulebook import load as load_rules
from jiaokan.stages import layout
from jiaokan.stages.context import Context

HEADING = """岭上的听诊器——乡
村医生巴图·买买提访谈
文/本报记者 苏里·吾守尔"""
"""A title in two lines, the second of which could be a name, above its author's line."""
NAMES = """把渠修到地头
（作者系临川县水利局
沈青禾
苏晚 ）"""


@pytest.mark.parametrize("text", [HEADING, NAMES])
def test_a_line_end_is_changed_once(text: str) -> None:
    page = f"{text}\n\n清早起来，渠里的水已经放到了村口，老陈扛着铁锹去看自家的田埂。\n"
    edits = list(layout.run(page, Context("simplified", load_rules())))
    assert ordered(edits, page)
