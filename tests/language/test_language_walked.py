"""What a text walked once says of its places is what the model says of their characters."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jiaokan.language import Walked, load, view
from jiaokan.language.junctions import heads_at, openings, tails_at
from jiaokan.language.walked import Heads

TEXT = "老街的早市天不亮就开了。\n卖豆腐的老周挑着担子，从桥头走到巷尾；\n“嫩。”他说AB 2024年。"


@st.composite
def texts(draw: st.DrawFn) -> str:
    parts = st.lists(st.sampled_from([*TEXT, "鑫", "𠀀", TEXT]), min_size=1, max_size=30)
    return "".join(draw(parts))


@given(texts(), st.integers(0, 10**6))
@settings(max_examples=60, deadline=None)
def test_it_says_what_the_model_says(text: str, seed: int) -> None:
    model, codes = load(), view(text)
    walked, rng = Walked(model, codes), np.random.default_rng(seed)
    starts = rng.integers(0, len(text), 7)
    stops = np.minimum(starts + rng.integers(1, 9, 7), len(text))
    ends = rng.integers(0, len(text) + 1, 5)
    heads, tails = Heads(starts, stops), tails_at(codes, ends, model.order - 1)
    codes_of_heads = heads_at(codes, starts, stops)
    own = openings(model, tails, codes_of_heads)
    assert walked.alone(heads) == pytest.approx(own.alone, abs=1e-3)
    assert walked.begun(heads) == pytest.approx(own.starts, abs=1e-3)
    assert walked.ended(ends) == pytest.approx(own.ends, abs=1e-3)
    before = tails_at(codes, starts, model.order - 1)
    natural = model.pairs(before, codes_of_heads)
    assert walked.natural(heads) == pytest.approx(natural, abs=1e-3)
    joins = model.joins(tails, codes_of_heads)
    wanted = rng.random(joins.shape) < 0.7
    assert walked.joins(ends, heads, wanted)[wanted] == pytest.approx(joins[wanted], abs=1e-3)
    for n in (1, 2, 3):
        counted = walked.log2_count(n)
        assert counted == pytest.approx(model.log2_count(codes, n))


def test_what_was_asked_is_not_looked_up_again(monkeypatch: pytest.MonkeyPatch) -> None:
    walked = Walked(load(), view(TEXT))
    starts = np.arange(2, 30, 4)
    heads, others = Heads(starts, starts + 4), Heads(starts + 1, starts + 4, 3)
    ends, wanted = starts + 3, np.ones((len(starts), len(starts)), np.bool_)
    asked: list[int] = []

    def counted(self: Walked, *given: object) -> object:
        asked.append(int(np.count_nonzero(given[2])))
        return looked_up(self, *given)

    looked_up = Walked._joined
    monkeypatch.setattr(Walked, "_joined", counted)
    first = walked.joins(ends, heads, wanted)
    walked.joins(ends, others, wanted)
    again = walked.joins(ends, heads, wanted)
    assert asked == [wanted.size, wanted.size]
    assert (again == first).all()
