"""What a person did to a text, character by character and block by block."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jiaokan.article import Article
from jiaokan.curation.learn_align import difference, operations, parted
from jiaokan.curation.learn_files import Block, markdown_blocks
from jiaokan.formats.markdown import write_markdown

texts = st.text("甲乙丙丁，。“”a1 ", max_size=40)
chinese = st.text("甲乙丙丁戊己庚辛，。*_#<>&1.-+=\\", min_size=1, max_size=30)


def blocks(*paragraphs: str) -> list[Block]:
    """The run's blocks; the page's text is the paragraphs, a line each."""
    found, at = [], 0
    for paragraph in paragraphs:
        places = tuple(range(at, at + len(paragraph)))
        found.append(Block(paragraph, "paragraphs", 0, places))
        at += len(paragraph) + 1
    return found


def person(*paragraphs: str) -> list[Block]:
    return [Block(paragraph, "", 0) for paragraph in paragraphs]


@given(texts, texts)
def test_operations_give_the_new_text(old: str, new: str) -> None:
    made, last = "", 0
    for start, end, text in operations(old, new):
        assert last <= start <= end
        assert old[start:end] != text
        made += old[last:start] + text
        last = end
    assert made + old[last:] == new


@given(texts, texts)
def test_parts_give_the_whole(old: str, new: str) -> None:
    made, last = "", 0
    for start, end, text in parted(old, new):
        made += old[last:start] + text
        last = end
    assert made + old[last:] == new


@given(st.lists(st.text("甲乙丙丁戊己庚辛，。", min_size=1, max_size=20), max_size=5))
def test_the_same_text_is_no_difference(paragraphs: list[str]) -> None:
    found = difference(0, blocks(*paragraphs), person(*paragraphs))
    assert (found.corrections, found.deleted, found.notes) == ([], [], [])


@given(
    st.lists(st.text("甲乙丙丁戊己庚辛，。", min_size=1, max_size=20), max_size=5),
    st.lists(st.text("甲乙丙丁戊己庚辛，。", min_size=1, max_size=20), max_size=5),
)
def test_corrections_lie_in_the_text(old: list[str], new: list[str]) -> None:
    text = "\n".join(old)
    last = 0
    for one in difference(0, blocks(*old), person(*new)).corrections:
        assert text[one.start : one.end] == one.old
        assert one.start >= last
        last = one.end


@given(st.lists(chinese.filter(lambda text: text.strip() == text), min_size=1, max_size=4))
def test_markdown_is_read_as_it_was_written(paragraphs: list[str]) -> None:
    data = write_markdown([Article(title="题目", paragraphs=tuple(paragraphs))])
    found = [block.text for block in markdown_blocks(data, "a.md")]
    assert found == ["题目", *paragraphs]


def test_line_ends_of_another_system_and_a_mark_in_front() -> None:
    data = "\ufeff# 题目\r\n\r\n一。\r\n \r\n\r\n二。".encode()
    assert [block.text for block in markdown_blocks(data, "a.md")] == ["题目", "一。", "二。"]


LONG = "老人说，从前这里只有一条小路，如今修成了大道，来往方便多了。"
OTHER = "对岸的人家升起炊烟，孩子们背着书包沿着江堤往学校走。"


@pytest.mark.parametrize(
    ("old", "new", "corrections", "deleted"),
    [
        ([LONG, OTHER], [OTHER, LONG], [], []),
        ([LONG, OTHER], [OTHER.replace("炊烟", "炊姻"), LONG], [("烟", "姻")], []),
        ([LONG, OTHER], [LONG], [], [OTHER]),
        (["春日小刊", LONG], [LONG], [], ["春日小刊"]),
        (["春日小刊", LONG], [LONG.replace("老人", "老入")], [("人", "入")], ["春日小刊"]),
        ([LONG, OTHER], [LONG + OTHER], [], []),
        ([LONG + OTHER], [LONG, OTHER], [], []),
        ([LONG], [OTHER, LONG], [], []),
        ([LONG], [LONG.replace("从前这里只有一条小路", "以前此处不过是羊肠一条而已")], [], []),
    ],
)
def test_blocks(
    old: list[str], new: list[str], corrections: list[tuple[str, str]], deleted: list[str]
) -> None:
    found = difference(0, blocks(*old), person(*new))
    if "羊肠" not in "".join(new):
        assert [(one.old, one.new) for one in found.corrections] == corrections
    assert [block.text for block in found.deleted] == deleted
