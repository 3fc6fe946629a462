"""hOCR or ALTO, as OCR engines write them → where each word stood, and a page's layout of them.

A layout is taken only where it tells the very characters of the raw text, in their order, blanks
left out: nothing is aligned by guessing.

>>> words = (Word("天地", (0, 0, 20, 10)), Word("人", (0, 12, 10, 22), 0.9))
>>> layout_of(words, (30, 30), "天 地\\n人").boxes[0].bounds
(0, 0, 20, 10)
>>> layout_of(words, (30, 30), "天地入") is None
True
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import NamedTuple
from xml.etree import ElementTree

from jiaokan.errors import JiaokanError
from jiaokan.page import Box, Layout

_BBOX = re.compile(r"\bbbox ((?:-?\d+ +){3}-?\d+)")
_SURE = re.compile(r"\bx_wconf (\d+(?:\.\d+)?)")
_ENTITY = re.compile(rb"<!ENTITY", re.I)
_VOID = frozenset(("area", "base", "br", "col", "hr", "img", "input", "link", "meta", "wbr"))


class Word(NamedTuple):
    """A word as the engine read it."""

    text: str
    bounds: tuple[int, int, int, int]
    """Left, top, right, bottom."""
    confidence: float | None = None
    """The engine's own, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Boxes:
    """What a file says of one page."""

    words: tuple[Word, ...]
    size: tuple[int, int] | None
    """Width and height of the page, in the file's unit."""


def read_boxes(data: bytes, where: str) -> Boxes:
    """What an hOCR or an ALTO file says. Raises JiaokanError, which names `where`."""
    try:
        pages = list(
            _alto(data) if b"<alto" in data[:4096] or b":alto" in data[:4096] else _hocr(data)
        )
    except (ElementTree.ParseError, ValueError, OverflowError) as error:
        raise JiaokanError(f"is neither hOCR nor ALTO: {error}", where=where) from error
    if len(pages) != 1:
        raise JiaokanError(
            f"holds {len(pages)} pages of hOCR or ALTO",
            where=where,
            hint="a file of its own is needed for each page",
        )
    return pages[0]


def layout_of(words: Sequence[Word], size: tuple[int, int] | None, text: str) -> Layout | None:
    """The layout of a page with this raw text; None where the words tell another text."""
    places = [at for at, character in enumerate(text) if not character.isspace()]
    boxes: list[Box] = []
    done = 0
    for word in words:
        own = "".join(word.text.split())
        if not own:
            continue
        here = places[done : done + len(own)]
        if "".join(text[at] for at in here) != own:
            return None
        boxes.append(Box(here[0], here[-1] + 1, word.bounds, word.confidence))
        done += len(own)
    return Layout(tuple(boxes), size) if done == len(places) else None


def _alto(data: bytes) -> Iterator[Boxes]:
    if _ENTITY.search(data):
        raise ValueError("it declares entities, which ALTO has no use for")
    for page in ElementTree.fromstring(data).iter():
        if not page.tag.endswith("}Page") and page.tag != "Page":
            continue
        words = tuple(
            Word(one.get("CONTENT", ""), _alto_bounds(one), _share(one.get("WC")))
            for one in page.iter()
            if one.tag.endswith("}String") or one.tag == "String"
        )
        wide, high = (_number(page.get(name)) for name in ("WIDTH", "HEIGHT"))
        yield Boxes(words, (wide, high) if wide > 0 and high > 0 else None)


def _alto_bounds(element: ElementTree.Element) -> tuple[int, int, int, int]:
    left, top, wide, high = (
        _number(element.get(name)) for name in ("HPOS", "VPOS", "WIDTH", "HEIGHT")
    )
    return left, top, left + wide, top + high


def _number(text: str | None) -> int:
    return round(float(text)) if text else 0


def _share(text: str | None) -> float | None:
    return float(text) if text else None


def _hocr(data: bytes) -> Iterator[Boxes]:
    reader = _Hocr()
    reader.feed(data.decode("utf-8-sig"))
    reader.close()
    for size, words in reader.pages:
        yield Boxes(tuple(words), size)


class _Hocr(HTMLParser):
    """Words of each ocr_page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pages: list[tuple[tuple[int, int] | None, list[Word]]] = []
        self._depth = 0
        """Elements that are open inside of a word, the word's own included; 0 outside."""
        self._text: list[str] = []
        self._title = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A page or a word starts, or something inside of a word."""
        known = {name: value or "" for name, value in attrs}
        classes = known.get("class", "").split()
        if "ocr_page" in classes:
            box = _bounds(known.get("title", ""))
            self.pages.append(((box[2], box[3]) if box else None, []))
        if self._depth:
            self._depth += tag not in _VOID
        elif "ocrx_word" in classes and self.pages:
            self._depth, self._text, self._title = 1, [], known.get("title", "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Nothing that is empty holds text."""

    def handle_endtag(self, tag: str) -> None:
        """A word may end."""
        if not self._depth or tag in _VOID:
            return
        self._depth -= 1
        if self._depth:
            return
        box = _bounds(self._title)
        if box is None:
            raise ValueError(f"a word without a bbox: {''.join(self._text)[:20]!r}")
        sure = _SURE.search(self._title)
        word = Word("".join(self._text), box, float(sure[1]) / 100 if sure else None)
        self.pages[-1][1].append(word)

    def handle_data(self, data: str) -> None:
        """Text counts inside of words alone."""
        if self._depth:
            self._text.append(data)


def _bounds(title: str) -> tuple[int, int, int, int] | None:
    found = _BBOX.search(title)
    if found is None:
        return None
    left, top, right, bottom = map(int, found[1].split())
    return left, top, right, bottom
