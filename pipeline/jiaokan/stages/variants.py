"""Which characters belong to one script only, and OpenCC's readings of a run of characters.

Everything comes from OpenCC's dictionaries and from the two national character sets;
`bench/fit/scripts.py` has written down which characters are of one script only. Four converters are
kept: both directions with all dictionaries, and both with the phrase dictionaries alone: what the
phrase dictionary changes is decided by a word, what only the full conversion changes is a
character's commonest reading and no more than that.

Runs given here hold Han characters only, so that a lone surrogate (which OpenCC refuses) never
reaches it. Every dictionary entry keeps its length, so that offsets stay valid.

>>> full("s2t", "皇后以后"), phrases("s2t", "后以后")
('皇后以後', '后以後')
"""

import json
from functools import cache
from pathlib import Path
from typing import Literal, Protocol

from jiaokan.disk_cache import remembered, state_of

Direction = Literal["t2s", "s2t", "s2tw", "s2hk", "t2tw"]

_PHRASES = {
    "t2s": ["TSPhrases.ocd2"],
    "s2t": ["STPhrases.ocd2"],
}

HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff〇々"

SHARED = "后里干面只准制卷云谷松余丑斗征御胡辟咸么系范于划丰愿适筑苹涂厂荐采挂杰"
"""Characters of both scripts that a phrase alone may convert on a traditional page."""
BOTH = frozenset("恒杰")
"""Characters that the tables give to simplified text, and traditional text holds as well: Hong Kong
writes 恒生, and 杰 stands in names (王世杰)."""


class _Converter(Protocol):
    def convert(self, text: str) -> str: ...


@cache
def _full(direction: str) -> _Converter:
    from opencc import OpenCC

    converter: _Converter = OpenCC(direction, include_tofu_risk_dictionaries=False)
    return converter


@cache
def _phrases(direction: str) -> _Converter:
    """A converter that knows phrases only. OpenCC takes its configuration from a file."""
    import opencc

    share = Path(opencc.__file__).parent / "clib" / "share" / "opencc"
    name = _PHRASES[direction][0]
    source = {"type": "ocd2", "file": (share / name).as_posix()}
    config = {"name": f"{name} alone", "conversion_chain": [{"dict": source}]}
    from tempfile import TemporaryDirectory  # not needed where the tables are kept

    with TemporaryDirectory(prefix="jiaokan-") as folder:
        path = Path(folder) / "phrases.json"
        path.write_text(json.dumps(config), encoding="utf-8")
        converter: _Converter = opencc.OpenCC(str(path))
    return converter


def full(direction: Direction, run: str) -> str:
    """The run as OpenCC converts it."""
    return _same_length(run, _full(direction).convert(run))


def phrases(direction: Direction, run: str) -> str:
    """The run with only that converted which a phrase decides."""
    return _same_length(run, _phrases(direction).convert(run))


def _same_length(run: str, new: str) -> str:
    return new if len(new) == len(run) else run


@cache
def table(direction: Direction) -> dict[str, str]:
    """Each character that the direction changes when it stands alone, and what it becomes.

    Those of the basic plane: the others are in few fonts, and `re` is slow with them in a class.
    """
    import opencc

    key = f"{opencc.__version__} {direction}".encode() + state_of([Path(__file__)])
    return remembered(f"variants-{direction}", key, lambda: _made_table(direction))


def _made_table(direction: Direction) -> dict[str, str]:
    lone = [chr(point) for point in range(0x3400, 0xA000)]
    new = _full(direction).convert("\n".join(lone)).split("\n")
    pairs = zip(lone, new, strict=True)
    return {a: b for a, b in pairs if a != b and len(b) == 1 and b < "\U00010000"}


def default(direction: Direction, character: str) -> str:
    """What a character becomes where nothing stands around it."""
    return table(direction).get(character, character)


@cache
def _only() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """What simplified text does not hold, what traditional text does not hold, and of what is not
    simplified that which words decide: as written down, since to ask OpenCC's dictionaries takes
    longer than to clean a page."""
    simplified, traditional, by_word = (
        (Path(__file__).parent / "data" / "scripts.txt").read_text("utf-8").split()
    )
    return frozenset(traditional), frozenset(simplified) - BOTH, frozenset(by_word)


def traditional_only() -> frozenset[str]:
    """Characters that simplified text does not hold: 國, 馬, and variants such as 峯, 裡."""
    return _only()[0]


def simplified_only() -> frozenset[str]:
    """Characters that traditional text does not hold, or hardly ever: 国, 马, 体."""
    return _only()[1]


def simplified_by_word() -> frozenset[str]:
    """Traditional characters that some word makes something else of: 計畫, 畫畫. All others become
    what they become alone."""
    return _only()[2]
