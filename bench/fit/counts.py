"""Count the language statistics anew: ``python -m bench.fit.counts``.

The corpus (``--corpus``, plain text, one paragraph a line, one ``.txt.xz`` a register) is read,
never copied; what is written are counts. See docs/language-model.md for what the figures mean.
"""

import argparse
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from jiaokan.language import store
from jiaokan.language.model import Model

from . import corpus, estimate, ngrams, prune, simplified
from .assemble import assemble, smaller
from .corpus import Register
from .ngrams import Table

ORDER = 5
DATA = Path("pipeline/jiaokan/language/data")

WEIGHTS = {
    "official": 0.5,
    "law": 0.5,
    "literature": 1.2,
    "news": 2.5,
    "technical": 0.6,
    "general": 4.0,
}
"""what one occurrence in a register counts"""

MIX = {
    "official": 0.2,
    "law": 0.05,
    "literature": 0.25,
    "news": 0.3,
    "technical": 0.05,
    "general": 0.15,
}
"""what share of a newspaper's characters a register stands for"""

KEPT = 5_700_000
"""n-grams of orders 2 to 5 that are stored: 13.8 MB in all"""

DISCOUNT = 0.8


@dataclass(frozen=True)
class Choice:
    """One way to make a model of the same counts."""

    name: str
    weights: dict[str, float]
    kept: int = KEPT
    order: int = ORDER


ALTERNATIVES = (
    Choice("all registers alike", dict.fromkeys(WEIGHTS, 1.0)),
    Choice("literature × 2", WEIGHTS | {"literature": 2.4}),
    Choice("official ÷ 2", WEIGHTS | {"official": 0.25, "law": 0.25}),
    Choice("order 3", WEIGHTS, order=3),
    Choice("order 4", WEIGHTS, order=4),
    Choice("a quarter of the n-grams", WEIGHTS, KEPT // 4),
    Choice("half the n-grams", WEIGHTS, KEPT // 2),
    Choice("twice the n-grams", WEIGHTS, KEPT * 2),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Count, prune, fit, write, and print the table of figures."""
    options = _parser().parse_args(arguments)
    try:
        registers = corpus.load(options.corpus)
    except FileNotFoundError as error:
        print(error, file=sys.stderr)
        return 2
    _say("read")
    table = ngrams.count(registers, ORDER)
    _say("counted")
    options.out.mkdir(parents=True, exist_ok=True)
    if options.simplified:
        simplified.write(options.out / "simplified.npy")
    shipped = Choice("**shipped**", WEIGHTS)
    model = make(table, registers, shipped)
    store.write(model, options.out)
    print(_head())
    print(_row(shipped, model, registers), flush=True)
    for choice in ALTERNATIVES if options.alternatives else ():
        print(_row(choice, make(table, registers, choice), registers), flush=True)
        _say(choice.name)
    return 0


def make(table: Table, registers: list[Register], choice: Choice) -> Model:
    """The fitted model of a choice."""
    weights = np.array([choice.weights[register.name] for register in registers])
    table = Table(table.characters, table.orders[: choice.order])
    saved = prune.gains(table, prune.weigh(table, weights))
    table = smaller(table, prune.choose(table, saved, choice.kept))
    model = assemble(table, prune.weigh(table, weights), [DISCOUNT] * (choice.order - 1))
    return estimate.train(model, registers, MIX)


def _head() -> str:
    names = " | ".join(corpus.REGISTERS)
    return f"| model | MB | {names} | mix |\n|---|---:|{'---:|' * len(corpus.REGISTERS)}---:|"


def _row(choice: Choice, model: Model, registers: list[Register]) -> str:
    """One row of the table: earned bits a character of the held-out parts."""
    size = (model.grams.cells.nbytes + model.grams.checks.nbytes) / 1e6
    each = {
        register.name: estimate.bits(model, register.heldout)
        + estimate.mass(model, register.heldout)
        for register in registers
    }
    mean = sum(MIX[name] * value for name, value in each.items()) / sum(MIX.values())
    figures = " | ".join(f"{value:.2f}" for value in each.values())
    return f"| {choice.name} | {size:.1f} | {figures} | {mean:.3f} |"


def _say(what: str) -> None:
    print(f"{time.process_time():6.0f} s {what}", file=sys.stderr)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.fit.counts", description=__doc__)
    parser.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    parser.add_argument("--out", type=Path, default=DATA)
    parser.add_argument("--alternatives", action="store_true", help="print their figures too")
    parser.add_argument(
        "--simplified", action="store_true", help="renew simplified.npy too (needs opencc)"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
