"""The options of a page, in four small groups, and the named presets."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace


@dataclass(frozen=True, slots=True)
class Layout:
    """How articles are cut into columns and laid on the page. Probabilities unless said."""

    articles_min: int = 2
    """articles on a page, at least"""
    articles_max: int = 4
    """articles on a page, at most"""
    columns_min: int = 2
    """columns of an article, at least"""
    columns_max: int = 4
    """columns of an article, at most"""
    column_chars: int = 0
    """characters of a column, about; overrides the number of columns unless 0"""
    uneven: float = 0.3
    """how far a column's end may lie from where equal columns would end, in columns"""
    related: float = 0.6
    """that the articles of a page are near neighbours of one register"""
    interleave: bool = True
    """columns of several articles alternate; off: one article after the other"""
    adjacent: float = 0.1
    """that the next column may be of the same article although others still have columns"""
    cut_paragraph: float = 0.12
    """that a column ends at a paragraph's end"""
    cut_sentence: float = 0.1
    """that a column ends at a sentence's end"""
    ragged: float = 0.05
    """that a column ends at any character, not at the end of a printed line"""
    glued: float = 0.33
    """that two columns of different articles meet inside a line, with no mark"""
    line_seam: float = 0.17
    """that they meet at a line's end; else a blank line parts them"""
    doubled: float = 0.05
    """that a character is read twice at a seam inside a paragraph"""
    lost: float = 0.02
    """that a character is lost at such a seam"""
    width_min: int = 12
    """characters in a printed line, at least"""
    width_max: int = 20
    """characters in a printed line, at most"""
    wrapped: bool = False
    """printed lines are kept as lines"""
    abreast: int = 1
    """columns that stand side by side in one raw line; 2 or more asks for gutters"""
    alternate: bool = False
    """columns side by side, two to `abreast` on a page: no gutters, each cell is a raw line"""
    spread: bool = False
    """articles stand side by side, up to `abreast` columns in all, with headings over their own;
    read in lines across the whole page"""
    across: int = 0
    """on such a page, printed rows that were so read, at most: below them its columns were read one
    by one; 0: all rows"""
    kept_blank: float = 0.3
    """on such a page, that a column's blank line beside a heading is read as one"""
    tight_paragraphs: float = 0.2
    """of a page, that its paragraphs are parted by a line's end and not by a blank line"""
    missed_blank: float = 0.08
    """of a paragraph's end on a wrapped page, that it shows no blank line"""
    stray_blank: float = 0.01
    """of a printed line on a wrapped page, that a blank line follows inside a paragraph"""
    indent: float = 0.1
    """of a page, that paragraphs keep their indent of two full-width spaces"""
    carried: bool = False
    """one article of the page comes from another page, or goes on there"""


@dataclass(frozen=True, slots=True)
class Headings:
    """Where titles, authors, affiliations and furniture stand. Probabilities unless said."""

    inside: float = 0.1
    """that a heading stands in the middle of the column before (or of its own first column)"""
    after: float = 0.04
    """that a heading stands after its article's first column; else it stands before it"""
    above: float = 0.0
    """that a heading stands right above a later column of its article: a title that is set over
    several columns is read with one of them"""
    torn: float = 0.4
    """of such a heading, that the column's name, or half of the title, stands over the first one"""
    two_lines: float = 0.15
    """that a title is broken over two lines"""
    padded_author: float = 0.6
    """that an author's name of two characters is set with a space inside"""
    author_mark: float = 0.12
    """that the author's line starts with 文/, □ or 本报记者"""
    tight: float = 0.2
    """that a heading line is parted from the next by a line's end and not by a blank line"""
    affiliation_glued: float = 0.25
    """that an affiliation follows the last paragraph without a break"""
    affiliation_foot: float = 0.15
    """that an affiliation (one a page at most) stands at the page's foot"""
    furniture: float = 0.3
    """that a page has lines of furniture"""
    lost: float = 0.0
    """of a page of three articles and more, that the engine lost the headings of one"""


@dataclass(frozen=True, slots=True)
class Damage:
    """What OCR does to characters; every figure is a probability for a character it applies to."""

    half_width: float = 0.0
    """；：？！（） become ASCII"""
    half_comma: float = 0.0
    """， becomes ASCII"""
    half_space: float = 0.0
    """a space follows a mark that became ASCII"""
    traditional: float = 0.0
    """a word of two to four characters starts here that is set in traditional characters"""
    confusion: float = 0.0
    """a character of the confusion table is misread"""
    space: float = 0.0
    """a space follows a Chinese character"""
    leaked_and: float = 0.0
    """和 becomes the English word"""
    lost_quote: float = 0.0
    """a closing quotation mark is lost"""
    dash: float = 0.0
    """—— becomes 一一"""


@dataclass(frozen=True, slots=True)
class PageOptions:
    """Everything that decides how a page looks; `letter` starts the kind in file names."""

    letter: str = "c"
    layout: Layout = field(default_factory=Layout)
    headings: Headings = field(default_factory=Headings)
    damage: Damage = field(default_factory=Damage)


PLAIN_HEADINGS = Headings(inside=0, after=0)

STACKED = Layout(wrapped=True, glued=0.03, line_seam=0.12, ragged=0.02, stray_blank=0.03)

PRESETS: Mapping[str, PageOptions] = {
    "columns": PageOptions(),
    "stacked": PageOptions("z", STACKED, Headings(inside=0.02, after=0.05, above=0.45)),
    "wrapped": PageOptions("w", Layout(wrapped=True, glued=0.15)),
    "lines": PageOptions(
        "l", Layout(wrapped=True, abreast=2, column_chars=240, uneven=0.1), PLAIN_HEADINGS
    ),
    "alternating": PageOptions(
        "a",
        Layout(wrapped=True, abreast=4, alternate=True, column_chars=240, uneven=0.2),
        PLAIN_HEADINGS,
    ),
    "spread": PageOptions(
        "s",
        Layout(wrapped=True, abreast=6, spread=True, column_chars=240, uneven=0.1),
        PLAIN_HEADINGS,
    ),
    "tops": PageOptions(
        "t",
        Layout(wrapped=True, abreast=6, spread=True, across=9, column_chars=240, uneven=0.1),
        PLAIN_HEADINGS,
    ),
    "in-order": PageOptions("o", Layout(interleave=False, articles_min=1), PLAIN_HEADINGS),
    "continued": PageOptions("k", Layout(carried=True)),
}

DAMAGES: Mapping[str, Damage] = {
    "off": Damage(),
    "light": Damage(0.95, 0.02, 0.5, 0.002, 0.004, 0.003, 0.02, 0.05, 0.3),
    "heavy": Damage(0.95, 0.02, 0.5, 0.004, 0.02, 0.02, 0.03, 0.2, 0.6),
    "theory": Damage(1.0, 1.0, 0.0, 0.0008, 0.0, 0.0, 0.03, 0.0, 0.0),
}


def with_settings(options: PageOptions, settings: Iterable[str]) -> PageOptions:
    """The options with each `group.name=value` of `settings` applied; ValueError names a bad one.

    >>> with_settings(PRESETS["columns"], ["layout.glued=1"]).layout.glued
    1.0
    """
    for setting in settings:
        path, _, value = setting.partition("=")
        group, _, name = path.partition(".")
        holder = getattr(options, group, None) if group in _GROUPS else None
        if holder is None or name not in {f.name for f in fields(holder)}:
            raise ValueError(f"no such option: {path!r} (see --list)")
        try:
            parsed = _parse(value, type(getattr(holder, name)))
        except ValueError:
            raise ValueError(f"not a value for {path}: {value!r}") from None
        changed = {group: replace(holder, **{name: parsed})}
        options = replace(options, **changed)
    return options


_GROUPS = ("layout", "headings", "damage")


def _parse(value: str, wanted: type) -> bool | int | float:
    if wanted is bool:
        if value not in ("0", "1", "true", "false"):
            raise ValueError(value)
        return value in ("1", "true")
    return int(value) if wanted is int else float(value)
