"""Decisions about edits and findings, carried out by a run."""

import decided
import pytest
from decided import TWO, at, cleaned
from hypothesis import given, settings
from hypothesis import strategies as st
from jiaokan.decisions.model import Decision

PAGE = (
    "集市\n\n天刚亮,集市上已经来了不少人,都带着篮子。\n\n卖菜的老人把青莱摆好,见了面先问一声好。\n"
)


def test_a_rejected_edit_does_not_happen_and_the_others_do() -> None:
    found = cleaned(PAGE, at(PAGE, ",集市", rule="punctuation.comma"))
    assert found.trace.text.count(",") == 1
    assert "天刚亮,集市上已经来了不少人，都" in found.trace.text


def test_a_rule_is_rejected_for_a_page_and_for_the_batch() -> None:
    everywhere = Decision("reject", rule="punctuation.comma")
    page = at(PAGE, "天", rule="punctuation.comma")
    whole = Decision("reject", page.page, rule="punctuation.comma")
    assert "，" not in cleaned(PAGE, everywhere).trace.text
    assert "，" not in cleaned(PAGE, whole).trace.text
    assert "，" in cleaned(TWO, whole).trace.text


def test_what_a_person_wrote_stands_there_and_is_in_the_ledger() -> None:
    found = cleaned(PAGE, at(PAGE, "青莱", "edit", new="青菜,", who="Lin", when="2026-03-12"))
    assert "老人把青菜,摆好，" in found.trace.text  # no stage touches it, not even its comma
    change = next(one for one in found.trace.changes if one.old == "青莱")
    (step,) = change.steps
    assert (step.rule, step.confidence, step.evidence) == (
        "decision",
        1.0,
        "decided by Lin, 2026-03-12",
    )


def test_an_edit_takes_the_place_of_what_rules_did_there() -> None:
    found = cleaned(PAGE, at(PAGE, "亮,集", "edit", new="亮；集"))
    assert "天刚亮；集市上" in found.trace.text
    kept = cleaned(PAGE, at(PAGE, "亮,集", "edit", new="亮,集"))
    assert "天刚亮,集市上" in kept.trace.text  # to put what stands there is to keep it


def test_text_can_be_put_in_and_taken_out() -> None:
    here = at(PAGE, "来了不少人", "edit", new="来")
    put = Decision("edit", here.page, here.start, here.start, "", new="也")
    gone = at(PAGE, "\n\n卖菜的", "edit", new="")
    text = cleaned(PAGE, put, gone).trace.text
    assert "已经也来了不少人，都带着篮子。老人" in text


def test_a_finding_is_settled_by_any_decision_about_it() -> None:
    page = "集市\n\n他说这是很好的的主意。\n"
    (finding,) = cleaned(page).findings
    words = page[finding.start : finding.end]
    for one in (
        at(page, words, "reject", rule=finding.rule),
        at(page, words, "accept", rule=finding.rule),
        at(page, words, "edit", rule=finding.rule, new="的"),
        Decision("accept", rule=finding.rule),
    ):
        assert cleaned(page, one).findings == ()
    assert cleaned(page, at(page, words, rule="another.rule")).findings == (finding,)


def test_all_of_a_rules_alternatives_are_taken_at_once() -> None:
    page = "集市\n\n他说这是很好的的主意。\n\n她也说那是很好的的主意。\n"
    found = cleaned(page)
    rule = found.findings[0].rule
    assert len(found.findings) == 2
    assert all(one.alternatives for one in found.findings)
    taken = cleaned(page, Decision("take", rule=rule, who="Lin"))
    assert taken.findings == ()
    assert "的的" not in taken.trace.text
    assert taken.trace.text.count("好的主意") == 2


@pytest.mark.parametrize(
    "decision",
    [
        Decision("edit", at(PAGE, "青莱").page, 3, 5, "青莱", new="青菜"),
        Decision("edit", at(PAGE, "青莱").page, 9_000, 9_002, "青莱", new="青菜"),
    ],
)
def test_a_decision_that_does_not_fit_is_a_finding_and_changes_nothing(decision: Decision) -> None:
    found = cleaned(PAGE, decision)
    (stale,) = [one for one in found.findings if one.rule == "decision.stale"]
    assert "does not fit the text" in stale.message
    assert found.trace.text == cleaned(PAGE).trace.text


def test_decisions_that_contradict_each_other_are_a_finding_and_change_nothing() -> None:
    one = at(PAGE, "青莱", "edit", new="青菜", who="Lin")
    other = at(PAGE, "青莱", "edit", new="青草", who="Wang")
    found = cleaned(PAGE, one, other)
    assert found.trace.text == cleaned(PAGE).trace.text
    assert {one.rule for one in found.findings} == {"decision.stale"}
    overlapping = at(PAGE, "莱摆", "edit", new="草摆", who="Wang")
    assert cleaned(PAGE, one, overlapping).trace.text == found.trace.text


def test_of_one_persons_decisions_the_latest_counts() -> None:
    first = at(PAGE, "青莱", "edit", new="青草", who="Lin", when="2026-03-12T09:00:00Z")
    then = at(PAGE, "青莱", "edit", new="青菜", who="Lin", when="2026-03-12T09:00:01Z")
    for pair in ((first, then), (then, first)):
        assert "老人把青菜摆好" in cleaned(PAGE, *pair).trace.text


def test_another_pages_decisions_do_nothing() -> None:
    other = at(PAGE, "青莱", "edit", new="青菜", page="0" * 64)
    assert cleaned(PAGE, other) == cleaned(PAGE)


COLUMNS = "\n".join(
    f"{left}    {right}"
    for left, right in zip(
        [
            "天刚亮集市上已经来了不少",
            "人卖菜的老人把青菜摆得整",
            "整齐齐每一棵都带着露水买",
            "菜的人和卖菜的人都是熟人",
        ],
        [
            "书屋开在山脚下门前有一棵",
            "老槐树夏天的时候孩子们喜",
            "欢坐在树下看书书是城里人",
            "寄来的每年春天都会有一箱",
        ],
        strict=True,
    )
)


def test_columns_side_by_side_are_edited_in_the_raw_texts_own_places() -> None:
    found = cleaned(COLUMNS, at(COLUMNS, "老槐树", "edit", new="老榆树"))
    assert any("老榆树" in text for one in decided.paragraphs(found) for text in one)
    across = at(COLUMNS, "少    书屋", "edit", new="少书屋")
    assert {one.rule for one in cleaned(COLUMNS, across).findings} >= {"decision.stale"}


@settings(max_examples=12, deadline=None)
@given(st.data())
def test_whatever_is_decided_the_raw_bytes_come_back(data: st.DataObject) -> None:
    made: list[Decision] = []
    for _ in range(data.draw(st.integers(1, 5))):
        start = data.draw(st.integers(0, len(TWO)))
        end = data.draw(st.integers(start, min(len(TWO), start + 12)))
        page = at(TWO, "郁").page
        do = data.draw(st.sampled_from(["edit", "reject"]))
        new = data.draw(st.text("甲,。 \n", max_size=4)) if do == "edit" else ""
        rule = "" if do == "edit" else "punctuation.comma"
        made.append(Decision(do, page, start, end, TWO[start:end], rule, new))  # type: ignore[arg-type]
    cleaned(TWO, *made)
