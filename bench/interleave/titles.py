"""A title for an article that has none: a telling clause of its body that can stand alone.

Left alone: no word is invented, and the literal start of the first paragraph is never taken.
"""

import re
from collections import Counter
from collections.abc import Sequence
from random import Random

_CLAUSE = re.compile(r"[^，。；：！？…—“”（）]+")
_LEAD = re.compile(
    r"^(?:同时|因此|但是|而且|并且|然而|所以|其中|此外|对此|为此|首先|其次|再次|最后|总之|于是|不过|"
    r"各位代表|我们要|必须|应当|应该|需要|还要|也要|就要|既要|又要|要|还|也|就|则|并|即|而|但|且|"
    r"[一二三四五六七八九十]是)+"
)
_BAD_START = re.compile(
    r"^[的了着过是在和与及或而之其这那他她它我你您们所被把将又再以从由对向于到至如若使令可能会不没未只"
    r"才却更最都均各每某该此]|^(?:因|因为|虽|如果|只有|只要|无论|不论|除|当|由于|随着|随|一个|许多|为|正|关于|有一|有些|有的|说|例如|比如|根据|按照|通过)"
)
_BAD_END = re.compile(
    r"[的地得了着过是在和与及或道说时后而之为有于对把被将从向到中上下里前间等也都就还又再很更不]$|(?:强调|指出|表示|认为|要求|提出|发现|以来|以后|以前|之一|时候|方面)$"
)
_PLAIN = re.compile(r"[\u3400-\u9fff、《》]+")


def derive_title(paragraphs: Sequence[str], rng: Random) -> str | None:
    """A clause of 8 to 20 characters made of what the article repeats, or None."""
    body = "".join(paragraphs)
    counts = Counter(body[i : i + 2] for i in range(len(body) - 1))
    ranked = sorted(
        ((-_weight(clause, counts), clause) for clause in _candidates(paragraphs)),
    )
    return rng.choice(ranked[:4])[1] if ranked else None


def _candidates(paragraphs: Sequence[str]) -> set[str]:
    found = set()
    for paragraph in paragraphs:
        for clause in _CLAUSE.findall(paragraph):
            text = _LEAD.sub("", clause)
            if (
                8 <= len(text) <= 20
                and _PLAIN.fullmatch(text)
                and text.count("《") == text.count("》")
                and not _BAD_START.search(text)
                and not _BAD_END.search(text)
                and text not in paragraphs[0][: len(text) + 8]
            ):
                found.add(text)
    return found


def _weight(clause: str, counts: Counter[str]) -> float:
    pairs = len(clause) - 1
    return sum(min(counts[clause[i : i + 2]], 6) for i in range(pairs)) / pairs
