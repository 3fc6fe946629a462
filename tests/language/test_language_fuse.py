"""The fuse filter as a map: what was put in comes out, strangers read as noise."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jiaokan.language import fuse
from numpy.typing import NDArray


def random_keys(count: int, seed: int) -> fuse.Keys:
    drawn = np.random.default_rng(seed).integers(0, 1 << 63, count, dtype=np.uint64)
    return np.unique(drawn)


def fingerprints(keys: fuse.Keys) -> NDArray[np.uint8]:
    return (fuse.mix(keys) & np.uint64(255)).astype(np.uint8)


@pytest.mark.parametrize("count", [1, 2, 3, 10, 100, 1_000, 10_000, 200_000])
def test_no_false_negatives(count: int) -> None:
    keys = random_keys(count, count)
    values = (fuse.mix(keys) >> np.uint64(48)).astype(np.uint16)
    cells, shape = fuse.build(keys, values)
    assert cells.size == shape.size
    assert (fuse.look_up(cells, keys, shape) == values).all()


def test_strangers_read_as_noise() -> None:
    keys = random_keys(10_000, 1)
    cells, shape = fuse.build(keys, fingerprints(keys))
    strangers = np.setdiff1d(random_keys(100_000, 2), keys)
    share = (fuse.look_up(cells, strangers, shape) == fingerprints(strangers)).mean()
    assert 0.5 / 256 < share < 2 / 256


def test_large_sets_take_little_more_than_a_cell_a_key() -> None:
    keys = random_keys(300_000, 3)
    cells, _ = fuse.build(keys, np.zeros(keys.size, dtype=np.uint8))
    assert cells.size < 1.2 * keys.size


def test_two_builds_are_the_same() -> None:
    keys = random_keys(5_000, 4)
    values = np.arange(keys.size).astype(np.uint16)
    first, second = fuse.build(keys, values), fuse.build(keys, values)
    assert first[1] == second[1]
    assert (first[0] == second[0]).all()


def test_keys_that_are_not_distinct_are_refused() -> None:
    with pytest.raises(ValueError, match="distinct"):
        fuse.build(np.array([5, 5], dtype=np.uint64), np.array([1, 2], dtype=np.uint16))


@settings(max_examples=30, deadline=None)
@given(st.sets(st.integers(0, 2**64 - 1), min_size=1, max_size=300))
def test_any_set_of_keys(keys: set[int]) -> None:
    array = np.array(sorted(keys), dtype=np.uint64)
    values = np.arange(array.size, dtype=np.uint16)
    cells, shape = fuse.build(array, values)
    assert (fuse.look_up(cells, array, shape) == values).all()
