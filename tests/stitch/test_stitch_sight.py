"""Places for cuts: where none can be, and which are worth a closer look."""

import numpy as np
from jiaokan.language import walk
from jiaokan.stitch.blocks import Block
from jiaokan.stitch.seams.first_ranking import LIKELY, MARGIN, Sight, at_sight
from jiaokan.stitch.seams.refine import CHANGE, _changes

TEXT = "早市开了，卖豆腐的说：“今天 ABC 2024年嫩。”他笑了笑\n河边的老槐树下摆着棋"


def seen(text: str) -> Sight:
    lines = text.split("\n")
    starts = np.cumsum([0, *(len(line) + 1 for line in lines)])[:-1].tolist()
    body = [
        Block(start, start + len(line), line, 1) for start, line in zip(starts, lines, strict=True)
    ]
    return at_sight(walk(text), text, body, frozenset({3}), np.zeros((len(text), 2), np.float32))


def test_no_cut_beside_marks_blanks_edges_or_inside_words() -> None:
    sight = seen(TEXT)
    places = sight.places.tolist()
    assert places == sorted(places)
    for at in places:
        around = TEXT[at - 1 : at + 1]
        assert around[1] not in "，。：”"
        assert around[0] != "“"
        assert not any(character.isspace() for character in around)
        assert not (around.isascii() and around.isalnum())
    end = TEXT.index("\n")
    assert min(places) == MARGIN
    assert max(at for at in places if at < end) <= end - MARGIN
    assert min(at for at in places if at > end) == end + 1 + MARGIN
    assert TEXT.index("豆") in places
    assert sight.printed[places.index(3)] == 1
    assert sight.printed.sum() == 1


def test_blocks_too_short_for_a_cut_have_none() -> None:
    assert len(seen("好\n好的\n好吧。").places) == 0


def test_a_small_page_is_looked_at_whole_and_a_large_one_in_part() -> None:
    small = seen(TEXT)
    assert small.likely() is small
    large = seen("\n".join([TEXT] * 60))
    kept = large.likely()
    assert len(kept.places) == LIKELY < len(large.places)
    assert kept.places.tolist() == sorted(set(kept.places.tolist()))
    row = int(np.searchsorted(large.places, kept.places[5]))
    assert kept.natural[5] == large.natural[row]
    assert kept.features.shape == (LIKELY, 8)


def test_the_place_that_runs_on_least_is_kept() -> None:
    large = seen("\n".join([TEXT] * 60))
    torn = len(large.places) // 2
    natural = large.natural.copy()
    natural[torn] -= 40
    assert large.places[torn] in large._replace(natural=natural).likely().places


def test_changes_are_found_block_by_block_whatever_stands_beside() -> None:
    rng = np.random.default_rng(3)
    blocks, at = [], 0
    for length in rng.integers(2, 90, 40).tolist():
        blocks.append((at, at + length))
        at += length + 1
    bits = rng.normal(0, 1.2, (at, 3)).astype(np.float32)
    together = _changes(bits, blocks)
    alone = [
        (number, *change)
        for number, block in enumerate(blocks)
        for _, *change in _changes(bits, [block])
    ]
    assert together == alone
    assert together


def test_a_change_must_pay() -> None:
    bits = np.zeros((20, 2), np.float32)
    bits[:10, 0] = bits[10:, 1] = CHANGE / 10 + 0.01
    assert _changes(bits, [(0, 20)]) == [(0, 10, 0, 1)]
    bits[10:, 1] = CHANGE / 10 - 0.01
    assert _changes(bits, [(0, 20)]) == []
