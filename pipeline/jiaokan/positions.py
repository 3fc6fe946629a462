"""Places in a raw text as people tell them: line and column, both from 1."""

import re
from bisect import bisect_right

_LINE_END = re.compile(r"\r\n|\r|\n")


class Lines:
    """Where the lines of a text begin. A line ends as editors let it end: LF, CR LF or CR."""

    def __init__(self, text: str) -> None:
        self._size = len(text)
        self._starts = [0, *(match.end() for match in _LINE_END.finditer(text))]

    def spot(self, offset: int) -> tuple[int, int]:
        r"""Line and column of an offset.

        >>> Lines("甲\r乙丙\n").spot(3)
        (2, 2)
        """
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def offset(self, line: int, column: int) -> int | None:
        r"""The offset of a place; None where the text has no such place.

        >>> Lines("甲\n乙丙").offset(2, 2), Lines("甲\n乙丙").offset(2, 3)
        (3, None)
        """
        at = self._start(line) + column - 1
        inside = 1 <= line <= len(self._starts) and column >= 1
        return at if inside and at < self._start(line + 1) else None

    def length(self, line: int) -> int:
        """How many characters a line has, its end among them; 0 where there is no such line."""
        return self._start(line + 1) - self._start(line) if line > 0 else 0

    def __len__(self) -> int:
        """How many lines there are; behind a last line end there is none."""
        return len(self._starts) - (self._starts[-1] == self._size)

    def _start(self, line: int) -> int:
        return self._starts[line - 1] if line <= len(self._starts) else self._size
