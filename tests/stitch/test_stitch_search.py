"""The search finds what trying everything finds."""

from collections.abc import Iterator
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jiaokan.stitch.items import Item
from jiaokan.stitch.joins import Joins
from jiaokan.stitch.search import Problem, best_path, marginals, search
from jiaokan.stitch.weights import Weights

WEIGHTS = Weights()
BEAM = 100_000
Path = tuple[tuple[int, ...], tuple[int, ...]]


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """Small pages with any scores; the first item may be a heading or text from elsewhere."""
    kinds = draw(st.lists(st.sampled_from("haaais"), min_size=1, max_size=6))
    items: list[Item] = []
    headings = 0
    for at, kind in enumerate(kinds):
        after_text = bool(items) and items[-1].kind == "atom"
        if kind == "h" and headings < 2:
            items.append(Item("heading", at, at + 1, article=headings))
            headings += 1
        elif kind == "s" and headings:
            items.append(Item("affiliation", at, at + 1))
        else:
            inner = kind == "i" and after_text
            items.append(Item("atom", at, at + 1, inner=inner))
    count, streams = len(items), headings + 1
    rng = np.random.default_rng(draw(st.integers(0, 10**6)))

    def bits(*shape: int) -> np.ndarray:
        return rng.normal(0, 12, shape).round(3).astype(np.float32)

    closed = np.append(rng.random(count) < 0.5, True)
    flags = np.zeros((count + 1, count), bool)
    joins = Joins(bits(count + 1, count), flags, flags, np.append(bits(count), 0), closed)
    return Problem(tuple(items), streams, joins, bits(count, streams), WEIGHTS)


def everything(problem: Problem) -> Iterator[tuple[float, Path]]:
    """Every way to read the page, with its score by the words of design.md."""
    for streams in product(range(problem.streams), repeat=len(problem.items)):
        scored = score(problem, streams)
        if scored:
            yield scored


def score(problem: Problem, streams: tuple[int, ...]) -> tuple[float, Path] | None:
    items, joins = problem.items, problem.joins
    none, elsewhere = len(items), problem.streams - 1
    tails = [none] * problem.streams
    current, total = elsewhere, 0.0
    previous: list[int] = []
    headed = False
    for at, (item, stream) in enumerate(zip(items, streams, strict=True)):
        previous.append(tails[stream])
        if item.kind == "heading":
            if stream != item.article:
                return None
            headed = True
        else:
            if stream != elsewhere and tails[stream] == none:
                return None
            total += float(joins.score[tails[stream], at] + problem.kinship[at, stream])
            if stream != current:
                total -= leaving(problem, at)
            if stream == elsewhere and tails[stream] == none:
                total -= WEIGHTS.stray if headed else WEIGHTS.carried
        tails[stream], current = at, stream
    for stream, tail in enumerate(tails):
        if tail != none:
            end = float(joins.ends[tail])
            total += max(end, -4.0) if stream == elsewhere else end
    return total, (streams, tuple(previous))


def leaving(problem: Problem, at: int) -> float:
    item = problem.items[at]
    if item.kind == "affiliation":
        return WEIGHTS.far_affiliation
    if item.inner:
        return WEIGHTS.switch_wrapped if item.wrapped else WEIGHTS.switch_inline
    if at == 0 or problem.items[at - 1].kind == "affiliation":
        return 0.0
    if problem.items[at - 1].kind == "heading":
        return WEIGHTS.switch_heading
    return WEIGHTS.switch_closed if problem.joins.closed[at - 1] else WEIGHTS.switch_open


@given(problems())
@settings(max_examples=150, deadline=None)
def test_best_path_is_the_best_of_all(problem: Problem) -> None:
    best, _ = max(everything(problem))
    streams, previous = best_path(problem, search(problem, BEAM))
    found = score(problem, tuple(map(int, streams)))
    assert found is not None
    assert found[0] == pytest.approx(best, abs=1e-2)
    assert found[1][1] == tuple(map(int, previous))


@given(problems(), st.sampled_from([1.0, 4.0]))
@settings(max_examples=100, deadline=None)
def test_marginals_are_those_of_all_paths(problem: Problem, temperature: float) -> None:
    ways = list(everything(problem))
    weight = np.array([way[0] for way in ways]) / temperature
    weight = np.exp(weight - np.logaddexp.reduce(weight))
    chances = marginals(problem, search(problem, BEAM), temperature)
    for at in range(len(problem.items)):
        wanted = np.zeros(problem.streams)
        before: dict[int, float] = {}
        for share, (_, (streams, previous)) in zip(weight, ways, strict=True):
            wanted[streams[at]] += share
            before[previous[at]] = before.get(previous[at], 0.0) + share
        assert chances.stream[at] == pytest.approx(wanted, abs=1e-3)
        for left, share in before.items():
            assert chances.previous[at].get(left, 0.0) == pytest.approx(share, abs=1e-3)


@given(problems(), st.integers(1, 3))
@settings(max_examples=100, deadline=None)
def test_a_narrow_beam_still_reads_the_whole_page(problem: Problem, beam: int) -> None:
    layers = search(problem, beam)
    streams, previous = best_path(problem, layers)
    chances = marginals(problem, layers, 4.0)
    for at, item in enumerate(problem.items):
        assert 0 <= previous[at] <= len(problem.items)
        assert previous[at] < at or previous[at] == len(problem.items)
        assert item.kind != "heading" or streams[at] == item.article
        assert sum(chances.previous[at].values()) == pytest.approx(1, abs=1e-3)
        assert chances.stream[at].sum() == pytest.approx(1, abs=1e-3)


@given(problems())
@settings(max_examples=50, deadline=None)
def test_each_item_has_at_most_one_successor(problem: Problem) -> None:
    _, previous = best_path(problem, search(problem, BEAM))
    taken = [int(item) for item in previous if item < len(problem.items)]
    assert len(taken) == len(set(taken))


def hand_made(score: list[list[float]], closed: list[bool]) -> Problem:
    """Two headings, each followed by an open column, then the rest of one of them."""
    items = (
        Item("heading", 0, 1, article=0),
        Item("atom", 1, 2),
        Item("heading", 2, 3, article=1),
        Item("atom", 3, 4),
        Item("atom", 4, 5),
    )
    matrix = np.array(score, np.float32)
    flags = np.zeros(matrix.shape, bool)
    ends = np.zeros(6, np.float32)
    kinship = np.zeros((5, 3), np.float32)
    joins = Joins(matrix, flags, flags, ends, np.array([*closed, True]))
    return Problem(items, 3, joins, kinship, WEIGHTS)


@pytest.mark.parametrize(("bits", "predecessor"), [(12.0, 1), (-12.0, 3)])
def test_the_join_decides_where_a_column_goes_on(bits: float, predecessor: int) -> None:
    score = [[0.0] * 5 for _ in range(6)]
    score[1][4] = bits
    problem = hand_made(score, [True, False, True, False, True])
    _, previous = best_path(problem, search(problem, 60))
    assert previous[4] == predecessor


def test_without_evidence_a_page_stays_in_its_order() -> None:
    problem = hand_made([[0.0] * 5 for _ in range(6)], [True, True, True, True, True])
    streams, previous = best_path(problem, search(problem, 60))
    assert list(streams) == [0, 0, 1, 1, 1]
    assert list(previous) == [5, 0, 5, 2, 3]
