"""Right text of many kinds, with all built-in rules in force: no rule changes any of it."""

from pathlib import Path

import pytest
from jiaokan.cleaning import context_of, run_stages
from jiaokan.edit import Edit
from jiaokan.rulebook import load
from jiaokan.rulebook.likelihood import gain
from jiaokan.rulebook.packs import survey

HERE = Path(__file__).parent
LINES = [
    line
    for name in ("right-text.txt", "right-traditional.txt")
    for line in (HERE / name).read_text("utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize("text", LINES)
def test_no_rule_changes_right_text(text: str) -> None:
    trace, _ = run_stages(text, context_of(text, load(), "auto"))
    assert trace.text == text


@pytest.mark.parametrize("row", (HERE / "to-traditional.txt").read_text("utf-8").splitlines())
def test_words_that_meet_are_written_rightly_in_traditional_characters(row: str) -> None:
    text, wanted = row.split("\t")
    trace, _ = run_stages(text, context_of(text, load(), "traditional"))
    assert trace.text == wanted


def test_what_is_misread_is_still_mended() -> None:
    text = "敌人的威协吓不倒我们，要采取措拖，这里的气侯温和。"
    trace, _ = run_stages(text, context_of(text, load(), "auto"))
    assert "威胁" in trace.text
    assert "措施" in trace.text
    assert "气候" in trace.text


def test_the_sentence_decides_for_a_rule_with_a_margin(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(
        "- id: own-threat\n  kind: literal\n  margin: 6\n  reason: 协 for 胁.\n"
        "  pairs: {威协: 威胁}\n  examples: {受到威协。: 受到威胁。}\n  unchanged: [挪威协议]\n",
        "utf-8",
    )
    found = survey([path])
    assert found.problems == []
    book = found.book()
    edits = [edit for _, edit in book.edits("敌人的威协吓不倒我们。") if edit.rule == "own-threat"]
    assert [edit.new for edit in edits] == ["胁"]
    assert edits[0].evidence.startswith("likelier here by ")
    assert not list(book.edits("挪威协议生效了。"))


def test_blanks_and_line_ends_do_not_hide_the_sentence() -> None:
    plain = gain("敌人的威协吓不倒我们", Edit(4, 5, "胁", "r"))
    parted = gain("敌人 的\n威协吓不　倒我们", Edit(6, 7, "胁", "r"))
    assert plain == pytest.approx(parted)


def test_a_margin_below_nothing_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(
        "- id: own-threat\n  kind: literal\n  margin: -1\n  reason: r.\n"
        "  pairs: {甲乙: 丙丁}\n  examples: {甲乙: 丙丁}\n  unchanged: [丙]\n",
        "utf-8",
    )
    (problem,) = survey([path]).problems
    assert problem.what == "margin: a number of bits, 0 or more"
    assert problem.where == f"{path}:3:11"
