r"""Markup that a model wrote around the text: Markdown and HTML; no newspaper prints it.

- `## 标题` → `标题`; `**标题**`, and `*标题*` as a whole line → `标题`;
- `![图](a.jpg)`, a line of `---`, of a code fence around text, or of `<!-- … -->` → nothing;
- `> ` before a line → nothing;
- tags that the page closes somewhere: `<p>文</p>` → a paragraph, `<td>` → a cell, `<b>` → nothing;
- `&nbsp;`, `&ldquo;`, `&#8212;` → the characters.

Left alone: `#话题#`, a lone `#`, and one beside a line of code; `*` that does not pair (*ST江药) or
hides something (豫A2**7K, 1973年**月**日), and `***` between parts of a text; tables with bars and
lists, since their marks part cells and items; what stands between fences of a programming language;
tags that nothing closes, as in a<b; entities that are none.

>>> from jiaokan.edit import apply, ordered
>>> def clean(text: str) -> str:
...     return apply(text, ordered(edits(text), text))
>>> clean("# **渡口**\n\n*苏 禾*\n\n**一是等船。**等船的人很多，*ST江药跌了。\n\n![](a.png)\n")
'渡口\n\n苏 禾\n\n一是等船。等船的人很多，*ST江药跌了。\n\n\n'
>>> clean("<p>他说&ldquo;a<b&rdquo;。</p>")
'\n他说“a<b”。\n'
"""

import re
from collections.abc import Iterator, Sequence
from html.entities import html5

from jiaokan.edit import Edit
from jiaokan.lazy_regex import lazy
from jiaokan.stages.context import Context

HEADING, EMPHASIS, FENCE, RULE, IMAGE, QUOTED, COMMENT, TAG, ENTITY = (
    "markup.heading",
    "markup.emphasis",
    "markup.fence",
    "markup.rule",
    "markup.image",
    "markup.quoted",
    "markup.comment",
    "markup.tag",
    "markup.entity",
)

_BLANK = "[ \t\xa0\u3000]*"
_HEADING = lazy(f"^{_BLANK}(?:#{{1,6}}[ \t]+(?=\\S)|#{{2,6}}(?=[^#\\s]))", re.M)
_STRONG = lazy(r"(?<!\*)(\*{2,3})(?![*\s])([^*\n]{1,2000}?)(?<![*\s])\1(?!\*)")
_LINE = lazy(rf"^{_BLANK}(?:#{{1,6}}[ \t]+)?\*(?![*\s])([^*\n]{{1,200}}?)(?<!\s)\*{_BLANK}$", re.M)
_STRONG_LINE = lazy(
    rf"^{_BLANK}(\*{{2,3}})(?=[ \t]|[^*\n]*[ \t]\*)[ \t]*"
    rf"([^*\s](?:[^*\n]{{0,200}}?[^*\s])?)([ \t]*\1){_BLANK}$",
    re.M,
)
"""A line as a whole in bold, with blanks inside of the marks, where Markdown knows none."""
_CLOSES, _OPENS = "，。、；：？！）》〉」』】〕”’…,.;:?!)", "（《〈「『【〔“‘("
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗郑梁谢宋唐许韩冯邓曹彭曾萧田董潘袁蒋蔡余杜叶程苏魏吕丁任"
    "沈姚卢姜崔钟谭陆汪范石廖贾韦付邹熊孟秦邱尹薛闫侯龙陶黎贺顾毛郝龚邵钱严覃武戴莫孔汤"
)
_UNITS = frozenset((*"年月日时分号楼幢栋室镇村乡县市区路街州省组弄", "单元", "小区", "社区"))
"""What a hidden number or name is followed by."""
_STARS = lazy(r"\*{2,}")
_WORD = lazy(r"\w")
_ALNUM = lazy("[A-Za-z0-9]")
_LETTER = lazy("[A-Za-z]")
_HAN = lazy("[\u3400-\u9fff]")
_FENCE = lazy(rf"^{_BLANK}(?:```+|~~~+)[ \t]*([A-Za-z+-]*)[ \t]*$", re.M)
_PROSE = frozenset(("", "markdown", "md", "text", "txt", "plaintext", "plain", "html", "json"))
_RULE = lazy(rf"^{_BLANK}(?:-{{3,}}|_{{3,}}){_BLANK}$", re.M)
_IMAGE = lazy(r"!\[[^\]\n]{0,200}\]\([^()\s]{0,500}\)")
_QUOTED = lazy(rf"^{_BLANK}(?:>[ \t]?){{1,2}}(?!>)(?=.*[\u3400-\u9fff])|^{_BLANK}>{_BLANK}$", re.M)
_COMMENT = lazy(
    rf"^{_BLANK}(?:<!--(?:(?!-->).)*-->|<!DOCTYPE[^>\n]{{0,200}}>){_BLANK}$", re.S | re.I | re.M
)
_TAG = lazy(r"<(/?)([a-z][a-z0-9]{0,9})((?:\s[^<>]{0,300})?)/?>", re.I)
_ENTITY = lazy(r"&(?:#(\d{2,7})|#[xX]([0-9A-Fa-f]{2,6})|([A-Za-z][A-Za-z0-9]{1,24}));")

_BLOCKS = frozenset(
    name
    for names in (
        "html body div p h1 h2 h3 h4 h5 h6 ul ol table thead tbody section article header",
        "footer main aside figure figcaption blockquote center pre",
    )
    for name in names.split()
)
"""A paragraph of its own."""
_ROWS = frozenset(("li", "tr", "br"))
"""A line of its own."""
_CELLS = frozenset(("td", "th"))
_INSIDE = frozenset(
    name
    for names in (
        "a abbr b big cite code col colgroup del em font head i img ins mark meta q s",
        "small span strong sub sup title tt u wbr hr",
    )
    for name in names.split()
)
_EMPTY = frozenset(["br", "hr", "img", "meta", "col", "wbr"])
"""What is never closed."""


def run(text: str, context: Context) -> Iterator[Edit]:
    """Take the markup away."""
    return edits(text)


def edits(text: str) -> Iterator[Edit]:
    """The same; nothing of the context is needed."""
    held: list[tuple[int, int]] = []
    last = 0
    for edit in sorted(_found(text, held), key=lambda edit: (edit.start, -edit.end)):
        if edit.start >= last and not any(low <= edit.start < high for low, high in held):
            yield edit
            last = edit.end


def _found(text: str, held: list[tuple[int, int]]) -> Iterator[Edit]:
    """Everything that is markup; code goes into `held`."""
    if "```" in text or "~~~" in text:
        yield from _fences(text, held)
    if "#" in text:
        for match in _HEADING.finditer(text):
            if not _in_code(text, match.start()):
                yield Edit(*match.span(), "", HEADING)
    if "*" in text:
        yield from _emphasis(text)
    if "![" in text:
        yield from (Edit(*match.span(), "", IMAGE) for match in _IMAGE.finditer(text))
    if ">" in text:
        yield from (Edit(*match.span(), "", QUOTED) for match in _QUOTED.finditer(text))
    if "<" in text:
        yield from (Edit(*match.span(), "", COMMENT) for match in _COMMENT.finditer(text))
        yield from _tags(text)
    if "&" in text:
        yield from _entities(text)
    if "---" in text or "___" in text:
        yield from (Edit(*match.span(), "", RULE) for match in _RULE.finditer(text))


def _in_code(text: str, at: int) -> bool:
    """Whether the line above or below the one that starts at `at` is code: there # is a remark."""
    above = text[text.rfind("\n", 0, max(at - 1, 0)) + 1 : max(at - 1, 0)]
    end = text.find("\n", at)
    stop = text.find("\n", end + 1)
    below = "" if end < 0 else text[end + 1 : stop if stop >= 0 else len(text)]
    return any(_LETTER.search(line) and not _HAN.search(line) for line in (above, below))


def _fences(text: str, held: list[tuple[int, int]]) -> Iterator[Edit]:
    """Fences around text; those of code, and what is between them, stay."""
    opened: re.Match[str] | None = None
    for match in _FENCE.finditer(text):
        if opened is None:
            if match[1].lower() in _PROSE:
                yield Edit(*match.span(), "", FENCE)
            else:
                opened = match
        elif not match[1]:
            held.append((opened.start(), match.end()))
            opened = None


def _emphasis(text: str) -> Iterator[Edit]:
    """The marks around emphasised text."""
    low = 0
    for line in text.split("\n"):
        if "**" in line:
            found = list(_STRONG.finditer(line))
            for match in [] if _hides(line, found) else found:
                if _WORD.search(match[2]):
                    yield Edit(low + match.start(), low + match.start(2), "", EMPHASIS)
                    yield Edit(low + match.end(2), low + match.end(), "", EMPHASIS)
        low += len(line) + 1
    for match in _STRONG_LINE.finditer(text):
        if _HAN.search(match[2]):
            yield Edit(match.start(1), match.start(2), "", EMPHASIS)
            yield Edit(*match.span(3), "", EMPHASIS)
    for match in _LINE.finditer(text):
        if _HAN.search(match[1]):
            yield Edit(match.start(1) - 1, match.start(1), "", EMPHASIS)
            yield Edit(match.end(1), match.end(1) + 1, "", EMPHASIS)


def _hides(line: str, pairs: Sequence[re.Match[str]]) -> bool:
    """Whether marks of a line stand for something that it hides, not around what it emphasises.

    1973年**月**日, 豫A2**7K, 原告张**与被告李**, 兑换***元.
    """
    runs = _STARS.findall(line)
    return len(runs) % 2 == 1 or len(max(runs)) > 3 or any(_is_hidden(line, one) for one in pairs)


def _is_hidden(line: str, pair: re.Match[str]) -> bool:
    """Whether what stands beside a pair of marks or between them shows that they hide something."""
    text = pair[2]
    before, after = line[max(pair.start() - 1, 0) : pair.start()], line[pair.end() : pair.end() + 1]
    number = before.isdigit() or (after.isdigit() and _ALNUM.match(text[-1]))
    number = number or (_ALNUM.match(before) and _ALNUM.match(text))
    names = before in _SURNAMES and text[-1] in _SURNAMES
    inside = _WORD.match(before) and _WORD.match(after) and text[-1] not in _CLOSES
    sentence = inside and any(mark in text for mark in "。！？")
    edges = text[0] in _CLOSES or text[-1] in _OPENS or text[-1] == "、"
    three = len(pair[1]) == 3 and _WORD.match(before)  # 兑换***元
    return bool(number or names or sentence or edges or three or text in _UNITS)


def _tags(text: str) -> Iterator[Edit]:
    """Tags of which the page closes one at least."""
    found = list(_TAG.finditer(text))
    closed = {match[2].lower() for match in found if match[1]} | _EMPTY
    for match in found:
        name = match[2].lower()
        if name not in closed:
            continue
        if name in _BLOCKS:
            new = "\n\n" if _within(text, match) else "\n"
        elif name in _ROWS:
            new = "\n" if not match[1] else ""
        elif name in _CELLS:
            new = "  " if match[1] else ""
        elif name in _INSIDE:
            new = ""
        else:
            continue
        yield Edit(*match.span(), new, TAG)


def _within(text: str, match: re.Match[str]) -> bool:
    """Whether a tag stands between text on both sides of it in one line."""
    start = text.rfind("\n", 0, match.start()) + 1
    stop = text.find("\n", match.end())
    before, after = text[start : match.start()], text[match.end() : stop if stop >= 0 else None]
    return bool(before.strip() and after.strip())


def _entities(text: str) -> Iterator[Edit]:
    for match in _ENTITY.finditer(text):
        number = int(match[1]) if match[1] else int(match[2], 16) if match[2] else None
        if number is None:
            new = html5.get(f"{match[3]};", "")
        else:
            new = chr(number) if number <= 0x10FFFF and chr(number).isprintable() else ""
            new = "\xa0" if number == 0xA0 else new
        if len(new) == 1:
            yield Edit(*match.span(), new, ENTITY)
