"""A page: one raw input, how it was decoded, and its text."""

from dataclasses import dataclass, field
from typing import Literal

from jiaokan.errors import PageError

DecodedBy = Literal["declared", "bom", "utf-8", "detected"]


@dataclass(frozen=True, slots=True)
class Decoding:
    """How bytes became text, with all that is needed to go back."""

    encoding: str
    """Python's name of the codec, without the mark: utf-8, utf-16-le, gb18030, big5 …"""
    by: DecodedBy
    """What settled it."""
    confidence: float = 1.0
    """How sure that is, 0 to 1."""
    bom: bytes = b""
    """The byte-order mark that stood first, if any."""
    patches: tuple[tuple[int, bytes], ...] = ()
    """(offset in the text, bytes) of characters that the codec would write in other bytes."""


@dataclass(frozen=True, slots=True)
class Box:
    """A word or line on the page's image."""

    start: int
    """Where its text starts in the page's text."""
    end: int
    """Where it ends."""
    bounds: tuple[int, int, int, int]
    """Left, top, right, bottom, in pixels."""
    confidence: float | None = None
    """The engine's own, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the page's text stood on its image."""

    boxes: tuple[Box, ...] = ()
    size: tuple[int, int] | None = None
    """Width and height of the page, where they are known."""


@dataclass(frozen=True, slots=True)
class Page:
    """One raw input."""

    name: str
    """The file's path under the raw folder, with forward slashes."""
    data: bytes = field(repr=False)
    """The bytes as they lie on disk."""
    decoding: Decoding
    text: str = field(repr=False)
    """The decoded text, the byte-order mark left out, line ends as they were."""
    layout: Layout | None = None

    @classmethod
    def of(cls, text: str, name: str = "text") -> "Page":
        """A page of text that is already decoded; its bytes are the text in UTF-8.

        Raises PageError where the text holds half of a surrogate pair, which UTF-8 cannot write.

        >>> Page.of("甲乙").data.hex()
        'e794b2e4b999'
        """
        try:
            return cls(name, text.encode(), Decoding("utf-8", "declared"), text)
        except UnicodeEncodeError as error:
            raise PageError(
                f"is no valid Unicode: half of a surrogate pair, U+{ord(text[error.start]):04X}",
                where=f"{name} at character {error.start}",
            ) from error
