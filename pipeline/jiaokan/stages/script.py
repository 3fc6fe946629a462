"""Script: the page's own is kept, characters of the other are brought to it.

On a simplified page 青島 → 青岛, 中樞 → 中枢, 計畫 → 计划, 藉口 → 借口, 饼乾 → 饼干.
On a traditional page 国家 → 國家, 头发 → 頭髮, 以后 → 以後, in the page's own variants (爲 or 為).

Only characters that do not belong to the page's script are ever changed: what a phrase of the
dictionary would do to its neighbours does not happen, so that neither 坏 → 坯 nor 什么 → 什幺 can.
The word is read in one script first, so that half-converted words (计畫, 凭藉) are known as well.

Left alone: whatever both scripts hold (慰藉, 瞭望, 显著; 皇后, 公里, 干涉), unless a word decides
otherwise; names and terms that rules protect; runs beside kana, which are Japanese, or beside
Hangul; what stands beside a character that only Japan writes so (渡辺謙, 黒澤明); characters
whose counterpart lies outside the basic plane and is in hardly any font. Where several readings
are left, a finding gives them.

A page that is half in one script and half in the other has none of its own. There a line is brought
to its own, where ten characters tell it and nine of ten agree.

What one conversion decides may help the next one in the same run: a run is converted until
nothing changes, so that a second pass over the page has nothing to do.
"""

import re
from collections.abc import Callable, Container, Iterator
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from jiaokan.code_points import of_latest, one_of, places
from jiaokan.edit import Edit
from jiaokan.finding import Alternative, Finding
from jiaokan.lazy_regex import lazy
from jiaokan.rulebook import Rulebook
from jiaokan.rulebook.rule import ScriptRule
from jiaokan.stages import ambiguous, shared_characters
from jiaokan.stages._mentions import as_mention
from jiaokan.stages.context import Context
from jiaokan.stages.dominant_script import OneScript, lines_with_strays
from jiaokan.stages.variants import (
    HAN,
    SHARED,
    default,
    full,
    phrases,
    simplified_by_word,
    simplified_only,
    traditional_only,
)

if TYPE_CHECKING:
    from jiaokan.code_points import Members

_KANA = lazy("[\u3041-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uac00-\ud7a3]")
"""Kana, and the syllables of Korean."""
_HAN = lazy(f"[{HAN}]")
_NOT_HAN = lazy(f"[^{HAN}]")
_COMMON = lazy(".?覆盖|显著|.著[名作]")
"""Frequent words that are as they should be, from one character before the hit."""
_NEAR = 6
_JAPANESE = frozenset(
    "両亜仏仮倹児円処剣労効勅勧勲単厳収営囲図圏圧塁塩増壊壌変奨嬢実寛対専尭巌巣帯広廃弐弾従徳応恵悩戦戻抜択沢拠拡挙掲"
    "揺斉斎暁暦栄桜検様権歓歩歳歴気浄渉渓滝瀬焼猟獣県稲穂竜粋経絵継続総縁縄繊聴艶荘蔵薫薬蛍覇覚覧観訳読譲豊転軽辺"
    "遅郷鉄鉱銭鋳錬関闘陥険隠雑霊頼駅駆験鶏麺黒黙齢"
)
"""Characters that only Japan writes so."""


class Choice(NamedTuple):
    """What is to be done about one character."""

    new: str
    """What it becomes; itself: it stays."""
    rule: str
    confidence: float = 1.0
    alternatives: str = ""
    """Readings between which nothing decides; the character stays and is reported."""


Words = dict[str, tuple[tuple[str, ScriptRule], ...]]
"""What rules say: word -> how it may have to stand, by which rule; later rules first."""

Judge = Callable[[str], Iterator[tuple[int, Choice]]]
"""Run -> position and choice for each character of it that needs one."""


Holds = Callable[[str, str, int, int], bool]
"""(rule, text, start, end) -> whether what the rule asks for stands around text[start:end]."""


def run(text: str, context: Context) -> Iterator[Edit | Finding]:
    """Bring what is in the other script to the page's own."""
    if context.script == "mixed":
        yield from _by_line(text, context.rules)
    elif context.script != "keep":
        yield from _brought(text, context.script, context.rules)


def _by_line(text: str, rules: Rulebook) -> Iterator[Edit | Finding]:
    """On a page in both scripts: what is in the other one in a line that is else surely in one."""
    for script, lines in lines_with_strays(text).items():
        for item in _brought(text, script, rules) if lines else ():
            if any(start <= item.start < end for start, end in lines):
                yield item


def _brought(text: str, script: OneScript, rules: Rulebook) -> Iterator[Edit | Finding]:
    """What brings a text to one script."""
    words, telling = _exceptions(rules)[script]
    if script == "simplified":
        gate, judge = _gate_to_simplified(telling), _to_simplified(text)
    else:
        gate, judge = _gate_to_traditional(telling), _to_traditional(text)
    spelt = _Spelt(text, words, rules.holds)
    for item in convert(text, gate, judge, spelt):
        changes = isinstance(item, Edit) and item.new != text[item.start : item.end]
        yield as_mention(item, text) if isinstance(item, Edit) and changes else item


@of_latest(4, lasting=True)
def _exceptions(rules: Rulebook) -> dict[str, tuple["_Words", str]]:
    """Script → what rules say about words on a page that is brought to it, and characters that show
    that one of the words may stand there."""
    found: dict[str, tuple[_Words, str]] = {}
    for script in ("simplified", "traditional"):
        words: Words = {}
        for rule in rules.script_rules:
            if rule.to == script:
                for word, new in rule.pairs.items():
                    if word:
                        words[word] = (*words.get(word, ()), (new, rule))
        found[script] = _Words(words), _telling(words)
    return found


def _telling(words: Words) -> str:
    found: set[str] = set()
    for word, choices in words.items():
        for new, _ in choices:
            differ = {a for a, b in zip(word, new, strict=False) if a != b}
            if word != new:
                found |= differ or {word[0]}
    return "".join(sorted(found))


def convert(text: str, gate: "Members", judge: Judge, spelt: "_Spelt") -> Iterator[Edit | Finding]:
    """Convert every run of Han characters that holds one the gate knows."""
    last = 0
    for hit in places(text, gate):
        if hit < last or _COMMON.match(text, max(0, hit - 1)):
            continue
        start, end = _bounds(text, hit, last)
        last = end
        if _KANA.search(text, max(0, start - _NEAR), end + _NEAR):
            continue
        yield from _convert_run(text[start:end], start, judge, spelt)


def _bounds(text: str, at: int, floor: int) -> tuple[int, int]:
    """The run of Han characters around a position."""
    start = at
    while start > floor and _HAN.match(text, start - 1):
        start -= 1
    stop = _NOT_HAN.search(text, at)
    return start, stop.start() if stop else len(text)


def _convert_run(raw: str, offset: int, judge: Judge, spelt: "_Spelt") -> Iterator[Edit | Finding]:
    taken: dict[int, Choice] = {}
    closed = bytearray(len(raw))
    for start, end, new, rule in spelt.found(raw, offset):
        closed[start:end] = b"\1" * (end - start)
        if rule.level == "fix":
            yield Edit(offset + start, offset + end, new, rule.id)
        elif raw[start:end] != new:
            other = Alternative(new, 0.5, rule.reason)
            yield Finding(
                offset + start, offset + end, rule.id, raw[start:end], rule.reason, 0.5, (other,)
            )
    now = raw
    while True:
        choices = list(judge(now))
        step = {
            at: choice
            for at, choice in choices
            if not closed[at] and choice.new != now[at] and not choice.alternatives
        }
        if not step:
            break
        taken |= step
        characters = list(now)
        for at, choice in step.items():
            characters[at] = choice.new
        now = "".join(characters)
    for at, choice in sorted(taken.items()):
        yield Edit(offset + at, offset + at + 1, choice.new, choice.rule, choice.confidence)
    for at, choice in choices:
        if choice.alternatives and not closed[at]:
            yield _finding(offset + at, now[at], choice)


class _Words:
    """The words that rules name, ready to be looked for."""

    def __init__(self, words: Words) -> None:
        self.choices = words
        self.longest_first = sorted(words, key=lambda word: (-len(word), word))
        self.any = lazy("|".join(map(re.escape, self.longest_first))) if words else None


class _Spelt:
    """The words that rules name, in a page's text."""

    def __init__(self, text: str, words: _Words, holds: Holds) -> None:
        self._text = text
        self._words = words
        self._holds = holds

    def found(self, run: str, offset: int) -> Iterator[tuple[int, int, str, ScriptRule]]:
        """(start, end, how it must stand, rule) in a run of the text; the longest word counts."""
        at = 0
        while self._words.any and (match := self._words.any.search(run, at)):
            at = match.start()
            found = next(self._at(run, at, offset), None)
            if found:
                yield found
            at = found[1] if found else at + 1

    def _at(self, run: str, at: int, offset: int) -> Iterator[tuple[int, int, str, ScriptRule]]:
        for word in self._words.longest_first:
            if not run.startswith(word, at):
                continue
            end = at + len(word)
            for new, rule in self._words.choices[word]:
                if self._holds(rule.id, self._text, offset + at, offset + end):
                    yield at, end, new, rule


def _finding(at: int, character: str, choice: Choice) -> Finding:
    share = 1 / len(choice.alternatives)
    return Finding(
        at,
        at + 1,
        choice.rule,
        character,
        f"{character} may stand for {'/'.join(choice.alternatives)}; no word around it decides",
        choice.confidence,
        tuple(Alternative(reading, share) for reading in choice.alternatives),
    )


@cache
def _gate_to_simplified(extra: str) -> "Members":
    return one_of((*traditional_only(), *ambiguous.READINGS, "著", *extra))


def _to_simplified(text: str) -> Judge:
    foreign, in_words = traditional_only(), simplified_by_word()

    @cache
    def mixed() -> bool:
        return not foreign.isdisjoint(text)

    def judge(run: str) -> Iterator[tuple[int, Choice]]:
        folded = twice = ""
        japanese = not _JAPANESE.isdisjoint(run)
        for at, c in enumerate(run):
            if japanese and not _JAPANESE.isdisjoint(run[max(0, at - 2) : at + 3]):
                continue
            if c in foreign and c not in in_words:
                yield at, Choice(default("t2s", c), "script.to-simplified")
            elif c in foreign:
                twice = twice or full("t2s", _kept(full("s2t", run), run, foreign))
                yield at, Choice(twice[at], "script.to-simplified")
            elif c in ambiguous.READINGS:
                folded = folded or _folded(run, foreign)
                yield at, _choose(c, folded, at)
            elif c == "著" and mixed():
                folded = folded or _folded(run, foreign)
                if ambiguous.particle(folded, at):
                    yield at, Choice("着", "script.particle", 0.8)

    return judge


def _folded(run: str, foreign: Container[str]) -> str:
    """The run with the characters of the other script made simple, each by itself."""
    return "".join(default("t2s", c) if c in foreign else c for c in run)


def _choose(character: str, folded: str, at: int) -> Choice:
    new = ambiguous.decide(character, folded, at)
    if new is not None:
        return Choice(new, "script.by-word", 0.95)
    reading = ambiguous.READINGS[character]
    doubt = reading.to + character if reading.doubtful else ""
    return Choice(character, "script.ambiguous", 0.5, doubt)


def _kept(traditional: str, run: str, foreign: Container[str]) -> str:
    """The run in traditional script, characters that were traditional as they are."""
    return "".join(c if c in foreign else t for t, c in zip(traditional, run, strict=True))


@cache
def _gate_to_traditional(extra: str) -> "Members":
    return one_of((*simplified_only(), *SHARED, *extra))


def _to_traditional(text: str) -> Judge:
    foreign = simplified_only()

    @cache
    def mixed() -> bool:
        return not foreign.isdisjoint(text)

    def judge(run: str) -> Iterator[tuple[int, Choice]]:
        folded = full("t2s", run)
        by_phrase, by_all = phrases("s2t", folded), full("s2t", folded)
        for at, c in enumerate(run):
            if c not in foreign and c not in SHARED:
                continue
            if by_phrase[at] != folded[at]:
                if c in SHARED and not shared_characters.converts(c, folded, at):
                    continue
                new = _variant(by_phrase[at], text)
                if c in foreign or c in shared_characters.SURE or mixed():
                    yield at, Choice(new, "script.by-word", 0.95)
                else:
                    yield at, Choice(c, "script.ambiguous", 0.5, c + new)
            elif c in ambiguous.EVEN:
                yield at, Choice(c, "script.ambiguous", 0.9, ambiguous.SEVERAL[c])
            elif c in foreign:
                sure = 0.9 if c in ambiguous.SEVERAL else 1.0
                yield at, Choice(_variant(by_all[at], text), "script.to-traditional", sure)

    return judge


def _variant(character: str, text: str) -> str:
    """The form that the page itself uses, 為 or 爲; where it has neither, Taiwan's."""
    other = default("t2tw", character)
    if other == character:
        return character
    return character if text.count(character) > text.count(other) else other
