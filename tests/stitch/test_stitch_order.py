"""What shows that a page's columns ran into each other, and what does not."""

import pytest
from jiaokan.rulebook import load as load_rules
from jiaokan.stitch import read
from jiaokan.stitch.blocks import blocks
from jiaokan.stitch.decide import prepare
from jiaokan.stitch.order import unbroken

RUNS_ON = (
    "夜里十点，最后一班渡船靠了岸，船工老魏",
    "从舱里提出一盏马灯，照着乘客一个个上了跳板。",
)
BREAKS = (
    "老街的早市五点钟就亮起了灯，卖豆腐的人把担子",
    "近日，双方当事人都收到了判决书，没有提起上诉。",
)


@pytest.mark.parametrize(
    ("halves", "by_counts", "by_network"), [(RUNS_ON, False, True), (BREAKS, False, False)]
)
def test_a_break_is_one_where_the_network_sees_it_too(
    halves: tuple[str, str], by_counts: bool, by_network: bool
) -> None:
    text = "\n\n".join(halves) + "\n"
    found = blocks(text, load_rules())
    page = prepare(text, found, {})
    assert page is not None
    assert unbroken(page, text) == by_counts
    assert unbroken(page, text, read(text, found)) == by_network
