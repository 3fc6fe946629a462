"""Lines, characters, spaces and script on any text: ordered edits, no exception, idempotent."""

from collections.abc import Callable, Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jiaokan.edit import Edit, apply, ordered
from jiaokan.finding import Finding
from jiaokan.rulebook import Rulebook
from jiaokan.stages import characters, lines, script, spaces
from jiaokan.stages.context import Context, Script
from jiaokan.stages.dominant_script import dominant_script

Stage = Callable[[str, Context], Iterable[Edit | Finding]]

RICH = (
    "国國家发發髮头頭后後里裏裡干乾幹净淨面麵饼餅着著显顯随隨藉借口慰凭憑覆复複答盖瞭了解望徵征象"
    "系係关關联聯沈瀋阳陽坏壞什么麼于於位昇升提摺折叠疊夥伙伴计計畫划为為爲"
    "一二第条章日月年，。、；：？！“”（）《》 \t\n\r\f\v\x85\u2028\u2029　\xa0\u2009"
    "\u200b\u200d\ufe0f\xad\ufeff\x00\x1b[m１Ａa1⽓⻓︒﹐ﬁ\ue000\ufffd\ud800❤のア"
)
TEXTS = st.one_of(
    st.text(st.sampled_from(RICH), max_size=60),
    st.text(st.characters(exclude_categories=()), max_size=40),
)
STAGES: list[Stage] = [lines.run, characters.run, spaces.run, script.run]


def act(stage: Stage, text: str, target: Script) -> str:
    """The text after a stage; raises where edits overlap."""
    items = list(stage(text, Context(target, Rulebook((), ""))))
    for item in items:
        assert 0 <= item.start <= item.end <= len(text)
        if isinstance(item, Finding):
            assert text[item.start : item.end] == item.text
    return apply(text, ordered((item for item in items if isinstance(item, Edit)), text))


@pytest.mark.parametrize("target", ["simplified", "traditional"])
@pytest.mark.parametrize("stage", STAGES, ids=["lines", "characters", "spaces", "script"])
@given(text=TEXTS)
@settings(max_examples=300, deadline=None)
def test_a_second_pass_changes_nothing(stage: Stage, target: Script, text: str) -> None:
    once = act(stage, text, target)
    assert act(stage, once, target) == once


@given(text=TEXTS)
@settings(max_examples=300, deadline=None, derandomize=True)
def test_all_four_in_a_row_twice(text: str) -> None:
    def chain(given_text: str) -> str:
        for stage in STAGES:
            given_text = act(stage, given_text, "simplified")
        return given_text

    once = chain(text)
    assert chain(once) == once


@given(text=TEXTS)
@settings(max_examples=200, deadline=None)
def test_any_text_has_a_script(text: str) -> None:
    assert dominant_script(text) in ("simplified", "traditional", "keep")
