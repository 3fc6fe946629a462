"""Packs: which stands above which, what is switched off, what the fingerprint sees."""

import pickle
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from jiaokan.edit import apply
from jiaokan.errors import RuleError
from jiaokan.rulebook import Rulebook, load

Load = Callable[[str], Rulebook]


def literal(id: str, pairs: str, extra: str = "") -> str:
    proof = f"{', examples: {x: y}' if 'examples' not in extra else ''}, unchanged: [不]"
    return f"- {{id: {id}, kind: literal, reason: r, pairs: {{{pairs}}}{proof}{extra}}}\n"


def changed(book: Rulebook, text: str) -> str:
    return apply(text, [edit for _, edit in book.edits(text)])


def test_the_later_pack_decides_where_both_match_alike(write: Callable[[str], Path]) -> None:
    low, high = write(literal("a-low", "甲乙: 低")), write(literal("z-high", "甲乙: 高"))
    assert changed(load([low, high]), "甲乙") == "高"
    assert changed(load([high, low]), "甲乙") == "低"


def test_the_longest_match_wins_over_pack_order(write: Callable[[str], Path]) -> None:
    low, high = write(literal("low", "甲乙丙: 长")), write(literal("high", "甲乙: 短"))
    assert changed(load([low, high]), "甲乙丙甲乙") == "长短"


def test_within_a_pack_the_id_decides(load_text: Load) -> None:
    assert changed(load_text(literal("b", "甲: 乙") + literal("a", "甲: 丙")), "甲") == "丙"


def test_off_switches_an_earlier_rule_off_and_frees_its_id(load_text: Load) -> None:
    assert changed(load(), "气侯温和") == "气候温和"
    assert changed(load_text("off: [lookalike-hou]\n"), "气侯温和") == "气侯温和"
    again = "off: [lookalike-hou]\nrules:\n" + literal("lookalike-hou", "气侯: 天气")
    assert changed(load_text(again), "气侯") == "天气"


def test_an_id_of_an_earlier_pack_is_taken(load_text: Load) -> None:
    with pytest.raises(RuleError, match="is taken"):
        load_text(literal("lookalike-hou", "气侯: 天气"))


def test_a_folder_is_one_pack(tmp_path: Path) -> None:
    (tmp_path / "b.yaml").write_text(literal("b", "甲: 乙"), encoding="utf-8")
    (tmp_path / "a.yml").write_text(literal("a", "甲: 丙"), encoding="utf-8")
    assert changed(load([tmp_path]), "甲") == "丙"


def test_protect_comes_first(load_text: Load) -> None:
    protect = (
        "- {id: p, kind: protect, reason: r, words: [甲乙], examples: [甲乙], unchanged: [甲乙]}\n"
    )
    book = load_text(protect + literal("long", "甲乙丙: 长") + literal("short", "丙: 丁"))
    assert changed(book, "甲乙丙") == "甲乙丁"


def test_fingerprint_sees_what_acts_and_nothing_else(load_text: Load) -> None:
    base = load_text(literal("a", "甲: 乙"))
    spoken = literal("a", "甲: 乙", ", examples: {甲丙: 乙丙}").replace(
        "reason: r", "reason: other"
    )
    assert load_text("# comment\n" + spoken).fingerprint == base.fingerprint
    assert load_text(literal("a", "甲: 丙")).fingerprint != base.fingerprint
    assert load_text(literal("a", "甲: 乙", ", level: suggest")).fingerprint != base.fingerprint


def test_a_book_can_be_pickled() -> None:
    book = load()
    book.line_role("第3版")
    copy = pickle.loads(pickle.dumps(book))
    assert copy == book
    assert changed(copy, "气侯温和") == "气候温和"


def test_word_lists_stand_in_patterns(load_text: Load) -> None:
    book = load_text(
        "words: {fruit: 苹果 梨}\n"
        "rules:\n- {id: a, kind: pattern, reason: r, pattern: '({{fruit}})子', replace: '\\g<1>',\n"
        "   examples: {梨子: 梨}, unchanged: [桃子]}\n"
    )
    assert changed(book, "苹果子、梨子、桃子") == "苹果、梨、桃子"


def test_reading_the_built_in_packs_takes_neither_pydantic_nor_numpy() -> None:
    code = (
        "import sys; from jiaokan.rulebook import load; before = set(sys.modules); load();"
        "heavy = {'pydantic', 'numpy', 'rapidfuzz', 'regex', 'ahocorasick_rs'};"
        "sys.exit(' '.join(heavy & set(sys.modules)) or 'yaml' in before)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_short_way_takes_nothing_that_pydantic_would_not() -> None:
    from dataclasses import asdict

    from jiaokan.rulebook.build import adapter

    def plain(value: object) -> object:
        if isinstance(value, dict):
            return {key: plain(item) for key, item in value.items()}
        return [plain(item) for item in value] if isinstance(value, list | tuple) else value

    for rule in load().rules:
        assert adapter(rule.kind).validate_python(plain(asdict(rule))) == rule


def test_what_was_compiled_is_kept_by_content(write: Callable[[str], Path]) -> None:
    entry = "- {id: a, kind: literal, reason: r, pairs: {甲乙: 丙丁}, examples: {甲乙: 丙丁}, "
    path = write(entry + "unchanged: [乙]}\n")
    first = load([path])
    path.touch()
    assert load([path]) is first
    path.write_text(entry + "unchanged: [丁]}\n", "utf-8")
    again = load([path])
    assert again is not first
    assert again.fingerprint == first.fingerprint
