"""What words call up, found in a long text by pairs of characters and in a short one without."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jiaokan.rulebook import pairs
from jiaokan.rulebook.trigger_words import Call, Calls

LETTERS = "天地玄黄"


@st.composite
def calls(draw: st.DrawFn) -> list[tuple[str, Call]]:
    """Words, with or without another one nearby."""
    found: list[tuple[str, Call]] = []
    for number in range(draw(st.integers(1, 12))):
        word = draw(st.text(LETTERS, min_size=1, max_size=4))
        near = draw(st.text(LETTERS, max_size=2))
        first = draw(st.integers(0, 9)) if near else 0
        last = first + len(near) + draw(st.integers(0, 3)) if near else 0
        start = draw(st.integers(-2, 2))
        without = draw(st.text(LETTERS, min_size=3, max_size=4)) if draw(st.booleans()) else ""
        behind = draw(st.frozensets(st.sampled_from(LETTERS), max_size=2))
        found.append((word, Call(number, near, first, last, start, without, behind)))
    return found


def brute(calls: list[tuple[str, Call]], text: str) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for word, (number, near, first, last, start, without, behind) in calls:
        for at in range(len(text)):
            if text.startswith(word, at) and near in text[at + first : at + last]:
                if without and at + start >= 0 and text.startswith(without, at + start):
                    continue
                if at + start > 0 and text[at + start - 1 : at + start] in behind:
                    continue
                found.setdefault(number, []).append(at + start)
    return found


@pytest.mark.parametrize("few", [0, 40])
@pytest.mark.parametrize("more", [0, 500])
@settings(deadline=None)
@given(calls=calls(), text=st.text(LETTERS, max_size=80))
def test_what_is_called_up(calls: list[tuple[str, Call]], text: str, more: int, few: int) -> None:
    text = text + "宇" * more + text
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pairs, "_FEW", few)
        found = Calls(calls).places(text)
    assert {number: sorted(places) for number, places in found.items()} == brute(calls, text)


def test_parts_of_a_large_text_meet() -> None:
    text = "天地玄黄宇宙洪荒" * 60
    words = ["黄宇", "荒天地", "玄黄宇宙"]
    one = [(word, Call(number)) for number, word in enumerate(words)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pairs, "_CHUNK", 7)
        found = Calls(one).places(text)
    assert dict(found) == brute(one, text)


def test_a_word_is_found_by_the_pair_that_pages_have_least() -> None:
    # The language has neither 砖溅 nor 溅囗; 囗 is the rarer character.
    (mark,) = pairs.marks(["砖溅囗"])
    assert (mark.pair, mark.at, mark.beside) == ("溅囗", 1, "砖")


def test_what_turns_a_call_away_is_looked_for_in_the_text_alone() -> None:
    # Nothing stands before the first character; numpy sees the first one there once more.
    text = "天天地" + "宇" * 500 + "天地"
    one = [("天地", Call(0, behind=frozenset("天")))]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pairs, "_FEW", 0)
        assert dict(Calls(one).places(text[1:])) == {0: [0, 502]}
        assert dict(Calls(one).places(text)) == {0: [503]}
