"""Stage leaks: an English function word that a reader put where a Chinese one stood.

目标 and 人民 → 目标和人民; 推进 and 完善 → 推进并完善; 发展 of 道路 → 发展的道路.

A rule of kind `leak` names the word and the Chinese words it may stand for; which of them stands
at a place is settled by the statistics of the language (`jiaokan.language`): the likeliest, if it
is likelier by the rule's margin than any that means something else, and if the result reads like
Chinese at all. 和, 与 and 及 mean the same: of such words the one that the rule names first is
taken, unless another is clearly likelier, and they need no margin between them.
Below the margin the word is left and reported with its alternatives. The blanks around the word
go with it. A place is read again once a place near it has been repaired, until nothing changes:
a second run over the page has nothing to do.

Left alone, because they are English:

- a word beside other English: Procter and Gamble, 《Black and White》, R&D, the New York Times;
- a word inside quotation marks or brackets of its own: “and”, （or）, "and"; straight quotes and
  half-width brackets count like the marks that `punctuation` makes of them;
- a word near other words in small letters, as in 用 for 循环处理 items: it is about code, or
  cites; and a word in one sentence with any other, names too (Python and 其他); it is reported
  where its own clause is Chinese;
- a word that the page speaks of elsewhere (“and”, and和or, or是“有一样就行”): it is reported;
- a word on a page about programs (`user_name`, main(), a == b, userName): it is reported;
- a word in capitals, and one that is spoken of: WHERE条件, 使用 with 语句, for循环;
- single letters, unless a rule names them, blanks set them off, and something must stand there
  (A股, 维生素 a 缺乏); any word that no rule names.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from string import ascii_letters
from typing import TYPE_CHECKING, NamedTuple

from jiaokan.code_points import members, of_latest, points
from jiaokan.edit import Edit, apply, ordered
from jiaokan.finding import Alternative, Finding
from jiaokan.lazy_regex import lazy
from jiaokan.rulebook.rule import LeakRule
from jiaokan.stages._character_kinds import LATIN, has, kind_places
from jiaokan.stages._likelihood import AHEAD, Place, readings
from jiaokan.stages._surroundings import HAN
from jiaokan.stages.context import Context

if TYPE_CHECKING:
    from jiaokan.rulebook.regexes import Pattern

MEANINGS = (
    "和 与 及 以及 跟 同 暨 、",
    "并 并且 且 而且",
    "或 或者 或是 抑或 还是",
    "但 但是 而 却 可 可是 不过 然而",
    "的 之",
    "在 于",
    "为 为了",
    "作为 为",
    "因 因为 由于",
    "如 如果 若 假如 倘若",
    "从 自 由",
    "自 来自",
    "对 对于 就",
    "用 以 凭",
    "向 往 朝 到 至",
    "该 这 此 这个 这一",
    "像 如 如同",
    "中 里 内",
    "是 为 系",
    "也 亦 还",
    "通过 经过",
    "没有 未 没",
)
"""Words that mean the same: to take one for another is a matter of style."""

_GROUPS = [frozenset(words.split()) for words in MEANINGS]
_GATE = lazy(
    rf"(?:(?:(?<=[{HAN}”》』」）])|(?<=[{HAN}”》』」）][\")]))( *)"
    rf"|(?:^|(?<=[，。、；：？！,;:])) *(?=[A-Za-z ]+ )|(?<=[“「]) +(?=[A-Za-z ]+ ))"
    rf"([A-Za-z]+(?: [A-Za-z]+){{0,3}})( *)(?=[\"(]?(?:\d{{1,4}})?[{HAN}“《『「（])",
    re.MULTILINE,
)
_SENTENCE_END = lazy("[。！？；\n]")
_CLAUSE_END = lazy("[，。！？；：（）()、,;:!?\n]")
_LETTER = lazy("[A-Za-z]")
_QUOTED = lazy(r"“[^“”\n]*(?:”|$)|[!-~]*(?:[/@=&]|\.(?=[a-z]))[!-~]*", re.MULTILINE)
"""Quotations, and addresses on the net."""
_LATIN = lazy("[A-Za-z][A-Za-z ]*")
_FULL = str.maketrans("(),:;?!", "（），：；？！")
_OTHER = lazy(r"[A-Za-z]*[a-z][A-Za-z]+")
_MENTION = lazy(
    "语句|子句|从句|表达式|循环|代码|块|关键[字词]|保留字|运算符|操作|参数|选项|方法|函数|命令|"
    "指针|标签|列表|查询|项|字段|单词|一?词|介词|连词|语法|状态|模式|字样|的?(?:语义|用法|含义|类型)"
)
"""What follows a word that is spoken of, not used: for循环, with 语句."""
_NAMED = lazy("(?:运算符?|关键[字词]|保留字|设置[为成]|参数为|变量|绑定了?|捕获) ?\\Z")
"""What stands before one: 运算符 and, 设置为 on."""
_SPOKEN = lazy(
    '[“‘「『"（(]([A-Za-z]+)[”’」』"）)]|([A-Za-z]+)(?=是[“「"]|是指|的意思|表示[“「"]|译[为作成])'
    "|([A-Za-z]+)[和与、跟]([A-Za-z]+)(?![A-Za-z])"
)
"""A word that is spoken of: between quotation marks of its own, explained, beside another one."""
_CODE = lazy(
    r"[A-Za-z0-9]_[A-Za-z0-9]|[A-Za-z0-9]\(\)|==|!=|::|->|&&|</[a-z]|\b[a-z]{2,}[A-Z][a-z]"
    r"|[a-z]\.[a-z]{2,}\("
    r"|(?<![A-Za-z])(?:args|async|await|bool|boolean|catch|char|const|constexpr|def|elif|else|enum|float"
    r"|import|int|lambda|malloc|namespace|null|printf|println|return|static|stdin|stdout|string|struct"
    r"|switch|throws|typedef|void)(?![A-Za-z])"
)
"""What stands on a page about programs and hardly ever in a newspaper."""
_ASCII = lazy("[!-~]{2,}")
"""Where code can stand: nothing of it is one character long, holds a blank or anything else."""
_PROGRAMS = 3
"""So many places with code, and a page is about programs."""
_BEHIND = 7
"""Characters behind a word that the gate looks at: a blank, a mark, a number and its noun."""
_NEAR = 40
_BESIDE = 10
"""Characters within which a name in Latin letters (Python, iPhone) makes a leak doubtful."""
_COST = 12.0
"""Bits a character, above which a place does not read like Chinese whatever stands there."""
_RANK_COST = 0.5
"""Bits that each candidate has against it beside the one named before it in the rule."""
_CLEARLY = 2.0
"""Bits by which a word must be likelier than one that means the same and is named before it."""
_MARK_COST = 3.0
"""Bits against 、: a word leaked in where a word stood."""
_NOTHING_COST = 8.0
"""Bits against nothing at all, where a rule does not name that first."""
_CAPITALS = 3.0
"""Bits more that a word in capitals needs: it may be a name."""


_Words = Mapping[str, Sequence[LeakRule]]
"""Words in small letters -> their rules, in order of precedence."""
_Holds = Callable[[str, str, int, int], bool]
"""Whether what a rule asks for stands around a place: `Rulebook.holds`."""


class _Leak(NamedTuple):
    match: re.Match[str]
    rule: LeakRule
    place: Place
    named: bool
    """Whether a name in Latin letters stands beside it, or other English near it."""
    alone: bool
    """Whether no other English stands near."""


def run(text: str, context: Context) -> Iterator[Edit | Finding]:
    """Chinese words for the English ones that leaked in, and the places that are in doubt."""
    if not context.rules.leaks:
        return
    if not has(text, LATIN):
        return
    rules = _by_word(context.rules.leaks)
    holds = context.rules.holds
    done: list[Edit] = []
    while True:
        items = list(_round(apply(text, done), done, rules, holds))
        edits = [item for item in items if isinstance(item, Edit)]
        if not edits:
            break
        done = ordered([*done, *edits], text)
    yield from done
    yield from items


@of_latest(4, lasting=True)
def _by_word(rules: Sequence[LeakRule]) -> _Words:
    found: dict[str, list[LeakRule]] = {}
    for rule in rules:
        found.setdefault(rule.word.lower(), []).append(rule)
    return found


def _round(
    text: str, done: Sequence[Edit], rules: _Words, holds: _Holds
) -> Iterator[Edit | Finding]:
    """What is to be done about the leaks that the edits left; it counts in the text before them."""
    leaks = list(_leaks(text, rules, holds))
    programs = bool(leaks) and _is_about_programs(text)
    spoken = _spoken_of(text, rules) if leaks else frozenset()
    if programs:
        leaks = [leak for leak in leaks if leak.alone]
    for leak, bits in zip(leaks, readings([leak.place for leak in leaks]), strict=True):
        doubted = programs or leak.match[2].lower() in spoken
        yield _judged(leak, bits, _shift(leak.match.start(), done), doubted=doubted)


def _is_about_programs(text: str) -> bool:
    """Whether the page shows code, so that and, if, in may be words of its language."""
    graphic = members("!-~").take(points(text))
    pairs = (graphic[1:] & graphic[:-1]).nonzero()[0].tolist()
    places = (
        found
        for run in _matches(_ASCII, text, pairs)
        for found in _CODE.finditer(text, *run.span())
    )
    return len(list(islice(places, _PROGRAMS))) == _PROGRAMS


def _spoken_of(text: str, rules: _Words) -> frozenset[str]:
    """The words that the page speaks of somewhere; of two beside one another both are words."""
    found: set[str] = set()
    last = 0
    before = -2
    for start in kind_places(text, LATIN):
        inside, before = start == before + 1, start
        if inside or start < last:
            continue
        mark = _SPOKEN.match(text, start - 1) if start > last else None
        match = mark or _SPOKEN.match(text, start)
        if match is None:
            continue
        last = match.end()
        words = [word.lower() for word in match.groups() if word]
        if all(word in rules for word in words):
            found.update(words)
    return frozenset(found)


def _shift(at: int, done: Sequence[Edit]) -> int:
    """How far the edits moved a leak. None lies inside one: they make no letters and no blanks."""
    shift = 0
    for edit in done:
        if edit.start + shift + len(edit.new) > at:
            break
        shift += len(edit.new) - (edit.end - edit.start)
    return shift


def _leaks(text: str, rules: _Words, holds: _Holds) -> Iterator[_Leak]:
    asking = any(_asks(rule) for known in rules.values() for rule in known)
    full = text.translate(_FULL) if asking else text  # marks as `punctuation` will leave them
    for match in _words(text):
        known = rules.get(match[2].lower(), ())
        if not known or not _is_leak(text, match) or not _is_outside(text, match):
            continue
        alone = _is_alone(text, match, rules)
        if not (alone or _is_apart(text, match)):
            continue
        before = text[max(0, match.start() - 24) : match.start()].rpartition("\n")[2]
        after = text[match.end() : match.end() + 24].partition("\n")[0]
        before, after = _curly(before, "”", -1), _curly(after, "“", 0)
        for rule in known:
            if _asks(rule) and not holds(rule.id, full, *match.span()):
                continue
            options = _options(rule, before, after)
            if options:
                named = not alone or _beside_name(text, match, rules)
                yield _Leak(match, rule, Place(before, options, after), named, alone)
                break


def _asks(rule: LeakRule) -> bool:
    """Whether the rule as a whole asks for surroundings."""
    return bool(rule.when.before or rule.when.after or rule.when.place)


def _words(text: str) -> Iterator[re.Match[str]]:
    """Where the gate matches: it does only in runs of Latin letters and the blanks around them."""
    for run in _matches(_LATIN, text, kind_places(text, LATIN)):
        start, end = run.span()
        while start and text[start - 1] == " ":
            start -= 1
        for match in _GATE.finditer(text, start, end + _BEHIND):
            if match.start() < end:
                yield match


def _matches(pattern: re.Pattern[str], text: str, places: Sequence[int]) -> Iterator[re.Match[str]]:
    """What `finditer` gives of a pattern that can begin at these places only."""
    last = 0
    for at in places:
        match = pattern.match(text, at) if at >= last else None
        if match:
            last = match.end()
            yield match


def _is_leak(text: str, match: re.Match[str]) -> bool:
    """Whether the word is used as one: not spoken of, not in capitals, not a letter (A股)."""
    word = match[2]
    if len(word) == 1:
        return word.islower() and match[1] == match[3] == " "
    before = text[max(0, match.start() - 6) : match.start() + len(match[1] or "")]
    named = _MENTION.match(text, match.end()) or _NAMED.search(before)
    return not word.isupper() and not named


def _is_alone(text: str, match: re.Match[str], rules: _Words) -> bool:
    """Whether no other English stands near; names do not count (Python, iPhone)."""
    start = max(0, match.start() - _NEAR)
    cut_off = text[max(0, start - _NEAR) : start]
    start -= len(cut_off) - len(cut_off.rstrip(ascii_letters))
    left = text[start : match.start()].rpartition("\n")[2]
    right = text[match.end() : match.end() + _NEAR].partition("\n")[0]
    near = _QUOTED.sub("", f"{left}\n{right}")
    others = (word for word in _OTHER.findall(near) if word.islower())
    return all(word in rules for word in others)


def _is_apart(text: str, match: re.Match[str]) -> bool:
    """Whether the word stands between Chinese and blanks, in a clause without other English."""
    if not match[1] == match[3] == " ":
        return False
    start, end = match.span()
    left = _CLAUSE_END.split(text[max(0, start - _NEAR) : start])[-1]
    right = _CLAUSE_END.split(text[end : end + _NEAR])[0]
    return _LETTER.search(left + right) is None


def _beside_name(text: str, match: re.Match[str], rules: _Words) -> bool:
    """Whether a name in Latin letters stands so near that the word may belong to it."""
    left = text[max(0, match.start() - _BESIDE) : match.start()]
    right = text[match.end() : match.end() + _BESIDE]
    near = _OTHER.findall(_SENTENCE_END.split(left)[-1]) + _OTHER.findall(
        _SENTENCE_END.split(right)[0]
    )
    return any(word.lower() not in rules for word in near)


def _is_outside(text: str, match: re.Match[str]) -> bool:
    """Whether a straight quotation mark beside the word closes before it, or opens behind it."""
    beside = (text[match.start() - 1 : match.start()], text[match.end()])
    if '"' not in beside:
        return True
    line = text.rfind("\n", 0, match.start()) + 1
    return text.count('"', line, match.start()) % 2 == 0


def _curly(text: str, mark: str, at: int) -> str:
    """The text as `punctuation` will leave it, near enough; `mark` for a quote at its edge."""
    if '"' in text[at : at + 1 or None]:
        text = text[:-1] + mark if at else mark + text[1:]
    return text.replace('"', "").translate(_FULL)


def _options(rule: LeakRule, before: str, after: str) -> tuple[str, ...]:
    return tuple(
        candidate.text
        for candidate in rule.candidates
        if _holds(
            rf"(?:{candidate.when.before})\Z" if candidate.when.before else "", before, rule.id
        )
        and _holds(rf"\A(?:{candidate.when.after})" if candidate.when.after else "", after, rule.id)
    )


def _holds(pattern: str, text: str, rule: str) -> bool:
    return not pattern or any(True for _ in _compiled(pattern).find(text, rule))


def _stands_already(place: Place, word: str) -> bool:
    """Whether the Chinese word stands beside the English one, which then names it: 如果 if."""
    return len(word) > 1 and (
        place.before.rstrip().endswith(word) or place.after.lstrip().startswith(word)
    )


def _judged(leak: _Leak, bits: list[float], shift: int, *, doubted: bool) -> Edit | Finding:
    """The edit, or the finding where nothing is certain or the page gives a doubt."""
    match, rule, place, named, _ = leak
    bits = [one - _against(place, rank) for rank, one in enumerate(bits)]
    ranked = sorted(zip(bits, place.options, strict=True), key=lambda pair: -pair[0])
    best = ranked[0][0]
    word = _preferred(ranked, place.options)
    others = [one for one, option in ranked if not _means_the_same(option, word)]
    margin = best - max(others, default=float("-inf"))
    cost = -best / (len(word) + min(len(place.after), AHEAD))
    needed = rule.margin + (0.0 if match[2].islower() else _CAPITALS)
    start, end = match.start() - shift, match.end() - shift
    certain = (
        not (doubted or named or _stands_already(place, word))
        and margin >= needed
        and cost <= _COST
        and (word != "" or len(match[2]) > 1)
    )
    if certain and rule.level == "fix":
        gain = f"likelier by {margin:.1f} bits" if others else "the only candidate"
        return Edit(start, end, word, rule.id, 1 - 2.0 ** -(1 + max(0.0, min(margin, 20.0))), gain)
    total = sum(2.0 ** (one - best) for one in bits)
    alternatives = tuple(
        Alternative(option, round(2.0 ** (one - best) / total, 3), f"{one:.1f} bits")
        for one, option in ranked[:4]
    )
    message = f"{match[2]!r} between Chinese: a leaked word, and not certain which it stands for"
    return Finding(start, end, rule.id, text=match[0], message=message, alternatives=alternatives)


def _preferred(ranked: list[tuple[float, str]], options: Sequence[str]) -> str:
    """The likeliest; or of words that mean the same the one named first, if it is near enough."""
    best, word = ranked[0]
    near = [one for bits, one in ranked if bits >= best - _CLEARLY and _means_the_same(one, word)]
    return min(near, key=options.index)


def _against(place: Place, rank: int) -> float:
    """Bits that a candidate has against it, whatever stands around."""
    option = place.options[rank]
    return (
        _RANK_COST * rank
        + _MARK_COST * (option == "、")
        + _NOTHING_COST * (rank > 0 and not option)
    )


def _means_the_same(one: str, other: str) -> bool:
    return one == other or any(one in group and other in group for group in _GROUPS)


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> "Pattern":
    from jiaokan.rulebook.regexes import compiled

    return compiled(pattern)
