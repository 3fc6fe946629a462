"""Roles of printed lines (title, author, text, affiliation) by their wording, and which role
follows which in a column.

A title stands above its author's line, the author's line above the text, and an affiliation
ends an article.
"""

import numpy as np
from numpy.typing import NDArray

from jiaokan.columns.turns.printed_lines import Run
from jiaokan.rulebook.lines import Place

Indices = NDArray[np.intp]

TEXT, HEADING, AUTHOR, AFFILIATION = range(4)
FOLLOWS = np.array(
    [
        [0.0, 0.0, -4.0, 0.0],
        [0.0, 0.0, 3.0, -6.0],
        [1.0, -3.0, -3.0, -6.0],
        [-4.0, 2.0, -6.0, -6.0],
    ]
)
"""Bits for a line of the second kind below one of the first."""
LIKELIEST = Place("title", "body")
"""Where an author's line stands."""


def looks(run: Run) -> Indices:
    """What each line is by its width and its end."""
    return np.where(run.heading, HEADING, TEXT).astype(np.intp)


def roles(text: str, run: Run) -> Indices:
    """What each line is, by the built-in rules, too."""
    from jiaokan.rulebook import builtin_rules

    book = builtin_rules()
    found = looks(run)
    for row in map(int, np.flatnonzero(~run.full)):
        known = book.line_role(text[slice(*run.spans[row])], place=LIKELIEST)
        if known is not None and known.role in ("byline", "affiliation"):
            found[row] = AUTHOR if known.role == "byline" else AFFILIATION
    return found
