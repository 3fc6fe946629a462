"""The batches that the network is trained on."""

import numpy as np

from bench.fit import towers


def test_both_windows_show_the_same_text_around_a_place() -> None:
    rng = np.random.default_rng(3)
    streams = {name: np.arange(200_000) % 65_000 for name in towers.SHARES}
    left, right, before, behind = towers.batch(streams, rng)
    rows = np.arange(len(left))[:, None]
    assert left.shape == right.shape == (towers.STRETCHES, towers.WINDOW)
    # the running numbers of the text go on from one window's place to the other's
    last, first = left[rows, before - 1], right[rows, behind]
    known = (last > 0) & (first > 0)  # 0 is a stranger, as an engine misreads some
    assert known.mean() > 0.9
    assert set(np.unique((first - last)[known])) <= {1, 1 - 65_000}


def test_no_step_count_tells_a_true_pair() -> None:
    rng = np.random.default_rng(4)
    streams = {name: np.zeros(200_000, np.uint16) for name in towers.SHARES}
    _, _, before, behind = towers.batch(streams, rng)
    assert len(np.unique(before - behind)) > towers.SLACK
    assert before.min() >= towers.EDGE
    assert (towers.WINDOW - behind).min() >= towers.EDGE
