"""Counting anew, on a small made-up corpus: exact counts, pruning, a model that reads back."""

import lzma
from collections import Counter
from itertools import pairwise
from pathlib import Path
from random import Random

import numpy as np
import pytest
from jiaokan.language import Codes, store, view
from jiaokan.language.cells import STEP
from jiaokan.language.view import read

from bench.fit import corpus, counts, estimate, ngrams, prune
from bench.fit.assemble import assemble, smaller
from bench.fit.corpus import Register
from bench.fit.ngrams import Table

TEXT = "春天 来了 我们 在 河边 种树 。 老人 说 ， 树 活了 就 好 ； 孩子们 笑 着 跑 开"
WORDS = [*TEXT.split(), "\n"]
ORDER = 4


@pytest.fixture(scope="module")
def registers() -> list[Register]:
    return [
        Register(name, *(made_up(seed, size) for size in (9_000, 900, 900)))
        for seed, name in enumerate(corpus.REGISTERS)
    ]


@pytest.fixture(scope="module")
def table(registers: list[Register]) -> Table:
    return ngrams.count(registers, ORDER)


def made_up(seed: int, size: int) -> Codes:
    random = Random(seed * 1_000 + size)
    lines = "".join(random.choice(WORDS) for _ in range(size // 2))
    return corpus.stream(lines)


def spelled(table: Table, n: int) -> list[str]:
    """The n-grams of order n as strings."""
    if n == 1:
        return [chr(code) for code in table.characters]
    order, shorter = table.orders[n - 1], spelled(table, n - 1)
    single = spelled(table, 1)
    return [shorter[p] + single[c] for p, c in zip(order.prefix, order.last, strict=True)]


@pytest.mark.parametrize("n", range(1, ORDER + 1))
def test_counts_are_exact(registers: list[Register], table: Table, n: int) -> None:
    per_register = []
    for register in registers:
        text = register.counted.astype("<u4").tobytes().decode("utf-32-le")
        per_register.append(Counter(text[i : i + n] for i in range(len(text) - n + 1)))
    whole = sum(per_register, Counter())
    expected = {gram for gram, count in whole.items() if n == 1 or count >= 2}
    grams = spelled(table, n)
    assert set(grams) == expected
    assert len(grams) == len(expected)
    for row, counter in zip(table.orders[n - 1].counts, per_register, strict=True):
        assert [counter[gram] for gram in grams] == row.tolist()


def test_suffixes_are_suffixes(table: Table) -> None:
    for n in range(2, ORDER + 1):
        shorter = spelled(table, n - 1)
        for gram, suffix in zip(spelled(table, n), table.orders[n - 1].suffix, strict=True):
            assert gram[1:] == shorter[suffix]


def test_pruning_keeps_what_look_ups_need(table: Table) -> None:
    saved = prune.gains(table, prune.weigh(table, np.ones(6)))
    kept = prune.choose(table, saved, 300)
    assert 200 < sum(int(mask.sum()) for mask in kept[1:]) <= 300
    grams = [
        {gram for gram, keep in zip(spelled(table, n), kept[n - 1], strict=True) if keep}
        for n in range(1, ORDER + 1)
    ]
    for shorter, longer in pairwise(grams):
        assert all(gram[1:] in shorter and gram[:-1] in shorter for gram in longer)


def test_a_model_reads_back_its_counts(table: Table, tmp_path: Path) -> None:
    weights = np.ones(6)
    saved = prune.gains(table, prune.weigh(table, weights))
    small = smaller(table, prune.choose(table, saved, 1_000))
    weighted = prune.weigh(small, weights)
    store.write(assemble(small, weighted, [0.5] * (ORDER - 1)), tmp_path)
    model = store.read(tmp_path)
    assert model.order == ORDER
    for n in range(2, ORDER + 1):
        for gram, count in zip(spelled(small, n), weighted[n - 1], strict=True):
            stored = model.log2_count(view(gram), n)[-1]
            assert stored == pytest.approx(np.log2(count), abs=STEP)


def test_fitting_the_weights_helps(table: Table, registers: list[Register]) -> None:
    model = assemble(table, prune.weigh(table, np.ones(6)), [0.5] * (ORDER - 1))
    trained = estimate.train(model, registers, counts.MIX)
    before, after = (estimate.mean_bits(which, registers, counts.MIX) for which in (model, trained))
    assert after < before
    assert abs(estimate.mass(trained, registers[0].heldout)) < 0.1


def test_what_is_held_out_is_not_counted(tmp_path: Path) -> None:
    characters = [chr(code) for code in range(0x4E00, 0x5600) if read(chr(code)) == chr(code)]
    for name in corpus.REGISTERS:
        lines = [f"{name}{character}。" for character in characters[:1_000]]
        path = tmp_path / f"{name}.txt.xz"
        path.write_bytes(lzma.compress("\n".join(lines).encode()))
    for register in corpus.load(tmp_path):
        parts = [set(part.tolist()) for part in (register.tuning, register.heldout)]
        for part in parts:
            unseen = {code for code in part if 0x4E00 <= code < 0xA000}
            assert len(unseen) == pytest.approx(20, abs=2)
            assert not unseen & set(register.counted.tolist())


def test_no_corpus_is_a_clear_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert counts.main(["--corpus", str(tmp_path)]) == 2
    assert "--corpus" in capsys.readouterr().err
