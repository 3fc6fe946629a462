"""The page's lines as blocks, each with the role that its own wording shows."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from jiaokan.lazy_regex import lazy
from jiaokan.rulebook import Rulebook
from jiaokan.rulebook.lines import Place
from jiaokan.rulebook.rule import Neighbour
from jiaokan.stitch.headings.page_head_wording import PAGES, heads_page

Role = Literal[
    "body",
    "kicker",
    "title",
    "subtitle",
    "byline",
    "far byline",
    "far kicker",
    "signature",
    "affiliation",
    "furniture",
    "subhead",
]
"""A signature is an author's name in brackets below the article; a far byline or
kicker one that an engine read somewhere else than at its title."""

LINE = lazy(r"[^\n]+")
"""A line of a page without full-width blanks."""
INDENTED_LINE = lazy(
    r"(?:(?!(?:(?<=\S{35})|(?<=\S{12}[。！？…][”’」』])|(?<=\S{12}[。！？…]))\u3000\u3000(?=\S{10}))[^\n])+"
)
"""A line of any page, or a part of it up to a paragraph's indent: there another column was read on
to it, or a paragraph's break was lost."""
SENTENCE_END = "。！？…”’』」）》!?"
"""What a closed block may end with."""
NOT_A_TITLES_END = "。，、；：,;:·"
WIDEST_TITLE = 34
"""Characters that a title line may have."""
SPEECH_END = lazy(r"[。！？…，—][”’」』]$")
"""How a line of dialogue ends; a title's quotation holds no sentence mark."""
SIGNATURE = lazy(r"[（(〈《【]([^（()）〈〉《》【】。，]{2,24})[）)〉》】]")
NOTE = lazy(r"(?:[①-⑳]|[\[［〔(（]\d{1,2}[\]］〕)）])$")
"""A note's number behind the sentence that it is to."""
WIDTHS = {"\u3000": 2, "\t": 4}
"""In half-widths, of blanks that are wider than one."""
INDENTED = 0.6
"""Share of a page's texts that are set in, from which on it sets its paragraphs in."""
NAMES = 9
"""Characters of the longest line of bare names that stands by itself."""
GLUED_AFFILIATION = lazy(
    r"(?:[（(〈][^（()）〈〉]{4,60}[）)〉]|【作者[^【】]{4,60}】|〔作者[^〔〕]{4,60}〕)$"
)


@dataclass(frozen=True, slots=True)
class Block:
    """A line of the text, without the spaces around it."""

    start: int
    end: int
    text: str
    blanks: int
    """Blank lines before it."""
    role: Role = "body"
    rule: str = "layout.body"
    """What gave it the role."""
    name: tuple[int, int] | None = None
    """In a byline, where the names stand in the text."""
    indent: int = 0
    """Blanks before it, in half-widths."""
    begins: bool = False
    """Begins a paragraph by the way it stands (`jiaokan.stitch.headings.paragraph_starts`)."""
    title: float = 0.0
    """How probable it is that it is a title, whatever it was taken for."""
    mark: int = 0
    """The level of the heading mark that stood before it, 0 if none
    (`jiaokan.stitch.headings.markup`)."""


def blocks(text: str, rules: Rulebook) -> list[Block]:
    """The text's blocks in order; an affiliation at a block's end is one of its own."""
    bare = _bare(text)
    found: list[Block] = []
    for index, block in enumerate(bare):
        above = _neighbour(bare[index - 1] if index else None, rules)
        below = _neighbour(bare[index + 1] if index + 1 < len(bare) else None, rules)
        places = [Place(above, below)]
        named = index == 1 and PAGES.fullmatch(bare[0].text) is not None
        if named or (
            index and all(known.role == "furniture" or heads_page(known.text) for known in found)
        ):
            places.insert(0, Place("edge", below))  # nothing but the page's head stands above it
        found += _read(block, rules, places)
    signed = [_signed(found, index, rules) for index in range(len(found))]
    return [_apart(signed, index) for index in range(len(signed))]


def _signed(found: Sequence[Block], index: int, rules: Rulebook) -> Block:
    """The block; names in brackets between a text's end and an affiliation, a heading or the
    page's end are its signature."""
    block = found[index]
    match = SIGNATURE.fullmatch(block.text)
    if block.role == "body" and short(block):
        named = _named(found, index, rules)
        if named is not block:
            return named
    if match is None or block.role not in ("body", "byline") or not index:
        return block
    above = found[index - 1]
    below = found[index + 1] if index + 1 < len(found) else None
    if above.role != "body" or short(above) or not closed(above.text):
        return block
    if below is not None and below.role == "body" and not (below.blanks and short(below)):
        return block
    known = rules.line_role(f"（{match[1]}）", place=Place("title", "body"))
    if known is None or known.role != "byline":
        return block
    names = known.groups.get("name") or match[1]
    low = block.start + block.text.index(names)
    return replace(block, role="signature", rule=known.rule, name=(low, low + len(names)))


def _named(found: Sequence[Block], index: int, rules: Rulebook) -> Block:
    """The block; a bare name that stands by itself above a text may be an author's. Below a text
    that breaks off an engine read it away from its title, with a label or an institution, too."""
    block = found[index]
    below = found[index + 1] if index + 1 < len(found) else None
    above = found[index - 1] if index else None
    if below is None or below.role != "body" or short(below) or not (block.blanks or not index):
        return block
    if above is not None and above.role == "body" and short(above):
        return block
    match = rules.line_role(block.text, place=Place("title", "body"))
    if match is None or match.role != "byline":
        return block
    if above is not None and breaks_off(above):
        if not below.blanks:
            return block
    elif match.rule != "byline-name" or len(block.text) > NAMES:
        return block
    names = match.groups.get("name") or block.text
    low = block.start + block.text.index(names)
    return replace(block, role="byline", rule=match.rule, name=(low, low + len(names)))


def _apart(found: Sequence[Block], index: int) -> Block:
    """The block; behind furniture, or first on the page, it stands apart in any case."""
    block = found[index]
    if block.blanks == 0 and (index == 0 or found[index - 1].role == "furniture"):
        return replace(block, blanks=1)
    return block


def _bare(text: str) -> list[Block]:
    found: list[Block] = []
    last = 0
    lines = INDENTED_LINE if "\u3000\u3000" in text else LINE
    for match in lines.finditer(text):
        content = match.group().strip()
        if not content:
            continue
        blanks = text.count("\n", last, match.start()) - (1 if found else 0)
        start = match.start() + len(match.group()) - len(match.group().lstrip())
        indent = sum(WIDTHS.get(char, 1) for char in text[match.start() : start])
        found.append(Block(start, start + len(content), content, max(blanks, 0), indent=indent))
        last = match.end()
    return found


def _neighbour(block: Block | None, rules: Rulebook) -> Neighbour:
    """What a line's neighbour is, by its shape; a short line by its looks, too."""
    if block is None:
        return "edge"
    return rules.short_neighbour(block.text) if short(block) else "body"


def _read(block: Block, rules: Rulebook, places: Sequence[Place]) -> list[Block]:
    """The block with the role that the rules give it in the first of the places, a glued
    affiliation split off."""
    known = (rules.line_role(block.text, place=place) for place in places)
    match = next(filter(None, known), None)
    if match and match.role == "byline":
        names = match.groups.get("name") or block.text
        low = block.start + block.text.index(names)
        return [replace(block, role="byline", rule=match.rule, name=(low, low + len(names)))]
    if match:
        role: Role = "furniture" if match.role == "credit" else match.role
        return [replace(block, role=role, rule=match.rule)]
    glued = GLUED_AFFILIATION.search(block.text)
    if glued and glued.start() > 0:
        match = rules.line_role(glued.group(), place=Place("body", "edge"))
        body = block.text[: glued.start()].rstrip()
        text = closed(body) or len(body) > WIDEST_TITLE or "作者" in glued.group()
        if match and match.role == "affiliation" and text:  # 一等奖：石伟（检修公司） is a row
            cut = block.start + glued.start()
            return [
                replace(block, end=block.start + len(body), text=body),
                Block(cut, block.end, glued.group(), 0, "affiliation", match.rule),
            ]
    return [block]


def short(block: Block) -> bool:
    """Whether the block could be a heading by its shape alone.

    >>> short(Block(0, 11, "路修到村口，灯亮到门口", 1)), short(Block(0, 3, "是的。", 1))
    (True, False)
    """
    text = block.text
    return (
        2 <= len(text) <= WIDEST_TITLE
        and text[-1] not in NOT_A_TITLES_END
        and text[0] not in "，。、；：？！”’）》」』,.;:?!)"
        and sum("\u4e00" <= c <= "\u9fff" for c in text) >= 2
        and "。" not in text
        and not SPEECH_END.search(text)
    )


def is_text(block: Block) -> bool:
    """Whether a block is body text that could be no heading by its shape."""
    return block.role == "body" and not short(block)


def closed(text: str) -> bool:
    """Whether a block that ends so can be a paragraph's end by its last characters.

    >>> closed("他说好。"), closed("他说好。①"), closed("他说好[2]")
    (True, True, False)
    """
    if text[-1:] in SENTENCE_END:
        return True
    note = NOTE.search(text)
    return note is not None and text[note.start() - 1 : note.start()] in SENTENCE_END


def breaks_off(block: Block) -> bool:
    """Whether a text stops in mid-sentence."""
    return is_text(block) and not closed(block.text)


def usual_indent(found: Sequence[Block]) -> int:
    """By how much the page sets its paragraphs in, in half-widths; 0 where it does not, or sets
    all lines in alike."""
    texts = [block.indent for block in found if is_text(block)]
    indent, count = Counter(texts).most_common(1)[0] if texts else (0, 0)
    if not indent or count < max(2, INDENTED * len(texts)):
        return 0
    return indent if any(short(block) and block.indent != indent for block in found) else 0
