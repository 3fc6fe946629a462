"""Fuzzy phrases: misread characters are repaired, other wordings stay."""

import pytest
from jiaokan.edit import apply
from jiaokan.rulebook import Rulebook
from jiaokan.rulebook.rule import ConfusionRule, PhraseRule

SERVE = "全心全意为人民服务"
GRID = "网格化管理、精细化服务、信息化支撑的基层治理平台"
ALIKE = ConfusionRule(id="c", reason="r", pairs={"络": ("格",)})


def repaired(phrase: str, text: str, distance: int = 1, unless: tuple[str, ...] = ()) -> str:
    rule = PhraseRule(id="p", reason="r", phrase=phrase, distance=distance, unless=unless)
    return apply(text, [edit for _, edit in Rulebook((rule, ALIKE), "").edits(text)])


@pytest.mark.parametrize(
    ("phrase", "distance", "miss"),
    [
        (SERVE, 1, "全心全意为入民服务"),
        (SERVE, 1, "全心全意为人民民服务"),
        (GRID, 2, "网络化管理、精细化服务、信息化支撑的基层治理平台"),
        (GRID, 2, "网络化管理、精细化服务、信息化支掌的基层治理平台"),
    ],
)
def test_misread_characters_are_repaired(phrase: str, distance: int, miss: str) -> None:
    assert repaired(phrase, f"要完善{miss}。", distance) == f"要完善{phrase}。"


@pytest.mark.parametrize(
    ("phrase", "distance", "text"),
    [
        (SERVE, 1, "全心全意为民服务"),
        (SERVE, 1, "全心全意为人民的服务"),
        (SERVE, 1, "全心全意为人民服\n务"),
        (SERVE, 1, "全心全意为牧民服务"),
        (SERVE, 1, "全心全意为移民服务"),
        ("不忘初心、牢记使命", 1, "不忘初衷、牢记使命"),
        ("自力更生、艰苦奋斗", 1, "自力更生、艰辛奋斗"),
        (GRID, 2, "网格化管理、精准化服务、信息化支撑的基层治理平台"),
        (GRID, 2, "网格化管理、精细化服务、信息化支持的基层治理平台"),
        ("坚持以人民为中心的发展思想", 2, "坚持以人民为中心的发展理念"),
        ("党的二十届三中全会精神", 1, "党的二十届二中全会精神"),
        ("自治、法治、德治相结合", 1, "自治、法治、德治结合"),
        ("以国内国际双循环相互促进", 2, "以国际国内双循环相互促进"),
    ],
)
def test_other_wordings_stay(phrase: str, distance: int, text: str) -> None:
    assert repaired(phrase, text, distance) == text


def test_punctuation_may_differ_and_stays() -> None:
    text = "网络化管理,精细化服务,信息化支撑的基层治理平台"
    assert repaired(GRID, text, 2) == "网格化管理,精细化服务,信息化支撑的基层治理平台"


def test_unless_names_wordings_that_are_right() -> None:
    miss = "网络化管理、精细化服务、信息化支撑的基层治理平台"
    assert repaired(GRID, miss, 2, ("网络化管理",)) == miss


def test_the_first_and_the_last_character_hold_the_phrase() -> None:
    assert repaired(SERVE, "仝心全意为人民服务") == "仝心全意为人民服务"


def test_a_word_is_repaired_where_the_rules_know_the_two_to_be_alike() -> None:
    miss = "网络化管理、精细化服务、信息化支撑的基层治理平台"
    rule = PhraseRule(id="p", reason="r", phrase=GRID, distance=2)
    assert not list(Rulebook((rule,), "").edits(miss))
    assert repaired(GRID, miss, 2) == GRID
