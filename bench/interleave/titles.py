"""A title for an article that has none, in one of the forms that newspapers' titles have.

Most are a telling clause of the body that can stand alone; others set two clauses side by side, ask
a question of the body's, or set a word that the body repeats into a pattern (“…漫谈”,
“关于…的通知”). The literal start of the first paragraph is never taken.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

_CLAUSE = re.compile(r"[^，。；：！？…—“”（）]+")
_QUESTION = re.compile(r"[^，。；：！？…—“”（）]{6,20}？")
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
_HAN = re.compile(r"[\u3400-\u9fff]+")
_NO_WORD = frozenset(
    "的了着过是在和与及或而之其这那他她它我你您们所被把将又再以从由对向于到至如若使令可能会不没未只才却更"
    "最都均各每某该此一二三四五六七八九十个有也就还很说道地得上下中里来去为等要年月日时后前并但因即则"
)
SHORT = 10
"""Characters of the longest clause that is set beside another one."""
NOTICES = ("通知", "公告", "通告", "启事", "公示")
PATTERNS = (
    "{0}",
    "{0}",
    "{0}记",
    "{0}小记",
    "{0}漫谈",
    "{0}往事",
    "说{0}",
    "论{0}",
    "我的{0}",
    "又见{0}",
    "{0}与{1}",
    "{0}的{1}",
    "{0}和它的{1}",
    "“{0}”里的{1}",
    "“{0}”来了",
    "从{0}到{1}",
    "以{0}推动{1}",
    "{0}为什么离不开{1}？",
    "如何看待{0}",
    "{0}该往哪里走？",
    "{0}{1}知多少",
)
"""How words of the body make a title."""


@dataclass(frozen=True, slots=True)
class Material:
    """What titles are made of, the most telling first."""

    clauses: tuple[str, ...]
    """Of 8 to 20 characters."""
    short: tuple[str, ...]
    """Of 4 to `SHORT` characters."""
    questions: tuple[str, ...]
    words: tuple[str, ...]


Form = Callable[[Material, Random], str]


def derive_title(paragraphs: Sequence[str], rng: Random) -> str | None:
    """A title made of what the article repeats, or None.

    One or two paragraphs, as below a sub-heading, get a plain clause.
    """
    material = _material(paragraphs)
    if not material.clauses:
        return None
    if len(paragraphs) < 3:
        return rng.choices((_clause, _short_clause, _long), (4, 4, 4))[0](material, rng)
    form = rng.choices(tuple(FORMS), tuple(FORMS.values()))[0]
    return form(material, rng) or _clause(material, rng)


def _clause(material: Material, rng: Random) -> str:
    return rng.choice(material.clauses[:4])


def _two_clauses(material: Material, rng: Random) -> str:
    if len(material.short) < 2:
        return ""
    mark = rng.choice((" ", " ", "，", "，", "："))
    return mark.join(rng.sample(material.short[:6], 2))


def _short_clause(material: Material, rng: Random) -> str:
    return rng.choice(material.short[:6] or material.clauses[:4])


def _long(material: Material, rng: Random) -> str:
    """Two clauses of any length, as a sub-heading of a treatise has them."""
    clauses = (*material.clauses[:4], *material.short[:4])
    return "，".join(rng.sample(clauses, 2)) if len(set(clauses)) > 2 else _clause(material, rng)


def _question(material: Material, rng: Random) -> str:
    return rng.choice(material.questions) if material.questions else ""


def _quoted(material: Material, rng: Random) -> str:
    if not material.short:
        return ""
    said = rng.choice(material.short[:6])
    return (
        rng.choice((f"“{said}”", f"{rng.choice(material.words)}：“{said}”"))
        if material.words
        else ""
    )


def _notice(material: Material, rng: Random) -> str:
    clause = rng.choice((material.short or material.clauses)[:4])
    return f"关于{clause}的{rng.choice(NOTICES)}"


def _pattern(material: Material, rng: Random) -> str:
    if len(material.words) < 2:
        return ""
    return rng.choice(PATTERNS).format(*rng.sample(material.words[:6], 2))


FORMS: dict[Form, int] = {
    _clause: 40,
    _two_clauses: 14,
    _short_clause: 10,
    _question: 6,
    _quoted: 5,
    _notice: 5,
    _pattern: 20,
}
"""Forms of titles, and how often they are set."""


def _material(paragraphs: Sequence[str]) -> Material:
    body = "".join(paragraphs)
    counts = Counter(body[i : i + 2] for i in range(len(body) - 1))
    ranked = sorted((-_weight(clause, counts), clause) for clause in _candidates(paragraphs))
    clauses = [clause for _, clause in ranked]
    return Material(
        tuple(clause for clause in clauses if len(clause) >= 8),
        tuple(clause for clause in clauses if len(clause) <= SHORT and _HAN.fullmatch(clause)),
        tuple(sorted({text for text in _QUESTION.findall(body) if not _BAD_START.search(text)})),
        _words(body),
    )


def _candidates(paragraphs: Sequence[str]) -> set[str]:
    found = set()
    for paragraph in paragraphs:
        for clause in _CLAUSE.findall(paragraph):
            text = _LEAD.sub("", clause)
            if (
                4 <= len(text) <= 20
                and _PLAIN.fullmatch(text)
                and text.count("《") == text.count("》")
                and not _BAD_START.search(text)
                and not _BAD_END.search(text)
                and text not in paragraphs[0][: len(text) + 8]
            ):
                found.add(text)
    return found


def _words(body: str) -> tuple[str, ...]:
    """Words of two to four characters that the body repeats, those with most characters first."""
    counts = Counter(
        part[i : i + size]
        for part in _HAN.findall(body)
        for size in (2, 3, 4)
        for i in range(len(part) - size + 1)
        if not _NO_WORD & set(part[i : i + size])
    )
    often = {word: count for word, count in counts.items() if count > 1}
    whole = [
        word
        for word, count in often.items()
        if not any(word in other and count == often[other] for other in often if other != word)
    ]
    return tuple(sorted(whole, key=lambda word: (-often[word] * len(word), word)))


def _weight(clause: str, counts: Counter[str]) -> float:
    pairs = len(clause) - 1
    return sum(min(counts[clause[i : i + 2]], 6) for i in range(pairs)) / pairs
