"""Stage suspects: places that look misread and that no rule proves. Findings, and edits where a
rule of kind `confusion` has the level `fix`.

- a character read twice: 各级级的 (→ 各级的?), where one reading of it is far likelier;
- a word of two characters read twice: 推进推进改革;
- a look-alike of the `confusion` rules, where the other character is far likelier: 被道投降 (迫?);
- □, which an engine writes for a character it could not read; not the square that papers set
  before an author's name.

How likely is measured by the statistics of the language, over the place and what follows it.

Left alone: what the language doubles (常常, 人人, 看看, 高高兴兴, 研究研究), sounds and
calls (吧嗒吧嗒, “打住打住。”), three and more of a
kind (哈哈哈), foreign names (莉莉·科林斯), and anything that is as likely as its repair. A proper
name that the statistics do not know may still be reported.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from jiaokan.code_points import members, points
from jiaokan.edit import Edit
from jiaokan.finding import Alternative, Finding
from jiaokan.lazy_regex import lazy
from jiaokan.rulebook.book import Rulebook
from jiaokan.rulebook.lines import Place
from jiaokan.stages._likelihood import gains, surprising
from jiaokan.stages._surroundings import HAN
from jiaokan.stages.context import Context

if TYPE_CHECKING:
    from jiaokan.code_points import Members, Points

_UNREAD = "□"
_DOUBLED_WORD = lazy(rf"(?=(((?!一)[{HAN}])(?!\2)[{HAN}])\1)")

_AUTHORS_LINE = 24
"""Characters of the longest author's line that opens with an empty square."""
_CALLS = frozenset("呀啊哪哇啦吧呢嘛了哟")
_SOUNDS = frozenset(
    "咕咚哗啦叽喳吧嗒啪呼哧嘎吱噗嗵咣当叮铃轰隆咔嚓唧唰咯噔嘀哒哐嘭砰扑通嘟嗡哈嘻呵嘿哼唉嗨呜噜卜突剥哔啸希沙梯踏撕"
)
_MEET = dict.fromkeys("科局处部站厅县区市省镇村队团组社馆校厂所班", ("长",)) | {
    "报": ("道",),
    "会": ("长", "议"),
    "院": ("长", "士"),
    "年": tuple("内底初末度中"),
    "电": tuple("价压网费"),
}
"""What behind a character that stands twice shows that one word ends with it and another begins."""
_WHILE, _NO_VERB = "着", frozenset("随沿按凭趁顺本为朝向有")
"""用着用着: a verb said twice with 着, while something else begins. 随着随着 is none."""
_BEHIND_TWICE = frozenset("响作直乱你我他她它咱您也罢而")
_MARKS = frozenset(["", *"\n，。！？；：、…“”‘’「」『』—（）"])

_CHARACTER_MARGIN = 11.0
"""Bits by which a character read once must be likelier than read twice."""
_PARTICLE, _PARTICLE_MARGIN, _WORDS_IN_PARTICLE = "的", 8.0, frozenset("目标有打")
"""Two 的 are hardly ever meant but behind 目的 and its like."""
_WORD_MARGIN = 14.5
"""The same for a word."""
_SURPRISE = 16.0
"""Bits that a character and the next one cost together before a look-alike is thought of."""


class _Suspect(NamedTuple):
    start: int
    end: int
    rule: str
    margin: float
    repair: str
    look_alike: bool = False
    """Whether it is thought of only where the place surprises and its rule's conditions hold."""
    fix: bool = False
    """Whether the repair is made, not only reported."""


def run(text: str, context: Context) -> Iterator[Edit | Finding]:
    """What looks misread."""
    if _UNREAD in text:
        for match in re.finditer(f"{_UNREAD}+", text):
            if _marks_author(text, match, context.rules):
                continue
            yield Finding(*match.span(), "suspects.unread", match[0], "could not be read", 0.9)
    doubled = [one for one in _doubled(text) if not _said_twice(text, one)]
    yield from _judged(text, [*doubled, *_look_alikes(text, context.rules)], context.rules)


def _marks_author(text: str, square: re.Match[str], rules: Rulebook) -> bool:
    """Whether an empty square opens an author's line, as Chinese papers set it: □ 林若谷."""
    if text[max(0, square.start() - 1) : square.start()].strip(" \u3000\n"):
        return False
    line = text[square.start() : square.start() + _AUTHORS_LINE + 1].partition("\n")[0].rstrip()
    if len(line) > _AUTHORS_LINE:
        return False
    known = rules.line_role(line, place=Place("title", "body"))
    return known is not None and known.role == "byline"


def _doubled(text: str) -> Iterator[_Suspect]:
    codes = points(text)
    han = members(HAN).take(codes)
    for start in _twice(codes, han):
        if "·" not in text[max(0, start - 2) : start + 4]:
            once = text[start]
            particle = once == _PARTICLE and text[start - 1 : start] not in _WORDS_IN_PARTICLE
            margin = _PARTICLE_MARGIN if particle else _CHARACTER_MARGIN
            yield _Suspect(start, start + 2, "suspects.doubled", margin, once)
    again = (codes[2:] == codes[:-2]) & han[2:]
    for start in (again[1:] & again[:-1]).nonzero()[0].tolist():
        if match := _DOUBLED_WORD.match(text, start):
            yield _Suspect(start, start + 4, "suspects.doubled-word", _WORD_MARGIN, match[1])


def _said_twice(text: str, one: _Suspect) -> bool:
    """Whether people say a word twice: a sound (卜突卜突乱跳, 吧嗒吧嗒), a call between marks
    (“打住打住。”), a verb with the one that it is for (慰问慰问她) or that goes on (走着走着); or
    two words meet in one character (青年报报道, 人事科科长)."""
    word = one.repair
    before, behind = text[max(0, one.start - 1) : one.start], text[one.end : one.end + 1]
    if len(word) < 2:
        return re.match(f"[{HAN}]", before) is not None and behind in _MEET.get(word, ())
    if word[1] in _CALLS or _SOUNDS.issuperset(word) or behind in _BEHIND_TWICE:
        return True
    if word[1] == _WHILE and word[0] not in _NO_VERB:
        return True
    return before in _MARKS and behind in _MARKS


def _twice(codes: "Points", han: "Members") -> list[int]:
    """Where a character stands twice; not three times (哈哈哈), nor right beside another one that
    stands twice (高高兴兴, 去去留留)."""
    import numpy as np

    same = np.zeros(codes.size + 3, np.bool_)
    same[2:-2] = codes[1:] == codes[:-1]
    alone = ~(same[:-4] | same[1:-3] | same[3:-1] | same[4:])
    found: list[int] = (same[2:-2] & han[1:] & alone).nonzero()[0].tolist()
    return found


def _look_alikes(text: str, rules: Rulebook) -> Iterator[_Suspect]:
    for at, one in rules.look_alikes(text):
        yield _Suspect(at, at + 1, one.id, one.margin, one.true, True, one.level == "fix")


def _judged(text: str, suspects: list[_Suspect], rules: Rulebook) -> Iterator[Edit | Finding]:
    found: dict[tuple[int, int, str], list[tuple[float, str]]] = defaultdict(list)
    fixes: set[tuple[int, int, str]] = set()
    bits = gains(text, [one[:2] for one in suspects], [one.repair for one in suspects])
    likelier = [pair for pair in zip(suspects, bits, strict=True) if pair[1] >= pair[0].margin]
    alike = [one.start for one, _ in likelier if one.look_alike]
    surprises = surprising(text, alike, _SURPRISE)
    for one, gain in likelier:
        if one.look_alike and not (
            one.start in surprises and rules.holds(one.rule, text, one.start, one.end)
        ):
            continue
        place = one.start, one.end, one.rule
        found[place].append((gain, one.repair))
        if one.fix:
            fixes.add(place)
    edits = dict(_edits({place: found[place] for place in fixes}))
    yield from edits.values()
    fixed = [(edit.start, edit.end) for edit in edits.values()]
    for start, end, rule, repairs in _one_each(found):
        if not any(left < end and start < right for left, right in fixed):
            yield _finding(text, start, end, rule, repairs)


def _one_each(
    found: dict[tuple[int, int, str], list[tuple[float, str]]],
) -> Iterator[tuple[int, int, str, list[tuple[float, str]]]]:
    """Each place once, though several rules speak of it: by the rule of the likeliest repair."""
    places: dict[tuple[int, int], dict[str, tuple[float, str]]] = defaultdict(dict)
    for (start, end, rule), repairs in found.items():
        for gain, repair in repairs:
            places[start, end].setdefault(repair, (gain, rule))
    for (start, end), named in places.items():
        ranked = sorted(((gain, repair) for repair, (gain, _) in named.items()), reverse=True)
        yield start, end, named[ranked[0][1]][1], ranked


def _edits(
    found: dict[tuple[int, int, str], list[tuple[float, str]]],
) -> Iterator[tuple[int, Edit]]:
    """The clearest repair of each place; of neighbours, whose gains lean on one another, one."""
    best = sorted(
        (-max(repairs)[0], start, end, rule, max(repairs)[1])
        for (start, end, rule), repairs in found.items()
    )
    taken: set[int] = set()
    for gain, start, end, rule, repair in best:
        if taken.isdisjoint(range(start - 2, end + 2)):
            taken.update(range(start, end))
            why = f"likelier by {-gain:.1f} bits"
            yield start, Edit(start, end, repair, rule, _confidence(-gain), why)


def _finding(
    text: str, start: int, end: int, rule: str, repairs: list[tuple[float, str]]
) -> Finding:
    here = text[start:end]
    gain, repair = repairs[0]
    alternatives = tuple(
        Alternative(reading, _confidence(bits), f"likelier by {bits:.1f} bits")
        for bits, reading in repairs
    )
    message = f"{here} may be a misreading of {repair}"
    return Finding(start, end, rule, here, message, _confidence(gain), alternatives)


def _confidence(gain: float) -> float:
    return round(min(0.95, 0.4 + gain / 40), 3)
