"""Which characters belong to one script only: `python -m bench.fit.scripts`.

From OpenCC's dictionaries and the two national character sets, with what they get wrong named here.
Three lines in code order: simplified; traditional; and of those the few that become something else
in a word than alone.
"""

import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

import opencc
from jiaokan.stages import variants
from jiaokan.stages.variants import SHARED, table

TARGET = Path(variants.__file__).parent / "data" / "scripts.txt"

_ALSO_SIMPLIFIED = (
    "像坏么俱哩沈覆藉徵乾夥阪仝薹袷甯摺淼榘捱拚彷吒醣麴瞭昇陞濛迺祇衹脩霑蒐蘋顗顒燉絜濬劄剋塚谿於"
)
"""Characters that OpenCC converts and that simplified text may hold as they are."""

_RARE_IN_TRADITIONAL = (
    "万几与机体气种极杰胜虫据确价听圣坏怀构离网庄异优洁晒蚕触赶儿吨岭宁党叶柜蜡夸惊怜扰扑泞复"
    "个怀忏痴茧虮虱痒"
)
"""Simplified forms that are also, rarely, characters of their own in traditional text."""


def written() -> str:
    """What the file holds."""
    lines = simplified_only(), traditional_only(), simplified_by_word()
    return "".join("".join(sorted(one)) + "\n" for one in lines)


def traditional_only() -> set[str]:
    """Characters that simplified text does not hold."""
    return set(table("t2s")) - set(_ALSO_SIMPLIFIED)


def simplified_only() -> set[str]:
    """Characters that traditional text does not hold, or hardly ever."""
    named = set(_RARE_IN_TRADITIONAL)
    return {
        c
        for c in table("s2t")
        if (c in named or not _written_in("big5", c))
        and c not in SHARED
        and c in table("s2tw")
        and c in table("s2hk")
        and _written_in("gbk", c)
    }


def simplified_by_word() -> set[str]:
    """Traditional characters of which a word makes something else than they become alone."""
    alone, traditional = table("t2s"), traditional_only()
    return {
        old
        for word, becomes in _words()
        for old, new in zip(word, becomes, strict=True)
        if old in traditional and new != alone[old]
    }


def _words() -> list[tuple[str, str]]:
    """OpenCC's traditional words, and what it makes of each, by the program that comes with it."""
    folder = Path(opencc.__file__).parent / "clib"
    source = folder / "share" / "opencc" / "TSPhrases.ocd2"
    with TemporaryDirectory() as name:
        target = Path(name) / "words.txt"
        command = [folder / "bin" / "opencc_dict", "-i", source, "-o", target]
        subprocess.run([*command, "-f", "ocd2", "-t", "text"], check=True, capture_output=True)
        lines = target.read_text("utf-8").splitlines()
    pairs = (line.split("\t") for line in lines)
    return [(word, becomes.split(" ")[0]) for word, becomes in pairs]


def _written_in(codec: str, character: str) -> bool:
    try:
        character.encode(codec)
    except UnicodeEncodeError:
        return False
    return True


if __name__ == "__main__":
    TARGET.write_text(written(), "utf-8")
