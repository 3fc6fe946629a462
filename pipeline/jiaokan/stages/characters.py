r"""Characters that are not what they look like, or not to be seen at all.

Dropped: control characters (an escape sequence as a whole), zero-width and bidirectional marks,
byte-order marks inside the text, soft hyphens (at a line end behind a letter: "-", so that the
word can be joined), fillers, and variation selectors, ideographic ones too: they ask for a glyph
of the same character, most fonts ignore them, and they break every search. The ledger has them.

Replaced: Kangxi radicals and CJK radicals by the ideograph they look like (⽓ → 气, ⻓ → 长); CJK
compatibility ideographs by the unified one; full-width letters and digits by half-width ones
(Ａ１ → A1), a full-width point between digits and in addresses by "." (２．５ → 2.5), and between
full-width digits a comma of thousands and a colon of a time (１，２００ → 1,200, ７：３０ → 7:30);
vertical and small forms of punctuation by the usual ones (︒ → 。, ﹁ → 「, ﹐ → ，); Latin
ligatures by letters (ﬁ → fi).

Left alone: full-width punctuation, beside half-width digits too (1，000: a comma may stand between
two numbers), and the point behind an item's number (3．2014年8月); ①, Ⅰ, ㎡, ℃, ㈠, ½, half-width
katakana: each says something of its own, and NFKC as a whole would lose it; the twelve ideographs
of the compatibility block that are no one's double (﨎 …); joiners and selectors that hold an
emoji or an Indic cluster together; tabs and spaces (`spaces`).

Left alone and reported: private-use characters, U+FFFD, lone surrogates, noncharacters, radicals
without an ideograph: what stood there cannot be told.

>>> from jiaokan.edit import apply, ordered
>>> text = "\x1b[1m⽓\u200b候，Ａ１ﬁ㎡︒"
>>> apply(text, ordered((e for e in changes(text) if isinstance(e, Edit)), text))
'气候，A1fi㎡。'
"""

import re
import unicodedata
from collections.abc import Iterator

from jiaokan.edit import Edit
from jiaokan.finding import Alternative, Finding
from jiaokan.lazy_regex import lazy
from jiaokan.stages._character_kinds import ODD, kind_places
from jiaokan.stages._mentions import CLOSING, OPENING
from jiaokan.stages.context import Context
from jiaokan.stages.radicals import RADICALS

_VERTICAL = str.maketrans(
    "︐︑︒︓︔︕︖︗︘︙︱︲︵︶︷︸︹︺︻︼︽︾︿﹀﹁﹂﹃﹄﹇﹈",
    "，、。：；！？〖〗…—–（）｛｝〔〕【】《》〈〉「」『』［］",
)
_SMALL = str.maketrans(
    "﹐﹑﹒﹔﹕﹖﹗﹘﹙﹚﹛﹜﹝﹞﹟﹠﹡﹢﹣﹤﹥﹦﹨﹩﹪﹫",
    "，、.；：？！—（）｛｝〔〕#&*+-<>=\\$%@",
)

_INVISIBLE = (
    "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff\u061c\xad"
)

_WIDE = "\uff10-\uff19"
_THOUSANDS = f"[{_WIDE}]{{1,3}}(?:\uff0c[{_WIDE}]{{3}})+(?!\uff0c?[0-9{_WIDE}])"
_MINUTES = f"\uff1a[\uff10-\uff15][{_WIDE}]"
_TIME = (
    f"(?:[\uff10\uff11]?[{_WIDE}]|\uff12[\uff10-\uff14])"
    f"{_MINUTES}(?:{_MINUTES})?(?!\uff1a?[0-9{_WIDE}])"
)

_KINDS = lazy(
    rf"""
    (?P<escape>      \x1b(?:\[[0-?]*[ -/]*[@-~])?)
  | (?P<null>        \x00+)
  | (?P<control>     [\x01-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f]+)
  | (?P<invisible>   [{_INVISIBLE}])
  | (?P<radical>     [\u2e80-\u2fdf])
  | (?P<compatible>  [\uf900-\ufaff\U0002f800-\U0002fa1f])
  | (?P<point>       \uff0e)
  | (?P<number>      (?<![0-9{_WIDE}][\uff0c\uff1a]){_THOUSANDS}|{_TIME})
  | (?P<wide>        [\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]+)
  | (?P<vertical>    [\ufe10-\ufe19\ufe30-\ufe4f])
  | (?P<small>       [\ufe50-\ufe6b])
  | (?P<ligature>    [\ufb00-\ufb06])
  | (?P<private>     [\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]+)
  | (?P<lost>        \ufffd+)
  | (?P<surrogate>   [\ud800-\udfff]+)
  | (?P<nothing>     [\ufdd0-\ufdef\ufffe\uffff])
    """,
    re.VERBOSE,
)

_INVISIBLE_RUN = lazy(f"[{_INVISIBLE}]+")
_HOLDS_TOGETHER = lazy("[\u0600-\u1fff\u2190-\u2bff\U0001f000-\U0001faff]")

_DROPPED = lazy(f"[\\x00-\\x08\\x0e-\\x1f\\x7f-\\x84\\x86-\\x9f{_INVISIBLE}]+")
_DIGIT = lazy("[0-9\uff10-\uff19]")
_NAME_ENDS = lazy("[0-9a-z\uff10-\uff19\uff41-\uff5a][a-z\uff41-\uff5a]\\Z")
_NAME_BEGINS = lazy("[a-z\uff41-\uff5a]{2}")
_ITEM = lazy("(?:^|[^0-9\uff10-\uff19.\uff0e])[0-9\uff10-\uff19]{1,2}\\Z")
_DATE = lazy("[0-9\uff10-\uff19]{4}年|[0-9\uff10-\uff19]{1,2}月[0-9\uff10-\uff19]")

_FINDINGS = {
    "private": ("characters.private-use", "A private-use character: its meaning is a font's own"),
    "lost": ("characters.replacement", "U+FFFD: a character was lost before this page was read"),
    "surrogate": ("characters.surrogate", "Half of a surrogate pair: no character"),
    "nothing": ("characters.noncharacter", "A code point that is no character"),
    "radical": ("characters.radical", "A radical that no ideograph looks like"),
}

_SPOKEN_OF = frozenset(["radical", "compatible", "wide"])
_CODED = lazy("U\\+[0-9A-F]{4}|Unicode|编码|編碼|码位|碼位|码点|全角|全形|半角|半形|部首")
_CODE_REACH = 20

_SIMPLE = {
    "escape": "characters.escape",
    "null": "characters.null",
    "control": "characters.control",
}


def run(text: str, context: Context) -> Iterator[Edit | Finding]:
    """Drop, replace or report every odd character."""
    return changes(text)


def changes(text: str) -> Iterator[Edit | Finding]:
    """The same; nothing of the context is needed."""
    done = 0
    for hit in kind_places(text, ODD):
        match = _KINDS.match(text, hit) if hit >= done else None
        if not match:
            continue
        done = match.end()
        kind = match.lastgroup or ""
        start, end, old = match.start(), match.end(), match[0]
        if kind == "invisible":
            edit = _invisible(text, start)
            if edit:
                yield edit
            continue
        rule, new = ("", old) if kind in ("private", "lost") else _replacement(kind, old)
        if kind == "point" and not (_is_decimal(text, start) or _in_address(text, start)):
            continue
        if new != old and kind in _SPOKEN_OF and _is_spoken_of(text, start, end):
            why = (
                "a paragraph that speaks of how characters are coded: it may be meant as it stands"
            )
            yield Finding(start, end, rule, old, why, 0.5, (Alternative(new, 0.5),))
        elif new != old:
            yield Edit(start, end, new, rule)
        elif kind in _FINDINGS:
            rule, message = _FINDINGS[kind]
            yield Finding(start, end, rule, old, message, 0.9)


def _is_spoken_of(text: str, start: int, end: int) -> bool:
    """Whether characters stand between quotation marks, and what is near speaks of their codes.

    >>> text = "“⼀”(U+2F00)是部首，“Ａ”项"
    >>> _is_spoken_of(text, 1, 2), _is_spoken_of("选“Ａ”项", 2, 3)
    (True, False)
    """
    quoted = text[start - 1 : start] in OPENING and text[end : end + 1] in CLOSING
    if not (quoted and start and text[end : end + 1]):
        return False
    return _CODED.search(text, max(0, start - _CODE_REACH), end + _CODE_REACH) is not None


def _replacement(kind: str, old: str) -> tuple[str, str]:
    """(rule, what stands there afterwards); the same text where nothing is to be done."""
    if kind in _SIMPLE:
        return _SIMPLE[kind], ""
    if kind == "radical":
        return "characters.radical", RADICALS.get(old) or unicodedata.normalize("NFKC", old)
    if kind == "compatible":
        return "characters.compatibility-ideograph", unicodedata.normalize("NFC", old)
    if kind in ("number", "wide", "point"):
        return "characters.full-width", "".join(chr(ord(c) - 0xFEE0) for c in old)
    if kind == "vertical":
        return "characters.vertical-form", old.translate(_VERTICAL)
    if kind == "small":
        return "characters.small-form", old.translate(_SMALL)
    if kind == "ligature":
        return "characters.ligature", unicodedata.normalize("NFKC", old)
    return "", old


def _is_decimal(text: str, at: int) -> bool:
    """Whether a full-width point stands inside a number, and not behind an item's (3．2014年…)."""
    before = _DROPPED.sub("", text[max(0, at - 8) : at])
    after = _DROPPED.sub("", text[at + 1 : at + 9])
    if not (_DIGIT.match(before[-1:]) and _DIGIT.match(after)):
        return False
    return not (_ITEM.search(before) and _DATE.match(after))


def _in_address(text: str, at: int) -> bool:
    """Whether a full-width point parts the names of an address on the net (ｗｗｗ．ａｂｃ．ｃｎ):
    small letters on both sides. Between capitals it may be an initial's or an item's."""
    return _NAME_ENDS.search(text, max(0, at - 2), at) is not None and (
        _NAME_BEGINS.match(text, at + 1) is not None
    )


def _invisible(text: str, at: int) -> Edit | None:
    """What becomes of a mark that cannot be seen.

    Neighbours are the nearest characters that can be seen, so that dropping
    one mark of several does not change what is thought of the others.
    """
    old = text[at]
    if old == "\xad" and text[at + 1 : at + 2] == "\n" and text[at - 1 : at].isascii() and at:
        return Edit(at, at + 1, "-" if text[at - 1].isalpha() else "", "characters.soft-hyphen")
    if old in "\u200c\u200d" or "\ufe00" <= old <= "\ufe0f" or old >= "\U000e0000":
        before = text[:at] if at < 8 else text[at - 8 : at]
        before = _INVISIBLE_RUN.sub("", before)[-1:]
        if before and _HOLDS_TOGETHER.match(before):
            return None
    return Edit(at, at + 1, "", _rule_of(old))


def _rule_of(old: str) -> str:
    if old == "\xad":
        return "characters.soft-hyphen"
    if old == "\ufeff":
        return "characters.byte-order-mark"
    if old in "\u061c\u200e\u200f" or "\u202a" <= old <= "\u202e" or "\u2066" <= old <= "\u206f":
        return "characters.direction-mark"
    if "\ufe00" <= old <= "\ufe0f" or "\U000e0100" <= old <= "\U000e01ef":
        return "characters.variation-selector"
    return "characters.zero-width"
