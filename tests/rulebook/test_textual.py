"""Literal, pattern and phrase rules on any text: no overlaps, no order, no end without a stop."""

import re
from collections.abc import Callable
from dataclasses import replace
from random import Random
from time import monotonic

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jiaokan.edit import Edit, apply, ordered
from jiaokan.errors import PageError
from jiaokan.rulebook import Rulebook, load
from jiaokan.rulebook.prefilter import starts, words_of
from jiaokan.rulebook.regexes import HAN, compiled
from jiaokan.rulebook.rule import LiteralRule, PatternRule, ProtectRule

Load = Callable[[str], Rulebook]
LETTERS = "天地玄黄"
WORDS = st.text(LETTERS, min_size=1, max_size=3)


def edits(book: Rulebook, text: str) -> list[Edit]:
    return [edit for _, edit in book.edits(text)]


@st.composite
def literal_rules(draw: st.DrawFn) -> tuple[LiteralRule, ...]:
    count = draw(st.integers(1, 4))
    return tuple(
        LiteralRule(id=f"r{n}", reason="r", pairs=draw(st.dictionaries(WORDS, WORDS, min_size=1)))
        for n in range(count)
    )


@given(literal_rules(), st.text(LETTERS, max_size=30))
def test_edits_never_overlap(rules: tuple[LiteralRule, ...], text: str) -> None:
    found = edits(Rulebook(rules, ""), text)
    assert ordered(found, text) == found


@given(st.dictionaries(WORDS, WORDS, max_size=5), st.text(LETTERS, max_size=30), st.randoms())
def test_order_in_a_file_means_nothing(pairs: dict[str, str], text: str, random: Random) -> None:
    from jiaokan.rulebook.packs import precedence

    rules = [
        LiteralRule(id=f"r{n}", reason="r", pairs={wrong: right})
        for n, (wrong, right) in enumerate(pairs.items())
    ]
    shuffled = list(rules)
    random.shuffle(shuffled)

    def book(some: list[LiteralRule]) -> Rulebook:
        return Rulebook(tuple(sorted(some, key=lambda rule: precedence(0, rule))), "")

    assert edits(book(rules), text) == edits(book(shuffled), text)


PATTERNS = [
    "天[地玄]{0,2}黄",
    "(?<!天)地(?=玄|黄)",
    "(?:天|地玄)+黄",
    "[天地]{1,3}玄",
    "玄?(?:天地|黄){1,2}",
    "(?P<a>天)(?P=a)",
    "(?=天)..",
    "(天|(地))?玄(?(2)黄|天)",
    "天{2}地",
    "(?<=(?:天玄|地玄)[天地]{2})黄",
    "(?<=天)(?<=[天地]{1})(?=地[玄黄]{2}(?:天|地))地",
    "[天地]{3}(?=玄{2}|黄)",
]


@given(st.sampled_from(PATTERNS), st.text(LETTERS, max_size=40))
def test_gates_lose_no_match(pattern: str, text: str) -> None:
    one = compiled(pattern)
    hits = [m.start() for w in words_of(one) for m in re.finditer(f"(?={w})", text)]
    at = starts(one, hits)
    spans = [(m.start(), m.end()) for m in one.find(text, "r", at)]
    assert spans == [m.span() for m in re.finditer(pattern, text)]


NEAR = [
    "天(?=[地玄]{1,3}黄)",
    "(?<!黄)天地(?=.{0,2}黄)",
    "(?<=天)地.{0,3}黄",
    "(?<=天地)玄(?!黄)",
    "[天玄]地?黄",
    "天[地玄](?=天)",
]


@given(st.sampled_from(NEAR), st.text(LETTERS, max_size=40), st.sampled_from([0, 500]))
def test_a_book_finds_what_its_pattern_finds(pattern: str, text: str, more: int) -> None:
    text = "宇" * more + text
    rule = PatternRule(id="near", reason="r", pattern=pattern, replace="洪荒")
    assert apply(text, edits(Rulebook((rule,), ""), text)) == re.sub(pattern, "洪荒", text)


@pytest.mark.parametrize("pattern", [*NEAR, *PATTERNS])
def test_a_pattern_is_found_however_often_it_stands(pattern: str) -> None:
    text = "天地玄黄天玄地黄" * 2_000 + "\n" + "宇宙天地" * 2_000
    rule = PatternRule(id="often", reason="r", pattern=pattern, replace="洪荒")
    assert apply(text, edits(Rulebook((rule,), ""), text)) == re.sub(pattern, "洪荒", text)


@given(
    st.lists(st.text(LETTERS, min_size=1, max_size=5), min_size=1, max_size=60, unique=True),
    st.text(LETTERS, max_size=200),
)
def test_literals_are_found_in_long_texts(words: list[str], text: str) -> None:
    text = "宇" * 500 + text
    rules = tuple(
        LiteralRule(id=f"r{number:02}", reason="r", pairs={word: "洪荒"})
        for number, word in enumerate(words)
    )
    longest = "|".join(sorted(words, key=len, reverse=True))
    found = {edit.start for edit in edits(Rulebook(rules, ""), text)}
    assert bool(found) == bool(re.search(longest, text))
    every = {at for at in range(len(text)) if any(text.startswith(word, at) for word in words)}
    assert found <= every


@pytest.mark.parametrize(
    "pattern",
    [
        "(甲+)+乙",
        "(甲|甲甲)*乙",
        "(?:甲*)*乙",
        r"(\p{Han}+)*乙",
        "(甲?){40}甲{40}乙",
        "(.*)(.*)(.*)(.*)乙[丙丁]",
    ],
)
def test_a_pattern_without_end_is_stopped_and_names_its_rule(
    pattern: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from jiaokan.rulebook import regexes

    monkeypatch.setattr(regexes.Pattern.find, "__defaults__", (None, 0.2))
    rule = PatternRule(id="endless", reason="r", pattern=pattern, replace="丙")
    start = monotonic()
    with pytest.raises(PageError, match="'endless' was stopped"):
        edits(Rulebook((rule,), ""), "乙丁\n" + "甲" * 3000 + "，乙")
    assert monotonic() - start < 10


@given(
    st.lists(st.text(LETTERS, min_size=1, max_size=3), min_size=1, max_size=3),
    st.sampled_from(["", "(?<!天)", "(?<=地)"]),
    st.text(LETTERS, max_size=3),
    st.text(LETTERS, max_size=30),
)
def test_a_pattern_that_also_reads_what_is_right(
    read: list[str], before: str, new: str, text: str
) -> None:
    """What it finds right is left out early, and takes no place from what it finds wrong."""
    pattern = before + "".join(f"[{one}]" for one in read)
    rule = PatternRule(id="p", reason="r", pattern=pattern, replace=new)
    assert apply(text, edits(Rulebook((rule,), ""), text)) == re.sub(pattern, new, text)


def test_output_that_explodes_is_refused() -> None:
    rule = LiteralRule(id="grow", reason="r", pairs={"甲": "乙" * 9})
    with pytest.raises(PageError, match="'grow'"):
        edits(Rulebook((rule,), ""), "甲" * 100)


def test_edits_are_as_small_as_can_be() -> None:
    (edit,) = edits(load(), "全球气侯变化")
    assert (edit.start, edit.end, edit.new, edit.rule) == (3, 4, "候", "lookalike-hou")


def test_han_is_the_unicode_script() -> None:
    import regex

    ours, theirs = re.compile(f"[{HAN}]"), regex.compile(r"\p{Han}")
    every = [chr(code) for code in range(0x323B0) if not 0xD800 <= code < 0xE000]
    missing = [c for c in every if theirs.match(c) and not ours.match(c)]
    assert missing == []


def test_surrogates_do_no_harm() -> None:
    text = "\ud800这里的气侯温和。\udfff"
    assert apply(text, edits(load(), text)) == "\ud800这里的气候温和。\udfff"
    assert not load().protected(text).starts


def test_protected_spans() -> None:
    rule = ProtectRule(id="p", reason="r", words=("乾隆", "隆中"), pattern="[0-9]{4}年")
    held = Rulebook((rule,), "").protected("乾隆中2019年")
    assert (held.starts, held.ends) == ((0, 3), (3, 8))
    assert held.touches(1, 1)
    assert held.touches(2, 4)
    assert not held.touches(3, 3)
    assert not replace(held, starts=(), ends=()).touches(0, 9)
