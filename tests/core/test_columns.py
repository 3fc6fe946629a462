"""Edits in columns are the edits one by one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jiaokan.edit import Columns, Edit, apply, in_columns
from jiaokan.finding import Finding
from jiaokan.proposals import Proposals, parted

LETTERS = "天地玄黄，𠮷"


@st.composite
def pages(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    """A text, and edits in order: most of them put one character in the place of another."""
    text, edits = "", list[Edit]()
    for old, new, gap in draw(
        st.lists(
            st.tuples(
                st.sampled_from(["天", "地", "玄黄", ""]),
                st.sampled_from(["，", "𠮷", "地玄", ""]),
                st.text(LETTERS, max_size=2),
            ),
            max_size=30,
        )
    ):
        edits.append(Edit(len(text), len(text) + len(old), new, f"r{len(old)}", 0.5, gap))
        text += old + gap + "。"
    return text, [edit for edit in edits if text[edit.start : edit.end] != edit.new]


@given(pages())
def test_columns_change_the_text_as_their_edits_do(page: tuple[str, list[Edit]]) -> None:
    text, edits = page
    columns = in_columns(reversed(edits), text)
    columns.check(text)
    assert columns.edits() == edits
    assert columns.olds.tolist() == [text[edit.start : edit.end] for edit in edits]
    assert columns.apply(text) == apply(text, edits)


@given(pages(), st.data())
def test_what_stands_in_columns_and_what_does_not_come_together(
    page: tuple[str, list[Edit]], data: st.DataObject
) -> None:
    text, edits = page
    which = data.draw(st.lists(st.booleans(), min_size=len(edits), max_size=len(edits)))
    many = [edit for edit, one in zip(edits, which, strict=True) if one]
    others = [edit for edit, one in zip(edits, which, strict=True) if not one]
    doubt = Finding(0, 0, "r", "", "why", 0.5)
    proposed = Proposals(in_columns(many, text), [doubt, *others])
    columns, findings = parted(proposed, text)
    assert columns.edits() == edits
    assert findings == [doubt]
    assert list(proposed) == [*many, doubt, *others]
    assert columns.only(lambda edit: edit in many).edits() == many


@pytest.mark.parametrize("spans", [[(0, 2), (1, 3)], [(2, 4)], [(-1, 1)], [(2, 1)]])
def test_edits_that_overlap_or_lie_outside_are_refused(spans: list[tuple[int, int]]) -> None:
    columns: Columns = in_columns([Edit(*span, "新", "r") for span in spans], "天地玄")
    with pytest.raises(ValueError, match="overlaps another or lies outside"):
        columns.check("天地玄")
