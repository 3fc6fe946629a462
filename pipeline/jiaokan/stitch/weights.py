"""The weights of the evidence, in bits. One obvious place."""

from dataclasses import dataclass
from functools import cache

from jiaokan.stitch.learned import learned


@dataclass(frozen=True, slots=True)
class Weights:
    """What each piece of evidence counts, in bits; costs are below zero. The defaults are where
    fitting begins; `weights()` gives the fitted ones."""

    # how an item goes on from its predecessor
    join: float = 1.0
    """A bit by which the head is likelier behind the tail than anywhere."""
    network: float = 0.0
    """The same by the network that sees whole lines; without it nothing."""
    starts: float = 1.0
    """A bit by which the head is likelier at a paragraph's start than anywhere."""
    ends: float = 0.3
    """A bit of log2 P(a paragraph ends here | tail)."""
    parted: float = -2.0
    """The predecessor ends its paragraph and the item opens one."""
    broken: float = -10.0
    """The same where the predecessor stops in mid-sentence."""
    broken_next: float = 4.0
    """The same where the page shows it so: both lines are neighbours."""
    colon: float = -2.0
    """The same behind a colon or a semicolon: a list or a speech follows."""
    parted_inside: float = -2.0
    """A paragraph opens inside a block."""
    run_on: float = -12.0
    """The text runs on where a closed block or a list's line meets a block's start."""
    lone: float = -3.0
    """The text runs on from what looks like a sub-heading: it may be torn off. Of 60 on generated
    pages, true ones run on into a text by 2.8 bits at most, 24 of 34 torn ones into their rest
    by 2.6 and more. Neighbours on the page stay two lines in any case (`jiaokan.stitch.write`)."""
    doubled: float = -2.0
    """The character at the seam is taken as read twice."""
    doubled_next: float = -6.0
    """The same between neighbours on the page."""
    quote_fits: float = 3.0
    """The predecessor leaves a quotation mark or bracket open, the item closes it."""
    quote_breaks: float = -3.0
    """A mark that is left open, or closed without having been opened."""
    answers: float = 4.0
    """A speaker's paragraph follows another speaker's."""
    silent: float = -2.0
    """A paragraph without a speaker follows a speaker's."""

    # how an item fits its article
    pairs: float = 0.09
    """A bit by which the article's own vocabulary makes the item's pairs of characters likelier."""
    singles: float = 0.07
    """The same for its characters."""
    roomy: float = -2.5
    """A doubling of the article's vocabulary: a large one fits anything better."""
    titled: float = 0.09
    """A bit of the pairs of characters that the item shares with the article's heading."""
    counted: float = 6.0
    """The number before the item's own stands in the article."""
    spoken: float = 8.0
    """The article has speakers as the item has."""

    # how the page goes on
    switch_open: float = -2.0
    """To leave an article in mid-sentence at a block's end."""
    switch_closed: float = -8.0
    """To leave an article at a paragraph's end."""
    switch_heading: float = -10.0
    """To leave an article between its heading and its first paragraph."""
    switch_line: float = 0.0
    """To leave an article at a block's end where no blank line follows."""
    switch_inline: float = -4.0
    """To leave an article inside a block, beside `odds`."""
    odds: float = 1.0
    """A bit of the odds that a place inside a block is a seam."""
    short: float = -6.0
    """The fragment that is left is as short as can be; less where it is longer."""
    early: float = -10.0
    """An article begins on the page before its heading."""
    further: float = -8.0
    """Another heading stands between: titles are read with a later column of their text."""
    carried: float = -2.0
    """A fragment before the page's first heading belongs to none."""
    stray: float = -24.0
    """A later fragment belongs to no heading."""
    end_open: float = -6.0
    """An article stops in mid-sentence at the page's end."""
    bodiless: float = -20.0
    """A heading has no body."""
    affiliation_open: float = -6.0
    """An affiliation follows text that stops in mid-sentence."""
    affiliation_far: float = -4.0
    """An affiliation belongs to another article than the one just read."""


@cache
def weights(network: bool = False) -> Weights:
    """The fitted weights, for use with the network or without it."""
    return Weights(**learned("weights with network" if network else "weights")["values"])


CANDIDATES = 120
"""Cuts inside blocks that the search considers on a page."""
AGAIN = 60
"""How many of them it considers again, beside the cuts that a first reading asks for."""
BEAM = 30
"""States that the search keeps; more where there are many streams (`search.FEW`)."""
NARROWER = 12
"""The same while the articles' vocabularies are still being estimated."""
REOPENED = -60.0
"""Bits against going on with an article behind its affiliation."""
KINSHIP_MIX = 0.5
"""Share of the article's cache in the mixture with the corpus."""
