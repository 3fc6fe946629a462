"""The search finds what trying everything finds."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jiaokan.stitch.items import Item
from jiaokan.stitch.seams.joins import Joins
from jiaokan.stitch.search.beam import best_path, search
from jiaokan.stitch.search.chances import marginals
from jiaokan.stitch.search.problem import Problem, leaving
from jiaokan.stitch.search.problem import score as own_score
from jiaokan.stitch.weights import Weights
from paths import Path, everything, score
from paths import leaving as said_leaving

WEIGHTS = Weights(switch_line=1.5)
BEAM = 100_000


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
            odds = draw(st.sampled_from((-6.0, 0.0, 3.0))) if inner else 0.0
            tight = not inner and draw(st.booleans())
            items.append(Item("atom", at, at + 1, inner=inner, odds=odds, tight=tight))
    count, streams = len(items), headings + 1
    rng = np.random.default_rng(draw(st.integers(0, 10**6)))

    def bits(*shape: int) -> np.ndarray:
        return rng.normal(0, 12, shape).round(3).astype(np.float32)

    closed = np.append(rng.random(count) < 0.5, True)
    none = np.full((count + 1, count), -1, np.int8)
    ends = np.append(bits(count), np.float32(0))
    joins = Joins(bits(count + 1, count), none, ends, closed)
    return Problem(tuple(items), streams, joins, bits(count, streams), WEIGHTS)


@given(problems())
@settings(max_examples=150, deadline=None)
def test_best_path_is_the_best_of_all(problem: Problem) -> None:
    best, _ = max(everything(problem))
    streams, previous = best_path(problem, search(problem, BEAM))
    found = score(problem, tuple(map(int, streams)))
    assert found is not None
    assert found[0] == pytest.approx(best, abs=1e-2)
    assert found[1][1] == tuple(map(int, previous))


@given(problems(), st.sets(st.integers(1, 5)))
@settings(max_examples=50, deadline=None)
def test_kept_items_stay_behind_the_item_before_them(problem: Problem, kept: set[int]) -> None:
    atoms = {at for at in range(1, len(problem.items)) if _both_atoms(problem, at)}
    problem = replace(problem, kept=frozenset(kept & atoms))
    layers = search(problem, BEAM)
    streams, previous = best_path(problem, layers)
    assert all(previous[at] == at - 1 and streams[at] == streams[at - 1] for at in problem.kept)
    found = score(problem, tuple(map(int, streams)))
    assert found is not None
    assert found[0] == pytest.approx(max(everything(problem))[0], abs=1e-2)


@given(problems(), st.integers(1, 5), st.integers(1, 9))
@settings(max_examples=50, deadline=None)
def test_a_search_goes_on_from_where_the_problem_changes(
    problem: Problem, at: int, beam: int
) -> None:
    if at >= len(problem.items) or not _both_atoms(problem, at):
        return
    before = search(problem, beam)
    problem = replace(problem, kept=frozenset({at}))
    again, anew = search(problem, beam, before, at), search(problem, beam)
    for one, two in zip(best_path(problem, again), best_path(problem, anew), strict=True):
        assert one.tolist() == two.tolist()
    assert again.layers[-1].score.tolist() == anew.layers[-1].score.tolist()


def _both_atoms(problem: Problem, at: int) -> bool:
    return problem.items[at - 1].kind == problem.items[at].kind == "atom"


@given(problems())
@settings(max_examples=50, deadline=None)
def test_what_leaving_costs_is_the_sum_of_its_parts(problem: Problem) -> None:
    for at in range(len(problem.items)):
        assert leaving(problem, at) == pytest.approx(said_leaving(problem, at))


@given(problems(), st.sampled_from([1.0, 4.0]))
@settings(max_examples=100, deadline=None)
def test_marginals_are_those_of_all_paths(problem: Problem, temperature: float) -> None:
    ways = list(everything(problem))
    count, elsewhere = len(problem.items), problem.streams - 1
    chances = marginals(problem, search(problem, BEAM), temperature)
    stream, entered = np.zeros((2, count, problem.streams))
    away, last = np.zeros((2, count))
    previous: list[dict[int, float]] = [{} for _ in range(count)]
    for share, (_, (streams, before)) in zip(_shares(ways, temperature), ways, strict=True):
        current = elsewhere
        for at, (number, left) in enumerate(zip(streams, before, strict=True)):
            stream[at, number] += share
            entered[at, number] += share * (left == count)
            away[at] += share * (number != current)
            previous[at][left] = previous[at].get(left, 0.0) + share
            current = number
        for tail in _last(problem, streams):
            last[tail] += share
    assert chances.stream == pytest.approx(stream, abs=1e-3)
    assert chances.entered == pytest.approx(entered, abs=1e-3)
    assert chances.away == pytest.approx(away, abs=1e-3)
    assert chances.last == pytest.approx(last, abs=1e-3)
    for said, wanted in zip(chances.previous.T, previous, strict=True):
        shares = [wanted.get(left, 0.0) for left in range(count + 1)]
        assert said == pytest.approx(shares, abs=1e-3)


def _shares(ways: list[tuple[float, Path]], temperature: float) -> np.ndarray:
    """Probability of each way: its bits, divided by the temperature, are a logarithm of it."""
    nats = np.array([way[0] for way in ways]) * np.log(2) / temperature
    return np.exp(nats - np.logaddexp.reduce(nats))


def _last(problem: Problem, streams: tuple[int, ...]) -> set[int]:
    """The last item of each article; of one begun before its heading, not the heading."""
    tails: dict[int, int] = {}
    for at, stream in enumerate(streams):
        if problem.items[at].kind != "heading" or stream not in tails:
            tails[stream] = at
    return {tail for stream, tail in tails.items() if stream != problem.streams - 1}


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
        assert chances.previous[:, at].sum() == pytest.approx(1, abs=1e-3)
        assert chances.stream[at].sum() == pytest.approx(1, abs=1e-3)


@given(problems(), st.data())
@settings(max_examples=50, deadline=None)
def test_a_given_path_has_the_score_that_the_search_gives_it(
    problem: Problem, data: st.DataObject
) -> None:
    ways = list(everything(problem))
    for total, (streams, _) in data.draw(st.lists(st.sampled_from(ways), max_size=9)):
        assert own_score(problem, streams) == pytest.approx(total, abs=1e-2)


@given(problems())
@settings(max_examples=50, deadline=None)
def test_each_item_has_at_most_one_successor(problem: Problem) -> None:
    """Headings aside: one that comes late stands beside its article's text, not in it."""
    _, previous = best_path(problem, search(problem, BEAM))
    taken = [
        int(left)
        for left, item in zip(previous, problem.items, strict=True)
        if left < len(problem.items) and item.kind != "heading"
    ]
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
    none = np.full(matrix.shape, -1, np.int8)
    ends = np.zeros(6, np.float32)
    kinship = np.zeros((5, 3), np.float32)
    joins = Joins(matrix, none, ends, np.array([*closed, True]))
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


@pytest.mark.parametrize(("bits", "stream"), [(30.0, 1), (-30.0, 0)])
def test_an_article_may_begin_before_its_heading(bits: float, stream: int) -> None:
    problem = hand_made([[0.0] * 5 for _ in range(6)], [True, True, True, True, True])
    items = (*problem.items[:2], Item("atom", 2, 3), Item("heading", 3, 4, article=1))
    score = np.zeros((5, 4), np.float32)
    score[4, 2] = bits
    joins = Joins(score, np.full((5, 4), -1, np.int8), np.zeros(5, np.float32), np.ones(5, bool))
    problem = replace(problem, items=items, joins=joins, kinship=np.zeros((4, 3), np.float32))
    streams, previous = best_path(problem, search(problem, 60))
    assert list(streams) == [0, 0, stream, 1]
    assert previous[3] == (2 if stream else 4)
