"""The shipped model: what it says of Chinese, and that its ways of asking agree."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jiaokan.language import Model, load, rows, view
from jiaokan.language.cells import LEVELS

CHARACTERS = st.text(st.sampled_from("的一是中国人民共和改革，。“”\n0a說學習㗊"), max_size=9)


@pytest.fixture(scope="module")
def model() -> Model:
    return load()


def total(model: Model, text: str) -> float:
    return float(model.score(view(text)).sum())


def after(model: Model, tail: str, head: str) -> float:
    return float(
        model.pairs(rows([tail], model.order - 1, tails=True), rows([head], 8, tails=False))[0]
    )


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ("中华人民共和国", "国华共民和人中"),
        ("我们的生活越来越好", "好来的越我活越们生"),
        ("他慢慢地站起来，看着窗外", "来起地他慢着，慢看站外窗"),
        ("根据本法第十条的规定", "的条根第规本十据定法"),
    ],
)
def test_sense_scores_above_a_shuffle(model: Model, good: str, bad: str) -> None:
    assert total(model, good) > total(model, bad) + 15


def test_misreadings_cost_bits(model: Model) -> None:
    assert total(model, "在党的领导下") > total(model, "在党的领异下") + 8
    assert total(model, "人们已经知道") > total(model, "人们己经知道") + 3


def test_paragraphs_end_after_a_full_stop(model: Model) -> None:
    ended = after(model, "的发展。", "\n")
    assert ended > after(model, "的发展，", "\n") + 5
    assert ended > after(model, "中华人民", "\n") + 5


def test_a_word_goes_on_where_it_was_cut(model: Model) -> None:
    heads = rows(["共和国成立", "说，我不知", "，但是他们"], 5, tails=False)
    tails = rows(["中华人民", "他笑了笑"], model.order - 1, tails=True)
    joins = model.joins(tails, heads)
    assert joins[0].argmax() == 0
    assert joins[1, 0] < joins[1, 1]


@settings(max_examples=40, deadline=None)
@given(st.lists(CHARACTERS, min_size=1, max_size=4), st.lists(CHARACTERS, min_size=1, max_size=4))
def test_joins_are_pairs_are_sums_of_score(tails: list[str], heads: list[str]) -> None:
    model = load()
    left, right = rows(tails, model.order - 1, tails=True), rows(heads, 9, tails=False)
    joins = model.joins(left, right)
    again = model.pairs(
        np.repeat(left, len(heads), axis=0), np.tile(right, (len(tails), 1))
    ).reshape(joins.shape)
    assert np.allclose(joins, again, atol=1e-4)
    for i, tail in enumerate(left):
        for j, head in enumerate(heads):
            alone = model.score(np.concatenate([tail, view(head)]))[model.order - 1 :].sum()
            assert joins[i, j] == pytest.approx(alone, abs=1e-3)


def test_joins_do_not_hang_on_the_chunks(model: Model, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "提高基层组织的能力，是一项长期的任务。我们在院子里种了两棵树，一棵是枣树。"
    tails = rows([text[i : i + 4] for i in range(len(text) - 4)], model.order - 1, tails=True)
    heads = rows([text[i : i + 5] for i in range(len(text) - 5)], 5, tails=False)
    whole = model.joins(tails, heads)
    monkeypatch.setattr("jiaokan.language.model.CHUNK", 50)
    assert (model.joins(tails, heads) == whole).all()
    assert (model.pairs(tails[:-1], heads) == np.diagonal(whole)).all()


def test_an_empty_tail_is_no_context(model: Model) -> None:
    nothing = np.zeros((1, model.order - 1), dtype=np.uint32)
    assert model.joins(nothing, rows(["国家"], 2, tails=False))[0, 0] == pytest.approx(
        total(model, "国家"), abs=1e-4
    )


def test_nothing_asked_nothing_given(model: Model) -> None:
    assert model.score(view("")).shape == (0,)
    tails, heads = rows([], model.order - 1, tails=True), rows(["甲"], 1, tails=False)
    assert model.joins(tails, heads).shape == (0, 1)
    assert model.joins(rows(["甲"], model.order - 1, tails=True), heads[:0]).shape == (1, 0)
    assert model.pairs(tails, heads[:0]).shape == (0,)


def test_probabilities_sum_to_about_one(model: Model) -> None:
    known = np.flatnonzero(model.grams.characters).astype(np.uint32).reshape(-1, 1)
    tails = ["", "中", "中华", "人民", "改革开放", "我们的生", "他说：“", "发展。\n", "第0条"]
    chances = np.exp2(model.joins(rows(tails, model.order - 1, tails=True), known))
    sums = chances.sum(axis=1)
    assert (sums > 0.7).all()
    assert (sums < 1.4).all()


def test_counts(model: Model) -> None:
    codes = view("中华人民共和国")
    one, two, three = (model.log2_count(codes, n) for n in (1, 2, 3))
    assert one.shape == two.shape == three.shape == codes.shape
    assert np.isinf(two[0])
    assert np.isinf(three[:2]).all()
    assert (two[1:] <= np.minimum(one[1:], one[:-1]) + 0.5).all()
    assert (three[2:] <= two[2:] + 0.5).all()
    frequencies = np.exp2(model.log2_count(view("的，龘𠮷"), 1)) / model.total
    assert 0.01 < frequencies[0] < 0.06
    assert frequencies[3] == 0


@pytest.mark.parametrize(("n", "most"), [(2, 2**-16), (3, 2**-8), (4, 2**-8), (5, 2**-10)])
def test_strangers_are_hardly_ever_found(model: Model, n: int, most: float) -> None:
    """Random keys, all of which pass the gate of the orders below."""
    keys = np.random.default_rng(n).integers(0, 1 << 63, 300_000, dtype=np.uint64)
    common = np.full(keys.size, 3 * LEVELS + 60, dtype=np.int16)
    assert (model.grams.find(keys, common, common, n) > 0).mean() < most


def test_the_gate_keeps_strangers_out(model: Model) -> None:
    """Rare characters at random: the few that are found were written so."""
    known = model.grams.characters
    rare = np.flatnonzero((known > 3) & (known < 60)).astype(np.uint32)
    drawn = np.random.default_rng(0).choice(rare, (300_000, 3))
    states = model.grams.walk(drawn, 3).states
    assert (states[1][:, 1:] > 0).mean() < 1 / 5_000
    assert (states[2][:, 2] > 0).mean() < 1 / 100_000


def test_unknown_characters_cost_much_but_not_everything(model: Model) -> None:
    scores = model.score(view("𠮷\ud800龘\x00"))
    assert np.isfinite(scores).all()
    assert (scores < -15).all()
