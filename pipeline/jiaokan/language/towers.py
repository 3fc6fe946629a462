"""How well text runs on, by a small recurrent network that sees whole lines.

Two towers read a page: one has read the text up to a place, the other, backward,
the text from a place on. Their product says how much likelier the second goes on
from the first than from anywhere: natural logarithm of P(right | left) / P(right), up to a
constant. Learned by telling true continuations from others of the batch (contrastive
predictive coding, van den Oord et al. 2018; `bench/fit/towers.py`). A place is read once,
and every pair of places costs one product.
"""

import os
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from jiaokan.language.view import Codes

Floats = NDArray[np.float32]

STEP = 96
"""Characters of a line that are read at a time."""
CONTEXT = 48
"""Characters around them that are read first."""
BATCH = 8
"""Stretches that are read together: more take more memory, and no less time."""
ROWS = 1024
"""Pairs of places that are compared together."""
BITS = 1 / np.log(2)
LEAST = 1e-9
"""Added to a scale, so that none is zero."""


class Rows(NamedTuple):
    """Numbers of every offset of a text, in 8 bits: a large page has many."""

    numbers: NDArray[np.int8]
    """Shape (len(text) + 1, D)."""
    scale: Floats
    """What 1 stands for in each row, shape (len(text) + 1, 1)."""

    def take(self, offsets: NDArray[np.intp]) -> Floats:
        """The numbers at some offsets, shape (len(offsets), D)."""
        return self.numbers[offsets] * self.scale[offsets]

    def put(self, rows: slice, numbers: Floats) -> None:
        """Set the numbers of some offsets."""
        scale = np.abs(numbers).max(axis=1, keepdims=True) / 127 + LEAST
        self.numbers[rows] = np.rint(numbers / scale)
        self.scale[rows] = scale


def _rows(count: int, width: int) -> Rows:
    return Rows(np.zeros((count, width), np.int8), np.zeros((count, 1), np.float32))


class Seen(NamedTuple):
    """What was read around every offset of a text."""

    before: Rows
    """The text of the line up to the offset."""
    behind: Rows
    """The text of the line from the offset on."""

    def joins(self, ends: NDArray[np.intp], starts: NDArray[np.intp]) -> Floats:
        """Bits by which the text at each start goes on from the text at each end.

        Shape (len(ends), len(starts)).
        """
        bits: Floats = self.before.take(ends) @ self.behind.take(starts).T
        bits *= np.float32(BITS)
        return bits

    def pairs(self, ends: NDArray[np.intp], starts: NDArray[np.intp]) -> Floats:
        """The same, row by row; shape (len(ends),)."""
        bits = np.empty(len(ends), np.float32)
        for low in range(0, len(ends), ROWS):
            some = slice(low, low + ROWS)
            before, behind = self.before.take(ends[some]), self.behind.take(starts[some])
            bits[some] = np.einsum("ij,ij->i", before, behind)
        return bits * np.float32(BITS)


class Towers:
    """The network; `load` gives it."""

    def __init__(self, session: Any, numbers: NDArray[np.int64]) -> None:
        self._session = session
        self._numbers = numbers
        self.width: int = session.get_outputs()[0].shape[2]

    def read(self, codes: Codes, lines: Sequence[tuple[int, int]]) -> Seen:
        """Read the lines (start, end) of a text; what is outside of them stays zero."""
        before, behind = (_rows(len(codes) + 1, self.width) for _ in range(2))
        ids = self._numbers[np.minimum(codes, len(self._numbers) - 1)]
        stretches = [
            (max(start, at - CONTEXT), at, min(at + STEP, end), min(at + STEP + CONTEXT, end))
            for start, end in lines
            for at in range(start, end, STEP)
        ]
        stretches.sort(key=lambda one: one[3] - one[0])
        for low in range(0, len(stretches), BATCH):
            some = stretches[low : low + BATCH]
            lengths = np.array([last - first for first, _, _, last in some], np.int32)
            batch = np.zeros((int(lengths.max()), len(some)), np.int64)
            for column, (first, _, _, last) in enumerate(some):
                batch[: last - first, column] = ids[first:last]
            left, right = self._session.run(None, {"ids": batch, "lengths": lengths})
            for column, (first, start, stop, _) in enumerate(some):
                rows = slice(start - first, stop - first)
                before.put(slice(start + 1, stop + 1), left[rows, column])
                behind.put(slice(start, stop), right[rows, column])
        return Seen(before, behind)


@cache
def load() -> Towers:
    """The network that ships with the package."""
    data = Path(__file__).parent / "data"
    with (data / "towers.npy").open("rb") as source:
        characters = np.load(source)
    numbers = np.zeros(0x30000, np.int64)
    numbers[characters] = np.arange(1, len(characters) + 1)
    return Towers(session(data / "towers.onnx"), numbers)


def session(path: Path) -> Any:
    """A model of onnxruntime, run on one core.

    onnxruntime is told to gather nothing about its use. Else it makes a number for this machine,
    keeps it in the user's home, and sends reports where it can.
    """
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # read when it is imported
    from onnxruntime import InferenceSession, SessionOptions  # heavy: only where a page needs it

    options = SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.enable_cpu_mem_arena = options.enable_mem_pattern = False  # memory that is given back
    return InferenceSession(path.read_bytes(), options)
