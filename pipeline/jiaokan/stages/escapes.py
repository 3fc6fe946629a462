r"""Text that was written as a JSON string and not read as one: \n → a line end, \" → ".

A program that saves a model's answer without decoding it leaves the page in one line, with each
line end as two characters. Escapes are read where the page is such a string as a whole: it has
more written line ends than real ones, or nothing but code points written as \uXXXX, and no
backslash that JSON would not write. The quotation marks around the string go, too.

Left alone: a page with any other backslash (C:\data, \frac), and one that has line ends of its
own and only speaks of \n.

>>> from jiaokan.edit import apply, ordered
>>> text = r"风过稻田\n\n　　田里的人说：\"好风。\"\n"
>>> apply(text, ordered(edits(text), text))
'风过稻田\n\n　　田里的人说："好风。"\n'
"""

import re
from collections.abc import Iterator

from jiaokan.edit import Edit
from jiaokan.lazy_regex import lazy
from jiaokan.stages.context import Context

LINE_END, QUOTE, CODE_POINT, OTHER, AROUND = (
    "escapes.line-end",
    "escapes.quote",
    "escapes.code-point",
    "escapes.other",
    "escapes.around",
)

_ESCAPE = lazy(r'(?:\\u[0-9A-Fa-f]{4})+|\\["\\/bfnrt]')
_ANY = lazy(r'\\(?!u[0-9A-Fa-f]{4}|["\\/bfnrt])|\\[bfrt](?=[a-z])')
"""What JSON would not write, or another language writes: \\frac, \\times."""
_LEAST = 2
"""Written line ends that make a page a string."""
_RUN = 5
"""Code points in a row that nobody prints as such."""
_WRITTEN = lazy(rf"(?:\\u[0-9A-Fa-f]{{4}}){{{_RUN}}}")
_MEANS = {"\\n": "\n", "\\r": "\r", "\\t": "\t", "\\b": "", "\\f": "\f"}


def run(text: str, context: Context) -> Iterator[Edit]:
    """Read the escapes of a page that is a JSON string."""
    return edits(text)


def edits(text: str) -> Iterator[Edit]:
    """The same; nothing of the context is needed."""
    if "\\" not in text or not is_string(text):
        return
    body = text.strip("\ufeff \t\r\n")
    start = text.index(body)
    around = len(body) > 1 and body[0] == body[-1] == '"' and body[-2] != "\\"
    if around:
        yield Edit(start, start + 1, "", AROUND)
    for match in _ESCAPE.finditer(text):
        yield _read(match)
    if around:
        yield Edit(start + len(body) - 1, start + len(body), "", AROUND)


def is_string(text: str) -> bool:
    """Whether the text is the inside of a JSON string."""
    written = text.count("\\n")
    if (written < _LEAST or written <= text.strip().count("\n")) and not _WRITTEN.search(text):
        return False
    return _ANY.search(text.replace("\\\\", "")) is None


def _read(match: re.Match[str]) -> Edit:
    written = match[0]
    if written[1] == "u":
        new = _characters(written)
        return Edit(*match.span(), written if new is None else new, CODE_POINT)
    if written in _MEANS:
        return Edit(*match.span(), _MEANS[written], LINE_END if written in "\\n\\r" else OTHER)
    return Edit(*match.span(), written[1], QUOTE if written[1] == '"' else OTHER)


def _characters(written: str) -> str | None:
    """What a run of code points says; none where it is no text."""
    units = bytes.fromhex(written.replace("\\u", ""))
    try:
        return units.decode("utf-16-be")
    except UnicodeDecodeError:
        return None


def plain(text: str) -> str:
    """The text with its escapes read, for those who only look at its characters."""
    from jiaokan.edit import apply, ordered

    found = ordered(edits(text), text)
    return apply(text, found) if found else text
