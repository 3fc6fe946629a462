"""Lines whose words the text below says again, and the text above does not.

A title names what its article is about, so that the first hundred characters below it bring its
words again; the text above it is another article's, and has none of them. A sub-heading's words
stand on both sides. A column that was torn gives the same line neither: what it says stands there
once. Where an engine read a title above a later column of its text, nothing else tells it from a
piece of that column.

Left alone: lines of which a word stands above them, too; where less than three come again; and
short ones, which are sub-headings if they are no text.
"""

from collections.abc import Sequence

from jiaokan.stitch.blocks import Block, short

REACH = 400
"""Characters of text above and below that are compared."""
FEWEST = 3
"""Words that come again at least."""
LEAST = 7
"""Chinese characters of the shortest line that is looked at."""
EMPTY = frozenset("的了在是和不一有个個我他这這上们們到说說就人来來")
"""Characters that words are not told by."""


def resaid(found: Sequence[Block], at: int) -> bool:
    """Whether the text below a line says its words again, and that above it none of them."""
    line = found[at].text
    if sum("\u3400" <= char <= "\u9fff" for char in line) < LEAST:
        return False
    own = _words(line)
    if len(own) < FEWEST or len(own & _words(_text(found, range(at + 1, len(found))))) < FEWEST:
        return False
    return not own & _words(_text(found, range(at - 1, -1, -1)))


def _text(found: Sequence[Block], order: range) -> str:
    """The text next to a line, in this order, down or up the page."""
    taken: list[str] = []
    left = REACH
    for at in order:
        block = found[at]
        if block.role == "body" and not short(block):
            taken.append(block.text[:left] if order.step > 0 else block.text[-left:])
            left -= len(taken[-1])
        if not left:
            break
    return "\n".join(taken)


def _words(text: str) -> frozenset[str]:
    """Its neighbouring Chinese characters.

    >>> sorted(_words("修路的人，修桥"))
    ['修桥', '修路']
    """
    pairs = (text[at : at + 2] for at in range(len(text) - 1))
    return frozenset(
        pair
        for pair in pairs
        if min(pair) >= "\u3400" and max(pair) <= "\u9fff" and not EMPTY & set(pair)
    )
