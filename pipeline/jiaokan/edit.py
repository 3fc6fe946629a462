"""An edit: what a stage proposes to change, and the one place that applies it."""

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import compress
from operator import ge, itemgetter, ne
from typing import TYPE_CHECKING, NamedTuple

from jiaokan.code_points import points

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Offsets = NDArray[np.intp]
    Objects = NDArray[np.object_]

Kind = tuple[str, float, str]
"""Rule, confidence and evidence of an edit."""

_MANY = 8
"""Edits that are carried out faster by numpy than one by one."""


class Edit(NamedTuple):
    """Put `new` where text[start:end] stands."""

    start: int
    """First character, counted in the stage's input text."""
    end: int
    """One past the last; equal to start for an insertion."""
    new: str
    """What stands there afterwards."""
    rule: str
    """Id of the rule that says so."""
    confidence: float = 1.0
    """How sure, 0 to 1."""
    evidence: str = ""
    """Why, in words, where the rule's own reason does not say it."""


class Columns(NamedTuple):
    """Edits in text order that each change something, in columns: a page may have hundreds."""

    starts: "Offsets"
    ends: "Offsets"
    olds: "Objects"
    """What stands there."""
    news: "Objects"
    which: "Offsets"
    """Of each edit, the number of its kind."""
    kinds: tuple[Kind, ...]

    def edits(self) -> list[Edit]:
        """The same, one by one."""
        starts, ends, news = self.starts.tolist(), self.ends.tolist(), self.news.tolist()
        kinds = map(self.kinds.__getitem__, self.which.tolist())
        return [
            Edit(start, end, new, *kind)
            for start, end, new, kind in zip(starts, ends, news, kinds, strict=True)
        ]

    def taken(self, places: "Offsets | NDArray[np.bool_]") -> "Columns":
        """Those at these places, in this order; or those at which it is true."""
        starts, ends, olds, news, which, kinds = self
        return Columns(
            starts[places], ends[places], olds[places], news[places], which[places], kinds
        )

    def only(self, allows: Callable[[Edit], bool]) -> "Columns":
        """Those that are allowed."""
        import numpy as np

        return self.taken(np.array(list(map(allows, self.edits())), np.bool_))

    def __add__(self, other: "Columns") -> "Columns":  # type: ignore[override]
        """These and others, in text order."""
        if not (self.starts.size and other.starts.size):
            return self if self.starts.size else other
        import numpy as np

        both = Columns(
            np.concatenate((self.starts, other.starts)),
            np.concatenate((self.ends, other.ends)),
            np.concatenate((self.olds, other.olds)),
            np.concatenate((self.news, other.news)),
            np.concatenate((self.which, other.which + len(self.kinds))),
            self.kinds + other.kinds,
        )
        return both.taken(in_order(both.starts, both.ends))

    def check(self, text: str) -> None:
        """Raises ValueError where two overlap or one reaches outside the text."""
        starts, ends = self.starts, self.ends
        if starts.size and (
            starts[0] < 0
            or ends[-1] > len(text)
            or (starts > ends).any()
            or (ends[:-1] > starts[1:]).any()
        ):
            raise _astray(self.edits(), text)

    def apply(self, text: str) -> str:
        """The text with the edits carried out."""
        import numpy as np

        swap = self.ends - self.starts == 1
        swap &= np.fromiter(map(len, self.news.tolist()), np.intp, swap.size) == 1
        edits = self
        if np.count_nonzero(swap) > _MANY:
            codes = points(text).copy()
            codes[self.starts[swap]] = points("".join(self.news[swap]))
            text = codes.tobytes().decode("utf-32-le", "surrogatepass")
            edits = self.taken(~swap)
        starts, ends = edits.starts.tolist(), edits.ends.tolist()
        between = map(slice, [0, *ends], [*starts, len(text)])
        parts = [""] * (2 * len(starts) + 1)
        parts[::2] = map(text.__getitem__, between)
        parts[1::2] = edits.news.tolist()
        return "".join(parts)


def in_order(starts: "Offsets", ends: "Offsets") -> "Offsets":
    """The order of spans in the text; none overlap, and an insertion stands before what follows."""
    return (2 * starts + (starts < ends)).argsort(kind="stable")


def in_columns(edits: Iterable[Edit], text: str) -> Columns:
    """Edits in text order, without those that change nothing."""
    import numpy as np

    rows = list(edits)
    if not rows:
        return no_edits()
    starts, ends = list(map(itemgetter(0), rows)), list(map(itemgetter(1), rows))
    if any(map(ge, starts, starts[1:])):
        rows.sort(key=itemgetter(0, 1))
        starts, ends = list(map(itemgetter(0), rows)), list(map(itemgetter(1), rows))
    olds, news = list(map(text.__getitem__, map(slice, starts, ends))), list(map(_new, rows))
    changed = list(map(ne, olds, news))
    if not all(changed):
        rows = list(compress(rows, changed))
        starts, ends = list(compress(starts, changed)), list(compress(ends, changed))
        olds, news = list(compress(olds, changed)), list(compress(news, changed))
    known = dict[str, str]()
    olds = list(map(known.setdefault, olds, olds))
    kinds = list(map(_kind, rows))
    numbers = {kind: number for number, kind in enumerate(dict.fromkeys(kinds))}
    count = len(rows)
    return Columns(
        np.array(starts, np.intp),
        np.array(ends, np.intp),
        np.fromiter(olds, np.object_, count),
        np.fromiter(news, np.object_, count),
        np.fromiter(map(numbers.__getitem__, kinds), np.intp, count),
        tuple(numbers),
    )


@cache
def no_edits() -> Columns:
    """What most stages have for most pages."""
    import numpy as np

    places, texts = np.zeros(0, np.intp), np.zeros(0, np.object_)
    return Columns(places, places, texts, texts, places, ())


_new, _kind = itemgetter(2), itemgetter(3, 4, 5)


def ordered(edits: Iterable[Edit], text: str) -> list[Edit]:
    """The same one by one; raises ValueError where they overlap or lie outside the text.

    >>> ordered([Edit(2, 3, "。", "b"), Edit(0, 1, "天", "a")], "天气.")
    [Edit(start=2, end=3, new='。', rule='b', confidence=1.0, evidence='')]
    """
    columns = in_columns(edits, text)
    columns.check(text)
    return columns.edits()


def _astray(edits: Sequence[Edit], text: str) -> ValueError:
    """The error for the first edit that overlaps one before it or lies outside the text."""
    lasts = [0, *(edit.end for edit in edits)]
    edit = next(
        edit
        for last, edit in zip(lasts, edits, strict=False)
        if not last <= edit.start <= edit.end <= len(text)
    )
    return ValueError(f"edit {edit} overlaps another or lies outside the text")


def apply(text: str, edits: Sequence[Edit]) -> str:
    """The text with ordered edits carried out.

    >>> apply("天气.", [Edit(2, 3, "。", "b")])
    '天气。'
    """
    parts: list[str] = []
    last = 0
    for edit in edits:
        parts += text[last : edit.start], edit.new
        last = edit.end
    parts.append(text[last:])
    return "".join(parts)
