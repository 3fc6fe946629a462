"""Counts of pairs that were asked for before are those of the table."""

import numpy as np
from jiaokan.language import load, view
from jiaokan.language.cells import log2_of
from jiaokan.language.pairs import Pairs

PROSE = "渡口的老槐树下常年摆着一张方桌，过河的人爱在这里坐一坐，说说今年的收成和天气。"


def test_pairs_are_those_of_the_table_however_often_they_are_asked_for() -> None:
    grams = load().grams
    pairs = Pairs(grams)
    random = np.random.default_rng(5)
    prose = view(PROSE)
    for _ in range(3):
        strange = random.integers(0, 0x11000, 400, dtype=np.uint32)
        left = np.concatenate([prose, strange, random.choice(prose, 4000)])
        right = np.concatenate([prose[1:], prose[:1], strange[::-1], random.choice(prose, 4000)])
        for _ in range(2):
            assert np.array_equal(pairs.log2(left, right), log2_of(grams.pairs(left, right)))


def test_no_pairs() -> None:
    nothing = np.zeros(0, np.uint32)
    assert Pairs(load().grams).log2(nothing, nothing).shape == (0,)


def test_pairs_that_drive_one_another_out_are_told_apart() -> None:
    grams = load().grams
    pairs = Pairs(grams)
    every = np.arange(0x4E00, 0x9FA6, dtype=np.uint32)
    for shift in range(0, 60, 7):
        left, right = every, np.roll(every, shift)
        assert np.array_equal(pairs.log2(left, right), log2_of(grams.pairs(left, right)))
    left, right = np.repeat(view("的一是"), every.size), np.tile(every, 3)
    for _ in range(2):
        assert np.array_equal(pairs.log2(left, right), log2_of(grams.pairs(left, right)))
