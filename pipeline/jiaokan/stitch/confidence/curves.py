"""How far the search's own probabilities can be trusted.

What the beam leaves out, and what no evidence speaks of, makes the search too sure.
A logistic curve over the log odds, one for seams at blocks' edges and one for seams
inside of them, gives the share of generated pages' seams that were right (Platt 1999;
`bench/fit/confidence.py`). Where columns that stood side by side were put one under another there
are two more: what was parted or put in order wrongly there, the search knows nothing of.
"""

from functools import cache
from math import exp, log

from jiaokan.stitch.learned import learned

MIXED = ", columns put one under another"
"""What the names of the curves of such pages end with."""
LEAST, MOST = 0.0005, 0.9995
"""Probabilities are taken to lie between."""


def trusted(chance: float, inner: bool, mixed: bool = False) -> float:
    """The share of seams with this probability that are right; `inner`: inside a block; `mixed`: on
    a page whose columns were put one under another.

    >>> trusted(0.9, False, mixed=True) < trusted(0.9, False)
    True
    >>> trusted(0.2, True) < trusted(0.9, True) < trusted(1.0, True) < 1
    True
    """
    constant, slope = _curve(("inner" if inner else "block") + (MIXED if mixed else ""))
    held = min(max(chance, LEAST), MOST)
    return 1 / (1 + exp(-constant - slope * log(held / (1 - held))))


@cache
def _curve(kind: str) -> tuple[float, float]:
    constant, slope = learned("confidence")["values"][kind]
    return constant, slope
