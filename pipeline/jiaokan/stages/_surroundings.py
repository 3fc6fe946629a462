"""What stands around a place: Chinese, Latin or neither, and what must not be touched at all.

A side of a mark is Chinese where the next letter there is Han, or a mark that only Chinese uses
(、《》 …), and Latin where it is a letter or a sign of code. Digits, blanks, quotation marks
and brackets say nothing: one looks through them, but not out of the bracket or the quotation that
the mark stands in. So both commas of 2025年,GDP增长5%,高于 have a
Chinese side, and those of `Python, Java, Rust` have none.
"""

import re
from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from jiaokan.code_points import members, points
from jiaokan.lazy_regex import lazy
from jiaokan.stages._character_kinds import CODE, kind_places

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Offsets = NDArray[np.intp]

Side = Literal["han", "latin", ""]

HAN = "々〇\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
"""Han characters, for use inside a character class."""
WIDE = "、。〃《》〈〉「」『』【】〔〕〖〗，；：？！（）％～￥"
"""Marks that only Chinese uses."""
CHINESE = HAN + WIDE
_TELLING = HAN + "、《》〈〉「」『』【】〔〕〖〗\u3040-\u30ff"
"""What shows that Chinese stands here. Marks that this stage itself writes do not: what it
decides must be the same on its own output."""

_OPENING = "'\"“‘（("
_CLOSING = "'\"”’）)"
_CHUNK = 400
_REACH = 200
_WRAPPED_LINE = 60

_HAN = lazy(f"[{HAN}]+")
_LETTERS = "A-Za-zÀ-ɏͰ-ϿЀ-ӿ"
_WORD = lazy(f"[{_LETTERS}]+")
_LETTER = rf"(?P<han>[{_TELLING}])|(?P<latin>[^\W\d_]|[=*_^\\<>|~`{{}}@])"
_LEFT = lazy(_LETTER + r"|[(（\[]")
_RIGHT = lazy(_LETTER + r"|[“”\")）\]]")

_PROTECTED = lazy(
    r"""(?=[!-~\d])(?:                                               # what all of them begin with
      (?<![A-Za-z])[A-Za-z][A-Za-z0-9+.\-]{1,20}://[!-~]*[A-Za-z0-9_/\#=~&+%\-]   # https://…
    | (?<![A-Za-z0-9])www\.[!-~]*[A-Za-z0-9_/\#=~&+%\-]
    | (?<![A-Za-z0-9._%+\-])[A-Za-z0-9._%+\-]+@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+    # a@b.cn
    | (?<![A-Za-z0-9])[A-Za-z]:[\\/][^\s，。；：？！（）、]*                  # C:\…
    | `[^`\n]{0,200}`
    | \$[!-~][!-~ ]{0,80}\$
    | (?<![A-Za-z0-9_.])[A-Za-z_][A-Za-z0-9_.]*                  # f(x, y), print("…")
      \((?:[ -'*-~]{0,200}|(?=[^()（）\n]{0,200}[\"'=\[{])
         (?:[^()（）\n]|[(（][^()（）\n]{0,100}[)）]){0,200})\)
    | [\[{][ !-Z\\^-z|~]{0,200}[\]}]                             # [1, 2]
    | \{[^{}\n]{0,200}[\"'][^{}\n]{0,200}\}                     # {"a": "甲"}
    | :[a-z]{2,12}:(?!//)                                               # :ref:`…`
    | &\#?[A-Za-z0-9]{2,10};                                      # &nbsp;
    | ::
    | <[A-Za-z/!][^<>\n]{0,200}>                                  # <a href="…">
    | (?<![A-Za-z0-9_\-])[A-Za-z_\-]+=\"[^\"\n]{0,200}\"
    | (?<![A-Za-z0-9_\-])--?[A-Za-z][A-Za-z\-]{0,20}[ ]\"[^\"\n]{0,200}\"   # commit -m "修正"
    | \d[\d.,:]*\d                                           # _NUMBER
    )""",
    re.VERBOSE,
)


_CODE = lazy(r"`|\{|\((?<=[A-Za-z0-9_.]\()|<(?=[A-Za-z/!])|=(?=\")|:(?<=[A-Za-z]:)(?=[\\/])")
"""What stands in all code and mark-up that may hold Han characters."""
_NUMBER = lazy(r"\d[\d.,:]*\d")  # 1,000 3.5 12:30
_MORE_THAN_NUMBERS = lazy(r"[A-Za-z_@`$\[{&<]|::")


class Surroundings:
    """A text, asked about places in it. Every answer about a line is worked out once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._protected: dict[int, tuple[list[int], list[int]]] = {}
        self._chinese: dict[tuple[int, int], bool] = {}

    @cached_property
    def _lines(self) -> "Offsets":
        """Where the lines start, and one past the end of the text and its line end."""
        import numpy as np

        starts = (points(self.text) == 10).nonzero()[0] + 1
        return np.concatenate(([0], starts, [len(self.text) + 1]))

    @cached_property
    def _starts(self) -> list[int]:
        starts: list[int] = self._lines[:-1].tolist()
        return starts

    def line(self, at: int) -> tuple[int, int]:
        """Start and end of the line, without its line end."""
        starts = self._starts
        index = bisect_right(starts, at)
        return starts[index - 1], starts[index] - 1 if index < len(starts) else len(self.text)

    def before(self, at: int) -> Side:
        """The side left of `at`: on its line, or on the line before where its line starts there."""
        floor = max(self.line(at)[0], at - _REACH)
        match = _LEFT.search(self.text[floor:at][::-1])
        if match is None and floor > 1 and self._is_wrapped(floor - 1, at):
            floor, at = max(self.line(floor - 1)[0], floor - 1 - _REACH), floor - 1
            match = _LEFT.search(self.text[floor:at][::-1])
        return _side(match)

    def after(self, at: int) -> Side:
        """The side right of `at`: on its line, or on the next where its line ends there."""
        end = self.line(at)[1]
        match = _RIGHT.search(self.text, at, min(end, at + _REACH))
        if match is None and self._is_wrapped(end, at):
            match = _RIGHT.search(self.text, end + 1, min(self.line(end + 1)[1], end + _REACH))
        return _side(match)

    def _is_wrapped(self, newline: int, at: int) -> bool:
        """Whether a line end near `at` may be no more than where the print broke the line."""
        if abs(newline - at) > _REACH or self.text[newline : newline + 1] != "\n":
            return False
        start, end = self.line(newline)
        return 0 < end - start <= _WRAPPED_LINE

    def quoted(self, at: int) -> bool:
        """Whether the character there is quoted alone, or bracketed: '?' “:” (,)."""
        before, after = self.text[at - 1 : at], self.text[at + 1 : at + 2]
        if not before or not after or before not in _OPENING or after not in _CLOSING:
            return False
        if before not in "\"'":
            return True
        start = max(self.line(at)[0], at - 10 * _REACH)
        return before == after and self.text.count(before, start, at - 1) % 2 == 0

    def chinese(self, at: int) -> bool:
        """Whether the line (of a long line, the part) there is Chinese with Latin words in it."""
        start, end = self.line(at)
        part = (at - start) // _CHUNK
        known = self._chinese.get((start, part))
        if known is None:
            here = self.text[start + part * _CHUNK : min(end, start + (part + 1) * _CHUNK)]
            han = han_count(here)
            known = han > 0 and (
                han >= len(_WORD.findall(here))
                or han >= len(_WORD.findall(_PROTECTED.sub(" ", here)))
            )
            self._chinese[start, part] = known
        return known

    def surely_chinese(self, at: "Offsets") -> "NDArray[np.bool_]":
        """Whether `chinese` holds at each of the places: false where that takes to count words."""
        import numpy as np

        line = self._lines.searchsorted(at, "right")
        starts = self._lines[line - 1]
        starts += (at - starts) // _CHUNK * _CHUNK
        ends = np.minimum(starts + _CHUNK, self._lines[line] - 1)
        han, letters = self._counts
        letters = letters[ends] - letters[starts]
        return han[ends] - han[starts] >= np.maximum(letters, 1)

    @cached_property
    def _counts(self) -> tuple["Offsets", "Offsets"]:
        """How many Han characters, and how many letters of words, stand before each place."""
        import numpy as np

        codes = points(self.text)
        counts = np.zeros((2, codes.size + 1), np.int32)
        for row, table in zip(counts, (members(HAN), members(_LETTERS)), strict=True):
            np.cumsum(table.take(codes), out=row[1:])
        return counts[0], counts[1]

    def outside_code(self, places: "Offsets") -> "Offsets":
        """Those of the places between two Han characters that are not protected."""
        import numpy as np

        if not self._coded.any():
            return places
        doubtful = self._coded[self._lines.searchsorted(places, "right") - 1]
        held = np.zeros(places.size, np.bool_)
        held[doubtful] = list(map(self.protected, places[doubtful].tolist()))
        return places[~held]

    @cached_property
    def _coded(self) -> "NDArray[np.bool_]":
        """Of each line whether it may hold code or mark-up around Han characters."""
        import numpy as np

        coded = np.zeros(self._lines.size, np.bool_)
        at = [at for at in kind_places(self.text, CODE) if _CODE.match(self.text, at)]
        coded[self._lines.searchsorted(at, "right") - 1] = True
        return coded

    def protected(self, at: int) -> bool:
        """Whether a number, an address, code or mark-up covers the place."""
        start, end = self.line(at)
        spans = self._protected.get(start)
        if spans is None:
            spans = ([], [])
            has_more = _MORE_THAN_NUMBERS.search(self.text, start, end)
            pattern = _PROTECTED if has_more else _NUMBER
            for match in pattern.finditer(self.text, start, end):
                spans[0].append(match.start())
                spans[1].append(match.end())
            self._protected[start] = spans
        index = bisect_right(spans[0], at) - 1
        return index >= 0 and at < spans[1][index]


def han_count(text: str) -> int:
    """How many Han characters there are."""
    return len(text) - len(_HAN.sub("", text))


def latin_words(text: str) -> int:
    """How many runs of Latin, Greek or Cyrillic letters there are."""
    return len(_WORD.findall(text))


def _side(match: re.Match[str] | None) -> Side:
    if match is None or match.lastgroup is None:
        return ""
    return "han" if match.lastgroup == "han" else "latin"
