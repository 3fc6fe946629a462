"""What the weights are fitted with: a path's score is the sum of its evidence, and no more."""

from dataclasses import asdict, replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from jiaokan.stitch.blocks import Block
from jiaokan.stitch.seams.joins import weigh
from jiaokan.stitch.search.beam import search
from jiaokan.stitch.search.chances import marginals
from jiaokan.stitch.search.decide import Prepared, _problem, prepare
from jiaokan.stitch.search.problem import Problem
from jiaokan.stitch.weights import REOPENED, Weights
from paths import everything, score

from bench.fit.evidence import certain, counts

BEAM = 100_000
LINES = (
    ("body", "清早五点，老街的早市亮起了灯，卖豆腐的老周推着三轮车，第一个进了"),
    ("body", "东口的摊位。他说：“停了两年，手艺没停，"),
    ("body", "天天在家磨豆子，就等着这一天。”"),
    ("body", "了解情况的人说，要分三步："),
    ("body", "一、先用干布把浮土擦掉；"),
    ("body", "二、再用细砂纸轻轻打磨。"),
    ("body", "问：链条和车圈最容易生锈吗？"),
    ("body", "答：是的，镀层已经脱落的地方要多涂一遍。"),
    ("body", "老周推着三轮车走了。"),
    ("body", "code = 12"),
    ("subhead", "早市的规矩"),
    ("title", "老街的早市重新开张"),
    ("title", "怎样给旧自行车除锈"),
    ("affiliation", "（作者单位：江城市自行车运动协会）"),
)
SOME = Weights(network=0.7, switch_line=1.5, further=-3.0)
"""All different from nothing."""


@st.composite
def pages(draw: st.DrawFn) -> Prepared:
    """Small pages of these lines, cut anywhere, with any bits of the network."""
    lines = draw(st.lists(st.sampled_from(LINES), min_size=1, max_size=7))
    blanks = draw(st.lists(st.sampled_from((0, 1, 1)), min_size=7, max_size=7))
    cuts = draw(st.dictionaries(st.integers(1, 120), st.floats(-9, 9), max_size=2))
    return page(lines, blanks, cuts, draw(st.integers(0, 99)))


def page(
    lines: list[tuple[str, str]], blanks: list[int], cuts: dict[int, float], seed: int
) -> Prepared:
    found: list[Block] = []
    at = 0
    for (role, line), above in zip(lines, blanks, strict=False):
        found.append(Block(at, at + len(line), line, above, role))  # type: ignore[arg-type]
        at += len(line) + 1
    ready = prepare("\n".join(line for _, line in lines), found, cuts)
    assert ready is not None
    count = len(ready.items)
    network = np.random.default_rng(seed).normal(0, 15, (count, count)).astype(np.float32)
    return ready._replace(facts=ready.facts._replace(network=network))


def problem(ready: Prepared, weights: Weights, shares: np.ndarray) -> Problem:
    """The page under the weights, kinship read with these shares."""
    return _problem(ready, weights, weigh(ready.items, ready.facts, weights), shares)


def some_shares(ready: Prepared, seed: int) -> np.ndarray:
    shape = len(ready.items), len(ready.headings) + 1
    return np.random.default_rng(seed).dirichlet(np.ones(shape[1]), shape[0]).astype(np.float32)


def reopened(ready: Prepared, previous: tuple[int, ...]) -> int:
    """How often a path takes what REOPENED, which is no weight, stands against."""
    kinds = [item.kind for item in ready.items]
    return sum(
        (left == len(kinds) and kind == "affiliation")
        or (left < len(kinds) and kinds[left] == "affiliation" and kind == "atom")
        for left, kind in zip(previous, kinds, strict=True)
    )


@given(pages(), st.data(), st.integers(0, 99))
@settings(max_examples=100, deadline=None)
def test_a_paths_score_is_the_sum_of_its_evidence(
    ready: Prepared, data: st.DataObject, seed: int
) -> None:
    shares = some_shares(ready, seed)
    asked = problem(ready, SOME, shares)
    ways = list(everything(asked))
    assume(ways)  # there is none where two affiliations stand alone
    for total, (streams, previous) in data.draw(st.lists(st.sampled_from(ways), max_size=9)):
        said = counts(ready, asked, certain(ready, streams), shares)
        summed = sum(getattr(SOME, name) * amount for name, amount in said.items())
        assert summed + REOPENED * reopened(ready, previous) == pytest.approx(total, abs=1e-2)


@given(pages(), st.data(), st.integers(0, 99))
@settings(max_examples=40, deadline=None)
def test_a_sure_path_has_the_chances_of_a_search_that_cannot_take_another(
    ready: Prepared, data: st.DataObject, seed: int
) -> None:
    asked = problem(ready, SOME, some_shares(ready, seed))
    ways = list(everything(asked))
    assume(ways)
    _, (streams, _) = data.draw(st.sampled_from(ways))
    kinship = np.full(asked.kinship.shape, -100, np.float32)
    kinship[np.arange(len(streams)), streams] = 200
    sure = certain(ready, streams)
    asked = replace(asked, kinship=kinship)
    found = marginals(asked, search(asked, BEAM), 1.0)
    for name in ("previous", "stream", "away", "entered", "last"):
        assert getattr(found, name) == pytest.approx(getattr(sure, name), abs=1e-3)


TINY = [LINES[at] for at in (11, 0, 12, 3, 1, 4)]
STREAMS = (0, 0, 0, 1, 1, 0, 1)
STEP = 0.002


def test_the_gradient_is_that_of_the_true_paths_likelihood() -> None:
    ready = page(TINY, [1, 1, 1, 1, 1, 0], {20: -1.0}, 36)  # no two readings tie
    assert len(ready.items) == len(STREAMS)
    # small, so that many paths are likely
    weights = Weights(**{name: value / 8 for name, value in asdict(SOME).items()})
    shares = some_shares(ready, 5)

    def likelihood(name: str, step: float) -> float:
        moved = replace(weights, **{name: getattr(weights, name) + step})
        asked = problem(ready, moved, shares)
        own = score(asked, STREAMS)
        assert own is not None
        ways = np.array([bits for bits, _ in everything(asked)])
        return float(own[0] - np.logaddexp2.reduce(ways))

    asked = problem(ready, weights, shares)
    wanted = counts(ready, asked, certain(ready, STREAMS), shares)
    expected = counts(ready, asked, marginals(asked, search(asked, BEAM), 1.0), shares)
    slope = {name: wanted.get(name, 0.0) - expected.get(name, 0.0) for name in asdict(weights)}
    rise = {
        name: (likelihood(name, STEP) - likelihood(name, -STEP)) / (2 * STEP)
        for name in asdict(weights)
    }
    assert slope == pytest.approx(rise, abs=1e-2)
    assert sum(abs(amount) > 0.01 for amount in slope.values()) > 10
