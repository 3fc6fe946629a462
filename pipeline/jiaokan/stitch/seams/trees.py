"""The odds of a cut, by a few hundred small trees of decisions (gradient boosting, Friedman 2001).

What the counts and the network say of a place is worth more or less by where the place stands and
by what else is on the page; sums of evidence do not see that. Fitted by `bench/fit/cuts.py`.
"""

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jiaokan.language.towers import session


class Trees:
    """The trees; `load` gives them."""

    def __init__(self, trees: Any) -> None:
        self._trees = trees

    def odds(self, features: NDArray[np.float32]) -> NDArray[np.float32]:
        """log2 of the odds that each place is a seam; `features` of shape (places, features)."""
        (said,) = self._trees.run(None, {"features": np.ascontiguousarray(features, np.float32)})
        return np.asarray(said[:, 0] / np.log(2), np.float32)


@cache
def load() -> Trees:
    """The trees that ship with the package."""
    return Trees(session(Path(__file__).parents[1] / "data" / "cuts.onnx"))
