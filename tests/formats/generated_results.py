"""Generated results: any text, any edits, any arrangement; no stage takes part."""

from functools import cache
from itertools import pairwise
from typing import Any

from hypothesis import strategies as st
from jiaokan.article import SINGLE_FIELDS, Arrangement, Article, Piece, Seam, Target
from jiaokan.cleaning import Cleaned
from jiaokan.edit import Edit
from jiaokan.finding import Alternative, Finding
from jiaokan.formats.decode import decode
from jiaokan.page import Page
from jiaokan.trace import Trace, advance

CODECS = ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "gb18030", "gbk", "big5", "cp950")
BOMS = {
    "utf-8": b"\xef\xbb\xbf",
    "utf-16-le": b"\xff\xfe",
    "utf-16-be": b"\xfe\xff",
    "utf-32-le": b"\xff\xfe\0\0",
    "gb18030": b"\x84\x31\x95\x33",
}
_PLAIN = "完善基层治理，。：“”,.:()[]and \t\r\n　〇１Ａ"
_RANGES = (
    range(1, 0x500, 3),
    range(0x2000, 0x3130, 7),
    range(0x3400, 0xA000, 97),
    range(0xE000, 0xFFF0, 41),
    range(0x1F300, 0x20A00, 211),
    range(0x10FFF0, 0x110000),
)


def texts(codec: str, max_size: int = 60) -> st.SearchStrategy[str]:
    """Texts that the codec can write, without NUL and without a mark at their start."""
    return st.text(_alphabet(codec), max_size=max_size)


@cache
def _alphabet(codec: str) -> str:
    odd = "".join(chr(point) for points in _RANGES for point in points if point != 0xFEFF)
    return "".join(character for character in _PLAIN + odd if _fits(character, codec))


def _fits(character: str, codec: str) -> bool:
    try:
        character.encode(codec)
    except UnicodeEncodeError:
        return False
    return True


@st.composite
def raw_files(draw: st.DrawFn) -> tuple[bytes, str]:
    """Bytes and the codec they are in, with or without a mark."""
    codec = draw(st.sampled_from(CODECS))
    mark = BOMS.get(codec, b"") if draw(st.booleans()) else b""
    return mark + draw(texts(codec)).encode(codec), codec


@st.composite
def results(draw: st.DrawFn) -> Cleaned:
    """A result as clean_page might give it."""
    data, codec = draw(raw_files())
    decoding, text = decode(data, codec)
    trace = Trace(text, text)
    for number in range(draw(st.integers(0, 3))):
        trace = advance(trace, f"stage-{number}", draw(_edits(trace.text)))
    arrangement = draw(_arrangements(trace.text, len(text)))
    places = st.integers(0, len(text))
    finding = st.builds(
        Finding,
        places,
        places,
        st.just("some.check"),
        st.text(max_size=3),
        st.text(max_size=3),
        st.floats(0, 1),
        st.tuples(st.builds(Alternative, st.text(max_size=3), st.floats(0, 1))),
    )
    findings = tuple(draw(st.lists(finding, max_size=2)))
    return Cleaned(Page("a/页 1.txt", data, decoding, text), trace, arrangement, findings)


@st.composite
def _edits(draw: st.DrawFn, text: str) -> list[Edit]:
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    new = st.text("甲乙，\n", max_size=3)
    return [
        Edit(start, end, draw(new), draw(st.sampled_from(["a.b", "c"])), draw(st.floats(0, 1)))
        for start, end in zip(cuts[::2], cuts[1::2], strict=False)
    ]


@st.composite
def _arrangements(draw: st.DrawFn, text: str, raw_length: int) -> Arrangement:
    cuts = draw(st.sets(st.integers(1, max(1, len(text) - 1)), max_size=8))
    bounds = sorted({0, len(text), *(cut for cut in cuts if cut < len(text))})
    spans = list(pairwise(bounds))
    strings: dict[tuple[int, str, int], str] = {}
    targets: dict[int, Target | None] = {}
    for number in draw(st.permutations(range(len(spans)))):
        start, end = spans[number]
        place: Any = draw(_PLACES)
        if place is None:
            targets[number] = None
            continue
        before = strings.get(place, "")
        targets[number] = Target(*place, len(before))
        strings[place] = before + text[start:end]
    pieces = tuple(Piece(a, b, "some.rule", targets[n]) for n, (a, b) in enumerate(spans))
    seam = Seam(0, 0, raw_length, "inline", True, "级", 1 / 3, ("because",))
    return Arrangement(_articles(strings), _lines(strings, -1, "furniture"), pieces, (seam,))


_PLACES = st.one_of(
    st.none(),
    st.tuples(st.just(-1), st.just("furniture"), st.integers(0, 1)),
    st.tuples(st.integers(0, 1), st.sampled_from(SINGLE_FIELDS), st.just(0)),
    st.tuples(st.integers(0, 1), st.just("paragraphs"), st.integers(0, 2)),
)


def _lines(strings: dict[tuple[int, str, int], str], article: int, field: str) -> tuple[str, ...]:
    size = 1 + max((i for a, f, i in strings if (a, f) == (article, field)), default=-1)
    return tuple(strings.get((article, field, index), "") for index in range(size))


def _articles(strings: dict[tuple[int, str, int], str]) -> tuple[Article, ...]:
    count = 1 + max((article for article, _, _ in strings), default=-1)
    return tuple(
        Article(
            *(strings.get((number, field, 0), "") for field in SINGLE_FIELDS),
            paragraphs=_lines(strings, number, "paragraphs"),
        )
        for number in range(count)
    )
