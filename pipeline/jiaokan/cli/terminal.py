"""Text for the terminal: what is not seen is made visible, and OCR text commands nothing."""

import os
import sys
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import click

_SHOWN = {"\n": "⏎", "\r": "␍", "\t": "⇥", "\x7f": "␡"}
_HIDDEN_KINDS = frozenset({"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"})


def visible(text: str, keep: str = "") -> str:
    r"""The text with controls, invisible and private characters written out.

    >>> visible("甲\x1b[31m乙\n")
    '甲␛[31m乙⏎'
    >>> visible("丙\u200b\u202e丁")
    '丙⟨200B⟩⟨202E⟩丁'
    """
    if text.isprintable() and not any(unicodedata.category(c) in _HIDDEN_KINDS for c in text):
        return text
    return "".join(c if c in keep else _shown(c) for c in text)


def _shown(character: str) -> str:
    if character in _SHOWN:
        return _SHOWN[character]
    if character < " ":
        return chr(0x2400 + ord(character))
    if unicodedata.category(character) in _HIDDEN_KINDS:
        return f"⟨{ord(character):04X}⟩"
    return character


def shorten(text: str, size: int = 24) -> str:
    """The text's start, made visible, with … where more follows.

    >>> shorten("一二三四五六", 5)
    '一二三四…'
    """
    return visible(text if len(text) <= size else text[: size - 1] + "…")


def count(number: int, what: str) -> str:
    """So many of something.

    >>> count(1, "page"), count(1200, "page")
    ('1 page', '1,200 pages')
    """
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"


def colours() -> bool:
    """Whether stdout shows colours: as the command was told, else as the terminal can."""
    context = click.get_current_context(silent=True)
    if context is not None and context.color is not None:
        return context.color
    if os.environ.get("NO_COLOR"):
        return False
    return sys.stdout is not None and sys.stdout.isatty()


def old(text: str) -> str:
    """What stood there: red and struck through, or [-so-]."""
    if not text:
        return ""
    if not colours():
        return f"[-{visible(text)}-]"
    return click.style(visible(text), fg="red", strikethrough=True)


def new(text: str) -> str:
    """What stands there now: green, or {+so+}."""
    if not text:
        return ""
    if not colours():
        return f"{{+{visible(text)}+}}"
    return click.style(visible(text), fg="green", underline=True)


def dim(text: str) -> str:
    """What is said beside it."""
    return click.style(visible(text), dim=True)


def heading(text: str) -> str:
    """What the lines below are about."""
    return click.style(visible(text), bold=True)


def print_json(tree: Mapping[str, Any]) -> None:
    """Data for a program, in UTF-8 whatever the terminal speaks."""
    import orjson

    data = orjson.dumps(tree, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    click.echo(data, nl=False)


def width(text: str) -> int:
    """Columns that the text takes in a terminal.

    >>> width("天a")
    3
    """
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in text)
    none = sum(unicodedata.combining(c) != 0 for c in text)
    return len(text) + wide - none


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """The lines of a table, the columns two blanks apart, the last one as long as it is."""
    shown = [list(heads), *([visible(cell) for cell in row] for row in rows)]
    widths = [max(width(row[column]) for row in shown) for column in range(len(heads) - 1)]
    for number, row in enumerate(shown):
        cells = [cell + " " * (size - width(cell)) for cell, size in zip(row, widths, strict=False)]
        line = "  ".join([*cells, row[-1]]).rstrip()
        yield click.style(line, bold=True) if number == 0 else line
