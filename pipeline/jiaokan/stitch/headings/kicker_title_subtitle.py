"""Headings in two and three parts without a dash: 引题, 主题, 副题.

The chain knows a column's name or a slogan above a title, and a title's second line; a subtitle
shows itself by its dash. Where three lines stand one below the other, a blank line between them, it
reads a title, a kicker and a title: the first would be one of which no text is read. They are a
kicker, a title and a subtitle. So are a kicker and a title a title and its subtitle, where the
lower line says of whom it tells (记劳动模范林若谷): engines often lose the dash before it. Neither
such a line below a title is an author's, nor one with a number in it (十天浇麦一万亩), unless it is
an institution.

Where the chain reads two titles, one below the other, the upper one is a column's name if it is
short, has no other one above, and stands above one of more than twice its length, or in bold above
one that is marked as a heading: a headline on two lines is broken near its middle, and its lines
are marked alike. For the same reason a line that is marked as a heading, above a blank line and one
that is not marked, is a title with its subtitle. A line that ends in a verb without its object
(以“小切口”推动) is the first one of a title, and so may be the line above a title and its author,
below a text that breaks off, if nothing goes on from it. The lower one is a subtitle if it says of
whom the upper one tells, or if blanks part three clauses in it and none in the upper one.

Left alone: lines of which a rule knows what they are, and other columns' names of a few characters.
"""

from collections.abc import Mapping, Sequence

from jiaokan.lazy_regex import lazy
from jiaokan.stitch.blocks import Block
from jiaokan.stitch.headings.labels import Heading
from jiaokan.stitch.headings.markup import BOLD
from jiaokan.stitch.headings.reader import Reader
from jiaokan.stitch.headings.wording import institution

LEAST = 6
"""Characters of a line that is more than a column's name."""
RECORDS = lazy(
    "(?:追忆|追憶|追记|追記|缅怀|緬懷|记|記|访|訪)(?![者忆憶住得录錄事叙敘载載实實取问問谈談客一])[\u3400-\u9fff“”《》、·]{5,}"
)
"""A subtitle that says of whom or what the title tells."""

COUNTED = lazy(
    "[\u3400-\u9fff“”「」]*?[一二两兩三四五六七八九十百千万萬亿億〇零]{2,}[\u3400-\u9fff“”「」]*"
)
"""A line with a number of several characters, and no blank that would part a name from it."""
COLUMN = lazy("[\u3400-\u9fff“”·]{2,6}")
"""What a column may be called."""
LONGER, BRIEF = 2, 3
"""How many times as long a headline is at least, above which a column's name stands; and characters
of one that no blank line need part from it."""
READS_ON = 0.0
"""Bits from which on such a line is rather a headline's beginning: 传统 / 节日的当代表达."""
CLAUSES = lazy(r"\S{4,12}(?: \S{4,12}){2,3}")
"""Three or four clauses that say what the title says: 起付线更低 报销比例更高 覆盖范围更广."""

PERHAPS = 0.15
"""How probable a title the chain must have found such a line at least."""

WITH = lazy(
    "(?:以|用|让|讓|靠)[^ \u3000，]{2,12}(?:推动|推動|促进|促進|带动|帶動|引领|引領|推进|推進"
    "|助推|助力|激活|撬动|破解|擦亮|点亮|筑牢|绘就|谱写|书写|托起|撑起|守护|赋能)"
)
"""By what means something is done to what stands on the next line: 以“小切口”推动."""


def threefold(
    found: Sequence[Block], settled: Mapping[int, Heading], reader: Reader
) -> dict[int, Heading]:
    """Lines that the chain took for something else, by their index."""
    again: dict[int, Heading] = {}
    for at in sorted(settled):
        rows = range(at - 2, at + 1)
        plain = all(row in settled and _plain(found[row]) for row in rows)
        if plain and [settled[row].role for row in rows] == ["title", "kicker", "title"]:
            top, middle, low = (settled[row] for row in rows)
            again[at - 2] = top._replace(role="kicker")
            again[at - 1] = middle._replace(role="title", title=low.title)
            again[at] = low._replace(role="subtitle")
            continue
        tells = _counts(found[at]) or (_plain(found[at]) and RECORDS.fullmatch(found[at].text))
        if settled[at].role == "byline" and tells:
            again[at] = settled[at]._replace(role="subtitle")
            continue
        pair = settled.get(at - 1), settled[at]
        roles = [one and one.role for one in pair]
        pairs = ["title", "title"], ["kicker", "title"]
        if roles in pairs and _marked_apart(found, at):
            again[at - 1] = settled[at]._replace(role="title")
            again[at] = settled[at]._replace(role="subtitle")
            continue
        if _missed(found, at, settled, reader):
            again[at - 1] = settled[at - 1]._replace(role="title")
            continue
        if roles == ["title", "title"]:
            again |= _two_titles(found, at, settled, reader)
            continue
        if roles != ["kicker", "title"]:
            continue
        if _plain(found[at]) and found[at - 1].role == "body" and _wants_object(found[at - 1].text):
            again[at - 1] = settled[at]._replace(role="title")
            continue
        if _plain(found[at - 1]) and _plain(found[at]) and RECORDS.fullmatch(found[at].text):
            again[at - 1] = settled[at]._replace(role="title")
            again[at] = settled[at]._replace(role="subtitle")
    return again


def _marked_apart(found: Sequence[Block], at: int) -> bool:
    """Whether the raw page marks the line above as a heading, and this one, below a blank line, as
    none or in bold."""
    upper, lower = found[at - 1], found[at]
    marked = 0 < upper.mark < BOLD and lower.mark in (0, BOLD) and lower.blanks > 0
    return marked and _plain(upper) and _plain(lower)


def _missed(
    found: Sequence[Block], at: int, settled: Mapping[int, Heading], reader: Reader
) -> bool:
    """Whether the line above a title with an author is the title's first one, which the chain took
    for the end of the text above it that breaks off: no text goes on from it, either."""
    above, title, author = (settled.get(row) for row in range(at - 1, at + 2))
    if above is None or title is None or author is None or found[at].role != "body":
        return False
    roles = above.role in ("body", "subhead"), title.role == "title", author.role == "byline"
    ends = float(reader.goes_text[reader.row(found[at - 1])]) < 0
    return all(roles) and above.title >= PERHAPS and _plain(found[at - 1]) and ends


def _wants_object(line: str) -> bool:
    """Whether a line ends in a verb of which the object stands below it.

    >>> _wants_object("以“小切口”推动"), _wants_object("政府引导 市场推动")
    (True, False)
    """
    return WITH.fullmatch(line) is not None


def _two_titles(
    found: Sequence[Block], at: int, settled: Mapping[int, Heading], reader: Reader
) -> dict[int, Heading]:
    """What found[at] and the line above it are, if not the lines of one title."""
    upper, lower = found[at - 1], found[at]
    if upper.role != "body" or lower.role != "body":
        return {}
    remembers = RECORDS.fullmatch(lower.text) and not RECORDS.match(upper.text)
    if remembers or (" " not in upper.text and CLAUSES.fullmatch(lower.text)):
        return {at: settled[at]._replace(role="subtitle")}
    longer = len(lower.text) > LONGER * len(upper.text)
    parted = longer and (lower.blanks or len(upper.text) <= BRIEF)
    free = at < 2 or at - 2 not in settled or settled[at - 2].role != "kicker"
    named = (
        free and (parted or upper.mark == BOLD != lower.mark > 0) and COLUMN.fullmatch(upper.text)
    )
    if named and reader.runs_on(upper, lower) < READS_ON:
        return {at - 1: settled[at - 1]._replace(role="kicker")}
    return {}


def _counts(block: Block) -> bool:
    """Whether a line that no rule takes for an author's tells of a number."""
    return _plain(block) and COUNTED.fullmatch(block.text) is not None and not institution(block)


def _plain(block: Block) -> bool:
    return block.role == "body" and len(block.text) >= LEAST
