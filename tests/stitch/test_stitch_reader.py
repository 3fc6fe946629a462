"""What the language model says of lines hangs on them alone, not on how many are read at once."""

import numpy as np
import pytest
from jiaokan.language import load, view
from jiaokan.rulebook import builtin_rules
from jiaokan.stitch.blocks import Block, blocks
from jiaokan.stitch.headings import reader
from jiaokan.stitch.headings.reader import LOW, Reader

TEXT = """\
渡口夜航

夜班船晚上十点开船，风大时停航，候船室里一直
亮着灯，值班的人说，等船的多半是
下了夜班的工人。

菜场搬家

老菜场从河边搬到了
桥头，摊位还是那些摊位，只是
路近了一里。买菜的人说这样方便。
管理员说：
“下个月还要添一排水池。”
"""

LINES = 20
PAIRS = [(above, below) for below in range(LINES) for above in range(below)]


def _read(text: str) -> tuple[list[Block], Reader]:
    found = blocks(text, builtin_rules())
    return found, Reader(load(), view(text), found)


@pytest.mark.parametrize(("group", "near"), [(1, 8), (2, 1), (5, 3), (3, 100)])
def test_lines_in_groups_read_as_lines_at_once(
    monkeypatch: pytest.MonkeyPatch, group: int, near: int
) -> None:
    found, whole = _read(TEXT * 2)
    assert len(found) == LINES
    gains = {(a, b): whole.runs_on(found[a], found[b]) for a, b in PAIRS}
    monkeypatch.setattr(reader, "GROUP", group)
    monkeypatch.setattr(reader, "NEAR", near)
    _, parts = _read(TEXT * 2)
    for name in ("opens", "ends", "comes", "comes_text", "goes", "goes_text"):
        np.testing.assert_array_equal(getattr(whole, name), getattr(parts, name), name)
    assert gains == {(a, b): parts.runs_on(found[a], found[b]) for a, b in PAIRS}


def test_what_stands_far_above_in_a_large_file_does_not_count(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reader, "GROUP", LINES // 2)
    _, alone = _read(TEXT * 2)
    _, whole = _read(TEXT * 3)
    monkeypatch.setattr(reader, "REACH", LINES // 2)
    _, parts = _read(TEXT * 3)
    last = LINES // 2
    for name in ("opens", "ends", "comes", "comes_text", "goes", "goes_text"):
        far, near = getattr(whole, name)[-last:], getattr(parts, name)[-last:]
        np.testing.assert_array_equal(near, getattr(alone, name)[-last:], name)
        assert (near <= far).all()


def test_a_torn_line_reads_on_to_its_other_half() -> None:
    found, read = _read(TEXT)
    torn, rest = (at for at, block in enumerate(found) if block.text[:2] in ("下了", "老菜"))
    assert read.runs_on(found[torn - 1], found[torn]) > 0
    assert read.runs_on(found[torn - 1], found[rest]) < read.runs_on(found[torn - 1], found[torn])
    assert read.goes[read.row(found[torn - 1])] > 0
    assert read.goes[read.row(found[torn])] == LOW, "a closed line goes on nowhere"


def test_a_page_without_lines_is_read() -> None:
    found, read = _read("\n")
    assert not found
    assert read.runs_on(None, None) == LOW
