"""What is found for a whole page at once is what would be found place by place."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jiaokan.code_points import members, places
from jiaokan.edit import Edit, in_columns
from jiaokan.language import load as load_model
from jiaokan.language import view
from jiaokan.rulebook import automaton as automata
from jiaokan.rulebook import load
from jiaokan.rulebook.automaton import Automaton
from jiaokan.rulebook.spans import merged
from jiaokan.stages import _marks, _surroundings, leaks, spaces, suspects
from jiaokan.stages._likelihood import NEAR, Place, gains, readings
from jiaokan.stages._surroundings import HAN, Surroundings

PAGES = st.text('天地玄黄一,;:?!.。，“”"()a1 \u3000\xa0\n`{=<𠀀》%/б', max_size=40)


@settings(deadline=None)
@given(PAGES, st.integers(1, 50))
def test_marks(text: str, chunk: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_surroundings, "_CHUNK", chunk)
        _compare_marks(text)


def _compare_marks(text: str) -> None:
    around = Surroundings(text)
    between, sure, rest = _marks.split(around)
    changed = [*between.edits(), *_marks.marks(around, sure, rest)]
    found = {edit.start for edit in changed}
    common = re.compile("[\u4e00-\u9fff]")
    for match in re.finditer("[,;:?!]", text):
        at = match.start()
        if at and common.match(text, at - 1) and common.match(text, at + 1):
            assert (at in found) == (not around.protected(at))
        else:
            assert (at in found) == _marks._is_chinese_mark(around, at, _marks._apart(text))


@settings(deadline=None)
@given(PAGES)
def test_leaked_words(text: str) -> None:
    whole = [match.span() for match in leaks._GATE.finditer(text)]
    assert [match.span() for match in leaks._words(text)] == whole


@settings(deadline=None)
@given(PAGES)
def test_blanks_at_line_ends(text: str) -> None:
    blank = f"[{spaces._SPACE}]"
    whole = [m.span() for m in re.finditer(rf"(?<!{blank}){blank}+(?=\n|\Z)", text)]
    ends = [edit for edit in spaces.edits(text) if edit.rule == "spaces.line-end"]
    assert [(edit.start, edit.end) for edit in ends] == whole


@settings(deadline=None)
@given(st.text("天地一·\n", max_size=12))
def test_doubled_characters_and_words(text: str) -> None:
    found = {(one.start, one.end, one.repair) for one in suspects._doubled(text)}
    words = re.finditer(rf"(?=(((?!一)[{HAN}])(?!\2)[{HAN}])\1)", text)
    assert {one for one in found if one[1] - one[0] == 4} == {
        (match.start(), match.start() + 4, match[1]) for match in words
    }
    twice = {(match.start(), match.end(), match[1]) for match in re.finditer(rf"([{HAN}])\1", text)}
    assert {one for one in found if one[1] - one[0] == 2} <= twice


@settings(deadline=None)  # the model is loaded in the first one
@given(st.text("入人民政府被道投降末来，\n", max_size=12))
def test_look_alikes(text: str) -> None:
    book, model = load(), load_model()

    def common(*around: str) -> list[float]:
        return [float(model.log2_count(view(pair), 2)[1]) for pair in around]

    expected = []
    for at, here in enumerate(text):
        left, right = text[at - 1 : at] or "\n", text[at + 1 : at + 2] or "\n"
        counts = common(left + here, here + right)
        if min(counts) >= 7:
            continue
        for one in book.confusions:
            if one.read == here:
                repaired = common(left + one.true, one.true + right)
                pairs = zip(repaired, counts, strict=True)
                if sum(max(new, -2.0) - max(old, -2.0) for new, old in pairs) >= 3:
                    expected.append((at, one))
    for _ in range(2):  # what comes of nothing is known the second time
        assert sorted(book.look_alikes(text), key=repr) == sorted(expected, key=repr)


@pytest.mark.parametrize(
    "line", ["第3版  2019年11月26日  星期二", "（作者单位：某大学）", "天地玄黄", ""]
)
def test_a_line_is_known_by_the_first_rule_that_knows_it(line: str) -> None:
    lines = load()._lines
    every = (known.match(line, None) for known in lines._known if known.alone)
    alone = next((found for found in every if found), None)
    assert lines.match(line, None) == alone or (alone is None and len(line.split()) > 1)


@pytest.mark.parametrize(
    "settings",
    [
        {"_SHORT": 0},
        {"_SHORT": 0, "_CHUNK": 7},
        {"_MOST_PAIRS": -1},
        {"_MOST_PAIRS": -1, "_CHUNK": 7},
    ],
)
def test_words_are_found_alike_in_every_way(
    settings: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ["天地", "荒天地玄", "黄", "宇宙洪荒天", "荒天", "http://", "@", "𠀀"]
    text = "天地玄黄宇宙洪荒" * 9 + "@http:/http://荒天𠀀\ud800天"
    one = Automaton(words)
    every = sorted(
        (number, at, at + len(word))
        for number, word in enumerate(words)
        for at in range(len(text))
        if text.startswith(word, at)
    )
    assert sorted(one.find(text)) == every
    for name, value in settings.items():
        monkeypatch.setattr(automata, name, value)
    assert sorted(one.find(text)) == every
    assert Automaton([]).find(text) == []


def test_places_of_a_set_of_characters() -> None:
    assert places("天,地-a\ud800", members("a-c", "-", "天")) == [0, 3, 4]


def _plain(text: str) -> str:
    return re.sub("(?<![。！？…”’：；\n])\n(?!\n)", "", text)


@settings(deadline=None)
@given(st.text("各级的，。 \u3000\n", min_size=1, max_size=30), st.data())
def test_gains(text: str, data: st.DataObject) -> None:
    at = data.draw(st.lists(st.integers(0, len(text) - 1), max_size=4))
    spans = [(start, min(start + 2, len(text))) for start in at]
    repairs = [text[start] for start in at]
    places = [
        Place(_plain(text[max(0, s - 16) : s]), (text[s:e], new), _plain(text[e : e + 16]))
        for (s, e), new in zip(spans, repairs, strict=True)
    ]
    expected = [new - old for old, new in readings(places, NEAR)]
    assert gains(text, spans, repairs) == pytest.approx(expected)


SPAN = st.tuples(st.integers(0, 12), st.integers(0, 12)).map(lambda ends: tuple(sorted(ends)))


@given(st.lists(SPAN), st.lists(SPAN))
def test_untouched(spans: list[tuple[int, int]], places: list[tuple[int, int]]) -> None:
    held = merged(spans)
    edits = [Edit(start, end, "", "r") for start, end in places]

    def touches(start: int, end: int) -> bool:
        """A character shared, or an insertion strictly inside."""
        if start == end:
            return any(low < start < high for low, high in zip(held.starts, held.ends, strict=True))
        return any(
            low < end and start < high for low, high in zip(held.starts, held.ends, strict=True)
        )

    free = [edit for edit in edits if not touches(edit.start, edit.end)]
    kept = held.untouched(in_columns(edits, "a" * 12)).edits()
    assert kept == sorted(edit for edit in free if edit.start < edit.end)  # others change nothing
    assert [edit for edit in edits if not held.touches(edit.start, edit.end)] == free


@given(st.text("ab AB“”‘（()是指译为的和与、甲\n", max_size=30))
def test_words_that_a_page_speaks_of(text: str) -> None:
    rules = dict.fromkeys(("a", "b", "ab", "ba"))
    found: set[str] = set()
    for match in leaks._SPOKEN.finditer(text):
        words = [word.lower() for word in match.groups() if word]
        if all(word in rules for word in words):
            found.update(words)
    assert leaks._spoken_of(text, rules) == found  # type: ignore[arg-type]  # only the words are asked
