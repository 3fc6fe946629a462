"""The measurement of the built-in rules: distances, verdicts, what is skipped."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jiaokan.rulebook import Rulebook
from jiaokan.rulebook.rule import LiteralRule, PatternRule
from rapidfuzz.distance import Levenshtein

from bench.infix import codes, infix_distance
from bench.result import Options
from bench.rules_accuracy import Proposed, judged, lines, real, run, tables, verdict, versions

RIGHT = LiteralRule(id="right", reason="x", pairs={"天侯": "天候"})
WRONG = LiteralRule(id="wrong", reason="x", pairs={"诸侯": "诸候"})
BOOK = Rulebook((RIGHT, WRONG), "")
TEXT = "恶劣天侯下，诸侯会盟。"
TRUTH = "恶劣天候下，诸侯会盟。"


@given(st.text("天气侯候甲乙", max_size=12), st.text("天气侯候甲乙", max_size=20))
def test_infix_distance_is_that_of_the_nearest_part(piece: str, text: str) -> None:
    parts = {text[a:b] for a in range(len(text) + 1) for b in range(a, len(text) + 1)}
    nearest = min(Levenshtein.distance(piece, part) for part in parts)
    assert infix_distance(piece, codes(text)) == nearest


def test_edits_are_judged_one_by_one() -> None:
    sums = judged(TEXT, BOOK, lambda item: verdict(item, lambda t: Levenshtein.distance(t, TRUTH)))
    assert sums.verdicts == {("fix", "right"): 1, ("fix", "wrong"): 1}
    assert list(sums.wrong) == [("fix", "wrong 天侯下，诸[侯→候]会盟。")]


def test_one_wrong_character_for_another_is_idle() -> None:
    item = Proposed("a", "fix", "天甲", 1, 2, "乙")
    assert verdict(item, lambda text: Levenshtein.distance(text, "天候")) == "idle"


def test_a_verdict_on_a_line_looks_no_further_than_the_line() -> None:
    item = Proposed("a", "fix", "天天\n天侯下\n地地", 4, 5, "候")
    seen: list[str] = []
    verdict(item, lambda text: seen.append(text) or 0, 10)
    assert seen == ["天侯下", "天候下"]


def test_what_a_rule_would_have_done_is_judged_apart() -> None:
    rule = PatternRule(id="maybe", reason="x", level="suggest", pattern="天侯", replace="天候")
    text, proposed = run(TEXT, Rulebook((rule,), ""))
    assert text == TEXT
    assert [(item.level, item.new) for item in proposed] == [("suggest", "候")]


def test_versions_differ_by_the_rules_alone() -> None:
    found = versions("恶劣天侯,诸多", BOOK)
    assert found == {"raw": "恶劣天侯,诸多", "without": "恶劣天侯，诸多", "with": "恶劣天候，诸多"}


def test_lines_too_short_to_be_found_again_are_left_out() -> None:
    assert list(lines("城市更新的意义|短\n甲 乙  另一栏里的文字内容")) == [
        "城市更新的意义",
        "另一栏里的文字内容",
    ]


def test_a_page_is_measured_whatever_its_order(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "gold").mkdir()
    (tmp_path / "raw" / "psm3-1.txt").write_text("第二行在前面啊。\n恶劣天侯下出门。\n", "utf-8")
    gold = {"articles": [{"paragraphs": ["恶劣天候下出门。", "第二行在前面啊。"]}]}
    (tmp_path / "gold" / "psm3-1.json").write_text(json.dumps(gold), "utf-8")
    sums = real(tmp_path, "psm3", BOOK)
    assert (sums.errors["without"], sums.errors["with"]) == (1, 0)
    assert sums.verdicts == {("fix", "right"): 1}


def test_what_is_absent_is_skipped_and_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bench.rules_accuracy.load", lambda: BOOK)
    notes = [note for table in tables(Options(shared=tmp_path / "none")) for note in table.notes]
    assert len(notes) == 3
    assert all("skipped" in note for note in notes)
