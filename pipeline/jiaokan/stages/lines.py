r"""Line ends: every kind → "\n"; a form feed → a blank line.

- `\r\n`, `\r`, U+0085 (NEL), U+2028 (line separator), vertical tab → `\n`;
- form feed and U+2029 (paragraph separator), with the line ends beside them → `\n\n`, or as many
  `\n` as stood there: a page, a column or a paragraph ends, and what follows is another block.

Left alone: `\n` itself, however often it stands in a row (layout reads blank lines), and spaces at
line ends (`spaces` drops them).

>>> from jiaokan.edit import apply, ordered
>>> text = "天\r\n地\f玄\n\f黄\u2029宇"
>>> apply(text, ordered(edits(text), text))
'天\n地\n\n玄\n\n黄\n\n宇'
"""

from collections.abc import Iterator

from jiaokan.edit import Edit
from jiaokan.lazy_regex import lazy
from jiaokan.stages._character_kinds import LINE_END, kind_places
from jiaokan.stages.context import Context

_RUN = lazy("[\n\r\v\f\x85\u2028\u2029]+")
_END = lazy("\r\n|[\n\r\v\x85\u2028]")

_RULES = {
    "\r\n": "lines.crlf",
    "\r": "lines.cr",
    "\v": "lines.vertical-tab",
    "\x85": "lines.next-line",
    "\u2028": "lines.line-separator",
}


def run(text: str, context: Context) -> Iterator[Edit]:
    """Bring every line end to a line feed."""
    return edits(text)


def edits(text: str) -> Iterator[Edit]:
    """The same; nothing of the context is needed."""
    odd = kind_places(text, LINE_END)
    if not odd:
        return
    at = odd[0]
    while at and text[at - 1] == "\n":
        at -= 1
    for match in _RUN.finditer(text, at):
        ends = match[0]
        if "\f" in ends or "\u2029" in ends:
            rule = "lines.form-feed" if "\f" in ends else "lines.paragraph-separator"
            new = "\n" * max(2, len(_END.findall(ends)))
            yield Edit(match.start(), match.end(), new, rule)
            continue
        for end in _END.finditer(text, match.start(), match.end()):
            if end[0] != "\n":
                yield Edit(end.start(), end.end(), "\n", _RULES[end[0]])
