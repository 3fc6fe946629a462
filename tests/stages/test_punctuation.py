"""Half-width marks become full-width where Chinese stands around them, and nowhere else."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jiaokan.edit import Edit, apply, ordered
from jiaokan.finding import Finding
from jiaokan.rulebook import Rulebook
from jiaokan.stages import punctuation
from jiaokan.stages.context import Context

CONTEXT = Context("simplified", Rulebook((), ""))
HERE = Path(__file__).parent
MARKS = ",;:?!().\"'…—-。，“”‘’（）〈「」《》 \n"
PIECES = st.sampled_from(
    [*MARKS, "中", "国", "的", "好", "a", "B", "1", "9", "%", "Go", "...", "--", "http://a.b", "f("]
)


def lines(name: str) -> list[str]:
    text = (HERE / name).read_text("utf-8")
    return [line.replace("⏎", "\n") for line in text.split("\n") if line and line[0] != "#"]


def cases(name: str) -> list[tuple[str, str]]:
    pairs = (line.split(" ⇒ ") for line in lines(name))
    return [(before, after) for before, after in pairs]


def run(text: str) -> tuple[str, list[Edit], list[Finding]]:
    items = list(punctuation.run(text, CONTEXT))
    edits = ordered([item for item in items if isinstance(item, Edit)], text)
    return apply(text, edits), edits, [item for item in items if isinstance(item, Finding)]


@pytest.mark.parametrize(("before", "after"), cases("punctuation-changes.txt"))
def test_repairs(before: str, after: str) -> None:
    assert run(before)[0] == after


@pytest.mark.parametrize("text", lines("punctuation-unchanged.txt"))
def test_leaves(text: str) -> None:
    assert run(text)[0] == text


@pytest.mark.parametrize(("text", "rule"), cases("punctuation-findings.txt"))
def test_reports_what_is_doubtful(text: str, rule: str) -> None:
    after, _, findings = run(text)
    assert after == text
    assert [finding.rule for finding in findings] == [rule]


def test_inches_beside_a_quotation_leave_its_marks_straight() -> None:
    text, _, findings = run('他高5\'10"的个子,她说"我不知道".')
    assert text == '他高5\'10"的个子，她说"我不知道"。'
    assert [finding.rule for finding in findings] == ["punctuation.quote"]


HABIT = "市场规定,鲜叶必须当天采.不得混装.茶农先到先挑,不许占位.两国代表出席了会议.\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('芽头反而饱满."收茶', "芽头反而饱满。”收茶"),
        ("煮的时间也能缩短.火候到了", "煮的时间也能缩短。火候到了"),
        ("他笑了.大家也笑了", "他笑了。大家也笑了"),
        ("这是实情.2019年又增加了", "这是实情。2019年又增加了"),
        ("那时他还没有学过Python.后来他学了", "那时他还没有学过Python。后来他学了"),
    ],
)
def test_a_page_that_writes_its_stops_as_points_has_more_of_them(before: str, after: str) -> None:
    page = f'{HABIT * 4}他说:"{before}.\n' if '"' in before else f"{HABIT * 4}{before}.\n"
    assert after in run(page)[0]


@pytest.mark.parametrize(
    "text",
    [
        "作家约翰.史密斯来到",
        "听弗朗茨.斐迪南说",
        "纪念九.一八事变",
        "一.总则部分",
        "增长了3.5个百分点",
        "见图 2-3. 共同依赖",
        "公司名为Acme Co.公司成立",
        "见http://www.example.com/a.b吧",
        "文件叫报告.pdf吧",
    ],
)
def test_but_not_names_items_and_numbers(text: str) -> None:
    assert text in run(f"{HABIT * 4}{text}.\n")[0]


def test_a_point_among_right_stops_is_judged_by_itself() -> None:
    page = HABIT.replace(".", "。") * 4
    assert "缩短.火候" in run(f"{page}煮的时间也能缩短.火候到了。\n")[0]


def test_many_cases() -> None:
    assert len(lines("punctuation-changes.txt") + lines("punctuation-unchanged.txt")) >= 80


def test_every_edit_names_its_rule() -> None:
    _, edits, _ = run('他说:"好,行;走?"(笑)!他--我...')
    marks = {"colon", "comma", "semicolon", "question", "exclamation"}
    pairs = {"quote", "bracket", "dash", "ellipsis"}
    assert {edit.rule for edit in edits} == {f"punctuation.{name}" for name in marks | pairs}


@settings(max_examples=500, derandomize=True)
@given(st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=40))
def test_a_second_run_changes_nothing(text: str) -> None:
    once = run(text)[0]
    assert run(once)[0] == once


@given(st.text(max_size=60))
def test_edits_change_only_marks_and_blanks(text: str) -> None:
    for edit in run(text)[1]:
        assert not any(char.isalnum() for char in text[edit.start : edit.end])


@pytest.mark.parametrize(
    "piece", ["(", "〈", '"', "中,", "a,", "1,", "f(", "a.b@", "(中", "C:\\", "."]
)
def test_long_lines_take_no_longer_than_they_must(piece: str) -> None:
    from time import process_time

    def seconds(count: int) -> float:
        start = process_time()
        run(piece * count)
        return process_time() - start

    seconds(1000)
    assert seconds(60_000) < 100 * seconds(3_000) + 0.5


@pytest.mark.parametrize(
    "text",
    [
        "“我们来了。\n“明天再走。”",
        "他站在旱桥”，看着河水，一直到天黑",
        "他说：“好。”她说：“不好。”",
        "他们一行人划着船过江，天黑了“水很急",
    ],
)
def test_a_quotation_that_may_go_on_elsewhere_is_not_told_of(text: str) -> None:
    """Several paragraphs quoted open each; a column's break tears marks apart."""
    assert not run(text)[2]
