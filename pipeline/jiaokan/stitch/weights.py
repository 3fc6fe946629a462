"""The weights of the evidence, in bits. One obvious place."""

from dataclasses import dataclass
from functools import cache

from jiaokan.stitch.learned import learned


@dataclass(frozen=True, slots=True)
class Weights:
    """Costs are subtracted, gains added; all in bits (log2). The defaults are where fitting began;
    `weights()` gives the fitted ones."""

    kinship: float = 0.6
    """Weight of an article's own vocabulary."""
    kinship_mix: float = 0.3
    """Share of the article's cache in the mixture with the corpus."""
    switch_open: float = 2.0
    """To leave an article in mid-sentence at a block's end."""
    switch_closed: float = 9.0
    """To leave an article at a paragraph's end."""
    switch_heading: float = 6.0
    """To leave an article between its heading and its first paragraph."""
    switch_inline: float = 26.0
    """To leave an article inside a block."""
    switch_wrapped: float = 16.0
    """To leave an article inside a block at a printed line's end."""
    paragraph: float = 12.0
    """To run on where a closed block, a heading or a list's line meets a block's start."""
    doubled: float = 3.0
    """To take the character at a seam as read twice."""
    reopened: float = 60.0
    """To go on with an article behind its affiliation."""
    bodiless: float = 20.0
    """To leave a heading without a body."""
    stray: float = 24.0
    """To open a stream for a fragment that belongs to no heading."""
    carried: float = 2.0
    """The same for text before the page's first heading."""
    far_affiliation: float = 4.0
    """To give an affiliation to another article than the one just read."""


@cache
def weights() -> Weights:
    """The fitted weights."""
    return Weights(**learned("weights")["values"])


CANDIDATES = 120
"""Cuts inside blocks that the search considers on a page."""
AGAIN = 60
"""How many of them it considers again, beside the cuts that a first reading asks for."""
BEAM = 60
"""States that the search keeps."""
TEMPERATURE = 4.0
"""Scores are divided by it before they become probabilities: sums of joins are overconfident."""
